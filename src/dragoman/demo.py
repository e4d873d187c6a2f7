"""The sample world: the example reports, read into an archive of their own and shown as a newcomer should see them.

In: the package's example reports (in an installed package ``dragoman/examples``, in a checkout ``examples/``), a folder
for each story with an ``index.yaml``. Out: one report in full, then each story as a timeline, its contacts and its
commitments, then what to try next. The archive is kept, so that what to try next can be tried.

The reports are illustrations: countries and offices are real, office holders and happenings are invented.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

import yaml
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.archive import Archive
from dragoman.errors import DragomanError
from dragoman.record.entries import Commitment, Contact, Event, Record
from dragoman.report.head import prepare
from dragoman.report.options import IntakeOptions
from dragoman.report.report import Report
from dragoman.terminal.columns import Column, table
from dragoman.terminal.palette import QUIET, STRONG, Palette, side_of
from dragoman.terminal.progress import Meter
from dragoman.terminal.tables import (
    WIDE,
    commitments,
    days,
    heading,
    parties,
    stacked,
    tables,
)
from dragoman.terminal.taking import Reads, Taking
from dragoman.terminal.view import show_text
from dragoman.terminal.wording import cameo_words, counted, line, standing

PER_REPORT = 3
"""How many events of a report a timeline shows."""
PER_STORY = 10
"""How many contacts and commitments of a story are shown."""
_TITLES = {
    "strait": "A ship is held: Albania and Malta",
    "river": "Water and a shut border: Malawi and Mozambique",
    "hostages": "Nine hostages: Bolivia and Paraguay",
}
_SHOWN_FIRST = ("strait", "04-antalya-pledge.txt")


@dataclass(frozen=True, slots=True)
class Story:
    """One story of the sample world.

    Attributes:
        name: its folder's name.
        title: what it is called.
        reports: its reports, oldest first.
        files: the reports' file names, in the same order.
    """

    name: str
    title: str
    reports: tuple[Report, ...]
    files: tuple[str, ...]


def examples() -> Path:
    """The folder with the example reports.

    Raises:
        DragomanError: when it is not there.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "examples", here.parents[1] / "examples"):
        if any(folder.glob("*/index.yaml")):
            return folder
    raise DragomanError(f"The example reports are missing from {here / 'examples'}; install Dragoman again.")


def stories(folder: Path | None = None) -> list[Story]:
    """The stories in a folder (the package's by default), the earliest first, each with its reports in time order."""
    found = [_story(index) for index in sorted((folder or examples()).glob("*/index.yaml"))]
    return sorted(found, key=lambda story: str(story.reports[0].published))


def fill(archive: Archive, told: list[Story], reader: Callable[[], Reads], meter: Meter) -> int:
    """Read the stories' reports into an archive, those that are missing; returns how many were read."""
    missing = [report for story in told for report in story.reports if not archive.has(report.id)]
    return archive.add(Taking(IntakeOptions(), meter).records(missing, reader)).added


def run(console: Console, reader: Callable[[], Reads], url: str | None = None) -> None:
    """Show the sample world.

    Args:
        console: where to.
        reader: makes the reader, if there is anything to read.
        url: archive to read into; by default a new one in a temporary folder.
    """
    told = stories()
    number = sum(len(story.reports) for story in told)
    url = url or f"sqlite:///{Path(tempfile.mkdtemp(prefix='dragoman-demo-')) / 'record.db'}"
    _opening(console, told)
    with Archive(url) as archive:
        with Meter("Looking", total=number) as meter:
            fill(archive, told, reader, meter)
        reports = [report for story in told for report in story.reports]
        records = {report.id: archive.record(report.id) for report in reports if archive.has(report.id)}
        if records:
            _one_report(console, _first(told, records))
        for place, story in enumerate(told, start=1):
            _show(console, archive, story, place, records)
    _closing(console, url, told)


def _story(index: Path) -> Story:
    entries: list[dict[str, Any]] = yaml.safe_load(index.read_text(encoding="utf-8"))
    entries.sort(key=lambda entry: str(entry["published"]))
    reports = []
    for entry in entries:
        text = (index.parent / entry["file"]).read_text(encoding="utf-8")
        known = {name: entry.get(name) for name in ("title", "published", "publisher", "url")}
        reports.append(prepare(text, **known))
    name = index.parent.name
    return Story(
        name=name,
        title=_TITLES.get(name, name.capitalize()),
        reports=tuple(reports),
        files=tuple(str(entry["file"]) for entry in entries),
    )


def _first(told: list[Story], records: dict[str, Record]) -> Record:
    """The report that is shown in full."""
    for story in told:
        for file, report in zip(story.files, story.reports, strict=True):
            if (story.name, file) == _SHOWN_FIRST and report.id in records:
                return records[report.id]
    return next(iter(records.values()))


def _opening(console: Console, told: list[Story]) -> None:
    number = sum(len(story.reports) for story in told)
    outlets = len({report.publisher for story in told for report in story.reports})
    console.print()
    console.print(Text("DRAGOMAN", style=STRONG))
    _say(console, "Reads news reports into a record: who did what to whom, when, where, on whose word.")
    console.print()
    _say(
        console,
        f"This is the sample world: {counted(number, 'report')} of {counted(outlets, 'outlet')} tell "
        f"{counted(len(told), 'story', 'stories')}. They are illustrations, written for Dragoman. The countries and "
        "offices are real; office holders and happenings are invented. "
        "What you see below was read from the reports just now; nothing "
        "was corrected by hand.",
    )


def _one_report(console: Console, record: Record) -> None:
    _part(console, "1. One report", "What Dragoman finds in it, and the words it rests on.")
    palette = Palette(record)
    console.print()
    show_text(console, record, palette, ruled=False)
    for part in tables(record, palette, console.width, without=("actors", "places")):
        console.print(part)


def _show(console: Console, archive: Archive, story: Story, place: int, records: dict[str, Record]) -> None:
    own = [records[report.id] for report in story.reports if report.id in records]
    if not own:
        return
    palette = Palette(*own)
    first, last = story.reports[0].published, story.reports[-1].published
    _part(console, f"{place + 1}. {story.title}", f"{counted(len(own), 'report')}, {first} to {last}.")
    told = [row for report in story.reports for row in _chosen(archive, report.id)]
    total = sum(len(record.events) for record in own)
    console.print(heading("Timeline", None))
    _say(console, f"The most telling of {counted(total, 'event')}, as each outlet has it.", quiet=True)
    console.print(_timeline(told, palette, console.width))
    met = [(record, contact) for record in own for contact in record.contacts if not contact.background]
    if met:
        console.print(heading("Contacts", len(met), "contact"))
        surest = sorted(met, key=lambda pair: (len(pair[1].participants) > 1, pair[1].confidence), reverse=True)[
            :PER_STORY
        ]
        _capped(console, len(surest), len(met))
        console.print(_contacts(sorted(surest, key=_last_day), palette, console.width))
    promised = [(record, entry) for record in own for entry in record.commitments if not entry.background]
    if promised:
        _commitments(console, promised, palette)


def _chosen(archive: Archive, report_id: str) -> Iterator[tuple[Event, str | None, str | None]]:
    """A report's most telling events, in text order, with the day it appeared and its outlet."""
    rows = [
        row
        for row in archive.events(report_id=report_id, background=False)
        if row.event.actors and row.event.status != "hypothetical"
    ]
    best: dict[tuple[Any, ...], Any] = {}
    for row in rows:
        key = (row.event.category, _sides(row.event))
        if key not in best or row.event.confidence > best[key].event.confidence:
            best[key] = row
    ranked = sorted(best.values(), key=lambda row: -_weight(row.event))[:PER_REPORT]
    for row in sorted(ranked, key=lambda row: row.event.trigger.start):
        yield row.event, row.published.isoformat() if row.published else None, row.publisher


def _sides(event: Event) -> tuple[frozenset[str], frozenset[str]]:
    return (
        frozenset(side_of(party.actor) for party in event.actors),
        frozenset(side_of(party.actor) for party in event.recipients),
    )


def _weight(event: Event) -> float:
    """How telling an event is: sure, between two sides, of two countries, and a deed rather than a word."""
    actors, recipients = _sides(event)
    countries = {party.actor.country for party in (*event.actors, *event.recipients) if party.actor.country}
    between = 0.5 * bool(recipients and actors != recipients) + 0.3 * (len(countries) > 1)
    return event.confidence + between + 0.3 * (event.quad in {2, 4}) + abs(event.intensity) / 30


def _timeline(told: list[tuple[Event, str | None, str | None]], palette: Palette, width: int) -> Any:
    wide = width >= WIDE
    columns = [Column("When"), Column("Who"), Column("Did what", share=1.4), Column("To whom")]
    columns += [Column("Status"), Column("Outlet")] if wide else [Column("Told by")]
    rows = []
    for event, published, outlet in sorted(told, key=lambda one: str(one[0].date or one[1]).split("/")[-1]):
        did = Text(event.category, style=STRONG)
        did.append(f" {event.mode}" if event.mode else "", style="not bold")
        did = stacked(did, Text(cameo_words(event.cameo), style=QUIET))
        status = standing(event)
        if not wide and status != "occurred":
            did = stacked(did, Text(status, style="italic"))
        to = (
            Text("each other", style=QUIET)
            if event.reciprocal and not event.recipients
            else parties(event.recipients, palette)
        )
        row = [days(event.date or published), parties(event.actors, palette), did, to]
        row += [Text(status)] if wide else []
        rows.append([*row, Text(line(outlet), style=QUIET)])
    return table(columns, rows, width, apart=True)


def _last_day(met: tuple[Record, Contact]) -> str:
    return str(met[1].date or met[0].report.published).split("/")[-1]


def _contacts(met: list[tuple[Record, Contact]], palette: Palette, width: int) -> Any:
    columns = [Column("When"), Column("What"), Column("Between", share=1.5), Column("Status"), Column("Told by")]
    rows = [
        [
            days(contact.date or str(record.report.published)),
            Text(contact.channel, style=STRONG),
            parties(contact.participants, palette),
            Text(contact.status),
            Text(line(record.report.publisher), style=QUIET),
        ]
        for record, contact in met
    ]
    return table(columns, rows, width, apart=True)


def _commitments(console: Console, promised: list[tuple[Record, Commitment]], palette: Palette) -> None:
    console.print(heading("Commitments", len(promised), "commitment"))
    surest = sorted(promised, key=lambda pair: (bool(pair[1].by and pair[1].to), pair[1].confidence), reverse=True)
    shown = sorted(surest[:PER_STORY], key=promised.index)
    _capped(console, len(shown), len(promised))
    told = [str(record.report.published) for record, _ in shown]
    console.print(commitments([entry for _, entry in shown], palette, console.width, told))


def _capped(console: Console, shown: int, known: int) -> None:
    if shown < known:
        _say(console, f"The {shown} surest.", quiet=True)


def _closing(console: Console, url: str, told: list[Story]) -> None:
    first = told[0].reports[0].id[:6]
    _part(console, "What to try next", "The record of the sample world is kept in an archive of its own:")
    # After `make demo` the command lies where no shell looks for it.
    found = () if which("dragoman") else ((f'export PATH="{Path(sys.executable).parent}:$PATH"', None),)
    tries = (
        *found,
        (f"export DRAGOMAN_ARCHIVE={url}", None),
        ("dragoman serve", "all of it in a browser"),
        ("dragoman list", "its reports"),
        ("dragoman search ambassador", "reports by their words"),
        (f"dragoman show {first}", "one report in full"),
        (f"dragoman explain {first}", "why each event is coded as it is"),
        ("dragoman dyad ALB MLT", "what two countries did to each other"),
        ("dragoman stories", "what happened, each happening once"),
        ("dragoman ledger --open", "what was promised and can still be kept"),
        ("dragoman export csv -o events.csv", "a table for your own work"),
    )
    wide = max(len(command) for command, what in tries if what)
    for command, what in tries:
        text = Text(f"  {command}")
        if what:
            text.append(" " * (wide - len(command) + 3) + what, style=QUIET)
        console.print(text, soft_wrap=True)
    console.print()
    _say(console, "And with reports of your own, in any archive you like:")
    console.print(Text("  dragoman read report.txt"))
    console.print(Text("  dragoman add reports/"))
    console.print()


def _part(console: Console, title: str, about: str) -> None:
    console.print()
    console.rule(Text(title.upper(), style=STRONG), style=QUIET, characters="━", align="left")
    _say(console, about, quiet=True)


def _say(console: Console, words: str, *, quiet: bool = False) -> None:
    console.print(Padding(Text(words, style=QUIET if quiet else ""), 0), width=min(console.width, 88))
