"""The rows of some reports as packed columns.

In: a connection, and the reports by their numbers. Out: groups of rows (`FORMS`), each with its columns as bytes, cut
from the archive's tables by rule: the same rows always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, select

from dragoman.archive import tables
from dragoman.archive.columns import Form, packed
from dragoman.archive.filters import ACTING, RECEIVING

ENTRIES: Mapping[str, Table] = {
    "actors": tables.actors,
    "events": tables.events,
    "contacts": tables.contacts,
    "statements": tables.statements,
    "commitments": tables.commitments,
}
_OWN: Mapping[str, Form] = {
    "name": "word", "kind": "word", "country": "word", "sector": "word", "category": "word", "mode": "word",
    "cameo": "word", "quad": "number", "intensity": "share", "status": "word", "channel": "word", "stance": "word",
    "background": "number", "reciprocal": "number", "day_from": "day", "day_to": "day", "place_name": "word",
    "place_country": "word", "contexts": "word", "confidence": "share", "visitor": "word", "host": "word",
}  # fmt: skip
_KIND = {letter: table.name for letter, table in tables.LETTERS.items()}


def _forms() -> dict[str, dict[str, Form]]:
    forms: dict[str, dict[str, Form]] = {
        "reports": {"number": "number", "id": "id", "published": "day", "publisher": "word"}
    }
    for kind, table in ENTRIES.items():
        own = {name: form for name, form in _OWN.items() if name in table.c}
        day: dict[str, Form] = {"day": "day"} if "day_from" in table.c else {}
        forms[kind] = {"report": "row", "ordinal": "number", **own, **day}
        if kind in ACTING:
            forms[f"{kind}.parties"] = {
                "entry": "row", "side": "word", "country": "word", "sector": "word", "name": "word",
            }  # fmt: skip
            forms[f"{kind}.countries"] = {"entry": "row", "country": "word"}
            forms[f"{kind}.dyads"] = {"entry": "row", "dyad": "word"}
    forms["events.moved"] = {"entry": "row", "report": "id", "ordinal": "number"}
    return forms


FORMS: Mapping[str, Mapping[str, Form]] = _forms()
"""All columns, by group of rows. `report` and `entry` number rows of the reports and the entries; `day` is the day an
entry stands at: of those it is dated to the one nearest to its report's. `countries` has each state that acts or is
acted on in an entry once, `dyads` each pair of states on two sides of it, in the order of the alphabet; `moved` has the
events that are known to be another one, by its report and place there."""
REFERS: Mapping[tuple[str, str], str] = {
    **{(kind, "report"): "reports" for kind in ENTRIES},
    **{(group, "entry"): group.partition(".")[0] for group in FORMS if "." in group},
}
"""Whose rows the columns of form `row` number."""


class Group(NamedTuple):
    """A group of rows, packed; `size` is how many there are."""

    size: int
    columns: dict[str, bytes]


class Cut:
    """The rows of the reports from one number to another; each table is read once, when first it is needed."""

    def __init__(self, connection: Connection, first: int, last: int) -> None:
        self._connection = connection
        self._between = tables.reports.c.number.between(first, last)
        self._of_kind: dict[str, Sequence[Any]] = {}

    def group(self, name: str) -> Group:
        """A group of rows, packed."""
        kind, _, part = name.partition(".")
        made: dict[str, Any] = {
            "": self._own,
            "parties": self._with_parties,
            "countries": self._countries,
            "dyads": self._dyads,
            "moved": self._moved,
        }
        rows = list(made[part](kind))
        forms = FORMS[name]
        values: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(forms)
        return Group(len(rows), {n: packed(forms[n], one) for n, one in zip(forms, values, strict=True)})

    @cached_property
    def _reports(self) -> Sequence[Any]:
        report = tables.reports.c
        named = [report[name] for name in FORMS["reports"]]
        return self._connection.execute(select(*named).where(self._between).order_by(report.number)).all()

    @cached_property
    def _place_of_report(self) -> dict[str, int]:
        return {row.id: place for place, row in enumerate(self._reports)}

    def _rows(self, kind: str) -> Sequence[Any]:
        """The rows of a table of entries, report by report."""
        if kind not in self._of_kind:
            table, report = ENTRIES[kind], tables.reports.c
            query = (
                select(table, report.published)
                .join(tables.reports, report.id == table.c.report_id)
                .where(self._between)
                .order_by(report.number, table.c.ordinal)
            )
            self._of_kind[kind] = self._connection.execute(query).all()
        return self._of_kind[kind]

    @cached_property
    def _parties(self) -> dict[str, list[Any]]:
        """Who stands in the entries, by kind of entry; each with the place of its entry's row."""
        party, report = tables.parties.c, tables.reports.c
        query = (
            select(party.entry, party.side, party.ordinal, party.country, party.sector, party.name)
            .join(tables.reports, report.id == party.report_id)
            .where(self._between)
            .order_by(report.number, party.entry, party.side, party.ordinal)
        )
        by_kind: dict[str, list[Any]] = {kind: [] for kind in ACTING}
        for row in self._connection.execute(query):
            by_kind[_KIND[row.entry[17]]].append(row)
        return by_kind

    def _own(self, kind: str) -> Iterator[tuple[Any, ...]]:
        if kind == "reports":
            yield from (tuple(row) for row in self._reports)
            return
        names = list(FORMS[kind])
        own = [name for name in names if name not in ("report", "day")]
        place = self._place_of_report
        for row in self._rows(kind):
            values = (place[row.report_id], *(getattr(row, name) for name in own))
            yield (*values, _placed(row)) if "day" in names else values

    def _with_parties(self, kind: str) -> Iterator[tuple[Any, ...]]:
        place = {row.id: number for number, row in enumerate(self._rows(kind))}
        for row in self._parties[kind]:
            yield (place[row.entry], row.side, row.country, row.sector, row.name)

    def _countries(self, kind: str) -> Iterator[tuple[int, str]]:
        both = {*ACTING[kind], *RECEIVING[kind]}
        there = {(number, side, country) for number, side, country, *_ in self._with_parties(kind) if country}
        yield from sorted({(number, country) for number, side, country in there if side in both})

    def _dyads(self, kind: str) -> Iterator[tuple[int, str]]:
        acting, receiving = ACTING[kind], RECEIVING[kind]
        both = {*acting, *receiving}
        rows = self._rows(kind)
        stands: dict[int, list[tuple[str, str]]] = {}
        for number, side, country, *_ in self._with_parties(kind):
            if country and side in both:
                stands.setdefault(number, []).append((side, country))
        for number in sorted(stands):
            mutual = kind == "events" and rows[number].reciprocal
            first, second = (both, both) if mutual else (acting, receiving)
            here = list(enumerate(stands[number]))
            pairs = {
                "-".join(sorted((one, other)))
                for a, (side, one) in here
                if side in first
                for b, (opposite, other) in here
                if a != b and opposite in second
            }
            yield from ((number, pair) for pair in sorted(pairs))

    def _moved(self, kind: str) -> Iterator[tuple[int, str, int]]:
        for number, row in enumerate(self._rows(kind)):
            if row.event_id != row.id:
                report_id, _, place = row.event_id.partition("-")
                yield number, report_id, int(place[1:])


def _placed(row: Any) -> str | None:
    """The day an entry stands at."""
    if row.published is None or row.day_from is None:
        day: str | None = row.day_from
        return day
    return str(min(max(row.published, row.day_from), row.day_to))
