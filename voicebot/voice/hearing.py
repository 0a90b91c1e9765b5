"""One caller's way to the shared ear: what he said, and whether more will come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from loguru import logger

from voicebot.clients.client import Client
from voicebot.dialogue.expectation import Expectation
from voicebot.dialogue.expecting import possible
from voicebot.dialogue.interpretation import Interpretation
from voicebot.speech.ear import Ear, Heard, Prepares, Samples
from voicebot.understanding.interpreter import Interpreter
from voicebot.voice.earpool import EarPool, Rank
from voicebot.voice.endpoint import patience_ms, signs


def prepare(ear: Ear, client: Client) -> None:
    """Has the ear build what this client's calls will need; a failure only costs time later."""
    if not isinstance(ear, Prepares):
        return
    try:
        ear.prepare(client.words, possible(client.flows))
    except Exception as error:  # noqa: BLE001  # the first turn that needs it tries again
        logger.warning(f"the ear is not prepared for {client.name}: {type(error).__name__}")


@dataclass(frozen=True)
class Pause:
    """What the ear found at a pause."""

    heard: Heard
    patience_ms: int
    """Silence to wait for before the turn is taken."""


@dataclass(frozen=True)
class Hearing:
    """The ear, for one call."""

    owner: str
    """Id of the call."""
    ear: Ear
    interpreter: Interpreter
    pool: EarPool
    words: tuple[str, ...]
    """Names and words of the client."""
    now: Callable[[], datetime]
    """The time in the client's zone."""

    async def pause(self, samples: Samples, expectation: Expectation) -> Pause | None:
        """Hears a turn that may be over; None where a later pass replaced this one."""

        def work() -> Pause:
            heard = self.ear.listen(samples, expectation, self.words)
            meant = self._meant(heard.text, expectation)
            return Pause(heard, patience_ms(signs(heard, meant, expectation), expectation))

        return await self.pool.run(self.owner, Rank.FINAL, work)

    async def partial(self, samples: Samples, expectation: Expectation) -> Heard | None:
        """Hears a turn that goes on; None where the ears are busy with more than that."""
        return await self.pool.run(
            self.owner,
            Rank.PARTIAL,
            lambda: self.ear.listen(samples, expectation, self.words),
        )

    def withdraw(self) -> None:
        """Forgets the passes that have not begun."""
        self.pool.withdraw(self.owner)

    def _meant(self, text: str, expectation: Expectation) -> Interpretation:
        if not text:
            return Interpretation(text)
        try:
            return self.interpreter.interpret(text, expectation, self.now())
        except Exception as error:  # noqa: BLE001  # costs the hint to patience; the session reports it
            logger.warning(f"no meaning for the end of turn: {type(error).__name__}")
            return Interpretation(text)
