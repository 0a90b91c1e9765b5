"""What the processors of a call tell each other: system frames, which wait in no queue."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipecat.frames.frames import SystemFrame

from voicebot.calls.session import Reply
from voicebot.dialogue.expectation import ANYTHING, Expectation
from voicebot.speech.ear import Heard
from voicebot.voice.vad import Window


@dataclass
class WindowFrame(SystemFrame):
    """32 ms of the caller's sound. Gate to listener."""

    window: Window | None = None


@dataclass
class CallerStartedFrame(SystemFrame):
    """The caller began to speak. Listener to talker."""


@dataclass
class TurnFrame(SystemFrame):
    """The caller's turn is over; these are its words. Listener to talker."""

    heard: Heard = field(default_factory=lambda: Heard("", 0.0))
    speech_ms: int = 0


@dataclass
class NothingSaidFrame(SystemFrame):
    """What sounded like the caller was a cough, a breath, music, or went along with the bot."""


@dataclass
class KeyFrame(SystemFrame):
    """The caller pressed a key: one of 0-9, * and #. Call to talker."""

    key: str = ""


@dataclass
class TroubleFrame(SystemFrame):
    """A part failed and the call goes on. To the talker, for the journal."""

    part: str = ""
    why: str = ""


@dataclass
class HoldFrame(SystemFrame):
    """The bot falls silent, perhaps for a moment only. Listener to speaker."""


@dataclass
class ResumeFrame(SystemFrame):
    """It was nothing: the bot carries on. Listener to speaker."""


@dataclass
class CutFrame(SystemFrame):
    """The bot has been interrupted. To the speaker, which answers with `InterruptedFrame`."""


@dataclass
class SpeakFrame(SystemFrame):
    """What to say. Talker to speaker."""

    reply: Reply = field(default_factory=Reply)


@dataclass
class InterruptedFrame(SystemFrame):
    """How far the bot got. Speaker to talker, upstream."""

    spoken: str = ""
    left: str = ""


@dataclass
class SpokenFrame(SystemFrame):
    """All is said, and has been sent. Speaker to talker, upstream."""


@dataclass
class ExpectFrame(SystemFrame):
    """What the flow awaits now. Talker to listener, upstream."""

    expectation: Expectation = ANYTHING


@dataclass
class DeafFrame(SystemFrame):
    """Whether the caller is listened to. To listener and gate, upstream."""

    deaf: bool = True


@dataclass
class HushFrame(SystemFrame):
    """All that is being said is dropped at once, whatever it is. To the speaker."""


@dataclass
class MusicFrame(SystemFrame):
    """Whether music plays whenever nothing is said. To the speaker."""

    on: bool = False
