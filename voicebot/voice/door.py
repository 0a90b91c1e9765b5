"""The only door to a call's session: one caller at a time, never on the audio's thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, Protocol, TypeVar

from loguru import logger

from voicebot.calls.handed import Done
from voicebot.calls.session import Reply, Utterance
from voicebot.clients.client import Client
from voicebot.errors import StoreFull
from voicebot.speech.ear import Heard
from voicebot.voice import notices
from voicebot.voice.guard import where
from voicebot.voice.notices import Notice

T = TypeVar("T")

UNSAVED, BROKEN, SHUTDOWN = "unsaved", "broken", "shutdown"
"""Outcomes of replies that the line itself makes up, when the session cannot."""


class Session(Protocol):
    """What the line needs of a conversation: a `CallSession`, or the busy line's."""

    client: Client
    call_id: str

    @property
    def ended(self) -> bool:
        """Whether the call's end is written."""
        ...

    def answer(self) -> Reply:
        """Picks up."""
        ...

    def hear(self, utterance: Utterance) -> Reply:
        """What the caller said."""
        ...

    def press(self, key: str) -> Reply:
        """What the caller pressed."""
        ...

    def silence(self) -> Reply:
        """The caller did not answer."""
        ...

    def transferred(self, done: Done) -> Reply:
        """The call is back from being handed over."""
        ...

    def whispered(self, text: str, who: str) -> Reply:
        """Words of an operator's, which the bot is to say."""
        ...

    def note(self, kind: str, **data: Any) -> None:
        """What happens while a person is looked for and while people talk."""
        ...

    def interrupted(self, spoken: str, left: str) -> None:
        """How far the bot got."""
        ...

    def degraded(self, part: str, why: str) -> None:
        """A part failed and the call goes on."""
        ...

    def hang_up(self, cause: str) -> None:
        """The call is over."""
        ...


class Door:
    """Turns the session's failures into something honest to say."""

    def __init__(self, session: Session, threads: Executor, language: str) -> None:
        self._session = session
        self._threads = threads
        self._language = language
        self._lock = asyncio.Lock()
        self._failures = 0

    async def answer(self) -> Reply:
        """Picks up."""
        return await self._ask(self._session.answer)

    async def hear(self, utterance: Utterance) -> Reply:
        """What the caller said."""
        return await self._ask(lambda: self._session.hear(utterance))

    async def press(self, key: str) -> Reply:
        """What the caller pressed."""
        return await self._ask(lambda: self._session.press(key))

    async def silence(self) -> Reply:
        """The caller did not answer."""
        return await self._ask(self._session.silence)

    async def transferred(self, done: Done) -> Reply:
        """The call is back from being handed over."""
        return await self._ask(lambda: self._session.transferred(done))

    async def whispered(self, text: str, who: str) -> Reply:
        """Words of an operator's, which the bot is to say."""
        return await self._ask(lambda: self._session.whispered(text, who))

    async def overheard(self, who: str, text: str) -> None:
        """What was said between the caller and a person."""
        await self._note(lambda: self._session.note("overheard", who=who, text=text))

    async def interrupted(self, spoken: str, left: str) -> None:
        """How far the bot got."""
        await self._note(lambda: self._session.interrupted(spoken, left))

    async def degraded(self, part: str, why: str) -> None:
        """A part failed and the call goes on."""
        await self._note(lambda: self._session.degraded(part, why))

    async def hang_up(self, cause: str) -> None:
        """The call is over."""
        await self._note(lambda: self._session.hang_up(cause))

    async def _ask(self, act: Callable[[], Reply]) -> Reply:
        try:
            reply = await self._do(act)
        except StoreFull as error:
            logger.error(f"the store refuses to write, a caller was told: {error}")
            return notices.reply(Notice.UNSAVED, self._language, hang_up=UNSAVED)
        except Exception as error:  # noqa: BLE001  # whatever breaks, the caller is spoken to
            self._failures += 1
            await self._failed(error)
            if self._failures > 1:
                return notices.reply(Notice.BROKEN, self._language, hang_up=BROKEN)
            return notices.reply(Notice.SORRY, self._language)
        self._failures = 0
        return reply

    async def _note(self, act: Callable[[], None]) -> None:
        """What the caller need not know of when it fails."""
        try:
            await self._do(act)
        except StoreFull as error:
            logger.error(f"the store refuses to write: {error}")
        except Exception as error:  # noqa: BLE001  # kept in this call
            logger.error(f"the session failed: {where(error)}")

    async def _failed(self, error: Exception) -> None:
        logger.error(f"the session failed: {where(error)}")
        await self.degraded("dialogue", type(error).__name__)

    async def _do(self, act: Callable[[], T]) -> T:
        async with self._lock:
            return await asyncio.get_running_loop().run_in_executor(self._threads, act)


def utterance(heard: Heard, speech_ms: int, ear: str) -> Utterance:
    """What was heard in one turn, as the session takes it."""
    return Utterance(
        heard.text, heard.confidence, heard.alternatives, speech_ms, ear, heard.language
    )
