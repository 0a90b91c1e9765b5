"""tests/scenarios/*.yaml: whole calls through the real session and the real interpreter.

Each document of a file is one call; docs/flows.md tells what may be expected of a turn.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from voicebot.calls.handed import Done, Result
from voicebot.calls.journal import MemoryJournal
from voicebot.calls.session import CallSession, Reply, Utterance
from voicebot.clients.loader import find_client
from voicebot.clock import FakeClock
from voicebot.understanding.embedded import load_or_train

HERE = Path(__file__).parent / "scenarios"
ROOT = HERE.parent.parent
NOW = datetime(2026, 1, 14, 21, 30)


def scenarios() -> Iterator[Any]:
    for file in sorted(HERE.glob("*.yaml")):
        for scenario in yaml.safe_load_all(file.read_text(encoding="utf-8")):
            yield pytest.param(scenario, id=f"{file.stem}: {scenario['name']}")


@pytest.fixture(scope="session")
def interpreter(tmp_path_factory):
    return load_or_train(ROOT / "nlu", tmp_path_factory.mktemp("nlu"))


@lru_cache
def client_of(name):
    return find_client(ROOT / "flows", name)


class Played:
    """A scenario being played."""

    def __init__(self, scenario, interpreter):
        client = client_of(scenario["client"])
        now = scenario.get("now", NOW)
        now = datetime.fromisoformat(now) if isinstance(now, str) else now
        self.journal = MemoryJournal()
        self.session = CallSession(
            client,
            interpreter,
            self.journal,
            FakeClock(now.replace(tzinfo=client.timezone)),
            call_id="scenario",
            caller_number=scenario.get("caller_number"),
            reachable=lambda wanted: bool(scenario.get("somebody_there")),
        )
        self.reply = self.session.answer()

    def play(self, turn):
        match turn:
            case {"user": text}:
                self.reply = self.session.hear(Utterance(str(text)))
            case {"press": keys}:
                for key in str(keys):
                    self.reply = self.session.press(key)
            case {"silence": True}:
                self.reply = self.session.silence()
            case {"interrupt": {"spoken": spoken, "left": left}}:
                self.session.interrupted(spoken, left)
                self.reply = Reply((), self.session.expectation)
            case {"transferred": result}:
                done = Done(Result(result), str(turn.get("person", "")))
                self.reply = self.session.transferred(done)
            case {"hang_up": True}:
                self.session.hang_up("caller")
            case {"expect": _}:
                pass
            case _:
                raise ValueError(f"no such turn: {turn}")
        if self.reply.hang_up and not self.session.ended:
            self.session.hang_up("bot")

    def last(self, kind):
        found = [e.data for e in self.journal.entries["scenario"] if e.kind == kind]
        return found[-1] if found else None

    @property
    def said(self):
        return " ".join(say.text for say in self.reply.says)

    def check(self, expect):
        for key, wanted in expect.items():
            getattr(self, f"check_{key}")(wanted)

    def check_intent(self, wanted):
        assert self.last("understood")["intent"] == wanted, self.last("understood")

    def check_urgency(self, wanted):
        assert self.last("decided")["urgency"] == wanted, self.last("decided")

    def check_rule(self, wanted):
        assert self.last("decided")["rule"] == wanted, self.last("decided")

    def check_slots(self, wanted):
        assert {name: self.session.slots.get(name) for name in wanted} == wanted

    def check_says(self, wanted):
        assert [say.response for say in self.reply.says] == wanted, self.said

    def check_says_contains(self, wanted):
        for part in [wanted] if isinstance(wanted, str) else wanted:
            assert part.casefold() in self.said.casefold()

    def check_says_not(self, wanted):
        assert wanted.casefold() not in self.said.casefold()

    def check_transfer(self, wanted):
        assert (self.reply.transfer or False) == wanted, self.said

    def check_expects(self, wanted):
        assert self.reply.expectation.slot == wanted, self.said

    def check_language(self, wanted):
        assert self.reply.says[-1].language == wanted, self.said

    def check_message(self, wanted):
        saved = self.last("message")
        if wanted is False:
            assert saved is None
            return
        wanted = dict(wanted)
        assert saved is not None, "no message"
        assert saved["complete"] == wanted.pop("complete", saved["complete"])
        assert {name: saved["fields"].get(name) for name in wanted} == wanted

    def check_alert(self, wanted):
        alert = self.last("alert")
        assert (alert["rule"] if alert else False) == wanted, alert

    def check_outcome(self, wanted):
        ended = self.last("ended")
        assert ended is not None, f"the call goes on: {self.said}"
        assert ended["outcome"] == wanted


@pytest.mark.parametrize("scenario", list(scenarios()))
def test_scenario(scenario, interpreter):
    played = Played(scenario, interpreter)
    played.check(scenario.get("opening", {}))
    for number, turn in enumerate(scenario["turns"], 1):
        played.play(turn)
        try:
            played.check(turn.get("expect", {}))
        except AssertionError as error:
            raise AssertionError(f"turn {number}: {turn}\n{error}") from error
