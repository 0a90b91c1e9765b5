"""`voicebot call`: rings a running server, says what it is given, prints what happens."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.console import Console

from voicebot.caller.caller import Caller
from voicebot.caller.script import Line, Script, ScriptedCaller
from voicebot.caller.transcript import caller_says, show
from voicebot.caller.voice import background
from voicebot.speech.audiofile import read_audio
from voicebot.speech.callers import CALLERS
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.mouth import Sound

GREETING_S = 20.0
QUIET_S = 1.0


def place_call(
    server: str,
    client: str,
    *,
    wav: Path | None = None,
    say: tuple[str, ...] = (),
    caller_number: str | None = None,
    console: Console | None = None,
) -> int:
    """Places one call: 0 if the bot picked up and the call has an outcome, else 1.

    Args:
        server: http://HOST:PORT.
        client: whom to ring.
        wav: a sound to say after the greeting; any rate, any number of channels.
        say: texts to say, one in each of the caller's turns; after the last he hangs up.
        caller_number: the number shown to the called side.
        console: where the conversation is printed.

    Raises:
        AudioError: the file cannot be used; said before anybody is rung.
        NotFound: no such client.
        VoicebotError: no server there, or it refuses.
    """
    samples = read_audio(wav) if wav else None
    return asyncio.run(
        _place(server.rstrip("/"), client, samples, say, caller_number, console or Console())
    )


async def _place(
    server: str,
    client: str,
    samples: Samples | None,
    say: tuple[str, ...],
    number: str | None,
    console: Console,
) -> int:
    person = CALLERS[0]
    async with Caller(background=None if samples is not None else background(person)) as caller:
        caller.told.watch(lambda event: show(console, event))
        await caller.ring(server, client, number)
        if samples is not None:
            await _play(caller, samples)
        else:
            lines = tuple(Line((text,)) for text in say)
            script = Script((*lines, Line(hangs_up=True)))
            scripted = ScriptedCaller(caller, script, person)
            scripted.before = lambda line: caller_says(console, line.text)
            await scripted.play()
        await caller.hang_up()
        ended = caller.told.ended
        return 0 if ended is not None and ended.kind == "ended" else 1


async def _play(caller: Caller, samples: Samples) -> None:
    """Says a recording after the greeting, hears the answer out, and hangs up."""
    await caller.wait_for_bot(QUIET_S, GREETING_S, caller.rang_at)
    said = await caller.say(Sound(samples, SAMPLE_RATE))
    await caller.wait_for_bot(QUIET_S, GREETING_S, said.last_voiced_at)
