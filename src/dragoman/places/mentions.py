"""Which words name a place, and whether the place is meant or its government.

In: a `Reading` and its `Cast`. Out: `Named` stretches, in text order, none inside another. "Tehran said" and "the
Iranian minister" are actors and stay out; "in Tehran", "northern Iran", "the road to Tehran" are places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.actors.cast import Cast, Mention
from dragoman.knowledge.folding import fold
from dragoman.knowledge.placing import placing
from dragoman.places.known import Gazette
from dragoman.places.meaning import ENTITIES, Meaning
from dragoman.places.sites import Sites, Stretch
from dragoman.reading.words import Reading, Word

_W = placing()
_BEFORE = frozenset(
    ("in", "at", "near", "outside", "from", "to", "around", "on", "of", "between", "into", "inside", "via", "within",
     "across", "through", "throughout", "towards", "toward", "along", "beyond")
)  # fmt: skip


@dataclass(slots=True)
class Named:
    """Words ``first..last`` that name a place; ``core`` is the name, ``why`` shows that it is meant."""

    first: int
    last: int
    core: str
    label: str
    country: str | None = None
    why: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        """The key under which its meaning is kept: that of its name, unless the place says otherwise."""
        self.key = self.key or self.core


def find_named(reading: Reading, cast: Cast, gazette: Gazette) -> tuple[list[Named], list[Named]]:
    """All stretches that name a place, in text order; and names of places that stand for something else."""
    finder = _Finder(reading, cast, gazette)
    return finder.run(), finder.aside


class _Finder:
    def __init__(self, reading: Reading, cast: Cast, gazette: Gazette) -> None:
        self.r = reading
        self.w = reading.words
        self.cast = cast
        self.g = gazette
        self.taken = bytearray(len(self.w))
        self.out: list[Named] = []
        self.aside: list[Named] = []
        self.meaning = Meaning(reading, cast, gazette, self.taken)
        self.sites = Sites(reading, cast, gazette, self.taken)

    def run(self) -> list[Named]:
        self._regions()
        self._add(self.sites.chains())
        self._add(self.sites.roads())
        self._entities()
        self._states()
        self._streets()
        self._after_prepositions()
        self._beside()
        self._add(self.sites.buildings())
        self._add(self.sites.dwellings())
        self._add(self.sites.stormed())
        self.out.sort(key=lambda n: n.first)
        return self.out

    def _add(self, stretches: Iterable[Stretch]) -> None:
        for first, last, label, why in stretches:
            if any(self.taken[first : last + 1]) or self._dateline(first, last):
                continue
            state = self._state(self.r.root_of(first, last), first, last)
            country = state.players[0].country if state is not None else None
            self._take(first, last, label, country, why)

    def _take(self, first: int, last: int, label: str, country: str | None, why: str) -> None:
        """Keep a stretch; no other may have words of it."""
        self.out.append(Named(first, last, self.r.text_of(first, last), label, country, why))
        for k in range(first, last + 1):
            self.taken[k] = 1

    # -- the four ways to a name ---------------------------------------------------------------------------------------

    def _regions(self) -> None:
        """Seas, straits, disputed lands: known by their words, whatever the grammar calls them."""
        openings = self.g.openings
        w = self.w
        for word in w:
            if not word.text[:1].isupper() and word.lower != "al":
                continue
            for parts in openings.get(_plain(word), ()):
                last = word.i + len(parts) - 1
                if last >= len(w) or w[last].sentence != word.sentence:
                    continue
                if any(_plain(w[word.i + k]) != parts[k] for k in range(1, len(parts))):
                    continue
                if not w[last].text[:1].isupper() and len(parts) == 1:
                    continue
                if not self._alone(word.i, last):
                    break
                self._try(word.i, last, "LOC")
                break

    def _alone(self, first: int, last: int) -> bool:
        """A name that goes on is another name: "Amazon Web Services", "Jordan River Foundation", "Bali Mandara"."""
        w = self.w
        if last + 1 < len(w) and w[last + 1].sentence == w[last].sentence:
            after = w[last + 1]
            if after.text[:1].isupper() and after.pos == "PROPN" and after.lower not in _W.endings:
                return False
            if after.text == "-" and after.start == w[last].end:
                return False
        if first and w[first - 1].sentence == w[first].sentence:
            before = w[first - 1]
            if before.text[:1].isupper() and before.pos == "PROPN" and before.lower not in _W.directions | {"the"}:
                return False
        return w[first].ent not in ("PERSON", "WORK_OF_ART", "PRODUCT") or (
            first > 0 and w[first - 1].pos in ("ADP", "DET")
        )

    def _entities(self) -> None:
        w = self.w
        i = 0
        while i < len(w):
            word = w[i]
            if word.ent not in ENTITIES:
                i += 1
                continue
            j = i
            while (
                j + 1 < len(w)
                and w[j + 1].ent == word.ent
                and not w[j + 1].ent_start
                and w[j + 1].sentence == word.sentence
            ):
                j += 1
            for first, last in self._pieces(i, j):
                self._entity(first, last, word.ent)
            i = j + 1

    def _pieces(self, i: int, j: int) -> list[tuple[int, int]]:
        """An entity that runs over commas is several: "Norfolk, Va."."""
        w = self.w
        out = []
        first = i
        for k in range(i, j + 2):
            if k > j or w[k].text in (",", ";", "/", "("):
                if k > first:
                    out.append((first, k - 1))
                first = k + 1
        return out

    def _entity(self, first: int, last: int, label: str) -> None:
        w = self.w
        while first < last and (not w[first].text[:1].isupper() and not w[first].text[:1].isdigit()):
            first += 1
        while first < last and w[first].lower in ("the", "a", "an"):
            first += 1
        while last > first and w[last].lower in ("'s", "'", "’", ",", ")", "-", "and", "the"):
            last -= 1
        while last > first and w[first].lower in _W.directions and w[first].text[:1].islower():
            first += 1
        # The grammar cut the name short: "Ulan" in "Ulan Ude".
        k = last
        while k + 1 < len(w) and w[k].dep == "compound" and w[k].head.i == k + 1 and w[k + 1].text[:1].isupper():
            k += 1
        if k > last and self._town(first, k, 1_000):
            last = k
        # The name goes on: "Zabul" "province", "Umoja" "Street".
        while (
            last + 1 < len(w)
            and w[last + 1].lower in _W.endings
            and (w[last + 1].text[:1].isupper() or w[last + 1].lower in ("state", "province", "county", "governorate"))
            and w[last + 1].sentence == w[last].sentence
        ):
            last += 1
        if not w[first].text[:1].isupper() and not w[first].text[:1].isdigit():
            return
        if not any(c.isalpha() for c in w[first].text) and first == last:
            return
        self._try(first, last, label)

    def _states(self) -> None:
        """States and seats of power the cast knows and the grammar overlooked."""
        for mention in self.cast.mentions:
            if mention.kind == "place" or (mention.kind == "state" and mention.players):
                self._try(mention.first, mention.last, "GPE")

    def _streets(self) -> None:
        """ "Umoja Street": streets and squares act for nobody, unless they are known to ("Downing Street said")."""
        w = self.w
        for word in w:
            if word.lower not in _W.streets or not word.text[:1].isupper() or self.taken[word.i] or word.i == 0:
                continue
            first = word.i
            while (
                first > 0
                and w[first - 1].pos == "PROPN"
                and w[first - 1].text[:1].isupper()
                and w[first - 1].sentence == word.sentence
                and not self.taken[first - 1]
            ):
                first -= 1
            after = w[word.i + 1] if word.i + 1 < len(w) else None
            follows = after is not None and after.pos == "PROPN" and after.text[:1].isupper()
            mention = self.cast.outer[word.i]
            acts = mention is not None and any(p.kind != "unknown" for p in mention.players)
            if first < word.i and not follows and not acts and word.lower not in ("st", "dr"):
                self._take(first, word.i, "FAC", None, "it is a street")

    def _after_prepositions(self) -> None:
        """ "in Mwanza": a town the grammar took for a person or for nothing, if there is such a town."""
        w = self.w
        n = len(w)
        for i in range(n - 1):
            if w[i].lower not in _BEFORE or w[i].tag not in ("IN", "TO", "RP"):
                continue
            j = i + 1
            if self.taken[j] or w[j].pos != "PROPN" or w[j].ent in ENTITIES or not w[j].text[:1].isupper():
                continue
            k = j
            while (
                k + 1 < n
                and w[k + 1].pos == "PROPN"
                and w[k + 1].text[:1].isupper()
                and not self.taken[k + 1]
                and w[k + 1].sentence == w[j].sentence
            ):
                k += 1
            if w[j].lower in _W.never or (w[j].ent in ("DATE", "TIME") and not self._town(j, k, 15_000)):
                continue
            if k + 1 < n and w[k + 1].text in ("'s", "’s"):
                continue
            prep = w[i].lower
            if prep == "on" and w[i].head.lemma in _W.aimed and self._town(j, k, 15_000):
                # "fired on Sumy"
                self._try(j, k, "GPE")
                continue
            person = w[j].ent == "PERSON"
            if person and prep in ("from", "to", "around", "between", "on", "of") and w[i].head.lemma not in _W.motion:
                continue
            if k > j and (
                w[k].lower in _W.streets or (w[k].lower in _W.endings and prep in ("in", "at", "near", "outside"))
            ):
                self._try(j, k, "FAC")
            elif prep not in ("on", "of") and self._town(
                j, k, 1_000 if w[j].ent in ("", "PERSON") and prep != "at" else 4_000, alias=True
            ):
                self._try(j, k, "GPE")
            elif prep == "inside" and w[j].ent == "PERSON" and not self._titled(j):
                # Nobody is inside a person.
                self._add([(j, k, "FAC", "“inside” goes before it")])

    def _beside(self) -> None:
        """ "Lima and Cusco": the second is a town if the first is and there is such a town."""
        w = self.w
        for named in sorted(self.out, key=lambda x: x.first):
            i = named.last + 1
            while i + 1 < len(w) and w[i].lower in ("and", ",", "or") and w[i].sentence == w[named.last].sentence:
                j = i + 1
                k = j
                if self.taken[j] or w[j].pos != "PROPN" or not w[j].text[:1].isupper() or w[j].lower in _W.never:
                    break
                while (
                    k + 1 < len(w) and w[k + 1].pos == "PROPN" and w[k + 1].text[:1].isupper() and not self.taken[k + 1]
                ):
                    k += 1
                if w[j].ent in ("DATE", "TIME") or not self._town(j, k, 15_000):
                    break
                if w[k].dep in ("nsubj", "nsubjpass") and w[k].head.i > k:
                    # "after talks in Doha, Qatar sent"
                    break
                if self.cast.outer[j] is not None and w[j].ent == "PERSON" and k > j:
                    break
                self._take(j, k, "GPE", None, "it stands beside another place")
                i = k + 1

    def _titled(self, i: int) -> bool:
        mention = self.cast.outer[i]
        return mention is not None and (mention.kind != "name" or any(p.country for p in mention.players))

    def _town(self, first: int, last: int, least: int, *, alias: bool = False) -> bool:
        """Whether the gazetteer has a town of this name and size, or by another name a larger one."""
        name = self.r.text_of(first, last)
        if name.isupper() and len(name) < 5:
            return False
        return any(
            (known.main and (known.people >= least or known.kind == "region")) or (alias and known.people >= 15_000)
            for known in self.g.named(name)
        )

    # -- is it the place that is meant? --------------------------------------------------------------------------------

    def _try(self, first: int, last: int, label: str) -> None:
        if any(self.taken[first : last + 1]):
            return
        w = self.w
        if first == last and w[first].lower in _W.never:
            return
        if self._dateline(first, last) or (label == "GPE" and self._surname(first, last)):
            return
        root = self.r.root_of(first, last)
        state = self._state(root, first, last)
        why = self.meaning.meant(root, first, last, label, state)
        if why is None:
            if label == "GPE":
                self.aside.append(Named(first, last, self.r.text_of(first, last), label))
            return
        country = state.players[0].country if state is not None else None
        self._take(first, last, label, country, why)

    def _surname(self, first: int, last: int) -> bool:
        """ "Ana Lima" is somebody, though the grammar sees the town alone."""
        if first == 0:
            return False
        before = self.w[first - 1]
        longer = before.dep == "compound" and before.head is self.w[last] and before.ent == ""
        return longer and before.text[:1].isupper() and before.lower not in _W.directions | _W.openers | _W.sides

    def _state(self, root: Word, first: int, last: int) -> Mention | None:
        """The state or seat of power that the cast has at these very words; "New Jersey" is not the Jersey in it."""
        for m in (self.cast.inner[root.i], self.cast.outer[root.i]):
            if m and m.kind in ("state", "place") and m.players:
                return m if m.last == last and self.meaning.opens(m, first) else None
        return None

    def _dateline(self, first: int, last: int) -> bool:
        """ "LONDON (AP) -", "ST. LOUIS -": where it was written, not where it happened."""
        w = self.w
        if first > 1 and w[first - 1].text == "," and w[first - 2].text.isupper() and len(w[first - 2].text) > 3:
            return True
        if not w[last].text.isupper() or not w[last].text.isalpha() or len(w[last].text) < 4:
            return False
        paragraph = self.r.sentences[w[first].sentence].paragraph
        before = w[first - 1] if first else None
        after = w[last + 1] if last + 1 < len(w) else None
        if after is not None and (after.text in ("(", "—", "–") or (after.text == "," and w[first].ent_start)):
            return True
        opens = (
            before is None
            or self.r.sentences[before.sentence].paragraph != paragraph
            or before.text.isupper()
            or before.text == "("
        )
        return opens and (after is None or not after.text.isalpha() or after.text[:1].isupper())


def _plain(word: Word) -> str:
    return fold(word.lower).replace(".", "")
