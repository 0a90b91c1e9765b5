"""How many messages of 160 an SMS is sent as, and paid for; 3GPP TS 23.038 and 23.040."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""é, è, à and ù are in it; ê, ç, î and œ are not, and one of them halves what a message holds."""
EXTENDED = frozenset("^{}\\[~]|€\f")
"""Written with two characters each."""
PLAIN = str.maketrans(
    {
        **{"«": '"', "»": '"', "“": '"', "”": '"', "’": "'", "‘": "'", "…": "...", "–": "-"},
        **{"—": "-", "œ": "oe", "Œ": "OE", "ç": "c", "°": "o", "\N{NO-BREAK SPACE}": " "},
        "\N{NARROW NO-BREAK SPACE}": " ",
    }
)


@dataclass(frozen=True)
class Length:
    """How long an SMS is."""

    units: int
    """Characters of GSM-7, or 16-bit units of UCS-2."""
    segments: int
    unicode: bool
    """Whether a character outside GSM-7 makes it UCS-2."""


def length(text: str) -> Length:
    """How long a text is as an SMS."""
    unicode = any(char not in GSM7 and char not in EXTENDED for char in text)
    widths = [_width(char, unicode) for char in text]
    units = sum(widths)
    one, each = (70, 67) if unicode else (160, 153)
    if units <= one:
        return Length(units, 1 if units else 0, unicode)
    # A character is never torn in two, so a part may end one unit early.
    segments, used = 1, 0
    for width in widths:
        if used + width > each:
            segments, used = segments + 1, 0
        used += width
    return Length(units, segments, unicode)


def plain(text: str) -> str:
    """The text in GSM-7's characters: accents that it lacks fall, those that it has stay."""
    written = unicodedata.normalize("NFC", text).translate(PLAIN)
    return "".join(char if char in GSM7 or char in EXTENDED else _bare(char) for char in written)


def shortened(text: str, units: int) -> str:
    """The text in at most that many units of GSM-7, cut between words, with three dots."""
    text = plain(text)
    if length(text).units <= units:
        return text
    while text and length(text).units > units - 3:
        head, space, _ = text.rstrip().rpartition(" ")
        text = head if space and len(head) > units // 2 else text[:-1]
    return text.rstrip(" ,;:.") + "..."


def _width(char: str, unicode: bool) -> int:
    if unicode:
        return 2 if ord(char) > 0xFFFF else 1
    return 2 if char in EXTENDED else 1


def _bare(char: str) -> str:
    letters = unicodedata.normalize("NFKD", char)
    return "".join(letter for letter in letters if letter in GSM7) or "?"
