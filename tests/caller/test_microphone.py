from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import numpy as np
import pytest
from av import AudioFrame

from voicebot.caller import microphone as under_test
from voicebot.caller.earpiece import Earpiece
from voicebot.caller.microphone import FRAME, Microphone
from voicebot.clock import FakeClock


@pytest.fixture
async def clock(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeClock]:
    """Time passes only as the microphone waits for it."""
    fake = FakeClock()
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        fake.advance(seconds)
        await real(0)

    monkeypatch.setattr(under_test.asyncio, "sleep", sleep)
    yield fake


def hum(samples: int) -> np.ndarray:
    return (0.4 * np.sin(np.arange(samples) / 5)).astype(np.float32)


async def test_a_frame_every_20_ms_and_silence_between(clock: FakeClock) -> None:
    microphone = Microphone(clock=clock)
    frames = [await microphone.recv() for _ in range(5)]
    assert clock.monotonic() == pytest.approx(0.1)
    assert [frame.pts for frame in frames] == [0, 320, 640, 960, 1280]
    assert not any(frame.to_ndarray().any() for frame in frames)


async def test_what_is_said_is_sent_whole_with_its_instants(clock: FakeClock) -> None:
    microphone = Microphone(clock=clock)
    await microphone.recv()
    quiet = np.zeros(400, np.float32)
    first = microphone.say(np.concatenate([quiet, hum(1_600), quiet]))
    second = microphone.say(hum(100))
    sent = np.concatenate([(await microphone.recv()).to_ndarray()[0] for _ in range(10)])
    assert first.done.is_set() and second.done.is_set()
    assert first.first_voiced_at == pytest.approx(0.02 + 400 / 16_000)
    assert first.last_voiced_at == pytest.approx(0.02 + 2_000 / 16_000)
    assert second.first_voiced_at == pytest.approx(0.02 + 2_400 / 16_000)
    assert np.abs(sent[400:2_000]).max() > 10_000
    assert not sent[:400].any() and not sent[2_500:].any()


async def test_the_lines_noise_goes_on_for_ever_and_speech_is_added(clock: FakeClock) -> None:
    noise = np.full(500, 0.01, np.float32)
    microphone = Microphone(noise, clock)
    for _ in range(20):
        assert (await microphone.recv()).to_ndarray().all()
    microphone.say(hum(FRAME))
    assert np.abs((await microphone.recv()).to_ndarray()).max() > 10_000
    assert np.array_equal(noise, np.full(500, 0.01, np.float32))


async def test_hushing_ends_in_the_middle(clock: FakeClock) -> None:
    microphone = Microphone(clock=clock)
    said = microphone.say(hum(16_000))
    await microphone.recv()
    microphone.hush()
    assert said.done.is_set()
    assert said.last_voiced_at is None
    assert not (await microphone.recv()).to_ndarray().any()


def make_frame(samples: np.ndarray) -> AudioFrame:
    pcm = (samples * 32767).astype(np.int16).reshape(1, -1)
    frame = AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
    frame.sample_rate = 16_000
    return frame


Feed = Callable[[np.ndarray], None]


def test_the_earpiece_tells_when_a_voice_was_heard() -> None:
    clock = FakeClock()
    ear = Earpiece(clock)

    def feed(samples: np.ndarray) -> None:
        ear.hear(make_frame(samples))
        clock.advance(0.02)

    for _ in range(5):
        feed(np.zeros(FRAME, np.float32))
    assert ear.last_voiced() is None and ear.first_voiced(0) is None
    for _ in range(5):
        feed(hum(FRAME))
    for _ in range(5):
        feed(np.zeros(FRAME, np.float32))
    first, last = ear.first_voiced(0), ear.last_voiced()
    assert first == pytest.approx(0.1, abs=0.006)
    assert last == pytest.approx(0.2, abs=0.006)
    assert ear.voiced_in(0.12, 0.13) and not ear.voiced_in(0.21, 0.3)
    assert not ear.speaking(0.05)
    assert ear.last_voiced(before=0.15) == pytest.approx(0.155, abs=0.006)
    assert len(ear.sound) == 15 * FRAME


def test_frames_that_come_together_are_heard_one_after_the_other() -> None:
    ear = Earpiece(FakeClock())
    ear.hear(make_frame(np.zeros(FRAME, np.float32)))
    ear.hear(make_frame(hum(FRAME)))
    assert ear.first_voiced(0) == pytest.approx(0.02, abs=0.006)


def test_the_earpiece_tells_when_the_voice_stopped_for_good() -> None:
    clock = FakeClock()
    ear = Earpiece(clock)
    for loud in (1, 1, 0, 1, 0, 0, 0, 0, 1):
        ear.hear(make_frame(hum(FRAME) * np.float32(loud)))
        clock.advance(0.02)
    assert ear.falls_silent(0, 0.05) == pytest.approx(0.08, abs=0.006)
    assert ear.falls_silent(0, 0.01) == pytest.approx(0.04, abs=0.006)
    assert ear.falls_silent(0.1, 0.05) == pytest.approx(0.18, abs=0.006)
    assert ear.falls_silent(0.5, 0.05) is None
