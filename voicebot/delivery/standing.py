"""How a letter stands, and every way in which that changes. Pure: the store only keeps it.

pending ──claim──> sending ──Sent──> sent ──receipt──> delivered, or failed
   ^                  │ └─ the lease runs out: sending again, by another
   └─────Trouble──────┤
                      └─Refused, or too late──> failed ──a person retries──> pending
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from voicebot.delivery.outcome import Outcome, Refused, Sent, Trouble

LEASE = timedelta(seconds=60)
"""How long a letter belongs to the worker that sends it; sending takes half of it at most."""
SKEW = LEASE
"""By how much one worker's now may be behind another's: its clock, or its wait for the store."""
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=10)
SPREAD = 0.5
"""By how much of itself a wait may grow, so that letters refused together do not return so."""
WITHDRAWN = "withdrawn"
"""The code of a letter that nobody needs any more."""
IN_DOUBT = "in doubt"
"""The gateway could not be asked what became of an attempt."""
UNSURE = frozenset({"timeout", "no answer", "unforeseen", "http 502", "http 504", IN_DOUBT})
"""Troubles after which the gateway may have the letter all the same."""
USEFUL = timedelta(days=1)
"""How long a letter is worth sending when it does not say."""


class State(StrEnum):
    """Where a letter is."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True)
class Standing:
    """How a letter stands."""

    until: datetime
    """When it is given up."""
    due_at: datetime
    """While pending: when it is tried next."""
    state: State = State.PENDING
    attempts: int = 0
    lease: str | None = None
    """While sending: the claim it is sent under."""
    leased_until: datetime | None = None
    gateway: str | None = None
    reference: str | None = None
    code: str | None = None
    """What was wrong last, fit for a log."""
    why: str | None = None
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    failed_at: datetime | None = None
    dismissed_at: datetime | None = None
    """When a person took note of the failure; the alarm stops then."""

    @property
    def in_doubt(self) -> bool:
        """Whether an attempt was made whose end nobody knows: the gateway may have the letter."""
        return self.state is State.SENDING or self.code in UNSURE


def free(standing: Standing, now: datetime) -> bool:
    """Whether a worker may take the letter now.

    A moment further off than any wait or lease can be was written by a clock that has since been
    put back: it counts as come, or an emergency would wait for the clock. Not so a moment that is
    further off only because this worker's `now` is a little older than the claim of another one,
    for whom it waited: both would send the letter.
    """
    if standing.state is State.PENDING:
        return not now < standing.due_at <= furthest_due(now)
    if standing.state is State.SENDING and standing.leased_until:
        return not now < standing.leased_until <= furthest_lease(now)
    return False


def furthest_due(now: datetime) -> datetime:
    """A letter that is due later than this was put off by a clock that was ahead."""
    return now + LONGEST_WAIT * (1 + SPREAD) + SKEW


def furthest_lease(now: datetime) -> datetime:
    """A lease that ends later than this was given by a clock that was ahead."""
    return now + LEASE + SKEW


def claimed(standing: Standing, lease: str, now: datetime) -> Standing:
    """The letter in the hands of a worker; given up instead when its time has passed."""
    if now >= standing.until:
        return _failed(standing, standing.code or "too late", standing.why, now)
    return replace(
        standing,
        state=State.SENDING,
        attempts=standing.attempts + 1,
        lease=lease,
        leased_until=now + LEASE,
    )


def withdrawn(standing: Standing, now: datetime) -> Standing:
    """A letter that nobody needs any more; nothing went wrong, so it alarms nobody."""
    return replace(_failed(standing, WITHDRAWN, None, now), dismissed_at=now)


def settled(
    standing: Standing, lease: str, outcome: Outcome, gateway: str, now: datetime, jitter: float
) -> Standing:
    """After an attempt.

    That a letter was sent is true whoever sent it and however late he says so. That it could not
    be sent counts only from whoever still holds it.

    Args:
        standing: as it is in the store now.
        lease: the claim under which it was tried.
        outcome: what came of it.
        gateway: by which one.
        now: when.
        jitter: from 0 to 1, by chance.
    """
    if isinstance(outcome, Sent):
        return _sent(standing, outcome, gateway, now)
    if standing.state is not State.SENDING or standing.lease != lease:
        return standing
    tried = replace(standing, gateway=gateway, code=outcome.code, why=outcome.why or None)
    if isinstance(outcome, Refused):
        return _failed(tried, outcome.code, tried.why, now)
    due = now + wait(standing.attempts, outcome, jitter)
    if due >= standing.until:
        return _failed(tried, outcome.code, tried.why, now)
    return replace(tried, state=State.PENDING, due_at=due, lease=None, leased_until=None)


def wait(attempts: int, trouble: Trouble, jitter: float) -> timedelta:
    """How long until the next attempt: longer each time, and at least what the gateway asks for.

    A gateway that asks for an hour gets our longest wait: the letter may be an emergency.
    """
    grown = FIRST_WAIT * 2 ** min(max(attempts, 1) - 1, 10)
    asked = timedelta(seconds=min(max(trouble.wait or 0.0, 0.0), LONGEST_WAIT.total_seconds()))
    return max(min(grown, LONGEST_WAIT), asked) * (1 + SPREAD * jitter)


def received(
    standing: Standing, delivered: bool, code: str | None, why: str | None, now: datetime
) -> Standing:
    """After a carrier's receipt. It may come before the answer it belongs to, twice, or late."""
    if standing.state is State.DELIVERED:
        return standing
    if delivered:
        return replace(
            _sent(standing, Sent(), standing.gateway, now),
            state=State.DELIVERED,
            delivered_at=now,
            failed_at=None,
        )
    if standing.state is State.FAILED:
        return standing
    return _failed(replace(standing, sent_at=standing.sent_at or now), code, why, now)


def retried(standing: Standing, now: datetime) -> Standing:
    """A letter that failed, to be tried anew because a person wants it to; others stay."""
    if standing.state is not State.FAILED:
        return standing
    return Standing(until=now + USEFUL, due_at=now)


def dismissed(standing: Standing, now: datetime) -> Standing:
    """A failure that a person took note of; letters that did not fail stay as they are."""
    if standing.state is not State.FAILED or standing.dismissed_at:
        return standing
    return replace(standing, dismissed_at=now)


def _sent(standing: Standing, sent: Sent, gateway: str | None, now: datetime) -> Standing:
    reference = standing.reference or sent.reference
    if standing.state is State.DELIVERED or (
        # A carrier's receipt overtook its answer: what it says is the later truth.
        standing.state is State.FAILED and standing.sent_at
    ):
        return replace(standing, gateway=gateway, reference=reference)
    return replace(
        standing,
        state=State.DELIVERED if sent.delivered else State.SENT,
        lease=None,
        leased_until=None,
        gateway=gateway,
        reference=reference,
        code=None,
        why=None,
        sent_at=standing.sent_at or now,
        delivered_at=now if sent.delivered else None,
        failed_at=None,
        dismissed_at=None,
    )


def _failed(standing: Standing, code: str | None, why: str | None, now: datetime) -> Standing:
    return replace(
        standing,
        state=State.FAILED,
        lease=None,
        leased_until=None,
        code=code or "failed",
        why=why,
        failed_at=now,
    )
