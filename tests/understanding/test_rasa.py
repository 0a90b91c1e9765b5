"""A Rasa that misbehaves in every way that a server can; the call never notices."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.understanding.rasa_server import RasaServer, answer, reply, says, sends
from voicebot.calls.journal import MemoryJournal
from voicebot.calls.session import CallSession, Utterance
from voicebot.clients.loader import find_client
from voicebot.clock import FakeClock
from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.errors import BadInput, MissingPart
from voicebot.understanding.breaker import Breaker
from voicebot.understanding.domain import read_intents
from voicebot.understanding.interpreters import open_interpreter
from voicebot.understanding.rasa import RasaInterpreter
from voicebot.understanding.rasa_client import RasaClient

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=ZoneInfo("Europe/Paris"))
LEAK = "ça fuit de partout"
"""What the embedded interpreter understands as report_leak; the healthy server says otherwise."""
PATIENT_S = 20.0
"""A limit that a busy machine keeps."""


@pytest.fixture
def server():
    server = RasaServer(says("report_no_heating"))
    yield server
    server.die()


@pytest.fixture
def ask(server, interpreter, nlu):
    """Makes interpreters of that server."""
    made = []

    def make(limit_s=PATIENT_S, breaker=None, ready=True, url=server.url):
        client = RasaClient(url, read_intents(nlu))
        # No rest: the next sentence brings the next trial.
        breaker = breaker or Breaker(rest_s=0)
        rasa = RasaInterpreter(client, interpreter, limit_s=limit_s, breaker=breaker)
        made.append(rasa)
        if ready:
            until(lambda: breaker.closed)
        return rasa

    yield make
    for rasa in made:
        rasa.close()


def until(done):
    """Waits for what happens in the background."""
    end = time.monotonic() + 30
    while not done():
        assert time.monotonic() < end, "never happened"
        time.sleep(0.01)


def heard(rasa, text=LEAK, expected=ANYTHING):
    return rasa.interpret(text, expected, NOW)


def test_rasa_decides_the_intent(ask):
    meant = heard(ask())
    assert (meant.intent, meant.by, meant.degraded) == ("report_no_heating", "rasa", "")
    assert meant.ranking[0] == ("report_no_heating", 0.97)


def test_the_values_are_read_as_ever(ask):
    meant = heard(ask(), f"{LEAK} je m'appelle Martin Dupont et c'est le 06 12 34 56 78")
    assert meant.by == "rasa"
    facts = {entity.name: entity.value for entity in meant.entities}
    assert facts == {"person": "Martin Dupont", "phone_number": "+33612345678"}


def test_what_was_awaited_and_given_is_believed_as_ever(ask, server):
    rasa = ask()
    server.manner = says("inform")
    meant = heard(rasa, "non c'est Durand", Expectation(Kind.YES_NO, "caller_name"))
    assert (meant.intent, meant.by) == ("deny", "rasa")
    assert meant.entity("person").value == "Durand"


def test_entities_that_no_reader_reads_are_rasas(ask, server):
    found = [
        {"entity": "thing", "value": "chaudière", "start": 3, "end": 12, "confidence_entity": 0.8},
        {"entity": "phone_number", "value": "ma", "start": 0, "end": 2},
    ]
    rasa = ask()
    server.manner = says("report_no_heating", entities=found)
    entities = heard(rasa, "ma chaudière fuit").entities
    assert "phone_number" not in [entity.name for entity in entities]
    (thing,) = [entity for entity in entities if entity.name == "thing"]
    assert (thing.name, thing.value, thing.text) == ("thing", "chaudière", "chaudière")
    assert thing.confidence == 0.8


def test_a_long_story_is_asked_about_in_parts_at_once(ask, server):
    rasa = ask()
    story = (
        "alors voilà je vous explique on est rentrés de vacances tout à l'heure avec ma femme et "
        "les enfants on a ouvert la porte et y a de l'eau partout dans la cuisine"
    )
    del server.asked[:]
    assert heard(rasa, story).by == "rasa"
    assert len(server.asked) > 3


def test_words_that_nobody_knows_are_not_even_asked_about(ask, server):
    rasa = ask()
    del server.asked[:]
    assert heard(rasa, "xkcd qwrt plok").intent is None
    assert not server.asked


NOTHING = {"name": None, "confidence": 0.0}


@pytest.mark.parametrize(
    "manner",
    [says("nlu_fallback"), says("out_of_scope"), says("x", intent=NOTHING, intent_ranking=[])],
)
def test_nothing_understood_by_rasa_is_nothing_understood(ask, server, manner):
    rasa = ask()
    server.manner = manner
    meant = heard(rasa)
    assert (meant.intent, meant.by) == (None, "rasa")


BROKEN = {
    "garbage": sends(b"\x00\xff\x00 this is not HTTP at all\r\n\r\n"),
    "nothing": sends(b""),
    "half an answer": lambda line, text: sends(answer(text)[:-30])(line, text),
    "half a JSON": sends(reply('{"text": "ça fu')),
    "no JSON": sends(reply("<html>bonjour</html>")),
    "another JSON": sends(reply('{"status": "failure", "reason": "TypeError"}')),
    "an error": sends(reply("oops", status="500 Internal Server Error")),
    "no model": sends(reply('{"reason": "Conflict"}', status="409 Conflict")),
    "a refusal": sends(reply("", status="401 Unauthorized")),
    "a wrong length": sends(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}"),
    "a bad chunk": sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}"),
    "endless headers": sends(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000),
    "too much": sends(reply(b" " * 3_000_000)),
    "another text": lambda line, text: line.sendall(answer(text + " ou pas")),
    "another model": says("order_pizza"),
}


@pytest.mark.parametrize("manner", BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_answered_for(ask, server, manner):
    rasa = ask()
    server.manner = manner
    for _ in range(5):
        meant = heard(rasa)
        assert (meant.intent, meant.by) == ("report_leak", "embedded")
        assert meant.degraded


@pytest.mark.parametrize("manner", BROKEN.values(), ids=BROKEN)
def test_a_server_that_never_answered_well_is_never_waited_for(ask, server, manner):
    server.manner = manner
    rasa = ask(ready=False)
    until(lambda: server.asked)
    assert heard(rasa).by == "embedded"


@pytest.mark.parametrize("manner", ["silent", "drips"])
def test_a_slow_one_is_waited_for_once_and_no_longer_than_the_limit(ask, server, manner):
    breaker = Breaker(rest_s=1e9)
    rasa = ask(limit_s=0.3, breaker=breaker)
    server.manner = getattr(server, manner)
    asked = len(server.asked)
    first = heard(rasa)  # would not end, but for the limit
    assert (first.by, first.degraded) == ("embedded", "no answer within 300 ms")
    for _ in range(20):
        assert heard(rasa).by == "embedded"
    assert len(server.asked) == asked + 1


def test_one_that_is_slow_from_the_start_is_never_waited_for(ask, server):
    server.manner = server.silent
    rasa = ask(limit_s=1e9, ready=False)  # who waited would wait for ever
    for _ in range(20):
        assert heard(rasa).by == "embedded"


def test_many_calls_at_once_while_it_hangs(ask, server):
    rasa = ask(limit_s=0.3)
    server.manner = server.silent
    with ThreadPoolExecutor(8) as pool:
        meant = list(pool.map(lambda _: heard(rasa), range(40)))
    assert {(m.intent, m.by) for m in meant} == {("report_leak", "embedded")}


def test_many_calls_at_once_while_it_is_well(ask):
    rasa = ask()
    texts = [LEAK, "j'ai plus de chauffage", "le serveur est tombé"] * 10
    with ThreadPoolExecutor(8) as pool:
        meant = list(pool.map(lambda text: heard(rasa, text), texts))
    assert [(m.text, m.by) for m in meant] == [(text, "rasa") for text in texts]


def test_it_is_asked_again_when_it_is_back(ask, server):
    rasa = ask()
    server.die()
    assert heard(rasa).by == "embedded"
    again = RasaServer(says("ask_hours"), port=server.port)
    until(lambda: heard(rasa).by == "rasa")
    assert heard(rasa).intent == "ask_hours"
    again.die()


def test_a_port_where_nobody_listens(ask, server):
    server.die()
    rasa = ask(ready=False)
    for _ in range(5):
        assert heard(rasa).by == "embedded"
    with pytest.raises(MissingPart, match="voicebot nlu serve"):
        rasa.check()


def test_the_callers_words_follow_no_redirect(ask, server):
    other = RasaServer(says("ask_hours"))
    rasa = ask()
    place = f"Location: {other.url}/model/parse\r\n"
    server.manner = sends(reply("", status="307 Temporary Redirect", headers=place))
    assert heard(rasa).by == "embedded"
    assert not other.asked
    other.die()


def test_an_outage_is_logged_once_and_without_the_words(ask, server, caplog):
    rasa = ask(breaker=Breaker(rest_s=1e9))
    server.manner = BROKEN["half a JSON"]
    with caplog.at_level(logging.WARNING):
        for _ in range(10):
            heard(rasa, "ma grand-mère fuit de partout")
    (record,) = caplog.records
    assert "left alone" in record.message and "grand" not in record.message


def test_a_call_goes_on_when_it_is_killed_and_its_journal_says_so_once(ask, server):
    client = find_client(Path("flows"), "plomberie-moreau")
    clock, journal = FakeClock(NOW), MemoryJournal()
    server.manner = says("report_leak")
    call = CallSession(client, ask(), journal, clock, call_id="c1")
    call.answer()
    call.hear(Utterance("bonjour ça fuit de partout"))
    server.die()
    for said in ("oui", "06 12 34 56 78", "oui", "12 rue des Lilas à Lyon", "Luc Petit"):
        call.hear(Utterance(said))
    call.hang_up("caller")
    written = journal.entries["c1"]
    assert [e.data["by"] for e in written if e.kind == "understood"] == ["rasa"] + ["embedded"] * 5
    (degraded,) = [entry.data for entry in written if entry.kind == "degraded"]
    assert degraded["part"] == "rasa" and degraded["why"].startswith("no answer: ")
    assert call.slots["callback_number"] == "+33612345678"


@pytest.mark.parametrize(
    "setting", ["rasa:", "rasa:127.0.0.1:5005", "rasa:ftp://a:1", "rasa:http://", "rosa", "rasa"]
)
def test_a_wrong_setting_is_one_line(tmp_path, nlu, setting):
    with pytest.raises(BadInput, match=r"embedded or rasa:URL|rasa:http:"):
        open_interpreter(setting, nlu, tmp_path)


def test_the_token_of_the_address_is_sent_and_never_shown(ask, server, caplog):
    rasa = ask(url=f"{server.url}?token=secret")
    assert heard(rasa).by == "rasa"
    server.die()
    with caplog.at_level(logging.INFO):
        for _ in range(5):
            assert "secret" not in heard(rasa).degraded
    assert "secret" not in caplog.text
