from voicebot.clock import FakeClock
from voicebot.web import throttle
from voicebot.web.throttle import Throttle


def test_each_address_has_its_own_bucket():
    door = Throttle(FakeClock(), burst=1)

    assert door.allows("a")
    assert not door.allows("a")
    assert door.allows("b")


def test_a_bucket_fills_with_time_and_no_further_than_its_brim():
    clock = FakeClock()
    door = Throttle(clock, burst=2, per_second=1)
    clock.advance(1000)

    assert [door.allows("a") for _ in range(3)] == [True, True, False]
    clock.advance(0.5)
    assert not door.allows("a")
    clock.advance(0.5)
    assert door.allows("a")


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(throttle, "ADDRESSES", 2)
    door = Throttle(FakeClock(), burst=1)
    for address in "abc":
        door.allows(address)

    assert door.allows("a")  # forgotten, so it starts afresh
    assert not door.allows("c")
