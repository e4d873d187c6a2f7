"""The command line's options: their names, their help, and what they are checked for.

Shared by the commands, so that a filter means the same wherever it stands.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dragoman.archive.filters import Filters


class Printed(StrEnum):
    """Forms of output that can be asked for."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


class What(StrEnum):
    """Kinds of entries that can be exported."""

    events = "events"
    contacts = "contacts"
    statements = "statements"
    commitments = "commitments"
    mentions = "mentions"


class Unit(StrEnum):
    """What a row of an export in another system's layout stands for."""

    event = "event"
    report = "report"


class Source(StrEnum):
    """Whose events are exported."""

    own = "own"
    imported = "imported"
    all = "all"


def _day(value: str | None) -> str | None:
    """A day as ISO has it, checked."""
    try:
        if value is not None:
            return date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no day; write it as 2024-06-01.") from None
    return None


def _named(value: list[str]) -> list[str]:
    """Words of which one at least has a letter."""
    if not any(c.isalpha() for word in value for c in word):
        raise typer.BadParameter("name somebody, or an office and whose it is.")
    return value


Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE...", help="File, folder, web address, or - for standard input.")
]
Url = Annotated[
    str | None,
    typer.Option(
        "--archive",
        metavar="URL",
        help="Where the archive lies, such as sqlite:///record.db; a file in your data folder by default.",
    ),
]
Format = Annotated[
    Printed | None, typer.Option("--format", help="Tables on a terminal and plain lines in a pipe by default.")
]
Published = Annotated[
    str | None,
    typer.Option(
        "--date", callback=_day, metavar="D", help="Day of publication (2024-06-01) of reports that name none."
    ),
]
Dyad = Annotated[str | None, typer.Option(metavar="AAA-BBB", help="Both sides, in either direction: IRN-QAT.")]
Actor = Annotated[str | None, typer.Option(metavar="AAA", help="Country of who acts, speaks or promises: IRN.")]
Recipient = Annotated[str | None, typer.Option(metavar="AAA", help="Country of who is acted on or spoken to.")]
Category = Annotated[str | None, typer.Option(metavar="NAME", help="PLOVER category: ACCUSE.")]
Status = Annotated[str | None, typer.Option(metavar="NAME", help="How far it came: occurred, planned, requested ...")]
AnyState = Annotated[
    str | None, typer.Option("--state", metavar="AAA", help="A state that stands in it, on whatever side.")
]
Sector = Annotated[str | None, typer.Option(metavar="AAA", help="PLOVER sector of a party: GOV, MIL, REB.")]
Person = Annotated[str | None, typer.Option("--name", metavar="NAME", help="A party by name, or part of it.")]
Speaker = Annotated[str | None, typer.Option(metavar="WHO", help="On whose word: country code or name.")]
PlaceName = Annotated[str | None, typer.Option("--place", metavar="WHERE", help="A place, or a country's code.")]
Contexts = Annotated[str | None, typer.Option("--context", metavar="NAME", help="PLOVER context: territory.")]
Mode = Annotated[str | None, typer.Option(metavar="NAME", help="PLOVER mode: disapprove.")]
Cameo = Annotated[str | None, typer.Option(metavar="CODE", help="CAMEO code and all below it: 03.")]
Quad = Annotated[int | None, typer.Option(min=1, max=4, metavar="N", help="Quad class, 1 to 4.")]
Judged = Annotated[
    str | None,
    typer.Option(metavar="HOW", help="By judgements: follow, right, wrong, unsure, any, none."),
]
Since = Annotated[str | None, typer.Option(callback=_day, metavar="DAY", help="First day: 2024-06-01.")]
Until = Annotated[str | None, typer.Option(callback=_day, metavar="DAY", help="Last day.")]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Outlet, as the report names it.")]
MinConfidence = Annotated[float | None, typer.Option(min=0, max=1, metavar="P", help="At least this sure: 0.8.")]
Words = Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words that all must occur, in any order.")]
Name = Annotated[
    list[str],
    typer.Argument(metavar="NAME...", callback=_named, help="A name or surname, or an office and whose it is."),
]
OnDay = Annotated[
    str | None,
    typer.Option("--date", callback=_day, metavar="D", help="The day asked about (2024-06-01); today by default."),
]
State = Annotated[str, typer.Argument(metavar="STATE", help='A state, by code or name: IRN, iran, "Saudi Arabia".')]
OtherState = Annotated[str, typer.Argument(metavar="STATE", help="The other one.")]
From = Annotated[
    str | None, typer.Option("--from", "--since", callback=_day, metavar="DAY", help="First day: 2024-01-01.")
]
To = Annotated[str | None, typer.Option("--to", "--until", callback=_day, metavar="DAY", help="Last day: 2024-12-31.")]
ContactDay = Annotated[
    str | None,
    typer.Option("--date", callback=_day, metavar="D", help="Day of the contact (2024-06-01), as either side has it."),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; standard output by default.")
]
Limit = Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many.")]

_FILTERS = (
    "dyad",
    "actor",
    "recipient",
    "state",
    "sector",
    "name",
    "speaker",
    "place",
    "contexts",
    "category",
    "mode",
    "cameo",
    "quad",
    "status",
    "since",
    "until",
    "publisher",
    "min_confidence",
    "judged",
    "limit",
)


def filters(given: dict[str, Any]) -> Filters:
    """The filters that were given, out of a command's arguments."""
    asked: Filters = {name: given[name] for name in _FILTERS if given.get(name) is not None}  # type: ignore[assignment]
    return asked
