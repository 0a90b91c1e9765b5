"""The interpreter that asks a Rasa server, and never makes a call wait for one."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from voicebot.dialogue.expectation import Expectation
from voicebot.dialogue.interpretation import Entity, Interpretation
from voicebot.errors import MissingPart
from voicebot.understanding.breaker import Breaker
from voicebot.understanding.embedded import EmbeddedInterpreter
from voicebot.understanding.interpreter import Ranks
from voicebot.understanding.lexicon import OBJECT, PLACE
from voicebot.understanding.rasa_answer import RasaAnswer, RasaTrouble
from voicebot.understanding.rasa_client import RasaClient
from voicebot.understanding.reader import ENTITY_OF

log = logging.getLogger(__name__)

LIMIT_S = 0.3
"""What Rasa has for one utterance, connection included."""
TRIAL_S = 5.0
"""What a trial waits for: a server that just started is slow once. No call waits for it."""
TRIAL_TEXT = "bonjour"
READ = frozenset(
    (
        *ENTITY_OF.values(),
        *("own_number", "since", "language"),
        *(OBJECT, PLACE),
    )
)
"""Facts that readers and lookup tables give, more often right and as values, not only as words."""


class RasaInterpreter:
    """Rasa says which intent; the facts are read as ever. Thread-safe; never raises.

    While Rasa is down, slow or wrong the embedded interpreter answers, and the interpretation
    says so in `degraded`.
    """

    name = "rasa"

    def __init__(
        self,
        client: RasaClient,
        embedded: EmbeddedInterpreter,
        *,
        limit_s: float = LIMIT_S,
        breaker: Breaker | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Tries the server at once, in the background.

        Args:
            client: the server.
            embedded: answers when Rasa does not.
            limit_s: what Rasa has for one utterance.
            breaker: decides when Rasa is left alone.
            monotonic: seconds on a clock that never goes back.
        """
        self._client = client
        self._embedded = embedded
        self._limit_s = limit_s
        self._breaker = breaker or Breaker()
        self._monotonic = monotonic
        self._why = "not asked yet"
        self._try_again()

    def interpret(self, text: str, expected: Expectation, now: datetime) -> Interpretation:
        """Intent and facts of one utterance; see `Interpreter.interpret`."""
        if self._breaker.closed:
            asked = _Asked(text, self._client, self._embedded.ranks, self._limit_s)
            try:
                deciding = self._embedded.deciding_by(asked, self.name)
                meant = deciding.interpret(text, expected, now)
            except RasaTrouble as trouble:
                self._failed(trouble)
            else:
                if asked.answers:
                    self._breaker.succeeded()
                return replace(meant, entities=(*meant.entities, *asked.entities()))
        else:
            self._try_again()
        meant = self._embedded.interpret(text, expected, now)
        return replace(meant, degraded=self._why)

    def check(self) -> None:
        """Asks once, now, and waits for it: for commands, never in a call.

        Raises:
            MissingPart: the server does not answer as it should.
        """
        try:
            self._client.parse([TRIAL_TEXT], TRIAL_S)
        except RasaTrouble as trouble:
            what = f"Rasa does not answer at {self._client.place}: {trouble.why}"
            raise MissingPart(f"{what} (voicebot nlu serve)") from None
        self._breaker.succeeded()

    def close(self) -> None:
        """Drops the connection."""
        self._client.close()

    def _failed(self, trouble: RasaTrouble) -> None:
        self._why = trouble.why
        # Only slowness costs the caller, so once is enough.
        if self._breaker.failed(self._monotonic(), at_once=trouble.slow):
            log.warning("Rasa at %s is left alone: %s", self._client.place, trouble.why)

    def _try_again(self) -> None:
        """Tries the server in the background, when it is time."""
        if self._breaker.begin_trial(self._monotonic()):
            threading.Thread(target=self._trial, name="rasa trial", daemon=True).start()

    def _trial(self) -> None:
        began = self._monotonic()
        try:
            self._client.parse([TRIAL_TEXT], TRIAL_S)
            if self._monotonic() - began > self._limit_s:
                raise RasaTrouble("it is slow", slow=True)
        except RasaTrouble as trouble:
            if trouble.why != self._why:
                log.warning("Rasa at %s is not used: %s", self._client.place, trouble.why)
            self._why = trouble.why
            self._breaker.failed(self._monotonic())
        else:
            self._breaker.succeeded()
            log.info("Rasa at %s answers", self._client.place)


class _Asked:
    """Rasa's view of one utterance, kept while it is decided what was meant."""

    def __init__(self, text: str, client: RasaClient, known: Ranks, limit_s: float) -> None:
        self._text, self._client, self._known, self._limit_s = text, client, known, limit_s
        self.answers: list[RasaAnswer] = []

    def rank(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """The probability of each intent, for each of `texts`."""
        # Rasa learnt from whole sentences, facts and accents included.
        self.answers = self._client.parse([self._text, *texts[1:]], self._limit_s)
        none = dict.fromkeys(self._client.intents, 0.0)
        return [none | answer.shares() for answer in self.answers]

    def familiar(self, text: str) -> float:
        """Share of the words that the training knows, 0 to 1."""
        return self._known.familiar(text)

    def entities(self) -> list[Entity]:
        """What Rasa found in the utterance that no reader of ours reads."""
        if not self.answers:
            return []
        found = [entity for entity in self.answers[0].entities if entity.entity not in READ]
        return [
            Entity(
                entity.entity,
                entity.value if isinstance(entity.value, str) else words,
                words,
                min(1.0, entity.confidence),
            )
            for entity in found
            if (words := self._text[entity.start : entity.end])
        ]
