"""The stage: what is known of a report's actors while it is read from front to back.

In: a `Reading` and the world's `Names`. Out: one `Stage` that the rules of this room share and fill. It decides
nothing but who was named last and who stands out; a report that names nobody leaves it empty.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from dragoman.actors.cast import Cast, Player
from dragoman.actors.found import Found
from dragoman.actors.names import Names
from dragoman.reading.words import Reading, Word

SUBJECT = ("nsubj", "nsubjpass", "csubj")
# Kinds of actor that are bodies with a name of their own.
ORGANISED = frozenset(("igo", "ngo", "armed_group", "party", "company", "media", "government_body", "unknown"))
# A report that names more people than this is read with those of these many words in mind.
_MANY = 60
_LATELY = 3_000
# What an actor that is found by its kind and name is kept under: ("state", "Qatar"), ("part", "Qatar", "army").
Key = tuple[str | None, ...]


@dataclass(slots=True)
class Stage:
    """The state of the walk.

    Attributes:
        reading, words, names: what is read and what the files know.
        day: day of publication, or None.
        cast: the actors and mentions so far.
        keyed: actors that are one and the same wherever they are named.
        persons: people and unnamed holders of offices, in order of appearance.
        weight: how often an actor was mentioned, by `id`.
        acronyms: short names the report gave in brackets.
        surnames: folded single names of persons so far.
        home: code of the state the report is written in, when its publisher or dateline tells.
    """

    reading: Reading
    words: list[Word]
    names: Names
    day: date | None
    cast: Cast
    home: str | None
    keyed: dict[Key, Player] = field(default_factory=dict)
    persons: list[Player] = field(default_factory=list)
    weight: Counter[int] = field(default_factory=Counter)
    surnames: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)

    def by_recency(self) -> list[Player]:
        """Persons, least recent first; in a report of hundreds, those named lately and in the beginning."""
        persons = self.persons
        if len(persons) > _MANY:
            last = self.cast.mentions[-1].first if self.cast.mentions else 0
            persons = [
                p
                for p in persons[-_MANY:] + persons[:_MANY]
                if p.mentions and (last - p.mentions[-1].first < _LATELY or p.mentions[0].first < _LATELY)
            ]
        return sorted(persons, key=lambda p: p.mentions[-1].first if p.mentions else -1)

    def last_person(self) -> Player | None:
        """The person mentioned last."""
        recent = [p for p in self.by_recency() if p.mentions]
        return recent[-1] if recent else None

    def standing(self, player: Player, here: int) -> float:
        """How much a person stands out in sentence `here`: subjects, the lead and what is near count more."""
        total = 0.0
        for mention in player.mentions[-_MANY:]:
            near = 2.5 if here - self.words[mention.first].sentence <= 1 else 1.0
            total += (
                near
                * (1.5 if self.words[mention.root].dep in SUBJECT else 1.0)
                * (1.5 if self.words[mention.first].sentence == 0 else 1.0)
            )
        return total

    def wording(self, f: Found) -> str:
        """The words of a stretch, for reasons."""
        return " ".join(x.text for x in self.words[f.first : f.last + 1])


def opened(reading: Reading, names: Names) -> Stage:
    """An empty stage for a report."""
    return Stage(
        reading,
        reading.words,
        names,
        reading.report.published,
        Cast(outer=[None] * len(reading.words), inner=[None] * len(reading.words)),
        home_state(reading, names),
    )


def home_state(reading: Reading, names: Names) -> str | None:
    """The state whose ministry or agency speaks: told by the publisher's name, or the dateline's seat of power."""
    publisher = reading.report.publisher
    if publisher:
        for state in names.by_code.values():
            # Asked plainly first: a pattern for every state of the world is slow to make.
            written = [n for n in (state.name, *state.adjectives) if n in publisher]
            if any(re.search(rf"\b{re.escape(n)}\b", publisher) for n in written):
                return state.code
    line = reading.report.dateline
    if line is not None and line.place:
        seated = names.state_of_seat(line.place)
        # "BRUSSELS" over a report that never speaks of Belgium tells only where the agency has its desk.
        if seated is not None and any(n in reading.report.text for n in (seated.name, *seated.adjectives)):
            return seated.code
    return None


def capitalised(label: str) -> str:
    """The same words with a capital at the front."""
    return label[:1].upper() + label[1:]
