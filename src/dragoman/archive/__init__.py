"""Keeping records, in a file (SQLite) or on a server (PostgreSQL): several processes may write to it at once, and it
survives being killed.

In: records. Out: the same records, equal; and rows, lazily, filtered and in a stable order. The room's parts:

    tables      the columns, as the newest migration leaves them
    migrations  how an older archive becomes the newest one (Alembic)
    opening     from an address to an engine: refuses what is no archive, migrates what is old
    home        what is asked of a database; sqlite_home and postgres_home are the two
    writer      a record as rows, and how they go in
    filters     what may be asked, checked
    tallies     columns of the entries once more, packed; cutting, columns and lexicon: how; shelf: kept in memory
    sieve       filters over those columns: which rows, in what order
    counting    how many, by day, dyad, category ...
    leafing     page after page; paging: cursors
    rows        what the queries return
    view        the queries: lazy, page by page
    imported    rows of other event data, beside one's own
    passages    events with their reports, and how many reports tell the same
    searching   full text; postgres_words and snippets: the same in PostgreSQL
    overview    counts over a period: who deals with whom, by month, where
    knowing     what reports told of people
    dyads       two states in one timeline, and by month
    readouts    one contact as two sides tell it
    copies      texts that are nearly the same
    traits      what a report is known again by
    sameness    whether two reports tell of one happening, weighed
    grouping    reports into stories, as they come
    merging     events of a story that are the same
    rulings     what people put together or apart, and
    story_acts  what that does
    stories     the queries about all this, and
    differences what tellings do not agree in
    voices      on whose side a report is told
    items       what an account of a contact tells, piece by piece
    points      two accounts held against each other
    health      whether the rows still say what the records say
    copying     from one place to another; backup: into one file
    facts       where it lies, how large it is, how much it holds
    archive     the one class that callers see; story_methods, ledger_methods and judgement_methods: parts of it

The record's own JSON is the truth; every other column is cut from it when it is written, for filters and for people
who look into the file with other tools.
"""

from dragoman.archive.archive import Added, Archive, default_url, is_there
from dragoman.archive.copying import Copied
from dragoman.archive.dyads import Dyad, DyadRow, Month
from dragoman.archive.facts import Facts
from dragoman.archive.imported import ImportedEvent, ImportedMention, ImportedParty, MonthBeside, TakenIn
from dragoman.archive.overview import Named, Overview, Spot, Tie
from dragoman.archive.paging import Page
from dragoman.archive.passages import Around, Passage
from dragoman.archive.points import Point
from dragoman.archive.readouts import Readout
from dragoman.archive.rows import (
    ActorRow,
    CommitmentRow,
    ContactRow,
    Count,
    EventRow,
    Hit,
    LedgerEntry,
    Mention,
    ReportRow,
    StatementRow,
    Step,
)

__all__ = [
    "ActorRow",
    "Added",
    "Archive",
    "Around",
    "CommitmentRow",
    "ContactRow",
    "Copied",
    "Count",
    "Dyad",
    "DyadRow",
    "EventRow",
    "Facts",
    "Hit",
    "ImportedEvent",
    "ImportedMention",
    "ImportedParty",
    "LedgerEntry",
    "Mention",
    "Month",
    "MonthBeside",
    "Named",
    "Overview",
    "Page",
    "Passage",
    "Point",
    "Readout",
    "ReportRow",
    "Spot",
    "StatementRow",
    "Step",
    "TakenIn",
    "Tie",
    "default_url",
    "is_there",
]
