"""Which words name a place, and whether the place is meant or its government.

In: a `Reading` and its `Cast`. Out: `Named` stretches, in text order, none inside another. "Tehran said" and "the
Iranian minister" are actors and stay out; "in Tehran", "northern Iran", "the road to Tehran" are places.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors.cast import Cast, Mention
from dragoman.knowledge.placing import placing
from dragoman.places.known import Gazette
from dragoman.reading.words import Reading, Word

_ENTITIES = frozenset(("GPE", "LOC", "FAC"))
_W = placing()


@dataclass(slots=True)
class Named:
    """Words ``first..last`` that name a place; ``core`` is the name, ``why`` shows that it is meant."""

    first: int
    last: int
    core: str
    label: str
    country: str | None = None
    why: str = ""


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
                text = self.r.report.text[w[first].start : word.end]
                self.out.append(Named(first, word.i, text, "FAC", None, "it is a street"))
                for k in range(first, word.i + 1):
                    self.taken[k] = 1

    def _after_prepositions(self) -> None:
        """ "in Mwanza": a town the grammar took for a person or for nothing, if there is such a town."""
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
            if w[j].lower in _W.never or w[j].ent in ("DATE", "TIME"):
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
                j, k, 1_000 if w[j].ent in ("", "PERSON") and prep != "at" else 15_000
            ):
                self._try(j, k, "GPE")

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
        if first == last and w[first].lower in _W.never:
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
            if label == "GPE":
                self.aside.append(Named(first, last, core, label))
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

    def _mention(self, first: int, last: int) -> Mention | None:
        """The mention of an actor that the stretch lies in, if it is wider."""
        mention = self.cast.outer[first]
        if mention is None or mention.kind == "place" or mention.last < last:
            return None
        # "the" makes it no wider.
        opens = mention.first + (self.w[mention.first].lower == "the")
        return mention if opens < first or mention.last > last else None

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
        if not glued and not part and any(k.land in _W.inert for k in options) and (
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
        if before is not None and before.lower in _W.directions:
            return f"“{before.text}” is a part of it"
        if before is not None and before.text == "," and self._in_place(first - 2, is_country):
            return "it stands behind a place and a comma"
        if before is not None and before.text == "(" and after is not None and after.text == ")" and text in _W.short:
            return "it stands behind a place in brackets"
        if part:
            return f"“{root.head.text}” is a part of it" if root.head.lower in _W.parts and not is_country else None
        if root.dep == "poss":
            return f"its “{root.head.text}”" if root.head.lemma in _W.own_parts and not unknown else None
        top = root
        while top.dep in ("conj", "appos") and top.head is not top:
            top = top.head
        if top.dep == "pobj":
            prep = top.head.lower
            governor = top.head.head
            if prep in _W.at and not (unknown and label != "FAC" and prep not in _W.within):
                return f"“{prep}” goes before it"
            if prep == "of":
                good = governor.lemma in _W.parts or (
                    not is_country and not unknown and governor.pos == "NOUN" and governor.lemma not in _W.governing
                )
                return f"it is “{governor.text} of” it" if good else None
            if prep in _W.to_from:
                good = governor.lemma in _W.motion or prep == "from" or not is_country
                return f"“{governor.text} {prep}”" if good and not (unknown and label != "FAC") else None
            if prep == "with" and governor.lemma in ("border", "frontier"):
                return "its border"
            if prep in ("as", "like", "including") and not unknown:
                # "in countries such as Malta"
                return self._example(top.head)
            return f"“{prep}” goes before it" if not is_country and not unknown and prep in _W.at_towns else None
        if top.dep in ("dobj", "nsubjpass"):
            return (
                f"one can “{top.head.lemma}” a place"
                if top.head.lemma in _W.reached and (not unknown or label == "FAC")
                else None
            )
        if label == "FAC":
            return "it is a building or a road" if top.dep not in ("nsubj", "agent") or last > first else None
        lies = top.head.lemma in ("be", "lie", "sit", "stretch", "border") and any(
            c.dep in ("prep", "attr") and (c.lemma in ("in", "on", "near") or c.lemma in _W.parts)
            for c in top.head.children
        )
        return "it is said where it lies" if lies and not unknown and top.dep in ("nsubj", "agent") else None

    def _example(self, prep: Word) -> str | None:
        noun = prep.head
        if noun.lower == "such":
            noun = noun.head
        if noun.dep == "pobj" and noun.head.lower in _W.at | _W.to_from:
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


def _plain(word: Word) -> str:
    low = word.lower
    if low.isascii():
        return low.replace(".", "")
    from dragoman.knowledge.folding import fold  # noqa: PLC0415

    return fold(low).replace(".", "")
