"""Every route keeps what its OpenAPI document promises, whatever is sent: no fault, no answer that is not told there.

To search longer: ``DRAGOMAN_SEARCH=1 .venv/bin/python -m pytest tests/api/test_schema.py``.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

import make
from api.conftest import TOKEN, UNLIMITED, Client, FakeReader
from dragoman.api import build
from dragoman.api.openapi import TAGS
from dragoman.archive import Archive

SEARCHING = bool(os.environ.get("DRAGOMAN_SEARCH"))
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
    checks.allow_header_conformance,
    checks.ignored_auth,
]


@pytest.fixture(scope="module")
def promised(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The document of an app to which one may write."""
    url = f"sqlite:///{tmp_path_factory.mktemp('schema') / 'record.db'}"
    with Archive(url) as archive:
        archive.add(make.synthetic(6))
    app = build(url, token=TOKEN, reader=lambda who: FakeReader(), limits=UNLIMITED)
    return schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.mark.parametrize("tag", sorted(TAGS))
def test_whatever_is_sent_is_answered_as_promised(promised: Any, tag: str) -> None:
    asked = 0
    for found in promised.get_all_operations():
        operation = found.ok()
        if operation.definition.raw["tags"] == [tag]:
            # What the document allows, and what it does not.
            for mode in GenerationMode:
                _ask(operation.as_strategy(generation_mode=mode))
            asked += 1
    assert asked


def _ask(cases: Any) -> None:
    @settings(max_examples=100 if SEARCHING else 4)
    @given(case=cases)
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {TOKEN}"}, checks=CHECKS)

    # Where nothing is asked, nothing wrong can be asked.
    with suppress(Unsatisfiable):
        ask()


def test_every_operation_has_a_name_a_summary_and_examples(client: Client) -> None:
    document = client.get("/openapi.json").json()
    operations = [one for path in document["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(names) == len(set(names)) > 40
    for one in operations:
        assert one["summary"], one["operationId"]
        assert one["tags"], one["operationId"]
        assert set(one["tags"]) <= {tag["name"] for tag in document["tags"]}
        for parameter in one.get("parameters", ()):
            assert parameter["description"], (one["operationId"], parameter["name"])
            told = parameter["schema"]
            shape = {"enum", "examples", "default", "minimum", "pattern"} & {*told, *parameter}
            assert shape or told.get("type") in ("boolean", "integer"), (one["operationId"], parameter["name"])
        for media in one.get("requestBody", {}).get("content", {}).values():
            assert media.get("examples") or media.get("example") or media["schema"].get("examples"), one["operationId"]


def test_the_page_of_the_document_loads_nothing_from_elsewhere(client: Client) -> None:
    answer = client.get("/docs")
    assert answer.status_code == 200
    assert "list_events" in answer.text
    assert "<script" not in answer.text
    assert not re.findall(r"(?:src|href)=[\"']?(?:https?:)?//", answer.text)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
