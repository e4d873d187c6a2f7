"""Many who write at once through one server, while others read: nothing lost, nothing double."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from api.conftest import TOKEN, UNLIMITED, FakeReader
from dragoman.api import build
from dragoman.archive import Archive

WRITERS, EACH = 8, 6


@pytest.mark.parametrize("home", ["sqlite", "postgresql"])
def test_nothing_is_lost_and_nothing_double(home: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if home == "sqlite":
        url = f"sqlite:///{tmp_path / 'record.db'}"
        Archive(url).close()
    else:
        url = request.getfixturevalue("postgres")
    app = build(url, token=TOKEN, reader=lambda who: FakeReader(), limits=UNLIMITED)
    # Every text is sent by two of them.
    texts = [f"Qatar thanked Iran for help no. {number // 2}." for number in range(WRITERS * EACH)]
    seen: list[int] = []

    async def run() -> list[str]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=60) as client:

            async def write(number: int) -> list[str]:
                outcomes = []
                for text in texts[number::WRITERS]:
                    answer = await client.post(
                        "/reports", json={"text": text}, headers={"Authorization": f"Bearer {TOKEN}"}
                    )
                    assert answer.status_code in (200, 201), answer.text
                    outcomes += [row["outcome"] for row in answer.json()["rows"]]
                return outcomes

            async def read() -> list[str]:
                for _ in range(EACH):
                    answer = await client.get("/count/reports")
                    assert answer.status_code == 200
                    seen.append(answer.json()["number"])
                return []

            told = await asyncio.gather(*(write(number) for number in range(WRITERS)), read(), read())
            return [outcome for one in told for outcome in one]

    outcomes = asyncio.run(run())
    assert outcomes.count("added") == len(set(texts))
    assert outcomes.count("already_there") == len(texts) - len(set(texts))
    assert max(seen) <= len(set(texts))
    with Archive(url, read_only=True) as archive:
        assert {row.report.text for row in archive.reports()} == set(texts)
        assert archive.check() == []
