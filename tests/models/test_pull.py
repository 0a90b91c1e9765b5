from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copy
from urllib.parse import urlsplit

import pytest

from voicebot.errors import BadInput, MissingPart, NotFound, StoreFull, VoicebotError, WrongModel
from voicebot.models.catalog import find_entry, load_catalog
from voicebot.models.pull import pull
from voicebot.settings import ROOT
from voicebot.speech.voices import open_mouth

VOICE = "fr_FR-siwis-medium"
REPOSITORY = "/rhasspy/piper-voices/resolve/main/fr/fr_FR/siwis/medium/"
MODEL = bytes(range(256)) * 4_000
FILES = {f"{VOICE}.onnx": MODEL, f"{VOICE}.onnx.json": b"{}", "MODEL_CARD": b"CC BY"}


class Hub(ThreadingHTTPServer):
    """A hub that tells each file's size and sha256, serves ranges, and can be made to misbehave."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.cut_after: int | None = None
        self.serve_wrong = False
        self.asked: list[tuple[str, str, str | None]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, body: bool) -> None:
        path, wanted = urlsplit(self.path).path, self.headers.get("Range")
        self.server.asked.append((self.command, path, wanted))
        content = FILES.get(path.rsplit("/", 1)[-1])
        if content is None or not path.startswith((REPOSITORY, "/mirror/")):
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        digest = hashlib.sha256(content).hexdigest()
        if self.server.serve_wrong:
            content = content[::-1]
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        self.send_response(206 if start else 200)
        self.send_header("ETag", f'"{digest}"')
        self.send_header("X-Repo-Commit", "0" * 40)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        if body:
            self.wfile.write(content[start:][: self.server.cut_after])
            if self.server.cut_after is not None:
                self.close_connection = True


@pytest.fixture
def hub() -> Iterator[Hub]:
    server = Hub()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    found = {"models": tmp_path / "models", "voices": tmp_path / "voices"}
    for name, folder in found.items():
        folder.mkdir()
        copy(ROOT / name / "catalog.yml", folder)
    return found


def test_a_voice_comes_from_the_hub_with_progress(hub: Hub, folders: dict[str, Path]) -> None:
    steps: list[tuple[int, int | None]] = []
    folder = pull(
        VOICE, **folders, endpoint=hub.url, progress=lambda done, of: steps.append((done, of))
    )
    assert (folder / f"{VOICE}.onnx").read_bytes() == MODEL
    assert (folder / f"{VOICE}.MODEL_CARD").read_bytes() == b"CC BY"
    total = sum(len(content) for content in FILES.values())
    assert steps[-1] == (total, total)
    assert steps == sorted(steps)
    assert find_entry(VOICE, **folders).here


def test_what_is_here_and_right_is_not_fetched_again(hub: Hub, folders: dict[str, Path]) -> None:
    pull(VOICE, **folders, endpoint=hub.url)
    hub.asked.clear()
    pull(VOICE, **folders, endpoint=hub.url)
    assert {method for method, _, _ in hub.asked} == {"HEAD"}


def test_a_cut_download_goes_on_where_it_ended(hub: Hub, folders: dict[str, Path]) -> None:
    hub.cut_after = 600_000
    with pytest.raises(VoicebotError, match="what came so far is kept"):
        pull(VOICE, **folders, endpoint=hub.url)
    assert not find_entry(VOICE, **folders).here
    hub.cut_after = None
    hub.asked.clear()
    folder = pull(VOICE, **folders, endpoint=hub.url)
    assert (folder / f"{VOICE}.onnx").read_bytes() == MODEL
    assert ("GET", f"{REPOSITORY}{VOICE}.onnx", "bytes=600000-") in hub.asked
    assert list(folder.glob("*.part")) == []


def test_a_file_that_is_not_what_was_announced_is_refused(
    hub: Hub, folders: dict[str, Path]
) -> None:
    hub.serve_wrong = True
    with pytest.raises(WrongModel, match="pull it again"):
        pull(VOICE, **folders, endpoint=hub.url)
    hub.serve_wrong = False
    assert (pull(VOICE, **folders, endpoint=hub.url) / f"{VOICE}.onnx").read_bytes() == MODEL


def test_a_plain_mirror_and_a_folder_serve_too(
    hub: Hub, folders: dict[str, Path], tmp_path: Path
) -> None:
    pull(VOICE, **folders, source=f"{hub.url}/mirror/")
    copied = tmp_path / "copied here"
    copied.mkdir()
    for name, content in FILES.items():
        (copied / name).write_bytes(content)
    other = tmp_path / "other"
    other.mkdir()
    copy(folders["voices"] / "catalog.yml", other)
    folder = pull(VOICE, models=folders["models"], voices=other, source=str(copied))
    assert (folder / f"{VOICE}.onnx").read_bytes() == MODEL


def test_what_the_source_does_not_have_is_one_clear_line(
    hub: Hub, folders: dict[str, Path], tmp_path: Path
) -> None:
    for changes in (
        {"endpoint": hub.url, "name": "whisper-tiny"},
        {"source": f"{hub.url}/nowhere"},
        {"source": str(tmp_path)},
    ):
        with pytest.raises(NotFound) as caught:
            pull(**{"name": VOICE, **folders, **changes})
        assert "\n" not in str(caught.value)


def test_no_network_is_one_clear_line(folders: dict[str, Path], hub: Hub) -> None:
    nobody = "http://127.0.0.1:9"
    for changes in ({"endpoint": nobody}, {"source": nobody}):
        with pytest.raises(VoicebotError, match="is there a network") as caught:
            pull(VOICE, **folders, **changes)
        assert "\n" not in str(caught.value)


def test_a_folder_that_cannot_be_written_is_one_clear_line(
    hub: Hub, folders: dict[str, Path]
) -> None:
    (folders["models"] / "whisper-tiny").write_text("a file in the way")
    with pytest.raises(StoreFull, match="whisper-tiny"):
        pull("whisper-tiny", **folders, source=str(folders["voices"]))


@pytest.mark.parametrize("name", ["", "whisper-huge", "fr_FR-nobody-medium"])
def test_an_unknown_name_lists_the_known_ones(folders: dict[str, Path], name: str) -> None:
    with pytest.raises(NotFound, match="fr_FR-siwis-medium"):
        pull(name, **folders)


def test_a_folder_that_is_not_there(folders: dict[str, Path]) -> None:
    with pytest.raises(BadInput, match="no such folder"):
        pull(VOICE, **folders, source="/nowhere/at/all")


def test_settings_spell_the_same_names(folders: dict[str, Path]) -> None:
    assert find_entry("whisper:small", **folders).name == "whisper-small"
    assert find_entry(f"piper:{VOICE}", **folders).name == VOICE


def test_the_line_of_a_missing_voice_names_what_pull_understands(folders: dict[str, Path]) -> None:
    with pytest.raises(MissingPart) as caught:
        open_mouth(f"piper:{VOICE}", folders["voices"])
    assert f"voicebot models pull {VOICE}" in str(caught.value)


def test_the_catalogue_tells_licence_source_and_quality_of_each() -> None:
    catalog = load_catalog(ROOT / "models", ROOT / "voices")
    assert len({entry.name for entry in catalog}) == len(catalog) >= 10
    for entry in catalog:
        assert entry.licence and entry.source and entry.quality
        assert entry.shipped or entry.size_mb


@pytest.mark.parametrize(
    ("text", "message"),
    [("- {name: a}", "0.kind"), ("- [", "catalog.yml:2"), ("- {name: a, kind: nose}", "0.kind")],
)
def test_a_wrong_catalogue_is_one_clear_line(
    folders: dict[str, Path], text: str, message: str
) -> None:
    (folders["models"] / "catalog.yml").write_text(text + "\n")
    with pytest.raises(BadInput, match=message) as caught:
        load_catalog(**folders)
    assert "\n" not in str(caught.value)
