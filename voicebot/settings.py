"""Settings: from the environment (VOICEBOT_…) or `voicebot.toml`; read by entry points only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from voicebot.delivery.settings import DeliverySettings

ROOT = Path(__file__).resolve().parent.parent
CALLS_PER_CORE = 3
"""More are answered late, one after the other: `voicebot bench load --calls N`."""


class Settings(DeliverySettings, BaseSettings):
    """Everything that differs from one installation to the next."""

    model_config = SettingsConfigDict(
        env_prefix="VOICEBOT_", toml_file="voicebot.toml", extra="forbid"
    )

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=1, le=65535)
    data: Path = Path("var")
    """Store, recordings and rendered prompts."""
    store: str | None = None
    """SQLAlchemy URL; by default SQLite in the data folder."""
    flows: Path = ROOT / "flows"
    nlu: Path = ROOT / "nlu"
    models: Path = ROOT / "models"
    voices: Path = ROOT / "voices"
    ear: str = "lite"
    """`lite` (French and English), `lite-fr`, `whisper:NAME`, or two: `lite+whisper:NAME`."""
    ear_wait_ms: int = Field(500, ge=0, le=5_000)
    """Of two ears: how much later an answer may come for the sake of Whisper's words."""
    voice: str = "espeak"
    """`espeak`, or `piper:NAME` or `piper:FILE.onnx`."""
    interpreter: str = "embedded"
    """`embedded`, or `rasa:URL`."""
    rasa: Path = ROOT / ".venv-rasa"
    """Rasa's own environment, for `voicebot nlu train` and `voicebot nlu serve`."""
    max_calls: int = Field(default_factory=lambda: CALLS_PER_CORE * (os.cpu_count() or 1), ge=1)
    """Calls served at once; the next one is told, politely, to ring again."""
    ear_threads: int = Field(2, ge=1)
    hosts: str = ""
    """Names, besides localhost, under which browsers may reach the server; by commas."""
    secret_key_file: Path | None = None
    """Holds the keys that seal second factors; by default `secret.key` in the data folder."""
    second_factor: Literal["offered", "required"] = "offered"
    """Whether each account chooses to have a second factor, or does nothing without one."""

    worker: Literal["inside", "none"] = "inside"
    """Whether `serve` rings and delivers by itself, or leaves it to `voicebot worker`."""
    worker_poll_s: float = Field(0.5, ge=0.05, le=60)
    """How long something due may wait when nobody told the worker of it."""
    telephone: str = Field("none", pattern=r"^(none|simulated(:[a-z_]+(,[a-z_]+)*)?)$")
    """How people on call are rung. `simulated`: people made of code pick up; `simulated:NAME,…`
    says how those who are rung behave, one after the other."""

    @property
    def store_url(self) -> str:
        """The URL of the store."""
        return self.store or f"sqlite:///{self.data / 'voicebot.db'}"

    @property
    def key_file(self) -> Path:
        """The file of the keys."""
        return self.secret_key_file or self.data / "secret.key"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is passed wins over the environment, which wins over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
