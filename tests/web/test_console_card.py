"""What the console's list says of a call, as the call goes on."""

from tests.web.conftest import NOW, urgent
from voicebot.store.entry import Entry
from voicebot.web.console_card import Card

FRESH = Card("c1", "plomberie-moreau", "+33612345678", NOW)


def test_a_call_as_it_stands():
    card = FRESH.after(urgent(NOW)[:-1])

    assert (card.name, card.urgency) == ("Hélène Noël", "urgent")
    assert card.because == "De l'eau coule et ne s'arrête pas."
    assert (card.speaker, card.words) == ("bot", "L'astreinte est prévenue.")
    assert not card.ended


def test_what_is_being_said_gives_way_to_what_was_heard():
    speaking = FRESH.after([Entry("hearing", NOW, {"text": "bonjour j'ai"})])
    assert speaking.hearing == "bonjour j'ai"

    heard = speaking.after([Entry("heard", NOW, {"text": "Bonjour, j'ai de l'eau"})])
    assert (heard.hearing, heard.speaker) == ("", "caller")
    assert heard.words == "Bonjour, j'ai de l'eau"


def test_the_same_twice_changes_nothing():
    once = FRESH.after(urgent(NOW)[:5])
    assert once.after(urgent(NOW)[:5]) == once


def test_the_end():
    assert FRESH.after(urgent(NOW)).ended
