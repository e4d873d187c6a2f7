"""Adding reports: one job for each time somebody gives some, read one after another, with progress to look at.

In: texts, files or addresses, and who gives them. Out: a `Job`, which counts while it runs and names each report that
was added, was there already, or was refused and why. The limits and the refusals are those of the command line, by the
same code. The language model is loaded with the first report and kept; reports are read by one thread at a time.
"""

from __future__ import annotations

import io
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError, RefusedReport
from dragoman.report.options import IntakeOptions
from dragoman.report.report import Report
from dragoman.terminal.taking import Reads, Taking
from dragoman.terminal.wording import line
from dragoman.web.parts.address import to
from dragoman.web.parts.desk import Desk

KEPT = 100
"""So many jobs are remembered, the latest."""
SHOWN = 500
"""So many outcomes of a job are told one by one; the others are only counted."""
_TURN = threading.Lock()
_READERS: dict[str, Reads] = {}
_JOBS: dict[str, Job] = {}


@dataclass(slots=True)
class Given:
    """What somebody gives.

    Attributes:
        text: a report, pasted.
        files: names as they had them, and where they lie now.
        urls: addresses.
        folder: where the files lie; taken away when the job is done.
    """

    text: str | None = None
    files: list[tuple[str, Path]] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    folder: Path | None = None

    @property
    def number(self) -> int:
        """How many sources."""
        return bool(self.text) + len(self.files) + len(self.urls)


@dataclass(slots=True)
class Job:
    """One time of adding; `facts` is what a page is told of it."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    doing: str = "Waiting"
    done: int = 0
    added: int = 0
    there: int = 0
    failed: int = 0
    over: bool = False
    names: dict[str, str] = field(default_factory=dict)
    lines: list[dict[str, str]] = field(default_factory=list)

    def now(self, doing: str) -> None:
        """What is going on now."""
        self.doing = doing

    def advance(self) -> None:
        """One more is done."""
        self.done += 1

    def refused(self, source: str, reason: str) -> None:
        """A source could not be read, and why."""
        self.failed += 1
        for path, shown in self.names.items():
            source = source.replace(path, shown)
        self.tell("refused", f"{line(source)}: {line(reason)}")

    def tell(self, what: str, words: str, address: str = "") -> None:
        """Keep an outcome."""
        if len(self.lines) < SHOWN:
            self.lines.append({"what": what, "words": words, "address": address})

    @property
    def facts(self) -> dict[str, Any]:
        """What a page is told."""
        counts = {name: getattr(self, name) for name in ("id", "doing", "done", "added", "there", "failed", "over")}
        return counts | {"lines": list(self.lines)}


def begin(desk: Desk, given: Given, published: date | None, publisher: str | None) -> Job:
    """Start a job; it runs in a thread of its own."""
    job = Job(names={str(path): name for name, path in given.files})
    while len(_JOBS) >= KEPT:
        _JOBS.pop(next(iter(_JOBS)))
    _JOBS[job.id] = job
    options = desk.intake.model_copy(update={"published": published, "publisher": publisher})
    threading.Thread(target=_run, args=(desk, given, options, job), daemon=True, name=f"add-{job.id}").start()
    return job


def job_of(number: str) -> Job | None:
    """A job by its id."""
    return _JOBS.get(number)


def room() -> Path:
    """A new folder for what is uploaded."""
    return Path(tempfile.mkdtemp(prefix="dragoman-add-"))


def _run(desk: Desk, given: Given, options: IntakeOptions, job: Job) -> None:
    try:
        with _TURN:
            taking = Taking(options, job)
            reports = _new(desk, _reports(given, options, taking), job)
            for record in taking.records(reports, lambda: _reader(desk)):
                title = record.report.title or line(record.report.text)[:80]
                if desk.archive.add([record]).added:
                    job.added += 1
                    told = len(record.events)
                    words = f"{line(title)} · {told} {'event' if told == 1 else 'events'}"
                    job.tell("added", words, to("report", record.report.id))
                else:
                    _there(job, record.report)
    except DragomanError as error:
        job.refused("This server", str(error))
    except Exception as error:  # a fault in a thread would be lost, and the page wait for ever
        job.refused("This server", f"a fault of Dragoman ({type(error).__name__}: {error})")
    finally:
        if given.folder is not None:
            shutil.rmtree(given.folder, ignore_errors=True)
        job.doing, job.over = "Done", True


def _reports(given: Given, options: IntakeOptions, taking: Taking) -> Iterator[Report]:
    from dragoman.report.intake import sources  # noqa: PLC0415 - brings the web with it

    pasted = sources(["-"], stdin=io.StringIO(given.text), options=options) if given.text else ()
    for outcome in pasted:
        if isinstance(outcome, RefusedReport):
            taking.refuse("pasted text", outcome.reason)
        else:
            yield outcome
    yield from taking.reports([*(str(path) for _, path in given.files), *given.urls])


def _new(desk: Desk, reports: Iterable[Report], job: Job) -> Iterator[Report]:
    """Those that are not there yet."""
    for report in reports:
        if desk.archive.has(report.id):
            job.advance()
            _there(job, report)
        else:
            yield report


def _there(job: Job, report: Report) -> None:
    job.there += 1
    job.tell("there", line(report.title or report.text)[:80], to("report", report.id))


def _reader(desk: Desk) -> Reads:
    if desk.reader is None:
        raise DragomanError("this server was installed without what reads reports; add them on the command line")
    if desk.archive.where not in _READERS:
        _READERS.clear()
        _READERS[desk.archive.where] = desk.reader(desk.archive.who)
    return _READERS[desk.archive.where]


def wait(job: Job, seconds: float) -> bool:
    """Wait until a job is over, at most so long; for tests and scripts."""
    until = time.monotonic() + seconds
    while not job.over and time.monotonic() < until:
        time.sleep(0.02)
    return job.over
