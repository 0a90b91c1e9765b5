"""What each address needs: the one table that opens pages. What it does not name stays closed."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.accounts.grant import Deed
from voicebot.accounts.trace import Seen

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


@dataclass(frozen=True)
class Rule:
    """Who may ask for an address."""

    path: str
    """As its route writes it, "/calls/{call_id}"; with a star at its end, all that begins so."""
    sees: Deed | None
    """What one must be granted to look; None where no account is needed."""
    changes: Deed | None = None
    """To change something; by default as for looking."""
    seen: Seen | None = None
    """What the log says of who looked."""
    about: str = ""
    """What it says that this was, where the address names nothing in particular."""
    throttled: bool = False
    """Whether one address may ask for it only so often: where no account is needed."""
    ringer: bool = False
    """Whether the caller himself may look, by the pass that he was given when he rang."""

    @property
    def public(self) -> bool:
        """Whether no account is needed."""
        return self.sees is None

    def needs(self, method: str) -> Deed | None:
        """What one must be granted for a request of that method."""
        return self.sees if method in SAFE else self.changes or self.sees

    def covers(self, path: str) -> bool:
        """Whether it says something about that route."""
        if self.path.endswith("*"):
            return path.startswith(self.path[:-1])
        return path == self.path


CLOSED = Rule("*", Deed.RUN)
"""What no other rule names: the administrator alone."""

RULES = (
    # No account: callers, technicians by the link in their SMS, carriers, calendars, watchers.
    # The link, the offer and the receipts count for themselves, each by what it knows.
    Rule("/", None, throttled=True),
    Rule("/api/offer", None),
    Rule("/l/{token}", None),
    Rule("/receipts/*", None),
    Rule("/calendar/*", None, throttled=True),
    Rule("/healthz", None),
    Rule("/login", None, throttled=True),
    Rule("/login/second", None, throttled=True),
    Rule("/language", None, throttled=True),
    Rule("/welcome/{token}", None, throttled=True),
    # One's own.
    Rule("/logout", Deed.OWN_ACCOUNT),
    Rule("/account*", Deed.OWN_ACCOUNT),
    Rule("/mine", Deed.SEE_OWN_DUTY),
    # Calls.
    Rule("/api/openapi.json", Deed.OWN_ACCOUNT),
    Rule("/api/clients", Deed.SEE_CALLS),
    Rule("/calls", Deed.SEE_CALLS, None, Seen.LIST_OPENED, "list /calls"),
    Rule("/calls/{call_id}*", Deed.SEE_CALLS, Deed.TAKE_CALLS, Seen.CALL_OPENED),
    Rule("/api/calls", Deed.SEE_CALLS, None, Seen.LIST_OPENED, "list /calls"),
    Rule("/api/calls/{call_id}*", Deed.SEE_CALLS, Deed.TAKE_CALLS, Seen.CALL_OPENED),
    Rule("/api/calls/{call_id}/events", Deed.SEE_CALLS, None, Seen.CALL_OPENED, ringer=True),
    Rule("/recordings/*", Deed.HEAR_CALLS, Deed.RUN, Seen.CALL_HEARD),
    Rule("/flows*", Deed.SEE_FLOWS, Deed.RUN),
    # The console.
    Rule("/console*", Deed.TAKE_CALLS),
    Rule("/console", Deed.TAKE_CALLS, None, Seen.LIST_OPENED, "list /console"),
    Rule("/api/console/events", Deed.TAKE_CALLS, None, Seen.LIST_OPENED, "list /console"),
    Rule("/console/calls/{call_id}", Deed.TAKE_CALLS, None, Seen.CALL_OPENED),
    Rule("/api/console*", Deed.TAKE_CALLS),
    Rule("/api/operator*", Deed.TAKE_CALLS),
    # The people on call.
    Rule("/alerts", Deed.SEE_ALERTS, None, Seen.LIST_OPENED, "list /alerts"),
    Rule("/api/alerts/events", Deed.SEE_ALERTS, None, Seen.LIST_OPENED, "list /alerts"),
    Rule("/alerts/{alert_id}*", Deed.SEE_ALERTS, Deed.SETTLE_ALERTS, Seen.ALERT_OPENED),
    Rule("/api/alerts*", Deed.SEE_ALERTS, Deed.SETTLE_ALERTS),
    Rule("/letters/*", Deed.SETTLE_ALERTS),
    Rule("/oncall", Deed.SEE_ROTA),
    Rule("/rota/*", Deed.SEE_ROTA, Deed.CHANGE_ROTA),
    Rule("/statements/{name}", Deed.SEE_ROTA),
    Rule("/statements/*", Deed.SEE_ROTA, Deed.RUN, Seen.TAKEN_AWAY),
    # Running the installation.
    Rule("/users*", Deed.RUN),
    Rule("/audit", Deed.RUN),
)


def rule_of(path: str) -> Rule:
    """The rule for a route: the one that says most about it."""
    found = [rule for rule in RULES if rule.covers(path)]
    return max(
        found, key=lambda rule: (not rule.path.endswith("*"), len(rule.path)), default=CLOSED
    )
