"""What the line itself says when the dialogue cannot: busy, out of order, one moment."""

from __future__ import annotations

from enum import Enum

from voicebot.calls.session import Reply
from voicebot.dialogue.action import Say


class Notice(Enum):
    """The occasions; each has its words in every language spoken."""

    BUSY = "busy"
    UNSAVED = "unsaved"
    SORRY = "sorry"
    BROKEN = "broken"
    MOMENT = "moment"
    SHUTDOWN = "shutdown"


_DANGER = "En cas de danger immédiat, composez le 15, le 18 ou le 112."
_DANGER_EN = "If anyone is in danger, dial 112."

_WORDS = {
    "fr": {
        Notice.BUSY: "Bonjour. Toutes nos lignes sont occupées pour le moment. "
        f"Merci de rappeler dans quelques minutes. {_DANGER} Au revoir.",
        Notice.UNSAVED: "Je suis désolée, une panne m'empêche d'enregistrer votre demande : "
        f"elle n'a pas été transmise. Merci de rappeler dans quelques minutes. {_DANGER} "
        "Au revoir.",
        Notice.SORRY: "Excusez-moi, je n'ai pas pu traiter ce que vous venez de dire. "
        "Pouvez-vous répéter ?",
        Notice.BROKEN: "Je suis désolée, une panne m'empêche de continuer cet appel. "
        f"Merci de rappeler dans quelques minutes. {_DANGER} Au revoir.",
        Notice.MOMENT: "Un instant, s'il vous plaît.",
        Notice.SHUTDOWN: "Je suis désolée, notre service doit s'interrompre. "
        f"Merci de rappeler dans quelques minutes. {_DANGER} Au revoir.",
    },
    "en": {
        Notice.BUSY: "Hello. All our lines are busy at the moment. "
        f"Please call again in a few minutes. {_DANGER_EN} Goodbye.",
        Notice.UNSAVED: "I am sorry, a fault keeps me from saving your request: it has not been "
        f"passed on. Please call again in a few minutes. {_DANGER_EN} Goodbye.",
        Notice.SORRY: "I am sorry, I could not deal with what you just said. "
        "Could you say it again?",
        Notice.BROKEN: "I am sorry, a fault keeps me from going on with this call. "
        f"Please call again in a few minutes. {_DANGER_EN} Goodbye.",
        Notice.MOMENT: "One moment, please.",
        Notice.SHUTDOWN: "I am sorry, our service has to stop for now. "
        f"Please call again in a few minutes. {_DANGER_EN} Goodbye.",
    },
}


def words(notice: Notice, language: str) -> str:
    """The words of a notice; French where the language is not spoken."""
    return _WORDS.get(language, _WORDS["fr"])[notice]


def texts(language: str = "fr") -> tuple[str, ...]:
    """Every notice, to be rendered ahead."""
    return tuple(_WORDS.get(language, _WORDS["fr"]).values())


def reply(notice: Notice, language: str, *, hang_up: str | None = None) -> Reply:
    """A notice as something to say; one that ends the call is heard to its end."""
    name = f"notice_{notice.value}"
    say = Say(words(notice, language), name, hang_up is None, language)
    return Reply((say,), hang_up=hang_up)
