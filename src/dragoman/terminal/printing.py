"""Printing one after the other, in the form that was asked for: tables, lines, JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from rich.console import Console

from dragoman.record.entries import Record
from dragoman.terminal import plain, view
from dragoman.terminal.screen import Form, put, screen
from dragoman.terminal.wording import json_text


def print_records(records: Iterable[Record], form: Form) -> None:
    """Print records as they come."""
    if form in {"json", "jsonl"}:
        print_json((record.model_dump(mode="json") for record in records), form)
        return
    out = screen()
    for record in records:
        if form == "table":
            view.show(out, record)
            continue
        for text in plain.lines(record):
            put(text)


def print_rows(
    rows: Iterable[Any],
    as_table: Callable[[Console, Iterable[Any]], int],
    as_line: Callable[[Any], str],
    as_data: Callable[[Any], dict[str, Any]],
    form: Form,
) -> None:
    """Print an archive's rows, by what a row is in each form."""
    if form == "table":
        as_table(screen(), rows)
    elif form == "lines":
        for row in rows:
            put(as_line(row))
    else:
        print_json((as_data(row) for row in rows), form)


def print_json(items: Iterable[dict[str, Any]], form: Form) -> None:
    """Print items as JSON lines, or as one list; either way one after the other."""
    number = 0
    for item in items:
        if form == "json":
            sys.stdout.write("[\n" if number == 0 else ",\n")
            sys.stdout.write(json_text(item))
        else:
            put(json_text(item))
            sys.stdout.flush()
        number += 1
    if form == "json":
        put("\n]" if number else "[]")
