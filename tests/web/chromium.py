"""Debian's Chromium, with a caller's voice for its microphone."""

import contextlib
import shutil
import subprocess
import wave

import numpy as np
import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ESPEAK = shutil.which("espeak-ng")
RATE = 22050
"""Hz, of eSpeak NG's voices."""
WAV_HEADER = 44


def voice(file, words, before_s=0, after_s=0):
    """Writes `words`, with silence around them, as Chromium takes it for a microphone."""
    if ESPEAK is None:
        pytest.skip("espeak-ng is missing: make browser")
    spoken = [ESPEAK, "-v", "fr", "-s", "150", "--stdout", words]
    raw = subprocess.run(spoken, check=True, capture_output=True).stdout
    sound = np.frombuffer(raw[WAV_HEADER:], "<i2")
    whole = np.concatenate((np.zeros(before_s * RATE), sound, np.zeros(after_s * RATE)))
    with wave.open(str(file), "wb") as wav:
        wav.setparams((1, 2, RATE, 0, "NONE", ""))
        wav.writeframes(whole.astype("<i2").tobytes())
    return file


@contextlib.contextmanager
def chromium(microphone):
    """A browser whose microphone plays the file again and again."""
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is missing: make browser"
    )
    if CHROMIUM is None:
        pytest.skip("Chromium is missing: make browser")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-audio-capture={microphone}",
                "--disable-background-networking",
            ],
        )
        yield browser
        browser.close()


@contextlib.contextmanager
def tab(browser):
    """A new tab; an error of a script, or of the security policy, fails the test."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: said.type == "error" and troubles.append(said.text))
    yield page
    context.close()
    assert troubles == []
