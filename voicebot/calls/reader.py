"""How what a caller says in one call is understood, whatever becomes of the interpreter."""

from __future__ import annotations

import logging
from datetime import datetime

from voicebot.calls.refused import Refused
from voicebot.calls.reply import Utterance
from voicebot.calls.spoken_language import spoken_in
from voicebot.dialogue.expectation import Expectation
from voicebot.dialogue.interpretation import Interpretation
from voicebot.understanding.interpreter import Interpreter

log = logging.getLogger(__name__)


class Reader:
    """One call's."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._refused = Refused()
        self._told = False
        """Whether the journal knows that another interpreter answers."""

    def read(
        self, said: Utterance, expected: Expectation, language: str, now: datetime
    ) -> tuple[Interpretation, dict[str, str] | None]:
        """What it means, and what the journal is told of a part that failed.

        An interpreter that breaks its word costs the intent, never the call.

        Args:
            said: as it was heard.
            expected: what the flow awaits, in the language in which it was said.
            language: of the call so far.
            now: the client's local time.
        """
        interpret = self._interpreter.interpret
        try:
            meant = self._refused.read(said, expected, lambda text: interpret(text, expected, now))
            meant = spoken_in(said, language, meant)
        except Exception as error:
            log.exception("the interpreter %s failed", self._interpreter.name)
            nothing = spoken_in(said, language, Interpretation(said.text, by="none"))
            return nothing, {"part": "understanding", "why": type(error).__name__}
        if not meant.degraded or self._told:
            return meant, None
        self._told = True
        return meant, {"part": self._interpreter.name, "why": meant.degraded}
