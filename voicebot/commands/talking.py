"""What a call needs to talk: clients, understanding, ear, prompts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.progress import Progress

from voicebot.clients.client import Client
from voicebot.clients.loader import load_clients
from voicebot.commands.progress import step
from voicebot.dialogue.fixed import fixed_texts
from voicebot.handoff.announcing import fixed as announcements
from voicebot.settings import Settings
from voicebot.speech.ear import Ear
from voicebot.speech.ears import open_ear
from voicebot.speech.prompts import Prompts
from voicebot.speech.voices import open_mouth
from voicebot.understanding.interpreter import Interpreter
from voicebot.understanding.interpreters import open_interpreter
from voicebot.voice.notices import texts as notices


@dataclass(frozen=True)
class Talking:
    """The parts that hear, understand and speak."""

    clients: Mapping[str, Client]
    interpreter: Interpreter
    ear: Ear
    prompts: Prompts


def prepare(settings: Settings, console: Console) -> Talking:
    """Opens them all, showing each step."""
    with step(console, "flows and clients"):
        clients = load_clients(settings.flows)
    with step(console, f"ear ({settings.ear})"):
        ear = open_ear(settings.ear, settings.models, settings.ear_threads, settings.ear_wait_ms)
    with step(console, f"voice ({settings.voice})"):
        mouth = open_mouth(settings.voice, settings.voices)
    with step(console, f"understanding ({settings.interpreter})"):
        interpreter = open_interpreter(settings.interpreter, settings.nlu, settings.data / "cache")
    recorded = [client.folder / "prompts" for client in clients.values()]
    prompts = Prompts(
        mouth, settings.data / "cache" / "prompts", [*recorded, settings.voices / "prompts"]
    )
    _render(prompts, clients.values(), console)
    return Talking(clients, interpreter, ear, prompts)


def _render(prompts: Prompts, clients: Iterable[Client], console: Console) -> None:
    """Renders what is known beforehand, so that it costs a caller nothing."""
    texts: dict[str, dict[str, None]] = {}
    for client in clients:
        for text, language in fixed_texts(client.flows):
            texts.setdefault(language, {})[text] = None
        for text in notices(client.language):
            texts.setdefault(client.language, {})[text] = None
        for text, language in announcements(client.transfer):
            texts.setdefault(language, {})[text] = None
    with step(console, "prompts"), Progress(console=console, transient=True) as bar:
        for language, wanted in texts.items():
            _render_all(prompts, wanted, language, bar)


def _render_all(prompts: Prompts, texts: Iterable[str], language: str, bar: Progress) -> None:
    task = bar.add_task(f"prompts in {language}", total=None)

    def progress(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)

    prompts.render(texts, progress, language)
