"""Debian's Chromium, with a caller's voice for its microphone."""

import contextlib
import shutil
import subprocess

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ESPEAK = shutil.which("espeak-ng")


def voice(file, words, before_s=0):
    """Writes `words`, spoken after some silence, as Chromium takes it for a microphone."""
    if ESPEAK is None:
        pytest.skip("espeak-ng is missing: make browser")
    pause = f'<break time="{before_s * 1000}ms"/>' if before_s else ""
    subprocess.run(
        [ESPEAK, "-v", "fr", "-s", "150", "-m", "-w", str(file), pause + words], check=True
    )
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
