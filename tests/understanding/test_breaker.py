from concurrent.futures import ThreadPoolExecutor

from voicebot.understanding.breaker import Breaker


def closed(**settings):
    breaker = Breaker(**settings)
    breaker.begin_trial(0)
    breaker.succeeded()
    return breaker


def test_nothing_is_asked_before_a_trial_has_succeeded():
    breaker = Breaker()
    assert not breaker.closed
    assert breaker.begin_trial(0)
    assert not breaker.closed
    assert breaker.succeeded()
    assert breaker.closed


def test_failures_in_a_row_open_it():
    breaker = closed(failures=3)
    assert [breaker.failed(0), breaker.failed(0), breaker.failed(0)] == [False, False, True]
    assert not breaker.closed


def test_an_answer_between_them_starts_the_count_anew():
    breaker = closed(failures=2)
    for _ in range(5):
        breaker.failed(0)
        assert not breaker.succeeded()
    assert breaker.closed


def test_a_grave_failure_opens_it_at_once():
    breaker = closed(failures=3)
    assert breaker.failed(0, at_once=True)
    assert not breaker.closed


def test_a_trial_only_after_the_rest():
    breaker = closed(failures=1, rest_s=10)
    breaker.failed(100)
    assert not breaker.begin_trial(109.9)
    assert breaker.begin_trial(110)


def test_each_rest_is_twice_the_last_up_to_the_longest():
    breaker, now, rests = closed(failures=1, rest_s=1, longest_rest_s=5), 0.0, []
    breaker.failed(now)
    for _ in range(4):
        began = now
        while not breaker.begin_trial(now):
            now += 0.5
        rests.append(now - began)
        breaker.failed(now)
    assert rests == [1, 2, 4, 5]


def test_after_a_success_the_rest_is_short_again():
    breaker = closed(failures=1, rest_s=1)
    breaker.failed(0)
    breaker.begin_trial(1)
    breaker.failed(1)
    breaker.begin_trial(3)
    breaker.succeeded()
    breaker.failed(10)
    assert breaker.begin_trial(11)


def test_late_failures_of_before_change_nothing_while_it_is_open():
    breaker = closed(failures=1, rest_s=1)
    breaker.failed(0)
    for _ in range(10):
        assert not breaker.failed(0.5)
    assert breaker.begin_trial(1)


def test_one_trial_at_a_time_of_many_threads():
    breaker = Breaker()
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: breaker.begin_trial(0), range(200))) == 1
