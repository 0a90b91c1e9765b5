"""Any moment will do: "quand vous voulez", "dès que possible", "ça m'est égal"."""

from __future__ import annotations

from voicebot.french.normalise import normalise

_PHRASES = (
    "quand vous voulez", "quand vous voudrez", "quand vous pouvez", "quand vous pourrez",
    "quand il veut", "quand il peut", "quand il pourra", "quand elle peut", "quand elle pourra",
    "n importe quand", "n importe", "peu importe", "ca m est egal", "comme vous voulez",
    "quand ca vous arrange", "comme ca vous arrange", "a n importe quelle heure",
    "toute la journee", "tout le temps", "a tout moment", "des que vous pouvez",
    "des que possible", "le plus vite possible", "au plus vite", "le plus tot possible",
    "au plus tot", "le plus rapidement possible", "rapidement", "tout de suite", "immediatement",
    "maintenant", "des qu il peut", "des qu elle peut", "des qu il est disponible",
    "des qu elle est disponible", "des que vous avez un moment", "des que vous etes disponible",
    "quand vous etes disponible", "quand vous avez le temps", "quand vous avez un moment",
    "pas de preference", "vite", "brefs delais", "c est urgent", "sans urgence", "pas d urgence",
    "ca presse pas", "ca ne presse pas", "rien ne presse", "le plus tot sera le mieux",
)  # fmt: skip
_NOT = ("vous allez vite", "allez trop vite", "pas si vite", "moins vite", "pas maintenant")


def any_time(text: str) -> bool:
    """Whether any moment will do, soon or late."""
    plain = f" {normalise(text)} "
    if any(f" {phrase} " in plain for phrase in _NOT):
        return False
    return any(f" {phrase} " in plain for phrase in _PHRASES)
