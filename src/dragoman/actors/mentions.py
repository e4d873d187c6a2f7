"""Finding the stretches that may stand for an actor, before anybody asks who is meant.

In: one sentence's words with the names and terms found in it. Out: `Found`s: what kind of words, whose office, which
state, which name. An office is read piece by piece: `[status] [state or body] [rank] office [of ...] [name]`.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Literal

from dragoman.actors.names import GENERIC_PEOPLE, Entry, NameHit, Names, People, TermHit, fold
from dragoman.knowledge.speech_acts import speech_acts
from dragoman.knowledge.world import Body, Head, State, StatePart
from dragoman.reading.words import Reading, Word

FoundKind = Literal[
    "person",
    "office",
    "part",
    "people",
    "state",
    "body",
    "grouping",
    "adjective",
    "pronoun",
    "both",
    "definite",
    "unknown",
]

_PARTICLES = frozenset(
    ["bin", "ibn", "al", "el", "de", "da", "di", "del", "della", "der", "den", "van", "von", "ter", "ten", "bint", "abu", "ben", "la", "le", "du", "dos", "das", "y", "e"]
)
_DETERMINERS = frozenset(
    ["the", "a", "an", "this", "that", "these", "those", "some", "many", "several", "other", "all", "both", "its", "their", "his", "her", "our", "my", "your"]
)
_POSSESSIVE = frozenset(["his", "her", "their", "its", "our", "my", "your"])
PRONOUNS = {
    "he": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f", "they": "p", "them": "p",
    "themselves": "p", "it": "n", "itself": "n", "i": "1", "me": "1", "we": "1p", "us": "1p", "his": "m", "hers": "f",
    "their": "p", "its": "n", "my": "1", "our": "1p",
}  # fmt: skip
_GROUP_NOUNS = {
    "side": "party", "party": "party", "minister": "person", "leader": "person", "president": "person", "official": "person",
    "diplomat": "person", "man": "person", "country": "state", "nation": "state", "state": "state", "government": "state",
    "neighbour": "state", "neighbor": "state", "capital": "state", "ally": "state", "rival": "state", "foe": "state",
    "delegation": "party", "interlocutor": "person", "negotiator": "person", "people": "state",
    "counterpart": "person", "envoy": "person", "premier": "person", "power": "state", "chief": "person",
}  # fmt: skip
_DEFINITE = {
    "neighbour": "other", "neighbor": "other", "rival": "other", "foe": "other",
    "country": "state", "nation": "state", "kingdom": "state", "republic": "state", "sultanate": "state", "emirate": "state",
    "bloc": "body", "alliance": "body", "organisation": "body", "organization": "body", "union": "body", "council": "body",
    "agency": "body", "group": "body", "court": "body", "party": "body", "movement": "body", "commission": "body",
    "league": "body", "tribunal": "body", "militia": "body", "faction": "body", "watchdog": "body", "body": "body",
    "ministry": "body",
}  # fmt: skip
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "pair": 2}


@dataclass(slots=True)
class Found:
    """A stretch that may stand for an actor."""

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
    label: str = ""
    inner: list[Found] = field(default_factory=list)


def find_in_sentence(
    reading: Reading, names: Names, words: list[Word], surnames: Set[str] = frozenset()
) -> list[Found]:
    """All candidates in a sentence, in text order; those that lie inside a wider one come after it.

    Args:
        surnames: folded single names of persons the report has named before; they count wherever they stand.
    """
    if not words:
        return []
    hits = names.find(reading.report.text, words)
    terms = names.terms(words)
    finder = _Finder(reading.words, names, words, hits, terms, surnames)
    return finder.run()


class _Finder:
    def __init__(
        self, all_words: list[Word], names: Names, words: list[Word], hits: list[NameHit], terms: list[TermHit],
        surnames: Set[str],
    ) -> None:  # fmt: skip
        self.surnames = surnames
        self.w = all_words
        self.names = names
        self.lo = words[0].i
        self.hi = words[-1].i
        self.hit_at = {i: h for h in hits for i in range(h.first, h.last + 1)}
        self.hits = hits
        self.terms = terms
        self.term_at = {i: t for t in terms for i in range(t.first, t.last + 1)}
        self.taken: set[int] = set()
        self.out: list[Found] = []

    def run(self) -> list[Found]:
        for term in self.terms:
            if term.first in self.taken:
                continue
            if term.kind == "office":
                self._office(term)
            elif term.kind == "part":
                self._part(term)
        for term in self.terms:
            if term.kind == "people" and term.first not in self.taken:
                self._people(term)
        self._both()
        self._definite()
        self._surnames()
        self._beside_titles()
        for hit in self.hits:
            if hit.first not in self.taken:
                self._name(hit)
        self._entities()
        self._pronouns()
        for found in self.out:
            found.root = _root(self.w, found.first, found.last)
        self.out.sort(key=lambda f: (f.first, -f.last))
        return self.out

    # -- offices -------------------------------------------------------------------------------------------------

    def _office(self, term: TermHit) -> None:
        head = term.thing
        assert isinstance(head, Head)
        w = self.w
        if w[term.last].pos not in ("NOUN", "PROPN", "ADJ", "X", "VERB") or self._is_verb_use(term):
            return
        if w[term.last].pos == "ADJ" and w[term.last].dep == "amod":
            return  # "an official visit"
        hit = self.hit_at.get(term.last)
        if hit is not None and hit.last > term.last and hit.first <= term.first:
            return
        if hit is not None and hit.first < term.first and isinstance(hit.entries[0].thing, Body):
            return
        found = Found(term.first, term.last, "office", heads=[head], plural=term.plural)
        for hit in self.hits:
            if term.first <= hit.first and hit.last <= term.last:
                self._take_owner(found, hit)  # "the UN secretary-general", "Hamas leader"
        self._left(found)
        self._second_office(found, term)
        self._of(found)
        named = self._name_right(found)
        if not named and head.office in ("leader", "chief", "member", "founder", "source", "captain", "general", "major", "speaker") and (
            found.state is None and found.body is None and found.owner is None and not found.definite and found.status is None
        ):  # fmt: skip
            return
        if found.plural and not named:
            found.count = _count(w, found.first, term.first)
        self._keep(found)

    def _is_verb_use(self, term: TermHit) -> bool:
        word = self.w[term.last]
        return (
            word.pos == "VERB" and word.tag.startswith("VB") and word.dep in ("ROOT", "conj", "xcomp", "ccomp", "advcl")
        )

    def _left(self, found: Found) -> None:
        """Status, rank, state, body and plain adjectives before the head, up to a determiner or possessor."""
        w = self.w
        i = found.first - 1
        while i >= self.lo and i not in self.taken:
            word = w[i]
            low = word.lower
            hit = self.hit_at.get(i)
            term = self.term_at.get(i)
            if low == "-" and i > self.lo and not w[i - 1].text[-1:].isspace() and w[i - 1].end == word.start:
                # "ex-president", "Houthi-appointed minister"
                i -= 1
                continue
            if hit is not None and i <= hit.last:
                if not self._take_owner(found, hit):
                    break
                i = hit.first - 1
                found.first = hit.first
                continue
            if low in ("'s", "'") and i - 1 >= self.lo:
                before = self.hit_at.get(i - 1)
                if before is not None and self._take_owner(found, before):
                    i = before.first - 1
                    found.first = before.first
                    continue
                if w[i - 1].lower in ("country", "nation", "kingdom", "republic", "state") and found.state is None:
                    found.owner = "country"
                    found.owner_word = i - 1
                    found.first = i - 1
                    i -= 2
                    continue
                if w[i - 1].lower in (
                    "bloc",
                    "alliance",
                    "union",
                    "group",
                    "organisation",
                    "organization",
                    "agency",
                    "body",
                    "council",
                    "party",
                    "court",
                    "movement",
                ):
                    found.owner = "body"
                    found.owner_word = i - 1
                    found.first = i - 1
                    i -= 2
                    continue
                break
            if term is not None and term.kind in ("status", "rank") and term.last == i:
                if term.kind == "status":
                    found.status = str(term.thing)
                elif isinstance(term.thing, int):
                    found.level = term.thing
                found.first = term.first
                i = term.first - 1
                continue
            if term is not None and term.kind == "part" and term.last == i and isinstance(term.thing, StatePart):
                found.part = term.thing
                found.first = term.first
                i = term.first - 1
                continue
            if low in _POSSESSIVE:
                found.owner = low
                found.owner_word = i
                found.first = i
                found.definite = True
                break
            if low == "that" and word.tag != "DT":
                break
            if low in _DETERMINERS:
                found.first = i
                found.definite = low in ("the", "this", "that", "these", "those", "both")
                if i - 1 >= self.lo and w[i - 1].lower in ("both",):
                    found.first = i - 1
                break
            if word.pos in ("ADJ", "NUM", "NOUN", "PROPN", "ADV") or word.tag in ("VBG", "VBN"):
                if word.dep in ("nsubj", "ROOT", "dobj", "pobj", "npadvmod", "tmod") and word.pos != "ADJ":
                    break
                if word.pos == "PROPN" and word.ent in ("PERSON",):
                    break
                if word.pos == "ADV" and w[i + 1].pos not in ("ADJ", "VERB"):
                    break
                found.first = i
                i -= 1
                continue
            break
        # A trailing plain adverb or verb form at the edge belongs to the sentence, not to the title.
        while (
            found.first < found.last
            and w[found.first].pos in ("ADV", "VERB", "PUNCT")
            and self.term_at.get(found.first) is None
            and w[found.first].dep in ("advmod", "ROOT", "punct", "xcomp", "ccomp", "advcl", "prep")
        ):
            found.first += 1

    def _take_owner(self, found: Found, hit: NameHit) -> bool:
        for entry in hit.entries:
            thing = entry.thing
            if entry.use == "weak" and self.w[hit.first].lower == "the":
                return False
            if isinstance(thing, State):
                if found.state is None:
                    found.state = thing
                return True
            if isinstance(thing, Body):
                if found.body is None:
                    found.body = thing
                return True
        return False

    def _second_office(self, found: Found, term: TermHit) -> None:
        """ "prime minister and foreign minister": one person with two offices, or two persons (settled later)."""
        w = self.w
        k = term.last + 1
        while k + 1 <= self.hi and w[k].lower in ("and", ",", "-", "/") and found.last == k - 1:
            nxt = self.term_at.get(k + 1)
            while nxt is not None and nxt.kind in ("rank", "status") and nxt.last + 1 <= self.hi:
                nxt = self.term_at.get(nxt.last + 1)
            if nxt is None or nxt.kind != "office" or nxt.plural or not isinstance(nxt.thing, Head) or term.plural:
                break
            if w[k].lower == "," and w[k + 1].text[:1].islower() != w[term.first].text[:1].islower():
                break
            found.heads.append(nxt.thing)
            found.last = nxt.last
            k = nxt.last + 1

    def _of(self, found: Found) -> None:
        """ "of Qatar", "of the Islamic Republic of Iran", "for Turkey's foreign ministry", "to the United Nations"."""
        w = self.w
        k = found.last + 1
        if k > self.hi or w[k].lower not in ("of", "for", "to", "at", "in", "with"):
            return
        if found.heads and found.heads[0].office in ("minister", "deputy minister", "minister of state") and w[k].lower in ("of", "for"):
            self._portfolio(found, k)
            return
        j = k + 1
        owner = None
        while j <= self.hi and w[j].lower in ("the", "its", "his", "her"):
            if w[j].lower != "the":
                owner = w[j].lower
            j += 1
        hit = self.hit_at.get(j)
        if hit is not None and hit.first == j:
            if w[k].lower in ("to", "in") and (not found.heads or found.heads[0].office not in _POSTED):
                return
            state_or_body = hit.entries[0].thing
            last = hit.last
            # "Turkey's foreign ministry", "the Iranian judiciary"
            m = last + 1
            if m <= self.hi and w[m].lower in ("'s", "'"):
                m += 1
            part = self.term_at.get(m)
            if part is not None and part.kind == "part" and part.first == m and isinstance(part.thing, StatePart):
                found.part = part.thing
                last = part.last
            elif m > last + 1 and part is not None and part.kind == "office" and part.first == m:
                last = part.last  # "a spokesman for Albania's prime minister"
            elif m > last + 1 or (part is not None and part.kind in ("people", "office") and hit.entries[0].use == "adjective"):
                return
            if isinstance(state_or_body, State):
                if found.state is None:
                    found.state = state_or_body
                elif w[k].lower in ("to", "in"):
                    found.label = state_or_body.name
                if found.plural and w[k].lower == "of":
                    last = self._more_states(found, last)
            elif isinstance(state_or_body, Body) and found.body is None:
                found.body = state_or_body
            found.last = last
            return
        part = self.term_at.get(j)
        if (
            part is not None
            and part.first == j
            and part.kind == "part"
            and isinstance(part.thing, StatePart)
            and w[k].lower in ("of", "for", "at", "in", "with")
        ):
            found.part = part.thing
            found.last = part.last
            if owner:
                found.owner = found.owner or owner
            self._of(found)
            return
        if w[k].lower == "of" and j <= self.hi and w[j].lower in ("country", "republic", "kingdom"):
            found.owner = found.owner or "country"
            found.owner_word = j
            found.last = j

    def _more_states(self, found: Found, last: int) -> int:
        """"the foreign ministers of Albania, Malta and Türkiye": each state's."""
        w = self.w
        if found.state is not None:
            found.states.append(found.state)
        while last + 2 <= self.hi and w[last + 1].lower in (",", "and"):
            k = last + 2 + (1 if w[last + 2].lower in ("and", "the") else 0)
            hit = self.hit_at.get(k)
            if hit is None or hit.first != k or not isinstance(hit.entries[0].thing, State):
                break
            found.states.append(hit.entries[0].thing)
            last = hit.last
        return last

    def _portfolio(self, found: Found, k: int) -> None:
        """"Minister for Europe and Foreign Affairs of Albania": over the portfolio to the state."""
        w = self.w
        j = k + 1
        while j <= min(self.hi, k + 9) and (w[j].pos in ("PROPN", "NOUN", "ADJ", "CCONJ", "DET") or w[j].lower in (",", "and", "&")):
            if w[j].lower == "," and not (j + 1 <= self.hi and w[j + 1].text[:1].isupper() and any(x.lower == "and" for x in w[j + 1 : j + 5])):
                break
            j += 1
        hit = self.hit_at.get(k + 1) or self.hit_at.get(k + 2)
        if hit is not None and w[k].lower == "of" and hit.last >= j - 1 and isinstance(hit.entries[0].thing, State):
            found.state = found.state or hit.entries[0].thing
            found.last = hit.last
            return
        if any("foreign" in x.lower or x.lower in ("external", "exterior") for x in w[k + 1 : j]):
            found.heads = [h for h in self.names.heads if h.office == "foreign minister"][:1] or found.heads
        if j > k + 1:
            found.last = j - 1
        if j <= self.hi and w[j].lower == "of":
            m = j + 1 + (1 if j + 1 <= self.hi and w[j + 1].lower == "the" else 0)
            hit = self.hit_at.get(m)
            if hit is not None and isinstance(hit.entries[0].thing, State):
                found.state = found.state or hit.entries[0].thing
                found.last = hit.last

    def _name_right(self, found: Found) -> bool:
        """A person's name right behind the title."""
        w = self.w
        k = found.last + 1
        if k <= self.hi and w[k].lower in (",",) and k + 1 <= self.hi and self._honorific(k + 1):
            return False
        start = k
        while k <= self.hi and self._honorific(k):
            k += self._honorific(k)
        first = k
        while k <= self.hi and (
            _capital(w[k])
            or (w[k].lower in _PARTICLES and k > first and self._particle_goes_on(k))
            or (
                w[k].text == "-"
                and k > first
                and k < self.hi
                and w[k].start == w[k - 1].end
                and w[k + 1].start == w[k].end
            )
        ):
            if self.term_at.get(k) is not None and self.term_at[k].kind == "office" and k > first:
                break
            hit = self.hit_at.get(k)
            if (
                hit is not None
                and isinstance(hit.entries[0].thing, State | Body)
                and w[k].ent != "PERSON"
                and hit.first == k
            ):
                break
            if (
                w[k].ent in ("DATE", "TIME", "CARDINAL")
                or (w[k].pos in ("PRON", "DET", "SCONJ", "ADP", "AUX")
                and w[k].ent != "PERSON")
            ):
                break
            k += 1
        if k == first or (
            w[first].ent not in ("PERSON", "")
            and w[first].ent_start
            and w[first].ent in ("GPE", "LOC", "NORP", "DATE", "FAC", "ORG")
            and not self._known_person(first)
        ):
            # An entity of another kind: "Foreign Minister Sahara"? rather not a name, unless the files know the person.
            if k == first or w[first].ent in ("DATE", "NORP", "LOC"):
                return False
        if found.plural and k < self.hi and w[k].lower == "and":
            return False
        found.name = " ".join(x.text for x in w[first:k]).replace(" - ", "-")
        found.last = k - 1
        found.kind = "person"
        _ = start
        return True

    def _particle_goes_on(self, k: int) -> bool:
        """ "bin Salman", "al-Bitar": a particle is followed by the rest of the name."""
        w = self.w
        if k < self.hi and w[k + 1].text == "-" and k + 1 < self.hi:
            return _capital(w[k + 2])
        return k < self.hi and (_capital(w[k + 1]) or w[k + 1].lower in _PARTICLES)

    def _known_person(self, i: int) -> bool:
        from dragoman.knowledge.world import Person  # noqa: PLC0415

        hit = self.hit_at.get(i)
        return hit is not None and isinstance(hit.entries[0].thing, Person)

    def _honorific(self, i: int) -> int:
        """How many words of an honorific begin at `i`."""
        w = self.w
        for n in (3, 2, 1):
            if (
                i + n - 1 <= self.hi
                and " ".join(x.lower for x in w[i : i + n]) in self.names.honorifics
                and w[i].text[:1].isupper()
            ):
                return n
        return 0

    def _honorific_before(self, i: int) -> int:
        """How many words of an honorific end just before `i`."""
        for n in (3, 2, 1):
            if i - n >= self.lo and self._honorific(i - n) == n and i - 1 not in self.taken:
                return n
        return 0

    def _person_named(self, first: int, last: int) -> None:
        """Keep a person's name, with the state before it: "Türkiye's Nihat Sarpkaya"."""
        w = self.w
        found = Found(first, last, "person", name=self._bare_name(first, last))
        before = first - 1
        if before > self.lo and w[before].lower in ("'s", "'"):
            hit = self.hit_at.get(before - 1)
            if hit is not None and before - 1 not in self.taken and isinstance(hit.entries[0].thing, State):
                found.state = hit.entries[0].thing
                found.first = hit.first
        self._keep(found)

    def _bare_name(self, a: int, b: int) -> str:
        while a < b and (n := self._honorific(a)):
            a += n
        return " ".join(x.text for x in self.w[a : b + 1]).replace(" - ", "-")

    # -- parts of states, people ---------------------------------------------------------------------------------

    def _part(self, term: TermHit) -> None:
        part = term.thing
        assert isinstance(part, StatePart)
        w = self.w
        if w[term.last].pos not in ("NOUN", "PROPN", "ADJ", "X"):
            return
        hit = self.hit_at.get(term.last)
        if hit is not None and (hit.first < term.first or hit.last > term.last):
            return
        found = Found(term.first, term.last, "part", part=part, plural=term.plural)
        self._left(found)
        self._of(found) if found.state is None and found.body is None else None
        if (
            found.state is None
            and found.body is None
            and found.owner is None
            and not found.definite
            and not _capital(w[term.first])
        ):
            return
        self._keep(found)

    def _people(self, term: TermHit) -> None:
        people = term.thing
        assert isinstance(people, People)
        w = self.w
        word = w[term.last]
        if word.pos not in ("NOUN", "PROPN") or word.dep in ("compound", "amod", "npadvmod"):
            return
        hit = self.hit_at.get(term.last)
        if hit is not None and hit.first <= term.first:
            return
        found = Found(term.first, term.last, "people", people=people, plural=True, label=word.lower)
        self._left(found)
        self._of(found)
        before = self.out[-1] if self.out else None
        if (
            before is not None
            and before.kind == "people"
            and before.state is not None
            and found.state is None
            and w[found.first - 1].lower in ("and", ",", "or")
            and before.last >= found.first - 3
        ):
            found.state = before.state
        if found.state is None and found.body is None and people.word in GENERIC_PEOPLE and found.owner is None:
            if word.dep not in ("nsubj", "nsubjpass", "dobj", "pobj") or word.tag == "NN":
                return
        self._keep(found)

    # -- names ---------------------------------------------------------------------------------------------------

    def _name(self, hit: NameHit) -> None:
        from dragoman.knowledge.world import Grouping, Person  # noqa: PLC0415

        w = self.w
        entry = hit.entries[0]
        thing = entry.thing
        first = hit.first
        if isinstance(thing, Person):
            while n := self._honorific_before(first):
                first -= n
            words = " ".join(x.text for x in w[hit.first : hit.last + 1]).replace(" - ", "-")
            self._keep(Found(first, hit.last, "person", entry=entry, entries=hit.entries, name=words))
            return
        if (
            w[hit.last].ent == "PERSON"
            and entry.use in ("weak", "name", "seat")
            and not (
                w[first].ent_start
                and (hit.last == self.hi or w[hit.last + 1].ent != "PERSON" or w[hit.last + 1].ent_start)
            )
        ):
            return  # "Jordan Henderson"
        kind: FoundKind
        if isinstance(thing, State):
            word = w[hit.last]
            modifies = word.dep in ("amod", "compound", "nmod") and word.head.i > word.i
            if entry.use in ("adjective",) and not (
                word.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "conj") and word.tag in ("NNPS", "NNP", "NNS")
            ):
                kind = "adjective"
            elif entry.use == "people" or (entry.use == "adjective" and not modifies):
                kind = "adjective" if modifies else "people"
            else:
                kind = "state"
            if entry.use == "weak" and not self._weak_name_fits(hit):
                return
        elif isinstance(thing, Body):
            kind = "body"
        elif isinstance(thing, Grouping):
            kind = "grouping"
        if w[max(self.lo, first - 1)].lower == "the" and first - 1 >= self.lo and first - 1 not in self.taken:
            first -= 1
        if (
            kind == "adjective"
            and hit.last < self.hi
            and w[hit.last + 1].lower in ("side", "leadership")
            and isinstance(thing, State)
        ):
            self._keep(Found(first, hit.last + 1, "state", entry=entry, entries=hit.entries, state=thing))
            return
        found = Found(
            first, hit.last, kind, entry=entry, entries=hit.entries, state=thing if isinstance(thing, State) else None
        )
        if entry.use == "weak" and w[hit.first].lower == "the":
            found.label = "weak"
        if kind == "people":
            found.people = People("people", "CVL", "population")
            found.plural = True
        # "(OIC)" behind the full name
        k = hit.last + 1
        if (
            kind == "body"
            and k + 2 <= self.hi
            and w[k].text == "("
            and w[k + 2].text == ")"
            and w[k + 1].text.isupper()
        ):
            found.last = k + 2
            found.label = w[k + 1].text
        self._keep(found)

    def _weak_name_fits(self, hit: NameHit) -> bool:
        """A name that may mean something else ("Georgia", "the North") counts where the grammar takes it for a country."""
        w = self.w
        word = w[hit.last]
        if word.pos != "PROPN" or (
            word.dep in ("compound", "amod", "nmod") and word.head.i == word.i + 1 and word.head.pos == "PROPN"
        ):
            return False
        if w[hit.first].lower == "the":
            return word.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj") and word.head.i <= self.hi
        return word.ent in ("GPE", "NORP", "")

    def _entities(self) -> None:
        w = self.w
        i = self.lo
        while i <= self.hi:
            word = w[i]
            if not word.ent_start or word.ent not in ("PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"):
                i += 1
                continue
            j = i
            while j + 1 <= self.hi and w[j + 1].ent == word.ent and not w[j + 1].ent_start:
                j += 1
            a, b = i, j
            i = j + 1
            while b > a and w[b].lower in ("'s", "'", ".", ",", ")", "("):
                b -= 1
            while a < b and (w[a].lower in ("the", "'s", "(") or self._honorific(a)):
                a += 1
            if any(k in self.taken for k in range(a, b + 1)):
                continue
            nominal = w[a].pos in ("PROPN", "NOUN", "ADJ", "X")
            while word.ent == "PERSON" and (n := self._honorific_before(a)):
                a -= n
            if word.ent == "PERSON" and any(_capital(x) for x in w[a : b + 1]) and nominal:
                self._person_named(a, b)
            elif word.ent == "ORG" and _capital(w[a]) and w[b].pos in ("PROPN", "NOUN"):
                found = Found(a, b, "unknown", label=" ".join(x.text for x in w[a : b + 1]))
                for k in range(a, b + 1):
                    hit = self.hit_at.get(k)
                    if hit is not None and isinstance(hit.entries[0].thing, State):
                        found.state = hit.entries[0].thing
                if self.lo <= a - 1 and w[a - 1].lower == "the":
                    found.first = a - 1
                self._keep(found)

    def _surnames(self) -> None:
        """A name already on the stage, whatever the entity recogniser takes it for."""
        for i in range(self.lo, self.hi + 1):
            word = self.w[i]
            if (
                i not in self.taken
                and word.text[:1].isupper()
                and fold(word.text) in self.surnames
                and word.ent in ("", "PERSON", "ORG", "GPE", "NORP", "PRODUCT", "FAC", "LOC", "WORK_OF_ART")
            ):
                self._keep(Found(i, i, "person", name=word.text))

    def _beside_titles(self) -> None:
        """"Nihat Sarpkaya, the Turkish foreign minister": a name the entity recogniser missed, told by the title beside it.

        The same for names behind an honorific and for the subject of a verb of speaking.
        """
        w = self.w
        i = self.lo
        while i <= self.hi:
            if i in self.taken or w[i].pos != "PROPN" or not _capital(w[i]) or w[i].ent in ("DATE", "TIME", "MONEY", "GPE", "LOC", "NORP", "EVENT"):
                i += 1
                continue
            j = i
            while j + 1 <= self.hi and j + 1 not in self.taken and (
                (w[j + 1].pos == "PROPN" and _capital(w[j + 1]))
                or (w[j + 1].text == "-" and j + 2 <= self.hi and w[j + 1].start == w[j].end and _capital(w[j + 2]))
                or (w[j + 1].lower in _PARTICLES and self._particle_goes_on(j + 1))
            ):  # fmt: skip
                j += 1
            titled = any(f.kind == "office" and (f.first == j + 2 and w[j + 1].lower == "," or f.last == i - 2 and w[i - 1].lower == ",") for f in self.out)
            honoured = bool(self._honorific_before(i))
            root = w[_root(w, i, j)]
            speaks = j > i and root.dep == "nsubj" and root.head.lemma in speech_acts().saying
            if titled or honoured or speaks:
                first = i
                while n := self._honorific_before(first):
                    first -= n
                self._person_named(first, j)
            i = j + 1

    def _both(self) -> None:
        """ "both sides", "the two ministers", "the three countries", "the ministers", "the two"."""
        w = self.w
        for i in range(self.lo, self.hi + 1):
            word = w[i]
            if i in self.taken and word.lemma not in ("side",):
                continue
            noun = _GROUP_NOUNS.get(word.lemma)
            if (
                noun is None
                and word.lower in ("two", "pair")
                and word.dep in ("nsubj", "pobj", "dobj", "nsubjpass")
                and w[max(self.lo, i - 1)].lower in ("the",)
            ):
                self._keep(Found(i - 1, i, "both", count=2, label="any"))
                continue
            if noun is None or word.tag not in ("NNS", "NN", "NNPS") or (word.tag == "NN" and word.lemma != "pair"):
                continue
            k = i - 1
            count = 0
            while (
                k >= self.lo
                and (w[k].pos in ("ADJ", "NOUN", "NUM") or w[k].lower in ("both", "the", "these"))
                and self.hit_at.get(k) is None
            ):
                if w[k].lower in _NUMBERS:
                    count = _NUMBERS[w[k].lower]
                k -= 1
            first = k + 1
            if first > i or w[first].lower not in ("both", "the", "these", "two"):
                continue
            if not count and not (
                w[first].lower in ("the", "these") and first == i - 1 and noun in ("person", "party")
            ):
                continue
            self._keep(Found(first, i, "both", count=count or 2, label=noun))

    def _definite(self) -> None:
        """ "his country", "the kingdom", "the bloc", "the council": somebody named before."""
        w = self.w
        for i in range(self.lo, self.hi + 1):
            word = w[i]
            if i in self.taken or word.tag != "NN" or i == self.lo:
                continue
            kind = _DEFINITE.get(word.lemma)
            before = w[i - 1].lower
            if kind is None or before not in ("the", "his", "her", "its", "their", "that", "this"):
                continue
            if word.lemma == "agency" and before == "this":
                continue  # the outlet speaks of itself; it is never an actor
            if word.dep in ("compound", "amod", "nmod") or (i + 1 <= self.hi and w[i + 1].lower == "of"):
                continue
            owner = before if before in _POSSESSIVE else None
            self._keep(Found(i - 1, i, "definite", label=kind, owner=owner, owner_word=i - 1))

    def _pronouns(self) -> None:
        for i in range(self.lo, self.hi + 1):
            word = self.w[i]
            if word.text[:1].isupper() and word.lower in ("his", "her", "their") and self._honorific(i) > 1:
                continue
            if word.pos == "PRON" and word.lower in PRONOUNS and i not in self.taken:
                if word.lower in ("it",) and word.dep in ("expl",):
                    continue
                self.out.append(Found(i, i, "pronoun", label=word.lower))
            elif i in self.taken and word.lower in _POSSESSIVE and word.pos in ("PRON", "DET"):
                self.out.append(Found(i, i, "pronoun", label=word.lower))

    def _keep(self, found: Found) -> None:
        span = range(found.first, found.last + 1)
        self.taken.update(span)
        self.out.append(found)
        # Names inside a title stand for their own actors, too: "the Qatari Emir" holds Qatar.
        if found.kind in ("office", "person", "part", "people", "unknown"):
            for hit in self.hits:
                if (
                    hit.first >= found.first
                    and hit.last <= found.last
                    and (hit.first, hit.last) != (found.first, found.last)
                ):
                    thing = hit.entries[0].thing
                    if isinstance(thing, State):
                        self.out.append(
                            Found(
                                hit.first,
                                hit.last,
                                "adjective" if hit.entries[0].use in ("adjective", "people") else "state",
                                entry=hit.entries[0],
                                entries=hit.entries,
                                state=thing,
                            )
                        )
                    elif isinstance(thing, Body):
                        self.out.append(Found(hit.first, hit.last, "body", entry=hit.entries[0], entries=hit.entries))


_POSTED = frozenset(
    "ambassador un ambassador;envoy;special representative;charge d'affaires;consul;observer;representative;diplomat;"
    "delegate;un special envoy;special coordinator;adviser;military officer;official;delegation head".replace(
        " un ", ";un "
    ).split(";")
)


def _capital(word: Word) -> bool:
    return word.text[:1].isupper() and any(c.isalpha() for c in word.text)


def _count(w: list[Word], first: int, before: int) -> int:
    for i in range(first, before):
        if w[i].lower in _NUMBERS:
            return _NUMBERS[w[i].lower]
    return 0


def _root(w: list[Word], first: int, last: int) -> int:
    """The word by which the stretch hangs in the parse."""
    for i in range(first, last + 1):
        head = w[i].head
        if head is w[i] or not first <= head.i <= last:
            if w[i].dep in ("punct", "det", "case", "cc", "predet"):
                continue
            return i
    return last
