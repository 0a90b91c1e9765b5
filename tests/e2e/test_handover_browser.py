"""A caller and operators in real browsers: the call is handed over, and every way it can go."""

import os
import shutil
import signal
import time

import pytest
import yaml

from tests.e2e import ears
from tests.e2e.people import Caller, Operator, browsers
from tests.web.chromium import voice
from voicebot.caller.serving import serving
from voicebot.settings import Settings
from voicebot.speech.ears import open_ear
from voicebot.store.archive import Archive
from voicebot.store.database import Database

pytestmark = [pytest.mark.browser, pytest.mark.audio, pytest.mark.timeout(600)]

CLIENT = "cabinet-durand"
PATIENCE_S = 120
WISH = "Bonjour, je voudrais parler à quelqu'un."
HERS = "Bonjour madame, le dossier est arrivé hier matin."
"""Said by the operator, again and again, from well behind the briefing on."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving({"max_calls": "20", "flows": str(flows(tmp_path_factory))}) as up:
        yield up


def flows(tmp_path_factory):
    """The flows, with a client whose calls ring at every operator's place, and nowhere else."""
    folder = tmp_path_factory.mktemp("flows") / "flows"
    shutil.copytree(Settings().flows, folder)
    file = folder / "clients" / CLIENT / "client.yml"
    client = yaml.safe_load(file.read_text())
    client["transfer"] = {"order": [{"to": "operators", "at_once": 2, "ring": "25 s"}]}
    file.write_text(yaml.safe_dump(client, allow_unicode=True))
    return folder


@pytest.fixture(scope="module")
def store(server):
    database = Database(f"sqlite:///{server.data / 'voicebot.db'}")
    yield database
    database.close()


@pytest.fixture(scope="module")
def ear():
    settings = Settings()
    return open_ear(settings.ear, settings.models, 1)


@pytest.fixture(scope="module")
def caller_voice(tmp_path_factory):
    return voice(tmp_path_factory.mktemp("voices") / "caller.wav", WISH, before_s=9, after_s=6)


@pytest.fixture(scope="module")
def operator_voice(tmp_path_factory):
    return voice(tmp_path_factory.mktemp("voices") / "operator.wav", HERS, before_s=45, after_s=1)


@pytest.fixture
def people(server, store, caller_voice, operator_voice):
    """A caller, and as many operators as wanted, each in a browser of her own."""

    class People:
        def __init__(self, opened):
            self.caller = Caller(opened[0], server.url)
            names = ("Claire Petit", "Nadia Roux")
            self.operators = [
                Operator(browser, server.url, store, name)
                for browser, name in zip(opened[1:], names, strict=False)
            ]
            for operator in self.operators:
                operator.is_available()

        def call(self):
            before = newest(store)
            self.caller.rings(CLIENT)
            return until(lambda: newest(store) not in (before, None) and newest(store))

    stack = []

    def make(operators=1):
        context = browsers(caller_voice, *[operator_voice] * operators)
        stack.append(context)
        return People(context.__enter__())

    yield make
    for context in stack:
        context.__exit__(None, None, None)


def until(what, seconds=PATIENCE_S):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s")


def newest(store):
    calls = Archive(store).page(size=1).calls
    return calls[0].call.id if calls else None


def data(store, call, kind):
    return [entry.data for entry in Archive(store).entries(call) if entry.kind == kind]


def result(store, call):
    return until(lambda: data(store, call, "transferred"))[-1]["result"]


def how(store, call):
    return until(lambda: data(store, call, "parted"))[-1]["how"]


def hears(person, ear, *words, since=0):
    """Whether one of the words comes out of the sound that the browser received."""
    heard, end = "", time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        heard = ears.recognised(ear, person.received()[since:])
        if any(word in heard for word in words):
            return True
        time.sleep(2)
    raise AssertionError(f"heard was: {heard!r}")


def joined(people, store):
    """Rings, is rung, accepts: both talk."""
    call = people.call()
    claire = people.operators[0]
    claire.is_rung()
    claire.accepts()
    claire.talks()
    until(lambda: data(store, call, "joined"))
    return call, claire


def test_the_briefing_comes_first_and_both_hear_each_other(people, store, ear):
    both = people()
    call = both.call()
    claire = both.operators[0]
    assert "Cabinet de Maître Durand" in claire.is_rung()
    hears(claire, ear, "cabinet", "maître", "durand", "demande", "appuyez", "client")
    assert not data(store, call, "joined")
    claire.accepts()
    claire.talks()
    before = len(claire.received())
    hears(both.caller, ear, "dossier", "arrivé", "hier")
    hears(claire, ear, "parler", "quelqu'un", since=before)
    claire.hangs_up()
    assert result(store, call) == "spoken"
    transcript = both.caller.transcript
    assert "parler" in transcript
    assert next(said["text"] for said in data(store, call, "said")) in transcript


def test_nobody_answers_and_the_caller_hears_the_truth(people, store):
    both = people()
    call = both.call()
    both.operators[0].is_rung()
    assert result(store, call) == "unreached"
    assert ended_legs(store, call, 1) == ["no_answer"]
    both.operators[0].is_rung_no_more()


def test_the_operator_declines_with_her_reason(people, store):
    both = people()
    call = both.call()
    both.operators[0].is_rung()
    both.operators[0].declines()
    assert result(store, call) == "unreached"
    [leg] = [leg for leg in data(store, call, "leg") if leg.get("outcome")]
    assert (leg["outcome"], leg["reason"]) == ("declined", "Je dois m'absenter")


def test_the_caller_hangs_up_while_it_rings(people, store):
    both = people()
    call = both.call()
    both.operators[0].is_rung()
    both.caller.hangs_up()
    both.operators[0].is_rung_no_more()
    assert result(store, call) == "caller_left"
    assert until(lambda: data(store, call, "ended"))[-1]["cause"] == "caller"


def test_her_browser_dies_in_the_middle_and_the_caller_is_told(people, store):
    both = people()
    call, claire = joined(both, store)
    claire.dies()
    assert how(store, call) == "lost"
    before = len(data(store, call, "said"))
    assert result(store, call) == "unreached"
    assert until(lambda: data(store, call, "said")[before:]), "the caller is left in silence"
    both.caller.hangs_up()


def test_two_accept_at_once_and_one_has_the_call(people, store):
    both = people(operators=2)
    call = both.call()
    for operator in both.operators:
        operator.is_rung()
    for operator in both.operators:
        operator.accepts()
    until(lambda: data(store, call, "joined"))
    outcomes = until(lambda: ended_legs(store, call, 2))
    assert sorted(outcomes) == ["accepted", "caller_left"]
    assert len(data(store, call, "joined")) == 1
    both.caller.hangs_up()
    assert how(store, call) == "caller_left"


def ended_legs(store, call, count):
    outcomes = [leg["outcome"] for leg in data(store, call, "leg") if leg.get("outcome")]
    return outcomes if len(outcomes) == count else None


def test_a_network_that_stops_for_three_seconds_parts_nobody(people, server, store, ear):
    both = people()
    call, claire = joined(both, store)
    os.kill(server.pid, signal.SIGSTOP)
    time.sleep(3)
    os.kill(server.pid, signal.SIGCONT)
    before = len(claire.received())
    hears(claire, ear, "parler", "quelqu'un", since=before)
    assert not data(store, call, "parted")
    claire.gives_back()
    assert how(store, call) == "given_back"
    both.caller.hangs_up()
