"""Who is who, in print: offices by the files, what reports told, and what of it does not agree.

In: `Profile`s and the question they answer. Out: tables on a terminal, JSON, and lines for a pipe, of four kinds:

    person | name | state | files or reports | names it is also written by
    office | name | office | state | first day | last day | standing on the day | counts or -
    told   | name | office | state | standings | first day | last day | reports | outlets | agrees, or how not
    words  | name | report id | day | outlet | the report's words
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.actors.claims import LEARNT, Claim, key_of
from dragoman.actors.profiles import Finding, Held, Profile, by_name, by_office, office_of
from dragoman.knowledge.world import World
from dragoman.terminal.columns import Column, table
from dragoman.terminal.palette import QUIET, STRONG
from dragoman.terminal.plain import joined
from dragoman.terminal.tables import heading, stacked
from dragoman.terminal.view import TEXT_WIDTH
from dragoman.terminal.wording import counted, line

Told = Callable[..., list[Claim]]
SHORT_ID = 8
WORDS_SHOWN = 3
"""How many reports' words stand below a finding on a terminal; the other forms have all."""
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: a name or an office, and for which day.

    Attributes:
        asked: in the asker's words.
        day: on which offices count.
        office: the office asked for; None for a name.
    """

    asked: str
    day: date
    office: str | None

    def show(self, console: Console, profiles: Iterable[Profile]) -> int:
        """Print everybody; returns how many there were."""
        found = list(profiles)
        if self.office is not None and found:
            console.print(Text(line(self.office)[:1].upper() + line(self.office)[1:], style=STRONG))
            self._holders(console, found)
        for profile in found:
            if self.office is None:
                self._person(console, profile)
            elif profile.findings:
                console.print(Text(f"\n{line(profile.name)}", style=STRONG))
                self._told(console, profile)
        if found:
            console.print()
        return len(found)

    def lines(self, profile: Profile) -> str:
        """A person's lines."""
        person = profile.person
        out = [
            joined(
                "person", profile.name, profile.state, "files" if person is not None else "reports",
                ", ".join(person.aliases) if person is not None and person.aliases else None,
            )
        ]  # fmt: skip
        for held in profile.held:
            term, counts = held.term, "counts" if held.counts else None
            out.append(
                joined("office", profile.name, _office(held), held.country, term.from_, term.to, held.standing, counts)
            )
        for finding in profile.findings:
            first, last = _iso(finding.first), _iso(finding.last)
            statuses, reports = ", ".join(finding.statuses) or None, counted(len(finding.reports), "report")
            outlets, agrees = ", ".join(finding.outlets) or None, _contradiction(finding) or "agrees"
            said = (profile.name, finding.role, finding.country, statuses, first, last, reports, outlets, agrees)
            out.append(joined("told", *said))
            for claim in finding.claims:
                out.append(
                    joined("words", profile.name, claim.report_id, _iso(claim.day), claim.publisher, claim.words.text)
                )
        return "\n".join(out)

    def data(self, profile: Profile) -> dict[str, Any]:
        """A person as JSON has it."""
        person, verdict = profile.person, profile.verdict
        return {
            "name": profile.name,
            "country": profile.state,
            "date": self.day.isoformat(),
            "office_asked": self.office,
            "files": None
            if person is None
            else {
                "name": person.name,
                "aliases": list(person.aliases),
                "country": person.country,
                "sector": person.sector,
                "qid": person.qid,
                "born": person.born,
                "died": person.died,
                "offices": [_held(held) for held in profile.held],
            },
            "told": [_finding(finding) for finding in profile.findings],
            "taken": None
            if verdict is None
            else {
                "role": verdict.role,
                "role_status": verdict.role_status,
                "country": verdict.country,
                "reasons": [fact for fact, _ in verdict.reasons],
            },
        }

    def nothing(self, url: str | None) -> str:
        """The sentence for whom nobody knows; `url` is the archive that was asked, if any."""
        where = f"and no report in {url} tells of one" if url else "and there is no archive yet"
        if self.office is not None:
            return f"Nobody is known as {self.office}: the files name none, {where}."
        return (
            f"Nothing is known of {self.asked}: the files have no such name, {where}. "
            "For an office, say whose it is: foreign minister of Qatar."
        )

    def _holders(self, console: Console, found: list[Profile]) -> None:
        """Who held the office, latest first, the holder on the day marked."""
        rows = [
            [*_days(held), Text(line(profile.name), style=STRONG if held.counts else ""), *_standing(held)]
            for profile in found
            for held in reversed(profile.held)
        ]
        console.print(heading("By the files", len(rows), "holder"))
        if rows:
            columns = [Column("From"), Column("To"), Column("Holder", share=2.0), Column(f"On {self.day}")]
            console.print(table(columns, rows, console.width))
        if not any(held.counts for profile in found for held in profile.held):
            console.print(Text(f"The files name nobody for {self.day}.", style=QUIET))

    def _person(self, console: Console, profile: Profile) -> None:
        person, width = profile.person, min(console.width, TEXT_WIDTH)
        console.rule(style=QUIET, characters="─")
        console.print(Text(line(profile.name), style=STRONG))
        if person is None:
            console.print(Text("not in the files; known from reports only", style=QUIET))
        else:
            known = (
                person.country, person.sector, f"born {person.born}" if person.born else None,
                f"died {person.died}" if person.died else None, person.qid,
            )  # fmt: skip
            console.print(Text(" · ".join(line(part) for part in known if part), style=QUIET))
            # Of ways to write a name that differ in a hyphen only, one is enough.
            others = {key_of(alias): line(alias) for alias in reversed(person.aliases)}
            others.pop(key_of(person.name), None)
            if others:
                also = ", ".join(reversed(others.values()))
                console.print(Text(f"also {also}", style=QUIET), width=width)
            self._offices(console, profile)
        if profile.findings:
            self._told(console, profile)

    def _offices(self, console: Console, profile: Profile) -> None:
        console.print(heading("By the files", len(profile.held), "office"))
        if not profile.held:
            return
        rows = [
            [
                *_days(held),
                Text(line(_office(held)), style=STRONG if held.counts else ""),
                Text(held.country or ""),
                *_standing(held),
            ]
            for held in profile.held
        ]
        columns = [Column("From"), Column("To"), Column("Office", share=2.0), Column("State")]
        console.print(table([*columns, Column(f"On {self.day}")], rows, console.width))

    def _told(self, console: Console, profile: Profile) -> None:
        console.print(heading("By reports", len(profile.findings), "finding"))
        rows = []
        for number, finding in enumerate(profile.findings, start=1):
            standing = ", ".join(s for s in finding.statuses if s != "incumbent")
            differs = _contradiction(finding)
            rows.append(
                [
                    Text(str(number), style=QUIET),
                    stacked(
                        Text(line(finding.role), style=STRONG),
                        Text(standing, style=QUIET),
                        Text(f"≠ {differs}" if differs else "", style="bold"),
                    ),
                    Text(finding.country or ""),
                    _told_when(finding),
                    _words(finding),
                ]
            )
        columns = [
            Column("#", right=True), Column("Office", share=1.2), Column("State"), Column("Told"),
            Column("In these words", share=2.0),
        ]  # fmt: skip
        console.print(table(columns, rows, console.width, apart=True))
        self._taken(console, profile)

    def _taken(self, console: Console, profile: Profile) -> None:
        """What a report of that day would be told, and why."""
        verdict, width = profile.verdict, min(console.width, TEXT_WIDTH)
        if verdict is None or self.office is not None:
            return
        if any(held.counts for held in profile.held):
            what, facts = "nothing, since the files go before it", []
        else:
            facts = [fact.removeprefix(LEARNT) for fact, _ in verdict.reasons]
            standing = None if verdict.role_status == "incumbent" else verdict.role_status
            office = " ".join(filter(None, (standing, verdict.role)))
            taken = ", ".join(filter(None, (office, verdict.country)))
            what = line(taken) if taken else "nothing, since as many tell one thing as the other"
        console.print(Text.assemble((f"\nWhat a report of {self.day} learns from this: ", QUIET), what), width=width)
        for fact in facts:
            console.print(Padding(Text(line(fact), style=QUIET), (0, 0, 0, 2)), width=width)


def answered(asked: str, day: date, files: World, told: Told | None) -> tuple[Question, list[Profile]]:
    """Everybody who may be meant by a name, or who held an office.

    Args:
        asked: in the asker's words.
        day: on which offices count.
        files: what the world is known as.
        told: gives an archive's claims, as `Archive.who` does; None where there is no archive.
    """
    give: Told = told if told is not None else lambda *_, **__: []
    office = office_of(asked, files)
    question = Question(asked, day, office.words if office is not None else None)
    if office is not None:
        return question, by_office(office, files, day, give(role=office.head.office, country=office.country))
    return question, by_name(asked, files, day, lambda name, loose: give(name, loose=loose))


def _office(held: Held) -> str:
    return f"{held.term.office}, {held.term.of}" if held.term.of else held.term.office


def _days(held: Held) -> tuple[Text, Text]:
    last = held.term.to or ""
    return Text(held.term.from_ or _UNKNOWN), Text(last)


def _standing(held: Held) -> tuple[Text]:
    return (Text(f"● {held.standing}", style=STRONG) if held.counts else Text(f"  {held.standing}", style=QUIET),)


def _told_when(finding: Finding) -> Text:
    first, last = _iso(finding.first), _iso(finding.last)
    days = stacked(Text(first or "no day"), Text(f"to {last}" if last and last != first else ""))
    outlets = len(finding.outlets)
    how = counted(len(finding.reports), "report")
    return stacked(days, Text(how, style=QUIET), Text(counted(outlets, "outlet") if outlets else "", style=QUIET))


def _words(finding: Finding) -> Text:
    """The latest reports' words, each with where they stand."""
    shown = list(reversed(finding.claims))[:WORDS_SHOWN]
    parts = []
    for claim in shown:
        where = (claim.report_id[:SHORT_ID], _iso(claim.day), claim.publisher)
        parts.append(Text(f"“{line(claim.words.text)}”", style="italic"))
        parts.append(Text(" · ".join(line(part) for part in where if part), style=QUIET))
    left = len(finding.claims) - len(shown)
    return stacked(*parts, Text(f"and {left:,} more" if left else "", style=QUIET))


def _contradiction(finding: Finding) -> str:
    """What a finding does not agree with, in words; empty when it agrees."""
    parts = [f"told otherwise in {', '.join(f'#{n + 1}' for n in finding.against)}"] if finding.against else []
    parts += [f"the files have {finding.against_files}"] if finding.against_files else []
    parts += [f"also told of {', '.join(finding.against_people)}"] if finding.against_people else []
    return line("; ".join(parts)) if parts else ""


def _held(held: Held) -> dict[str, Any]:
    term = held.term
    return {
        "office": term.office,
        "of": term.of,
        "country": held.country,
        "from": term.from_,
        "to": term.to,
        "standing": held.standing,
        "counts": held.counts,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "role": finding.role,
        "role_statuses": finding.statuses,
        "country": finding.country,
        "sector": finding.sector,
        "first": _iso(finding.first),
        "last": _iso(finding.last),
        "reports": len(finding.reports),
        "outlets": finding.outlets,
        "contradicts": finding.against,
        "contradicts_files": finding.against_files,
        "contradicts_people": finding.against_people,
        "evidence": [
            {
                "report_id": claim.report_id,
                "day": _iso(claim.day),
                "publisher": claim.publisher,
                "name": claim.name,
                "role_status": claim.role_status,
                "words": claim.words.model_dump(),
            }
            for claim in finding.claims
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
