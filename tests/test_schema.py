"""The published JSON Schema is that of the code, and records keep to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import make
import tooled
from dragoman import Reader
from dragoman.record.entries import SCHEMA_VERSION

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def published() -> Any:
    return json.loads((ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8"))


def test_published_schema_is_fresh() -> None:
    tool = tooled.tool("schema")
    assert tool.PATH.read_text(encoding="utf-8") == tool.written(), "stale; run: make schema"


def test_schema_is_a_schema_and_says_its_version(published: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(published)
    assert published["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    assert SCHEMA_VERSION in published["title"]


def test_records_keep_to_it(published: Any, reader: Reader) -> None:
    validator = jsonschema.Draft202012Validator(published)
    report = (ROOT / "examples" / "river" / "05-deadline-missed.txt").read_text(encoding="utf-8")
    read = reader.read(report, published="2025-05-06")
    assert read.events
    for record in (read, *make.synthetic(20)):
        validator.validate(json.loads(record.model_dump_json()))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["events", 0, "category"], "GREET"),
        (["events", 0, "confidence"], 1.5),
        (["events", 0, "cameo"], 51),
        (["events", 0, "mood"], "sour"),
        (["schema_version"], "0.9"),
        (["report", "text"], None),
    ],
)
def test_it_refuses_what_is_no_record(published: Any, path: list[str | int], value: object) -> None:
    record = json.loads(make.record(events=[make.event()]).model_dump_json())
    place: Any = record
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, published)
