"""What the archive counts by: the entries' columns, packed in blocks of reports, so that any filter is a short scan.

In: rows of the archive, in the transaction that adds them. Out: `tally_blocks`, each some reports in the order of their
numbers, and `tally_columns`, the columns of their entries (see `columns`). Everything in them is cut from the other
tables and can be cut again; `health` does so and compares.

Reports that came last stand in no block yet: whoever counts reads their rows. As soon as there are `SMALL` of them the
writer packs them into a block, and as soon as small blocks hold `LARGE` it packs those into one. So adding costs the
same however much is there.

Who gives an event that is there already another `event_id` says so by `moved`, in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from dragoman.archive import tables
from dragoman.archive.home import insert_once, tidy_words

SMALL, LARGE = 64, 2048
"""Reports in a block that is packed at once, and in one that is packed from those."""
TIDY = 8
"""Large blocks after which the full-text index is put in order, too."""


class Block(NamedTuple):
    """Some reports in the order of their numbers, from `first` to `last`.

    Attributes:
        number: of the block, from 1; 0 is what is in no block.
        moves: how often an event of it was moved.
        sizes: how many rows it has, by group.
    """

    number: int
    first: int
    last: int
    moves: int
    sizes: Mapping[str, int]


def blocks(connection: Connection) -> list[Block]:
    """All blocks, in order; the first says how often anything was moved that is in no block."""
    block = tables.tally_blocks.c
    rows = connection.execute(select(tables.tally_blocks).order_by(block.first)).all()
    found = [Block(row.number, row.first, row.last, row.moves, json.loads(row.sizes)) for row in rows]
    return found if found and found[0].number == 0 else [Block(0, 0, 0, 0, {}), *found]


def keep(connection: Connection, *, together: int = 1) -> None:
    """Pack what has come, as soon as it is enough; to be called after each report, or after so many."""
    block, report = tables.tally_blocks.c, tables.reports.c.number
    last = connection.execute(select(func.max(block.last))).scalar() or 0
    waiting = connection.execute(select(func.count(), func.max(report)).where(report > last)).one()
    if waiting[0] < max(SMALL, min(together, LARGE)):
        return
    large = waiting[0] >= LARGE
    _put(connection, last + 1, waiting[1], large=large)
    if not large and not _put_together(connection):
        return
    large_blocks = select(func.count()).where(block.number > 0, block.large)
    if connection.execute(large_blocks).scalar_one() % TIDY == 0:
        tidy_words(connection)


def _put_together(connection: Connection) -> bool:
    """Make one large block of the small ones, if they hold enough."""
    block, report = tables.tally_blocks.c, tables.reports.c.number
    small = connection.execute(
        select(func.min(block.first), func.max(block.last)).where(block.number > 0, ~block.large)
    ).one()
    held = select(func.count()).select_from(tables.reports).where(report.between(small[0], small[1]))
    if connection.execute(held).scalar_one() < LARGE:
        return False
    _put(connection, small[0], small[1], large=True)
    return True


def pack_all(connection: Connection) -> None:
    """Pack everything that is in no block yet, in blocks as large as can be."""
    block, report = tables.tally_blocks.c, tables.reports.c.number
    last = connection.execute(select(func.max(block.last)).where(block.large)).scalar() or 0
    _remove(connection, select(block.number).where(~block.large))
    while True:
        waiting = connection.execute(select(report).where(report > last).order_by(report).limit(LARGE)).scalars().all()
        if len(waiting) < SMALL:
            return
        _put(connection, last + 1, waiting[-1], large=len(waiting) == LARGE)
        last = waiting[-1]


def moved(connection: Connection, entries: Iterable[str]) -> None:
    """Tell that these events, by the ids of their rows, have got another `event_id`.

    To be called in the transaction that changes them, after it did, for events of reports that were added earlier; for
    those of a report that is just being added it does no harm.
    """
    from dragoman.archive.cutting import Cut  # noqa: PLC0415 - loads numpy

    reports = sorted({entry.partition("-")[0] for entry in entries})
    if not reports:
        return
    block, report, column = tables.tally_blocks.c, tables.reports.c, tables.tally_columns.c
    inside = (
        select(block.number, block.first, block.last, block.sizes)
        .join(tables.reports, report.number.between(block.first, block.last))
        .where(report.id.in_(reports))
        .distinct()
    )
    for one in connection.execute(inside).all():
        group = Cut(connection, one.first, one.last).group("events.moved")
        sizes = json.dumps({**json.loads(one.sizes), "events.moved": group.size})
        same = update(tables.tally_blocks).where(block.number == one.number)
        connection.execute(same.values(moves=block.moves + 1, sizes=sizes))
        connection.execute(
            delete(tables.tally_columns).where(column.block == one.number, column.rows == "events.moved")
        )
        connection.execute(insert(tables.tally_columns), _columns(one.number, "events.moved", group.columns))
    # Whatever stands in no block is read anew, too.
    none = {"number": 0, "first": 0, "last": 0, "large": False, "moves": 0, "sizes": "{}"}
    connection.execute(insert_once(connection, tables.tally_blocks).on_conflict_do_nothing(), none)
    connection.execute(update(tables.tally_blocks).where(block.number == 0).values(moves=block.moves + 1))


def tally_faults(connection: Connection) -> Iterator[str]:
    """Blocks that do not say what the rows say."""
    from dragoman.archive.cutting import FORMS, Cut  # noqa: PLC0415 - loads numpy

    end = 0
    for block in blocks(connection):
        if block.number == 0:
            continue
        if block.first != end + 1:
            yield f"tally_blocks, {block.number}: begins at report {block.first}, the one before ends at {end}"
        end = block.last
        column = tables.tally_columns.c
        kept = {
            (row.rows, row.name): row.data
            for row in connection.execute(select(tables.tally_columns).where(column.block == block.number))
        }
        cut = Cut(connection, block.first, block.last)
        for group in FORMS:
            found = cut.group(group)
            if block.sizes.get(group) != found.size:
                yield f"tally_blocks, {block.number}: has {block.sizes.get(group)} {group}, there are {found.size}"
            for name, data in found.columns.items():
                if kept.pop((group, name), None) != data:
                    yield f"tally_columns, {block.number} {group} {name}: differs from the rows"
        for group, name in kept:
            yield f"tally_columns, {block.number} {group} {name}: is not to be there"


def _put(connection: Connection, first: int, last: int, *, large: bool = False) -> None:
    """Pack these reports into a block, in the place of small ones that hold them."""
    from dragoman.archive.cutting import FORMS, Cut  # noqa: PLC0415 - loads numpy

    cut = Cut(connection, first, last)
    groups = {group: cut.group(group) for group in FORMS}
    sizes = json.dumps({group: found.size for group, found in groups.items()})
    row = {"first": first, "last": last, "large": large, "moves": 0, "sizes": sizes}
    block = tables.tally_blocks.c
    number = connection.execute(insert(tables.tally_blocks).returning(block.number), row).scalar_one()
    if large:
        _remove(connection, select(block.number).where(block.first >= first, block.last <= last, ~block.large))
    rows = [row for group, found in groups.items() for row in _columns(number, group, found.columns)]
    connection.execute(insert(tables.tally_columns), rows)


def _remove(connection: Connection, blocks: Select[Any]) -> None:
    numbers = connection.execute(blocks.where(tables.tally_blocks.c.number > 0)).scalars().all()
    connection.execute(delete(tables.tally_columns).where(tables.tally_columns.c.block.in_(numbers)))
    connection.execute(delete(tables.tally_blocks).where(tables.tally_blocks.c.number.in_(numbers)))


def _columns(block: int, group: str, made: Mapping[str, bytes]) -> list[dict[str, Any]]:
    return [{"block": block, "rows": group, "name": name, "data": data} for name, data in made.items()]
