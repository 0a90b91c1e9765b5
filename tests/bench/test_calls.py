from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.caller.server import echo_server
from tests.speech.whisper_builder import build_whisper
from voicebot.bench.baseline import fixed_silence
from voicebot.bench.callers import CLIENT
from voicebot.bench.measure import measure
from voicebot.caller.script import Line, Script, line
from voicebot.caller.serving import serving
from voicebot.errors import VoicebotError

pytestmark = pytest.mark.audio


async def test_the_bot_compared_with_waits_for_its_silence() -> None:
    found = await fixed_silence(0.4, turns=2)
    assert len(found) == 2
    assert all(0.4 < seconds < 2 for seconds in found)


async def test_an_answer_into_the_callers_words_is_early() -> None:
    async with echo_server() as server:
        script = Script(opening=(line("Bonjour madame, comment allez-vous ?"), Line(keys="9")))
        call = await measure(server.url, CLIENT, script, 0)
    assert (call.early, len(call.answers)) == (1, 0)
    assert call.outcome == "informed"
    assert call.pickup is not None and call.pickup >= 0


def test_a_turn_with_a_real_server_is_timed_by_stage(tmp_path: Path) -> None:
    words = ["ĠBonjour", ",", "Ġj", "'ai", "Ġune", "Ġquestion", "."]
    ear = build_whisper(tmp_path / "ear", words)
    with serving({"ear": f"whisper:{ear}"}) as server:
        script = Script(opening=(line("Bonjour, j'ai une question."), Line(hangs_up=True)))
        call = asyncio.run(measure(server.url, CLIENT, script, 0))
    (answer,) = call.answers
    assert answer.seconds > 0
    assert answer.to_heard + answer.dialogue + answer.to_caller == pytest.approx(answer.seconds)
    assert min(answer.to_heard, answer.dialogue, answer.to_caller) >= 0
    assert call.outcome is not None


def test_a_server_that_does_not_start_says_why() -> None:
    with pytest.raises(VoicebotError, match=r"did not start: .*kazoo"), serving({"ear": "kazoo"}):
        pass
