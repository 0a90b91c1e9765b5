"""Workers in processes of their own, which can be killed with SIGKILL and replaced at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from voicebot.errors import VoicebotError

GONE_S = 30.0
"""How long a killed process may take to be gone; the machine may be busy."""


class Crew:
    """Hires workers and kills them; see `voicebot.bench.night_worker`."""

    def __init__(self, store: str, port: int, clients: int, flows: Path) -> None:
        module = [sys.executable, "-m", "voicebot.bench.night_worker"]
        arguments = [store, str(port), str(clients), str(flows)]
        self._office = subprocess.Popen(
            [*module, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._line()

    def hire(self) -> int:
        """A worker that works from now on; gives its process."""
        if self._office.stdin is None:
            raise VoicebotError("the crew has been sent home")
        self._office.stdin.write("hire\n")
        self._office.stdin.flush()
        return int(self._line())

    def kill(self, worker: int) -> bool:
        """SIGKILL, and waits until the process is gone; False when it was gone before."""
        if not alive(worker):
            return False
        os.kill(worker, signal.SIGKILL)
        until = time.monotonic() + GONE_S
        while alive(worker):
            if time.monotonic() > until:
                raise VoicebotError(f"process {worker} does not die")
            time.sleep(0.001)
        return True

    def end(self) -> None:
        """Kills all of them."""
        self._office.communicate()

    def _line(self) -> str:
        line = self._office.stdout.readline() if self._office.stdout else ""
        if not line:
            raise VoicebotError("the workers' office has closed")
        return line.strip()


def alive(process: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
