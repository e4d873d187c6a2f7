"""What a report's own words tell of a person, and what a later report that tells nothing learns from others."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from dragoman.actors.claims import Claim
from dragoman.reader import Reader
from dragoman.record.entries import Actor, Record

DAY = "2024-06-04"


def told(record: Record) -> set[tuple[str, str, str | None, str | None]]:
    return {(a.name, t.role, t.role_status, t.country) for a in record.actors for t in a.told}


def claims_of(record: Record) -> list[Claim]:
    return [
        Claim(
            name=actor.name, role=t.role, role_status=t.role_status, country=t.country, sector=t.sector, words=t.span,
            report_id=record.report.id, day=record.report.published, publisher=record.report.publisher,
        )
        for actor in record.actors for t in actor.told
    ]  # fmt: skip


def person(record: Record, name: str) -> Actor:
    return next(actor for actor in record.actors if actor.name == name)


def facts(actor: Actor) -> str:
    return "; ".join(reason.fact for reason in actor.reasons)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norwegian Foreign Minister Ingrid Solhaug met envoys from Chile.",
            {("Ingrid Solhaug", "foreign minister", "incumbent", "NOR")},
        ),
        (
            "Nihat Sarpkaya, the Turkish foreign minister, thanked Malta.",
            {("Nihat Sarpkaya", "foreign minister", "incumbent", "TUR")},
        ),
        (
            "The late President of Chile, Pedro Soto, was praised by Peru.",
            {("Pedro Soto", "president", "late", "CHL")},
        ),
        (
            "Qatar and its foreign minister, Saif Al Nuaimi, thanked Iran.",
            {("Saif Al Nuaimi", "foreign minister", "incumbent", "QAT")},
        ),
        (
            "UN Secretary-General Ban Lu thanked Peru.",
            {("Ban Lu", "secretary-general", "incumbent", "UNO")},
        ),
        (
            "Chile welcomed the verdict. Ana Solís, a spokeswoman for its foreign ministry, thanked the court.",
            {("Ana Solís", "foreign ministry spokesperson", "incumbent", "CHL")},
        ),
        # The state is only near, so the claim has none.
        (
            "Norway thanked Peru. Foreign Minister Ingrid Solhaug praised it.",
            {("Ingrid Solhaug", "foreign minister", "incumbent", None)},
        ),
        # Fuller words of one report go before fewer.
        (
            "Norwegian Foreign Minister Ingrid Solhaug met envoys. Foreign Minister Solhaug thanked Peru.",
            {("Ingrid Solhaug", "foreign minister", "incumbent", "NOR")},
        ),
        # The minister goes back to another one, by a mistake or not: her state is not told here.
        (
            "Press statement on Albania's foreign minister.\n\nThe minister, Dr Graziella Aquilina, held talks.",
            set(),
        ),
        # A counterpart's office is somebody else's, no name is told of, and the files are no report.
        ("Nihat Sarpkaya met his Maltese counterpart Graziella Aquilina.", set()),
        ("The Norwegian foreign minister thanked Peru.", set()),
        ("Sergei Lavrov thanked Peru.", set()),
        # Which of two ministers a name is, the words do not tell.
        ("The foreign ministers of Norway and Chile, Ingrid Solhaug and Tomás Arriagada, met in Oslo.", set()),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_words_tell(reader: Reader, text: str, expected: set[object]) -> None:
    assert told(reader.read(text, published=DAY)) == expected


def test_words_told_are_those_of_the_report(reader: Reader) -> None:
    record = reader.read("Ingrid Solhaug, Norway’s  energy minister, met envoys from Chile.", published=DAY)
    (told_once,) = person(record, "Ingrid Solhaug").told
    assert told_once.span.text == "Norway’s  energy minister"
    assert told_once.span.text == record.report.text[told_once.span.start : told_once.span.end]


@pytest.fixture
def knows(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> list[Claim]:
    """The reader with a who's who of its own, which the test may fill."""
    known: list[Claim] = []

    def who(name: str) -> Iterable[Claim]:
        return known

    monkeypatch.setattr(reader, "_who", who)
    return known


SAID = "Norwegian Foreign Minister Ingrid Solhaug met envoys from Chile."


def test_a_later_report_learns(reader: Reader, knows: list[Claim]) -> None:
    first = reader.read(SAID, published=DAY, publisher="Northern Desk")
    knows += claims_of(first)
    second = reader.read("Ingrid Solhaug thanked Peru. The foreign minister praised Lima.", published="2024-06-20")
    learnt = person(second, "Ingrid Solhaug")
    assert (learnt.role, learnt.role_status, learnt.country, learnt.sector) == (
        "foreign minister", "incumbent", "NOR", "GOV",
    )  # fmt: skip
    assert f"report {first.report.id} of 2024-06-04 (Northern Desk)" in facts(learnt)
    assert learnt.told == ()  # learnt is not told: nothing feeds on itself
    assert "The foreign minister" in {span.text for span in learnt.mentions}


def test_it_learns_under_another_spelling_but_not_of_a_namesake(reader: Reader, knows: list[Claim]) -> None:
    knows += claims_of(reader.read(SAID, published=DAY))
    assert person(reader.read("Íngrid Solhaug thanked Peru.", published=DAY), "Íngrid Solhaug").country == "NOR"
    assert person(reader.read("Ola Solhaug thanked Peru.", published=DAY), "Ola Solhaug").country is None


def test_without_a_whos_who_nothing_is_learnt(reader: Reader) -> None:
    assert person(reader.read("Ingrid Solhaug thanked Peru.", published=DAY), "Ingrid Solhaug").country is None


@pytest.mark.parametrize(
    "text",
    [
        "Ingrid Solhaug, Norway's energy minister, thanked Peru.",
        "Norwegian Energy Minister Ingrid Solhaug thanked Peru.",
        "Ingrid Solhaug thanked Peru. Energy Minister Solhaug left for Lima.",
    ],
)
def test_the_reports_own_words_go_first(reader: Reader, knows: list[Claim], text: str) -> None:
    knows += claims_of(reader.read(SAID, published=DAY))
    own = person(reader.read(text, published="2024-06-20"), "Ingrid Solhaug")
    assert (own.role, own.country) == ("energy minister", "NOR")


def test_the_files_go_before_claims(reader: Reader, knows: list[Claim]) -> None:
    first = reader.read("Belarusian Foreign Minister Sergei Lavrov thanked Peru.", published=DAY)
    knows += [*claims_of(first), *claims_of(reader.read(SAID, published=DAY))]
    known = person(reader.read("Sergei Lavrov thanked Peru.", published="2024-06-20"), "Sergei Lavrov")
    assert (known.role, known.country) == ("foreign minister", "RUS")
    assert "learnt" not in facts(known)


def test_contradictions_leave_it_open(reader: Reader, knows: list[Claim]) -> None:
    knows += claims_of(reader.read(SAID, published=DAY))
    knows += claims_of(reader.read("Swedish Foreign Minister Ingrid Solhaug met envoys.", published="2024-06-05"))
    open_still = person(reader.read("Ingrid Solhaug thanked Peru.", published="2024-06-20"), "Ingrid Solhaug")
    assert (open_still.role, open_still.country) == (None, None)
    assert "none is taken" in facts(open_still)


def test_a_report_does_not_learn_from_itself(reader: Reader, knows: list[Claim]) -> None:
    text = "Ingrid Solhaug thanked Peru. Ingrid Solhaug, Norway's energy minister, praised Lima."
    alone = reader.read(text, published=DAY)
    knows += claims_of(alone)
    assert reader.read(text, published=DAY) == alone


def test_a_name_asked_for_alone(reader: Reader, knows: list[Claim]) -> None:
    knows += claims_of(reader.read(SAID, published=DAY))
    actor = reader.resolve("Ingrid Solhaug", date="2024-06-20")
    assert actor is not None
    assert (actor.role, actor.country) == ("foreign minister", "NOR")
