import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.understanding.embedded import load_or_train

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=ZoneInfo("Europe/Paris"))


def facts(meant):
    return {entity.name: entity.value for entity in meant.entities}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ça fuit de partout", "report_leak"),
        ("euh ben y a plus de chauffage quoi", "report_no_heating"),
        ("je veux parler à quelqu'un", "talk_to_person"),
        ("vous pouvez répéter", "repeat"),
        ("au revoir", "goodbye"),
        ("mon fils est en garde à vue", "report_custody"),
        ("le serveur est tombé", "report_it_down"),
        ("le robot trait plus", "report_machine_stopped"),
        ("il respire plus", "report_danger"),
        ("do you speak english", "speak_english"),
        ("je sais pas", "dont_know"),
    ],
)
def test_understands_with_nothing_awaited(interpreter, text, intent):
    assert interpreter.interpret(text, ANYTHING, NOW).intent == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("sa fui de partou", "report_leak"),
        ("il y a plu de chauffages", "report_no_heating"),
        ("je veut parlé a quelqun", "talk_to_person"),
        ("le serveur et tombe", "report_it_down"),
    ],
)
def test_understands_what_the_ear_spelt_otherwise(interpreter, text, intent):
    assert interpreter.interpret(text, ANYTHING, NOW).intent == intent


@pytest.mark.parametrize(
    "text",
    ["", "   ", "hm", "?!", "gloubi boulga zzz", "et maintenant la météo", "xkcd qwrt plok"],
)
@pytest.mark.parametrize("kind", [Kind.ANYTHING, Kind.YES_NO, Kind.PHONE_NUMBER, Kind.DATE])
def test_says_honestly_that_it_understood_nothing(interpreter, text, kind):
    meant = interpreter.interpret(text, Expectation(kind), NOW)
    assert meant.intent is None
    assert meant.entities == ()


def test_three_facts_in_one_sentence(interpreter):
    meant = interpreter.interpret(
        "bonjour je m'appelle Martin Dupont j'ai une fuite depuis hier soir au douze rue des Lilas "
        "à Lyon et mon numéro c'est le zéro six douze trente-quatre cinquante-six "
        "soixante-dix-huit",
        ANYTHING,
        NOW,
    )
    assert meant.intent == "report_leak"
    assert facts(meant) == {
        "person": "Martin Dupont",
        "phone_number": "+33612345678",
        "address": "12 rue des Lilas à Lyon",
        "since": "depuis hier soir",
    }


def test_a_bare_name_is_one_only_where_it_is_awaited(interpreter):
    assert "person" not in facts(interpreter.interpret("Martin", ANYTHING, NOW))
    meant = interpreter.interpret("Martin", Expectation(Kind.NAME), NOW)
    assert (meant.intent, facts(meant)) == ("inform", {"person": "Martin"})


@pytest.mark.parametrize(
    "text", ["répétez", "au revoir", "attendez", "je veux parler à quelqu'un", "j'ai une fuite"]
)
def test_what_is_awaited_never_forbids_the_rest(interpreter, text):
    free = interpreter.interpret(text, ANYTHING, NOW).intent
    for kind in Kind:
        meant = interpreter.interpret(text, Expectation(kind), NOW)
        assert meant.intent == free
        assert "person" not in facts(meant)


def test_a_part_of_a_number_is_not_yet_one(interpreter):
    meant = interpreter.interpret("zéro six douze", Expectation(Kind.PHONE_NUMBER), NOW)
    entity = meant.entity("phone_number")
    assert entity is not None
    assert (entity.value, entity.complete) == ("0612", False)


def test_the_number_he_calls_from(interpreter):
    awaited = Expectation(Kind.PHONE_NUMBER)
    meant = interpreter.interpret("ben le numéro d'où j'appelle", awaited, NOW)
    assert facts(meant)["own_number"] is True


@pytest.mark.parametrize(
    ("text", "slot", "name", "value"),
    [
        ("non c'est Durand", "caller_name", "person", "Durand"),
        ("non plutôt jeudi", "callback_when", "date", "2026-01-15"),
        ("non le dernier c'est soixante-dix-neuf", "callback_number", "phone_number", "79"),
    ],
)
def test_a_denial_brings_the_right_value(interpreter, text, slot, name, value):
    meant = interpreter.interpret(text, Expectation(Kind.YES_NO, slot), NOW)
    assert meant.intent == "deny"
    assert facts(meant) == {"yes_no": False, name: value}


@pytest.mark.parametrize("text", ["non", "non merci", "non c'est pas ça", "non vous vous trompez"])
def test_a_bare_denial_brings_none(interpreter, text):
    meant = interpreter.interpret(text, Expectation(Kind.YES_NO, "caller_name"), NOW)
    assert (meant.intent, facts(meant)) == ("deny", {"yes_no": False})


def test_intents_that_are_awaited_are_likelier(interpreter):
    text = "pour mon rendez-vous de demain"
    free = dict(interpreter.interpret(text, ANYTHING, NOW).ranking)
    awaited = Expectation(intents=("cancel_appointment",))
    boosted = dict(interpreter.interpret(text, awaited, NOW).ranking)
    assert boosted["cancel_appointment"] > free.get("cancel_appointment", 0)


def test_a_day_gone_is_no_answer(interpreter):
    meant = interpreter.interpret("hier", Expectation(Kind.DATE), NOW)
    entity = meant.entity("date")
    assert entity is not None and not entity.complete


def test_the_point_is_found_in_a_long_story(interpreter):
    text = (
        "alors voilà je vous explique on est rentrés de vacances tout à l'heure avec ma femme et "
        "les enfants on a ouvert la porte et y a de l'eau partout dans la cuisine le tuyau a pété"
    )
    assert interpreter.interpret(text, ANYTHING, NOW).intent == "report_leak"


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=80), kind=st.sampled_from(Kind))
def test_never_raises(interpreter, text, kind):
    interpreter.interpret(text, Expectation(kind, "caller_name"), NOW)


def test_several_calls_at_once(interpreter):
    texts = ["ça fuit de partout", "le serveur est tombé", "au revoir"] * 10
    alone = [interpreter.interpret(text, ANYTHING, NOW).intent for text in texts]
    with ThreadPoolExecutor(6) as pool:
        together = pool.map(lambda text: interpreter.interpret(text, ANYTHING, NOW).intent, texts)
        assert list(together) == alone


def small(tmp_path):
    folder = tmp_path / "nlu" / "fr"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text(
        "nlu:\n- intent: affirm\n  examples: |\n    - oui\n    - ouais\n    - oui oui\n"
        "- intent: deny\n  examples: |\n    - non\n    - non non\n    - ah non\n    - ben non\n"
    )
    return tmp_path / "nlu"


def test_a_trained_model_is_kept_until_the_sentences_change(tmp_path):
    nlu, cache = small(tmp_path), tmp_path / "cache"
    load_or_train(nlu, cache)
    kept = list(cache.iterdir())
    assert len(kept) == 1
    before = kept[0].stat().st_mtime_ns
    assert load_or_train(nlu, cache).interpret("oui", ANYTHING, NOW).intent == "affirm"
    assert kept[0].stat().st_mtime_ns == before
    (nlu / "fr" / "a.yml").write_text((nlu / "fr" / "a.yml").read_text() + "    - mais non\n")
    load_or_train(nlu, cache)
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", pickle.dumps(3)[:-1]])
def test_a_kept_model_that_is_broken_is_trained_again(tmp_path, rubbish):
    nlu, cache = small(tmp_path), tmp_path / "cache"
    load_or_train(nlu, cache)
    (file,) = cache.iterdir()
    file.write_bytes(rubbish)
    assert load_or_train(nlu, cache).interpret("oui", ANYTHING, NOW).intent == "affirm"


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path):
    (tmp_path / "file").write_text("")
    interpreter = load_or_train(small(tmp_path), tmp_path / "file" / "cache")
    assert interpreter.interpret("non", ANYTHING, NOW).intent == "deny"
