from __future__ import annotations

import numpy as np
import pytest

from tests.caller.server import echo_server
from voicebot.caller.caller import Caller
from voicebot.errors import NotFound, VoicebotError
from voicebot.speech.mouth import Sound

pytestmark = pytest.mark.audio


def tone(seconds: float, silence: float = 0.0) -> Sound:
    time = np.arange(int(seconds * 8_000)) / 8_000
    hum = 0.4 * np.sin(2 * np.pi * 440 * time)
    still = np.zeros(int(silence * 8_000))
    return Sound(np.concatenate([still, hum, still]).astype(np.float32), 8_000)


async def test_a_call_start_to_end() -> None:
    async with echo_server() as server, Caller() as caller:
        assert await caller.ring(server.url, "cabinet-durand", "+33612345678") == "c1"
        assert server.offers[0]["client"] == "cabinet-durand"
        assert server.offers[0]["caller_number"] == "+33612345678"
        greeted = await caller.wait_for_voice(caller.rang_at)
        assert greeted is not None
        assert await caller.wait_for_bot(quiet_s=0.3, after=caller.rang_at)

        said = await caller.say(tone(0.5, silence=0.2))
        assert said.first_voiced_at is not None and said.last_voiced_at is not None
        assert said.last_voiced_at - said.first_voiced_at == pytest.approx(0.5, abs=0.1)
        echo = await caller.wait_for_voice(said.first_voiced_at)
        assert echo is not None and echo > said.first_voiced_at
        assert await caller.wait_for_bot(quiet_s=0.3, after=said.first_voiced_at)
        ended = caller.earpiece.last_voiced()
        assert ended is not None and ended > said.last_voiced_at
        assert not caller.earpiece.speaking()

        caller.press("5")
        caller.press("9")
        assert await caller.wait_for_end(10)
        assert server.keys == ["5", "9"]
        assert caller.told.ended is not None
        assert caller.told.ended.data["outcome"] == "informed"
        assert [event.kind for event in caller.told.events] == [
            "answered", "said", "pressed", "pressed", "ended",
        ]  # fmt: skip
        heard = caller.earpiece.sound
        assert np.abs(heard).max() > 0.1
        assert not await caller.wait_for_bot(timeout_s=0.2)


async def test_a_short_jitter_buffer_is_an_option() -> None:
    async with echo_server() as server, Caller(prefetch=0) as caller:
        await caller.ring(server.url, "cabinet-durand")
        assert await caller.wait_for_voice(caller.rang_at) is not None


async def test_an_unknown_client_and_taken_lines_say_so() -> None:
    async with echo_server() as server:
        async with Caller() as caller:
            with pytest.raises(NotFound, match="no client is called 'nobody'"):
                await caller.ring(server.url, "nobody")
        async with Caller() as caller:
            with pytest.raises(VoicebotError, match=r"\(503\): all lines are taken"):
                await caller.ring(server.url, "busy")


async def test_no_server_is_one_clear_line() -> None:
    async with Caller() as caller:
        with pytest.raises(VoicebotError, match="start one with `voicebot serve`"):
            await caller.ring("http://127.0.0.1:9", "cabinet-durand")
