"""The first schema: reports, their entries, who stands in them, judgements and the full-text index."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from dragoman.archive.migrations import guard, postgres

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

# The index keeps no text of its own; the triggers hold it to `reports`.
WORDS = (
    "CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='reports', content_rowid='number',"
    " tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER reports_words_in AFTER INSERT ON reports BEGIN"
    " INSERT INTO report_words(rowid, title, text) VALUES (new.number, new.title, new.text); END",
    "CREATE TRIGGER reports_words_out AFTER DELETE ON reports BEGIN"
    " INSERT INTO report_words(report_words, rowid, title, text)"
    " VALUES ('delete', old.number, old.title, old.text); END",
    "CREATE TRIGGER reports_words_changed AFTER UPDATE ON reports BEGIN"
    " INSERT INTO report_words(report_words, rowid, title, text)"
    " VALUES ('delete', old.number, old.title, old.text);"
    " INSERT INTO report_words(rowid, title, text) VALUES (new.number, new.title, new.text); END",
)
APPEND_ONLY = (
    "CREATE TRIGGER judgements_stay AFTER UPDATE ON judgements BEGIN"
    " SELECT RAISE(ABORT, 'a judgement is never changed; add another'); END",
    "CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements BEGIN"
    " SELECT RAISE(ABORT, 'a judgement is never taken away; add another'); END",
)


def _text(name: str, *, missing: bool = False, index: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=missing, index=index, primary_key=key)


def _number(name: str, *, missing: bool = False, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=missing, primary_key=key)


def _share(name: str, *, missing: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Float, nullable=missing)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _report() -> sa.Column[str]:
    return sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), nullable=False)


def _entry(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(name, _text("id", key=True), _report(), _number("ordinal"), *columns)
    op.create_index(f"{name}_by_report", name, ["report_id", "ordinal"], unique=True)


def upgrade() -> None:
    """From nothing."""
    op.create_table(
        "reports",
        _number("number", key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *(_text(name, missing=True) for name in ("title", "url", "publisher", "published")),
        *(_text(name) for name in ("language", "text", "schema_version")),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_index("reports_in_order", "reports", [sa.text("coalesce(published, '')"), "id"])
    op.create_index("reports_by_publisher", "reports", ["publisher"])
    _entry(
        "actors",
        _text("name"),
        _text("kind"),
        _text("country", missing=True, index=True),
        *(_text(name, missing=True) for name in ("sector", "role", "role_status", "qid")),
    )
    _entry(
        "events",
        _text("event_id", index=True),
        _text("category", index=True),
        _text("mode", missing=True),
        _text("cameo", missing=True, index=True),
        _number("quad"),
        _share("intensity"),
        _text("status"),
        _flag("background"),
        _flag("reciprocal"),
        _text("date", missing=True),
        _text("date_basis"),
        _text("day_from", missing=True, index=True),
        *(_text(name, missing=True) for name in ("day_to", "place_name", "place_country")),
        _number("evidence_start"),
        _number("evidence_end"),
        _share("confidence"),
    )
    _entry(
        "contacts",
        _text("channel"),
        *(_text(name, missing=True) for name in ("visitor", "host")),
        _text("status"),
        _flag("background"),
        *(_text(name, missing=True) for name in ("date", "day_from", "day_to", "place_name", "place_country")),
        _share("confidence"),
    )
    _entry(
        "statements",
        _text("kind"),
        _text("stance"),
        *(_text(name, missing=True) for name in ("day_from", "day_to")),
        _share("confidence"),
    )
    _entry(
        "commitments",
        _text("kind"),
        _text("status"),
        _flag("background"),
        *(_text(name, missing=True) for name in ("due", "day_from", "day_to")),
        _share("confidence"),
    )
    _entry(
        "places",
        _text("name"),
        _text("country", missing=True),
        _share("lat", missing=True),
        _share("lon", missing=True),
        sa.Column("geoname_id", sa.BigInteger().with_variant(sa.Integer, "sqlite")),
        _text("precision"),
    )
    op.create_table(
        "parties",
        _text("entry", key=True),
        _text("side", key=True),
        _number("ordinal", key=True),
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), nullable=False, index=True),
        _text("name"),
        _text("kind"),
        *(_text(name, missing=True) for name in ("country", "sector")),
        _number("start"),
        _number("end"),
    )
    op.create_index("parties_by_country", "parties", ["country", "side", "entry"])
    op.create_table(
        "judgements",
        _number("number", key=True),
        _text("entry", index=True),
        _text("verdict"),
        _text("correction", missing=True),
        _text("by"),
        _text("at"),
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        postgres.by_code_point(connection)
        postgres.index_words(connection)
        guard.append_only("judgements", "a judgement is never changed and never taken away; add another")
        return
    for statement in (*WORDS, *APPEND_ONLY):
        op.execute(statement)


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError("an archive is never taken back to nothing; delete its file")
