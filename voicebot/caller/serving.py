"""A real server in a process of its own, for the demo and the benches."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from voicebot.errors import VoicebotError

START_S = 120
"""A first start renders every prompt and trains the interpreter."""
STOP_S = 15
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Server:
    """A server that is up."""

    url: str
    pid: int
    data: Path
    """Its folder: store, recordings, rendered prompts."""
    ready_s: float
    """From its start to its first answer."""


@contextmanager
def serving(
    settings: Mapping[str, str] | None = None, data: Path | None = None
) -> Iterator[Server]:
    """Runs `voicebot serve` on a free port.

    Args:
        settings: by name ("ear": "whisper:small"); the rest as in the environment.
        data: its folder; a temporary one by default.

    Raises:
        VoicebotError: it did not start; with the last line that it wrote.
    """
    with tempfile.TemporaryDirectory(prefix="voicebot-") as temporary:
        folder = data or Path(temporary)
        port = _free_port()
        environment = {
            **os.environ,
            **{f"VOICEBOT_{name.upper()}": value for name, value in (settings or {}).items()},
            "VOICEBOT_DATA": str(folder),
        }
        command = [sys.executable, "-c", "from voicebot.cli import main; main()"]
        command += ["serve", "--host", HOST, "--port", str(port)]
        with (Path(temporary) / "serve.log").open("w+b") as log:
            began = time.monotonic()
            process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, start_new_session=True
            )
            try:
                url = f"http://{HOST}:{port}"
                _wait_for(url, process, log.name)
                yield Server(url, process.pid, folder, time.monotonic() - began)
            finally:
                _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: str) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise VoicebotError(f"voicebot serve did not start: {_last_line(log)}")
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise VoicebotError(f"voicebot serve was not ready in {START_S} s: {_last_line(log)}")


def _last_line(log: str) -> str:
    lines = [line for line in Path(log).read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it wrote nothing"


def _stop(process: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does; by force if it does not end."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
