"""Full text: reports by the words of their titles and texts, best first.

In: words as people type them. Every word must occur, in any order and in any of its forms ("visit" finds "visited");
words in "double quotes" must stand together. Nothing else has a meaning: signs and operators are words or nothing.
Out: hits with a stretch of the text and where in it the words stand. Refuses an empty search.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnClause, String, bindparam, column, func, literal, literal_column, select, table

from dragoman.archive import postgres_words, tables
from dragoman.archive.conditions import report_condition, telling_condition
from dragoman.archive.filters import Question
from dragoman.archive.opening import Store
from dragoman.archive.rows import Hit
from dragoman.errors import ArchiveError

PAGE = 50
MOST_WORDS = 64
SNIPPET_WORDS = 32
TITLE_WEIGHT, TEXT_WEIGHT = 4.0, 1.0
_WORDS = table("report_words", column("rowid"))
_INDEX: ColumnClause[str] = literal_column("report_words", String)
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_PART = re.compile(r'"([^"]*)"?|([^\s"]+)')


def parse(words: str) -> str:
    """What people typed as an FTS5 expression: each word and each quoted phrase as a string of its own.

    Raises:
        ArchiveError: when nothing is left to search for, or too much.
    """
    # NUL would end the expression early, and a lone surrogate is no text.
    clean = words.replace("\0", " ").encode("utf-8", "replace").decode()
    parts = [phrase or word for phrase, word in _PART.findall(clean)]
    # Signs alone are no token to the index; a phrase of none would find nothing.
    said = [part for part in parts if any(unicodedata.category(sign)[0] in "LN" for sign in part)]
    if not said:
        raise ArchiveError(f"nothing to search for in {words[:80]!r}; give at least one word")
    if len(said) > MOST_WORDS:
        raise ArchiveError(f"{len(said)} words are too many to search for; give at most {MOST_WORDS}")
    return " ".join('"' + part.replace('"', '""') + '"' for part in said)


def search(store: Store, expression: str, asked: Question) -> Iterator[Hit]:
    """Reports that match, best first, lazily; `expression` comes from `parse`."""
    if store.kind == "postgresql":
        phrases = [part.replace('""', '"') for part in _QUOTED.findall(expression)]
        return postgres_words.search(store, phrases, asked)
    return _search(store, expression, asked)


def _search(store: Store, expression: str, asked: Question) -> Iterator[Hit]:
    matches = _INDEX.op("MATCH")(bindparam("expression", expression))
    weight = func.bm25(_INDEX, TITLE_WEIGHT, TEXT_WEIGHT)
    report = tables.reports.c
    ranked = (
        select(report.number, weight.label("weight"))
        .select_from(_WORDS.join(tables.reports, report.number == _WORDS.c.rowid))
        .where(matches, report_condition(asked, days=True), telling_condition(asked))
        .order_by(literal_column("weight"), tables.published.desc(), report.id)
    )
    if asked.limit is not None:
        ranked = ranked.limit(asked.limit)
    with store.reading() as connection:
        order = [(row.number, -row.weight) for row in connection.execute(ranked)]
    # Marks that no text can hold by chance.
    opens, closes = (f"\x02{secrets.token_hex(8)}\x03" for _ in range(2))
    snippet = func.snippet(_INDEX, -1, literal(opens), literal(closes), "…", SNIPPET_WORDS)
    shown = (
        select(report.number, report.id, report.title, report.url, report.publisher, report.published)
        .add_columns(snippet.label("snippet"))
        .select_from(_WORDS.join(tables.reports, report.number == _WORDS.c.rowid))
    )
    for begin in range(0, len(order), PAGE):
        page = dict(order[begin : begin + PAGE])
        with store.reading() as connection:
            rows = connection.execute(shown.where(matches, _WORDS.c.rowid.in_(page)))
            by_number = {row.number: row for row in rows}
        for number, score in page.items():
            row = by_number[number]
            plain, marks = _unmark(row.snippet, opens, closes)
            yield Hit(
                report_id=row.id,
                title=row.title,
                url=row.url,
                publisher=row.publisher,
                published=date.fromisoformat(row.published) if row.published else None,
                snippet=plain,
                marks=marks,
                score=score,
            )


def _unmark(marked: str, opens: str, closes: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Take the marks out of a snippet and say where they stood."""
    plain, marks = "", []
    for number, part in enumerate(marked.split(opens)):
        word, _, rest = part.partition(closes) if number else ("", "", part)
        if word:
            marks.append((len(plain), len(plain) + len(word)))
        plain += word + rest
    return plain, tuple(marks)
