"""Packets in order, at once."""

from aiortc.rtp import RtpPacket
from hypothesis import given
from hypothesis import strategies as st

from voicebot.voice.jitter import ReorderBuffer


def packet(number, payload=b"x" * 80):
    made = RtpPacket(sequence_number=number % 65_536, timestamp=number * 960)
    made._data = payload
    return made


def given_out(buffer, numbers):
    frames = (buffer.add(packet(n))[1] for n in numbers)
    return [frame.timestamp // 960 for frame in frames if frame]


def test_each_packet_goes_on_at_once():
    buffer = ReorderBuffer()
    assert all(buffer.add(packet(n))[1] for n in range(10))


def test_two_packets_the_wrong_way_round_come_out_right():
    assert given_out(ReorderBuffer(), [1, 2, 4, 3, 5, 6]) == [1, 2, 3, 4, 5]


def test_a_lost_packet_is_given_up_after_a_while():
    assert given_out(ReorderBuffer(), [1, 2, 4, 5, 6, 7]) == [1, 2, 4, 5]


def test_one_that_comes_too_late_teaches_patience():
    buffer = ReorderBuffer()
    before = buffer.patience
    given_out(buffer, [1, 2, 4, 5, 6, 7, 3])
    assert buffer.patience == before + 1


def test_calm_takes_the_patience_back():
    buffer = ReorderBuffer(waited_for=5)
    given_out(buffer, range(600))
    assert buffer.patience == 4


def test_behind_a_disorder_a_quiet_packet_is_left_out_to_catch_up():
    buffer = ReorderBuffer()
    given_out(buffer, [1, 2, 4, 3])
    buffer.add(packet(5))
    frame = buffer.add(packet(6, b"q"))[1]
    assert frame.timestamp // 960 == 5
    assert buffer.add(packet(7))[1].timestamp // 960 == 7


def test_the_numbers_run_round():
    assert given_out(ReorderBuffer(), range(65_530, 65_550)) == list(range(65_530, 65_550))


def test_a_new_stream_begins_anew():
    assert given_out(ReorderBuffer(), [1, 2, 30_000, 30_001]) == [1, 2, 30_000, 30_001]


@given(st.permutations(range(24)))
def test_never_out_of_order_never_twice(numbers):
    out = given_out(ReorderBuffer(), numbers)
    assert out == sorted(set(out))
