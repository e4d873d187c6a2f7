"""PETRARCH2's event lines: tab-separated, no header, of varying length.

In: passages. Out: lines. A report gives one line for each day, source, target and code, with the sentences that tell
it, as PETRARCH2 does; so rows are always tellings, not events. The day is the report's. A line needs codes on both
sides; without an address the address's column is absent, not blank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from dragoman.archive.passages import Passage
from dragoman.exports import tabs
from dragoman.exports.layouts import Column, Layout
from dragoman.exports.sentences import sentence_number
from dragoman.exports.sides import Kept, Needs, Told, actor_code, has_cameo, pairs

LAYOUT = Layout(
    "petrarch2",
    (
        Column("date", "day of the report, YYYYMMDD"),
        Column("source", "CAMEO actor code; countries are ISO 3166-1 alpha-3"),
        Column("target", "CAMEO actor code"),
        Column("code", "CAMEO code, text"),
        Column("issues", "PLOVER contexts in capitals with how often, NAME,1;NAME,1"),
        Column("ids", "report and sentence, report_3, parted by ;"),
        Column("url", "address of the report; absent where it has none"),
        Column("story_source", "outlet, NULL without one"),
    ),
    header=False,
)
NEEDS: Needs = {"no CAMEO code": has_cameo, "report without a day": lambda passage: passage.published is not None}
NO_DYAD = "no actor code on both sides"


@dataclass(slots=True)
class Line:
    """What becomes one line."""

    first: Told
    ids: list[str] = field(default_factory=list)
    issues: Counter[str] = field(default_factory=Counter)
    told: list[Told] = field(default_factory=list)


def coded(kept: Kept, told: Told) -> tuple[str, str] | None:
    """The codes of both sides; None, counted, where one has none."""
    source = actor_code(told.source.actor) if told.source else None
    target = actor_code(told.target.actor) if told.target else None
    if source and target:
        return source, target
    kept.leave(NO_DYAD)
    return None


def sentence_id(told: Told) -> str:
    """Report and sentence."""
    report = told.passage.around.report
    return f"{report.id}_{sentence_number(report.text, told.event.trigger.start)}"


def lines(passages: Iterable[Passage], kept: Kept) -> Iterator[tuple[str, list[Told]]]:
    """Each line, and the tellings it stands for."""
    chosen = (passage for passage, _ in kept(passages))
    for _, of_report in groupby(chosen, key=lambda passage: passage.report_id):
        found: dict[tuple[str, str, str], Line] = {}
        for passage in of_report:
            for told in pairs(passage):
                if (both := coded(kept, told)) is None:
                    continue
                line = found.setdefault((*both, str(told.event.cameo)), Line(told))
                line.told.append(told)
                line.issues.update(context.upper() for context in told.event.contexts)
                if (number := sentence_id(told)) not in line.ids:
                    line.ids.append(number)
        for (source, target, code), line in found.items():
            yield _written(source, target, code, line), line.told


def issues(counted: Counter[str]) -> str:
    """Contexts with how often."""
    return ";".join(f"{name},{number}" for name, number in counted.items())


def _written(source: str, target: str, code: str, line: Line) -> str:
    passage = line.first.passage
    url = [tabs.cell(passage.url)] if passage.url else []
    day = f"{passage.published:%Y%m%d}"
    outlet = tabs.cell(passage.publisher, "NULL")
    return tabs.line([day, source, target, code, issues(line.issues), ";".join(line.ids), *url, outlet])
