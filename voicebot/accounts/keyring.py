"""The keys of an installation: they seal what the store must not tell, and sign for a browser."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from voicebot.errors import VoicebotError

KEY_BYTES = 32
NONCE_BYTES = 12
MARK = "s1"
"""Of what is sealed by AES-256-GCM, with the key's name and the nonce before it."""


class KeyLost(VoicebotError):
    """Something was sealed with a key that is not here."""


class Keyring:
    """Keys, the newest first. It seals and signs; those after it only open what they sealed."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """A ring of one key or more, each of `KEY_BYTES`."""
        self._sealing = {_name(key): AESGCM(_derived(key, "seal")) for key in keys}
        self._newest = _name(keys[0])
        self._signing = _derived(keys[0], "sign")

    def seal(self, plain: str, about: str) -> str:
        """What may be kept in its place.

        Args:
            plain: the secret.
            about: what it is and whose; it opens for that alone, in whatever row it is put.
        """
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._sealing[self._newest].encrypt(nonce, plain.encode(), about.encode())
        return ".".join((MARK, self._newest, base64.urlsafe_b64encode(nonce + sealed).decode()))

    def open(self, sealed: str, about: str) -> str:
        """The secret.

        Raises:
            KeyLost: it was sealed with another key, for something else, or was tampered with.
        """
        mark, _, rest = sealed.partition(".")
        name, _, text = rest.partition(".")
        key = self._sealing.get(name)
        if mark != MARK or key is None:
            raise KeyLost(f"{about} was sealed with a key that is not here")
        try:
            held = base64.urlsafe_b64decode(text)
            return key.decrypt(held[:NONCE_BYTES], held[NONCE_BYTES:], about.encode()).decode()
        except (InvalidTag, ValueError, binascii.Error) as error:
            raise KeyLost(f"{about} is not what was sealed") from error

    def newest(self, sealed: str) -> bool:
        """Whether it was sealed with the newest key."""
        return sealed.startswith(f"{MARK}.{self._newest}.")

    def sign(self, text: str) -> str:
        """A signature, which the newest key alone gives and knows again."""
        return base64.urlsafe_b64encode(
            hmac.digest(self._signing, text.encode(), "sha256")
        ).decode()

    def signed(self, text: str, signature: str) -> bool:
        """Whether that is the signature."""
        return hmac.compare_digest(self.sign(text).encode(), signature.encode())


def by_chance() -> Keyring:
    """A ring that lasts as long as the process."""
    return Keyring([new_key()])


def new_key() -> bytes:
    """256 bits by chance."""
    return secrets.token_bytes(KEY_BYTES)


def is_sealed(text: str) -> bool:
    """Whether it is sealed; what is kept from before there were keys is not."""
    return text.startswith(f"{MARK}.")


def _name(key: bytes) -> str:
    """What a key is called beside what it sealed; it says nothing of the key."""
    return hashlib.sha256(b"name\0" + key).hexdigest()[:8]


def _derived(key: bytes, use: str) -> bytes:
    """A key for that use alone. The key was drawn by chance: one round of HMAC is enough."""
    return hmac.digest(key, b"voicebot\0" + use.encode(), "sha256")
