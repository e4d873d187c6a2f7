"""Stories: reports of one happening, events that several of them tell, and what people say of that.

The tables are empty here. Reports that are there are grouped once the newest schema stands; see `opening`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from dragoman.archive.migrations.guard import append_only

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def _text(name: str, *, missing: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=missing, primary_key=key)


def _number(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, primary_key=key)


def _to(name: str, target: str, *, key: bool = False, missing: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=missing, primary_key=key)


def upgrade() -> None:
    """From the third schema."""
    op.create_table(
        "stories",
        _to("id", "reports.id", key=True),
        *(_text(name, missing=True) for name in ("opened", "updated")),
        *(_number(name) for name in ("reports", "outlets")),
        _to("event", "events.id", missing=True),
    )
    op.create_table(
        "story_reports",
        _to("report_id", "reports.id", key=True),
        _to("story", "stories.id"),
        *(_text(name, missing=True) for name in ("day", "outlet", "news")),
        *(_text(name) for name in ("named", "lead_words", "numbers")),
        sa.Column("sequel", sa.Boolean, nullable=False),
    )
    op.create_table(
        "story_keys",
        *(_text(name, key=True) for name in ("key", "day")),
        _to("report_id", "reports.id", key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_copies", _text("band", key=True), _to("report_id", "reports.id", key=True), sqlite_with_rowid=False
    )
    op.create_table(
        "duplicates",
        _to("report_id", "reports.id", key=True),
        _to("of", "reports.id", key=True),
        sa.Column("share", sa.Float, nullable=False),
    )
    op.create_table(
        "story_mentions",
        _to("report_id", "reports.id", key=True),
        _to("event", "events.id", key=True),
        *(_number(name) for name in ("start", "end")),
        sa.Column("confidence", sa.Float, nullable=False),
    )
    op.create_table(
        "story_decisions",
        _number("number", key=True),
        *(_text(name) for name in ("subject", "into")),
        _text("beside", missing=True),
        sa.Column("confidence", sa.Float),
        _text("reasons"),
        _text("by", missing=True),
        _text("at"),
    )
    op.create_table(
        "story_rulings",
        _number("number", key=True),
        *(_text(name) for name in ("one", "other")),
        sa.Column("together", sa.Boolean, nullable=False),
        _text("reason", missing=True),
        *(_text(name) for name in ("by", "at")),
    )
    indexes: tuple[tuple[str, str, list[Any]], ...] = (
        ("ix_stories_event", "stories", ["event"]),
        ("stories_in_order", "stories", [sa.text("coalesce(updated, '')"), "id"]),
        ("ix_story_reports_story", "story_reports", ["story"]),
        ("ix_duplicates_of", "duplicates", ["of"]),
        ("ix_story_mentions_event", "story_mentions", ["event"]),
        ("ix_story_decisions_subject", "story_decisions", ["subject"]),
        ("ix_story_rulings_one", "story_rulings", ["one"]),
        ("ix_story_rulings_other", "story_rulings", ["other"]),
    )
    for name, table, columns in indexes:
        op.create_index(name, table, columns)
    append_only("duplicates", "what two texts have in common is never changed")
    append_only("story_decisions", "a decision is never changed; split or join what it decided")
    append_only("story_rulings", "a ruling is never changed; add another")


def downgrade() -> None:
    """What people said is never taken away."""
    raise NotImplementedError("an archive is never taken back to an older schema; keep a copy instead")
