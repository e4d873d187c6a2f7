"""Full text in PostgreSQL: the same words found as in SQLite, the best first by PostgreSQL's own measure.

In: words and phrases, checked (see `searching`). Out: hits. The index is `reports.words`, made by the first migration;
a title's words count four times as much as the text's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Connection, String, cast, func, literal, literal_column, select
from sqlalchemy.dialects.postgresql import TSQUERY

from dragoman.archive import snippets, tables
from dragoman.archive.conditions import report_condition, telling_condition
from dragoman.archive.filters import Question
from dragoman.archive.opening import Store
from dragoman.archive.rows import Hit

PAGE = 50
_WORDS: Any = literal_column("reports.words")
_RULES: Any = literal_column("'dragoman'::regconfig")
_WEIGHTS: Any = literal_column("'{0.25, 0.25, 0.25, 1.0}'::float4[]")
_BY_LENGTH = 1


def search(store: Store, phrases: Sequence[str], asked: Question) -> Iterator[Hit]:
    """Reports that hold all these words and phrases, best first, lazily."""
    report = tables.reports.c
    with store.reading() as connection:
        asked_for = _query(connection, phrases)
        if asked_for is None:
            return
        query = cast(literal(asked_for), TSQUERY)
        weight = func.ts_rank(_WEIGHTS, _WORDS, query, _BY_LENGTH).label("weight")
        ranked = (
            select(report.number, weight)
            .where(_WORDS.op("@@")(query), report_condition(asked, days=True), telling_condition(asked))
            .order_by(weight.desc(), tables.published.desc(), report.id)
        )
        if asked.limit is not None:
            ranked = ranked.limit(asked.limit)
        order = [(row.number, row.weight) for row in connection.execute(ranked)]
    shown = select(report.number, report.id, report.title, report.url, report.publisher, report.published, report.text)
    for begin in range(0, len(order), PAGE):
        page = dict(order[begin : begin + PAGE])
        with store.reading() as connection:
            rows = connection.execute(shown.where(report.number.in_(page))).all()
            cut = _cut(connection, rows, phrases)
        by_number = {row.number: row for row in rows}
        for number, score in page.items():
            row = by_number[number]
            yield Hit(
                report_id=row.id,
                title=row.title,
                url=row.url,
                publisher=row.publisher,
                published=date.fromisoformat(row.published) if row.published else None,
                snippet=cut[number].text,
                marks=cut[number].marks,
                score=score,
            )


def _query(connection: Connection, phrases: Sequence[str]) -> str | None:
    """What to look for, as the server writes it: read once, it is a constant to the planner.

    None when part of it is no word to the server and so stands nowhere: ``½``.
    """
    parts = [func.phraseto_tsquery(_RULES, func.dragoman_plain(phrase)) for phrase in phrases]
    read = connection.execute(select(*(cast(part, String) for part in parts))).one()
    return " & ".join(f"({part})" for part in read) if all(read) else None


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
