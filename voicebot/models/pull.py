"""Fetches an ear or a voice: from a hub, a plain mirror, or a folder."""

from __future__ import annotations

import hashlib
import re
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

from huggingface_hub import get_hf_file_metadata, hf_hub_url
from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError, RepositoryNotFoundError

from voicebot.errors import BadInput, NotFound, StoreFull, VoicebotError, WrongModel
from voicebot.models.catalog import Entry, find_entry

BLOCK = 1 << 18
"""Bytes read at a time."""
TIMEOUT_S = 30
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHA1 = re.compile(r"[0-9a-f]{40}")

Progress = Callable[[int, int | None], None]
"""Called with the bytes done and of how many, None while unknown."""


@dataclass(frozen=True)
class Remote:
    """One file to fetch."""

    url: str
    path: Path
    """Where it goes."""
    size: int | None = None
    digest: str | None = None
    """sha256, or the sha1 that git gives a file; None where the source tells none."""


def pull(
    name: str,
    *,
    models: Path,
    voices: Path,
    progress: Progress | None = None,
    source: str | None = None,
    endpoint: str | None = None,
) -> Path:
    """Fetches an ear or a voice into its folder; what was fetched in part is gone on with.

    Args:
        name: from the catalogue.
        models: folder of the ears.
        voices: folder of the voices.
        progress: told the bytes as they come.
        source: a folder, or the URL of one, that holds the files, instead of the hub.
        endpoint: of the hub; by default HF_ENDPOINT, else huggingface.co.

    Raises:
        NotFound: no such name, or the source has no such file.
        WrongModel: what came is not what was announced.
        StoreFull: the disk refuses to write.
        VoicebotError: the source cannot be reached.
    """
    entry = find_entry(name, models, voices)
    if entry.shipped:
        return entry.home
    remotes = _from_hub(entry, endpoint) if source is None else _from(entry, source)
    sizes = [remote.size for remote in remotes]
    total = sum(size or 0 for size in sizes) if all(sizes) else None
    done = 0
    try:
        entry.home.mkdir(parents=True, exist_ok=True)
        for remote in remotes:
            base = done

            def told(so_far: int, base: int = base) -> None:
                if progress:
                    progress(base + so_far, total)

            _fetch(remote, told)
            done += remote.path.stat().st_size
    except OSError as error:
        raise StoreFull(f"{entry.home}: {error.strerror or error}") from error
    return entry.home


def _from_hub(entry: Entry, endpoint: str | None) -> list[Remote]:
    """The files of a hub's repository, with the sizes and hashes it announces."""
    repository = entry.source.removeprefix("hf:")
    folder = f"{entry.remote_folder}/" if entry.remote_folder else ""
    remotes = []
    for file in entry.files:
        url = hf_hub_url(repository, folder + file, revision=entry.revision, endpoint=endpoint)
        try:
            found = get_hf_file_metadata(url, timeout=TIMEOUT_S, endpoint=endpoint)
        except (EntryNotFoundError, RepositoryNotFoundError) as error:
            raise NotFound(f"the hub has no {url}") from error
        except HfHubHTTPError as error:
            raise VoicebotError(f"the hub refuses {url}: {_line(error)}") from error
        except Exception as error:  # the hub's client lets its HTTP library's errors through
            raise _unreachable(url, error) from error
        remotes.append(Remote(url, entry.path(file), found.size, found.etag))
    return remotes


def _from(entry: Entry, source: str) -> list[Remote]:
    """The files of a plain mirror or a folder, hashes from the catalogue."""
    if not re.match(r"https?://", source):
        folder = Path(source).expanduser()
        if not folder.is_dir():
            raise BadInput(f"no such folder: {source}", todo="give a folder or an http(s) URL")
        source = folder.resolve().as_uri()
    base = source.rstrip("/")
    return [
        Remote(f"{base}/{quote(file)}", entry.path(file), digest=entry.sha256.get(file))
        for file in entry.files
    ]


def _fetch(remote: Remote, told: Callable[[int], None]) -> None:
    """Fetches one file, going on where an earlier try ended, and checks it."""
    if remote.path.is_file() and _right(remote, remote.path):
        told(remote.path.stat().st_size)
        return
    part = remote.path.with_name(remote.path.name + ".part")
    try:
        _download(remote.url, part, told)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            raise NotFound(f"there is no {remote.url}") from error
        raise VoicebotError(f"{remote.url}: the server answers {error.code}") from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, FileNotFoundError):
            raise NotFound(f"there is no {remote.url}") from error
        raise _unreachable(remote.url, error) from error
    except (TimeoutError, ConnectionError, ssl.SSLError, HTTPException) as error:
        raise _unreachable(remote.url, error) from error
    if not _right(remote, part):
        part.unlink()
        raise WrongModel(f"{remote.url}: what came is not what was announced; pull it again")
    part.replace(remote.path)


def _download(url: str, part: Path, told: Callable[[int], None]) -> None:
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": "voicebot"})
    if have and url.startswith("http"):
        request.add_header("Range", f"bytes={have}-")
    try:
        response = urllib.request.urlopen(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        if error.code != 416:  # nothing is left to fetch
            raise
        return
    with response:
        goes_on = getattr(response, "status", None) == 206
        with part.open("ab" if goes_on else "wb") as file:
            done = have if goes_on else 0
            announced = response.headers.get("Content-Length")
            wanted = done + int(announced) if announced else None
            while block := response.read(BLOCK):
                file.write(block)
                done += len(block)
                told(done)
    if wanted is not None and done < wanted:
        raise ConnectionError(f"cut after {done} of {wanted} bytes")


def _right(remote: Remote, path: Path) -> bool:
    """Whether the file is what was announced; without an announcement, whatever is there is."""
    if remote.size is not None and path.stat().st_size != remote.size:
        return False
    digest = remote.digest or ""
    if _SHA256.fullmatch(digest):
        return _hash(path, hashlib.sha256()) == digest
    if _SHA1.fullmatch(digest):
        head = f"blob {path.stat().st_size}\0".encode()
        return _hash(path, hashlib.sha1(head, usedforsecurity=False)) == digest
    return True


def _hash(path: Path, state: hashlib._Hash) -> str:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            state.update(block)
    return state.hexdigest()


def _unreachable(url: str, error: Exception) -> VoicebotError:
    return VoicebotError(
        f"cannot fetch {url}: {_line(error)} (is there a network? a copy can be given as a folder; "
        "what came so far is kept)"
    )


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
