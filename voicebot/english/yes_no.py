"""Yes and no: "yeah", "that's right", "not really", "no thank you"."""

from __future__ import annotations

from voicebot.english.words import plain_words

LONGEST = 7
"""Beyond so many words only a first word answers."""
_YES = (
    "yes", "yeah", "yep", "yup", "sure", "of course", "correct", "right", "that is right",
    "exactly", "absolutely", "okay", "ok", "fine", "please do", "that is it", "i do", "i did",
    "perfect", "indeed",
)  # fmt: skip
_NO = (
    "no", "nope", "not really", "wrong", "that is wrong", "not right", "not correct", "incorrect",
    "not quite", "never", "is not", "i do not", "i did not", "not at all",
)  # fmt: skip


def read_yes_no(text: str, *, expected: bool = False) -> bool | None:
    """Whether `text` says yes, no, or neither.

    Args:
        text: what was said.
        expected: a yes-or-no question was asked.
    """
    said = plain_words(text)
    if "know" in said or "sorry" in said[:1]:
        return None
    plain = f" {' '.join(said)} "
    if (
        said[:1]
        and f"{said[0]}" in ("yes", "yeah", "yep", "no", "nope")
        and (expected or len(said) <= LONGEST)
    ):
        return said[0] in ("yes", "yeah", "yep")
    if len(said) > LONGEST or not expected:
        return None
    if any(f" {phrase} " in plain for phrase in _NO):
        return False
    return True if any(f" {phrase} " in plain for phrase in _YES) else None
