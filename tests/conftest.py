"""What all tests share: one reader and one PostgreSQL server, started once, and how hard property tests search.

Property tests run the same examples each time, so that `make test` says the same on every machine. To search for new
ones: ``DRAGOMAN_SEARCH=1 .venv/bin/python -m pytest tests/test_properties.py``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

import served
from dragoman import Reader
from dragoman.reading.parse import Grammar

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("steady", deadline=None, derandomize=True, database=None, suppress_health_check=_SLOW)
settings.register_profile("search", deadline=None, max_examples=1500, suppress_health_check=_SLOW)
SEARCHING = bool(os.environ.get("DRAGOMAN_SEARCH"))
settings.load_profile("search" if SEARCHING else "steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests first, so that workers come to an end together; those in a browser last.

    Playwright keeps a loop running in its thread as long as the session lasts, in which nobody else can begin one.
    """
    items.sort(key=lambda item: 2 if item.path.parent.name == "web" else item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader with the pipeline and the knowledge that come with Dragoman."""
    return Reader()


@pytest.fixture(scope="session")
def ruler() -> Reader:
    """A reader that codes events by the rules alone."""
    return Reader(coders="rules")


@pytest.fixture(scope="session")
def grammar(reader: Reader) -> Grammar:
    """The pipeline that comes with Dragoman, without politics."""
    return Grammar(reader.spacy_model)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[served.Server]:
    """A PostgreSQL server of the tests' own; tests that ask for it are left out where none is installed."""
    if why := served.missing():
        pytest.skip(why)
    server = served.Server()
    yield server
    server.stop()


@pytest.fixture
def postgres(postgres_server: served.Server) -> Iterator[str]:
    """The address of a database on that server that holds an archive without reports."""
    with postgres_server.archive() as url:
        yield url
