"""Yes and no: "yeah", "that's right", "not really", "no thank you"."""

from __future__ import annotations

import re

from voicebot.english.words import plain_words

LONGEST = 7
"""Beyond so many words only a first word answers."""
_YES = """yes / yeah / yep / yup / sure / of course / correct / right / that is right / exactly
 absolutely / okay / ok / fine / please do / that is it / i do / i did / perfect / indeed
 sounds good / great / go ahead / i think so / i guess so / certainly / definitely / no problem
 why not / that works / go on"""
_NO = """no / nope / nah / not really / wrong / that is wrong / not right / not correct / incorrect
 not quite / never / is not / i do not / i did not / not at all / not yet / afraid not / no way
 of course not / absolutely not / certainly not / definitely not / rather not / i can not
 not my number / nothing else / that is all / do not think so"""
_UNSURE = """do not know / maybe / perhaps / not sure / it depends / hold on / no idea"""
_TURNS = ("well", "but", "actually", "sorry")


def _phrases(said: str) -> tuple[str, ...]:
    """The longest first, so that "of course not" is found before "of course"."""
    return tuple(sorted(re.split(r" / |\n ", said), key=len, reverse=True))


_MEANS = [(phrase, True) for phrase in _phrases(_YES)] + [
    (phrase, False) for phrase in _phrases(_NO)
]
_MEANS.sort(key=lambda one: len(one[0]), reverse=True)
_DOUBTS = _phrases(_UNSURE)
_STRONG = {"yes": True, "yeah": True, "yep": True, "yup": True, "no": False, "nope": False}


def read_yes_no(text: str, *, expected: bool = False) -> bool | None:
    """Whether `text` says yes, no, or neither.

    Args:
        text: what was said.
        expected: a yes-or-no question was asked.
    """
    said = plain_words(text)
    plain = f" {' '.join(said)} "
    if any(f" {phrase} " in plain for phrase in _DOUBTS) or "sorry" in said[:1]:
        return None
    strong = [_STRONG[word] for word in said if word in _STRONG]
    if said[:1] and said[0] in _STRONG and (expected or len(said) <= LONGEST):
        return _of_first(said, plain, strong)
    if len(said) > LONGEST or not expected:
        return None
    return next((means for phrase, means in _MEANS if f" {phrase} " in plain), None)


def _of_first(said: list[str], plain: str, strong: list[bool]) -> bool:
    """What a first word says, unless the speaker thinks again: "yes, well, no"."""
    if len(said) <= LONGEST and len(strong) > 1:
        return strong[-1]
    settled = " that is right " in plain or " no problem " in plain
    return True if settled and not strong[0] else strong[0]
