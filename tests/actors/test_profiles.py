"""Who is who: people and offices found by how somebody asks for them, and what does not agree marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.actors.claims import Claim, key_of, matching
from dragoman.actors.profiles import Profile, by_name, by_office, office_of
from dragoman.evidence import Span
from dragoman.knowledge.world import World, world

DAY = date(2024, 6, 1)


@pytest.fixture(scope="module")
def files() -> World:
    return world()


def claim(name: str, role: str, country: str | None, day: str, n: int, status: str = "incumbent") -> Claim:
    said = Span(start=0, end=4, text="said")
    return Claim(
        name=name, role=role, role_status=status, country=country, words=said, report_id=f"{n:016x}",
        day=date.fromisoformat(day), publisher=f"Outlet {n}",
    )  # fmt: skip


def among(*claims: Claim) -> Callable[[str, bool], list[Claim]]:
    def who(name: str, loose: bool) -> list[Claim]:
        keys = {key_of(n) for n in matching(name, {c.name for c in claims})} if loose else {key_of(name)}
        return [c for c in claims if key_of(c.name) in keys]

    return who


def counting(profile: Profile) -> list[tuple[str, str | None, str]]:
    return [(h.term.office, h.country, h.standing) for h in profile.held if h.counts]


@pytest.mark.parametrize(
    "asked",
    ["Amirabdollahian", "Amir-Abdollahian", "Hossein Amir Abdollahian", "hussein amirabdollahyan",
     "Foreign Minister Amirabdollahian"],
)  # fmt: skip
def test_a_name_in_any_spelling(files: World, asked: str) -> None:
    (found,) = by_name(asked, files, DAY, among())
    assert found.name == "Hossein Amirabdollahian"
    assert counting(found) == [("foreign minister", "IRN", "late")]


def test_the_day_decides_what_counts(files: World) -> None:
    (before,) = by_name("Amirabdollahian", files, date(2023, 1, 1), among())
    assert counting(before) == [("foreign minister", "IRN", "incumbent")]
    (long_before,) = by_name("Amirabdollahian", files, date(2000, 1, 1), among())
    assert counting(long_before) == []
    assert {held.standing for held in long_before.held} == {"not yet"}


def test_all_of_a_name_are_listed(files: World) -> None:
    told = (claim("Tariq Al Thani", "envoy", "QAT", "2024-05-01", 1),)
    found = by_name("Al Thani", files, DAY, among(*told))
    assert len(found) > 3
    assert found[-1].name == "Tariq Al Thani"
    assert found[-1].person is None
    assert by_name("Quite Nobody", files, DAY, among()) == []


def test_claims_stand_beside_the_files(files: World) -> None:
    told = (
        claim("Hossein Amir-Abdollahian", "foreign minister", "IRN", "2024-03-01", 1),
        claim("Hossein Amirabdollahian", "foreign minister", "IRQ", "2024-03-02", 2),
    )
    (found,) = by_name("Amirabdollahian", files, DAY, among(*told))
    agrees, differs = found.findings
    assert (agrees.against, agrees.against_files) == ([1], None)
    assert (differs.against, differs.against_files) == ([0], "foreign minister, IRN")
    assert found.state == "IRN"


def test_another_office_than_the_files_have(files: World) -> None:
    told = (
        claim("Sergei Lavrov", "energy minister", "RUS", "2024-03-01", 1),
        claim("Sergei Lavrov", "minister", "RUS", "2024-03-01", 2),
        claim("Sergei Lavrov", "ambassador", "RUS", "2024-03-01", 3, "former"),
    )
    (found,) = by_name("Sergei Lavrov", files, DAY, among(*told))
    assert [finding.against_files for finding in found.findings] == ["foreign minister", None, None]


def test_contradictions_are_marked_and_kept(files: World) -> None:
    told = (
        claim("Ingrid Solhaug", "foreign minister", "NOR", "2024-05-01", 1),
        claim("Ingrid Solhaug", "minister", "NOR", "2024-05-02", 2),
        claim("Ingrid Solhaug", "energy minister", "NOR", "2024-05-03", 3),
        claim("Ingrid Solhaug", "president", "NOR", "2023-01-01", 4),
        claim("Ingrid Solhaug", "mayor", "NOR", "2024-05-03", 5, "former"),
    )
    (found,) = by_name("Solhaug", files, DAY, among(*told))
    assert [(f.role, f.against) for f in found.findings] == [
        ("president", []),  # long before
        ("foreign minister", [3]),
        ("minister", []),  # fewer words for either
        ("energy minister", [1]),
        ("mayor", []),  # of the past
    ]
    assert found.verdict is not None
    assert found.verdict.country == "NOR"


@pytest.mark.parametrize(
    ("words", "office", "holder"),
    [
        ("foreign minister of Qatar", "foreign minister of Qatar", "Mohammed bin Abdulrahman Al Thani"),
        ("Qatar's foreign minister", "foreign minister of Qatar", "Mohammed bin Abdulrahman Al Thani"),
        ("the Qatari Foreign Minister", "foreign minister of Qatar", "Mohammed bin Abdulrahman Al Thani"),
        ("FOREIGN MINISTER QAT", "foreign minister of Qatar", "Mohammed bin Abdulrahman Al Thani"),
        ("UN secretary-general", "secretary-general of United Nations", "António Guterres"),
        ("prime minister of South Korea", "prime minister of South Korea", "Han Duck-soo"),
        ("president of the European Commission", "president of European Commission", "Ursula von der Leyen"),
    ],
)
def test_an_office_has_a_holder(files: World, words: str, office: str, holder: str) -> None:
    asked = office_of(words, files)
    assert asked is not None
    assert asked.words == office
    assert holder in [p.name for p in by_office(asked, files, DAY, []) if any(h.counts for h in p.held)]


@pytest.mark.parametrize("words", ["King Abdullah of Jordan", "foreign minister", "Qatar", "Ingrid Solhaug", "", "of"])
def test_other_words_are_no_office(files: World, words: str) -> None:
    assert office_of(words, files) is None


def test_holders_told_of_who_differ_are_marked(files: World) -> None:
    asked = office_of("foreign minister of Qatar", files)
    assert asked is not None
    role = "foreign minister"
    told = [
        claim("Mohammed bin Abdulrahman Al Thani", role, "QAT", "2024-05-01", 1),
        claim("Saif Al Nuaimi", role, "QAT", "2024-05-02", 2),
        claim("Khalid Attiya", role, "QAT", "2024-05-02", 3, "former"),
    ]
    found = {p.name: p.findings[0] for p in by_office(asked, files, DAY, told) if p.findings}
    holder = found["Mohammed bin Abdulrahman Al Thani"]
    assert holder.against_files is None
    assert holder.against_people == ["Saif Al Nuaimi"]
    assert found["Saif Al Nuaimi"].against_files == "Mohammed bin Abdulrahman Al Thani"
    assert found["Khalid Attiya"].against_files is None
