"""Full text in PostgreSQL: the same words found as in SQLite, the best first by PostgreSQL's own measure.

In: words and phrases, checked (see `searching`). Out: hits. The index is `reports.words`, made by the first migration;
a title's words count four times as much as the text's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    any_,
    cast,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from dragoman.archive import snippets, tables
from dragoman.archive.phrases import phrases_of
from dragoman.archive.rows import Hit

if TYPE_CHECKING:
    from dragoman.archive.columns import Array

_MOST_KNOWN = 100_000
_known: dict[str, str] = {}
"""Stems that were asked for: all archives have the same dictionary, which their first migration makes."""
LOOKED_AT = 4000
"""Reports that are looked at one by one before the index is asked."""
_MARGIN = 1.3
"""How much further is looked than should be enough."""
_WORDS: Any = literal_column("reports.words")
_RULES: Any = literal_column("'dragoman'::regconfig")
_WEIGHTS: Any = literal_column("'{0.25, 0.25, 0.25, 1.0}'::float4[]")
_BY_LENGTH = 1


class PostgresWords:
    """The index `reports.words`; see `searching.Words`."""

    def newest(
        self, connection: Connection, expression: str, *, below: int, allowed: Array | None, most: int
    ) -> list[int]:
        """Numbers of reports that match, the highest first."""
        return [number for number, _ in _found(connection, expression, below, allowed, most, weigh=False)]

    def fitting(
        self, connection: Connection, expression: str, *, below: int, allowed: Array | None, most: int
    ) -> dict[int, float]:
        """The same, each with how well it fits."""
        return dict(_found(connection, expression, below, allowed, most, weigh=True))

    def shown(self, connection: Connection, expression: str, scores: Mapping[int, float]) -> dict[int, Hit]:
        """Hits for these reports."""
        report = tables.reports.c
        columns = (report.number, report.id, report.title, report.url, report.publisher, report.published, report.text)
        rows = connection.execute(select(*columns).where(report.number.in_(scores))).all()
        cut = _cut(connection, rows, phrases_of(expression)) if rows else {}
        return {
            row.number: Hit(
                report_id=row.id,
                title=row.title,
                url=row.url,
                publisher=row.publisher,
                published=date.fromisoformat(row.published) if row.published else None,
                snippet=cut[row.number].text,
                marks=cut[row.number].marks,
                score=scores[row.number],
            )
            for row in rows
        }


def _found(
    connection: Connection, expression: str, below: int, allowed: Array | None, most: int, *, weigh: bool
) -> list[tuple[int, float]]:
    """Reports that match with how well each fits (0 where that is not asked for), the highest number first."""
    number = tables.reports.c.number
    query = _query(connection, expression)
    if query is None:
        return []

    def weight(words: Any) -> ColumnElement[float]:
        return func.ts_rank(_WEIGHTS, words, query, _BY_LENGTH) if weigh else literal(0.0)

    matching = select(number, weight(_WORDS)).where(_WORDS.op("@@")(query)).order_by(number.desc())
    # First among the last that may be meant, which are looked at one by one: of a common word that is enough. A rare
    # one is looked up in the index, which cannot tell the last from the rest: only as far back as should be needed.
    if allowed is None:
        recent = select(number).where(number < below).order_by(number.desc()).offset(LOOKED_AT).limit(1)
        edge = connection.execute(recent).scalar()
        found = _pairs(connection, matching.where(number < below, number > (edge or 0)).limit(most))
        often = len(found) / LOOKED_AT
        while edge and len(found) < most:
            back = int(_MARGIN * (most - len(found)) / often) if often else edge
            between = matching.where(number <= edge, number > edge - back).limit(most - len(found))
            found += _by_index(connection, between)
            # Where that was not enough, all the rest.
            edge, often = max(0, edge - back), 0.0
        return found
    may = allowed[allowed < below]
    few = may[-LOOKED_AT:].tolist()
    # Kept from the index, which would be asked for all that match.
    one_by_one = select(number).where(number == any_(literal(few, ARRAY(Integer))))
    there = one_by_one.add_columns(_WORDS.label("words")).cte("there").prefix_with("MATERIALIZED")
    held: Any = literal_column("there.words")
    chosen = select(there.c.number, weight(held)).where(held.op("@@")(query)).order_by(there.c.number.desc())
    found = _pairs(connection, chosen.limit(most))
    if len(found) == most or len(few) == len(may):
        return found
    through = set(may.tolist())
    every = _by_index(connection, matching.with_only_columns(number, literal(0.0)))
    chosen_of_all = [one for one, _ in every if one in through][:most]
    return _pairs(connection, matching.where(number.in_(chosen_of_all)))


def _pairs(connection: Connection, query: Select[Any]) -> list[tuple[int, float]]:
    return [(number, weight) for number, weight in connection.execute(query).all()]


def _by_index(connection: Connection, matching: Select[Any]) -> list[tuple[int, float]]:
    """Reports that match, by the indexes of words and of numbers together.

    The planner takes words for rarer or more frequent than they are, and then goes through the table row by row, which
    takes ten times as long.
    """
    ways = ("enable_indexscan", "enable_seqscan")
    connection.execute(select(*(func.set_config(way, "off", True) for way in ways)))
    found = _pairs(connection, matching)
    connection.execute(select(*(func.set_config(way, "on", True) for way in ways)))
    return found


def _query(connection: Connection, expression: str) -> ColumnElement[Any] | None:
    """What to look for, as the server writes it: read once, it is a constant to the planner.

    None when part of it is no word to the server and so stands nowhere: ``½``.
    """
    parts = [func.phraseto_tsquery(_RULES, func.dragoman_plain(phrase)) for phrase in phrases_of(expression)]
    read = connection.execute(select(*(cast(part, String) for part in parts))).one()
    return cast(literal(" & ".join(f"({part})" for part in read)), TSQUERY) if all(read) else None


def _cut(connection: Connection, rows: Sequence[Any], phrases: Sequence[str]) -> dict[int, snippets.Stretch]:
    """The stretch that shows best, by report number; of title and text the one that has more of what was asked for."""
    told = {(row.number, name): snippets.words(getattr(row, name) or "") for row in rows for name in ("text", "title")}
    wanted = [[word.plain for word in snippets.words(phrase)] for phrase in phrases]
    every = {word.plain for found in told.values() for word in found} | {word for phrase in wanted for word in phrase}
    stems = _stems(connection, {word for word in every if len(word) > 2})
    asked = [[stems.get(word, word) for word in phrase] for phrase in wanted]
    cut = {}
    for row in rows:
        text, title = (
            snippets.stretch(getattr(row, name) or "", told[row.number, name], stems, asked)
            for name in ("text", "title")
        )
        cut[row.number] = title if title.parts > text.parts else text
    return cut


def _stems(connection: Connection, words: set[str]) -> dict[str, str]:
    """The stems of words, as the server has them."""
    stems = {word: _known[word] for word in words if word in _known}
    new = sorted(words - stems.keys())
    if new:
        one = func.unnest(cast(new, ARRAY(String))).column_valued("one")
        stem = func.ts_lexize(literal_column("'dragoman_stem'::regdictionary"), one)
        asked = connection.execute(select(one, stem)).all()
        stems |= {word: found[0] if found else word for word, found in asked}
        if len(_known) > _MOST_KNOWN:
            _known.clear()
        _known.update(stems)
    return stems
