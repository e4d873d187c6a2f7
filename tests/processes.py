"""Processes of their own that start at once: forked from one that has loaded the libraries."""

from __future__ import annotations

from multiprocessing import get_context

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [
        "sqlalchemy", "alembic.command", "psycopg", "scipy.integrate", "spacy.lang.en", "dragoman.archive.archive",
        "dragoman.archive.cutting", "dragoman.cli", "dragoman.reader",
    ]
)  # fmt: skip
