"""Which graphs stay, and which ears open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.errors import BadInput, NotFound
from voicebot.speech.ears import open_ear
from voicebot.speech.graph import Graph, GraphBuilder
from voicebot.speech.graphs import Graphs
from voicebot.speech.lexicon import pronunciations
from voicebot.speech.lite import LiteEar
from voicebot.speech.workshop import Order, Workshop

from .conftest import MODEL
from .synthetic import logs_of


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


def test_a_client_prepared_finds_graphs_like_those_built_here() -> None:
    words, asked = ("Kervella",), Expectation(Kind.YES_NO)
    ear, other = LiteEar(MODEL), LiteEar(MODEL)
    ear.prepare(words, (asked, Expectation(Kind.ANYTHING)))
    logs = logs_of("oui monsieur Kervella")
    assert ear.decode(logs, asked, words) == other.decode(logs, asked, words)


def test_a_prepared_client_waits_for_no_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, words, asked = LiteEar(MODEL), ("Kervella",), Expectation(Kind.YES_NO)
    fresh.prepare(words, (asked,))
    monkeypatch.setattr("voicebot.speech.lite.speech_graph", None)
    monkeypatch.setattr(
        fresh,
        "tongue",
        replace(fresh.tongue, expected=lambda *asked: pytest.fail("a graph was built")),
    )
    fresh.decode(logs_of("oui"), asked, words)


def test_a_workshop_that_is_gone_is_an_error() -> None:
    with Workshop(MODEL.parent / "nowhere") as workshop, pytest.raises(OSError, match="workshop"):
        workshop.build(Order(()))


def test_the_ear_is_called_as_its_folder_is(tmp_path: Path) -> None:
    (tmp_path / "lite-lyon").mkdir()
    for file in MODEL.iterdir():
        (tmp_path / "lite-lyon" / file.name).symlink_to(file)
    assert open_ear("lite-lyon", tmp_path, 1).name == "lite-lyon"
    assert open_ear("lite-fr", MODEL.parent, 1).name == "lite-fr"


@pytest.mark.parametrize(
    "setting", ["lite-fr:", "lite-fr:x", "litefoo", "lite-", "lite-fr/", "lite-../x", ""]
)
def test_an_unknown_ear_is_told_which_there_are(setting: str) -> None:
    with pytest.raises(BadInput, match=r"unknown ear .* \(known: lite, lite-fr, whisper:NAME"):
        open_ear(setting, MODEL.parent)


def test_a_model_that_is_not_there_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"train it with `voicebot models train lite-fr`"):
        open_ear("lite-fr", tmp_path)
