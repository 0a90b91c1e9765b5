"""What Rasa answers to `POST /model/parse`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from voicebot.understanding.classifier import NOTHING

_NO_INTENT = (None, "", "nlu_fallback")
"""Rasa's ways to say that it understood nothing."""


class RasaTrouble(Exception):
    """Rasa did not answer as it should; `why` is fit for a log and a journal."""

    def __init__(self, why: str, *, slow: bool = False) -> None:
        self.why, self.slow = why, slow
        super().__init__(why)


Share = Annotated[float, Field(ge=0.0, le=1.001, allow_inf_nan=False)]
"""A probability; float32 may put it a hair above 1."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")


class RankedIntent(_Part):
    """An intent and how likely it is."""

    name: str | None = None
    confidence: Share = 0.0


class FoundEntity(_Part):
    """Words that Rasa took for an entity."""

    entity: str
    value: Any = None
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    confidence: Share = Field(1.0, validation_alias=AliasChoices("confidence_entity", "confidence"))


class RasaAnswer(_Part):
    """One sentence, parsed."""

    text: str
    intent: RankedIntent
    intent_ranking: list[RankedIntent] = []
    entities: list[FoundEntity] = []

    @classmethod
    def read(cls, body: bytes, asked: str, intents: frozenset[str]) -> RasaAnswer:
        """Reads an answer.

        Args:
            body: what the server sent.
            asked: the text that it was to parse.
            intents: those of the domain; a model that knows others is the wrong one.

        Raises:
            RasaTrouble: it is no answer to that text, or that of another model.
        """
        try:
            answer = cls.model_validate_json(body)
        except ValidationError:
            # The error quotes the answer, and the answer the caller's words: neither is kept.
            raise RasaTrouble("an answer that cannot be read") from None
        if answer.text != asked:
            raise RasaTrouble("the answer to another text")
        if not {*answer.shares()} <= {*intents, NOTHING}:
            raise RasaTrouble("a model with other intents than nlu/domain.yml")
        if any(not found.start < found.end <= len(asked) for found in answer.entities):
            raise RasaTrouble("entities outside the text")
        return answer

    def shares(self) -> dict[str, float]:
        """How likely each intent is; `out_of_scope` where Rasa understood nothing."""
        found: dict[str, float] = {}
        for intent in self.intent_ranking or [self.intent]:
            name = NOTHING if intent.name in _NO_INTENT else str(intent.name)
            found[name] = max(found.get(name, 0.0), min(1.0, intent.confidence))
        return found if sum(found.values()) > 0 else {NOTHING: 1.0}
