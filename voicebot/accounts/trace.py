"""What the log of the accounts tells: who saw and did what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Seen(StrEnum):
    """What somebody saw or did."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED_OUT = "locked_out"
    SIGNED_OUT = "signed_out"
    CODE_USED = "code_used"
    """A recovery code, in place of the telephone."""
    LIST_OPENED = "list_opened"
    """The calls, the alerts or the console: names and words of many."""
    CALL_OPENED = "call_opened"
    """A call's page, its data or its events."""
    CALL_HEARD = "call_heard"
    ALERT_OPENED = "alert_opened"
    TAKEN_AWAY = "taken_away"
    """A file: a statement, a list."""
    CHANGED = "changed"
    """Whatever a page or a program asked to change."""
    REFUSED = "refused"
    """What his role does not allow."""
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    LINK_MADE = "link_made"
    PASSWORD_CHANGED = "password_changed"
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"


@dataclass(frozen=True)
class Trace:
    """One line of the log."""

    at: datetime
    kind: Seen
    who: str
    """The login, as it was then; empty when nobody was signed in."""
    user_id: int | None = None
    client: str = ""
    about: str = ""
    """What it was done to: "call c1", "alert 7", "account claire"."""
    detail: str = ""
    """What was asked, for a change: "POST /alerts/7/close"."""
    address: str = ""
