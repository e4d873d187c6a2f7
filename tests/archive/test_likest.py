"""Reports are found by what is meant: questions in other words than the reports'."""

from __future__ import annotations

import pytest

from dragoman import Reader, Report
from dragoman.archive import Archive
from dragoman.meaning import Sentences

# What is asked, and the report that answers: written to share no telling word.
PAIRS = [
    (
        "coffee harvest ruined by frost",
        "Cold nights have destroyed a third of the bean crop in Minas Gerais, growers said.",
    ),
    (
        "minister says sorry for shooting at the border",
        "Colombia's defence chief apologised to Ecuador after guards opened fire on a bus near Tulcán.",
    ),
    ("country writes off what a poor state owes", "Japan forgave Laos a loan of forty million dollars on Tuesday."),
    (
        "envoy called in over spying",
        "Vienna summoned the ambassador of Belarus because of listening devices in a ministry.",
    ),
    ("soldiers go home", "The last Kenyan battalion has left Goma and returned to Nairobi."),
    (
        "talks about sharing a river",
        "Delegations of Egypt and Sudan met in Cairo on how much water each may take from the Nile.",
    ),
    ("ship with grain reaches port", "A freighter carrying 30,000 tonnes of wheat docked in Beirut on Sunday."),
    ("vote observers invited", "Honduras asked the European Union to send a mission to watch its elections."),
    ("ban on flights lifted", "Airlines may cross Armenian skies again since Monday, Baku announced."),
    ("stolen statue comes back", "A museum in Leiden handed a bronze taken in colonial times over to Indonesia."),
]


@pytest.fixture(scope="module")
def archive(reader: Reader) -> Archive:
    opened = Archive("sqlite://")
    opened.add(reader.read_many(Report(text=text) for _, text in PAIRS))
    return opened


def test_found_by_meaning(archive: Archive) -> None:
    vectors = Sentences()([question for question, _ in PAIRS])
    first = five = 0
    for vector, (_, text) in zip(vectors, PAIRS, strict=True):
        hits = [archive.record(hit.report_id).report.text for hit in archive.like(vector, limit=5)]
        first += hits[0] == text
        five += text in hits
    assert five >= 9
    assert first >= 8


def test_filters_limits_and_what_comes_later(archive: Archive, reader: Reader) -> None:
    (vector,) = Sentences()(["wheat ship in harbour"])
    assert len(list(archive.like(vector))) == len(PAIRS)
    assert len(list(archive.like(vector, limit=3))) == 3
    assert list(archive.like(vector, limit=0)) == []
    assert list(archive.like(vector, since="2030-01-01")) == []
    scores = [hit.score for hit in archive.like(vector)]
    assert scores == sorted(scores, reverse=True)
    late = "A second freighter with maize moored in Tripoli on Friday, the harbour master said."
    archive.add([reader.read(late, published="2030-02-01")])
    (hit,) = archive.like(vector, since="2030-01-01")
    assert hit.snippet == late


def test_nothing_without_gists() -> None:
    with Archive("sqlite://") as empty:
        (vector,) = Sentences()(["anything"])
        assert list(empty.like(vector)) == []
