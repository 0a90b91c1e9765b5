"""Rasa on this machine: its environment, the models trained in it, its server."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voicebot.errors import MissingPart, NotFound, VoicebotError
from voicebot.understanding.domain import read_intents
from voicebot.understanding.embedded import LANGUAGES, LEARNT
from voicebot.understanding.rasa_process import (
    HOST,
    Process,
    check_free,
    last_line,
    start,
    status,
    stop,
)
from voicebot.understanding.training import content_hash, read_examples

START_S = 120.0
_TRAINED = "trained"


@dataclass(frozen=True)
class RasaHome:
    """Where Rasa lives and what it learns from."""

    environment: Path
    """`.venv-rasa`, which `make rasa` makes."""
    nlu: Path
    folder: Path
    """Models and logs."""

    @property
    def model(self) -> Path:
        """The model of these very sentences, domain and pipeline, trained or not yet."""
        digest = hashlib.sha256(content_hash(self._sentences()).encode())
        for name in ("domain.yml", "config.yml"):
            with contextlib.suppress(FileNotFoundError):
                digest.update((self.nlu / name).read_bytes())
        return self.folder / f"nlu-{digest.hexdigest()[:16]}.tar.gz"

    def train(self) -> Path:
        """Trains a model, whole or not at all.

        Raises:
            MissingPart: Rasa is not installed.
            NotFound, FlowError: what it would learn from is missing or wrong.
            VoicebotError: Rasa failed; with the last line that it wrote.
        """
        python, model = self._checked(), self.model
        log = self.folder / "train.log"
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="train-") as name:
            work = Path(name)
            self._copy(work)
            arguments = ["train", "nlu", "--nlu", "data", "--domain", "domain.yml"]
            arguments += ["--config", "config.yml", "--out", ".", "--fixed-model-name", _TRAINED]
            with log.open("wb") as stream:
                process = start(python, arguments, work, stream)
                try:
                    process.wait()
                finally:
                    stop(process)
            trained = work / f"{_TRAINED}.tar.gz"
            if process.returncode != 0 or not trained.is_file():
                raise VoicebotError(f"Rasa did not train: {last_line(log)} (all of it: {log})")
            trained.replace(model)
        return model

    @contextlib.contextmanager
    def serving(self, port: int) -> Iterator[Process]:
        """Rasa's server, answering; it ends with the context.

        Raises:
            MissingPart: Rasa is not installed.
            NotFound: no model was trained from these sentences.
            BadInput: the port is taken.
            VoicebotError: it did not start; with the last line that it wrote.
        """
        python, model = self._checked(), self.model
        if not model.is_file():
            what = f"no Rasa model of {self.nlu} as it is now"
            raise NotFound(what, todo="voicebot nlu train")
        check_free(port)
        log = self.folder / "serve.log"
        arguments = ["run", "--enable-api", "--model", str(model.absolute())]
        arguments += ["--interface", HOST, "--port", str(port)]
        with log.open("wb") as stream:
            process = start(python, arguments, self.folder, stream)
            try:
                self._await(process, port, log)
                yield process
            finally:
                stop(process)

    def _await(self, process: Process, port: int, log: Path) -> None:
        """Until it answers, or never will."""
        late = time.monotonic() + START_S
        while (said := status(port)) is None:
            if process.poll() is not None or time.monotonic() > late:
                break
            time.sleep(0.1)
        # Another server may have taken the port in the meantime: ours must be alive.
        if said != 200 or process.poll() is not None:
            raise VoicebotError(f"Rasa did not start: {last_line(log)} (all of it: {log})")

    def _copy(self, work: Path) -> None:
        """Rasa takes one folder of sentences, and writes beside what it reads."""
        for folder in self._sentences():
            shutil.copytree(folder, work / "data" / folder.name)
        for file in ("domain.yml", "config.yml"):
            shutil.copy(self.nlu / file, work)

    def _sentences(self) -> list[Path]:
        return [self.nlu / name for name in LEARNT if (self.nlu / name).is_dir()]

    def _checked(self) -> Path:
        """Rasa's Python; what a user may have wrong is told before Rasa would, in many words."""
        python = self.environment.absolute() / "bin" / "python"
        if not python.is_file():
            raise MissingPart(f"Rasa is not installed in {self.environment} (make rasa)")
        for folder in self._sentences() or [self.nlu / LANGUAGES[0]]:
            read_examples(folder)
        read_intents(self.nlu)
        if not (self.nlu / "config.yml").is_file():
            raise NotFound(f"no {self.nlu / 'config.yml'}", todo="Rasa's pipeline stands there")
        self.folder.mkdir(parents=True, exist_ok=True)
        return python
