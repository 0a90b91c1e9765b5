"""What somebody is in this house."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The role of an account; each account has one."""

    ADMINISTRATOR = "administrator"
    """Runs the installation: everything, and the accounts of the others."""
    OPERATOR = "operator"
    """The secretary at the console: answers for all clients, or for some."""
    CLIENT = "client"
    """The company answered for: sees its own calls and people, changes nothing."""
    TECHNICIAN = "technician"
    """A person on call: sees his own shifts and the alerts that concern him."""
