"""An archive that tries the layouts hard: awkward characters, several parties, mutual events, denials, places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import make
from dragoman.archive import Archive
from dragoman.record.entries import Record

MET = (
    "Gulf talks\n\n"
    "DOHA (Wire) - Iranian Foreign Minister A. Sadr met Mr. Thani of Qatar in Doha on Friday, officials said.\n"
    "Iran thanked Qatar. The UN\tpraised Iran and Egypt; the EU did not condemn Egypt. France will visit Kosovo."
)
SENT = 'Norway "accused" Iran of\nattacking a ship. Iran rejected the claim.'


def party(text: str, words: str, **fields: object) -> object:
    return make.party(text, words, **fields)


def records() -> Iterator[Record]:
    """Two reports: one of many kinds of events, one without address, outlet and day."""
    doha = make.place(MET, "Doha", country="QAT", lat=25.28545, lon=51.53096, geoname_id=290030)
    minister = party(MET, "A. Sadr", country="IRN", kind="person", sector="GOV", role="foreign minister", qid="Q1")
    thani = party(MET, "Mr. Thani", country="QAT", kind="person", sector="GOV", other_sectors=["BUS"])
    un = party(MET, "UN", kind="igo", country="UNO")
    eu = party(MET, "EU", kind="igo", country="EUR")
    yield make.record(
        MET,
        title="Gulf talks",
        published="2024-06-01",
        publisher="The Wire; Ltd",
        url="https://www.example.org/a;b",
        events=[
            make.event(
                MET, None, "met", None, category="CONSULT", cameo="040", mode=None, quad=1, intensity=1.0,
                actors=[minister], recipients=[thani], reciprocal=True, place=doha, date="2024-05-31",
                contexts=["diplomatic"],
            ),
            make.event(MET, "Iran", "thanked", "Qatar", cameo="051", date=None),
            make.event(
                MET, None, "praised", None, cameo="051",
                actors=[un], recipients=[make.party(MET, "Iran", 2), make.party(MET, "Egypt", country="EGY")],
            ),
            make.event(MET, None, "condemn", None, category="ACCUSE", cameo="111", status="negated", actors=[eu]),
            make.event(
                MET, "France", "will visit", "Kosovo", category="AGREE", cameo="036", status="planned", intensity=2.0,
                date="2030-01-01",
                place=make.place(MET, "Kosovo", country="XKX", precision="country", lat=42.6, lon=20.9),
            ),
            make.event(MET, "Qatar", "said", None, cameo=None),
        ],
        contacts=[make.contact(MET, "Iran", "Qatar", place=doha)],
        statements=[make.statement(MET, "Iran", "thanked Qatar", "Qatar")],
        commitments=[make.commitment(MET, "France", "will visit Kosovo", "Kosovo")],
        places=[doha],
    )  # fmt: skip
    yield make.record(
        SENT,
        events=[
            make.event(
                SENT, "Norway", "accused", "Iran", category="ACCUSE", mode="allege", cameo="1123", intensity=-3.5
            ),
            make.event(SENT, "Iran", "rejected", None, category="REJECT", cameo="120", quad=3),
        ],
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Not to be written to."""
    with Archive(f"sqlite:///{tmp_path_factory.mktemp('exports') / 'record.db'}") as opened:
        opened.add(records())
        yield opened


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where files go."""
    return tmp_path / "events.txt"
