"""Short ways to take reports in, for the tests of this folder."""

from __future__ import annotations

import io
from pathlib import Path

from dragoman.errors import RefusedReport
from dragoman.report.formats import Outcome
from dragoman.report.intake import IntakeOptions, sources
from dragoman.report.report import Report

NEWS = "The foreign minister of Norway met her counterpart from Chile in Oslo on Tuesday and they agreed to open talks."
MORE = "They will meet again in May, the Norwegian ministry said, and sign the accord on fishing in the southern seas."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ministers meet | The Northern Paper</title>
<meta property="og:site_name" content="The Northern Paper"><meta property="og:title" content="Ministers meet in Oslo">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><p>{NEWS}</p><p>{MORE}</p></article><footer>Imprint</footer></body></html>"""


def read(*names: str | Path, stdin: bytes | str | None = None, options: IntakeOptions | None = None) -> list[Outcome]:
    stream: io.BytesIO | io.StringIO | None = None
    if stdin is not None:
        stream = io.StringIO(stdin) if isinstance(stdin, str) else io.BytesIO(stdin)
    return list(sources(names, stdin=stream, options=options))


def report(*names: str | Path, stdin: bytes | str | None = None, options: IntakeOptions | None = None) -> Report:
    (got,) = read(*names, stdin=stdin, options=options)
    assert isinstance(got, Report), got
    return got


def reason(*names: str | Path, stdin: bytes | str | None = None, options: IntakeOptions | None = None) -> str:
    (got,) = read(*names, stdin=stdin, options=options)
    assert isinstance(got, RefusedReport), got
    return str(got)


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
