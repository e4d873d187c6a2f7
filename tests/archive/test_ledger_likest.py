"""Lines left out for what they can be at most change nothing: the ledger goes on as if all were compared."""

from __future__ import annotations

import base64
import random
from itertools import islice

import numpy as np
import pytest

from archive.conftest import NewArchive
from dragoman import synthetic
from dragoman.archive import ledger_likest
from dragoman.archive.fates import fates_of
from dragoman.archive.ledger_likest import Found, Known, linked, near_lines
from dragoman.archive.likeness import Likeness, ceiling, likeness
from dragoman.archive.tellings import telling_of
from dragoman.record.entries import Gist, Record

THERE, NEW = 150, 60


@pytest.fixture(scope="module")
def told() -> list[Record]:
    """Made-up reports of a few states, with gists: those of one subject lie close to each other."""
    chance = random.Random(5)
    subjects = np.random.default_rng(5).normal(size=(6, 384))
    records = []
    for number, one in enumerate(islice(synthetic.records(5_000, 5), THERE + NEW)):
        noise = np.random.default_rng(number).normal(size=384) * chance.choice((0.3, 1.0, 2.0))
        vector = subjects[chance.randrange(len(subjects))] + noise
        packed = np.rint(vector / np.abs(vector).max() * 127).astype(np.int8).tobytes()
        gist = Gist(model="made up", vector=base64.b64encode(packed).decode())
        records.append(one.record.model_copy(update={"gist": gist}))
    return records


def test_nothing_is_left_out_that_would_be_linked(
    new_archive: NewArchive, told: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared, there = 0, 0

    def counted(*given: object) -> Likeness:
        nonlocal compared
        compared += 1
        return likeness(*given)  # type: ignore[arg-type]

    with new_archive() as archive:
        archive.add(told[:THERE])
        found: list[Found] = []
        for record in told[THERE:]:
            telling, odds = telling_of(record), fates_of(record)
            with archive._store.reading() as connection:
                near = near_lines(connection, telling)
                there += len(near)
                with monkeypatch.context() as patch:
                    patch.setattr(ledger_likest, "likeness", counted)
                    quick = linked(connection, near, telling, odds)
                with monkeypatch.context() as patch:
                    patch.setattr(ledger_likest, "_likest", _all)
                    whole = linked(connection, near, telling, odds)
            assert [_of(one) for one in quick] == [_of(one) for one in whole]
            found += quick
    assert any(one.sure for one in found)
    assert any(not one.sure for one in found)
    assert compared < there / 2


def _all(connection, near, telling, odds):  # type: ignore[no-untyped-def]
    """Every line by everything."""
    lines = ledger_likest._with_words(connection, near)
    scored = [(likeness(line.before, line.parties, telling, odds), line) for line in lines]
    return sorted(scored, key=lambda pair: (-pair[0].probability, pair[1].id))


def _of(found: Found) -> tuple[str, float, bool, list[str]]:
    return found.known.id, found.likeness.probability, found.sure, [r.fact for r in found.likeness.reasons]


def test_no_likeness_is_above_its_ceiling(told: list[Record]) -> None:
    tellings = [telling_of(record) for record in told[:THERE]]
    chance = random.Random(7)
    for record in told[THERE:]:
        new, odds = telling_of(record), fates_of(record)
        at_most = ceiling(new, odds)
        for _ in range(20):
            before = chance.sample(tellings, chance.randint(1, 3))
            line = Known("line", frozenset(chance.sample(sorted(before[0].countries), 1)), tuple(before))
            exact = likeness(line.before, line.parties, new, odds).probability
            assert exact <= at_most(line.before, line.parties) + 1e-9
