"""Prompts that a person recorded: they win over every synthesised voice.

A folder of WAV files with an `index.yml`:

    - text: "Cabinet de Maître Durand, bonjour !"
      file: bonjour.wav
    - response: utter_goodbye
      file: au-revoir.wav

A text is found whatever its spaces. A response's recording is used only where the response
says nothing that changes from call to call: its author promises that.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from voicebot.errors import BadInput, Place

INDEX = "index.yml"


class _Line(BaseModel):
    """One recording of an index."""

    model_config = ConfigDict(extra="forbid")

    file: str
    text: str | None = None
    response: str | None = None
    language: str = "fr"


@dataclass(frozen=True)
class Recorded:
    """The recordings of one folder."""

    by_text: dict[tuple[str, str], Path]
    """(language, text with single spaces) to its file."""
    by_response: dict[tuple[str, str], Path]
    """(language, response) to its file."""

    def find(self, text: str, language: str, response: str | None) -> Path | None:
        """The file recorded for this text, else for this response."""
        found = self.by_text.get((language, " ".join(text.split())))
        if found is None and response is not None:
            found = self.by_response.get((language, response))
        return found


def read_recorded(folder: Path) -> Recorded:
    """Reads a folder's index; a folder without one holds no recordings.

    Raises:
        BadInput: the index is wrong, or names a file that is not there.
    """
    index = folder / INDEX
    if not index.is_file():
        return Recorded({}, {})
    here = Place(index)
    try:
        lines = TypeAdapter(list[_Line]).validate_python(yaml.safe_load(index.read_text()) or [])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Place(index, mark.line + 1) if mark else here
        raise BadInput("not valid YAML", where=where) from error
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise BadInput(
            f"recorded prompt {at}: {first['msg']}",
            where=here,
            todo="each line has `file`, and `text` or `response`",
        ) from error
    by_text: dict[tuple[str, str], Path] = {}
    by_response: dict[tuple[str, str], Path] = {}
    for line in lines:
        path = folder / line.file
        if not path.is_file():
            raise BadInput(f"no recording {line.file!r} beside the index", where=here)
        if line.text is None and line.response is None:
            raise BadInput(f"recording {line.file!r} has neither text nor response", where=here)
        if line.text is not None:
            by_text[line.language, " ".join(line.text.split())] = path
        if line.response is not None:
            by_response[line.language, line.response] = path
    return Recorded(by_text, by_response)
