"""French that stands in a page or a script outside of any mark, so that nobody translates it."""

import ast
import re
from html.parser import HTMLParser

from jinja2 import nodes

from voicebot.web.page import environment

READ = frozenset({"aria-label", "title", "placeholder", "alt", "content"})
"""Attributes that people read or hear; besides them whatever is data for a script."""
UNREAD = frozenset({"script", "style", "code", "svg", "kbd"})
ANYWHERE = frozenset(
    {
        "voicebot",
        "Claire Martin",
        "claire.martin",
        "width=device-width, initial-scale=1",
        "light dark",
        "noindex, nofollow",
    }
)
"""The same in every language."""
GETTEXT = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext"})
MARKS = GETTEXT | {"N_"}
LETTERS = re.compile(r"[^\W\d_]{2,}|[^\W\d_]\b")
FRENCH = re.compile(r"[éèêëàâçôöùûüîïœÉÈÊÀÂÇÔÙÎ«»]|\b[A-Z][a-zé]+( [a-z]|$)|[a-z]'[a-z]| [:;?!]$")
"""What tells a sentence from a word of the program's."""
ACCENTED = re.compile(r"[éèêëàâçôöùûüîïœÉÈÊÀÂÇÔÙÎ«»]|[a-zé]…")
TOLD = re.compile(rf"{ACCENTED.pattern}|^[A-Z][a-z]+'? [a-z]|[a-z]'[a-z]")
"""The same in scripts, whose words of the browser's begin with capitals."""
HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"


def in_template(name):
    """Text and attributes of a template without a mark, each as it stands there."""
    source = environment.loader.get_source(environment, name)[0]
    found = Reader()
    found.feed(_html(source))
    return [*found.bare, *_expressions(source)]


def in_python(source):
    """Sentences of a module without a mark."""
    tree = ast.parse(source)
    told = {id(part) for node in ast.walk(tree) for part in _marked(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told
        and ACCENTED.search(node.value)
    ]


def in_script(source):
    """Sentences of a script without a mark."""
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.S)
    source = re.sub(r"(^|\s)//.*", "", source)
    source = re.sub(r"\b_\(\s*\"[^\"]*\"", "_(", source)
    strings = re.findall(r'"([^"\n]*)"|`([^`]*)`', source)
    return [one or other for one, other in strings if TOLD.search(one or other)]


def unfixed(name):
    """Calls of gettext with a value in place of a sentence, which would not be escaped."""
    tree = environment.parse(environment.loader.get_source(environment, name)[0])
    return [
        call.lineno
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name in GETTEXT
        and not (call.args and isinstance(call.args[0], nodes.Const))
    ]


class Reader(HTMLParser):
    """Collects what people would read."""

    def __init__(self):
        super().__init__()
        self.bare = []
        self.inside = []

    def handle_starttag(self, tag, attrs):
        if tag in UNREAD:
            self.inside.append(tag)
        for name, value in attrs:
            told = name in READ or (name.startswith("data-") and FRENCH.search(value or ""))
            if told and value and _says(value):
                self.bare.append(f"{name}={value}")

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside and _says(data):
            self.bare.append(" ".join(data.split()))


def _says(text):
    plain = text.replace(HOLE, " ").strip().removesuffix("· voicebot")
    return plain not in ANYWHERE and bool(LETTERS.search(plain))


def _html(source):
    """The template with a hole wherever something is put in."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.S)
    source = re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", HOLE, source, flags=re.S)
    source = re.sub(r"\{%.*?%\}", "", source, flags=re.S)
    return re.sub(r"\{\{.*?\}\}", HOLE, source, flags=re.S)


def _expressions(source):
    """Sentences within {{ … }}, outside of a call that translates them."""
    tree = environment.parse(source)
    told = {
        id(const)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in GETTEXT
        for const in call.find_all(nodes.Const)
    }
    return [
        const.value
        for const in tree.find_all(nodes.Const)
        if isinstance(const.value, str) and id(const) not in told and FRENCH.search(const.value)
    ]


def _marked(node):
    """What is no sentence to a reader: docstrings, and what is marked."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        if name in MARKS:
            yield from (part for given in node.args for part in ast.walk(given))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
