"""The linter finds what callers would suffer from, and nothing in what is shipped."""

from pathlib import Path

import pytest

from tests.dialogue.talk import FLOWS
from voicebot.clients.loader import client_names, load_client
from voicebot.dialogue.lint import lint
from voicebot.dialogue.loader import load_flows

GOOD = """\
flows:
  answer:
    steps:
      - action: utter_hello
      - id: ask
        collect: room
        rejections:
          - if: slots.room > 999
            utter: utter_no
        give_up: bye
      - action: utter_hello
        next: END
  bye:
    steps:
      - action: utter_hello
slots:
  room: {type: number}
responses:
  utter_hello: [{text: Bonjour.}]
  utter_no: [{text: "{room} ?"}]
  utter_ask_room: [{text: "Quelle chambre ?"}]
  utter_ask_room_silence: [{text: "La chambre ?"}]
  utter_ask_room_unclear: [{text: "Pardon ?"}]
"""


def findings(tmp_path, text, **kwargs):
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    return lint(load_flows(tmp_path, tmp_path / "client", {}), **kwargs)


def test_nothing_in_good_flows(tmp_path):
    assert findings(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("collect: room", "collect: rom", 5, "no slot is called 'rom' (did you mean 'room'?)"),
        ("- action: utter_hello", "- action: utter_helo", 4, "did you mean 'utter_hello'"),
        ("give_up: bye", "give_up: by", 5, "neither a step nor a flow is called 'by'"),
        ("next: END", "next: aks", 11, "no step 'aks' (did you mean 'ask'?)"),
        ("next: END", "next: ask", 5, "goes round without asking"),
        ("slots.room > 999", "slots.romm > 999", 5, "no slot is called 'romm'"),
        ("slots.room > 999", "call.mesage", 5, "did you mean 'message'"),
        ('"{room} ?"', '"{rom} ?"', 20, "no slot or fact is called 'rom'"),
        ("        give_up: bye\n", "", 5, "no way out"),
        ("  utter_ask_room: ", "  utter_askroom: ", 5, "utter_ask_room is missing"),
        ("  utter_ask_room_silence", "  utter_ask_rom_silence", 5, "no reprompt for silence"),
        ("{type: number}", "{type: number, readback: true}", 5, "utter_confirm_room is missing"),
        (
            "        next: END\n",
            "        next: END\n      - action: utter_no\n",
            13,
            "never reached",
        ),
        ("  answer:", "  anser:", None, "nothing answers a call"),
        ("        give_up: bye", "        give_up: END", 13, "nothing starts flow 'bye'"),
        ("responses:", "responses:\n  utter_x: [{text: x}]", 19, "nothing says utter_x"),
    ],
)
def test_a_mistake(tmp_path, old, new, line, words):
    found = findings(tmp_path, GOOD.replace(old, new, 1))
    assert (line, True) in [(f.line, words in str(f)) for f in found], found


def test_flows_that_link_to_each_other(tmp_path):
    text = GOOD.replace(
        "    steps:\n      - action: utter_hello\nslots", "    steps:\n      - link: answer\nslots"
    ).replace("        next: END", "      - link: bye")
    assert any("goes round" in f.what for f in findings(tmp_path, text))


def test_intents_are_checked_when_they_are_known(tmp_path):
    text = GOOD.replace("  bye:\n", "  bye:\n    nlu_trigger: [{intent: godbye}]\n")
    assert findings(tmp_path, text) == []
    found = findings(tmp_path, text, intents=("goodbye",))
    assert [str(f).split("error: ")[1] for f in found] == [
        "no intent is called 'godbye' (did you mean 'goodbye'?)"
    ]


@pytest.mark.parametrize("name", client_names(FLOWS))
def test_the_flows_that_are_shipped(name):
    assert [str(f) for f in lint(load_client(FLOWS / "clients" / name, FLOWS).flows)] == []


def test_a_finding_is_one_line(tmp_path):
    found = findings(tmp_path, GOOD.replace("give_up: bye", "give_up: by"))
    assert str(found[0]).startswith(f"{Path(tmp_path) / 'a.yml'}:5: error: ")
