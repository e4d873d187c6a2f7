"""Indexes for looking at an archive from above: contacts by day, parties by name, events by how sure they are."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """From the schema before."""
    op.create_index("contacts_by_day", "contacts", ["day_from"])
    op.create_index("parties_by_name", "parties", ["name", "side", "entry"])
    op.create_index("events_by_confidence", "events", ["confidence", "id"])
