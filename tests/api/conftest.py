"""What the API's tests share: an archive with every kind of entry, an app on it, and who asks it without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

import make
from dragoman.api import Limits, build
from dragoman.archive import Archive
from dragoman.record.entries import Record
from dragoman.report.report import Report

TOKEN = "a token for tests"
UNLIMITED = Limits(each_minute=0)


class FakeReader:
    """Finds one event wherever Qatar thanked Iran, and nothing else."""

    def read_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        for report in reports:
            words = "Qatar thanked Iran"
            events = [make.event(report.text, evidence=make.span(report.text, words))] if words in report.text else []
            fields = ("url", "publisher", "published", "title")
            yield make.record(report.text, events=events, **{name: getattr(report, name) for name in fields})


class Client:
    """Asks an app; each request is over when it returns."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One request and its answer."""

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
                return await client.request(method, path, **more)

        return asyncio.run(asked())

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Read something."""
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any, token: str | None = TOKEN) -> httpx.Response:
        """Write something."""
        return self.ask("POST", path, json=body, headers={"Authorization": f"Bearer {token}"} if token else {})

    def rows(self, path: str, **asked: Any) -> list[dict[str, Any]]:
        """All rows of a list, page by page."""
        found: list[dict[str, Any]] = []
        after: str | None = None
        while True:
            answer = self.get(path, params=asked | ({"after": after} if after else {}))
            assert answer.status_code == 200, answer.text
            told = answer.json()
            found += told["rows"]
            after = told["next"]
            if after is None:
                return found


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an archive that nobody writes to."""
    url = f"sqlite:///{tmp_path_factory.mktemp('api') / 'record.db'}"
    with Archive(url) as archive:
        archive.add(make.synthetic(25))
        event = next(archive.events())
        archive.judge(event.id, "right", by="Ada")
    return url


@pytest.fixture(scope="session")
def client(filled: str) -> Client:
    """Asks an app that everybody may read and nobody write to."""
    return Client(build(filled, public=True, limits=UNLIMITED))


@pytest.fixture
def writing(tmp_path: Path) -> Client:
    """Asks an app on an archive of its own, to which whoever shows the token may write."""
    url = f"sqlite:///{tmp_path / 'record.db'}"
    with Archive(url) as archive:
        archive.add(make.synthetic(4))
    return Client(build(url, token=TOKEN, reader=lambda who: FakeReader(), limits=UNLIMITED))
