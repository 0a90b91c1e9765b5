"""Takes the escalations that are due one step further: each in one transaction, or not at all."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers
from sqlalchemy import Connection

from voicebot.clients.client import Client
from voicebot.delivery.letter import Channel, Letter
from voicebot.errors import VoicebotError
from voicebot.handoff.matter import letter, subject
from voicebot.oncall.alert import AlertChange, By, Happening
from voicebot.oncall.escalation import (
    Action,
    BeginProcedure,
    Escalation,
    GiveUp,
    Nobody,
    Phase,
    TakeBack,
    Try,
    escalate,
)
from voicebot.oncall.policy import EscalationPolicy
from voicebot.oncall.technician import Way
from voicebot.store import alerts, attempts, escalations, outbox, overrides
from voicebot.store.alert_changes import note
from voicebot.store.database import Database
from voicebot.store.escalation_tables import attempts as attempts_table
from voicebot.store.escalations import Due
from voicebot.worker.matter import matter_of
from voicebot.worker.reach import reach_of

log = logging.getLogger(__name__)

BATCH = 8
"""Worked on in one transaction: few, since calls wait for it, and rings for the next batch."""
POSTPONED = timedelta(seconds=30)
"""When an escalation that cannot be worked on is tried again; the others go on meanwhile."""


@dataclass(frozen=True)
class Escalator:
    """Decides what is done for each alert; does no ringing itself."""

    database: Database
    clients: Mapping[str, Client]

    def tick(self, now: datetime) -> int:
        """Works on what is due, a batch at a time, and gives how much that was.

        Raises:
            StoreFull: the store refuses to write; what was not done yet stays due.
        """
        with self.database.read() as connection:
            if not escalations.waiting(connection, now):
                return 0
        with self.database.write() as connection:
            batch = escalations.claim(connection, now, most=BATCH)
            for due in batch:
                with connection.begin_nested() as trial:
                    try:
                        self._work(connection, due, now)
                    except VoicebotError:
                        raise
                    except Exception:  # one alert's trouble must not keep the others waiting
                        trial.rollback()
                        log.exception("the escalation of alert %d cannot go on", due.alert_id)
                        escalations.postpone(connection, due, now + POSTPONED)
        return len(batch)

    def _work(self, connection: Connection, due: Due, now: datetime) -> None:
        client = self.clients.get(due.client)
        on_call = client.on_call if client else None
        if client is None or on_call is None or on_call.policy is None:
            self._abandoned(connection, due, now)
            return
        reach = reach_of(on_call, now, overrides.changes_at(connection, due.client, now))
        after, actions = escalate(on_call.policy, due.state, now, reach)
        for action in actions:
            self._do(connection, due, action, on_call.policy, now)
        escalations.save(connection, due, after)

    def _do(
        self,
        connection: Connection,
        due: Due,
        action: Action,
        policy: EscalationPolicy,
        now: datetime,
    ) -> None:
        match action:
            case Try():
                self._try(connection, due, action, policy, now)
            case TakeBack(attempt):
                row = attempts_table.c.id == due.rows[attempt]
                escalations.take_back(connection, row, now)
            case Nobody(step, procedure):
                self._note(connection, due, Happening.NOBODY, now, step=step, procedure=procedure)
            case BeginProcedure():
                alerts.flag(connection, due.alert_id, now)
                promised = self._promise(connection, due, policy.procedure.promise, now)
                self._note(connection, due, Happening.PROCEDURE, now, promised=promised)
                log.error("alert %d of %s reached nobody", due.alert_id, due.client)
            case GiveUp():
                alerts.flag(connection, due.alert_id, now)
                self._note(connection, due, Happening.EXHAUSTED, now)
                log.error("alert %d of %s: nobody is left to try", due.alert_id, due.client)

    def _try(
        self, connection: Connection, due: Due, action: Try, policy: EscalationPolicy, now: datetime
    ) -> None:
        """A ring is made by whoever claims it; a letter is in the outbox from here on."""
        attempt, person = action.attempt, action.person
        key = attempts.add(connection, due.id, attempt, person, now, policy.ring_for)
        if attempt.way is Way.RING:
            return
        matter = matter_of(connection, due.alert_id, self.clients)
        written = Letter(
            way=Channel(attempt.way.value),
            address=attempt.address,
            subject=subject(matter, person.language),
            text=letter(matter, person.language),
            key=key,
            client=due.client,
            at=now,
            alert_id=due.alert_id,
            technician=person.id,
            asks=True,
        )
        outbox.post(connection, written)
        data = {"name": person.name, "step": attempt.step, "procedure": attempt.procedure}
        line = AlertChange(Happening.WRITTEN, now, By(attempt.way.value), person.id, data)
        note(connection, due.alert_id, line)

    def _promise(self, connection: Connection, due: Due, text: str, now: datetime) -> bool:
        """Tells the caller by SMS; False where there is nothing to say, or no mobile number."""
        number = matter_of(connection, due.alert_id, self.clients).number
        if not text or not is_mobile(number):
            return False
        told = Letter(
            way=Channel.SMS,
            address=number,
            text=text,
            key=f"promise-{due.alert_id}-{now.timestamp():.0f}",
            client=due.client,
            at=now,
            alert_id=due.alert_id,
        )
        outbox.post(connection, told)
        return True

    def _abandoned(self, connection: Connection, due: Due, now: datetime) -> None:
        """The client is gone, or has nobody on call any more: the alert is flagged for a person."""
        alerts.flag(connection, due.alert_id, now)
        self._note(connection, due, Happening.EXHAUSTED, now)
        over = Escalation(due.state.step, due.state.procedure, phase=Phase.EXHAUSTED)
        escalations.save(connection, due, over)
        log.error("alert %d: %s has nobody on call", due.alert_id, due.client)

    def _note(
        self, connection: Connection, due: Due, kind: Happening, now: datetime, **data: object
    ) -> None:
        note(connection, due.alert_id, AlertChange(kind, now, By.WORKER, "", data))


def is_mobile(number: str) -> bool:
    """Whether an SMS arrives there."""
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
    mobile = (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )
    return kind in mobile or number.startswith("+3363998")
