"""Which words name a place, and whether the place is meant or its government.

In: a `Reading` and its `Cast`. Out: `Named` stretches, in text order, none inside another. "Tehran said" and "the
Iranian minister" are actors and stay out; "in Tehran", "northern Iran", "the road to Tehran" are places.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors.cast import Cast, Mention
from dragoman.places.known import SHORT, Gazette
from dragoman.reading.words import Reading, Word

_ENTITIES = frozenset(("GPE", "LOC", "FAC"))
# A place stands behind these whatever governs them.
_AT = frozenset(
    "in at near outside inside across around into throughout onto off within along beyond through via opposite above below "
    "over under amid aboard upon outside".split()
)
_AT_FOR_CITIES = _AT | frozenset("from to toward towards of on between past via behind by for".split())
_TO_FROM = frozenset("to from toward towards on between for over".split())
# What one does to or from a place.
_MOTION = frozenset(
    "go come travel fly sail drive walk march return move flee escape arrive head leave depart deport extradite ship send "
    "transfer bring take carry deliver export import smuggle expel evacuate withdraw pull retreat trip journey tour visit "
    "flight road route way train bus border migration migrant refugee export import shipment delivery transport emigrate "
    "immigrate relocate rush ferry hail originate stem pilgrimage train convoy evacuation withdrawal deportation arrival "
    "departure access entry passage spread extend stretch reach pilgrim dispatch deploy welcome relocation transfer travel "
    "invade cross enter bind fire launch operation deployment mission back voyage mile kilometre kilometer km south north east west far close distance away hour".split()
)
_REACHED = frozenset(
    "visit leave enter reach flee cross tour depart invade occupy capture seize liberate storm hit strike bomb shell bombard "
    "pound rock devastate ravage exit surround encircle besiege retake recapture overrun conquer annex inhabit traverse "
    "batter destroy explore attack quit vacate approach hold control recover free near border skirt".split()
)
# "the city of X", "the north of X", "the border of X"
_PARTS = frozenset(
    "city town village capital province district region area state island port coast shore border edge outskirt suburb "
    "north south east west northeast northwest southeast southwest centre center heart middle part rest half corner county "
    "territory land airspace soil invasion occupation annexation siege liberation capture bombing outside end side kilometre "
    "kilometer mile street neighbourhood neighborhood quarter plain valley hill mountain desert water sea gulf strait river "
    "peninsula municipality enclave battle map skyline outskirts seaside resort airport "
    "streets sector slum township mouth shoreline coastline countryside "
    "stretch swath swathe border frontier metropolis".split()
)
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern inland coastal upstate downtown upper lower rural mainland occupied war-torn "
    "north-eastern north-western south-eastern south-western mid southernmost northernmost inner suburban metropolitan "
    "neighbouring neighboring nearby modern-day present-day greater tropical".split()
)
# Words that close a name: "Benue state", "Royal Street", "Dulles International Airport".
ENDINGS = frozenset(
    "street st road rd avenue ave lane drive boulevard blvd square park bridge airport hospital church cathedral mosque temple "
    "stadium arena station prison jail palace castle tower hall hotel museum library market mall "
    "center centre island islands bay beach coast river lake sea ocean strait channel canal mountain mountains hills hill "
    "valley desert forest peninsula county province state district region governorate prefecture oblast municipality "
    "township village borough parish camp crossing highway harbor harbour port estate cemetery plaza courthouse racecourse "
    "speedway circuit garden gardens falls creek lagoon reservoir dam base barracks terminal territory territories city town "
    "heights basin delta plateau agency ward quarter basilica monastery synagogue shrine motorway freeway expressway".split()
)
# Of these, what people built and every town has.
BUILT = frozenset(
    "street st road rd avenue ave lane drive boulevard blvd square park bridge airport hospital church cathedral mosque temple "
    "university college school stadium arena station prison jail palace tower hall hotel museum library market mall center "
    "centre cemetery plaza courthouse garden gardens canal basilica highway motorway".split()
)
_NOT_PLACES = frozenset(
    "facebook twitter google covid covid-19 internet congress parliament senate house brexit trump earth moon mars sun god "
    "christmas easter ramadan islam allah english french german spanish arabic daily times post tribune ai "
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)


_STREETS = frozenset("street st. road rd. avenue ave. lane boulevard blvd. highway motorway".split())


@dataclass(slots=True)
class Named:
    """Words ``first..last`` that name a place; ``core`` is the name as written, ``why`` shows that the place is meant."""

    first: int
    last: int
    core: str
    label: str
    country: str | None = None
    why: str = ""


def find_named(reading: Reading, cast: Cast, gazette: Gazette) -> list[Named]:
    """All stretches that name a place, in text order."""
    return _Finder(reading, cast, gazette).run()


class _Finder:
    def __init__(self, reading: Reading, cast: Cast, gazette: Gazette) -> None:
        self.r = reading
        self.w = reading.words
        self.cast = cast
        self.g = gazette
        self.taken = bytearray(len(self.w))
        self.out: list[Named] = []

    def run(self) -> list[Named]:
        self._regions()
        self._entities()
        self._states()
        self._streets()
        self._after_prepositions()
        self._beside()
        self.out.sort(key=lambda n: n.first)
        return self.out

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
            if after.text[:1].isupper() and after.pos == "PROPN" and after.lower not in ENDINGS:
                return False
            if after.text == "-" and after.start == w[last].end:
                return False
        if first and w[first - 1].sentence == w[first].sentence:
            before = w[first - 1]
            if before.text[:1].isupper() and before.pos == "PROPN" and before.lower not in _DIRECTIONS | {"the"}:
                return False
        return w[first].ent not in ("PERSON", "WORK_OF_ART", "PRODUCT") or (
            first > 0 and w[first - 1].pos in ("ADP", "DET")
        )

    def _entities(self) -> None:
        w = self.w
        i = 0
        while i < len(w):
            word = w[i]
            if word.ent not in _ENTITIES:
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
        """An entity that runs over commas is several: "Gainesville, Va."."""
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
        while last > first and w[first].lower in _DIRECTIONS and w[first].text[:1].islower():
            first += 1
        # The name goes on: "Benue" "state", "Royal" "Street".
        while (
            last + 1 < len(w)
            and w[last + 1].lower in ENDINGS
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
            if word.lower not in _STREETS or not word.text[:1].isupper() or self.taken[word.i] or word.i == 0:
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
                text = self.r.report.text[w[first].start : word.end]
                self.out.append(Named(first, word.i, text, "FAC", None, "it is a street"))
                for k in range(first, word.i + 1):
                    self.taken[k] = 1

    def _after_prepositions(self) -> None:
        """ "in Gamboru": a town the grammar took for a person or for nothing, if there is such a town."""
        w = self.w
        n = len(w)
        for i in range(n - 1):
            if w[i].lower not in ("in", "at", "near", "outside", "from", "to", "around", "on", "of", "between") or w[
                i
            ].tag not in ("IN", "TO"):
                continue
            j = i + 1
            if self.taken[j] or w[j].pos != "PROPN" or w[j].ent in _ENTITIES or not w[j].text[:1].isupper():
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
            if w[j].lower in _NOT_PLACES or w[j].ent in ("DATE", "TIME"):
                continue
            if k + 1 < n and w[k + 1].text in ("'s", "’s"):
                continue
            prep = w[i].lower
            person = w[j].ent == "PERSON"
            if person and prep in ("from", "to", "around", "between", "on", "of") and w[i].head.lemma not in _MOTION:
                continue
            if k > j and (
                w[k].lower in _STREETS or (w[k].lower in ENDINGS and prep in ("in", "at", "near", "outside"))
            ):
                self._try(j, k, "FAC")
            elif prep not in ("on", "of") and self._town(
                j, k, 1_000 if w[j].ent in ("", "PERSON") and prep != "at" else 15_000
            ):
                self._try(j, k, "GPE")

    def _beside(self) -> None:
        """ "Suwon and Incheon": the second is a town if the first is and there is such a town."""
        w = self.w
        for named in sorted(self.out, key=lambda x: x.first):
            i = named.last + 1
            while i + 1 < len(w) and w[i].lower in ("and", ",", "or") and w[i].sentence == w[named.last].sentence:
                j = i + 1
                k = j
                if self.taken[j] or w[j].pos != "PROPN" or not w[j].text[:1].isupper() or w[j].lower in _NOT_PLACES:
                    break
                while (
                    k + 1 < len(w) and w[k + 1].pos == "PROPN" and w[k + 1].text[:1].isupper() and not self.taken[k + 1]
                ):
                    k += 1
                if w[j].ent in ("DATE", "TIME") or not self._town(j, k, 15_000):
                    break
                if self.cast.outer[j] is not None and w[j].ent == "PERSON" and k > j:
                    break
                self.out.append(
                    Named(
                        j, k, self.r.report.text[w[j].start : w[k].end], "GPE", None, "it stands beside another place"
                    )
                )
                for x in range(j, k + 1):
                    self.taken[x] = 1
                i = k + 1

    def _town(self, first: int, last: int, least: int) -> bool:
        name = self.r.report.text[self.w[first].start : self.w[last].end]
        return any(known.main and (known.people >= least or known.kind == "region") for known in self.g.named(name))

    # -- is it the place that is meant? --------------------------------------------------------------------------------

    def _try(self, first: int, last: int, label: str) -> None:
        if any(self.taken[first : last + 1]):
            return
        w = self.w
        core = self.r.report.text[w[first].start : w[last].end]
        if first == last and w[first].lower in _NOT_PLACES:
            return
        if self._dateline(first, last):
            return
        root = self._root(first, last)
        state = next(
            (
                m
                for m in (self.cast.inner[root.i], self.cast.outer[root.i])
                if m and m.kind in ("state", "place") and m.players
            ),
            None,
        )
        # "New Jersey" is not the Jersey in it.
        if state is not None and (state.last != last or not self._opens(state, first)):
            state = None
        why = self._meant(root, first, last, label, state)
        if why is None:
            return
        country = state.players[0].country if state is not None else None
        self.out.append(Named(first, last, core, label, country, why))
        for k in range(first, last + 1):
            self.taken[k] = 1

    def _opens(self, mention: Mention, first: int) -> bool:
        return (
            mention.first == first
            or (mention.first == first - 1 and self.w[mention.first].lower == "the")
            or (mention.first == first + 1 and self.w[first].lower == "the")
        )

    def _dateline(self, first: int, last: int) -> bool:
        """ "LONDON (AP) -", "ST. LOUIS -": where it was written, not where it happened."""
        w = self.w
        if first > 1 and w[first - 1].text == "," and w[first - 2].text.isupper() and len(w[first - 2].text) > 3:
            return True
        if not w[last].text.isupper() or len(w[last].text) < 4:
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

    def _mention(self, first: int, last: int) -> Mention | None:
        """The mention of an actor that the stretch lies in, if it is wider."""
        mention = self.cast.outer[first]
        if mention is None or mention.kind == "place":
            return None
        return mention if mention.first < first or mention.last > last else None

    def _root(self, first: int, last: int) -> Word:
        for k in range(last, first - 1, -1):
            word = self.w[k]
            if word.head is word or not first <= word.head.i <= last:
                if word.dep in ("punct", "case", "det"):
                    continue
                return word
        return self.w[last]

    def _meant(self, root: Word, first: int, last: int, label: str, state: Mention | None) -> str | None:
        """What shows that the place itself is meant, in plain words; None when nothing does."""
        w = self.w
        before = w[first - 1] if first and w[first - 1].sentence == w[first].sentence else None
        after = w[last + 1] if last + 1 < len(w) and w[last + 1].sentence == w[last].sentence else None
        text = self.r.report.text[w[first].start : w[last].end]
        options = self.g.wide(text)
        is_country = any(k.kind == "country" for k in options) or (state is not None and not self.g.named(text))
        unknown = not options and state is None and not self.g.named(text)
        wider = self._mention(first, last)
        glued = (after is not None and after.text in ("-", "–") and after.start == w[last].end) or (
            before is not None and before.text in ("-", "–") and before.end == w[first].start
        )
        part = root.dep in ("compound", "nmod", "amod", "nummod") and root.head.i > last
        if not glued and not part and any(k.land in _INERT for k in options) and (
            wider is None or all(p.kind == "unknown" for p in wider.players)
        ):  # fmt: skip
            return "a sea, a river or a building acts for nobody"
        while before is not None and before.lower == "the" and before.i > self.r.sentences[before.sentence].first:
            before = w[before.i - 1]
        if wider is not None and wider.kind not in ("people", "group", "pronoun", "adjective"):
            # "the ambassador in Tehran" holds a place, "the governor of Kano", "London mayor" do not.
            inside = before is not None and before.lower in ("in", "at", "near", "outside", "inside")
            if not inside and not (label == "FAC" and wider.kind not in ("name", "title") and wider.first >= first - 1):
                return None
        if glued:
            return None
        if before is not None and before.lower in _DIRECTIONS:
            return f"“{before.text}” is a part of it"
        if before is not None and before.text == "," and self._in_place(first - 2, is_country):
            return "it stands behind a place and a comma"
        if before is not None and before.text == "(" and after is not None and after.text == ")" and text in SHORT:
            return "it stands behind a place in brackets"
        if part:
            return f"“{root.head.text}” is a part of it" if root.head.lower in _PARTS and not is_country else None
        if root.dep == "poss":
            return f"its “{root.head.text}”" if root.head.lemma in _OWN_PARTS and not unknown else None
        top = root
        while top.dep in ("conj", "appos") and top.head is not top:
            top = top.head
        if top.dep == "pobj":
            prep = top.head.lower
            governor = top.head.head
            if prep in _AT and not (unknown and label != "FAC" and prep not in _WITHIN):
                return f"“{prep}” goes before it"
            if prep == "of":
                good = governor.lemma in _PARTS or (
                    not is_country and not unknown and governor.pos == "NOUN" and governor.lemma not in _GOVERNING
                )
                return f"it is “{governor.text} of” it" if good else None
            if prep in _TO_FROM:
                good = governor.lemma in _MOTION or prep == "from" or not is_country
                return f"“{governor.text} {prep}”" if good and not (unknown and label != "FAC") else None
            if prep == "with" and governor.lemma in ("border", "frontier"):
                return "its border"
            if prep in ("as", "like", "including") and not unknown:
                # "in countries such as Cyprus"
                return self._example(top.head)
            return f"“{prep}” goes before it" if not is_country and not unknown and prep in _AT_FOR_CITIES else None
        if top.dep in ("dobj", "nsubjpass"):
            return (
                f"one can “{top.head.lemma}” a place"
                if top.head.lemma in _REACHED and (not unknown or label == "FAC")
                else None
            )
        if label == "FAC":
            return "it is a building or a road" if top.dep not in ("nsubj", "agent") or last > first else None
        if not unknown and top.dep in ("nsubj", "agent"):
            if top.head.lemma in ("be", "lie", "sit", "stretch", "border") and any(
                c.dep in ("prep", "attr") and c.lemma in ("in", "on", "near", *_PARTS) for c in top.head.children
            ):
                return "it is said where it lies"
        return None

    def _example(self, prep: Word) -> str | None:
        noun = prep.head
        if noun.lower == "such":
            noun = noun.head
        if noun.dep == "pobj" and noun.head.lower in _AT:
            return f"“{noun.head.text} {noun.text}” such as it"
        return None

    def _in_place(self, i: int, is_country: bool) -> bool:
        """The word before the comma ends a smaller place: "Homs, Syria", not "France, Germany"."""
        if i < 0 or not (self.w[i].ent in _ENTITIES or self.taken[i]):
            return False
        j = i
        while j > 0 and self.w[j].ent_start is False and self.w[j - 1].ent == self.w[j].ent:
            j -= 1
        text = self.r.report.text[self.w[j].start : self.w[i].end]
        return not any(k.kind == "country" for k in self.g.wide(text)) and (is_country or bool(self.taken[i]))


_INERT = frozenset("sea strait canal river lake mountains desert island landmark border".split())
_WITHIN = frozenset("in at near outside inside around across throughout".split())
_OWN_PARTS = frozenset(
    "north south east west border coast shore capital outskirt airspace centre center heartland interior".split()
)


_GOVERNING = frozenset(
    "mayor governor president king queen minister bishop archbishop government ministry embassy people university bank "
    "archdiocese diocese emir sultan council duke".split()
)


def _plain(word: Word) -> str:
    low = word.lower
    if low.isascii():
        return low.replace(".", "")
    from dragoman.actors.names import fold  # noqa: PLC0415

    return fold(low).replace(".", "")


def is_short(text: str) -> bool:
    """ "Va.", "N.Y.": a state shortened."""
    return text in SHORT
