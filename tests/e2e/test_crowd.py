"""Twenty callers at once on two cores: each is answered, or told politely to ring again."""

import asyncio

import httpx
import pytest

from voicebot.caller.account import sign_in
from voicebot.caller.caller import Caller
from voicebot.caller.serving import serving

pytestmark = pytest.mark.audio

CROWD = 20


async def ring(server, client):
    """Rings, hears something, hangs up."""
    async with Caller() as caller:
        call_id = await caller.ring(server.url, client)
        heard = await caller.wait_for_voice(0, timeout_s=30)
        await caller.pause(3)
    return call_id, heard


async def ended(server):
    """The calls of the store, once each has its end; a busy server takes some seconds to it."""
    for _ in range(60):
        kept = httpx.get(
            f"{server.url}/api/calls", params={"size": 50}, headers=sign_in(server.data).headers
        ).json()
        if all(call["outcome"] for call in kept["calls"]):
            break
        await asyncio.sleep(1)
    return kept


async def test_everybody_hears_something(tmp_path):
    with serving({"max_calls": "15"}, data=tmp_path) as server:
        calls = [ring(server, "plomberie-moreau") for _ in range(CROWD)]
        answered = await asyncio.gather(*calls)
        kept = await ended(server)
    assert all(heard is not None for _, heard in answered)
    assert len({call_id for call_id, _ in answered}) == CROWD
    assert kept["total"] == CROWD
    outcomes = [call["outcome"] for call in kept["calls"]]
    assert all(outcomes), "every call has its end"
    assert outcomes.count("busy") == CROWD - 15
