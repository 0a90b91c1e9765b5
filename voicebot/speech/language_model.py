"""The graph of free speech: the word trigram, and a client's own words in it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voicebot.speech.graph import Graph, GraphBuilder
from voicebot.speech.lexicon import pronunciations
from voicebot.speech.ngram import NGrams

SCALE = 0.7
"""How much the language model counts against the sound."""
WORD_COST = 0.0
"""What each word costs besides."""
CLIENT_WORD_COST = 6.5
"""A client's own word, anywhere: e^-6.5 is one word in 700."""


def speech_graph(
    model: NGrams, client_words: tuple[str, ...] = (), builder: GraphBuilder | None = None
) -> Graph:
    """Builds the graph of everything that may be said.

    Args:
        model: which words follow which.
        client_words: a client's own, anywhere.
        builder: an empty one that knows how words are said; by default French ones.
    """
    builder = builder or GraphBuilder(pronunciations)
    start = builder.state()
    root = builder.state()
    after_one = builder.state(len(model.words))
    has_triples = np.zeros(len(model.pairs), bool)
    has_triples[np.unique(model.triples[:, 0])] = True
    after_two = np.full(len(model.pairs), -1)
    first = builder.state(int(has_triples.sum()))
    after_two[has_triples] = first + np.arange(int(has_triples.sum()))
    builder.jump(start, after_one + 0)
    builder.silence(start)
    _unigrams(builder, model, root, after_one)
    for phrase in client_words:
        _client_phrase(builder, phrase, root)
    # Back off: from two words to the last one, from one word to none.
    pairs = model.pairs
    kept = np.flatnonzero(has_triples)
    builder.jumps(after_two[kept], after_one + pairs[kept, 1], SCALE * model.two_back_off[kept])
    every = np.arange(len(model.words))
    builder.jumps(after_one + every, np.full(len(every), root), SCALE * model.one_back_off)
    _seen(builder, model, after_one, after_two)
    builder.final(root, SCALE * float(model.single[1]))
    return builder.build()


def _unigrams(builder: GraphBuilder, model: NGrams, root: int, after_one: int) -> None:
    leaves = [
        (word, SCALE * float(model.single[i]) + WORD_COST, after_one + i)
        for i, word in enumerate(model.words)
        if i > 1
    ]
    builder.tree(root, leaves)


def _client_phrase(builder: GraphBuilder, phrase: str, root: int) -> None:
    """A client's word or words, from nothing known to nothing known."""
    parts, state = builder.tokens(phrase), root
    for i, part in enumerate(parts):
        target = root if i == len(parts) - 1 else builder.state()
        cost = CLIENT_WORD_COST + WORD_COST if i == 0 else 0.0
        if not builder.word(state, part, target, cost):
            return
        state = target


def _seen(
    builder: GraphBuilder, model: NGrams, after_one: int, after_two: npt.NDArray[np.int64]
) -> None:
    """Pairs and triples that were seen: each word's chains, one to each history it makes."""
    pairs, triples = model.pairs, model.triples
    pair_goal = np.where(after_two >= 0, after_two, after_one + pairs[:, 1])
    # The pair that a triple ends with is the history it leaves behind.
    tails = pairs[triples[:, 0], 1].astype(np.int64) * len(model.words) + triples[:, 1]
    keys = pairs[:, 0].astype(np.int64) * len(model.words) + pairs[:, 1]
    triple_goal = pair_goal[np.searchsorted(keys, tails)]
    sources = np.concatenate([after_one + pairs[:, 0], after_two[triples[:, 0]]])
    words = np.concatenate([pairs[:, 1], triples[:, 1]])
    goals = np.concatenate([pair_goal, triple_goal])
    costs = SCALE * np.concatenate([model.pair_cost, model.triple_cost]) + WORD_COST
    order = np.argsort(words, kind="stable")
    bounds = np.searchsorted(words[order], np.arange(len(model.words) + 1))
    for i, word in enumerate(model.words):
        rows = order[bounds[i] : bounds[i + 1]]
        if len(rows) == 0:
            continue
        if i == 1:
            for row in rows:
                builder.final(int(sources[row]), float(costs[row]))
            continue
        distinct, inverse = np.unique(goals[rows], return_inverse=True)
        entries = builder.chains(word, distinct.tolist())
        if entries is not None:
            builder.jumps(sources[rows], entries[inverse], costs[rows])
