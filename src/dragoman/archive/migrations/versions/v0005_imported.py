"""Rows of other event data beside one's own: events, who stands in them, and the reports that mention them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dragoman.archive.migrations.guard import append_only

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def _text(*names: str, missing: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=missing) for name in names]


def _origin() -> list[sa.Column[str] | sa.Column[int]]:
    """The line as it stood in the file, where that was, and what was mended."""
    return [*_text("row", "file", missing=False), sa.Column("line", sa.Integer, nullable=False), *_text("repairs")]


def upgrade() -> None:
    """From the schema before."""
    op.create_table(
        "imported_events",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        *_text("source", "source_id", missing=False),
        *_text("day", "category", "mode", "cameo"),
        sa.Column("quad", sa.Integer),
        sa.Column("intensity", sa.Float),
        *_text("place_name", "place_country", "url", "publisher"),
        sa.Column("mentions", sa.Integer),
        *_origin(),
    )
    op.create_index("imported_events_in_order", "imported_events", [sa.text("coalesce(day, '')"), "id"])
    op.create_index("imported_events_by_source", "imported_events", ["source", "source_id"])
    op.create_table(
        "imported_parties",
        sa.Column("entry", sa.Text, sa.ForeignKey("imported_events.id"), primary_key=True, nullable=False),
        sa.Column("side", sa.Text, primary_key=True, nullable=False),
        sa.Column("ordinal", sa.Integer, primary_key=True, nullable=False),
        *_text("name", "country", "sector"),
    )
    op.create_index("imported_parties_by_country", "imported_parties", ["country", "side", "entry"])
    op.create_table(
        "imported_mentions",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        *_text("source", "source_id", missing=False),
        *_text("day", "url", "publisher"),
        sa.Column("sentence", sa.Integer),
        sa.Column("confidence", sa.Float),
        *_origin(),
    )
    op.create_index("imported_mentions_by_source", "imported_mentions", ["source", "source_id"])
    for table in ("imported_events", "imported_parties", "imported_mentions"):
        append_only(table, "what was imported is never changed; import the mended file beside it")


def downgrade() -> None:
    """What was imported is never taken away."""
    raise NotImplementedError("an archive is never taken back to an older schema; keep a copy instead")
