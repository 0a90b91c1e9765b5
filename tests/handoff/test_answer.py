"""What is a yes on the telephone, and what is a machine."""

import pytest

from voicebot.handoff.answer import Answer, read_answer
from voicebot.handoff.telephone import Heard


@pytest.mark.parametrize(
    ("heard", "answer"),
    [
        (None, Answer.NOTHING),
        (Heard(key="1"), Answer.YES),
        (Heard(key="2"), Answer.NO),
        (Heard(key="#"), Answer.UNCLEAR),
        (Heard(words=""), Answer.NOTHING),
        (Heard(words="Oui."), Answer.YES),
        (Heard(words="Ouais, j'y vais."), Answer.YES),
        (Heard(words="un"), Answer.YES),
        (Heard(words="Non, je ne peux pas."), Answer.NO),
        (Heard(words="Allô ?"), Answer.UNCLEAR),
        (Heard(words="Oui bonjour, vous êtes bien sur la messagerie de Karim."), Answer.MACHINE),
        (Heard(words="Oui, laissez un message."), Answer.MACHINE),
        (
            Heard(words="Oui bonjour vous êtes bien chez Karim et Léa nous sommes sortis ce soir"),
            Answer.UNCLEAR,
        ),
    ],
    ids=lambda value: getattr(value, "words", None) or getattr(value, "name", None) or str(value),
)
def test_french(heard, answer):
    assert read_answer(heard) is answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Yes.", Answer.YES),
        ("No, sorry.", Answer.NO),
        ("Please leave a message after the tone.", Answer.MACHINE),
    ],
)
def test_english(words, answer):
    assert read_answer(Heard(words=words), "en") is answer
