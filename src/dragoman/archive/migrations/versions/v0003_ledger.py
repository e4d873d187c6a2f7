"""The ledger: commitments across reports, what became of them, and what people say of that.

Of the reports that are there, each commitment begins a line of its own: they were read before reports had a gist, by
which they could be told to speak of the same. Reports that come later join them.
"""

from __future__ import annotations

import json
import re
import zlib
from calendar import monthrange
from typing import Any

import sqlalchemy as sa
from alembic import op

from dragoman.archive.migrations.guard import append_only

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

PAGE = 50
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?")


def _text(name: str, *, missing: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=missing, primary_key=key)


def _number(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, primary_key=key)


def _to(name: str, target: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=False, primary_key=key)


def upgrade() -> None:
    """From the second schema."""
    made = {
        "ledger": op.create_table(
            "ledger",
            _text("id", key=True),
            _to("report_id", "reports.id"),
            _text("kind"),
            _text("status"),
            sa.Column("background", sa.Boolean, nullable=False),
            *(_text(name, missing=True) for name in ("opened", "updated", "due")),
            sa.Column("confidence", sa.Float, nullable=False),
        ),
        "ledger_parties": op.create_table(
            "ledger_parties", _to("ledger", "ledger.id", key=True), _text("side", key=True), _text("country", key=True)
        ),
        "ledger_keys": op.create_table(
            "ledger_keys", _text("key", key=True), _text("day", key=True), _to("ledger", "ledger.id", key=True)
        ),
        "ledger_steps": op.create_table(
            "ledger_steps",
            _number("number", key=True),
            _to("ledger", "ledger.id"),
            _to("report_id", "reports.id"),
            _text("entry", missing=True),
            _text("day", missing=True),
            _text("status"),
            _number("start"),
            _number("end"),
            sa.Column("sure", sa.Boolean, nullable=False),
            sa.Column("confidence", sa.Float, nullable=False),
            _text("reasons"),
        ),
    }
    op.create_table(
        "ledger_words",
        _to("report_id", "reports.id", key=True),
        *(_text(name) for name in ("lead", "countries", "words")),
        sa.Column("gist", sa.LargeBinary),
    )
    op.create_table(
        "ledger_rulings",
        _number("number", key=True),
        sa.Column("step", sa.Integer, sa.ForeignKey("ledger_steps.number"), nullable=False),
        sa.Column("belongs", sa.Boolean, nullable=False),
        *(_text(name, missing=True) for name in ("status", "reason")),
        *(_text(name) for name in ("by", "at")),
    )
    op.create_table(
        "compliance",
        _number("number", key=True),
        _to("ledger", "ledger.id"),
        _number("score"),
        *(_text(name, missing=True) for name in ("until", "reason")),
        *(_text(name) for name in ("by", "at")),
    )
    _fill(made)
    indexes: tuple[tuple[str, str, list[Any]], ...] = (
        ("ix_ledger_report_id", "ledger", ["report_id"]),
        ("ledger_in_order", "ledger", [sa.text("coalesce(opened, '')"), "id"]),
        ("ledger_by_status", "ledger", ["status", "due"]),
        ("ledger_parties_by_country", "ledger_parties", ["country", "ledger"]),
        ("ix_ledger_keys_ledger", "ledger_keys", ["ledger"]),
        ("ix_ledger_steps_report_id", "ledger_steps", ["report_id"]),
        ("ix_ledger_steps_entry", "ledger_steps", ["entry"]),
        ("ledger_steps_in_order", "ledger_steps", ["ledger", "day", "number"]),
        ("ix_ledger_rulings_step", "ledger_rulings", ["step"]),
        ("ix_compliance_ledger", "compliance", ["ledger"]),
    )
    for name, table, columns in indexes:
        op.create_index(name, table, columns)
    append_only("ledger_steps", "a step of the ledger is never changed; say what you think of it")
    append_only("ledger_rulings", "a ruling is never changed; add another")
    append_only("compliance", "a score is never changed; add another")


def downgrade() -> None:
    """What people said is never taken away."""
    raise NotImplementedError("an archive is never taken back to an older schema; keep a copy instead")


def _fill(made: dict[str, sa.Table]) -> None:
    """Begin a line for each commitment that is there."""
    connection = op.get_bind()
    reports = sa.table("reports", *(sa.column(name) for name in ("number", "id", "published", "record")))
    behind = 0
    while True:
        page = sa.select(reports).where(reports.c.number > behind).order_by(reports.c.number).limit(PAGE)
        rows = connection.execute(page).all()
        for row in rows:
            for number, said in enumerate(json.loads(zlib.decompress(row.record))["commitments"]):
                _begin(connection, made, row, f"{row.id}-m{number}", said)
        if len(rows) < PAGE:
            return
        behind = rows[-1].number


def _begin(connection: sa.Connection, made: dict[str, sa.Table], row: Any, entry: str, said: dict[str, Any]) -> None:
    addressee = [said["addressee"]] if said["addressee"] else []
    sides = {"by": said["by"], "to": [*said["to"], *addressee]}
    parties = {(side, p["actor"]["country"]) for side, given in sides.items() for p in given if p["actor"]["country"]}
    countries = sorted({country for _, country in parties})
    keys = {*countries, *(f"{a}-{b}" for a in countries for b in countries if a < b)}
    day, confidence = row.published, said["confidence"]
    connection.execute(
        sa.insert(made["ledger"]),
        {
            "id": entry,
            "report_id": row.id,
            **{name: said[name] for name in ("kind", "status", "background")},
            "opened": day,
            "updated": day,
            "due": _last(said["due"]),
            "confidence": confidence,
        },
    )
    for side, country in sorted(parties):
        connection.execute(sa.insert(made["ledger_parties"]), {"ledger": entry, "side": side, "country": country})
    for key in sorted(keys):
        connection.execute(sa.insert(made["ledger_keys"]), {"key": key, "day": day or "", "ledger": entry})
    connection.execute(
        sa.insert(made["ledger_steps"]),
        {
            "ledger": entry,
            "report_id": row.id,
            "entry": entry,
            "day": day,
            "status": said["status"],
            "start": said["content"]["start"],
            "end": said["content"]["end"],
            "sure": True,
            "confidence": confidence,
            "reasons": json.dumps([{"fact": "the first report that tells it", "weight": 0.0}]),
        },
    )


def _last(due: str | None) -> str | None:
    """The last day of a due date, where it can be read."""
    found = _DAY.fullmatch(due.rpartition("/")[2]) if due else None
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    month = month or 12
    if not 1 <= month <= 12 or not year >= 1:
        return None
    return f"{year:04}-{month:02}-{day or monthrange(year, month)[1]:02}"
