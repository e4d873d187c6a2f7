"""Fill the tables of docs/7-exports.md from the layouts the exporters declare.

    .venv/bin/python tools/layouts.py            write them
    .venv/bin/python tools/layouts.py --check    exit 1 if any is stale

A table to fill stands between ``<!-- layout: NAME -->`` and ``<!-- end -->``; the names are those of `TABLES`.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path

from dragoman.exports import gdelt, icews, petrarch2, phoenix, polecat, spans, together
from dragoman.exports.frame_columns import COLUMNS, NAMES
from dragoman.exports.ftm import SCHEMATA
from dragoman.exports.layouts import Layout
from dragoman.knowledge.exchange import exchange

PAGE = Path(__file__).resolve().parent.parent / "docs" / "7-exports.md"
_BLOCK = re.compile(r"(<!-- layout: ([\w-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in lines)


def columns(layout: Layout) -> str:
    """A layout as a table."""
    rows = [
        (str(number), f"`{column.name}`", column.holds, column.dtype)
        for number, column in enumerate(layout.columns, start=1)
    ]
    return _table(("#", "Column", "Holds", "Type"), rows)


def frames() -> str:
    """The tables for pandas and their columns."""
    return _table(
        ("Table", "Columns"), [(f"`{name}`", ", ".join(f"`{column}`" for column in COLUMNS[name])) for name in NAMES]
    )


def schemata() -> str:
    """Kinds of actors and FollowTheMoney's schemata."""
    return _table(("Kind of actor", "Schema"), [(f"`{kind}`", schema) for kind, schema in SCHEMATA.items()])


def sectors() -> str:
    """PLOVER's sectors as others write them."""
    rows = [
        (f"`{ours}`", theirs.cameo or "none", "yes" if theirs.gdelt else "no", ", ".join(theirs.icews) or "none")
        for ours, theirs in exchange().sectors.items()
    ]
    return _table(("PLOVER", "CAMEO's role", "in GDELT's list", "ICEWS"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "gdelt": lambda: columns(gdelt.EVENTS),
    "gdelt-mentions": lambda: columns(gdelt.MENTIONS),
    "polecat": lambda: columns(polecat.LAYOUT),
    "icews": lambda: columns(icews.LAYOUT),
    "petrarch2": lambda: columns(petrarch2.LAYOUT),
    "phoenix": lambda: columns(phoenix.LAYOUT),
    "spans": lambda: columns(spans.LAYOUT),
    "together": lambda: columns(together.LAYOUT),
    "ftm": schemata,
    "sectors": sectors,
    "frames": frames,
}


def filled(text: str) -> str:
    """The page with its tables as they should be."""
    return _BLOCK.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}{found[4]}", text)


def main() -> None:
    """Write the tables, or say that they are stale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    text = PAGE.read_text(encoding="utf-8")
    new = filled(text)
    if parser.parse_args().check:
        raise SystemExit(f"{PAGE.name} is stale" if new != text else 0)
    PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
