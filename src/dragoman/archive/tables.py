"""The archive's tables, as the newest migration leaves them.

One row per report in `reports`, one per entry in the others. Codes and dates are text; missing is NULL. An entry's
id is its report's id, a letter and its place in the record counted from 0: ``0123456789abcdef-e0`` is the first event
(a actor, e event, c contact, s statement, m commitment, p place). `events.event_id` is the id of what happened: as
long as nobody has found two reports to tell of one event it is the row's own id.

`parties` holds who stands in an entry and on which side: ``actor recipient asserted_by`` in events, ``participant`` in
contacts, ``speaker addressee about`` in statements, ``by to addressee`` in commitments.

`claims` holds what each report's own words tell of a person: one row per report, person, office and state, never
changed and never taken away. `key` is the name as it is looked up: lower case, without accents, spaces and hyphens.

`ledger` holds one row for each commitment, however many reports tell of it; its id is that of the entry that told it
first. `status`, `updated` and `ledger_keys` (by which reports find it) follow from its steps. `ledger_steps` (what a
report says of it), `ledger_rulings` (what people say of a step) and `compliance` (how far people find it kept) only
grow. `ledger_words` keeps what reports are compared by and can be made anew from their records.

`events.contexts` are PLOVER's, with blanks between. `tally_blocks` and `tally_columns` hold the columns that filters
and counts go by once more, packed; see `tallies`.
`stories` holds one row for each happening, however many reports tell of it; its id is that of the report that was there
first. `story_reports` says which report tells of which, and holds what reports are known again by (with
`ledger_words`); `story_keys` is how candidates are found, `story_copies` how texts nearly the same are. Events of one
story that are the same share `events.event_id`, the id of one of them; `story_mentions` are reports that tell of a
story's event, though it was not coded from their words. `duplicates`, `story_decisions` (what was joined, and why) and
`story_rulings` (what people say belongs together or not, by pairs) only grow.

`imported_events` holds rows of other event data, each with its original line, `imported_parties` who stands in them,
`imported_mentions` which reports mention them by GDELT's word. An id is a hash of the line: a row is there once.

`day_from` and `day_to` are the days an entry is dated to: its own date where it states one, else its report's.

`reports.record` is the whole record as JSON (UTF-8), compressed with zlib: ``zlib.decompress(record)`` gives it back.
The full-text index over `reports.title` and `reports.text` is made by the migration: `report_words` in SQLite, the
column `reports.words` in PostgreSQL.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    literal_column,
)

from dragoman.record import ids

metadata = MetaData()

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("url", Text),
    Column("publisher", Text),
    Column("published", Text),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("schema_version", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
)
# Undated reports come first; the index below must spell this expression in the same way.
published = func.coalesce(reports.c.published, literal_column("''"))
Index("reports_in_order", published, reports.c.id)
Index("reports_by_publisher", reports.c.publisher)


def _entry(name: str, *columns: Column[Any]) -> Table:
    """A table of entries: id, report and place in the record before its own columns."""
    table = Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        Column("report_id", Text, ForeignKey("reports.id"), nullable=False),
        Column("ordinal", Integer, nullable=False),
        *columns,
    )
    Index(f"{name}_by_report", table.c.report_id, table.c.ordinal, unique=True)
    return table


actors = _entry(
    "actors",
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("sector", Text),
    Column("role", Text),
    Column("role_status", Text),
    Column("qid", Text),
)
events = _entry(
    "events",
    Column("event_id", Text, nullable=False, index=True),
    Column("category", Text, nullable=False),
    Column("mode", Text),
    Column("cameo", Text),
    Column("quad", Integer, nullable=False),
    Column("intensity", Float, nullable=False),
    Column("status", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("reciprocal", Boolean, nullable=False),
    Column("date", Text),
    Column("date_basis", Text, nullable=False),
    Column("day_from", Text),
    Column("day_to", Text),
    Column("place_name", Text),
    Column("place_country", Text),
    Column("contexts", Text),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
)
contacts = _entry(
    "contacts",
    Column("channel", Text, nullable=False),
    Column("visitor", Text),
    Column("host", Text),
    Column("status", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("date", Text),
    Column("day_from", Text),
    Column("day_to", Text),
    Column("place_name", Text),
    Column("place_country", Text),
    Column("confidence", Float, nullable=False),
)
statements = _entry(
    "statements",
    Column("kind", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("day_from", Text),
    Column("day_to", Text),
    Column("confidence", Float, nullable=False),
)
commitments = _entry(
    "commitments",
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("due", Text),
    Column("day_from", Text),
    Column("day_to", Text),
    Column("confidence", Float, nullable=False),
)
places = _entry(
    "places",
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("geoname_id", BigInteger().with_variant(Integer, "sqlite")),
    Column("precision", Text, nullable=False),
)
parties = Table(
    "parties",
    metadata,
    Column("entry", Text, primary_key=True),
    Column("side", Text, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("sector", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)
claims = Table(
    "claims",
    metadata,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("role_status", Text),
    Column("country", Text),
    Column("sector", Text),
    Column("day", Text),
    Column("publisher", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words", Text, nullable=False),
)
Index("claims_by_key", claims.c.key, claims.c.report_id, claims.c.ordinal)
ledger = Table(
    "ledger",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("opened", Text),
    Column("updated", Text),
    Column("due", Text),
    Column("confidence", Float, nullable=False),
)
Index("ledger_in_order", func.coalesce(ledger.c.opened, literal_column("''")), ledger.c.id)
Index("ledger_by_status", ledger.c.status, ledger.c.due)
ledger_parties = Table(
    "ledger_parties",
    metadata,
    Column("ledger", Text, ForeignKey("ledger.id"), primary_key=True),
    Column("side", Text, primary_key=True),
    Column("country", Text, primary_key=True),
)
Index("ledger_parties_by_country", ledger_parties.c.country, ledger_parties.c.ledger, ledger_parties.c.side)
ledger_keys = Table(
    "ledger_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("ledger", Text, ForeignKey("ledger.id"), primary_key=True, index=True),
)
ledger_steps = Table(
    "ledger_steps",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("ledger", Text, ForeignKey("ledger.id"), nullable=False),
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False, index=True),
    Column("entry", Text, index=True),
    Column("day", Text),
    Column("status", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sure", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("reasons", Text, nullable=False),
)
Index("ledger_steps_in_order", ledger_steps.c.ledger, ledger_steps.c.day, ledger_steps.c.number)
ledger_words = Table(
    "ledger_words",
    metadata,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("lead", Text, nullable=False),
    Column("countries", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("gist", LargeBinary),
)
ledger_rulings = Table(
    "ledger_rulings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("step", Integer, ForeignKey("ledger_steps.number"), nullable=False, index=True),
    Column("belongs", Boolean, nullable=False),
    Column("status", Text),
    Column("reason", Text),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
)
compliance = Table(
    "compliance",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("ledger", Text, ForeignKey("ledger.id"), nullable=False, index=True),
    Column("score", Integer, nullable=False),
    Column("until", Text),
    Column("reason", Text),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
)
stories = Table(
    "stories",
    metadata,
    Column("id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("opened", Text),
    Column("updated", Text),
    Column("reports", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("event", Text, ForeignKey("events.id"), index=True),
)
Index("stories_in_order", func.coalesce(stories.c.updated, literal_column("''")), stories.c.id)
story_reports = Table(
    "story_reports",
    metadata,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("story", Text, ForeignKey("stories.id"), nullable=False, index=True),
    Column("day", Text),
    Column("outlet", Text),
    Column("news", Text),
    Column("named", Text, nullable=False),
    Column("lead_words", Text, nullable=False),
    Column("numbers", Text, nullable=False),
    Column("sequel", Boolean, nullable=False),
)
story_keys = Table(
    "story_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    sqlite_with_rowid=False,
)
story_copies = Table(
    "story_copies",
    metadata,
    Column("band", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    sqlite_with_rowid=False,
)
duplicates = Table(
    "duplicates",
    metadata,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("of", Text, ForeignKey("reports.id"), primary_key=True, index=True),
    Column("share", Float, nullable=False),
)
story_mentions = Table(
    "story_mentions",
    metadata,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("event", Text, ForeignKey("events.id"), primary_key=True, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
)
story_decisions = Table(
    "story_decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("subject", Text, nullable=False, index=True),
    Column("into", Text, nullable=False),
    Column("beside", Text),
    Column("confidence", Float),
    Column("reasons", Text, nullable=False),
    Column("by", Text),
    Column("at", Text, nullable=False),
)
story_rulings = Table(
    "story_rulings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("one", Text, nullable=False, index=True),
    Column("other", Text, nullable=False, index=True),
    Column("together", Boolean, nullable=False),
    Column("reason", Text),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
)
judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("entry", Text, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("correction", Text),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
)
imported_events = Table(
    "imported_events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    Column("day", Text),
    Column("category", Text),
    Column("mode", Text),
    Column("cameo", Text),
    Column("quad", Integer),
    Column("intensity", Float),
    Column("place_name", Text),
    Column("place_country", Text),
    Column("url", Text),
    Column("publisher", Text),
    Column("mentions", Integer),
    Column("row", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("repairs", Text),
)
Index("imported_events_in_order", func.coalesce(imported_events.c.day, literal_column("''")), imported_events.c.id)
Index("imported_events_by_source", imported_events.c.source, imported_events.c.source_id)
imported_parties = Table(
    "imported_parties",
    metadata,
    Column("entry", Text, ForeignKey("imported_events.id"), primary_key=True),
    Column("side", Text, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("name", Text),
    Column("country", Text),
    Column("sector", Text),
)
Index("imported_parties_by_country", imported_parties.c.country, imported_parties.c.side, imported_parties.c.entry)
imported_mentions = Table(
    "imported_mentions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    Column("day", Text),
    Column("url", Text),
    Column("publisher", Text),
    Column("sentence", Integer),
    Column("confidence", Float),
    Column("row", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("repairs", Text),
)
Index("imported_mentions_by_source", imported_mentions.c.source, imported_mentions.c.source_id)

tally_blocks = Table(
    "tally_blocks",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("large", Boolean, nullable=False),
    Column("moves", Integer, nullable=False),
    Column("sizes", Text, nullable=False),
)
tally_columns = Table(
    "tally_columns",
    metadata,
    Column("rows", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("block", Integer, ForeignKey("tally_blocks.number"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

_TABLES = (actors, events, contacts, statements, commitments, places)
LETTERS = {ids.LETTERS[table.name]: table for table in _TABLES}
"""The letter in an entry's id, and its table."""
