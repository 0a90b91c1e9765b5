"""What somebody who was rung answers: yes, no, something else, or that he is a machine."""

from __future__ import annotations

from enum import Enum

from voicebot.english import yes_no as english
from voicebot.french.normalise import words
from voicebot.french.yes_no import read_yes_no
from voicebot.handoff.telephone import Heard

ACCEPT_KEY, DECLINE_KEY = "1", "2"
MOST_WORDS = 8
"""A longer speech is nobody's yes: a voicemail's greeting may well begin with "oui, bonjour"."""
_MACHINE = (
    "messagerie", "repondeur", "repondeuse", "bip sonore", "apres le bip", "apres le signal",
    "laissez un message", "laisser un message", "laissez moi un message", "laissez nous",
    "votre correspondant", "n est pas disponible", "ne suis pas disponible", "injoignable",
    "boite vocale", "voicemail", "voice mail", "after the tone", "after the beep",
    "leave a message", "not available",
)  # fmt: skip


class Answer(Enum):
    """What it comes to."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    """A voice, and neither yes nor no."""
    MACHINE = "machine"
    """The greeting of a voicemail."""
    NOTHING = "nothing"


def read_answer(heard: Heard | None, language: str = "fr") -> Answer:
    """What it means when "press 1 or say yes" was asked."""
    if heard is None:
        return Answer.NOTHING
    if heard.key:
        known = {ACCEPT_KEY: Answer.YES, DECLINE_KEY: Answer.NO}
        return known.get(heard.key, Answer.UNCLEAR)
    plain = [word.plain for word in words(heard.words)]
    if not plain:
        return Answer.NOTHING
    if any(f" {phrase} " in f" {' '.join(plain)} " for phrase in _MACHINE):
        return Answer.MACHINE
    if len(plain) > MOST_WORDS:
        return Answer.UNCLEAR
    if plain in (["un"], ["one"]):
        return Answer.YES
    if plain in (["deux"], ["two"]):
        return Answer.NO
    read = read_yes_no if language == "fr" else english.read_yes_no
    means = read(heard.words, expected=True)
    return {True: Answer.YES, False: Answer.NO, None: Answer.UNCLEAR}[means]
