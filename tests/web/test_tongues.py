"""Every word of the pages, in every language."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.web import bare, messages
from voicebot.web import tongue
from voicebot.web.catalogue import SCRIPTS, SOURCE, catalogue, files
from voicebot.web.page import environment

OTHERS = [code for code in tongue.TONGUES if code != SOURCE]
HOLES = re.compile(r"%\((\w+)\)[a-z]|%%")
# Whoever marks the words of one takes it off this list, which comes to nothing.
TEMPLATES_TO_DO = frozenset()
PYTHON_TO_DO = frozenset()
SCRIPTS_TO_DO = frozenset()
NO_WORDS = frozenset({"tongue.py"})
"""The languages' own names."""


@pytest.fixture(scope="module")
def said():
    return messages.said()


@pytest.mark.parametrize("code", OTHERS)
def test_whatever_a_page_says_is_said_in_every_language(said, code):
    given = {messages.key(one): one for _, one in messages.given(code)}
    assert not [name for name in said if name not in given]
    assert not [one.id for one in given.values() if one.fuzzy]
    assert not [one.id for one in given.values() if not all(_forms(one))]


@pytest.mark.parametrize("code", OTHERS)
def test_no_catalogue_keeps_what_nobody_says_any_more(said, code):
    given = messages.given(code)
    assert not [(file, one.id) for file, one in given if messages.key(one) not in said]
    for file in files(code):
        assert not messages.read(file, code).obsolete, file.name


@pytest.mark.parametrize("code", OTHERS)
def test_a_sentence_stands_in_one_catalogue_and_those_of_scripts_in_theirs(said, code):
    given = messages.given(code)
    scripts = {one.id for file, one in given if file == SCRIPTS}
    pages = Counter(messages.key(one) for file, one in given if file != SCRIPTS)
    assert not [name for name, times in pages.items() if times > 1]
    for name, message in said.items():
        where = messages.by_scripts(message)
        assert (name[1] in scripts) is (True in where), name
        assert (name in pages) is (False in where), name


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_put_into_a_sentence_is_put_into_its_translation(code):
    wrong = []
    for file, one in messages.given(code):
        wanted = [sorted(HOLES.findall(form)) for form in _texts(one.id)]
        found = [sorted(HOLES.findall(form)) for form in _forms(one)]
        # "One call" may leave its number out; the form for many may not.
        if found[-1] != wanted[-1] or not set(found[0]) <= set(wanted[-1]):
            wrong.append((file, one.id))
    assert not wrong


def test_no_word_of_a_template_is_left_unmarked():
    done = set(environment.list_templates()) - TEMPLATES_TO_DO
    assert not {name: found for name in sorted(done) if (found := bare.in_template(name))}


def test_no_word_of_a_page_is_left_unmarked_in_python():
    done = {file for file in messages.WEB.glob("*.py") if file.name not in PYTHON_TO_DO | NO_WORDS}
    read = {file.name: bare.in_python(file.read_text()) for file in sorted(done)}
    assert not {name: found for name, found in read.items() if found}


def test_no_word_of_a_script_is_left_unmarked():
    scripts = messages.WEB.glob(messages.SCRIPT_FILES)
    read = {file.name: bare.in_script(file.read_text()) for file in sorted(scripts)}
    assert not {name: found for name, found in read.items() if found and name not in SCRIPTS_TO_DO}


def test_a_template_translates_sentences_never_values():
    # What is not a sentence of ours would not be escaped.
    assert not [name for name in environment.list_templates() if bare.unfixed(name)]


def test_what_is_still_to_be_done_exists():
    assert set(environment.list_templates()) >= TEMPLATES_TO_DO
    assert {file.name for file in messages.WEB.glob("*.py")} >= PYTHON_TO_DO
    assert {file.name for file in (messages.WEB / "static").iterdir()} >= SCRIPTS_TO_DO


def test_the_reader_of_templates_finds_what_is_unmarked(tmp_path, monkeypatch):
    (tmp_path / "bad.html").write_text(
        '<p title="Votre nom">Bonjour</p>{{ "Mon compte" }}<i>{{ name }} : {{ _("Oui") }}</i>'
        "{% trans %}Merci{% endtrans %}"
    )
    monkeypatch.setattr(environment.loader, "searchpath", [str(tmp_path)])
    assert bare.in_template("bad.html") == ["title=Votre nom", "Bonjour", "Mon compte"]


def test_the_reader_of_python_finds_what_is_unmarked():
    source = '"""Été."""\nA = N_("Fermé")\nB = _("Ouvert à %(at)s", at="8 h")\nC = "Déjà"\n'
    assert bare.in_python(source) == ["Déjà"]


def test_the_reader_of_scripts_finds_what_is_unmarked():
    source = '// C\'est là.\nsay(_("Déjà"));\nsay("Terminé");\nsay("Appel en cours");\n'
    assert bare.in_script(source) == ["Terminé", "Appel en cours"]


@pytest.mark.parametrize(("number", "told"), [(0, "appel"), (1, "appel"), (2, "appels")])
def test_in_french_none_is_one(number, told):
    assert catalogue(SOURCE).ngettext("appel", "appels", number) == told


def test_an_unknown_language_is_french():
    tongue.speak("tlh")
    assert tongue.spoken() == SOURCE


def test_the_catalogues_travel_with_the_package():
    packed = (Path(__file__).parents[2] / "pyproject.toml").read_text()
    assert '"**/*.po"' in packed


def _texts(id):
    return [id] if isinstance(id, str) else list(id)


def _forms(one):
    return [one.string] if isinstance(one.string, str) else list(one.string)
