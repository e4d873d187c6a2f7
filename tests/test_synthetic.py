"""The made-up archive: plausible, whole, the same for the same numbers."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from dragoman import synthetic
from dragoman.archive import Archive
from dragoman.knowledge.codebook import codebook


def test_the_same_seed_gives_the_same(tmp_path: Path) -> None:
    one, same, other = (list(synthetic.records(300, seed)) for seed in (1, 1, 2))
    assert one == same
    assert one[0].record.report.text != other[0].record.report.text
    events = sum(len(told.record.events) for told in one)
    assert 300 <= events < 310
    assert 3 <= events / len(one) <= 5


def test_codes_are_in_the_book() -> None:
    book = codebook()
    for told in islice(synthetic.records(2000), 300):
        for event in told.record.events:
            assert event.mode is None or event.mode in book.modes[event.category]
            assert event.cameo in book.cameo
            assert set(event.contexts) <= book.contexts.keys()


def test_filling_goes_on_and_is_whole(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'made.db'}"
    number = synthetic.fill(url, 600, 3)
    assert synthetic.fill(url, 600, 3) == number
    with Archive(url) as archive:
        assert archive.count("reports") == number
        assert archive.check() == []
        tellings = sum(one.tellings for one in archive.counts(by="category"))
        assert 600 <= tellings < 610
        # Several outlets tell one event.
        assert 0.5 * tellings < archive.count("events") < 0.85 * tellings
        for what in ("contacts", "statements", "commitments", "actors"):
            assert archive.count(what)
        years = {one.key for one in archive.counts("reports", by="year")}
        assert len(years) == 10
        most = archive.counts(by="country", limit=1)[0]
        assert most.number > 10 * archive.count("events", state="COL")
