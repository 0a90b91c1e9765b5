"""Options that several commands share, and the settings as a user's mistake would show them."""

from __future__ import annotations

import json
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from voicebot.errors import BadInput, Place
from voicebot.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ClientName = Annotated[str, typer.Option("--client", help="The client rung: its folder's name.")]


def read_settings(**changes: Any) -> Settings:
    """The settings, with what the command line changes (None leaves a setting as it is).

    Raises:
        BadInput: a setting is unknown or out of range.
    """
    try:
        return Settings(**{name: value for name, value in changes.items() if value is not None})
    except TOMLDecodeError as error:
        todo = 'a text stands in quotes: ear = "lite"'
        raise BadInput(f"no TOML: {error}", where=Place(Path("voicebot.toml")), todo=todo) from None
    except SettingsError as error:
        # Its text names the setting; what was written there may be a secret.
        raise BadInput(f"no JSON: {error}", todo='a table is written {"name": "value"}') from None
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        todo = f"VOICEBOT_{name.upper()} or voicebot.toml; docs/settings.md lists them"
        raise BadInput(f"setting {name}: {first['msg']}", todo=todo) from None


def print_json(data: object) -> None:
    """One JSON object on standard output."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))
