"""Opens the interpreter that the settings name."""

from __future__ import annotations

from pathlib import Path

from voicebot.errors import BadInput
from voicebot.understanding.embedded import load_or_train
from voicebot.understanding.interpreter import Interpreter


def open_interpreter(setting: str, nlu: Path, cache: Path) -> Interpreter:
    """Opens an interpreter: `embedded`, or `rasa:URL`.

    Args:
        setting: what the settings say.
        nlu: the folder of sentences.
        cache: a folder that only this program writes.

    Raises:
        BadInput: no such interpreter.
    """
    kind, _, url = setting.partition(":")
    if kind == "rasa" and url:
        # A third of a second to import, for those alone who use it.
        from voicebot.understanding.domain import read_intents
        from voicebot.understanding.rasa import RasaInterpreter
        from voicebot.understanding.rasa_client import RasaClient

        client = RasaClient(url, read_intents(nlu))
        return RasaInterpreter(client, load_or_train(nlu, cache))
    if setting == "embedded":
        return load_or_train(nlu, cache)
    raise BadInput(f"unknown interpreter {setting!r}", todo="embedded or rasa:URL")
