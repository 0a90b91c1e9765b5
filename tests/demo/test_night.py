"""The demo's night on call, on a clock that no spectator waits for."""

import io

import pytest
from rich.console import Console

from voicebot.demo.night import play
from voicebot.settings import ROOT
from voicebot.understanding.embedded import load_or_train


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory):
    return load_or_train(ROOT / "nlu", tmp_path_factory.mktemp("nlu"))


def test_the_first_does_not_answer_the_second_is_busy_the_third_accepts(interpreter):
    printed = io.StringIO()
    missed = play(ROOT / "flows", interpreter, Console(file=printed, width=200), speed=100_000)

    assert missed == [], printed.getvalue()
    told = printed.getvalue().rpartition("the clock")[2]  # behind the title
    order = ["fuite d'eau", "telephone rings", "no answer", "busy", "has taken it", ": accepts"]
    assert sorted(order, key=told.index) == order
