"""A stretch found, and the search of a sentence that finds them.

In: one sentence's words with the names and terms found in it. Out: a `Search` that collects `Found`s; each word is
taken once, but states and bodies named inside a title stand for themselves, too.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Literal

from dragoman.actors.names import Entry, NameHit, Names, People, TermHit
from dragoman.knowledge.naming import naming
from dragoman.knowledge.reference import reference
from dragoman.knowledge.world import Body, Head, State, StatePart
from dragoman.reading.words import Word

FoundKind = Literal[
    "person", "office", "part", "people", "state", "body", "grouping", "adjective", "pronoun", "both", "definite",
    "unknown",
]  # fmt: skip


@dataclass(slots=True)
class Found:
    """A stretch that may stand for an actor.

    Attributes:
        first, last, root: word numbers; the root is the word by which it hangs in the parse.
        entry, entries: what the name stands for in the files, and all that share it.
        heads, status, level: offices by rank, their standing ("acting") and how far a deputy is below.
        state, body, owner, owner_word: whose it is: named, or a pronoun or "the country" at a word.
        name, part, people: a person's name; a part of a state; a word for people.
        count, states: how many are meant, and the states of "the ministers of X and Y".
        abroad: country a diplomat is sent to.
        beside: country of a state or body that "and" joins to the stretch.
        label: pronoun, noun or kind of description, as the kind of stretch needs.
    """

    first: int
    last: int
    kind: FoundKind
    root: int = -1
    entry: Entry | None = None
    entries: tuple[Entry, ...] = ()
    heads: list[Head] = field(default_factory=list)
    status: str | None = None
    level: int | None = None
    plural: bool = False
    state: State | None = None
    body: Body | None = None
    owner: str | None = None
    owner_word: int = -1
    name: str | None = None
    part: StatePart | None = None
    people: People | None = None
    count: int = 0
    states: list[State] = field(default_factory=list)
    definite: bool = False
    abroad: str | None = None
    beside: str | None = None
    label: str = ""


class Search:
    """The search of one sentence for stretches that may stand for an actor.

    Attributes:
        words: all words of the report.
        first, last: numbers of the sentence's first and last word.
        hits, hit_at: known names in the sentence, and by word number.
        terms, term_at: common nouns of office and people, and by word number.
        surnames: folded single names of persons the report has named before.
        taken: numbers of words that already stand for somebody.
        out: what was found so far.
    """

    def __init__(
        self,
        all_words: list[Word],
        names: Names,
        words: list[Word],
        hits: list[NameHit],
        terms: list[TermHit],
        surnames: Set[str],
    ) -> None:
        self.words = all_words
        self.names = names
        self.first = words[0].i
        self.last = words[-1].i
        self.hits = hits
        self.hit_at = {i: h for h in hits for i in range(h.first, h.last + 1)}
        self.terms = terms
        self.term_at = {i: t for t in terms for i in range(t.first, t.last + 1)}
        self.surnames = surnames
        self.taken: set[int] = set()
        self.out: list[Found] = []

    def keep(self, found: Found) -> None:
        """Take a stretch; no other may begin in its words."""
        self.taken.update(range(found.first, found.last + 1))
        self.out.append(found)
        if found.kind not in ("office", "person", "part", "people", "unknown"):
            return
        # Names inside a title stand for their own actors, too: "the Qatari Emir" holds Qatar.
        for hit in self.hits:
            if hit.first < found.first or hit.last > found.last or (hit.first, hit.last) == (found.first, found.last):
                continue
            entry = hit.entries[0]
            if entry.use == "weak":
                continue  # "the president of the Republic" names no other state
            if isinstance(entry.thing, State):
                attributive = entry.use in ("adjective", "people") or _attributive(self.words[hit.last], found)
                kind: FoundKind = "adjective" if attributive else "state"
                self.out.append(Found(hit.first, hit.last, kind, entry=entry, entries=hit.entries, state=entry.thing))
            elif isinstance(entry.thing, Body):
                attributive = _attributive(self.words[hit.last], found)
                self.out.append(
                    Found(
                        hit.first,
                        hit.last,
                        "body",
                        entry=entry,
                        entries=hit.entries,
                        label="attr" if attributive else "",
                    )
                )

    def joined_country(self, last: int) -> str | None:
        """Country of the state or body that "and" joins behind word `last`: "the army and the RSF"."""
        k = last + 1
        if k + 1 > self.last or self.words[k].lower not in ("and", "or"):
            return None
        k += 2 if self.words[k + 1].lower == "the" else 1
        hit = self.hit_at.get(k)
        thing = hit.entries[0].thing if hit is not None and hit.first == k else None
        if isinstance(thing, State):
            return thing.code
        return thing.country if isinstance(thing, Body) else None

    def honorific(self, i: int) -> int:
        """How many words of an honorific begin at `i`."""
        w = self.words
        for n in (3, 2, 1):
            if (
                i + n - 1 <= self.last
                and " ".join(x.lower for x in w[i : i + n]) in self.names.honorifics
                and w[i].text[:1].isupper()
            ):
                return n
        return 0

    def honorific_before(self, i: int) -> int:
        """How many words of an honorific end just before `i`."""
        for n in (3, 2, 1):
            if i - n >= self.first and self.honorific(i - n) == n and i - 1 not in self.taken:
                return n
        return 0

    def particle_goes_on(self, k: int) -> bool:
        """ "bin Salman", "al-Bitar": a particle is followed by the rest of the name."""
        w = self.words
        if k < self.last and w[k + 1].text == "-" and k + 1 < self.last:
            return capital(w[k + 2])
        return k < self.last and (capital(w[k + 1]) or w[k + 1].lower in naming().particles)


def takes_together(search: Search, first: int, last: int) -> bool:
    """Whether a plural noun at words ``first..last`` takes together those named before: "the two officials"."""
    w = search.words
    if w[last].lemma not in reference().together_kind or first == search.first:
        return False
    before = w[first - 1].lower
    if before == "both" or (before in reference().numbers and w[max(search.first, first - 2)].lower == "the"):
        return True
    return before == "the" and (w[last].lemma == "delegation" or w[first].lower in OPPOSED)


# Adjectives of two that stand against each other.
OPPOSED = frozenset(("warring", "rival", "opposing"))


def description_start(search: Search, i: int) -> int:
    """Where a description that ends in noun `i` begins: over adjectives and names of regions to "the" or "his"."""
    w = search.words
    k = i - 1
    while k > search.first and k not in search.taken and k > i - 5 and w[k].lower not in reference().determiners:
        hit = search.hit_at.get(k)
        if hit is not None and isinstance(hit.entries[0].thing, State | Body) and hit.entries[0].use != "weak":
            break  # "the French bank"
        if w[k].pos not in ("ADJ", "NOUN", "PROPN", "PUNCT") or w[k].lower in (",", "'s"):
            break
        k -= 1
    return k


def _attributive(word: Word, found: Found) -> bool:
    """ "the U.S. envoy", "Kosovo police": a name that only qualifies the noun it stands before, as "Kosovar" would."""
    return (
        word.dep in ("compound", "nmod", "amod")
        and word.i < found.last
        and (word.head.i > word.i or word.head.head.i > word.i)
        and found.kind != "unknown"
    )


def capital(word: Word) -> bool:
    """Whether a word is written with a capital."""
    return word.text[:1].isupper() and any(c.isalpha() for c in word.text)


def root_of(w: list[Word], first: int, last: int) -> int:
    """The word by which the stretch hangs in the parse."""
    for i in range(first, last + 1):
        head = w[i].head
        if head is w[i] or not first <= head.i <= last:
            if w[i].dep in ("punct", "det", "case", "cc", "predet"):
                continue
            return i
    return last
