"""A letter's words as they leave: the link in its place, and an SMS no longer than it may be."""

from __future__ import annotations

import re
from dataclasses import replace

from voicebot.delivery.letter import LINK, Channel, Letter
from voicebot.delivery.segments import length, plain, shortened

SMS_UNITS = 306
"""Two messages' worth: what wakes a person is read on a locked screen."""
WHOLE = 0.9
"""The part of a text's letters that GSM-7 must be able to write for it to be used."""
_LEAD = re.compile(r"(?:(?<=[.!?…])\s+|\n|^)[^.!?…\n]*:\s*$")
"""The words before a link that lead to nothing but it."""


def ready(letter: Letter, link: str = "") -> Letter:
    """The letter as a gateway gets it.

    Args:
        letter: as it was posted.
        link: what goes where the text says `{link}`; without one, what leads to it goes too.
    """
    if letter.way is Channel.SMS:
        return replace(letter, text=sms(letter.text, link))
    html = letter.html.replace(LINK, link) if letter.html else None
    return replace(letter, text=linked(letter.text, link), html=html)


def linked(text: str, link: str) -> str:
    """The text with its link; without one, « Répondre : » before it would lead nowhere."""
    head, mark, tail = text.partition(LINK)
    if not mark or link:
        return text.replace(LINK, link)
    return (_LEAD.sub("", head).rstrip() + tail).strip()


def sms(text: str, link: str = "", units: int = SMS_UNITS) -> str:
    """The text of an SMS: in GSM-7 where it can be written so, shortened before its link."""
    head, mark, tail = text.partition(LINK) if link else (linked(text, ""), "", "")
    end = link + tail if mark else ""
    whole = head + end
    if not _writable(whole):
        # Greek in full is worth more than a row of question marks that is cheaper.
        return _cut(head, end, units // 2) if length(whole).units > units // 2 else whole.strip()
    body = head.rstrip()
    end = plain(head[len(body) :] + end)
    return (shortened(body, units - length(end).units) + end).strip()


def _writable(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    lost = sum(plain(char) == "?" for char in letters)
    return lost <= (1 - WHOLE) * len(letters)


def _cut(head: str, end: str, units: int) -> str:
    return (head[: max(0, units - len(end) - 2)].rstrip() + "… " + end).strip()
