"""Opens the interpreter that the settings name."""

from __future__ import annotations

from pathlib import Path

from voicebot.errors import BadInput
from voicebot.understanding.embedded import load_or_train
from voicebot.understanding.interpreter import Interpreter


def open_interpreter(
    setting: str, nlu: Path, cache: Path, limit_s: float | None = None
) -> Interpreter:
    """Opens an interpreter: `embedded`, or `rasa:URL`.

    Args:
        setting: what the settings say.
        nlu: the folder of sentences.
        cache: a folder that only this program writes.
        limit_s: to measure one that answers over a network, whatever it takes: what it has for an
            utterance, in place of what a call gives it. It must answer now.

    Raises:
        BadInput: no such interpreter.
        MissingPart: with `limit_s`, when it does not answer.
    """
    kind, _, url = setting.partition(":")
    if kind == "rasa" and url:
        # A third of a second to import, for those alone who use it.
        from voicebot.understanding.domain import read_intents
        from voicebot.understanding.rasa import LIMIT_S, RasaInterpreter
        from voicebot.understanding.rasa_client import RasaClient

        client = RasaClient(url, read_intents(nlu))
        rasa = RasaInterpreter(client, load_or_train(nlu, cache), limit_s=limit_s or LIMIT_S)
        if limit_s:
            rasa.check()
        return rasa
    if setting == "embedded":
        return load_or_train(nlu, cache)
    raise BadInput(f"unknown interpreter {setting!r}", todo="embedded or rasa:URL")
