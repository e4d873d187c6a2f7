"""The command line: what the user asked for, handed on; thin.

Each command gathers its options, opens what it needs and passes it to `terminal`, the archive or the exporter. Heavy
rooms are loaded by the commands that need them: only those that read load a language model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli_archive import archive as archive_commands
from dragoman.cli_count import count
from dragoman.cli_exports import export, import_
from dragoman.cli_judge import audit, judge
from dragoman.cli_knowledge import knowledge
from dragoman.cli_ledger import ledger
from dragoman.cli_opening import asked_of as _asked
from dragoman.cli_opening import open_archive as _archive
from dragoman.cli_opening import reader_of as _reader
from dragoman.cli_serve import serve
from dragoman.cli_stories import stories
from dragoman.cli_synthesize import synthesize
from dragoman.terminal.guard import FAILED, Guarded, Kept, complain
from dragoman.terminal.options import (
    Actor,
    AnyState,
    Cameo,
    Category,
    ContactDay,
    Contexts,
    Dyad,
    Format,
    From,
    Limit,
    MinConfidence,
    Mode,
    Name,
    OnDay,
    OtherState,
    Person,
    PlaceName,
    Published,
    Publisher,
    Quad,
    Recipient,
    Sector,
    Since,
    Sources,
    Speaker,
    State,
    Status,
    To,
    Until,
    Url,
    Words,
    filters,
)  # fmt: skip

if TYPE_CHECKING:
    from dragoman.archive import Archive
    from dragoman.record.entries import Record
    from dragoman.terminal.pair import Pair
    from dragoman.terminal.taking import Taking

app = typer.Typer(
    cls=Guarded,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.add_typer(knowledge, name="knowledge")
app.add_typer(ledger, name="ledger")
app.add_typer(stories, name="stories")
app.add_typer(audit, name="audit")
app.add_typer(archive_commands, name="archive")


@app.callback()
def _dragoman() -> None:
    """Dragoman reads news reports on diplomacy into a record: who did what to whom, when, where, on whose word.

    \b
    Begin with:  dragoman demo
    """


@app.command()
def read(sources: Sources, published: Published = None, form: Format = None) -> None:
    """Read reports and print what they tell.

    Nothing is stored.

    \b
    Example:  dragoman read report.txt --date 2024-06-01
              curl -s https://example.org/report | dragoman read - --format jsonl
    """
    from dragoman.terminal.printing import print_records
    from dragoman.terminal.screen import form_of

    with _taking(published) as (taking, stop):
        try:
            print_records(_told(taking.records(taking.reports(sources), _reader), stop), form_of(form))
        except KeyboardInterrupt:
            raise Kept("Interrupted. What is printed above is whole; nothing was stored.") from None
    _end(taking)


@app.command()
def add(sources: Sources, published: Published = None, archive: Url = None) -> None:
    """Read reports into the archive.

    Reports that are there already are passed over, so that it resumes where it stopped.

    \b
    Example:  dragoman add reports/ --archive sqlite:///record.db
    """
    from dragoman.terminal.taking import number_of_reports
    from dragoman.terminal.wording import counted

    added = already = 0
    with _archive(archive, read_only=False) as opened, _taking(published, number_of_reports(sources)) as (taking, _):
        try:
            # The archive is asked as each report is read, so that what one told is known to the next.
            for record in taking.records(taking.reports(sources, opened.has), lambda: _reader(opened.who)):
                outcome = opened.add([record])
                added, already = added + outcome.added, already + outcome.already_there
        except KeyboardInterrupt:
            raise Kept(
                f"Interrupted. {counted(added, 'report')} added, and kept; the same command again goes on from here."
            ) from None
    print(f"{added} added, {already + taking.skipped} already there, {taking.refused} refused")
    _end(taking)


@app.command(name="list")
def list_(
    dyad: Dyad = None, actor: Actor = None, recipient: Recipient = None, state: AnyState = None,
    sector: Sector = None, name: Person = None, speaker: Speaker = None, place: PlaceName = None,
    contexts: Contexts = None,
    category: Category = None, mode: Mode = None, cameo: Cameo = None, quad: Quad = None,
    status: Status = None, since: Since = None, until: Until = None, publisher: Publisher = None,
    min_confidence: MinConfidence = None, limit: Limit = None, archive: Url = None, form: Format = None,
) -> None:  # fmt: skip
    """List the archive's reports.

    With how many events, contacts and commitments each tells.

    \b
    Example:  dragoman list --dyad IRN-QAT --since 2024-01-01
    """
    from dragoman.terminal import plain, shelf
    from dragoman.terminal.printing import print_rows
    from dragoman.terminal.screen import form_of

    asked = filters(locals())
    with _archive(archive) as opened:
        rows = _asked(lambda: opened.reports(**asked))
        print_rows(rows, shelf.show_reports, plain.report_line, shelf.report_data, form_of(form))


@app.command()
def show(
    report: Annotated[
        str, typer.Argument(metavar="ID", help="A report's id, or the first four or more characters of it.")
    ],
    archive: Url = None,
    form: Format = None,
) -> None:
    """Show one report of the archive, as read does.

    \b
    Example:  dragoman show 3f9a
    """
    from dragoman.terminal.printing import print_records
    from dragoman.terminal.screen import form_of

    with _archive(archive) as opened:
        print_records([opened.record(opened.find(report))], form_of(form))


@app.command()
def dyad(
    one: State, other: OtherState, since: From = None, until: To = None, archive: Url = None, form: Format = None
) -> None:
    """Tell what passed between two states, in one timeline.

    Contacts, events, statements of one about or to the other, and commitments, the newest last; above them, by month,
    mean and sum of PLOVER intensity. Background and what is denied, supposed or only asked for does not count there.

    \b
    Example:  dragoman dyad IRN QAT --from 2024-01-01 --to 2024-12-31
              dragoman dyad "Saudi Arabia" Yemen --format jsonl
    """
    from dragoman.terminal import dyad as printed
    from dragoman.terminal.screen import form_of

    pair = _pair(one, other, since, until)
    with _archive(archive) as opened:
        found = opened.dyad(pair.one.code, pair.other.code, since, until)
        if not len(found.timeline):
            complain(printed.nothing(pair, since, until, opened.where, opened.partners(pair.one.code)))
            raise typer.Exit(FAILED)
        printed.print_dyad(found, pair, form_of(form))


@app.command()
def readouts(
    one: State,
    other: OtherState,
    on: ContactDay = None,
    since: From = None,
    until: To = None,
    archive: Url = None,
    form: Format = None,
) -> None:
    """Compare what two sides tell of one contact.

    A call, meeting or letter between two states that reports of both sides tell, or else two outlets: what both tell,
    and what each leaves out, with the reasons why two things are taken for one.

    \b
    Example:  dragoman readouts IRN QAT --date 2024-06-02
    """
    from dragoman.terminal import readouts as printed
    from dragoman.terminal.screen import form_of

    if on and (since or until):
        raise typer.BadParameter("--date asks for one day; leave out --from and --to.")
    since, until = on or since, on or until
    pair = _pair(one, other, since, until)
    with _archive(archive) as opened:
        told = opened.readouts(pair.one.code, pair.other.code, since=since, until=until)
        first = next(told, None)
        if first is None:
            contacts = opened.dyad(pair.one.code, pair.other.code, since, until).kinds.get("contact", 0)
            others = list(islice(opened.readouts(pair.one.code, pair.other.code), 5)) if since or until else []
            complain(printed.nothing(pair, since, until, opened.where, contacts, others))
            raise typer.Exit(FAILED)
        printed.print_readouts(chain((first,), told), pair, form_of(form))


@app.command()
def search(
    words: Words,
    meaning: Annotated[bool, typer.Option("--meaning", help="By what is meant, whatever the words.")] = False,
    dyad: Dyad = None, actor: Actor = None, recipient: Recipient = None, state: AnyState = None,
    sector: Sector = None, name: Person = None, speaker: Speaker = None, place: PlaceName = None,
    contexts: Contexts = None,
    category: Category = None, mode: Mode = None, cameo: Cameo = None, quad: Quad = None,
    status: Status = None, since: Since = None, until: Until = None, publisher: Publisher = None,
    min_confidence: MinConfidence = None, limit: Limit = None, archive: Url = None, form: Format = None,
) -> None:  # fmt: skip
    """Search the archive's reports by their words, or by meaning.

    \b
    Example:  dragoman search ambassador summoned --since 2024-01-01
              dragoman search --meaning "minister apologises for shooting"
    """
    from dragoman.terminal import plain, shelf
    from dragoman.terminal.printing import print_rows
    from dragoman.terminal.screen import form_of

    asked = filters(locals())
    if meaning:
        with _archive(archive) as opened:
            rows = _asked(lambda: opened.like(_vector(" ".join(words)), **asked))
            print_rows(rows, shelf.show_hits, plain.hit_line, shelf.hit_data, form_of(form))
        return
    # A word with a space in it was quoted in the shell, and is meant as a phrase.
    phrase = " ".join(f'"{word}"' if " " in word and '"' not in word and len(words) > 1 else word for word in words)
    with _archive(archive) as opened:
        rows = _asked(lambda: opened.search(phrase, **asked))
        print_rows(rows, shelf.show_hits, plain.hit_line, shelf.hit_data, form_of(form))


app.command()(count)


@app.command()
def explain(
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="Id in the archive (or its beginning), file or web address.")
    ],
    event: Annotated[
        int | None, typer.Argument(min=1, metavar="[EVENT]", help="Number of the event; all by default.")
    ] = None,
    published: Published = None,
    archive: Url = None,
) -> None:
    """Tell why each event is coded as it is.

    With the words underlined, the codebook's line and the reasons.

    \b
    Example:  dragoman explain 3f9a 2
              dragoman explain report.txt
    """
    from dragoman.terminal import reasons, screen

    out, shown = screen.screen(), screen.form_of(None)
    failed: Taking | None = None
    if report == "-" or "://" in report or Path(report).exists():
        with _taking(published) as (failed, _):
            records = list(failed.records(failed.reports([report]), _reader))
    else:
        with _archive(archive) as opened:
            records = [opened.record(opened.find(report))]
    for record in records:
        told = len(record.events)
        if event is not None and event > told:
            raise typer.BadParameter(f"there is no event {event} in report {record.report.id}; it tells {told}.")
        numbers = range(1, told + 1) if event is None else range(event, event + 1)
        if shown == "table":
            reasons.explain(out, record, numbers)
        else:
            for text in reasons.explained(record, numbers):
                screen.put(text)
        if not told:
            complain(f"Report {record.report.id} tells no event in words that support a code.")
    _end(failed)


@app.command()
def who(name: Name, on: OnDay = None, archive: Url = None, form: Format = None) -> None:
    """Tell who somebody is, by the files and by what the archive's reports told.

    With days, outlets and the exact words; what does not agree stands side by side.

    \b
    Example:  dragoman who Amir-Abdollahian --date 2024-06-01
              dragoman who "foreign minister of Qatar"
    """
    from dragoman.knowledge.world import world
    from dragoman.settings import settings
    from dragoman.terminal.printing import print_rows
    from dragoman.terminal.screen import form_of
    from dragoman.terminal.who import answered

    day = date.fromisoformat(on) if on else datetime.now(UTC).date()
    with _archive_if_any(archive) as opened:
        told = opened.who if opened is not None else None
        question, profiles = answered(" ".join(name), day, world(settings().own_knowledge), told)
        print_rows(profiles, question.show, question.lines, question.data, form_of(form))
        if not profiles:
            complain(question.nothing(opened.where if opened is not None else None))
            raise typer.Exit(FAILED)


app.command()(serve)
app.command()(judge)
app.command()(export)
app.command()(synthesize)
app.command(name="import")(import_)


@app.command()
def demo(archive: Url = None) -> None:
    """Show what Dragoman does, on its own example reports.

    They are read into an archive of their own; yours is not touched.

    \b
    Example:  dragoman demo
    """
    from dragoman.demo import run
    from dragoman.terminal.screen import screen

    run(screen(), _reader, archive)


def main() -> None:
    """Run the command line."""
    from dragoman.terminal.screen import utf8

    utf8()
    app(prog_name="dragoman")


def _vector(words: str) -> Any:
    from dragoman.meaning import Sentences

    return Sentences()([words])[0]


@contextmanager
def _archive_if_any(url: str | None) -> Iterator[Archive | None]:
    """The archive; None where none is named and there is none yet in the usual place."""
    from dragoman.archive import is_there
    from dragoman.settings import settings

    if url or settings().archive or is_there():
        with _archive(url) as opened:
            yield opened
    else:
        yield None


@contextmanager
def _taking(published: str | None, total: int | None = None) -> Iterator[tuple[Taking, Callable[[], None]]]:
    """What takes reports in, and a way to take its bar off the terminal."""
    from dragoman.settings import settings
    from dragoman.terminal.progress import Meter
    from dragoman.terminal.taking import Taking

    options = settings().intake(date.fromisoformat(published) if published else None)
    with Meter("Looking", total=total) as meter:
        yield Taking(options, meter), meter.stop


def _told(records: Iterable[Record], stop: Callable[[], None]) -> Iterator[Record]:
    """Records on their way to the screen; the bar goes before the first, where both share a terminal."""
    from dragoman.terminal.screen import on_terminal

    shared = on_terminal()
    for record in records:
        if shared:
            stop()
        yield record


def _end(taking: Taking | None) -> None:
    """Exit with 1 when something could not be read."""
    if taking is not None and taking.refused:
        raise typer.Exit(FAILED)


def _pair(one: str, other: str, since: str | None, until: str | None) -> Pair:
    """Two states by codes or names, yours among them, and days in their order."""
    from dragoman.knowledge.world import world
    from dragoman.settings import settings
    from dragoman.terminal.pair import pair_of

    if since and until and since > until:
        raise typer.BadParameter(f"the first day, {since}, is later than the last, {until}.")
    return pair_of(one, other, world(settings().own_knowledge))


if __name__ == "__main__":
    main()
