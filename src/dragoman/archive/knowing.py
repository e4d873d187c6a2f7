"""The who's who of the archive: what reports told of people, as it was told.

In: a name, or none, and a day, or none. Out: `Claim`s, oldest first, those without a day before all others.
Contradictions stand side by side; which of them holds is asked elsewhere (`actors.claims`).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Row, func, literal_column, or_, select

from dragoman.actors.claims import Claim, key_of, matching
from dragoman.archive import tables
from dragoman.archive.opening import Store
from dragoman.evidence import Span

_CLAIM = tables.claims.c


def who(
    store: Store, name: str | None, day: date | None, *, role: str | None, country: str | None, loose: bool
) -> list[Claim]:
    """Claims about who bears a name, up to a day.

    Args:
        store: the archive.
        name: in full; without accents, hyphens or capitals it is the same. None asks for everybody.
        day: claims of later reports are left out, those without a day are not.
        role, country: of the office; None asks for all.
        loose: whether a surname or another part of the name is enough, and another spelling of the whole.
    """
    query = select(tables.claims).order_by(
        func.coalesce(_CLAIM.day, literal_column("''")), _CLAIM.report_id, _CLAIM.ordinal
    )
    if day is not None:
        query = query.where(or_(_CLAIM.day.is_(None), _CLAIM.day <= day.isoformat()))
    for column, value in ((_CLAIM.role, role), (_CLAIM.country, country)):
        if value is not None:
            query = query.where(column == value)
    with store.reading() as connection:
        if name is not None:
            if loose:
                there = connection.execute(select(_CLAIM.name).distinct()).scalars()
                keys = {key_of(found) for found in matching(name, there)}
            else:
                keys = {key_of(name)}
            query = query.where(_CLAIM.key.in_(sorted(keys)))
        return [_claim(row) for row in connection.execute(query)]


def _claim(row: Row[tuple[object, ...]]) -> Claim:
    return Claim(
        name=row.name,
        role=row.role,
        role_status=row.role_status,
        country=row.country,
        sector=row.sector,
        words=Span(start=row.start, end=row.end, text=row.words),
        report_id=row.report_id,
        day=date.fromisoformat(row.day) if row.day else None,
        publisher=row.publisher,
    )
