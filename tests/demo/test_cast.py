from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml

from voicebot.caller.script import Line
from voicebot.calls.handed import Done, Result
from voicebot.calls.journal import Entry, MemoryJournal
from voicebot.calls.session import CallSession, Utterance
from voicebot.clients.loader import load_clients
from voicebot.clock import FakeClock
from voicebot.demo.cast import CAST, HESITANT, MESSAGE
from voicebot.demo.role import End, Role
from voicebot.demo.run import run
from voicebot.errors import NotFound
from voicebot.settings import ROOT
from voicebot.understanding.embedded import load_or_train
from voicebot.understanding.interpreter import Interpreter

ROLES = {role.name: role for role in CAST}


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Interpreter:
    return load_or_train(ROOT / "nlu", tmp_path_factory.mktemp("nlu"))


class TypedCaller:
    """Answers as the scripted caller does, in writing: an ear that hears everything."""

    def __init__(self, role: Role) -> None:
        self._script = role.script
        self._used: dict[str, int] = {}

    def answer(self, said: list[str]) -> Line:
        for response in said:
            if response in self._script.interrupts and response not in self._used:
                self._used[response] = 1
                return self._script.interrupts[response]
        for response in reversed(said):
            for pattern, lines in self._script.answers.items():
                if fnmatchcase(response, pattern):
                    return self._one_of(pattern, lines)
        return self._one_of("", self._script.opening)

    def _one_of(self, name: str, lines: tuple[Line, ...]) -> Line:
        used = self._used.get(name, 0)
        self._used[name] = used + 1
        return lines[min(used, len(lines) - 1)]


def words(line: Line) -> str:
    return " ".join(part for part in line.parts if isinstance(part, str))


def typed(role: Role, interpreter: Interpreter) -> list[Entry]:
    """Plays a role in writing, up to the bot's hanging up."""
    journal = MemoryJournal()
    session = CallSession(
        load_clients(ROOT / "flows")[role.client],
        interpreter,
        journal,
        FakeClock(),
        call_id="c1",
        caller_number=role.number,
        reachable=lambda wanted: wanted.reason == "urgent",
    )
    caller = TypedCaller(role)
    reply = session.answer()
    for _ in range(20):
        if reply.transfer:
            session.note("joined", number=1, name="Karim")
            session.note("parted", number=1, how="person_left")
            reply = session.transferred(Done(Result.SPOKEN, "Karim"))
        if reply.hang_up is not None:
            break
        line = caller.answer([say.response for say in reply.says])
        if line.interrupts_after_s is not None:
            session.interrupted("Infogé", "Services, bonjour.")
        reply = session.hear(Utterance(words(line)))
    session.hang_up("bot")
    return journal.entries["c1"]


def kept(entries: list[Entry]) -> dict[str, Any]:
    """The journal, folded as `/api/calls/{id}` shows it."""

    def last(kind: str) -> dict[str, Any]:
        found = [entry.data for entry in entries if entry.kind == kind]
        return dict(found[-1]) if found else {}

    return {
        "call": {"outcome": last("ended")["outcome"], "urgency": last("decided").get("urgency")},
        "message": last("message") or None,
        "alerts": [entry.data for entry in entries if entry.kind == "alert"],
        "entries": [asdict(entry) for entry in entries],
    }


@pytest.mark.parametrize("name", ROLES)
def test_each_role_reaches_its_end_when_every_word_is_heard(
    name: str, interpreter: Interpreter
) -> None:
    entries = typed(ROLES[name], interpreter)
    transcript = "\n".join(
        f"{entry.kind}: {entry.data['text']}" for entry in entries if "text" in entry.data
    )
    assert ROLES[name].end.missed(kept(entries)) == [], transcript


def responses(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*.yml"):
        yield from ((yaml.safe_load(file.read_text()) or {}).get("responses") or {})


@pytest.mark.parametrize("name", ROLES)
def test_each_answer_is_to_something_that_the_bot_can_say(name: str) -> None:
    known = set(responses(ROOT / "flows"))
    script = ROLES[name].script
    for pattern in (*script.answers, *script.interrupts):
        assert any(fnmatchcase(response, pattern) for response in known), pattern


def test_the_four_kinds_of_call_are_there() -> None:
    assert {role.end.urgency for role in CAST} == {"vital", "urgent", None}
    assert HESITANT.end.interrupted and HESITANT.script.interrupts
    assert MESSAGE.end.outcome == "message_taken"
    assert len({role.client for role in CAST}) == len(CAST)


def test_an_unknown_role_lists_the_known_ones() -> None:
    with pytest.raises(NotFound, match="vital, urgent, message, hesitant"):
        run("nobody")


WHOLE: dict[str, Any] = {
    "call": {"outcome": "message_taken", "urgency": None},
    "message": {"fields": {"callback_number": "+33612345678", "caller_name": "Martin Dupont"}},
    "alerts": [],
    "entries": [{"kind": "interrupted"}],
}


@pytest.mark.parametrize(
    ("end", "missed"),
    [
        (End("message_taken", None, {"caller_name": "dupont"}, interrupted=True), 0),
        (End("danger"), 1),
        (End("message_taken", "urgent"), 1),
        (End("message_taken", alert=True), 1),
        (End("message_taken", None, {"caller_name": "Durand"}), 1),
        (End("message_taken", None, {"address": "rue"}), 1),
        (End("danger", "vital", {"address": "rue"}, alert=True), 4),
    ],
)
def test_an_end_that_is_missed_says_how(end: End, missed: int) -> None:
    assert len(end.missed(WHOLE)) == missed


def test_an_alert_without_cause_is_a_missed_end() -> None:
    whole = {**WHOLE, "alerts": [{"rule": "x"}], "entries": []}
    assert len(End("message_taken", interrupted=True).missed(whole)) == 2
