"""Turn-taking as pure policy: windows of probability in, decisions out."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.voice.turns import Ended, Limits, Listen, Resumed, Started, Turns

VOICE, NOTHING = 0.9, 0.0


def feed(turns, *spans):
    """Spans of (probability, milliseconds); all decisions, in order."""
    return [
        decision
        for speech, ms in spans
        for _ in range(ms // 32)
        for decision in turns.window(speech)
    ]


def kinds(decisions):
    return [type(decision) for decision in decisions]


def test_a_turn_ends_once_its_words_are_known_and_patience_is_over():
    turns = Turns()
    assert kinds(feed(turns, (VOICE, 640), (NOTHING, 160))) == [Started, Listen]
    assert turns.known(1, 300) == []
    assert feed(turns, (NOTHING, 320)) == [Ended(1)]
    assert not turns.speaking


def test_silence_alone_never_ends_a_turn():
    turns = Turns()
    feed(turns, (VOICE, 640), (NOTHING, 20_000))
    assert turns.speaking
    assert turns.known(1, 300) == [Ended(1)]


def test_a_pause_that_leaves_doubt_is_heard_again():
    turns = Turns()
    feed(turns, (VOICE, 640), (NOTHING, 160))
    turns.known(1, 900)
    assert feed(turns, (NOTHING, 160)) == [Listen(2, again=True)]
    assert turns.known(2, 300) == [Ended(2)]


def test_the_first_words_count_where_the_second_pass_was_not_made():
    turns = Turns()
    feed(turns, (VOICE, 640), (NOTHING, 160))
    turns.known(1, 900)
    assert feed(turns, (NOTHING, 960))[-1] == Ended(1)
    assert turns.known(2, 300) == []


def test_a_pause_that_leaves_no_doubt_is_heard_once():
    turns = Turns()
    feed(turns, (VOICE, 640), (NOTHING, 160))
    turns.known(1, 300)
    assert feed(turns, (NOTHING, 320)) == [Ended(1)]


def test_the_pass_is_thrown_away_when_the_caller_goes_on():
    turns = Turns()
    decisions = feed(turns, (VOICE, 640), (NOTHING, 160), (VOICE, 320), (NOTHING, 160))
    assert decisions[1:] == [Listen(1), Resumed(1), Listen(2)]
    assert turns.known(1, 0) == []
    feed(turns, (NOTHING, 320))
    assert turns.known(2, 300) == [Ended(2)]


def test_patience_holds_through_a_pause_inside_a_number():
    turns = Turns()
    feed(turns, (VOICE, 960), (NOTHING, 160))
    turns.known(1, 1_250)
    assert feed(turns, (NOTHING, 736), (VOICE, 320)) == [Listen(2, again=True), Resumed(2)]


def test_a_click_is_no_turn():
    assert feed(Turns(), (0.6, 32), (NOTHING, 320), (0.6, 32), (NOTHING, 320)) == []


def test_a_click_in_a_pause_does_not_carry_the_turn_on():
    turns = Turns()
    feed(turns, (VOICE, 640), (NOTHING, 160))
    turns.known(1, 400)
    assert feed(turns, (VOICE, 32), (NOTHING, 480)) == [Ended(1)]
    assert not turns.speaking


def test_the_onset_tells_how_long_ago_it_was():
    [started] = feed(Turns(), (NOTHING, 640), (0.6, 64))
    assert started == Started(64)


def test_a_voice_beyond_doubt_begins_sooner():
    assert feed(Turns(), (NOTHING, 640), (0.95, 32)) == [Started(32)]


def test_a_turn_that_never_ends_is_taken_as_it_is():
    turns = Turns(Limits(longest=2_000))
    decisions = feed(turns, (VOICE, 4_000))
    assert kinds(decisions) == [Started, Listen]
    assert turns.known(1, 1_250) == [Ended(1)]


def test_voice_is_counted_without_its_pauses():
    turns = Turns()
    feed(turns, (VOICE, 640), (NOTHING, 320), (VOICE, 640))
    assert turns.voiced_ms == 1_280
    assert turns.certainty > 0.85


def test_better_words_are_waited_for_beyond_the_patience_and_no_longer():
    turns = Turns()
    feed(turns, (VOICE, 640), (NOTHING, 96))
    turns.known(1, 320, wait_ms=480)
    assert feed(turns, (NOTHING, 672)) == []
    assert feed(turns, (NOTHING, 32)) == [Ended(1)]


def test_better_words_end_the_wait_with_a_patience_of_their_own():
    turns = Turns()
    feed(turns, (VOICE, 640), (NOTHING, 96))
    turns.known(1, 320, wait_ms=5_000)
    feed(turns, (NOTHING, 320))
    assert turns.settled(448) == []
    assert feed(turns, (NOTHING, 32)) == [Ended(1)]


def test_no_better_words_end_the_wait_at_once_if_the_patience_is_over():
    turns = Turns()
    feed(turns, (VOICE, 640), (NOTHING, 96))
    turns.known(1, 320, wait_ms=5_000)
    feed(turns, (NOTHING, 320))
    assert turns.settled() == [Ended(1)]
    assert turns.settled() == []


def test_the_wait_for_better_words_leaves_no_more_doubt_than_there_was():
    turns = Turns()
    feed(turns, (VOICE, 640), (NOTHING, 96))
    turns.known(1, 320, wait_ms=5_000)
    assert feed(turns, (NOTHING, 640)) == []  # no second pass of the first ear


def test_better_words_are_waited_for_behind_the_longest_turn_too():
    turns = Turns(Limits(longest=2_000))
    feed(turns, (VOICE, 2_016))
    assert turns.known(1, 1_250, wait_ms=480) == []
    assert feed(turns, (VOICE, 448)) == []
    assert feed(turns, (VOICE, 32)) == [Ended(1)]


def test_who_goes_on_while_better_words_are_waited_for_keeps_the_floor():
    turns = Turns()
    feed(turns, (VOICE, 640), (NOTHING, 96))
    turns.known(1, 320, wait_ms=5_000)
    assert feed(turns, (NOTHING, 640), (VOICE, 64)) == [Resumed(1)]
    assert turns.settled() == []


@given(st.lists(st.floats(0, 1), max_size=400), st.integers(0, 1_500))
def test_started_and_ended_alternate_whatever_is_heard(speech, patience):
    turns, open_ = Turns(), False
    for probability in speech:
        decisions = turns.window(probability)
        for decision in list(decisions):
            if isinstance(decision, Listen):
                decisions += turns.known(decision.attempt, patience)
        for decision in decisions:
            if isinstance(decision, Started):
                assert not open_
                open_ = True
            elif isinstance(decision, Ended):
                assert open_
                open_ = False
    assert turns.speaking == open_
