"""The secret part of a calendar feed's address: signed, so that there is nothing to keep of it."""

from __future__ import annotations

import base64
import hmac
import secrets
from pathlib import Path

from voicebot.errors import BadInput

KEY_BYTES = 32
TOKEN_BYTES = 18
"""Of the signature, 144 bits of it: no end of guessing finds one."""


def new_key() -> bytes:
    """A key by chance."""
    return secrets.token_bytes(KEY_BYTES)


def read_key(file: Path) -> bytes:
    """The key that signs the addresses; made, readable by its owner alone, where there is none.

    Whoever deletes the file closes every feed that was given out.

    Raises:
        BadInput: the file is not a key.
    """
    try:
        with file.open("xb") as made:
            file.chmod(0o600)
            made.write(new_key())
    except FileExistsError:
        pass
    key = file.read_bytes()
    if len(key) != KEY_BYTES:
        raise BadInput(f"{file}: this is not a key", todo="delete it, and give out feeds anew")
    return key


def token(key: bytes, client: str, technician: str = "") -> str:
    """The token of a technician's feed, or of the client's own."""
    about = "\0".join(("calendar", client, technician)).encode()
    signature = hmac.digest(key, about, "sha256")[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(signature).decode()


def opens(key: bytes, given: str, client: str, technician: str = "") -> bool:
    """Whether that token is the one."""
    expected = token(key, client, technician)
    return hmac.compare_digest(expected.encode(), given.encode())
