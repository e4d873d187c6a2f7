"""All that can be wrong with the knowledge files, told at once.

In: our files, and a user's folder laid over them. Out: findings, sorted. Nothing is raised for a wrong file: where one
cannot be read, the rest is still checked. Kinds of findings:

    syntax      no YAML, a key that stands twice
    schema      an unknown key, a wrong type, a missing key, a code that the codebook does not have
    reference   a country, sector, office or body that is none
    duplicate   a strong name that stands for two things
    date        a day that is none, an end before a beginning, a term after death
    overlap     two holders at once of an office that one at a time holds
    gap         a stretch without a known holder; a note, on demand
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from dragoman.errors import KnowledgeError
from dragoman.knowledge import loader
from dragoman.knowledge.check_names import duplicates
from dragoman.knowledge.check_times import gaps as gaps_of
from dragoman.knowledge.check_times import impossible_dates, overlaps
from dragoman.knowledge.codebook import Codebook, codebook
from dragoman.knowledge.commitments import binding_words
from dragoman.knowledge.contacts import contact_words
from dragoman.knowledge.epithets import epithets
from dragoman.knowledge.findings import Finding, Kind, Placed
from dragoman.knowledge.given_names import given_names
from dragoman.knowledge.grammar import wordings
from dragoman.knowledge.laid import YOURS, by_entry, kind_of, laid
from dragoman.knowledge.lexicon import TriggerFile, wrong_codes
from dragoman.knowledge.links import broken_links, unknown_owners
from dragoman.knowledge.modality import modality
from dragoman.knowledge.naming import naming
from dragoman.knowledge.organisations import organisations
from dragoman.knowledge.placing import placing
from dragoman.knowledge.readouts import readout_words
from dragoman.knowledge.reference import reference
from dragoman.knowledge.schema_faults import described, without_unknown
from dragoman.knowledge.sequels import sequels
from dragoman.knowledge.speech import sayings
from dragoman.knowledge.speech_acts import speech_acts
from dragoman.knowledge.timing import timing
from dragoman.knowledge.world import Body, Grouping, Offices, Person, State

LAID_OVER = ("states", "bodies", "persons", "triggers", "groups.yaml", "offices.yaml")
"""What a user's folder may hold."""
_MEND_YAML = "Mend the line; a name with a colon or a quote in it goes in quotation marks."
_SINGLE_FILES: tuple[Callable[[], Any], ...] = (
    epithets, given_names, naming, placing, binding_words, contact_words, wordings, modality, organisations,
    readout_words, reference, sayings, sequels, speech_acts, timing,
)  # fmt: skip
F = TypeVar("F", bound=loader.Fact)


@dataclass(slots=True)
class _Files:
    """Everything that could be read, entry by entry, and what was found on the way."""

    extra: Path | None
    found: list[Finding] = field(default_factory=list)
    theirs: set[str] = field(default_factory=set)
    unusable: set[str] = field(default_factory=set)
    data: dict[str, Any] = field(default_factory=dict)

    def shown(self, name: str) -> str:
        """A file's name as the user knows it."""
        return str(self.extra / name.removesuffix(YOURS)) if self.extra and self.is_own(name) else name

    def is_own(self, name: str) -> bool:
        """Whether a file is the user's."""
        return name.endswith(YOURS) or name in self.theirs

    def tell(self, name: str, entry: str, what: str, remedy: str, kind: Kind) -> None:
        self.found.append(Finding(self.shown(name), entry, what, remedy, kind))

    def entries(self, kind: type[F], room: str) -> list[Placed[F]]:
        """The entries of a room that can be used, with the file each stands in; faults are told."""
        out: list[Placed[F]] = []
        for name, data in self.data.items():
            if kind_of(name) != room:
                continue
            own = self.is_own(name)
            for number, row in enumerate(loader.rows_of(data), start=1):
                label = loader.label(row) or f"entry {number}"
                made = self.made(kind, row, name, label)
                if made is not None:
                    out.append(Placed(self.shown(name), made, own))
                elif isinstance(row, dict):
                    self.unusable |= {row[key] for key in ("name", "code") if isinstance(row.get(key), str)}
        return out

    def made(self, kind: type[F], data: Any, name: str, entry: str) -> F | None:
        """An entry; one with unknown keys is used without them, so that what else is wrong with it is told, too."""
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            for what, remedy in described(error, kind, data):
                self.tell(name, entry, what, remedy, "schema")
            try:
                return kind.model_validate(without_unknown(error, data))
            except ValidationError:
                return None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check looked at, and what it found, sorted by file and entry."""

    findings: tuple[Finding, ...]
    files: int
    states: int = 0
    bodies: int = 0
    groupings: int = 0
    persons: int = 0

    @property
    def faults(self) -> int:
        """How many of the findings are faults."""
        return sum(finding.grade == "fault" for finding in self.findings)


def checked(
    extra: str | None = None,
    *,
    gaps: bool = False,
    today: date | None = None,
    also: Iterable[Callable[[], Any]] = (),
) -> Checked:
    """Check all files.

    Args:
        extra: a user's own folder, laid over ours.
        gaps: tell of stretches without a known holder, too.
        today: from when a date counts as far ahead; the clock's day when None.
        also: loaders of knowledge that belong to other rooms; what they refuse is told.
    """
    files = _read(extra)
    try:
        book = codebook()
    except (KnowledgeError, LookupError) as error:
        return Checked(tuple(sorted({*files.found, *_refused(error)})), len(files.data))
    _load(files, _SINGLE_FILES)
    _triggers(files, book)
    states, bodies = files.entries(State, "states"), files.entries(Body, "bodies")
    groupings, persons = files.entries(Grouping, "groups.yaml"), files.entries(Person, "persons")
    _links(files, states, bodies, groupings, persons, book)
    if not any(found.kind in ("syntax", "schema", "reference", "date") for found in files.found):
        _load(files, also)  # they build on the entries; what is wrong with those is told once
    files.found += duplicates(states, bodies, groupings, persons)
    files.found += impossible_dates(persons, today or date.today())  # noqa: DTZ011 - the user's day
    try:
        single = naming().single
    except (KnowledgeError, LookupError):
        single = frozenset()
    files.found += overlaps(persons, single)
    if gaps:
        files.found += gaps_of(persons, single)
    return Checked(
        tuple(sorted(set(files.found))), len(files.data), len(states), len(bodies), len(groupings), len(persons)
    )


def _read(extra: str | None) -> _Files:
    files = _Files(Path(extra) if extra else None)
    ours: dict[str, Any] = {}
    for name, path in loader.files_below(loader.HOME).items():
        _parsed(files, name, path, ours)
    theirs: dict[str, Any] = {}
    if files.extra is not None:
        for path in sorted(files.extra.rglob("*.yml")):
            files.found.append(Finding(str(path), "", "this file is not read", "Let its name end in .yaml.", "schema"))
        for name, path in loader.files_below(files.extra).items():
            files.theirs.add(name)
            if kind_of(name) not in LAID_OVER:
                files.tell(
                    name, "", "nothing of ours can be laid over with a file of this name",
                    f"Move it to one of: {', '.join(LAID_OVER)}.", "schema",
                )  # fmt: skip
            else:
                _parsed(files, name, path, theirs)
    files.data = laid(ours, theirs)
    files.theirs -= {name for name in files.theirs if by_entry(name) and name in ours}
    return files


def _parsed(files: _Files, name: str, path: Path, into: dict[str, Any]) -> None:
    try:
        into[name] = loader.parse_known(name, path)
    except KnowledgeError as error:
        mark = getattr(error.__cause__, "problem_mark", None)
        problem = getattr(error.__cause__, "problem", None) or str(error.__cause__ or error)
        what = f"line {mark.line + 1}, column {mark.column + 1}: {problem}" if mark else problem
        files.tell(name, "", " ".join(what.split()), _MEND_YAML, "syntax")


def _load(files: _Files, loaders: Iterable[Callable[[], Any]]) -> None:
    for load in loaders:
        try:
            load()
        except KnowledgeError as error:
            files.found += _refused(error)
        except LookupError:
            continue  # its file could not be read, which is told already


def _triggers(files: _Files, book: Codebook) -> None:
    for name, data in files.data.items():
        if kind_of(name) != "triggers":
            continue
        file = files.made(TriggerFile, data, name, "")
        if file is None:
            continue
        for number, what in wrong_codes(file, book):
            files.tell(name, f"frame {number}", what, "Use one of the codebook's, in plover/.", "schema")


def _links(
    files: _Files, states: list[Placed[State]], bodies: list[Placed[Body]], groupings: list[Placed[Grouping]],
    persons: list[Placed[Person]], book: Codebook,
) -> None:  # fmt: skip
    """What points nowhere, told of the file each entry stands in."""
    name = "offices.yaml"
    offices = files.made(Offices, files.data.get(name), name, "")
    if offices is None:
        return
    where = {id(placed.thing): placed.file for room in (states, bodies, groupings, persons) for placed in room}
    s, b, g, p = _things(states), _things(bodies), _things(groupings), _things(persons)
    links = broken_links(s, b, g, offices, p, book, files.unusable)
    owners = unknown_owners(s, b, offices, p, files.unusable | _regions(files), naming().held_in_places)
    for link in (*links, *owners):
        file = where.get(id(link.thing), files.shown(name))
        files.found.append(Finding(file, link.entry, link.what, link.remedy, link.kind))


def _things(room: list[Placed[F]]) -> list[F]:
    return [placed.thing for placed in room]


def _regions(files: _Files) -> set[str]:
    """Names of provinces and regions, which have governors and presidents of their own."""
    rows = (loader.HOME / "provinces.tsv").read_text(encoding="utf-8").splitlines()
    named = {loader.label(row) or "" for row in loader.rows_of(files.data.get("regions.yaml"))}
    return named | {row.split("\t")[3] for row in rows if not row.startswith("#")}


def _refused(error: Exception) -> Iterator[Finding]:
    """A loader's refusal: ``file, entry: what; what``."""
    where, colon, rest = str(error).partition(": ")
    file, _, entry = where.partition(", ")
    for what in (rest if colon else where).split("; "):
        yield Finding(file, entry, what, "Mend it as the comments in the file say.", "schema")
