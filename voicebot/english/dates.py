"""Days and hours: "tomorrow morning", "next Friday", "at half past three", "any time"."""

from __future__ import annotations

from datetime import datetime, timedelta

from voicebot.english.numbers import group_at
from voicebot.english.words import plain_words

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PARTS = {
    "morning": "matin", "noon": "midi", "midday": "midi", "lunchtime": "midi",
    "afternoon": "apres-midi", "evening": "soir", "tonight": "soir",
}  # fmt: skip
_ANY_TIME = (
    "any time", "anytime", "whenever", "as soon as", "asap", "right away", "now", "does not matter",
    "do not mind", "soon", "up to you",
)  # fmt: skip


_NEAR = ("today", "tonight", "tomorrow", "week")


def date_words(text: str) -> str:
    """The words of `text` that tell a day or a part of one."""
    return " ".join(word for word in plain_words(text) if word in (*_PARTS, *_DAYS, *_NEAR))


def any_time(text: str) -> bool:
    """Whether any moment will do."""
    plain = f" {' '.join(plain_words(text))} "
    return any(f" {phrase} " in plain for phrase in _ANY_TIME)


def read_date(text: str, now: datetime) -> str | None:
    """ISO 8601 day, with an hour or a part of the day: "2026-01-15/matin"; None without one."""
    said = plain_words(text)
    part = next((_PARTS[word] for word in said if word in _PARTS), None)
    hour = _hour(said)
    ahead = _ahead(said, now)
    if ahead is None:
        if hour is None and part is None:
            return None
        ahead = 0 if hour is None or hour > (now.hour, now.minute) else 1
        if part == "matin" and now.hour >= 12:
            ahead = 1
    day = (now + timedelta(days=ahead)).date().isoformat()
    if hour is not None:
        late = part in ("apres-midi", "soir") and hour[0] < 12
        return f"{day}T{hour[0] + 12 if late else hour[0]:02d}:{hour[1]:02d}"
    return f"{day}/{part}" if part else day


def _ahead(said: list[str], now: datetime) -> int | None:
    """Days from today."""
    for at, word in enumerate(said):
        if word in ("today", "tonight"):
            return 0
        if word == "tomorrow":
            return 2 if said[max(0, at - 3) : at] == ["the", "day", "after"] else 1
        if word in _DAYS:
            return (_DAYS.index(word) - now.weekday()) % 7 or 7
        if word == "week" and said[at - 1 : at] == ["next"]:
            return 7 - now.weekday()
    return None


def _hour(said: list[str]) -> tuple[int, int] | None:
    """E.g. "at ten", "half past three pm", "ten thirty am"."""
    for at in range(len(said)):
        group = group_at(said, at)
        if not group or not 0 <= int(group[0][:4]) <= 24:
            continue
        end, before = group[1], said[max(0, at - 2) : at]
        after = said[end : end + 1]
        minute = 0
        more = group_at(said, end)
        if more and int(more[0][:4]) in (15, 30, 45):
            minute, after = int(more[0]), said[more[1] : more[1] + 1]
        half, quarter = before == ["half", "past"], before == ["quarter", "past"]
        told = after and after[0] in ("am", "pm", "oclock")
        if not (told or half or quarter or before[-1:] in (["at"], ["after"], ["around"])):
            continue
        hour = int(group[0]) % 24
        hour += 12 if after == ["pm"] and hour < 12 else 0
        return hour, 30 if half else 15 if quarter else minute
    return None
