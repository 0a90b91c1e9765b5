import pytest

from tests.delivery.conftest import letter
from voicebot.delivery.letter import Channel, suits
from voicebot.delivery.segments import length
from voicebot.delivery.wording import SMS_UNITS, ready, sms
from voicebot.errors import BadInput

LINK = "https://astreinte.exemple.fr/l/0123456789abcdefghijkl"


@pytest.mark.parametrize(
    ("way", "address", "fits"),
    [
        (Channel.SMS, "+33612345678", True),
        (Channel.SMS, "0612345678", False),
        (Channel.SMS, "+330", False),
        (Channel.SMS, "+33612345678\n", False),
        (Channel.SMS, "+٣٣٦١٢٣٤٥٦٧٨", False),
        (Channel.EMAIL, "karim@exemple.fr", True),
        (Channel.EMAIL, "karim", False),
        (Channel.EMAIL, "karim@exemple.fr, autre@exemple.fr", False),
        (Channel.EMAIL, "karim@exemple.fr\nBcc: autre@exemple.fr", False),
        (Channel.WEBHOOK, "https://crm.exemple.fr/hook", True),
        (Channel.WEBHOOK, "file:///etc/passwd", False),
        (Channel.WEBHOOK, "https:///nowhere", False),
    ],
)
def test_addresses(way, address, fits):
    assert suits(way, address) is fits
    if not fits:
        with pytest.raises(BadInput) as refused:
            letter(way, address)
        assert address not in str(refused.value)


@pytest.mark.parametrize("changes", [{"key": ""}, {"key": "k" * 129}, {"subject": "a\nBcc: b"}])
def test_what_no_letter_may_have(changes):
    with pytest.raises(BadInput):
        letter(**changes)


def test_a_way_that_is_none():
    with pytest.raises(ValueError, match="pigeon"):
        letter("pigeon")


def test_the_link_takes_its_place():
    text = sms("Fuite chez Mme Noël. Répondre : {link}", LINK)
    assert text == f"Fuite chez Mme Noel. Répondre : {LINK}"


def test_a_long_text_is_shortened_before_its_link():
    text = sms("De l'eau coule du plafond. " * 30 + "{link}", LINK)
    assert text.endswith("... " + LINK)
    assert length(text).segments == 2
    assert length(text).units <= SMS_UNITS


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Fuite. Rappelez le standard. {link}", "Fuite. Rappelez le standard."),
        (
            "Plomberie Moreau, urgence : fuite. Répondre : {link}",
            "Plomberie Moreau, urgence : fuite.",
        ),
        ("Elle commence à 18 h 30. Confirmez : {link}\nMerci.", "Elle commence à 18 h 30.\nMerci."),
        ("Répondre : {link}", ""),
        ("Fuite", "Fuite"),
    ],
)
def test_without_an_address_of_ours_nothing_leads_to_the_link(text, left):
    assert sms(text) == left
    made = ready(letter(Channel.EMAIL, "karim@exemple.fr", text=text))
    assert made.text == left


def test_what_a_caller_said_is_no_place_for_a_link():
    assert sms("Il dit : {text} {link}", LINK) == f"Il dit : {{text}} {LINK}"


def test_another_alphabet_is_sent_whole():
    text = sms("Διαρροή νερού στο υπόγειο {link}", LINK)
    assert text == f"Διαρροή νερού στο υπόγειο {LINK}"
    assert length(text).unicode
    assert length(sms("Διαρροή " * 50 + "{link}", LINK)).segments <= 3


def test_an_email_keeps_its_accents_and_gets_its_links():
    kept = letter(
        Channel.EMAIL, "karim@exemple.fr", text="Forêt : {link}", html="<a href='{link}'>ici</a>"
    )
    made = ready(kept, LINK)
    assert made.text == f"Forêt : {LINK}"
    assert made.html == f"<a href='{LINK}'>ici</a>"
