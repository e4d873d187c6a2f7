"""Taking reports in, from wherever they are.

In: names of sources. Out, one by one as they are read: a `Report`, or the `RefusedReport` that says why one could not
be read; the rest goes on. A source is

    a file      .txt .md, .html .htm .xhtml, .json, .jsonl .ndjson, any of them with .gz; other names are read as text
    a folder    all files below it in the order of their paths, hidden ones left out. An ``index.yaml`` in it gives
                what is known about its files (a list of ``{file, title, published, publisher, url}``) and is no report
    -           standard input: text, HTML, JSON or JSON Lines, told apart by looking
    an address  http or https

Nothing is read before it is asked for, and no more than one report is held. JSON Lines may be of any length; the limit
of size counts for each line there, and for the whole source elsewhere.

Refused, each with its reason: what is missing, empty, binary, too large, not English, not allowed to be read, of no
known character set; JSON without a text; a folder with nothing in it; an entry of an index whose file is missing or
that has an unknown key; addresses as `web` says.
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import os
import re
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit

import yaml

from dragoman.errors import RefusedReport
from dragoman.report.dates import field_date
from dragoman.report.formats import Given, Kind, Outcome, kind_of, read_bytes, read_lines
from dragoman.report.options import Fields, IntakeOptions

__all__ = ["Fields", "IntakeOptions", "Outcome", "sources"]

INDEX = "index.yaml"
_KINDS: dict[str, Kind] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".json": "json", ".jsonl": "lines", ".ndjson": "lines",
}  # fmt: skip
_TYPES: dict[str, Kind] = {
    "text/html": "html", "application/xhtml+xml": "html", "application/json": "json", "text/json": "json",
    "application/x-ndjson": "lines", "application/jsonl": "lines", "application/x-jsonl": "lines",
}  # fmt: skip
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_INDEX_KEYS = {"file", "title", "published", "publisher", "url", "story"}
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def sources(
    names: Iterable[str | Path], *, stdin: IO[bytes] | IO[str] | None = None, options: IntakeOptions | None = None
) -> Iterator[Outcome]:
    """Read reports from any number of sources, lazily.

    Args:
        names: files, folders, addresses, or ``-``; a `Path` is always a file or folder.
        stdin: what ``-`` stands for; standard input when None.
        options: limits and defaults; see `IntakeOptions`.

    Yields:
        A `Report` for each report, a `RefusedReport` for each that cannot be read. Never raises for a source.
    """
    options = options or IntakeOptions()
    for name in names:
        scheme = _SCHEME.match(name) if isinstance(name, str) else None
        if name == "-":
            yield from _stdin(stdin, options)
        elif scheme is None:
            yield from _path(Path(name), str(name), options)
        elif scheme.group(1).lower() in {"http", "https"}:
            yield from _address(str(name), options)
        else:
            yield RefusedReport(str(name), f"{scheme.group(1)} addresses are not read; give http, https or a file")


def _address(url: str, options: IntakeOptions) -> Iterator[Outcome]:
    from dragoman.report.web import fetch  # noqa: PLC0415 - nobody needs a web library to read a file

    try:
        page = fetch(url, options)
    except RefusedReport as refused:
        yield refused
        return
    kind = _TYPES.get(page.media_type)
    if kind is None and page.media_type.endswith("+json"):
        kind = "json"
    if kind is None:
        suffix = Path(urlsplit(page.url).path).suffix.lower()
        kind = _KINDS.get(suffix) or kind_of(page.body)
    yield from read_bytes(page.body, kind, url, Given(url=page.url), options, page.charset)


def _path(path: Path, name: str, options: IntakeOptions) -> Iterator[Outcome]:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield _failed(name, error)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, name, options)
    elif stat.S_ISREG(mode):
        yield from _file(path, name, Given(), options)
    else:
        yield RefusedReport(name, "is neither a file nor a folder; for a stream, use - and standard input")


def _failed(name: str, error: Exception) -> RefusedReport:
    if isinstance(error, FileNotFoundError):
        return RefusedReport(name, "there is no such file or folder; check the name")
    if isinstance(error, PermissionError):
        return RefusedReport(name, "may not be read (no permission); change its permissions or copy it")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
    return RefusedReport(name, f"cannot be read ({reason}); check the file")


def _file(path: Path, name: str, given: Given, options: IntakeOptions) -> Iterator[Outcome]:
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    packed = suffixes[-1:] == [".gz"]
    suffix = (suffixes[-2] if len(suffixes) > 1 else "") if packed else (suffixes[-1] if suffixes else "")
    kind = _KINDS.get(suffix, "text")
    try:
        with _opened(path, packed) as stream:
            if kind == "lines":
                yield from read_lines(_numbered(stream, options.max_bytes), name, given, options)
            else:
                yield from read_bytes(stream.read(options.max_bytes + 1), kind, name, given, options)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield RefusedReport(name, f"is no whole gzip file ({error}); pack it again")
    except (OSError, ValueError) as error:
        yield _failed(name, error)


def _opened(path: Path, packed: bool) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path, "rb")) if packed else path.open("rb")


def _numbered(stream: IO[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers; a line longer than the limit is passed over in pieces and given as None."""
    first = stream.readline(limit + 2)
    if first[:2] in _WIDE:
        yield from _wide_lines(first, stream, limit)
        return
    number, line = 1, first
    while line:
        if len(line) > limit + 1 and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(65536)
            yield number, None
        else:
            yield number, line
        number, line = number + 1, stream.readline(limit + 2)


def _wide_lines(first: bytes, stream: IO[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines of a UTF-16 stream as UTF-8; the line at which it breaks is the last, and is refused as binary."""
    decoder = codecs.getincrementaldecoder(_WIDE[first[:2]])()
    held, number, too_long, piece = "", 1, False, first
    while True:
        try:
            held += decoder.decode(piece, final=not piece)
        except UnicodeDecodeError:
            yield number, b"\x00"
            return
        *whole, held = held.split("\n")
        for line in whole:
            data = line.encode("utf-8", errors="surrogatepass") + b"\n"
            yield number, None if too_long or len(data) > limit + 1 else data
            number, too_long = number + 1, False
        if len(held) > limit:
            held, too_long = "", True
        if not piece:
            break
        piece = stream.read(65536)
    if held or too_long:
        yield number, None if too_long else held.encode("utf-8", errors="surrogatepass")


def _stdin(stdin: IO[bytes] | IO[str] | None, options: IntakeOptions) -> Iterator[Outcome]:
    stream: Any = stdin if stdin is not None else sys.stdin
    if stream is None:
        yield RefusedReport("-", "there is no standard input; give a file")
        return
    stream = getattr(stream, "buffer", stream)
    try:
        if isinstance(stream, io.TextIOBase):
            # text that somebody else decoded; packed again it takes the same way as all
            stream = io.BytesIO(stream.read().encode("utf-8", errors="surrogatepass"))
        yield from _looked_at(stream, options)
    except (OSError, ValueError) as error:
        yield _failed("-", error)


def _looked_at(stream: IO[bytes], options: IntakeOptions) -> Iterator[Outcome]:
    """Standard input: JSON Lines are streamed, anything else is read whole."""
    limit = options.max_bytes
    numbered = _numbered(stream, limit)
    ahead: list[tuple[int, bytes | None]] = []
    for number, line in numbered:
        ahead.append((number, line))
        if line is None or line.strip() not in {b"", codecs.BOM_UTF8} or number > 1000:
            break
    begins = ahead[-1][1] if ahead else None
    if begins and _is_object(begins):
        second = next(numbered, None)
        ahead += [second] if second else []
        if second:
            yield from read_lines(chain(ahead, numbered), "-", Given(), options)
            return
    data = bytearray()
    for _, line in chain(ahead, numbered):
        data += b" " * (limit + 1) if line is None else line
        if len(data) > limit:
            break
    yield from read_bytes(bytes(data), kind_of(data), "-", Given(), options)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.removeprefix(codecs.BOM_UTF8)), dict)
    except (ValueError, RecursionError):
        return False


def _folder(folder: Path, name: str, options: IntakeOptions) -> Iterator[Outcome]:
    """Files below a folder; each index is read when its folder is entered."""
    known: dict[Path, Given] = {}
    some = False
    problems: list[OSError] = []
    for here, inner, files in os.walk(folder, onerror=problems.append):
        inner[:] = sorted(entry for entry in inner if not entry.startswith("."))
        if INDEX in files:
            for refused in _index(Path(here), known):
                some = True
                yield refused
        for entry in sorted(files):
            path = Path(here) / entry
            if entry.startswith(".") or entry == INDEX:
                continue
            some = True
            given = known.get(path.resolve(), Given())
            try:
                regular = stat.S_ISREG(path.stat().st_mode)
            except (OSError, ValueError) as error:
                yield _failed(str(path), error)
                continue
            if regular:
                yield from _file(path, str(path), given, options)
            else:
                yield RefusedReport(str(path), "is no regular file; left out")
    for problem in problems:
        some = True
        yield _failed(str(problem.filename or name), problem)
    if not some:
        yield RefusedReport(name, "is a folder with nothing to read in it; put reports there or name another")


def _index(folder: Path, known: dict[Path, Given]) -> Iterator[RefusedReport]:
    """Take in what an index says; yields a refusal for each entry that cannot be used."""
    path = folder / INDEX
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        yield RefusedReport(str(path), f"is no usable index ({_first_line(error)}); its files are read without it")
        return
    if not isinstance(entries, list):
        yield RefusedReport(str(path), "is no list of {file, title, published, publisher, url}; read without it")
        return
    for number, entry in enumerate(entries, start=1):
        place = f"{path}#{number}"
        if not isinstance(entry, dict) or not isinstance(entry.get("file"), str):
            yield RefusedReport(place, "names no file; give {file, title, published, publisher, url}")
            continue
        unknown = sorted(str(key) for key in entry if key not in _INDEX_KEYS)
        if unknown:
            yield RefusedReport(
                place, f"has the unknown key {unknown[0]!r}; known are {', '.join(sorted(_INDEX_KEYS))}"
            )
            continue
        try:
            target = (folder / entry["file"]).resolve()
            there = target.is_file()
        except (OSError, ValueError):
            there = False
        if not there:
            yield RefusedReport(
                place, f"names the file {entry['file']!r}, which is not there; add it or drop the entry"
            )
            continue
        day = field_date(entry.get("published"))
        if entry.get("published") is not None and day is None:
            yield RefusedReport(place, f"has no usable day {str(entry['published'])[:40]!r}; write it as 2024-06-01")
        known[target] = Given(
            title=_text(entry.get("title")),
            published=day,
            publisher=_text(entry.get("publisher")),
            url=_text(entry.get("url")),
        )


def _text(value: Any) -> str | None:
    return str(value).strip() or None if isinstance(value, (str, int, float)) else None


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
