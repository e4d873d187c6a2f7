"""Finding known names in a text.

In: the world's names. Out: hits, longest first, leftmost first. Matching ignores diacritics, kinds of apostrophe and
hyphen, but not case: a name needs its capitals, an acronym all of them ("US" is not "us"). Common nouns (offices,
"government", "protesters") match in any case, singular or plural.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from dragoman.actors.offices import surely_held
from dragoman.knowledge.epithets import epithets
from dragoman.knowledge.folding import fold, is_acronym, sound_key
from dragoman.knowledge.loader import uncollected
from dragoman.knowledge.reference import reference
from dragoman.knowledge.world import Body, Grouping, Head, Person, State, StatePart, Term, World
from dragoman.reading.words import Word

NameUse = Literal["name", "weak", "adjective", "people", "seat", "opponent"]

_ATOM = re.compile(r"[^\W_]+|[^\w\s]")
_HYPHENS = frozenset("-‐‑")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for and in which of its uses."""

    thing: State | Body | Person | Grouping
    use: NameUse


@dataclass(frozen=True, slots=True)
class NameHit:
    """A known name at words ``first..last``; several entries when the name is shared."""

    first: int
    last: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class TermHit:
    """Common nouns at words ``first..last``: an office, a part of a state, a word for people, a status, a rank."""

    first: int
    last: int
    kind: Literal["office", "part", "people", "status", "rank"]
    thing: Head | StatePart | People | str | int
    plural: bool


@dataclass(frozen=True, slots=True)
class People:
    """A word for unnamed people."""

    word: str
    sector: str | None
    kind: str


# A single name of fewer letters than this stands for nobody by itself.
_SHORTEST_ALIAS = 3
# Names of fewer sounds are taken as written; of more, this share of them must be alike.
_LONG_ENOUGH = 9
_ALIKE = 0.93


class Names:
    """Index of all names and terms."""

    def __init__(self, world: World) -> None:
        self._names: dict[str, list[tuple[tuple[str, ...], str, Entry]]] = {}
        self._terms: dict[str, list[tuple[tuple[str, ...], TermHit]]] = {}
        self.by_code: dict[str, State] = {}
        self.heads = world.offices.heads
        self._ranks = {head.office: head.rank for head in self.heads}
        self.honorifics: set[str] = {h.lower() for h in world.offices.honorifics}
        for state in world.states:
            self._state(state)
        for body in world.bodies:
            for name in body.strong:
                self._name(name, Entry(body, "name"))
            for name in body.seats:
                self._name(name, Entry(body, "seat"))
            for name in body.weak:
                self._name(name, Entry(body, "weak"))
        for grouping in world.groupings:
            for name in grouping.strong:
                self._name(name, Entry(grouping, "name"), any_case=True)
        self._seats: dict[str, State] = {}
        for state in world.states:
            for seat in state.seated:
                self._seats.setdefault(fold(seat).removeprefix("the "), state)
        self._holders: dict[tuple[str, str], list[tuple[Person, Term]]] = {}
        self._persons: dict[str, list[Person]] = {}
        self._sounds: dict[str, list[tuple[str, Entry]]] = {}
        for person in world.persons:
            for name in person.strong:
                if " " in name or "-" in name:
                    self._name(name, Entry(person, "name"))
                elif len(name) > _SHORTEST_ALIAS:
                    self._name(name, Entry(person, "weak"))
                self._persons.setdefault(fold(name), []).append(person)
            surname = fold(person.name).split()[-1]
            if person not in self._persons.setdefault(surname, []):
                self._persons[surname].append(person)
            for term in person.offices:
                country = term.country or person.country
                if country:
                    self._holders.setdefault((term.office, country), []).append((person, term))
        offices = world.offices
        for status, words in offices.status.items():
            for word in words:
                self._term(word, TermHit(0, 0, "status", status, False), plural=False)
        for rank in offices.ranks:
            for word in rank.words:
                self._term(word, TermHit(0, 0, "rank", rank.level, False), plural=False)
        for part in offices.state_words:
            for word in part.words:
                self._term(word, TermHit(0, 0, "part", part, False))
        for people in offices.people_words:
            for word in people.words:
                self._term(word, TermHit(0, 0, "people", People(word, people.sector, people.kind), False))
        self._term("nation", TermHit(0, 0, "people", People("nation", "CVL", "population"), False), plural=False)
        for word in reference().counterparts:
            self._term(word, TermHit(0, 0, "office", Head(office="counterpart", words=(word,)), False))
        for head in offices.heads:
            for word in head.words:
                self._term(word, TermHit(0, 0, "office", head, False))
        for bucket in self._names.values():
            bucket.sort(key=lambda row: -len(row[0]))
        for term_bucket in self._terms.values():
            term_bucket.sort(key=lambda row: -len(row[0]))

    def _state(self, state: State) -> None:
        if state.kind in ("state", "territory") or state.code not in self.by_code:
            self.by_code[state.code] = state
        # Abkhazia carries Georgia's code, South Vietnam Vietnam's: the state itself is what the code means.
        uses: list[tuple[Iterable[str], NameUse]] = [
            (state.strong, "name"),
            (state.weak, "weak"),
            ((*state.adjectives, *state.shared_adjectives), "adjective"),
            ((f"{name}-class" for name in state.ship_classes), "adjective"),
            (state.people, "people"),
            (state.seated, "seat"),
            (state.opponents, "opponent"),
        ]
        weak = set(state.weak)
        for names, use in uses:
            for name in names:
                if use == "name" and name in weak:
                    continue
                if use == "weak" and name.lower().removeprefix("the ") in epithets().forms:
                    continue  # "the kingdom" is whichever kingdom was named before
                self._name(name, Entry(state, use), any_case=use == "opponent")

    def _name(self, name: str, entry: Entry, *, any_case: bool = False) -> None:
        if entry.use != "weak":
            name = name.removeprefix("the ").removeprefix("The ")
        atoms = tuple(a for a in _ATOM.findall(fold(name)) if a != "-")
        if not atoms or (len(atoms) == 1 and len(atoms[0]) < 2):
            return
        shape = "any" if any_case or name.islower() else "acronym" if is_acronym(name) else "name"
        bucket = self._names.setdefault(atoms[0], [])
        row = (atoms, shape, entry)
        if row not in bucket:
            bucket.append(row)

    def _term(self, words: str, hit: TermHit, *, plural: bool = True) -> None:
        parts = tuple(words.lower().replace("-", " - ").split())
        self._terms.setdefault(parts[0], []).append((parts, hit))
        if plural and hit.kind in ("office", "part") and not parts[-1].endswith("s"):
            many = (*parts[:-1], plural_of(parts[-1]))
            if len(many) == 1 or many[0] != parts[0] or len(parts) > 1:
                self._terms.setdefault(many[0], []).append((many, TermHit(0, 0, hit.kind, hit.thing, True)))
        if hit.kind == "people" and parts[-1].endswith("s") and isinstance(hit.thing, People):
            one = (*parts[:-1], _singular(parts[-1]))
            self._terms.setdefault(one[0], []).append((one, hit))

    def exactly(self, words: str) -> list[Entry]:
        """What these words name, in whatever letters; nothing for part of a name."""
        atoms = tuple(a for a in _ATOM.findall(fold(words).strip().removeprefix("the ")) if a != "-")
        return [entry for name, _, entry in self._names.get(atoms[0], []) if name == atoms] if atoms else []

    def state_of_seat(self, place: str) -> State | None:
        """The state that has its capital or a seat of power there."""
        return self._seats.get(fold(place).removeprefix("the "))

    def nearly(self, words: str) -> list[Entry]:
        """What the files have under names of many letters that sound as these words do, or almost so; closest first."""
        key = sound_key(words)
        if len(key) < _LONG_ENOUGH or " " not in words.strip():
            return []
        if not self._sounds:
            for name, things in self._persons.items():
                if " " in name:
                    self._sounds.setdefault(sound_key(name)[:2], []).append((sound_key(name), Entry(things[0], "name")))
            for bucket in self._names.values():
                for atoms, shape, entry in bucket:
                    if isinstance(entry.thing, Body) and shape == "name" and entry.use == "name" and len(atoms) > 1:
                        sound = sound_key(" ".join(atoms))
                        self._sounds.setdefault(sound[:2], []).append((sound, entry))
        alike: list[tuple[float, Entry]] = []
        for sound, entry in self._sounds.get(key[:2], ()):
            if abs(len(sound) - len(key)) <= 2:
                ratio = SequenceMatcher(None, sound, key, autojunk=False).ratio()
                if ratio >= _ALIKE:
                    alike.append((ratio, entry))
        return [entry for _, entry in sorted(alike, key=lambda row: -row[0])]

    def rank_of(self, office: str) -> int:
        """How high an office stands: 1 head of state, 9 unknown."""
        return self._ranks.get(office, 9)

    def person_named(self, name: str) -> list[Person]:
        """Persons of the files with this full name, alias or surname."""
        return self._persons.get(fold(name), [])

    def holder(self, office: str, country: str, day: date, of: str | None = None) -> Person | None:
        """Who held an office on a day, when the files know it for sure (a term with a known beginning).

        Args:
            of: name of the body whose office it is; None: the state's own.
        """
        fits = [
            (person, term)
            for person, term in self._holders.get((office, country), ())
            if surely_held(term, day) and (term.to is not None or int((term.from_ or "0")[:4]) >= day.year - 12)
        ]
        if len(fits) > 1:
            # "minister of a rebel government" is told apart by whose it is; the state's own has no such word
            fits = [(person, term) for person, term in fits if term.of == of]
        return fits[0][0] if len(fits) == 1 else None

    def find(self, text: str, words: list[Word]) -> list[NameHit]:
        """Known names among these words of a sentence; `text` is the report's."""
        if not words:
            return []
        start, end = words[0].start, words[-1].end
        atoms: list[tuple[str, str, int, int]] = []
        for m in _ATOM.finditer(text, start, end):
            raw = m.group()
            if raw in _HYPHENS and text[m.start() - 1 : m.start()].isalnum() and text[m.end() : m.end() + 1].isalnum():
                continue  # "Amir-Abdollahian" is "Amir Abdollahian"
            atoms.append((fold(raw), raw, m.start(), m.end()))
        starts = {w.start: w.i for w in words}
        ends = {w.end: w.i for w in words}
        shouting = _shouting(words)
        out: list[NameHit] = []
        i = 0
        while i < len(atoms):
            best, length = self._longest(text, atoms, i, starts, ends, shouting)
            if length and atoms[i][0] == "the" and i + 1 < len(atoms):
                # "the South African government": the longer name one word on goes before "the South"
                _, inner = self._longest(text, atoms, i + 1, starts, ends, shouting)
                if inner >= length:
                    length = 0
            if length:
                last_word = _word_at_end(ends, text, atoms[i + length - 1][3])
                assert last_word is not None
                out.append(NameHit(starts[atoms[i][2]], last_word, tuple(best)))
                i += length
            else:
                i += 1
        return out

    def _longest(
        self, text: str, atoms: list[tuple[str, str, int, int]], i: int, starts: dict[int, int], ends: dict[int, int],
        shouting: bool,
    ) -> tuple[list[Entry], int]:  # fmt: skip
        """Entries of the longest name that begins at an atom, and how many atoms it takes."""
        bucket = self._names.get(atoms[i][0])
        best: list[Entry] = []
        length = 0
        if bucket is None or atoms[i][2] not in starts:
            return best, length
        for name, shape, entry in bucket:
            n = len(name)
            if length and n < length:
                break
            if i + n > len(atoms) or any(atoms[i + k][0] != name[k] for k in range(1, n)):
                continue
            if _word_at_end(ends, text, atoms[i + n - 1][3]) is None or not _case_fits(
                shape, atoms[i : i + n], shouting
            ):
                continue
            length = n
            best.append(entry)
        if len(best) > 1:
            best.sort(key=lambda entry: entry.use in ("seat", "weak"))  # a name of its own goes before a by-name
        return best, length

    def terms(self, words: list[Word]) -> list[TermHit]:
        """Offices, parts of states, words for people, status and rank words; may overlap with names."""
        out: list[TermHit] = []
        k = 0
        while k < len(words):
            found = None
            for parts, hit in self._terms.get(words[k].lower, ()):
                n = len(parts)
                if k + n <= len(words) and all(words[k + j].lower == parts[j] for j in range(1, n)):
                    if found is None or (n == found[0] and _prefer(hit, found[1])):
                        found = (n, hit)
                    elif n < found[0]:
                        break
            if found is not None:
                n, hit = found
                out.append(TermHit(words[k].i, words[k + n - 1].i, hit.kind, hit.thing, hit.plural))
                k += n
            else:
                k += 1
        return out


def _prefer(new: TermHit, old: TermHit) -> bool:
    order = {"office": 0, "part": 1, "people": 2, "status": 3, "rank": 4}
    return order[new.kind] < order[old.kind]


def _word_at_end(ends: dict[int, int], text: str, end: int) -> int | None:
    """The word a match ends with; an abbreviation's last full stop may belong to the word or not."""
    if end in ends:
        return ends[end]
    if text[end : end + 1] == "." and end + 1 in ends:
        return ends[end + 1]
    return None


def _case_fits(shape: str, atoms: list[tuple[str, str, int, int]], shouting: bool) -> bool:
    if shape == "any":
        return True
    raw = [a[1] for a in atoms if a[1][0].isalnum()]
    if shape == "acronym":
        return all(r.isupper() or r.isdigit() for r in raw) and not (shouting and len(raw) == 1 and len(raw[0]) <= 3)
    if not raw:
        return False  # "Ⓐ" folds to a letter, and is none
    if raw[0] in ("the", "The"):
        raw = raw[1:] or raw
    return raw[0][0].isupper() or raw[0][0].isdigit()


def _shouting(words: list[Word]) -> bool:
    letters = [w for w in words if w.text.isalpha() and len(w.text) > 3]
    return len(letters) > 3 and sum(w.text.isupper() for w in letters) > 0.8 * len(letters)


def plural_of(word: str) -> str:
    """A noun in the plural; of several words the last takes its ending."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith("s") and not word.endswith("ss"):
        return word  # "charge d'affaires"
    if word.endswith(("ss", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("man"):
        return word[:-3] + "men"
    return word + "s"


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-1]


@lru_cache(maxsize=4)
def names_of(extra: str | None = None) -> Names:
    """The index over the world's names (and a user's own folder)."""
    from dragoman.knowledge.world import world  # noqa: PLC0415 - kept off the import path of a plain import

    with uncollected():
        return Names(world(extra))
