"""A call from pick-up to hang-up, with every turn committed before it is said."""

import asyncio
from dataclasses import replace

import pytest

from voicebot.calls.handed import Done, Result
from voicebot.calls.journal import MemoryJournal
from voicebot.calls.live import Live
from voicebot.calls.session import CallSession, Utterance
from voicebot.clients.transfer import Instructions, Kind, Target
from voicebot.clock import FakeClock
from voicebot.dialogue.interpretation import Entity, Interpretation
from voicebot.errors import StoreFull


class Reads:
    """Understands a name in whatever is said."""

    name = "reads"

    def interpret(self, text, expected, now):
        person = Entity("person", text.title(), text)
        return Interpretation(text, "inform", 0.9, (person,))


class Breaks:
    """An interpreter that does not keep its word."""

    name = "breaks"

    def interpret(self, text, expected, now):
        raise ValueError("no such model")


class NothingUnderstood:
    name = "nothing"

    def interpret(self, text, expected, now):
        return Interpretation(text)


class FullJournal(MemoryJournal):
    """A journal whose disk fills up when told to."""

    full = False

    def write(self, call_id, entries):
        if self.full:
            raise StoreFull("the disk is full")
        super().write(call_id, entries)


def begin(client, interpreter=None, journal=None, **more):
    journal = journal or MemoryJournal()
    call = CallSession(client, interpreter or Reads(), journal, FakeClock(), call_id="c1", **more)
    return call, journal


def kinds(journal):
    return [entry.kind for entry in journal.entries["c1"]]


def entry(journal, kind):
    return next(e.data for e in reversed(journal.entries["c1"]) if e.kind == kind)


def test_a_call_from_greeting_to_goodbye(client):
    call, journal = begin(client)
    reply = call.answer()
    assert [say.text for say in reply.says] == ["Boulangerie Petit, bonjour.", "Votre nom ?"]
    assert reply.expectation.slot == "caller_name"
    reply = call.hear(Utterance("martin"))
    assert reply.hang_up == "message_taken"
    assert reply.says[-1].text == "Merci Martin, c'est noté. Au revoir."
    assert entry(journal, "message") == {"fields": {"caller_name": "Martin"}, "complete": True}
    call.hang_up("bot")
    assert entry(journal, "ended") == {"outcome": "message_taken", "cause": "bot"}


def test_effects_stand_in_the_journal_before_words(client):
    call, journal = begin(client)
    call.answer()
    call.hear(Utterance("martin"))
    found = kinds(journal)
    assert found.index("message") < len(found) - 1 - found[::-1].index("said")


def test_what_is_said_was_committed(client):
    """The reply of a turn that could not be written is never given, and the state is kept."""
    journal = FullJournal()
    call, _ = begin(client, journal=journal)
    call.answer()
    journal.full = True
    with pytest.raises(StoreFull):
        call.hear(Utterance("martin"))
    assert call.slots.get("caller_name") is None
    journal.full = False
    assert call.hear(Utterance("martin")).hang_up == "message_taken"


def test_an_interpreter_that_fails_is_noted_and_the_call_goes_on(client):
    call, journal = begin(client, Breaks())
    call.answer()
    reply = call.hear(Utterance("allô ?"))
    assert reply.says
    assert entry(journal, "degraded") == {"part": "understanding", "why": "ValueError"}


def test_words_alone_escalate_when_nothing_is_understood(client):
    call, journal = begin(client, Breaks())
    call.answer()
    call.hear(Utterance("y a le feu"))
    call.hang_up("caller")
    assert entry(journal, "decided")["rule"] == "fire"
    assert entry(journal, "alert")["urgency"] == "vital"
    assert entry(journal, "alert")["because"] == "Il y a le feu."
    assert entry(journal, "ended")["outcome"] == "alert_raised"


def test_urgency_never_gets_milder(client):
    call, journal = begin(client, NothingUnderstood())
    call.answer()
    call.hear(Utterance("y a le feu"))
    call.hear(Utterance("et une fuite"))
    decided = [e.data["urgency"] for e in journal.entries["c1"] if e.kind == "decided"]
    assert decided == ["vital"]


def test_an_alert_is_raised_once(client):
    call, journal = begin(client, NothingUnderstood())
    call.answer()
    call.hear(Utterance("y a le feu"))
    call.hang_up("caller")
    call.hang_up("lost")
    assert kinds(journal).count("alert") == 1
    assert kinds(journal).count("ended") == 1


def urgent(client, interpreter=None, words="il y a une fuite"):
    """A call in which that was said; nothing else is understood of it."""
    call, _ = begin(client, interpreter or NothingUnderstood())
    call.answer()
    return call, call.hear(Utterance(words))


def test_an_urgent_call_comes_to_whoever_is_on_call_once(client):
    call, _ = urgent(client)
    assert call.comes_to_on_call
    call.transferred(Done(Result.UNREACHED))
    assert not call.comes_to_on_call


@pytest.mark.parametrize("words", ["il y a le feu", "bonjour"])
def test_a_danger_to_life_and_a_call_that_is_not_urgent_never_come_to_it(client, words):
    assert not urgent(client, words=words)[0].comes_to_on_call


def test_nor_does_a_call_whose_client_hands_it_to_others_or_that_says_goodbye(client):
    operators = Instructions((Target(Kind.OPERATORS),))
    assert not urgent(replace(client, transfer=operators))[0].comes_to_on_call
    call, reply = urgent(client, Reads())
    assert reply.hang_up and not call.comes_to_on_call


def test_who_leaves_at_once_has_abandoned(client):
    call, journal = begin(client)
    call.answer()
    call.hang_up("caller")
    assert entry(journal, "ended") == {"outcome": "abandoned", "cause": "caller"}


def test_after_the_end_nothing_is_written(client):
    call, journal = begin(client)
    call.answer()
    call.hang_up("caller")
    before = len(journal.entries["c1"])
    assert call.hear(Utterance("martin")).hang_up
    assert call.silence().hang_up
    assert len(journal.entries["c1"]) == before


def test_a_degraded_part_stands_in_the_journal(client):
    call, journal = begin(client)
    call.answer()
    call.degraded("recording", "the disk is full")
    assert entry(journal, "degraded") == {"part": "recording", "why": "the disk is full"}


async def test_who_watches_sees_each_entry(client):
    live = Live()
    call, journal = begin(client, live=live)
    with live.watch("c1") as events, live.watch("other") as others:
        await asyncio.to_thread(call.answer)
        await asyncio.sleep(0)
        seen = [events.get_nowait()[1].kind for _ in range(events.qsize())]
        assert seen == kinds(journal)
        assert others.empty()


async def test_a_slow_watcher_loses_the_oldest_only(client, monkeypatch):
    monkeypatch.setattr("voicebot.calls.live.BACKLOG", 2)
    live = Live()
    call, journal = begin(client, live=live)
    with live.watch() as events:
        call.answer()
        await asyncio.sleep(0)
        kept = [events.get_nowait()[1].kind for _ in range(events.qsize())]
        assert kept == kinds(journal)[-2:]
