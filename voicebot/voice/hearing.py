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
from voicebot.speech.two_pass import TwoPassEar, combined, in_its_language
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

    async def pause(
        self, samples: Samples, expectation: Expectation, second: Second | None = None
    ) -> Pause | None:
        """Hears a turn that may be over; None where a later pass replaced this one.

        Args:
            samples: the turn so far.
            expectation: what the flow awaits.
            second: the second ear at this pause; its words, once there, stay.
        """

        def work() -> Pause:
            heard = self._first.listen(samples, expectation, self.words)
            if second is not None:
                heard = second.beside(heard)
            return self.weigh(heard, expectation)

        return await self.pool.run(self.owner, Rank.FINAL, work)

    async def partial(self, samples: Samples, expectation: Expectation) -> Heard | None:
        """Hears a turn that goes on; None where the ears are busy with more than that."""
        return await self.pool.run(
            self.owner,
            Rank.PARTIAL,
            lambda: self._first.listen(samples, expectation, self.words),
        )

    def second(self) -> Second | None:
        """The second ear for one pause, if there is one and it is worth asking."""
        if isinstance(self.ear, TwoPassEar) and self.ear.punctuality.asks():
            return Second(self, self.ear)
        return None

    def withdraw(self) -> None:
        """Forgets the passes that have not begun."""
        self.pool.withdraw(self.owner)
        if isinstance(self.ear, TwoPassEar):
            self.pool.second.withdraw(self.owner)

    @property
    def _first(self) -> Ear:
        return self.ear.first if isinstance(self.ear, TwoPassEar) else self.ear

    def weigh(self, heard: Heard, expectation: Expectation) -> Pause:
        """How much patience these words ask for; takes as long as understanding them does."""
        meant = self._meant(heard.text, in_its_language(heard, expectation))
        return Pause(heard, patience_ms(signs(heard, meant, expectation), expectation))

    def _meant(self, text: str, expectation: Expectation) -> Interpretation:
        if not text:
            return Interpretation(text)
        try:
            return self.interpreter.interpret(text, expectation, self.now())
        except Exception as error:  # noqa: BLE001  # costs the hint to patience; the session reports it
            logger.warning(f"no meaning for the end of turn: {type(error).__name__}")
            return Interpretation(text)


class Second:
    """The second ear at one pause: what it is asked once, and what comes of it."""

    def __init__(self, hearing: Hearing, ear: TwoPassEar) -> None:
        self._hearing, self._ear = hearing, ear
        self._first = self._heard = Heard("", 0.0)
        self._asked = self._over = False

    @property
    def wait_ms(self) -> int:
        """How much longer than the patience its words are worth waiting for."""
        return 0 if self._over else self._ear.wait_ms

    def beside(self, first: Heard) -> Heard:
        """The first ear's newest opinion, with the words of the second if they are there."""
        self._first = first
        return combined(first, self._heard)

    async def listen(self, samples: Samples, expectation: Expectation) -> Pause | None:
        """Hears the turn once more; None where it has no words to add.

        Raises:
            Exception: whatever the ear raises.
        """
        hearing = self._hearing

        def work() -> Pause | None:
            awaited = in_its_language(self._first, expectation)
            self._heard = self._ear.second.listen(samples, awaited, hearing.words)
            if not self._heard.text:
                return None
            return hearing.weigh(combined(self._first, self._heard), expectation)

        self._asked = True
        try:
            found = await hearing.pool.second.run(hearing.owner, Rank.FINAL, work)
        except Exception:
            self._over = True
            self._ear.punctuality.late()
            raise
        if not self._over:
            self._over = True
            self._ear.punctuality.in_time()
        return found

    def drop(self) -> None:
        """The caller goes on: this pause was none."""
        self._over = True

    def too_late(self) -> bool:
        """The turn is taken. Gives whether the words of the second ear were still to come."""
        late, self._over = self._asked and not self._over, True
        if late:
            self._ear.punctuality.late()
            self._hearing.pool.second.withdraw(self._hearing.owner)
        return late
