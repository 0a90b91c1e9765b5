"""A PostgreSQL server of one's own, gone when the block ends."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

SKIP = "PostgreSQL is missing: make postgresql"


def programs():
    """The folder of `initdb` and `postgres`; None where they are not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@contextlib.contextmanager
def postgresql():
    """Serves an empty database from a folder of its own; gives its URL."""
    pytest.importorskip("psycopg", reason=SKIP)
    folder = programs()
    if folder is None:
        pytest.skip(SKIP)
    # It refuses to run as root: then as the user that its package made.
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="voicebot-pg-") as place:
        if as_user:
            shutil.chown(place, "postgres")
        port = free_port()
        made = [folder / "initdb", "-D", f"{place}/data", "-U", "voicebot", "--auth=trust", "-N"]
        subprocess.run([*as_user, *made], check=True, capture_output=True, cwd=place)
        options = ["-D", f"{place}/data", "-p", str(port), "-k", place, "-c", "fsync=off"]
        command = [*as_user, folder / "postgres", *options, "-h", "127.0.0.1"]
        quiet = subprocess.DEVNULL
        server = subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd=place)
        try:
            await_port(server, port)
            yield f"postgresql+psycopg://voicebot@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(60)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_port(server, port):
    """Until it takes connections: a socket that opens is not yet a server that answers."""
    import psycopg

    while server.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(f"host=127.0.0.1 port={port} user=voicebot dbname=postgres").close()
            return
        time.sleep(0.2)
    raise AssertionError("PostgreSQL ended before it began")
