"""The real Rasa, trained from the real sentences, also killed in the middle of a call."""

import os
import signal
import socket
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from voicebot.calls.journal import MemoryJournal
from voicebot.calls.session import CallSession, Utterance
from voicebot.clients.loader import find_client
from voicebot.clock import FakeClock
from voicebot.dialogue.expectation import ANYTHING
from voicebot.errors import BadInput, NotFound, VoicebotError
from voicebot.understanding.breaker import Breaker
from voicebot.understanding.domain import read_intents
from voicebot.understanding.rasa import RasaInterpreter
from voicebot.understanding.rasa_client import RasaClient
from voicebot.understanding.rasa_home import RasaHome

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 1, 14, 21, 30, tzinfo=ZoneInfo("Europe/Paris"))
ENVIRONMENT = ROOT / ".venv-rasa"
pytestmark = [
    pytest.mark.skipif(
        not (ENVIRONMENT / ".done").is_file(), reason="Rasa is not installed: make rasa"
    ),
    pytest.mark.timeout(900),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory, nlu):
    """Rasa, trained once for all these tests."""
    home = RasaHome(ENVIRONMENT, nlu.absolute(), tmp_path_factory.mktemp("rasa"))
    home.train()
    return home


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def port(home):
    """A server, running."""
    port = free_port()
    with home.serving(port):
        yield port


def connected(port, interpreter, nlu):
    """An interpreter whose limit a busy machine keeps."""
    client = RasaClient(f"http://127.0.0.1:{port}", read_intents(nlu))
    rasa = RasaInterpreter(client, interpreter, limit_s=20.0, breaker=Breaker(rest_s=0))
    rasa.check()
    return rasa


@pytest.fixture(scope="module")
def rasa(port, interpreter, nlu):
    rasa = connected(port, interpreter, nlu)
    yield rasa
    rasa.close()


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ça fuit de partout", "report_leak"),
        ("euh ben y a plus de chauffage quoi", "report_no_heating"),
        ("je veux parler à quelqu'un", "talk_to_person"),
        ("au revoir", "goodbye"),
        ("le serveur est tombé", "report_it_down"),
        ("do you speak english", "speak_english"),
        ("et maintenant la météo", None),
        ("", None),
    ],
)
def test_understands(rasa, text, intent):
    meant = rasa.interpret(text, ANYTHING, NOW)
    assert (meant.intent, meant.by, meant.degraded) == (intent, "rasa", "")


def test_the_facts_are_read_beside_it(rasa):
    text = "ma chaudière est en panne mon numéro c'est le 06 12 34 56 78"
    meant = rasa.interpret(text, ANYTHING, NOW)
    assert meant.by == "rasa" and meant.entity("phone_number").value == "+33612345678"


def test_strange_texts_do_not_upset_it(rasa):
    for text in ("\x00", "💥" * 50, "bonjour " * 300, '{"text": "oui"}', "'; DROP TABLE calls; --"):
        rasa.interpret(text, ANYTHING, NOW)
    assert rasa.interpret("ça fuit de partout", ANYTHING, NOW).by == "rasa"


def test_no_word_of_a_caller_is_in_its_log(rasa, home):
    rasa.interpret("ma chaudière xylophone est en panne", ANYTHING, NOW)
    assert "xylophone" not in (home.folder / "serve.log").read_text()


def test_a_call_goes_on_when_it_is_killed(home, interpreter, nlu):
    client = find_client(ROOT / "flows", "plomberie-moreau")
    journal, port = MemoryJournal(), free_port()
    with home.serving(port) as process:
        rasa = connected(port, interpreter, nlu)
        call = CallSession(client, rasa, journal, FakeClock(NOW), call_id="c1")
        call.answer()
        call.hear(Utterance("bonjour ça fuit de partout"))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for said in ("oui", "06 12 34 56 78", "oui"):
            call.hear(Utterance(said))
        call.hang_up("caller")
        rasa.close()
    written = journal.entries["c1"]
    assert [e.data["by"] for e in written if e.kind == "understood"] == ["rasa"] + ["embedded"] * 3
    assert len([entry for entry in written if entry.kind == "degraded"]) == 1
    assert call.slots["callback_number"] == "+33612345678"


def test_it_ends_with_all_that_it_started(home):
    port = free_port()
    with home.serving(port) as process:
        group = process.pid
    assert process.poll() is not None
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)


def test_a_port_that_is_taken_is_one_line(home, port):
    with pytest.raises(BadInput, match=f"{port}.*--port"), home.serving(port):
        pass


def test_a_model_of_other_sentences_is_not_served(home, tmp_path):
    other = RasaHome(ENVIRONMENT, small(tmp_path), home.folder)
    with pytest.raises(NotFound, match="voicebot nlu train"), other.serving(free_port()):
        pass


def test_what_rasa_refuses_is_one_line_and_leaves_no_model(tmp_path):
    home = RasaHome(ENVIRONMENT, small(tmp_path), tmp_path / "rasa")
    (home.nlu / "config.yml").write_text("recipe: default.v1\npipeline: [{name: NoSuchPart}]\n")
    with pytest.raises(VoicebotError, match=r"Rasa did not train: .*train\.log") as error:
        home.train()
    assert "\n" not in str(error.value)
    assert [file.name for file in home.folder.iterdir()] == ["train.log"]


def small(folder):
    """Sentences of another bot."""
    (folder / "nlu/fr").mkdir(parents=True)
    (folder / "nlu/domain.yml").write_text('version: "3.1"\nintents: [affirm, deny]\n')
    (folder / "nlu/config.yml").write_text("recipe: default.v1\npipeline: []\n")
    (folder / "nlu/fr/a.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: affirm\n  examples: |\n    - oui\n    - ouais\n'
        "- intent: deny\n  examples: |\n    - non\n    - ah non\n"
    )
    return folder / "nlu"


def test_a_model_that_is_broken_is_one_line(tmp_path):
    home = RasaHome(ENVIRONMENT, small(tmp_path), tmp_path / "rasa")
    home.folder.mkdir()
    home.model.write_bytes(b"no model")
    with pytest.raises(VoicebotError, match=r"serve\.log") as error, home.serving(free_port()):
        pass
    assert "\n" not in str(error.value)
