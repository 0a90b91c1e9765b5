import numpy as np
import pytest

from voicebot.errors import BadInput
from voicebot.speech.decoder import best_path
from voicebot.speech.language_model import speech_graph
from voicebot.speech.ngram import count_ngrams, load_ngrams

from .synthetic import logs_of

SENTENCES = ["j' ai plus d' eau chaude", "j' ai une fuite d' eau", "bonjour madame"] * 4


@pytest.fixture(scope="module")
def model():
    return count_ngrams(SENTENCES, ["robinet"])


def test_probabilities_after_a_word_sum_to_one(model):
    index = {word: i for i, word in enumerate(model.words)}
    history = index["ai"]
    rows = model.pairs[:, 0] == history
    seen = dict(zip(model.pairs[rows, 1], np.exp(-model.pair_cost[rows]), strict=True))
    left = np.exp(-model.one_back_off[history])
    single = np.exp(-model.single)
    total = sum(seen.get(i, left * single[i]) for i in range(1, len(model.words)))
    assert total == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("bonjour madame", 0.8, 1.0),
        ("j' ai plus d' eau chaude", 0.8, 1.0),
        ("j' ai plus d' eau", 0.3, 0.7),  # one half of all sentences ends here
        ("j' ai une", 0.0, 0.1),
        ("madame une", 0.0, 0.2),  # a pair never seen
    ],
)
def test_sentences_end_where_they_were_seen_to_end(model, words, least, most):
    assert least <= model.end_probability(words.split()) <= most


def test_of_an_end_behind_an_unknown_word_it_says_nothing(model):
    assert model.end_probability(["bonjour", "durand"]) is None
    assert model.end_probability([]) is None


def test_it_is_read_as_it_was_written(model, tmp_path):
    model.save(tmp_path / "lm.npz")
    again = load_ngrams(tmp_path / "lm.npz")
    assert again.words == model.words
    assert np.array_equal(again.triples, model.triples)
    assert np.allclose(again.pair_cost, model.pair_cost, atol=0.01)


def test_a_file_that_is_no_model_is_one_clear_line(tmp_path):
    path = tmp_path / "lm.npz"
    path.write_text("no")
    with pytest.raises(BadInput, match=r"lm\.npz: this is no language model"):
        load_ngrams(path)


def test_the_graph_hears_what_was_said(model):
    graph = speech_graph(model)
    path = best_path(graph, logs_of("j'ai une fuite d'eau"))
    assert path.words == ("j'", "ai", "une", "fuite", "d'", "eau")


def test_words_in_no_sentence_are_heard_too(model):
    path = best_path(speech_graph(model), logs_of("robinet"))
    assert path.words == ("robinet",)


def test_a_clients_words_are_heard_without_training(model):
    graph = speech_graph(model, ("Kervella", "rue des Frères Lumière"))
    path = best_path(graph, logs_of("bonjour kervella rue des frères lumière"))
    assert path.words == ("bonjour", "kervella", "rue", "des", "frères", "lumière")


def test_blanks_alone_are_no_words(model):
    assert best_path(speech_graph(model), logs_of("")).words == ()


def test_likely_words_cost_less_than_a_salad():
    model = count_ngrams(["i have a leak", "i have a leak in the kitchen", "the boiler is broken"])
    likely = model.cost(["i", "have", "a", "leak"])
    assert likely < model.cost(["leak", "a", "have", "i"]) < model.cost(["nobody", "knows"])


def test_the_cost_is_that_of_the_longest_history_seen():
    model = count_ngrams(["a b c"] * 5, least_triple=1)
    index = {word: i for i, word in enumerate(model.words)}
    row = model._row(index["a"], index["b"])
    triple = (model.triples == (row, index["c"])).all(axis=1)
    assert model._cost(index["a"], index["b"], index["c"]) == pytest.approx(
        float(model.triple_cost[triple][0])
    )
