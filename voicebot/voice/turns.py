"""Whose turn it is: the policy, in milliseconds and probabilities, knowing no sound.

    QUIET --voice--> SPEECH --pause--> PAUSE --patience is over, words known--> Ended, QUIET
                        ^                |
                        +-----voice------+  the pass over the words so far is thrown away

At each pause a pass of the ear is asked for at once (`Listen`), so that the words are there when
the turn ends, and a second one if the first leaves doubt. `endpoint.py` turns those words into
patience; silence alone never ends a turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from voicebot.voice.vad import WINDOW_MS

VOICE = 0.5
"""Probability from which a window begins speech."""
SURE_VOICE = 0.85
"""Probability beyond doubt."""
STILL_VOICE = 0.35
"""Probability from which a window carries speech on."""


@dataclass(frozen=True)
class Limits:
    """The times of turn-taking, in milliseconds."""

    onset: int = 64
    """Voice within `onset_within` that begins a turn: a click is shorter."""
    sure_onset: int = 32
    """The same where the voice is beyond doubt: one window."""
    onset_within: int = 128
    resume: int = 64
    """Voice that carries on a turn after a pause."""
    pause: int = 96
    """Silence after which the ear listens to what was said so far."""
    again: int = 256
    """Silence after which it listens once more, if it was not sure."""
    sure: int = 450
    """Patience up to which it was."""
    longest: int = 30_000
    """A turn that lasts longer is taken as it is."""


@dataclass(frozen=True)
class Started:
    """The caller began to speak, `ago_ms` before now."""

    ago_ms: int


@dataclass(frozen=True)
class Listen:
    """The ear should hear the turn so far; answer with `Turns.known`."""

    attempt: int
    again: bool = False
    """The same pause, longer by now: the turn model is surer; of use only if the ear is free."""


@dataclass(frozen=True)
class Resumed:
    """The caller goes on: what the ear is doing for this attempt is of no use."""

    attempt: int


@dataclass(frozen=True)
class Ended:
    """The turn is over; its words are those of this attempt."""

    attempt: int


Decision = Started | Listen | Resumed | Ended


class _Phase(Enum):
    QUIET = auto()
    SPEECH = auto()
    PAUSE = auto()
    FULL = auto()  # the longest turn is reached; only the words are waited for


class Turns:
    """Takes windows of speech probability, gives decisions. Holds the state of one caller."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._phase = _Phase.QUIET
        self._attempt = self._first = self._known = 0
        self._recent: tuple[float, ...] = ()
        self._length = self._voiced = self._silence = self._run = 0
        self._sum = 0.0
        self._patience: int | None = None
        self._wait = 0

    @property
    def speaking(self) -> bool:
        """Whether the caller has the floor, pauses included."""
        return self._phase is not _Phase.QUIET

    @property
    def voicing(self) -> bool:
        """Whether he speaks now: no pause has begun."""
        return self._phase is _Phase.SPEECH

    @property
    def voiced_ms(self) -> int:
        """Voice in this turn, without its pauses."""
        return self._voiced

    @property
    def silence_ms(self) -> int:
        """Silence since the last voice of this turn."""
        return self._silence

    @property
    def certainty(self) -> float:
        """Mean probability of speech over the voiced windows of this turn."""
        return self._sum / max(1, self._voiced // WINDOW_MS)

    def window(self, speech: float) -> list[Decision]:
        """Takes the next 32 ms."""
        if self._phase is _Phase.QUIET:
            return self._quiet(speech)
        self._length += WINDOW_MS
        if speech >= (VOICE if self._phase is _Phase.PAUSE else STILL_VOICE):
            self._run += WINDOW_MS
        else:
            self._run = 0
            self._silence += WINDOW_MS
        if self._run:
            self._voiced += WINDOW_MS
            self._sum += speech
        match self._phase:
            case _Phase.SPEECH:
                return self._speech()
            case _Phase.PAUSE:
                return self._pause()
            case _:
                return self._over()

    def awaits(self, attempt: int) -> bool:
        """Whether the words of this attempt are still of use."""
        return attempt >= self._first and self._phase in (_Phase.PAUSE, _Phase.FULL)

    def known(self, attempt: int, patience_ms: int, wait_ms: int = 0) -> list[Decision]:
        """The words of an attempt are known, and ask for so much patience.

        `wait_ms` is waited for beyond it: better words for this pause are on their way.
        """
        if not self.awaits(attempt) or attempt < self._known:
            return []
        self._known, self._patience, self._wait = attempt, patience_ms, wait_ms
        return self._over()

    def settled(self, patience_ms: int | None = None) -> list[Decision]:
        """The better words of this pause are there, with their patience; or none will come."""
        if self._patience is None or self._phase not in (_Phase.PAUSE, _Phase.FULL):
            return []
        self._patience, self._wait = patience_ms or self._patience, 0
        return self._over()

    def _quiet(self, speech: float) -> list[Decision]:
        slots = self._limits.onset_within // WINDOW_MS
        self._recent = (*self._recent, speech)[-slots:]
        voiced = [p for p in self._recent if p >= VOICE]
        sure = sum(p >= SURE_VOICE for p in self._recent) * WINDOW_MS >= self._limits.sure_onset
        if len(voiced) * WINDOW_MS < self._limits.onset and not sure:
            return []
        first = next(i for i, p in enumerate(self._recent) if p >= VOICE)
        ago = (len(self._recent) - first) * WINDOW_MS
        self._phase = _Phase.SPEECH
        self._recent = ()
        self._silence = self._run = 0
        self._patience = None
        self._length, self._voiced, self._sum = ago, len(voiced) * WINDOW_MS, sum(voiced)
        return [Started(ago)]

    def _speech(self) -> list[Decision]:
        if self._run:
            self._silence = 0
        if self._length >= self._limits.longest:
            self._phase = _Phase.FULL
            return self._listen()
        if self._silence >= self._limits.pause:
            self._phase = _Phase.PAUSE
            return self._listen()
        return []

    def _pause(self) -> list[Decision]:
        if self._run >= self._limits.resume:
            self._phase = _Phase.SPEECH
            self._silence = 0
            return [Resumed(self._attempt)]
        unsure = self._patience is None or self._patience > self._limits.sure
        if unsure and self._attempt == self._first and self._silence >= self._limits.again:
            self._attempt += 1
            return [Listen(self._attempt, again=True), *self._over()]
        return self._over()

    def _over(self) -> list[Decision]:
        if self._patience is None:
            return []
        patience = self._patience + self._wait
        if self._phase is _Phase.PAUSE and (self._run or self._silence < patience):
            return []
        if self._phase is _Phase.FULL and self._length < self._limits.longest + self._wait:
            return []
        self._phase = _Phase.QUIET
        return [Ended(self._known)]

    def _listen(self) -> list[Decision]:
        self._attempt += 1
        self._first, self._patience = self._attempt, None
        return [Listen(self._attempt)]
