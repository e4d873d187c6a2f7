"""The part of `Archive` that is about what people say of entries; see `verdicts`."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TypedDict, Unpack

from pydantic import ValidationError
from sqlalchemy import Table, insert, select

from dragoman.archive import tables, verdicts, view
from dragoman.archive.opening import Store
from dragoman.archive.verdicts import Standing
from dragoman.errors import ArchiveError, NotFoundError
from dragoman.judgement import Judgement

_ENTRY = re.compile(r"([0-9a-f]{16})-([a-z])(\d+)")


class Asked(TypedDict, total=False):
    """Which judgements are asked for."""

    entry: str | None
    report_id: str | None
    by: str | None
    verdict: str | None


class JudgementMethods:
    """Judgements: given, asked for, taken together."""

    where: str
    _store: Store

    def judge(
        self, entry: str, verdict: str, *, by: str, correction: dict[str, str] | None = None, at: datetime | None = None
    ) -> Judgement:
        """Keep what somebody says of an entry; nothing said before is touched.

        Raises:
            NotFoundError: when there is no such entry.
            ArchiveError: for a verdict that does not exist, or that does not fit the correction.
        """
        given = {"entry": entry, "verdict": verdict, "by": by, "correction": correction} | ({"at": at} if at else {})
        try:
            said = Judgement.model_validate(given)
        except ValidationError as error:
            raise ArchiveError("; ".join(_plain(str(part["loc"]), part["msg"]) for part in error.errors())) from error
        parts = _ENTRY.fullmatch(entry)
        table = tables.LETTERS.get(parts[2]) if parts else None
        row = said.model_dump(mode="json") | {"correction": json.dumps(correction) if correction else None}
        if table is not None and correction and parts is not None:
            self._correctable(table, parts, correction)
        with self._store.writing() as connection:
            if table is None or connection.execute(select(table.c.id).where(table.c.id == entry)).first() is None:
                raise NotFoundError(f"there is no entry {entry!r} in {self.where}")
            connection.execute(insert(tables.judgements), row)
        return said

    def _correctable(self, table: Table, parts: re.Match[str], correction: dict[str, str]) -> None:
        """Refuse a correction that an entry cannot have."""
        if table.name not in verdicts.KINDS:
            raise ArchiveError(f"{table.name} cannot be corrected; say that it is wrong")
        told = getattr(view.record(self._store, parts[1]), table.name)
        if int(parts[3]) < len(told):
            verdicts.corrected(told[int(parts[3])], correction)

    def standing(self, **asked: Unpack[Asked]) -> dict[str, Standing]:
        """Where judged entries stand, all judges taken together; by entry. Arguments as for `judgements`."""
        return verdicts.standing_of(self.judgements(**asked))

    def judgements(
        self,
        *,
        entry: str | None = None,
        report_id: str | None = None,
        by: str | None = None,
        verdict: str | None = None,
    ) -> list[Judgement]:
        """All that people said, in the order they said it."""
        column = tables.judgements.c
        query = select(column.entry, column.verdict, column.correction, column.by, column.at).order_by(column.number)
        for name, value in (("entry", entry), ("by", by), ("verdict", verdict)):
            if value is not None:
                query = query.where(column[name] == value)
        if report_id is not None:
            query = query.where(column.entry.startswith(f"{report_id}-", autoescape=True))
        with self._store.reading() as connection:
            rows = [row._asdict() for row in connection.execute(query)]
        for row in rows:
            row["correction"] = json.loads(row["correction"]) if row["correction"] else None
        return [Judgement.model_validate(row) for row in rows]


def _plain(where: str, said: str) -> str:
    return f"{where.strip('(),').strip(chr(39))}: {said}" if where != "()" else said
