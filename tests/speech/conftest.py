from pathlib import Path

import pytest

from voicebot.speech.lite import LiteEar

MODEL = Path(__file__).parents[2] / "models" / "lite-fr"


@pytest.fixture(scope="session")
def ear() -> LiteEar:
    """The shipped ear."""
    return LiteEar(MODEL)
