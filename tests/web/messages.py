"""What the pages say, as gettext finds it: in templates, in Python, in scripts.

    python -m tests.web.messages

prints what the catalogues lack, as it is to be written into one of them, and what they have for
nothing.
"""

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import write_po

from voicebot.web import page
from voicebot.web.catalogue import LOCALE, SCRIPTS, files, read

WEB = LOCALE.parent
SCRIPT_FILES = "static/*.js"
METHODS = [
    ("static/vendor/**", "ignore"),
    (SCRIPT_FILES, "javascript"),
    ("templates/*.html", "jinja2.ext:babel_extract"),
    ("*.py", "python"),
]
OPTIONS = {
    "templates/*.html": {
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "trimmed": "true",
        "newstyle_gettext": "true",
        "silent": "false",
    }
}


def said():
    """What pages and scripts say, each with where."""
    assert page.environment.policies["ext.i18n.trimmed"], "extracted otherwise than it is looked up"
    found = Catalog()
    for file, line, text, comments, context in extract_from_dir(
        WEB, METHODS, OPTIONS, keywords=DEFAULT_KEYWORDS
    ):
        found.add(text, locations=[(file, line)], auto_comments=comments, context=context)
    return {key(message): message for message in found if message.id}


def by_scripts(message):
    """Whether a script says it, which finds its words in a catalogue of their own."""
    return {file.startswith("static/") for file, _ in message.locations}


def given(code):
    """What each catalogue of a language has: (file, message)."""
    return [
        (file.stem, one)
        for file in files(code)
        for one in read(file, code)
        if isinstance(one, Message) and one.id
    ]


def key(message):
    """By what gettext looks for it: plural forms by their singular."""
    one = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, one


def lacking(code):
    """What is said and stands in no catalogue."""
    known = {key(one) for _, one in given(code)}
    return [message for name, message in said().items() if name not in known]


if __name__ == "__main__":
    import sys

    out = Catalog()
    for one in lacking("en"):
        out.add(one.id, locations=one.locations, context=one.context)
    write_po(sys.stdout.buffer, out, omit_header=True, width=100)
    wanted = said()
    for file, one in given("en"):
        if key(one) not in wanted:
            print(f"# {file}.po has for nothing: {one.id!r}")
    print(f"# words of scripts go into {SCRIPTS}.po")
