"""Claims of reports held against each other: which count on a day, which is taken, when none is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.actors.claims import Claim, Verdict, key_of, matching, weigh
from dragoman.evidence import Span

DAY = date(2024, 6, 20)


def claim(role: str = "foreign minister", country: str | None = "NOR", day: str | None = "2024-06-10", n: int = 1,
          outlet: str | None = None, status: str | None = "incumbent") -> Claim:  # fmt: skip
    return Claim(
        name="Ingrid Solhaug", role=role, role_status=status, country=country, sector="GOV",
        words=Span(start=0, end=5, text="words"), report_id=f"{n:016x}", day=date.fromisoformat(day) if day else None,
        publisher=outlet,
    )  # fmt: skip


def facts(verdict: Verdict | None) -> str:
    assert verdict is not None
    return "; ".join(fact for fact, _ in verdict.reasons)


def test_nobody_told_anything() -> None:
    assert weigh([], DAY) is None


def test_one_report_is_believed_and_named() -> None:
    verdict = weigh([claim(outlet="The Wire")], DAY)
    assert verdict is not None
    assert (verdict.role, verdict.role_status, verdict.country, verdict.sector) == (
        "foreign minister", "incumbent", "NOR", "GOV",
    )  # fmt: skip
    assert "report 0000000000000001 of 2024-06-10 (The Wire) tells foreign minister, NOR" in facts(verdict)


def test_more_outlets_win_and_the_runner_up_is_named() -> None:
    told = [
        claim(n=1, outlet="A"), claim(n=2, outlet="B"),
        *(claim("energy minister", n=n, outlet="C") for n in (3, 4, 5)),
    ]  # fmt: skip
    verdict = weigh(told, DAY)
    assert verdict is not None
    assert verdict.role == "foreign minister"
    assert "runner-up, told by fewer: energy minister" in facts(verdict)


def test_of_as_many_outlets_more_reports_win() -> None:
    verdict = weigh([claim(n=1, outlet="A"), claim(country="SWE", n=2, outlet="B"), claim(n=3, outlet="A")], DAY)
    assert verdict is not None
    assert verdict.country == "NOR"


def test_even_states_leave_everything_open() -> None:
    verdict = weigh([claim(n=1), claim(country="SWE", n=2)], DAY)
    assert verdict is not None
    assert (verdict.role, verdict.country) == (None, None)
    assert "different states at the same time, none is taken: NOR" in facts(verdict)
    assert "SWE" in facts(verdict)


def test_even_offices_leave_the_office_open_and_keep_the_state() -> None:
    verdict = weigh([claim(n=1), claim("energy minister", n=2)], DAY)
    assert verdict is not None
    assert (verdict.role, verdict.role_status, verdict.country) == (None, None, "NOR")


def test_fewer_words_for_the_same_office_do_not_contradict() -> None:
    verdict = weigh([claim("minister", n=1), claim(n=2), claim("energy minister", country=None, n=3)], DAY)
    assert verdict is not None
    assert verdict.country == "NOR"
    single = weigh([claim("minister", n=1), claim(n=2)], DAY)
    assert single is not None
    assert single.role == "foreign minister"


def test_the_fuller_words_are_of_the_state_that_is_taken() -> None:
    verdict = weigh([claim("minister", "QAT", n=1), claim("minister", "QAT", n=2), claim(country="IRN", n=3)], DAY)
    assert verdict is not None
    assert (verdict.role, verdict.country) == ("minister", "QAT")


def test_what_is_older_has_been_overtaken() -> None:
    old = [claim(n=n, day="2023-05-01", outlet=f"{n}") for n in range(5)]
    verdict = weigh([*old, claim("prime minister", n=9, day="2024-06-01")], DAY)
    assert verdict is not None
    assert verdict.role == "prime minister"
    before = weigh([*old, claim("prime minister", n=9, day="2024-06-01")], date(2024, 5, 1))
    assert before is not None
    assert before.role == "foreign minister"


def test_later_reports_count_only_where_nothing_else_does_and_are_marked() -> None:
    later = claim("prime minister", n=9, day="2024-07-01")
    verdict = weigh([later], DAY)
    assert verdict is not None
    assert (verdict.role, verdict.role_status) == ("prime minister", None)
    assert "told only after this report" in facts(verdict)
    undated = weigh([later, claim(n=1, day=None)], DAY)
    assert undated is not None
    assert undated.role == "foreign minister"
    assert "on which day is not known" in facts(undated)
    dated = weigh([later, claim("energy minister", n=1, day=None), claim(n=2)], DAY)
    assert dated is not None
    assert dated.role == "foreign minister"


def test_a_standing_does_not_last_for_ever() -> None:
    verdict = weigh([claim(status="acting", day="2020-01-01")], DAY)
    assert verdict is not None
    assert (verdict.role, verdict.role_status) == ("foreign minister", None)


_claims = st.lists(
    st.builds(
        claim,
        role=st.sampled_from(["foreign minister", "minister", "prime minister"]),
        country=st.sampled_from([None, "NOR", "SWE"]),
        day=st.none() | st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(date.isoformat),
        n=st.integers(1, 5),
        outlet=st.sampled_from([None, "A", "B"]),
    ),
    min_size=1,
    max_size=6,
)


@given(_claims, st.none() | st.dates(), st.randoms())
def test_order_of_claims_changes_nothing(told: list[Claim], day: date | None, chance: object) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    verdict = weigh(told, day)
    assert verdict == weigh(shuffled, day)
    assert verdict is not None
    assert verdict.country is None or verdict.country in {c.country for c in told}
    assert verdict.role is None or verdict.role in {c.role for c in told}
    assert verdict.reasons


@pytest.mark.parametrize(
    "name", ["Amir-Abdollahian", "Amirabdollahian", "Amir Abdollahian", "AMIR‑ABDOLLAHIAN", "Amir Abdollāhiān"]
)
def test_ways_to_write_one_name(name: str) -> None:
    assert key_of(f"Hossein {name}") == "hosseinamirabdollahian"


NAMES = ["Ingrid Solhaug", "Ola Solhaug", "Hossein Amir-Abdollahian", "Abdul Amir", "Jonas Gahr Støre"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Ingrid Solhaug", ["Ingrid Solhaug"]),
        ("solhaug", ["Ingrid Solhaug", "Ola Solhaug"]),
        ("Amirabdollahian", ["Hossein Amir-Abdollahian"]),
        ("Amir Abdollahian", ["Hossein Amir-Abdollahian"]),
        ("Hussein Amirabdullahian", ["Hossein Amir-Abdollahian"]),
        ("Store", ["Jonas Gahr Støre"]),
        ("Gahr Store", ["Jonas Gahr Støre"]),
        ("Nobody", []),
        ("?!", []),
    ],
)
def test_who_may_be_meant(asked: str, found: list[str]) -> None:
    assert matching(asked, NAMES) == found
