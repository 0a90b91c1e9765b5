"""`kill -9` in the middle of a call: at the next start the call is there, as far as it went."""

import os
import signal
import wave

import httpx
import pytest

from voicebot.caller.account import sign_in
from voicebot.caller.caller import Caller
from voicebot.caller.serving import serving
from voicebot.caller.voice import speak
from voicebot.speech.callers import CALLERS

pytestmark = pytest.mark.audio

WISH = "bonjour, je voudrais laisser un message pour maître Durand"


async def ring_and_kill(server):
    """Says what it is about, then the server dies without a word."""
    async with Caller() as caller:
        call_id = await caller.ring(server.url, "cabinet-durand", "+33612345678")
        assert await caller.wait_for_bot()
        said = await caller.utter(speak(CALLERS[1], WISH))
        assert said.done.is_set()
        assert await caller.wait_for_bot()
        os.kill(server.pid, signal.SIGKILL)
        caller.over.set()
    return call_id


async def test_a_killed_server_loses_no_turn(tmp_path):
    with serving(data=tmp_path) as server:
        call_id = await ring_and_kill(server)
    with serving(data=tmp_path) as server:
        found = httpx.get(
            f"{server.url}/api/calls/{call_id}", headers=sign_in(server.data).headers
        ).json()
    kinds = [entry["kind"] for entry in found["entries"]]
    assert found["call"]["outcome"] == "interrupted"
    assert kinds[0] == "answered" and kinds[-1] == "ended"
    assert "heard" in kinds and kinds.count("said") >= 2
    with wave.open(str(tmp_path / "recordings" / f"{call_id}.wav")) as recording:
        assert (recording.getnchannels(), recording.getframerate()) == (2, 16_000)
        assert recording.getnframes() > 3 * 16_000
