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
        number = tables.reports.c.number
        query = _query(connection, expression)
        if query is None:
            return []
        matching = select(number).where(_WORDS.op("@@")(query)).order_by(number.desc())
        # First among the last that may be meant, which are looked at one by one: of a common word that is enough. A
        # rare one is looked up in the index, which cannot tell the last from the rest.
        if allowed is None:
            recent = select(number).where(number < below).order_by(number.desc()).offset(LOOKED_AT).limit(1)
            edge = connection.execute(recent).scalar()
            found = list(connection.execute(matching.where(number < below, number > (edge or 0)).limit(most)).scalars())
            if len(found) == most or edge is None:
                return found
            often = len(found) / LOOKED_AT
            further = int(_MARGIN * (most - len(found)) / often) if often else edge
            if further < edge:
                between = matching.where(number <= edge, number > edge - further)
                more = found + _by_index(connection, between)[: most - len(found)]
                if len(more) == most:
                    return more
            return _by_index(connection, matching.where(number < below))[:most]
        may = allowed[allowed < below]
        few = may[-LOOKED_AT:].tolist()
        # Kept from the index, which would be asked for all that match.
        one_by_one = select(number).where(number == any_(literal(few, ARRAY(Integer))))
        there = one_by_one.add_columns(_WORDS.label("words")).cte("there").prefix_with("MATERIALIZED")
        chosen = (
            select(there.c.number).where(literal_column("there.words").op("@@")(query)).order_by(there.c.number.desc())
        )
        found = list(connection.execute(chosen.limit(most)).scalars())
        if len(found) == most or len(few) == len(may):
            return found
        through = set(may.tolist())
        return [one for one in _by_index(connection, matching) if one in through][:most]

    def fitting(
        self, connection: Connection, expression: str, *, below: int, allowed: Array | None, most: int
    ) -> dict[int, float]:
        """The same, each with how well it fits."""
        numbers = self.newest(connection, expression, below=below, allowed=allowed, most=most)
        number, query = tables.reports.c.number, _query(connection, expression)
        if query is None or not numbers:
            return {}
        weight = func.ts_rank(_WEIGHTS, _WORDS, query, _BY_LENGTH).label("weight")
        rows = connection.execute(select(number, weight).where(number.in_(numbers))).all()
        weights: dict[int, float] = {row.number: row.weight for row in rows}
        return {one: weights[one] for one in numbers}

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


def _by_index(connection: Connection, matching: Select[Any]) -> list[int]:
    """Numbers of reports that match, by the indexes of words and of numbers together.

    The planner takes words for rarer or more frequent than they are, and then goes through the table row by row, which
    takes ten times as long.
    """
    ways = ("enable_indexscan", "enable_seqscan")
    connection.execute(select(*(func.set_config(way, "off", True) for way in ways)))
    found = list(connection.execute(matching).scalars())
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
    every = {word for word in every if len(word) > 2}
    one = func.unnest(cast(sorted(every), ARRAY(String))).column_valued("one")
    stem = func.ts_lexize(literal_column("'dragoman_stem'::regdictionary"), one)
    stems = {word: found[0] for word, found in connection.execute(select(one, stem)) if found}
    asked = [[stems.get(word, word) for word in phrase] for phrase in wanted]
    cut = {}
    for row in rows:
        text, title = (
            snippets.stretch(getattr(row, name) or "", told[row.number, name], stems, asked)
            for name in ("text", "title")
        )
        cut[row.number] = title if title.parts > text.parts else text
    return cut
