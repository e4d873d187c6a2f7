"""Names of places that their own form or their neighbours give away, whatever the grammar calls them.

In: a `Reading`, its `Cast`, the gazetteer and the words taken so far. Out: stretches with what shows that a place is
meant: "Salem, Oregon", "the A14", "at the Harbour Clinic", "the village of Umzabiri".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.actors.cast import Cast
from dragoman.knowledge.placing import placing
from dragoman.places.known import Gazette, Known
from dragoman.places.meaning import listed
from dragoman.places.nearness import holds
from dragoman.reading.words import Reading, Word

_W = placing()
# "A14", "M4", "I-95"; two letters more are models of things.
_ROAD = re.compile(r"[AMBNRIEK]-?\d{1,4}")
_ROAD_PREPS = frozenset(("on", "along", "via", "off", "from", "onto", "near", "of", "between", "by"))
_WIDE = frozenset(("country", "province", "county", "region"))

Stretch = tuple[int, int, str, str]
"""First and last word, entity label, why."""


class Sites:
    """Looks at one report."""

    def __init__(self, reading: Reading, cast: Cast, gazette: Gazette, taken: bytearray) -> None:
        self.r = reading
        self.w = reading.words
        self.cast = cast
        self.g = gazette
        self.taken = taken

    # -- a smaller place, a comma, a wider one that holds it -----------------------------------------------------------

    def chains(self) -> Iterator[Stretch]:
        """ "Lyon, France": the gazetteer knows that the second holds the first."""
        w = self.w
        for comma in w:
            i = comma.i
            if comma.text != "," or not 0 < i < len(w) - 1 or w[i - 1].sentence != w[i + 1].sentence:
                continue
            if not _proper(w[i - 1]) or not _proper(w[i + 1]):
                continue
            wide = self._wide(i + 1)
            if wide is None or self.r.text_of(i - 1, i - 1).isupper() or self._goes_on(wide[0]):
                continue
            last, holders = wide
            first = self._held(i - 1, holders)
            if first is None or self._of_another(first, i - 1):
                continue
            name = self.r.text_of(first, i - 1)
            if not self.taken[i - 1]:
                yield first, i - 1, "GPE", f"it stands before {self.r.text_of(i + 1, last)}, which holds it"
            if not self.taken[last]:
                yield i + 1, last, "GPE", f"it stands behind {name} and a comma"

    def _wide(self, first: int) -> tuple[int, list[Known]] | None:
        w = self.w
        for size in (4, 3, 2, 1):
            last = first + size - 1
            if last >= len(w) or w[last].sentence != w[first].sentence or not _proper(w[last]):
                continue
            name = self.r.text_of(first, last)
            coded = [self.g.by_region[c, codes[name]] for c, codes in _W.short_in.items() if name in codes]
            if (short := self.g.short.get(name)) is not None:
                coded.append(short)
            if coded:
                return last, coded
            if last > first and w[last].lower in _W.divisions:
                name = self.r.text_of(first, last - 1)
            if found := [k for k in self.g.named(name) if k.kind in _WIDE and k.main]:
                return last, found
        return None

    def _goes_on(self, last: int) -> bool:
        """ "Kisumu, Kenya Power", "Turin, Italy-based"."""
        if last + 1 >= len(self.w) or self.w[last + 1].sentence != self.w[last].sentence:
            return False
        after = self.w[last + 1]
        root = self.w[last]
        if root.dep in ("nsubj", "nsubjpass") and root.head.i > last and after.text != ",":
            # "after talks in Doha, Qatar sent": the second acts.
            return True
        if after.pos in ("VERB", "AUX") and after.tag in ("VBD", "VBZ", "VBP", "MD"):
            # The same, misread: nobody else does what the verb says.
            verb = after.head if after.dep in ("aux", "auxpass") else after
            if verb.child("nsubj", "nsubjpass", "csubj", "expl") is None:
                return True
        glued = after.text == "-" and after.start == self.w[last].end
        return glued or (after.pos == "PROPN" and self.w[last].head is after and self.w[last].dep == "compound")

    def _held(self, last: int, holders: list[Known]) -> int | None:
        """Where the smaller name begins."""
        w = self.w
        for size in (4, 3, 2, 1):
            first = last - size + 1
            if first < 0 or w[first].sentence != w[last].sentence or not _proper(w[first]):
                continue
            options = self.g.named(self.r.text_of(first, last))
            if any(k.kind == "country" or (k.capital and k.people > 300_000) for k in options) and not any(
                h.country == k.country for h in holders for k in options if k.kind == "country" or k.capital
            ):
                # "Cuba, Mexico", "Washington, Georgia": a list, rather.
                continue
            if any(holds(h, k) for h in holders for k in options if k.kind != "country"):
                if w[first].ent == "PERSON" and not w[first].ent_start:
                    # "John Austin, Texas": the end of a longer name
                    continue
                return first
        return None

    def _of_another(self, first: int, last: int) -> bool:
        """ "the mayor of Austin, Texas" is somebody."""
        mention = self.cast.outer[first]
        return (
            mention is not None
            and mention.kind in ("title", "body")
            and (mention.first < first - 1 or mention.last > last)
        )

    # -- roads by their number -----------------------------------------------------------------------------------------

    def roads(self) -> Iterator[Stretch]:
        """ "on the A14", then wherever it is named; never what acts or is bought ("the M23 fighters")."""
        w = self.w
        known: set[str] = set()
        for word in w:
            if not _ROAD.fullmatch(word.text) or word.i < 1 or self.taken[word.i]:
                continue
            before = w[word.i - 1]
            prep = w[word.i - 2] if before.lower == "the" and word.i > 1 else before
            mention = self.cast.outer[word.i]
            acts = mention is not None and any(p.kind not in ("unknown", "person") for p in mention.players)
            if not acts and prep.pos == "ADP" and prep.lower in _ROAD_PREPS and self._thing(word, prep):
                known.add(word.text)
        if not known:
            return
        for word in w:
            if word.text in known and not self.taken[word.i]:
                yield word.i, word.i, "FAC", "it is a road"

    def _thing(self, word: Word, prep: Word) -> bool:
        if word.dep == "compound" and word.head.i == word.i + 1 and word.head.pos == "NOUN":
            return False
        return prep.lower in ("on", "along", "via", "off", "onto") and prep.head.lemma not in _W.aimed

    # -- buildings and sites -------------------------------------------------------------------------------------------

    def buildings(self) -> Iterator[Stretch]:
        """ "at the Harbour Clinic": a name that ends in what the thing is, where things happen."""
        for word in self.w:
            if word.lower not in _W.sites or not word.text[:1].isupper() or self.taken[word.i]:
                continue
            first = self._begins(word.i)
            if first == word.i or (why := self._sited(first, word.i)) is None:
                continue
            if not any(self.taken[first : word.i + 1]):
                yield first, word.i, "FAC", why

    def _begins(self, last: int) -> int:
        w = self.w
        first = last
        k = last - 1
        while k >= 0 and w[k].sentence == w[last].sentence and not self.taken[k]:
            if w[k].text[:1].isupper() and w[k].lower not in _W.never and w[k].lower != "the":
                first = k
            elif w[k].lower not in ("'s", "’s", "-", "'", "’"):
                break
            k -= 1
        return first

    def _sited(self, first: int, last: int) -> str | None:
        w = self.w
        if last + 1 < len(w) and w[last + 1].sentence == w[last].sentence:
            after = w[last + 1]
            goes_on = after.text[:1].isupper() and after.pos == "PROPN" and after.i == last + 1 and after.dep != "appos"
            if (goes_on and w[last].head is after) or after.text in ("'s", "’s", "-"):
                return None
        mention = self.cast.outer[last]
        known = mention is not None and any(p.kind not in ("unknown", "person", "group") for p in mention.players)
        if known and mention is not None and mention.first <= first and mention.kind in ("title", "body", "state"):
            return None
        root = w[last]
        if root.dep in ("compound", "nmod", "amod") and root.head.i > last:
            return None
        top = listed(root)
        if top.dep == "pobj":
            prep, governor = top.head.lower, top.head.head
            if prep in _W.site_preps and governor.lemma not in _W.addressed | _W.staff:
                moved = governor.lemma in _W.motion or governor.pos == "VERB"
                return f"“{prep}” goes before it" if prep not in ("to", "by", "from") or moved else None
            if prep == "of" and (governor.lemma in _W.parts or governor.lemma in _W.rooms):
                return f"it is “{governor.text} of” it"
            return None
        if top.dep in ("dobj", "nsubjpass") and top.head.lemma in _W.reached | _W.built_up:
            return f"one can “{top.head.lemma}” a place"
        return None

    # -- "the town of X" -----------------------------------------------------------------------------------------------

    def dwellings(self) -> Iterator[Stretch]:
        """ "the village of Umzabiri": of a place, even when nobody knows it."""
        w = self.w
        for word in w:
            held = word.head.lemma in _W.dwellings
            if word.lower != "of" or word.head.pos != "NOUN" or not (held or word.head.lemma in _W.parts):
                continue
            for head in self._joined(word):
                first, last = self._run(head)
                if first is None or any(self.taken[first : last + 1]):
                    continue
                if not held and not any(k.people > 1000 for k in self.g.towns(self.r.text_of(first, last))):
                    continue
                mention = self.cast.outer[head.i]
                if mention is None or mention.kind == "name":
                    yield first, last, "GPE", f"it is “{word.head.text} of” it"

    def stormed(self) -> Iterator[Stretch]:
        """ "bombed Rafah": a town, where the grammar sees a person."""
        for word in self.w:
            if word.dep not in ("dobj", "nsubjpass") or word.head.lemma not in _W.stormed or self.taken[word.i]:
                continue
            first, last = self._run(word)
            mention = self.cast.outer[word.i]
            if first is None or not _proper(word) or (mention is not None and mention.kind != "name"):
                continue
            if any(k.people > 15_000 for k in self.g.towns(self.r.text_of(first, last))):
                yield first, last, "GPE", f"one can “{word.head.lemma}” a place"

    def _joined(self, prep: Word) -> list[Word]:
        out = [c for c in prep.children if c.dep == "pobj"]
        for head in out:
            out.extend(c for c in head.children if c.dep == "conj")
        return [h for h in out if _proper(h) and h.lower not in _W.never]

    def _run(self, head: Word) -> tuple[int, int] | tuple[None, int]:
        w = self.w
        first = head.i
        while first > 0 and w[first - 1].head is head and w[first - 1].dep == "compound" and _proper(w[first - 1]):
            first -= 1
        return (first, head.i) if w[first].text[:1].isupper() else (None, head.i)


def _proper(word: Word) -> bool:
    return word.text[:1].isupper() and word.pos in ("PROPN", "NOUN", "ADJ", "X", "PUNCT", "VERB")
