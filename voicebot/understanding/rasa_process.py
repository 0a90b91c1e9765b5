"""One run of Rasa's own program, in its own environment."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
from pathlib import Path
from typing import BinaryIO

from voicebot.errors import BadInput

HOST = "127.0.0.1"
"""Rasa's server asks nobody who he is: it is not for the network."""
STOP_S = 10.0
ENVIRONMENT = {
    # No call leaves the machine, nor does word of one.
    "RASA_TELEMETRY_ENABLED": "false",
    # At DEBUG Rasa writes what callers say.
    "LOG_LEVEL": "ERROR",
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # The cores are for the calls.
    "CUDA_VISIBLE_DEVICES": "",
    "OMP_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}
Process = subprocess.Popen[bytes]


def start(python: Path, arguments: list[str], folder: Path, log: BinaryIO) -> Process:
    """Starts `rasa ARGUMENTS` in `folder`; what it writes goes to `log`."""
    return subprocess.Popen(
        [str(python), "-W", "ignore", "-m", "rasa", *arguments],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        # Ctrl-C is for us: we end it, and see that it has ended.
        start_new_session=True,
    )


def stop(process: Process) -> None:
    """Ends it with all that it started; by force if it takes long. Idempotent."""
    with contextlib.suppress(ProcessLookupError):
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_S)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def status(port: int) -> int | None:
    """What Rasa's server says of itself: 200 with a model, 409 without; None while it is mute."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/status")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def check_free(port: int) -> None:
    """Takes the port for an instant.

    Raises:
        BadInput: something listens there.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            todo = "stop what listens there, or give another --port"
            what = f"cannot listen on {HOST}:{port}: {error.strerror}"
            raise BadInput(what, todo=todo) from error


def last_line(log: Path) -> str:
    """The last thing that it wrote."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it wrote nothing"
