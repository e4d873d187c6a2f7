"""Tallies: the columns that filters and counts go by, packed; and the contexts of events among the columns.

The blocks themselves are packed by the archive as soon as it is open, in the same transaction.
"""

from __future__ import annotations

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None

PAGE = 50


def upgrade() -> None:
    """From the schema before."""
    op.add_column("events", sa.Column("contexts", sa.Text))
    op.create_table(
        "tally_blocks",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("large", sa.Boolean, nullable=False),
        sa.Column("moves", sa.Integer, nullable=False),
        sa.Column("sizes", sa.Text, nullable=False),
    )
    op.create_table(
        "tally_columns",
        sa.Column("rows", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("block", sa.Integer, sa.ForeignKey("tally_blocks.number"), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    # With the side in it, whom a state binds is known without a look at the table itself.
    op.drop_index("ledger_parties_by_country", "ledger_parties")
    op.create_index("ledger_parties_by_country", "ledger_parties", ["country", "ledger", "side"])
    _fill()


def downgrade() -> None:
    """Never."""
    raise NotImplementedError("an archive is never taken back to an older schema; keep a copy instead")


def _fill() -> None:
    """Give the events of reports that are there their contexts."""
    connection = op.get_bind()
    reports = sa.table("reports", *(sa.column(name) for name in ("number", "id", "record")))
    events = sa.table("events", sa.column("id"), sa.column("contexts"))
    into = sa.update(events).where(events.c.id == sa.bindparam("entry")).values(contexts=sa.bindparam("told"))
    behind = 0
    while True:
        page = sa.select(reports).where(reports.c.number > behind).order_by(reports.c.number).limit(PAGE)
        rows = connection.execute(page).all()
        told = [
            {"entry": f"{row.id}-e{number}", "told": " ".join(event["contexts"])}
            for row in rows
            for number, event in enumerate(json.loads(zlib.decompress(row.record))["events"])
            if event["contexts"]
        ]
        if told:
            connection.execute(into, told)
        if len(rows) < PAGE:
            return
        behind = rows[-1].number
