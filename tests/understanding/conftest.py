from pathlib import Path

import pytest

from voicebot.understanding.embedded import EmbeddedInterpreter


@pytest.fixture(scope="session")
def nlu() -> Path:
    return Path("nlu")


@pytest.fixture(scope="session")
def interpreter(nlu) -> EmbeddedInterpreter:
    return EmbeddedInterpreter.train(nlu)
