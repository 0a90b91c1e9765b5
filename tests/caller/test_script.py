from __future__ import annotations

import asyncio
import io
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from tests.caller.server import EchoServer, echo_server
from voicebot.caller.caller import Caller
from voicebot.caller.ring import place_call
from voicebot.caller.script import Line, Script, ScriptedCaller, line
from voicebot.errors import AudioError, NotFound, VoicebotError
from voicebot.speech.audiofile import write_wav
from voicebot.speech.callers import CALLERS

pytestmark = pytest.mark.audio


async def play(server: EchoServer, script: Script) -> tuple[ScriptedCaller, Caller]:
    async with Caller() as caller:
        scripted = ScriptedCaller(caller, script, CALLERS[0])
        await caller.ring(server.url, "cabinet-durand")
        await scripted.play()
        return scripted, caller


async def test_he_answers_what_is_asked_then_goes_on_with_his_own() -> None:
    answer, own, end = line("oui", 0.3, "non"), line("allô"), Line(keys="39")
    async with echo_server() as server:
        script = Script(opening=(own, end), answers={"utter_gr*": (answer,)})
        scripted, caller = await play(server, script)
    assert [said for said, _ in scripted.said] == [answer, own, end]
    assert server.keys == ["3", "9"]
    assert caller.told.ended is not None
    greeting, first = caller.earpiece.first_voiced(0), scripted.said[0][1]
    assert greeting is not None and first is not None and first.first_voiced_at is not None
    assert first.first_voiced_at > greeting + 0.5


async def test_he_interrupts_at_his_moment_once() -> None:
    async with echo_server() as server:
        server.greeting_s = 3.0
        over = line("attendez", interrupts_after_s=0.5)
        script = Script(opening=(Line(keys="9"),), interrupts={"utter_greet": over})
        scripted, caller = await play(server, script)
    assert [said for said, _ in scripted.said] == [over, Line(keys="9")]
    spoken = scripted.said[0][1]
    greeting = caller.earpiece.first_voiced(0)
    assert spoken is not None and spoken.first_voiced_at is not None and greeting is not None
    assert 0.3 < spoken.first_voiced_at - greeting < 2.5


async def test_he_hangs_up() -> None:
    async with echo_server() as server:
        scripted, caller = await play(server, Script(opening=(Line(hangs_up=True),)))
    assert scripted.said == []
    assert caller.over.is_set()


async def test_a_call_placed_from_text_prints_what_happens() -> None:
    console = Console(file=io.StringIO(), width=100)
    async with echo_server() as server:
        code = await asyncio.to_thread(
            place_call, server.url, "cabinet-durand", say=("Bonjour.",), console=console
        )
    assert code == 0
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "bot Bonjour." in printed
    assert "caller Bonjour." in printed
    assert "ended informed (caller)" in printed


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (44_100, 2)])
async def test_a_call_placed_from_a_file(tmp_path: Path, rate: int, channels: int) -> None:
    tone = 0.3 * np.sin(np.arange(rate) / 10).astype(np.float32)
    write_wav(tmp_path / "a.wav", np.stack([tone] * channels, axis=1), rate)
    async with echo_server() as server:
        code = await asyncio.to_thread(
            place_call,
            server.url,
            "cabinet-durand",
            wav=tmp_path / "a.wav",
            console=Console(file=io.StringIO()),
        )
    assert code == 0
    assert server.heard_s > 0.8


def test_a_file_that_is_no_sound_rings_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("text renamed")
    with pytest.raises(AudioError, match="no sound file"):
        place_call("http://127.0.0.1:9", "cabinet-durand", wav=tmp_path / "a.wav")


def test_nobody_to_ring(tmp_path: Path) -> None:
    with pytest.raises(VoicebotError, match="voicebot serve"):
        place_call("http://127.0.0.1:9", "cabinet-durand", say=("Bonjour",))


async def test_an_unknown_client() -> None:
    async with echo_server() as server:
        with pytest.raises(NotFound):
            await asyncio.to_thread(place_call, server.url, "nobody", say=("Bonjour",))
