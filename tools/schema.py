"""Write docs/record.schema.json: the JSON Schema of a record, as `Record.model_dump_json()` writes one.

make schema
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dragoman.record.entries import SCHEMA_VERSION, Record

PATH = Path(__file__).resolve().parent.parent / "docs" / "record.schema.json"


def schema() -> dict[str, Any]:
    """The schema, with the version that records carry in `schema_version`."""
    made = Record.model_json_schema(mode="serialization")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://example.org/dragoman/record-{SCHEMA_VERSION}.schema.json",
        "title": f"Dragoman record, version {SCHEMA_VERSION}",
    }
    return head | {key: value for key, value in made.items() if key != "title"}


def written() -> str:
    """The schema as it stands in the file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the file."""
    PATH.write_text(written(), encoding="utf-8")
    print(f"{PATH.name} written, version {SCHEMA_VERSION}")


if __name__ == "__main__":
    main()
