"""Keeps a call's recording going beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from pathlib import Path

import numpy as np
import numpy.typing as npt
from loguru import logger

from voicebot.voice.recorder import BOT, CALLER, PERSON, Recorder
from voicebot.voice.tape import Tape

_EVERY_S = 1.0

Sound = npt.NDArray[np.int16]


class Recording:
    """A `Recorder` on the call's clock, written in a thread once a second."""

    def __init__(
        self, path: Path, threads: Executor, on_failure: Callable[[str], Awaitable[None]]
    ) -> None:
        self._recorder = Recorder(path)
        self._threads = threads
        self._on_failure = on_failure
        self._picked_up: float | None = None
        self._failed = False
        self._tapes: dict[int, Tape] = {}

    def start(self) -> None:
        """The call is picked up: the recording's first sample is now."""
        self._picked_up = asyncio.get_running_loop().time()

    def caller(self, sound: Sound) -> None:
        """The caller's sound, as it comes in."""
        self._add(CALLER, sound)

    def bot(self, sound: Sound) -> None:
        """The bot's sound, as it goes out."""
        self._add(BOT, sound)

    def person(self, sound: Sound) -> None:
        """The sound of the person who took the call, as it comes in."""
        self._add(PERSON, sound)

    def caller_packet(self, packet: bytes) -> None:
        """An Opus packet of the caller's, which nobody else decodes."""
        self._tape(CALLER, packet)

    def person_packet(self, packet: bytes) -> None:
        """An Opus packet of the person's, which nobody else decodes."""
        self._tape(PERSON, packet)

    async def keep(self) -> None:
        """Writes until cancelled."""
        while True:
            await asyncio.sleep(_EVERY_S)
            await self._write(last=False)

    async def close(self) -> None:
        """Writes what is left."""
        await self._write(last=True)
        await self._run(self._recorder.close)

    def _add(self, side: int, sound: Sound) -> None:
        if self._picked_up is not None and not self._failed:
            self._recorder.add(side, sound, self._now())

    def _tape(self, side: int, packet: bytes) -> None:
        if self._picked_up is not None and not self._failed:
            self._tapes.setdefault(side, Tape()).add(packet, self._now())

    def _now(self) -> float:
        return asyncio.get_running_loop().time() - (self._picked_up or 0.0)

    async def _write(self, *, last: bool) -> None:
        if self._picked_up is None or self._failed:
            return
        until_s = self._now()
        for side, tape in self._tapes.items():
            batch = tape.take()
            loop = asyncio.get_running_loop()
            for sound, at_s in await loop.run_in_executor(self._threads, tape.decode, batch):
                self._recorder.add(side, sound, at_s)
        frames = self._recorder.take(until_s, last=last)
        if len(frames):
            await self._run(lambda: self._recorder.write(frames))

    async def _run(self, act: Callable[[], None]) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._threads, act)
        except OSError as error:
            if not self._failed:
                self._failed = True
                logger.error(f"a call is not recorded any more: {error.strerror}")
                await self._on_failure(error.strerror or type(error).__name__)
