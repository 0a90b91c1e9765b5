"""How far the bot got."""

import numpy as np

from voicebot.voice.playback import Piece, Playback

CHUNK = 320


def piece(text, seconds=1.0, interruptible=True):
    return Piece(text, interruptible, np.full(int(seconds * 16_000), 0.5, np.float32))


def take(playback, seconds):
    return [playback.take(CHUNK) for _ in range(round(seconds * 50))]


def test_all_is_said_then_nothing_is_left():
    playback = Playback()
    playback.begin([piece("Bonjour.", 0.1), piece("Au revoir.", 0.05)])
    chunks = take(playback, 1)
    assert sum(chunk is not None for chunk in chunks) == 8  # 5, and 3 with the last padded
    assert not playback.speaking


def test_the_words_spoken_are_those_that_were_heard():
    playback = Playback()
    playback.begin([piece("Un deux trois quatre cinq six sept huit neuf dix", 1.0), piece("Fin.")])
    take(playback, 0.5)
    spoken, left = playback.stop()
    assert spoken and spoken + " " + left == "Un deux trois quatre cinq six sept huit neuf dix Fin."
    assert 4 <= len(spoken.split()) <= 6
    assert not playback.speaking


def test_what_was_on_its_way_was_not_heard():
    playback = Playback()
    playback.begin([piece("Un deux trois quatre", 1.0)])
    take(playback, 0.2)
    assert playback.stop(late_ms=200)[0] == ""


def test_held_it_is_silent_and_carries_on_from_a_quiet_place():
    playback = Playback()
    samples = np.full(16_000, 0.5, np.float32)
    samples[6_400:6_560] = 0.0  # a pause between two words, at 0.4 s
    playback.begin([Piece("Un deux", True, samples)])
    take(playback, 0.8)
    playback.hold()
    assert playback.take(CHUNK) is None
    assert playback.speaking
    playback.resume()
    assert playback.left_ms == 600
    assert playback.take(CHUNK) is not None


def test_what_must_be_heard_goes_on_when_held_and_survives_a_stop():
    playback = Playback()
    playback.begin([piece("Composez le 15.", interruptible=False), piece("Puis rappelez.")])
    take(playback, 0.2)
    playback.hold()
    assert playback.take(CHUNK) is not None
    assert not playback.interruptible
    playback.stop()
    assert sum(chunk is not None for chunk in take(playback, 2)) == 39
    assert not playback.speaking


def test_a_reply_that_comes_while_the_caller_speaks_waits():
    playback = Playback()
    playback.hold()
    playback.begin([piece("Votre nom ?")])
    assert playback.take(CHUNK) is None
    assert playback.stop() == ("", "Votre nom ?")


def test_a_piece_not_rendered_yet_is_waited_for():
    playback, late = Playback(), Piece("Bonjour.", True)
    playback.begin([late])
    assert playback.take(CHUNK) is None
    assert playback.speaking
    late.samples = np.ones(CHUNK, np.float32)
    assert playback.take(CHUNK) is not None
