"""A browser in words: "Firefox, Windows"."""

from __future__ import annotations

from voicebot.web.tongue import _

BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome",
            "Safari/": "Safari"}  # fmt: skip
"""In the order in which they are looked for: most call themselves by each other's names too."""
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows",
           "Mac OS": "Mac", "Linux": "Linux"}  # fmt: skip


def agent(text: str) -> str:
    """What the browser says of itself, as far as it helps to tell one's own from another's."""
    browser = next(
        (name for sign, name in BROWSERS.items() if sign in text), _("Navigateur inconnu")
    )
    system = next((name for sign, name in SYSTEMS.items() if sign in text), "")
    return f"{browser}, {system}" if system else browser
