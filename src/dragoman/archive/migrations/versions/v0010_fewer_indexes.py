"""Indexes that no question asks any more, since all filters go by packed columns; each report paid for every one."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None
GONE = {
    "actors": ("ix_actors_country",),
    "contacts": ("contacts_by_day",),
    "events": ("ix_events_category", "ix_events_cameo", "ix_events_day_from", "events_by_confidence"),
    "parties": ("parties_by_country", "parties_by_name"),
}


def upgrade() -> None:
    """From the schema before."""
    for table, indexes in GONE.items():
        for index in indexes:
            op.drop_index(index, table)


def downgrade() -> None:
    """Never."""
    raise NotImplementedError("an archive is never taken back to an older schema; keep a copy instead")
