"""The tables of docs/7-exports.md are those of the declared layouts, and each format has one."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

import tooled
from dragoman.exports.formats import FORMS


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return tooled.tool("layouts")


def test_tables_are_fresh(tool: ModuleType) -> None:
    text = tool.PAGE.read_text(encoding="utf-8")
    assert tool.filled(text) == text, "docs/7-exports.md is stale; run: .venv/bin/python tools/layouts.py"


def test_every_table_stands_on_the_page(tool: ModuleType) -> None:
    shown = re.findall(r"<!-- layout: ([\w-]+) -->", tool.PAGE.read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(tool.TABLES)


def test_every_format_is_told(tool: ModuleType) -> None:
    told = re.findall(r"^\| `(\w+)` \|", tool.PAGE.read_text(encoding="utf-8").split("## What holds")[0], re.MULTILINE)
    assert tuple(told) == FORMS


def test_every_column_says_what_it_holds(tool: ModuleType) -> None:
    for name in ("gdelt", "gdelt-mentions", "polecat", "icews", "petrarch2", "phoenix", "spans", "together"):
        assert "|  |" not in tool.TABLES[name](), name
