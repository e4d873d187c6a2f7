"""Given names tell man from woman, and only where the name does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.given_names import given_names
from dragoman.knowledge.loader import raw


@pytest.fixture
def fresh() -> Iterator[None]:
    """No memory of another test's file, and none left behind."""
    given_names.cache_clear()
    yield
    given_names.cache_clear()


@pytest.mark.parametrize("name", ["mohammed", "muhammad", "sergei", "jean-pierre", "gheorghe", "jae-in", "emmerson"])
def test_men(name: str) -> None:
    assert given_names().gender(name) == "m"


@pytest.mark.parametrize("name", ["fatima", "olga", "marie-claude", "ursula", "geun-hye", "jacinda", "kamala"])
def test_women(name: str) -> None:
    assert given_names().gender(name) == "f"


@pytest.mark.parametrize("name", ["andrea", "kim", "jean", "nicola", "sasha", "robin", "zzz", "", "Olga"])
def test_names_that_do_not_tell(name: str) -> None:
    assert given_names().gender(name) is None


def test_no_name_stands_twice() -> None:
    for regions in (given_names().m, given_names().f):
        names = [name for listed in regions.values() for name in listed]
        assert len(names) == len(set(names))
        assert len(names) > 2000


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"m": {"romance": ["andrea"]}, "f": {"english": ["andrea"]}}, "'andrea' is a man's name and a woman's"),
        ({"m": {"romance": ["José"]}, "f": {"english": ["ann"]}}, "String should match pattern"),
        ({"m": {"romance": ["jose"]}, "f": {"english": ["ann"]}, "x": {}}, "Extra inputs"),
        ({"m": {"romance": ["jose"]}}, "Field required"),
    ],
)
def test_a_spoilt_file_is_named(spoilt: dict[str, object], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "dragoman.knowledge.given_names.raw", lambda: {**raw(), "given_names.yaml": spoilt}, raising=True
    )
    with pytest.raises(KnowledgeError, match=rf"given_names\.yaml.*{said}"):
        given_names()
