"""Parquet, FollowTheMoney, and one's own events beside those of other data."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.archive import Archive
from dragoman.archive.imported import ImportedEvent, ImportedParty
from dragoman.errors import DragomanError
from dragoman.exports import together
from dragoman.exports.files import write
from dragoman.exports.formats import ALLOWED, KINDS, export
from dragoman.record.export import columns
from exports.conftest import records

# Parquet ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", KINDS)
def test_parquet_holds_what_csv_holds(archive: Archive, what: Any, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    write(export(archive, "parquet", what), tmp_path / "out.parquet")
    write(export(archive, "csv", what), tmp_path / "out.csv")
    table = parquet.read_table(tmp_path / "out.parquet")
    assert table.schema.metadata[b"dragoman.layout"].decode().startswith(what)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(table.column_names) == columns(what)
    for told, row in zip(table.to_pylist(), rows, strict=True):
        for name, value in told.items():
            assert _as_csv(value) == row[name], name


def _as_csv(value: object) -> str:
    if isinstance(value, list):
        parts = [_as_csv(part).replace(";", ",") for part in value]
        return ";".join(parts) if any(parts) else ""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def test_parquet_types(archive: Archive, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    write(export(archive, "parquet"), tmp_path / "out.parquet")
    schema = parquet.read_schema(tmp_path / "out.parquet")
    kinds = {name: str(schema.field(name).type) for name in ("cameo", "published", "quad", "actor_starts", "contexts")}
    assert kinds == {
        "cameo": "string",
        "published": "date32[day]",
        "quad": "int64",
        "actor_starts": "list<element: int64>",
        "contexts": "list<element: string>",
    }


def test_without_pyarrow(archive: Archive, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing: Any = None
    monkeypatch.setitem(sys.modules, "pyarrow", missing)
    with pytest.raises(DragomanError, match=r'pip install "dragoman\[tables\]"'):
        write(export(archive, "parquet"), out)
    assert not list(out.parent.iterdir())


# FollowTheMoney -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", sorted(ALLOWED["ftm"]))
def test_entities_are_valid(archive: Archive, what: Any) -> None:
    followthemoney = pytest.importorskip("followthemoney", reason="followthemoney is not installed")
    model, seen = followthemoney.model, dict[str, str]()
    entities = [json.loads(text) for _, text in export(archive, "ftm", what).pieces()]
    assert entities
    for entity in entities:
        schema = model.get(entity["schema"])
        schema.validate(entity)
        assert seen.setdefault(entity["id"], entity["schema"]) == entity["schema"]
        for name, values in entity["properties"].items():
            cleaned = [schema.get(name).type.clean(value) for value in values]
            # Valid as it is; only an address may be written in another way there.
            assert all(cleaned), (name, values)
            assert cleaned == values or name == "sourceUrl", (name, values)
    for entity in entities:
        schema = model.get(entity["schema"])
        for name, values in entity["properties"].items():
            if schema.get(name).type.name == "entity":
                kind = schema.get(name).range
                assert all(model.get(seen[value]).is_a(kind) for value in values), (entity["schema"], name)


def test_direction_is_a_link(archive: Archive) -> None:
    entities = [json.loads(text) for _, text in export(archive, "ftm", actor="NOR").pieces()]
    (link,) = [entity["properties"] for entity in entities if entity["schema"] == "UnknownLink"]
    names = {entity["id"]: entity["properties"].get("name") for entity in entities}
    assert (names[link["subject"][0]], names[link["object"][0]]) == (["Norway"], ["Iran"])
    assert link["role"] == ["ACCUSE allege 1123"]


# beside each other --------------------------------------------------------------------------------------------------


@pytest.fixture
def both() -> Iterator[Archive]:
    with Archive("sqlite://") as opened:
        opened.add(records())
        row = ImportedEvent(
            source="gdelt",
            source_id="7",
            day=date(2024, 6, 1),
            category="CONSULT",
            cameo="042",
            quad=1,
            actors=(ImportedParty(name="IRAN", country="IRN"),),
            recipients=(ImportedParty(name="QATAR", country="QAT", sector="GOV"),),
            row="7\tx",
            file="a",
            line=1,
            repairs=("lost its zero: read as 042",),
        )
        assert [batch.added for batch in opened.take_in([row])] == [1]
        yield opened


def told(archive: Archive, source: Any, **filters: Any) -> list[dict[str, str]]:
    pieces = export(archive, "csv", source=source, **filters).pieces()
    return list(csv.DictReader("".join(text for _, text in pieces).splitlines(keepends=True)))


def test_one_table_of_all(both: Archive) -> None:
    rows = told(both, "all", dyad="IRN-QAT")
    assert tuple(rows[0]) == together.LAYOUT.names
    assert [(row["source"], row["cameo"]) for row in rows] == [("own", "040"), ("own", "051"), ("gdelt", "042")]
    assert (rows[2]["actor_countries"], rows[2]["recipient_sectors"]) == ("IRN", "GOV")
    assert rows[2]["repairs"] == "lost its zero: read as 042"
    assert [row["source"] for row in told(both, "imported")] == ["gdelt"]


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_one_table_in_files(both: Archive, form: Any, out: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    done = write(export(both, form, source="all"), out)
    assert (done.entries, done.left_out) == (8, {"status negated": 1})
    assert json.loads(out.with_name("events.txt.about.json").read_text())["source"] == "all"


def test_other_formats_take_ones_own_only(both: Archive) -> None:
    with pytest.raises(DragomanError, match="icews has no room for events of other data"):
        export(both, "icews", source="all")
    with pytest.raises(TypeError, match="no filter 'status'"):
        export(both, "csv", source="all", status="negated")
