"""Why each code: the sentence, the codebook's line, the reasons with their weights, the runner-up, status and date.

In: a `Record` and which of its events. Out: the same facts for a terminal or as lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.knowledge.codebook import codebook
from dragoman.record.entries import Event, Reason, Record
from dragoman.record.ids import entry_id
from dragoman.terminal.marked import sentence
from dragoman.terminal.palette import QUIET, STRONG, Palette
from dragoman.terminal.plain import joined
from dragoman.terminal.tables import parties
from dragoman.terminal.view import TEXT_WIDTH, head
from dragoman.terminal.wording import cameo_words, code, day, line, names, standing

_BASIS = {
    "stated": "the day is stated",
    "relative": "reckoned from the words, such as “on Monday”, and the day of publication",
    "published": "no day is stated; the day of publication stands in",
    "unknown": "not known",
}


@dataclass(slots=True)
class _Sorted:
    """An event's reasons by what they are about."""

    codebook: list[Reason] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    runner_up: list[Reason] = field(default_factory=list)
    status: list[Reason] = field(default_factory=list)


def explain(console: Console, record: Record, numbers: Iterable[int]) -> None:
    """Print why these events (counted from 1) are coded as they are."""
    palette = Palette(record)
    console.rule(style=QUIET, characters="─")
    if record.report.title:
        console.print(Text(line(record.report.title), style=STRONG))
    console.print(head(record.report))
    for number in numbers:
        _explain(console, record, number, palette)
    console.print()


def explained(record: Record, numbers: Iterable[int]) -> Iterator[str]:
    """The same as lines: event id, what it is about, weight, fact."""
    for number in numbers:
        event = record.events[number - 1]
        key = entry_id(record.report.id, "events", number - 1)
        coded = " ".join(filter(None, (code(event), event.cameo, cameo_words(event.cameo))))
        who = names(event.actors) or "nobody named"
        yield joined(key, "code", f"{event.confidence:.2f}", f"{coded}: {who} > {names(event.recipients)}")
        yield joined(key, "trigger", None, event.trigger.text)
        yield joined(key, "evidence", None, event.evidence.text)
        for label, reasons in facts_of(event):
            for reason in reasons:
                yield joined(key, label.lower(), _weight(reason) or None, reason.fact)


def _explain(console: Console, record: Record, number: int, palette: Palette) -> None:
    event = record.events[number - 1]
    title = Text.assemble((f"\n[{number}] ", QUIET), (event.category, STRONG))
    title.append(f" {event.mode}" if event.mode else "")
    if event.cameo:
        title.append(f"  {event.cameo} {cameo_words(event.cameo)}", style=QUIET)
    title.append(f"  {event.confidence:.0%} sure", style=QUIET)
    console.print(title)
    who, whom = parties(event.actors, palette), parties(event.recipients, palette)
    if who.plain or whom.plain:
        nobody = Text("nobody named", style=QUIET)
        console.print(
            Padding(Text(" → ").join([who if who.plain else nobody, *([whom] if whom.plain else [])]), (0, 0, 0, 4))
        )
    width = min(console.width, TEXT_WIDTH)
    console.print(Padding(sentence(record, event, palette), (1, 2, 1, 4)), width=width)
    facts = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    facts.add_column(width=9, style=QUIET)
    facts.add_column(width=5, justify="right")
    facts.add_column(width=width - 4 - 9 - 5 - 4, overflow="fold")
    for label, reasons in facts_of(event):
        for place, reason in enumerate(reasons):
            said = line(reason.fact).removeprefix("runner-up: ") if label == "Runner-up" else line(reason.fact)
            facts.add_row("" if place else label, _weight(reason), Text(said))
    console.print(Padding(facts, (0, 0, 0, 4)))


def facts_of(event: Event) -> list[tuple[str, list[Reason]]]:
    """What there is to say, in the order of reading."""
    found = _Sorted()
    for reason in event.reasons:
        fact = reason.fact.lower()
        if reason.fact.startswith(f"{event.category}:"):
            found.codebook.append(reason)
        elif "runner-up" in fact or "runner up" in fact:
            found.runner_up.append(reason)
        elif fact.startswith(("status", "older than the news", "on the word of")):
            found.status.append(reason)
        else:
            found.reasons.append(reason)
    modes = codebook().modes.get(event.category, {})
    book = found.codebook or [Reason(fact=codebook().line(event.category, event.mode if event.mode in modes else None))]
    usual = "" if found.status else ": the words say nothing else"
    basis = f"{day(event.date)}: {_BASIS[event.date_basis]}" if event.date else _BASIS[event.date_basis]
    told = [
        ("Codebook", book),
        ("Reasons", found.reasons or [Reason(fact="none are given")]),
        ("Runner-up", found.runner_up),
        ("Status", [Reason(fact=standing(event) + usual), *found.status]),
        ("Date", [Reason(fact=basis)]),
    ]
    return [(label, reasons) for label, reasons in told if reasons]


def _weight(reason: Reason) -> str:
    return f"{reason.weight:+.2f}" if reason.weight else ""
