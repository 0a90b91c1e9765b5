"""Real calls: an aiortc peer, the switchboard, a spoken caller; only the ear knows its lines."""

import asyncio
import wave

import numpy as np
import pytest

from tests.voice.conftest import LONG_GREETING, cough, joined, noise, silence, trimmed

pytestmark = pytest.mark.audio

NUMBER = "zéro six douze trente-quatre cinquante-six soixante-dix-huit"


async def test_a_call_from_greeting_to_goodbye(exchange):
    line = exchange()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie", "+33612345678")
        assert [c.client for c in line.switchboard.ongoing()] == ["boulangerie"]
        await line.quiet(caller)
        await line.say(caller, "martin")
        await line.quiet(caller)
        await line.say(caller, NUMBER)
        assert await caller.wait_for_end()
        said = caller.earpiece.sound
    assert line.texts(call, "said") == [
        "Boulangerie Petit, bonjour.",
        "Votre nom ?",
        "Votre numéro ?",
        "Merci Martin, c'est noté. Au revoir.",
    ]
    assert line.kinds(call)[0] == "answered"
    assert line.data(call, "ended") == [{"outcome": "message_taken", "cause": "bot"}]
    assert line.data(call, "heard")[0]["speech_ms"] > 150
    assert "degraded" not in line.kinds(call)
    await line.until(lambda: not line.switchboard.ongoing())
    goodbye = line.parts.prompts.get("Merci Martin, c'est noté. Au revoir.").samples
    assert heard_in(said, goodbye[-8_000:]), "the goodbye was cut"
    left, right = channels(line.parts.recordings / f"{call}.wav")
    assert loud(left) and loud(right)
    assert heard_in(right, goodbye[-8_000:])


async def test_numbers_dictated_with_pauses_are_heard_as_one_turn(exchange):
    line = exchange()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        await line.say(caller, "martin")
        await line.quiet(caller)
        groups = ("zéro six douze", "trente-quatre cinquante-six", "soixante-dix-huit")
        sounds = [trimmed(line.voice(group)) for group in groups]
        sound = joined(sounds[0], silence(0.9), sounds[1], silence(0.9), sounds[2])
        two = sounds[0].seconds + 0.9 + sounds[1].seconds
        line.ear.by_ms = lambda ms: " ".join(
            groups[: 1 + (ms > 1000 * (sounds[0].seconds + 1.2)) + (ms > 1000 * (two + 1.2))]
        )
        await caller.say(sound)
        assert await caller.wait_for_end()
    assert line.texts(call, "heard") == ["martin", NUMBER]


async def test_the_caller_interrupts_and_the_bot_remembers_how_far_it_got(exchange):
    line = exchange(LONG_GREETING)
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        assert await caller.wait_for_voice(0.0)
        await asyncio.sleep(1.5)
        await line.say(caller, "attendez je suis pressé")
        [cut] = line.data(call, "interrupted")
        assert LONG_GREETING.startswith(cut["spoken"])
        assert cut["left"].endswith("dans la matinée. Votre nom ?")
        assert cut["spoken"] and cut["left"] not in cut["spoken"]
        assert line.kinds(call).index("interrupted") < line.kinds(call).index("heard")


@pytest.mark.parametrize("text", ["", "hm", "d'accord"])
async def test_a_cough_or_a_hm_does_not_stop_the_bot(exchange, text):
    line = exchange(LONG_GREETING)
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        assert await caller.wait_for_voice(0.0)
        await asyncio.sleep(1.0)
        line.ear.says(text)
        await caller.say(line.voice("mmh mmh") if text else cough())
        assert await caller.wait_for_bot(quiet_s=1.5, after=0.0)
        said = caller.earpiece.sound
        assert "interrupted" not in line.kinds(call)
        assert "heard" not in line.kinds(call)
        ending = line.parts.prompts.get("Votre nom ?").samples
        assert heard_in(said, ending[-6_000:])


async def test_silence_is_asked_about_and_music_counts_as_silence(exchange):
    line = exchange()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        await caller.say(noise(3.0))  # and no word in it
        await line.until(lambda: "silent" in line.kinds(call))
        assert "heard" not in line.kinds(call)
        await line.until(lambda: "Votre nom, je vous prie ?" in line.texts(call, "said"))


async def test_who_hangs_up_in_the_middle_of_a_word_leaves_what_he_said(exchange):
    line = exchange()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        line.ear.says("martin et je voul")
        spoken = caller.start(line.voice("Martin, et je voulais vous dire que c'est très urgent."))
        await asyncio.sleep(1.2)
        assert not spoken.done.is_set()
    await line.until(lambda: "ended" in line.kinds(call))
    assert line.texts(call, "heard") == ["martin et je voul"]
    assert line.data(call, "ended")[0]["cause"] == "caller"


async def test_keys_and_hanging_up_come_over_the_data_channel(exchange):
    line = exchange()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        caller.press("5")
        caller.press("x")
        await line.until(lambda: "pressed" in line.kinds(call))
        caller._keys.send('{"type": "hangup"}')
        assert await caller.wait_for_end()
    assert [data["key"] for data in line.data(call, "pressed")] == ["5"]
    assert line.data(call, "ended")[0]["cause"] == "caller"


async def test_two_calls_at_once_and_the_third_is_told_to_ring_again(exchange):
    line = exchange(max_calls=2)
    async with line.telephone() as one, line.telephone() as two, line.telephone() as three:
        calls = [await caller.ring("", "boulangerie") for caller in (one, two, three)]
        assert [call.busy for call in line.switchboard.ongoing()] == [False, False, True]
        await line.quiet(one)
        await line.quiet(two)
        await asyncio.gather(line.say(one, "martin"), line.say(two, "martin"))
        assert await three.wait_for_end(timeout_s=150)
    for call in calls[:2]:
        assert line.texts(call, "heard") == ["martin"]
    [told] = line.texts(calls[2], "said")
    assert "rappeler dans quelques minutes" in told
    assert line.data(calls[2], "ended") == [{"outcome": "busy", "cause": "bot"}]


async def test_the_server_stops_and_every_call_is_closed(exchange):
    line = exchange()
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        await line.switchboard.close(farewell_s=0)
        assert line.data(call, "ended")[0]["cause"] == "shutdown"
        assert await caller.wait_for_end()


def heard_in(sound, phrase):
    """Whether `phrase` is somewhere in `sound`, as the telephone carries it."""
    window = np.correlate(envelope(sound), envelope(phrase), "valid")
    energy = np.convolve(envelope(sound) ** 2, np.ones(len(envelope(phrase))), "valid")
    likeness = window / np.sqrt(np.maximum(energy, 1e-9) * np.sum(envelope(phrase) ** 2))
    return likeness.max() > 0.95


def envelope(sound):
    blocks = np.asarray(sound, np.float32)[: len(sound) // 160 * 160].reshape(-1, 160)
    return np.sqrt(np.mean(blocks**2, axis=1))


def channels(path):
    with wave.open(str(path)) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    both = frames.reshape(-1, 2).astype(np.float32) / 32_768
    return both[:, 0], both[:, 1]


def loud(sound):
    return np.abs(sound).max() > 0.05
