"""Which graphs stay, and which ears open."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.errors import BadInput, NotFound
from voicebot.speech.ears import open_ear
from voicebot.speech.graph import Graph, GraphBuilder
from voicebot.speech.graphs import Graphs
from voicebot.speech.lexicon import pronunciations
from voicebot.speech.lite import LiteEar

from .conftest import MODEL


def build() -> Graph:
    builder = GraphBuilder(pronunciations)
    start, end = builder.state(), builder.state()
    builder.word(start, "bonjour", end)
    builder.final(end)
    return builder.build()


SIZE = build().size


def built(graphs: Graphs, names: str) -> str:
    """Asks for each; says which had to be built."""
    done: list[str] = []

    def make(name: str) -> Graph:
        done.append(name)
        return build()

    for name in names:
        graphs.get(name, lambda name=name: make(name))
    return "".join(done)


def test_what_is_wanted_stays_however_many_there_are() -> None:
    graphs = Graphs(spare=2)
    for name in "abcde":
        graphs.want(name)
    assert built(graphs, "abcde") == "abcde"
    assert built(graphs, "abcdeabcde") == ""


def test_of_the_others_the_last_used_stay() -> None:
    graphs = Graphs(spare=2)
    assert built(graphs, "abcbca") == "abca"


def test_memory_bounds_what_is_wanted_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    graphs = Graphs(spare=2, budget=3 * SIZE)
    for name in "abcdef":
        graphs.want(name)
    assert built(graphs, "abcdef") == "abcdef"
    assert built(graphs, "fed") == ""
    assert built(graphs, "a") == "a"
    assert caplog.text.count("built anew") == 1


def test_one_graph_is_kept_whatever_its_size() -> None:
    assert built(Graphs(spare=1, budget=0), "aab") == "ab"


def test_fourteen_clients_find_their_graphs_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[tuple[str, ...]] = []

    def count(model: object, words: tuple[str, ...]) -> Graph:
        made.append(words)
        return build()

    fresh = LiteEar(MODEL)
    monkeypatch.setattr("voicebot.speech.lite.speech_graph", count)
    clients = [(f"Client {n}",) for n in range(14)]
    for words in clients * 2:
        fresh.prepare(words, (Expectation(Kind.YES_NO),))
    assert made == clients


def test_the_ear_is_called_as_its_folder_is(tmp_path: Path) -> None:
    (tmp_path / "lite-lyon").mkdir()
    for file in MODEL.iterdir():
        (tmp_path / "lite-lyon" / file.name).symlink_to(file)
    assert open_ear("lite-lyon", tmp_path, 1).name == "lite-lyon"
    assert open_ear("lite-fr", MODEL.parent, 1).name == "lite-fr"


@pytest.mark.parametrize(
    "setting", ["lite-fr:", "lite-fr:x", "litefoo", "lite", "lite-", "lite-fr/", "lite-../x", ""]
)
def test_an_unknown_ear_is_told_which_there_are(setting: str) -> None:
    with pytest.raises(BadInput, match=r"unknown ear .* \(known: lite-fr, whisper:NAME"):
        open_ear(setting, MODEL.parent)


def test_a_model_that_is_not_there_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"train it with `voicebot models train lite-fr`"):
        open_ear("lite-fr", tmp_path)
