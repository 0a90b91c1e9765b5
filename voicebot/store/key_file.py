"""The file that holds the keys of an installation, beside the store and never in it."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Sequence
from pathlib import Path

from voicebot.accounts.keyring import KEY_BYTES, Keyring, new_key
from voicebot.errors import BadInput

HEAD = (
    "# The keys of this voicebot, the newest first: docs/accounts.md.\n"
    "# A backup of the store is of no use to a thief without this file, and signs nobody in by\n"
    "# the second factor either: keep a copy, apart from the backups.\n"
)
MINE = 0o600


def read_keyring(file: Path) -> Keyring:
    """The keys; made, readable by their owner alone, where there is no file.

    Raises:
        BadInput: the file holds something else, or cannot be read or made.
    """
    try:
        return Keyring(_read(file))
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _refused(file, error) from error
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MINE), "w") as made:
            made.write(_text([new_key()]))
        return Keyring(_read(file))
    except OSError as error:
        raise _refused(file, error) from error


def add_key(file: Path) -> None:
    """Puts a new key before the newest, and forgets those before that one.

    Raises:
        BadInput: the file holds something else, or cannot be read or written.
    """
    beside = file.with_name(file.name + ".new")
    try:
        keys = [new_key(), *_read(file)[:1]]
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MINE), "w") as made:
            made.write(_text(keys))
            made.flush()
            os.fsync(made.fileno())
        # In one step: whatever happens, the file holds the keys of before, or these.
        beside.replace(file)
    except OSError as error:
        raise _refused(file, error) from error


def _read(file: Path) -> list[bytes]:
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    written = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        keys = [base64.b64decode(line, validate=True) for line in written]
    except (ValueError, binascii.Error):
        keys = []
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        todo = "put the file of before back; without it everybody enrols a second factor anew"
        raise BadInput(f"{file}: these are not the keys of a voicebot", todo=todo)
    return keys


def _text(keys: Sequence[bytes]) -> str:
    return HEAD + "".join(f"{base64.b64encode(key).decode()}\n" for key in keys)


def _refused(file: Path, error: OSError) -> BadInput:
    todo = "set VOICEBOT_SECRET_KEY_FILE to a file that can be read and made"
    return BadInput(f"{file}: {error.strerror}", todo=todo)
