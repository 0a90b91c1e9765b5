"""Who a worker is, and whether another one of this machine is certainly dead."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def me() -> str:
    """A name that no other worker has; it tells the machine and the process."""
    return f"{_machine()}:{os.getpid()}:{secrets.token_hex(4)}"


def surely_dead(owner: str, mine: str) -> bool:
    """Whether that worker's process is gone. False where it cannot be known from here."""
    machine, _, rest = owner.partition(":")
    pid = rest.partition(":")[0]
    if machine != mine.partition(":")[0] or not machine or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _machine() -> str:
    """This boot of this machine, and the space in which its processes are numbered.

    Empty where the system does not tell: a worker is then known by its silence alone.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:13]
        space = Path("/proc/self/ns/pid").readlink().name.strip("pid:[]")
    except OSError:
        return ""
    return f"{boot}.{space}"
