"""A caller, operators and a desk: what each of them hears, and what is kept."""

import asyncio
from dataclasses import replace

import pytest

from tests.handoff.evening import CLAIRE, OPERATORS, SOPHIE, Evening
from voicebot.calls.handed import Done, Result, Wanted
from voicebot.clients.transfer import Kind, Person, Target
from voicebot.errors import BadInput, NotFound
from voicebot.handoff.bridge import Ended
from voicebot.handoff.leg import Outcome
from voicebot.handoff.presence import Presence
from voicebot.handoff.simulated import ACCEPTS, DECLINES, VOICEMAIL
from voicebot.store import alerts, journal

RINGING = "Je vous passe Claire, restez en ligne."
WAY_OUT = "À tout moment, dites « message » ou tapez 2 pour laisser un message."
BRIEFING = "Client Boulangerie Petit. L'appelant demande quelqu'un. Appuyez sur 1, ou dites oui."
PAUL = Person(Kind.PEOPLE, "paul", "Paul", "+33199001009")


def run(story):
    asyncio.run(asyncio.wait_for(story, 240))


def test_claire_takes_the_call(evening):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            assert evening.caller.music and evening.caller.heard
            assert evening.heard("Claire") == [BRIEFING]
            assert evening.heard() == [f"{RINGING} {WAY_OUT}"]
            await evening.forward(4)
            assert evening.incoming(CLAIRE).accept()
            await evening.forward()
            assert evening.heard("Claire") == ["speaks with the caller"]
            assert not evening.caller.music and not evening.caller.heard
            assert evening.operators.seat(1).calls == {"c1"}
            await evening.forward(60)
            evening.bridge.end(Ended.PERSON_LEFT)
            await evening.forward()
            assert evening.done == Done(Result.SPOKEN, "Claire")
            assert evening.operators.seat(1).presence is Presence.AFTER_CALL
            evening.session.transferred(evening.done)

    run(story())
    kept = evening.kept_transfer()
    assert (kept.reason, kept.result, kept.person) == ("asked", "spoken", "Claire")
    assert [(leg.name, leg.outcome) for leg in kept.legs] == [("Claire", "accepted")]
    assert kept.waited_s == 4


def test_no_music_for_a_client_who_wants_none(client, database):
    evening = Evening(client, database, music=False)

    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            await evening.forward(5)
            assert evening.caller.heard and not evening.caller.music

    run(story())


def test_she_accepts_by_key_or_by_a_yes(evening):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            evening.headsets[1].says("oui je prends")
            await evening.forward(10)
            assert evening.bridge.joined is not None
            evening.bridge.end(Ended.GIVEN_BACK)
            await evening.forward()
            assert evening.done == Done(Result.GIVEN_BACK, "Claire")
            assert evening.heard("Claire")[-1] == "L'assistant reprend l'appel. Merci."

    run(story())


def test_silence_is_no_acceptance_and_the_next_one_is_rung(evening):
    async def story():
        with evening.at_work(CLAIRE, SOPHIE):
            await evening.hand_over()
            await evening.forward(20)
            assert evening.operators.seat(1).presence is Presence.AWAY
            assert (
                "Pas encore de réponse. Je vous passe Sophie, restez en ligne." in evening.heard()
            )
            evening.incoming(SOPHIE).decline("je suis au téléphone")
            await evening.forward()
            assert evening.done == Done(Result.UNREACHED)
            evening.session.transferred(evening.done)

    run(story())
    assert [(leg.name, leg.outcome, leg.reason) for leg in evening.kept_transfer().legs] == [
        ("Claire", "no_answer", ""),
        ("Sophie", "declined", "je suis au téléphone"),
    ]


def test_who_let_it_ring_gets_no_other_call_until_she_is_back(evening):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            await evening.forward(20)
            assert evening.done == Done(Result.UNREACHED)
            wanted = Wanted(evening.client, "asked", "fr", "")
            assert not evening.desk.reachable(wanted)
            evening.operators.turn(1, Presence.AVAILABLE)
            assert evening.desk.reachable(wanted)

    run(story())


def test_the_caller_hangs_up_while_it_rings(evening):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            incoming = evening.incoming(CLAIRE)
            evening.caller.leaves()
            await evening.forward()
            assert evening.done == Done(Result.CALLER_LEFT, caller_left=True)
            assert incoming.outcome is Outcome.CALLER_LEFT and not incoming.accept()
            assert evening.operators.incoming(1) == ()
            assert evening.operators.seat(1).free

    run(story())


def test_the_caller_hangs_up_in_the_moment_in_which_she_accepts(evening):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            evening.heard("Claire")
            evening.incoming(CLAIRE).accept()
            evening.caller.leaves()
            await evening.forward(1)
            assert evening.done.caller_left
            assert evening.heard("Claire")[-1] == "L'appelant a raccroché."

    run(story())


def test_the_caller_hangs_up_at_the_end_and_she_is_told(evening):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            evening.incoming(CLAIRE).accept()
            await evening.forward(30)
            evening.caller.leaves()
            await evening.forward(1)
            assert evening.done == Done(Result.SPOKEN, "Claire", caller_left=True)
            assert evening.heard("Claire")[-1] == "L'appelant a raccroché."
            assert not evening.headsets[1].gone.is_set()
            evening.session.transferred(evening.done)
            evening.session.hang_up("caller")

    run(story())
    with evening.database.read() as connection:
        assert journal.read(connection, "c1")[-1].data["outcome"] == "handed_over"


@pytest.mark.parametrize("words", ["finalement je laisse un message", "rappelez-moi plutôt"])
def test_a_message_instead_by_voice(evening, words):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            evening.caller.says(words)
            await evening.forward()
            assert evening.done == Done(Result.MESSAGE)
            assert evening.operators.incoming(1) == ()

    run(story())


def test_a_message_instead_by_key_and_other_keys_and_words_change_nothing(evening):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            evening.caller.presses("5")
            evening.caller.says("dépêchez-vous")
            await evening.forward()
            assert evening.done is None
            evening.caller.presses("2")
            await evening.forward()
            assert evening.done == Done(Result.MESSAGE)

    run(story())


def test_an_honest_word_every_twenty_seconds(client, database):
    patient = replace(OPERATORS, ring_s=100)
    evening = Evening(client, database, patient, patience_s=95)

    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            evening.heard()
            await evening.forward(19)
            assert evening.heard() == []
            await evening.forward(1)
            still = "J'essaie toujours de joindre Claire."
            way = "Pour laisser un message, dites « message » ou tapez 2."
            assert evening.heard() == [f"{still} {way}"]
            await evening.forward(40)
            assert evening.heard()[-1].startswith("Voilà une minute que vous patientez")
            await evening.forward(35)
            assert evening.done == Done(Result.UNREACHED)

    run(story())


def test_two_accept_at_once_and_one_is_told(client, database):
    evening = Evening(client, database, replace(OPERATORS, at_once=2))

    async def story():
        with evening.at_work(CLAIRE, SOPHIE):
            await evening.hand_over()
            first, second = evening.incoming(CLAIRE), evening.incoming(SOPHIE)
            assert second.accept() and not first.accept()
            assert first.outcome is Outcome.CALLER_LEFT
            await evening.forward()
            assert evening.bridge.joined[1].name == "Sophie"
            assert evening.heard("Claire")[-1] == "Merci, un collègue vient de prendre l'appel."

    run(story())


def test_her_browser_dies_and_the_caller_is_told_and_goes_on_to_the_next(evening):
    async def story():
        with evening.at_work(CLAIRE, SOPHIE):
            await evening.hand_over()
            evening.incoming(CLAIRE).accept()
            await evening.forward(30)
            evening.heard()
            evening.bridge.end(Ended.LOST)
            await evening.forward(10)
            heard = evening.heard()
            assert "La communication avec Claire s'est coupée." in heard[0]
            assert heard[1:] == ["Je vous passe Sophie, restez en ligne."]
            assert evening.caller.music and evening.caller.heard
            evening.incoming(SOPHIE).accept()
            await evening.forward()
            assert evening.bridge.joined[1].name == "Sophie"

    run(story())


def test_she_accepts_and_connects_her_headset_after_that(evening):
    async def story():
        with evening.at_work(CLAIRE, headset=False):
            await evening.hand_over()
            evening.incoming(CLAIRE).accept()
            await evening.forward(3)
            assert evening.bridge.joined is None
            evening.connect(CLAIRE)
            await evening.forward()
            assert evening.bridge.joined[1].name == "Claire"

    run(story())


def test_she_accepts_and_no_headset_ever_comes(evening):
    async def story():
        with evening.at_work(CLAIRE, headset=False):
            await evening.hand_over()
            evening.incoming(CLAIRE).accept()
            await evening.forward(11)
            assert evening.done == Done(Result.UNREACHED)
            evening.session.transferred(evening.done)

    run(story())
    assert evening.kept_transfer().legs[0].outcome == "failed"


def test_her_console_is_closed_while_it_rings(evening):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
        await evening.forward(2)
        assert evening.done is None
        await evening.forward(2)
        assert evening.done == Done(Result.UNREACHED)
        evening.session.transferred(evening.done)

    run(story())
    assert evening.kept_transfer().legs[0].outcome == "failed"


def test_her_page_is_loaded_again_while_it_rings(evening):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
        with evening.operators.console(CLAIRE):
            await evening.forward(4)
            assert evening.incoming(CLAIRE).accept()
            await evening.forward()
            assert evening.bridge.joined is not None

    run(story())


def test_everybody_talks_and_the_first_who_is_free_gets_the_call(evening):
    async def story():
        with evening.at_work(CLAIRE):
            with evening.operators.talking(1, "other"):
                await evening.hand_over()
                assert "Tous mes collègues sont en ligne." in evening.heard()[0]
                await evening.forward(20)
                assert "Mes collègues sont toujours en ligne." in evening.heard()[0]
            evening.operators.turn(1, Presence.AVAILABLE)
            await evening.forward()
            assert evening.incoming(CLAIRE).shown.call_id == "c1"

    run(story())


def test_only_who_speaks_the_callers_language_is_rung(evening):
    wish = Wanted(evening.client, "asked", "en", "")

    async def story():
        with evening.at_work(CLAIRE):
            assert not evening.desk.reachable(wish)
            with evening.at_work(SOPHIE):
                assert evening.desk.reachable(wish)

    run(story())


def test_only_who_has_the_skills(client, database):
    evening = Evening(client, database, replace(OPERATORS, skills=frozenset({"pain"})))
    wish = Wanted(evening.client, "asked", "fr", "")

    async def story():
        with evening.at_work(CLAIRE):
            assert not evening.desk.reachable(wish)
        with evening.at_work(replace(CLAIRE, skills=frozenset({"pain", "gâteaux"}))):
            assert evening.desk.reachable(wish)

    run(story())


def test_an_operator_takes_a_call_over(evening):
    async def story():
        with evening.at_work(CLAIRE, SOPHIE):
            await evening.hand_over("taken_over", operator=2)
            assert evening.bridge.joined is None
            await evening.forward(2)
            assert evening.bridge.joined[1].name == "Sophie"
            assert evening.heard() == ["Je vous passe Sophie."]
            evening.bridge.end(Ended.PERSON_LEFT)
            await evening.forward()
            evening.session.transferred(evening.done)

    run(story())
    assert (evening.kept_transfer().reason, evening.kept_transfer().by) == ("taken_over", "Sophie")


def test_taking_over_or_whispering_in_a_call_that_is_over(evening):
    with pytest.raises(NotFound):
        evening.desk.take_over("gone", 1)
    with pytest.raises(NotFound):
        evening.desk.whisper("gone", "Demandez son nom.", "Claire")
    with pytest.raises(BadInput):
        evening.desk.whisper("gone", "  ", "Claire")


class Listed(Evening):
    """The client's own list, by telephone."""

    def __init__(self, client, database, manner):
        super().__init__(client, database, Target(Kind.PEOPLE, people=(PAUL,), ring_s=25))
        self.telephone.manners = {PAUL.address: manner}


def test_the_clients_own_list_is_rung_and_briefed(client, database):
    evening = Listed(client, database, ACCEPTS)

    async def story():
        await evening.hand_over()
        await evening.forward(30)
        assert BRIEFING in evening.heard(PAUL.address)
        assert evening.bridge.joined is not None
        evening.caller.leaves()
        await evening.forward(5)
        assert evening.heard(PAUL.address) == ["L'appelant a raccroché."]
        assert evening.telephone.engaged == set()

    run(story())


def test_on_a_line_that_cannot_be_joined_he_rings_back(client, database):
    evening = Listed(client, database, ACCEPTS)
    evening.bridge.deaf = True

    async def story():
        await evening.hand_over()
        await evening.forward(60)
        assert "Numéro à rappeler : 06, 12, 34, 56, 78." in evening.heard(PAUL.address)[-1]
        assert evening.done == Done(Result.TAKEN, "Paul")

    run(story())


def test_the_caller_leaves_while_the_person_is_briefed_and_she_is_told(client, database):
    evening = Listed(client, database, ACCEPTS)

    async def story():
        await evening.hand_over()
        await evening.forward(8)
        evening.caller.leaves()
        await evening.forward(5)
        assert evening.heard(PAUL.address)[-1] == "L'appelant a raccroché."
        assert evening.telephone.engaged == set()

    run(story())


@pytest.mark.parametrize(("manner", "outcome"), [(DECLINES, "declined"), (VOICEMAIL, "voicemail")])
def test_a_no_and_a_voicemail_are_no_acceptance(client, database, manner, outcome):
    evening = Listed(client, database, manner)

    async def story():
        await evening.hand_over()
        await evening.forward(90)
        assert evening.done == Done(Result.UNREACHED)
        evening.session.transferred(evening.done)

    run(story())
    assert evening.kept_transfer().legs[0].outcome == outcome


def test_an_urgent_call_that_a_person_took_wakes_nobody_else(evening):
    async def story():
        evening.says("j'ai une fuite")
        with evening.at_work(CLAIRE):
            await evening.hand_over("urgent")
            evening.incoming(CLAIRE).accept()
            await evening.forward(20)
            evening.bridge.end(Ended.PERSON_LEFT)
            await evening.forward()
            assert evening.done == Done(Result.SPOKEN, "Claire")

    run(story())
    with evening.database.read() as connection:
        (alert,) = alerts.read(connection, "c1")
    assert (alert.state, alert.acknowledged_by) == ("acknowledged", "Claire")


def test_the_server_stops_in_the_middle(evening):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            evening.task.cancel()
            await evening.forward()
            assert evening.task.cancelled()
            assert evening.operators.incoming(1) == ()
            assert evening.operators.seat(1).rings == frozenset()

    run(story())


def test_a_bridge_that_breaks_is_a_lost_line(evening):
    async def story():
        async def breaks(*_, **__):
            raise RuntimeError("no sound")

        evening.bridge.join = breaks
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            evening.incoming(CLAIRE).accept()
            await evening.forward(5)
            assert evening.done == Done(Result.UNREACHED)

    run(story())


def test_the_briefing_can_be_heard_again(evening):
    async def story():
        with evening.at_work(CLAIRE):
            await evening.hand_over()
            await evening.forward(8)
            evening.incoming(CLAIRE).listen()
            await evening.forward()
            assert evening.heard("Claire") == [BRIEFING, BRIEFING]
            evening.headsets[1].presses("2")
            await evening.forward(10)
            assert evening.done == Done(Result.UNREACHED)

    run(story())
