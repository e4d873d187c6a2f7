"""Run by Alembic: takes the open connection, and with it the transaction, that `opening` hands over."""

from __future__ import annotations

from alembic import context

from dragoman.archive.migrations import postgres

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table="dragoman_version", transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
if connection.dialect.name == "postgresql":
    postgres.by_code_point(connection)
