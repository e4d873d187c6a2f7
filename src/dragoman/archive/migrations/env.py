"""Run by Alembic: takes the open connection, and with it the transaction, that `opening` hands over."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table="dragoman_version", transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
