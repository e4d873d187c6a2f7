"""Tables that only grow: the database itself refuses to change or remove their rows, whoever asks.

Used by migrations, so what is here may be added to and never changed.
"""

from __future__ import annotations

from alembic import op

_SQLITE = (
    "CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    "CREATE TRIGGER {table}_remain BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
)
_POSTGRES = (
    "CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$",
    "CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
)


def append_only(table: str, refusal: str) -> None:
    """Let a table's rows never be changed nor removed.

    Args:
        table: its name.
        refusal: what the database answers who tries, without quotes: "a judgement is never changed; add another".
    """
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement.format(table=table, refusal=refusal))
