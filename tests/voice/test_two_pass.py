"""Calls with two ears: the first knows its lines, the second is a real Whisper."""

import threading
from pathlib import Path

import pytest

from tests.speech.whisper_builder import build_whisper
from tests.voice.conftest import Script, joined, silence, trimmed
from voicebot.dialogue.expectation import ANYTHING
from voicebot.speech.lite import LiteEar
from voicebot.speech.two_pass import LATE_IN_A_ROW, TwoPassEar
from voicebot.speech.whisper import WhisperEar

pytestmark = pytest.mark.audio

LITE = Path(__file__).parents[2] / "models" / "lite-fr"
MARTIN = ["Ġmartin", "Ġde", "Ġla", "Ġrue", "Ġhaute"]
CAPTION = ["ĠSous", "-", "titrage", "ĠST", "Ġ'", "Ġ501"]


class Whisper:
    """A real Whisper that can be held back, or made to fail."""

    def __init__(self, folder, words):
        self._ear = WhisperEar(build_whisper(folder, words, by_token=True), threads=1)
        self.name = self._ear.name
        self.go = threading.Event()
        self.go.set()
        self.fail = None
        self.passes = 0

    def listen(self, samples, expectation=ANYTHING, words=()):
        self.passes += 1
        self.go.wait(60)
        if self.fail:
            raise self.fail
        return self._ear.listen(samples, expectation, words)


@pytest.fixture
def whispering(exchange, tmp_path):
    """A factory of exchanges whose second ear hears `words`; late ones are let go at the end."""
    made = []

    def make(words=MARTIN, wait_ms=20_000):
        whisper = Whisper(tmp_path / "whisper", words)
        made.append(whisper)
        line = exchange(ear=TwoPassEar(Script(), whisper, wait_ms))
        line.ear, line.whisper = line.ear.first, whisper
        return line

    yield make
    for whisper in made:
        whisper.go.set()


def parts(line, call):
    return [(data["part"], data["why"]) for data in line.data(call, "degraded")]


async def test_whispers_words_are_the_ones_of_the_turn(whispering):
    line = whispering()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        await line.say(caller, "martin de l'arrosoir", "Martin de la rue haute")
        await line.until(lambda: "Votre numéro ?" in line.texts(call, "said"))
    [heard] = line.data(call, "heard")
    assert heard["text"] == "martin de la rue haute"
    assert "martin de l'arrosoir" in heard["alternatives"]
    assert heard["ear"] == "script+whisper:whisper"
    assert parts(line, call) == []


async def test_with_the_shipped_ear_as_the_first(exchange, tmp_path):
    whisper = Whisper(tmp_path / "whisper", MARTIN)
    line = exchange(ear=TwoPassEar(LiteEar(LITE), whisper, 20_000))
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        await caller.say(line.voice("Bonjour je voudrais parler à quelqu'un"))
        await line.until(lambda: line.texts(call, "heard"), timeout_s=90)
    heard = line.data(call, "heard")[0]
    assert heard["text"] == "martin de la rue haute"
    assert "parler" in heard["alternatives"][0]
    assert heard["ear"] == "lite-fr+whisper:whisper"
    assert "second ear" not in dict(parts(line, call))


async def test_the_text_while_he_speaks_is_the_first_ears(whispering):
    line = whispering()
    shown = []
    line.parts.live.publish = lambda call, entry: shown.append(entry)
    async with line.telephone() as caller:
        await caller.ring("", "boulangerie")
        await line.quiet(caller)
        await line.say(
            caller, "martin et ses trois enfants", "Martin, et ses trois enfants, bonjour."
        )
    partial = [entry.data["text"] for entry in shown if entry.kind == "hearing"]
    assert partial and set(partial) == {"martin et ses trois enfants"}


async def test_if_whisper_is_late_the_first_ears_words_are_taken(whispering):
    line = whispering(wait_ms=200)
    line.whisper.go.clear()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        await line.say(caller, "martin tout court")
        await line.until(lambda: parts(line, call))
        assert line.texts(call, "heard") == ["martin tout court"]
    assert parts(line, call) == [("second ear", "late")]


async def test_words_that_come_after_the_turn_change_nothing(whispering):
    line = whispering(wait_ms=200)
    line.whisper.go.clear()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        await line.say(caller, "martin tout court")
        line.whisper.go.set()
        await line.until(lambda: "Votre numéro ?" in line.texts(call, "said"))
        await line.quiet(caller)
    assert line.texts(call, "heard") == ["martin tout court"]


async def test_a_whisper_that_is_always_late_is_let_rest(whispering):
    line = whispering(wait_ms=0)
    line.whisper.go.clear()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        for n in range(LATE_IN_A_ROW + 2):
            await line.quiet(caller)
            await line.say(caller, f"je ne sais pas {'très ' * n}bien", "je ne sais pas très bien")
    late = [why for part, why in parts(line, call) if part == "second ear"]
    assert late == ["late"] * LATE_IN_A_ROW


async def test_a_whisper_that_fails_is_in_the_journal_and_nobody_waits(whispering, capfd):
    line = whispering()
    line.whisper.fail = RuntimeError("secret words of the caller")
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        await line.say(caller, "martin tout court")
        assert line.texts(call, "heard") == ["martin tout court"]
    assert parts(line, call) == [("second ear", "RuntimeError")]
    assert "secret words" not in capfd.readouterr().err


async def test_a_caption_that_whisper_invents_never_reaches_the_dialogue(whispering, caplog):
    line = whispering(CAPTION)
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        await line.say(caller, "martin tout court")
    [heard] = line.data(call, "heard")
    assert heard["text"] == "martin tout court"
    assert "titrage" not in str(line.journal.entries[call])
    assert "dropped: a caption of films" in caplog.text


async def test_who_goes_on_while_whisper_works_is_heard_as_one_turn(whispering):
    """The wait for Whisper is a pause like any other."""
    line = whispering()
    line.whisper.go.clear()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        one, two = (trimmed(line.voice(text)) for text in ("martin dupont", "de la rue haute"))
        line.ear.by_ms = lambda ms: (
            "martin dupont" if ms < 1000 * (one.seconds + 2.2) else "martin dupont de la rue haute"
        )
        await caller.say(joined(one, silence(2.0), two))
        line.whisper.go.set()
        await line.until(lambda: line.texts(call, "heard"))
    [heard] = line.data(call, "heard")
    assert heard["text"] == "martin de la rue haute"
    assert "martin dupont de la rue haute" in heard["alternatives"]
