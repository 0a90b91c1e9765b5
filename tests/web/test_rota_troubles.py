"""What the linter finds, in French: each kind, as `lint_rotas` really finds it."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

from tests.web.conftest import NOW
from tests.web.team import HOURS, PARIS, TECHNICIANS, at, on_call, rota, two_levels
from voicebot.oncall.lint import lint_rotas
from voicebot.oncall.notice import Made
from voicebot.oncall.on_call import Rest
from voicebot.oncall.override import Override, OverrideKind
from voicebot.oncall.trouble import Trouble
from voicebot.web.rota_troubles import days, listed, told

START = at("2026-01-16 18:00")
SOON = (START, START + timedelta(hours=2))
ALONE = {id: person for id, person in TECHNICIANS.items() if id != "thomas"}
TEAM = replace(on_call(), technicians=ALONE)


def sentences(team=TEAM, *changes, kind=None, verified=None, told_at=NOW, ahead_days=28):
    made = [Made(n, change, told_at) for n, change in enumerate(changes, 1)]
    ahead = timedelta(days=ahead_days)
    found = lint_rotas(team, HOURS, NOW, made=made, verified=verified, ahead=ahead)
    client = SimpleNamespace(name="plomberie-moreau", timezone=PARIS, on_call=team)
    return [
        told(one, client).replace("\xa0", " ") for one in found if kind is None or one.kind is kind
    ]


def change(kind, add=None, remove=None, name="nuit", span=SOON):
    return Override(name, OverrideKind(kind), *span, add, remove)


def test_nobody():
    late = replace(TEAM, rotas={"nuit": replace(rota("lea"), levels=())})
    assert sentences(late, kind=Trouble.NOBODY) == [
        "Planning « Nuits » : personne n'y est inscrit. Donnez-lui une rotation qui commence "
        "avant, ou supprimez-le."
    ]


def test_one_gap_and_several():
    once = change("remove", remove="lea")
    (one,) = sentences(TEAM, once, kind=Trouble.GAP)
    assert "personne n'est d'astreinte le vendredi 16 janvier de 18 h 00 à 20 h 00." in one

    next_night = (START + timedelta(days=1), START + timedelta(days=1, hours=3))
    twice = change("remove", remove="karim", span=next_night)
    (both,) = sentences(TEAM, once, twice, kind=Trouble.GAP)
    assert "de 18 h 00 à 20 h 00, et 1 autre fois (5 h en tout)." in both


def test_the_first_level_has_nobody():
    levels = replace(two_levels("karim", "lea"), technicians=ALONE)
    (one,) = sentences(levels, change("remove", remove="karim"), kind=Trouble.THIN)
    assert one.startswith("Planning « Nuits » : personne n'est d'astreinte au niveau 1 le vendredi")


def test_two_at_once():
    (one,) = sentences(TEAM, change("add", add="karim"), kind=Trouble.OVERLAP)
    assert one.startswith(
        "Planning « Nuits », niveau 1 : Karim Haddad et Léa Fontaine sont d'astreinte en même "
        "temps le vendredi 16 janvier de 18 h 00 à 20 h 00."
    )


def test_no_number():
    silent = replace(ALONE["lea"], contacts=())
    team = replace(TEAM, technicians={**ALONE, "lea": silent})
    assert sentences(team, kind=Trouble.NO_NUMBER) == [
        "Léa Fontaine n'a pas de téléphone à appeler. Ajoutez « ring » dans oncall.yml."
    ]


def test_numbers_that_nobody_verified():
    none = sentences(verified=frozenset(), kind=Trouble.UNVERIFIED)
    assert none[0] == (
        "Karim Haddad n'a aucun numéro vérifié. Envoyez-lui un code : voicebot rota verify "
        "plomberie-moreau karim."
    )
    other = replace(ALONE["lea"].contacts[0], address="+33639981009")
    two = replace(ALONE["lea"], contacts=(*ALONE["lea"].contacts, other))
    team = replace(TEAM, technicians={**ALONE, "lea": two})
    known = frozenset({("karim", "+33639981001"), ("lea", "+33639981002")})
    assert sentences(team, verified=known, kind=Trouble.UNVERIFIED) == [
        "Léa Fontaine : une adresse n'est pas vérifiée."
    ]


def test_somebody_or_a_rota_that_is_gone():
    changes = (change("replace", "thomas", "lea"), change("add", "karim", name="jour"))
    assert sentences(TEAM, *changes, kind=Trouble.GONE) == [
        "Planning « Nuits » : le changement n° 1 nomme thomas, qui n'est plus là. Annulez-le ou "
        "refaites-le.",
        "Planning « jour » : il n'existe plus, et le changement n° 2 le concerne encore. "
        "Annulez-le.",
    ]


def test_too_short_a_notice():
    (one,) = sentences(TEAM, change("replace", "karim", "lea"), kind=Trouble.NOTICE)
    assert one == (
        "Planning « Nuits » : Karim Haddad a été prévenu le mercredi 14 janvier 2026 pour le "
        "vendredi 16 janvier 2026, moins de 15 jours avant (changement n° 1)."
    )


def test_a_rotation_that_begins_too_soon():
    (level,) = rota("karim", "lea").levels
    (rotation,) = level.rotations
    soon = replace(rotation, begins=rotation.begins + timedelta(days=14))
    for when, end in (
        (None, "rien ne dit que l'équipe est prévenue (Karim Haddad et Léa Fontaine)."),
        (soon.begins - timedelta(days=3), "prévenue le vendredi 16 janvier 2026 : moins de 15"),
    ):
        levels = (replace(level, rotations=(replace(soon, told=when),)),)
        team = replace(TEAM, rotas={"nuit": replace(rota("lea"), levels=levels)})
        (one,) = sentences(team, kind=Trouble.NOTICE)
        assert "une rotation commence le lundi 19 janvier 2026" in one
        assert end in one


def test_too_little_rest():
    strict = replace(TEAM, rest=Rest(on_call_is_rest=False, most_days_in_row=2))
    weekly = replace(strict, rotas={"nuit": rota("lea", every="week")})
    found = sentences(weekly, kind=Trouble.REST, ahead_days=14)
    assert any("Léa Fontaine a moins de 11 h de repos quotidien du" in one for one in found)
    assert any(
        "Léa Fontaine a moins de 35 h de repos hebdomadaire du lundi" in one for one in found
    )
    assert any("est d'astreinte plus de 2 jours de suite, du" in one for one in found)


def test_names_and_numbers_are_told_as_one_says_them():
    assert listed(["Karim"]) == "Karim"
    assert listed(["Karim", "Léa", "Thomas"]) == "Karim, Léa et Thomas"
    assert days(1) == "1 jour"
    assert days(1.5) == "1,5 jour"
    assert days(15) == "15 jours"
