"""Real calls: an aiortc peer, the switchboard, a spoken caller; only the ear knows its lines."""

import pytest

pytestmark = pytest.mark.audio


async def test_a_call_from_greeting_to_goodbye(exchange):
    line = exchange()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie", "+33612345678")
        await line.quiet(caller)
        await line.say(caller, "martin")
        await line.quiet(caller)
        await line.say(caller, "zéro six douze trente-quatre cinquante-six soixante-dix-huit")
        assert await caller.wait_for_end()
    assert line.texts(call, "said") == [
        "Boulangerie Petit, bonjour.",
        "Votre nom ?",
        "Votre numéro ?",
        "Merci Martin, c'est noté. Au revoir.",
    ]
    assert line.kinds(call)[0] == "answered"
    assert line.kinds(call)[-1] == "ended"
    assert line.data(call, "ended") == [{"outcome": "message_taken", "cause": "bot"}]
    assert line.data(call, "heard")[0]["speech_ms"] > 150
    assert line.switchboard.ongoing() == ()
