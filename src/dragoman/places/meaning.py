"""Whether a stretch that could name a place is meant as one: by its preposition, its verb, the noun it belongs to.

In: a `Reading`, its `Cast`, the gazetteer and a stretch of words. Out: what shows that the place itself is meant, in
plain words, or None when nothing does ("Tehran said", "the governor of Kano", "relations between Paris and Rome").
"""

from __future__ import annotations

from dragoman.actors.cast import Cast, Mention
from dragoman.knowledge.placing import placing
from dragoman.places.known import Gazette
from dragoman.reading.words import Reading, Word

ENTITIES = frozenset(("GPE", "LOC", "FAC"))
_W = placing()


def listed(root: Word) -> Word:
    """The word whose place in the sentence a name shares: the first of a list, what it stands in apposition to."""
    while root.dep in ("conj", "appos") and root.head is not root:
        root = root.head
    return root


class Meaning:
    """Judges stretches of one report; `taken` marks the words of places found so far."""

    def __init__(self, reading: Reading, cast: Cast, gazette: Gazette, taken: bytearray) -> None:
        self.r = reading
        self.w = reading.words
        self.cast = cast
        self.g = gazette
        self.taken = taken

    def opens(self, mention: Mention, first: int) -> bool:
        """Whether a mention begins with a stretch that begins at word ``first``; "the" does not count."""
        return (
            mention.first == first
            or (mention.first == first - 1 and self.w[mention.first].lower == "the")
            or (mention.first == first + 1 and self.w[first].lower == "the")
        )

    def _mention(self, first: int, last: int) -> Mention | None:
        """The mention of an actor that the stretch lies in, if it is wider."""
        mention = self.cast.outer[first]
        if mention is None or mention.kind == "place" or mention.last < last:
            return None
        # "the" makes it no wider.
        opens = mention.first + (self.w[mention.first].lower == "the")
        return mention if opens < first or mention.last > last else None

    def meant(self, root: Word, first: int, last: int, label: str, state: Mention | None) -> str | None:
        """What shows that the place itself is meant, in plain words; None when nothing does."""
        w = self.w
        before = w[first - 1] if first and w[first - 1].sentence == w[first].sentence else None
        after = w[last + 1] if last + 1 < len(w) and w[last + 1].sentence == w[last].sentence else None
        text = self.r.text_of(first, last)
        options = self.g.wide(text)
        is_country = any(k.kind == "country" for k in options) or (state is not None and not self.g.named(text))
        unknown = not options and state is None and not self.g.named(text)
        wider = self._mention(first, last)
        glued = (after is not None and after.text in ("-", "–") and after.start == w[last].end) or (
            before is not None and before.text in ("-", "–") and before.end == w[first].start
        )
        part = root.dep in ("compound", "nmod", "amod", "nummod") and root.head.i > last
        inert = any(k.land in _W.inert for k in options) or (label == "LOC" and self._natural(first, last))
        if inert and not glued and not part and not is_country and root.dep != "poss" and (
            wider is None or all(p.kind == "unknown" for p in wider.players)
        ):  # fmt: skip
            return "a sea, a river or a building acts for nobody"
        if unknown and (text.isupper() and len(text) < 5 and text.isalpha()):
            # "in QX", "at TKB": letters nobody knows as a place
            return None
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
        if (
            before is not None
            and before.lower == "with"
            and before.i
            and w[before.i - 1].lemma in ("border", "frontier")
        ):
            return "its border"
        acts = root.dep in ("nsubj", "nsubjpass") and root.head.i > last and (after is None or after.text != ",")
        if (
            before is not None
            and before.text == ","
            and not unknown
            and not acts
            and self._in_place(first - 2, is_country)
        ):
            return "it stands behind a place and a comma"
        if before is not None and before.text == "(" and after is not None and after.text == ")" and text in _W.short:
            return "it stands behind a place in brackets"
        if part and not self._misread(root, before, is_country or bool(options)):
            return f"“{root.head.text}” is a part of it" if root.head.lower in _W.parts and not is_country else None
        if root.dep == "poss":
            own = root.head.lemma in _W.own_parts and root.head.pos == "NOUN"
            return f"its “{root.head.text}”" if own and not unknown else None
        top = listed(root)
        if top.dep == "pobj" or part:
            prep = top.head.lower if not part or before is None else before.lower
            governor = top.head.head if not part or before is None else before.head
            if prep in _W.above and is_country and governor.lemma not in _W.motion | _W.parts:
                # "concern over Syria"
                return None
            if prep == "at" and not unknown and label != "FAC" and options and not self.g.towns(text):
                # One is at a town or a building; whoever is at a state plays or studies there.
                return None
            if prep in _W.at and not (unknown and label != "FAC" and prep not in _W.within):
                return f"“{prep}” goes before it"
            if prep == "of":
                good = governor.lemma in _W.parts or (
                    not is_country and not unknown and governor.pos == "NOUN" and governor.lemma not in _W.governing
                )
                if not good and not is_country and not unknown and self._resident(top.head, governor):
                    return "somebody of it"
                return f"it is “{governor.text} of” it" if good else None
            if prep in _W.to_from:
                good = governor.lemma in _W.motion or (prep == "from" and not is_country) or not is_country
                good = good or (prep == "from" and governor.lemma not in _W.addressed)
                if governor.lemma in _W.addressed or (prep == "for" and governor.lemma not in _W.motion):
                    good = False
                if prep == "for" and is_country and governor.lemma not in _W.bound:
                    good = False
                return f"“{governor.text} {prep}”" if good and not (unknown and label != "FAC") else None
            if prep in ("as", "like", "including") and not unknown:
                # "in countries such as Malta"
                return self._example(top.head, is_country)
            return f"“{prep}” goes before it" if not is_country and not unknown and prep in _W.at_towns else None
        if top.dep in ("dobj", "nsubjpass"):
            return (
                f"one can “{top.head.lemma}” a place"
                if top.head.lemma in _W.reached and (not unknown or label == "FAC")
                else None
            )
        if label == "FAC" and (w[last].lower in _W.endings or w[first].lower in _W.openers or not unknown):
            return "it is a building or a road" if top.dep not in ("nsubj", "agent") or last > first else None
        lies = top.head.lemma in ("be", "lie", "sit", "stretch", "border") and any(
            c.dep in ("prep", "attr") and (c.lemma in ("in", "on", "near") or c.lemma in _W.parts)
            for c in top.head.children
        )
        lies = lies and not unknown and not is_country and top.dep in ("nsubj", "agent")
        return "it is said where it lies" if lies else None

    def _example(self, prep: Word, is_country: bool) -> str | None:
        noun = prep.head
        if noun.lower == "such":
            noun = noun.head
        if noun.dep == "pobj" and noun.head.lower in _W.at | _W.to_from:
            return f"“{noun.head.text} {noun.text}” such as it"
        if not is_country and noun.lemma in _W.parts:
            return f"“{noun.text}” such as it"
        return None

    def _natural(self, first: int, last: int) -> bool:
        """ "Lake Tana", "Robben Island": named after what it is."""
        w = self.w
        return last > first and (w[last].lower in _W.natural or w[first].lower in _W.natural)

    def _misread(self, root: Word, before: Word | None, known: bool) -> bool:
        """ "nurses in Kenya plan to strike": a preposition right before it, a verb or another name after it."""
        if before is None or not known or before.pos != "ADP" or before.lower not in _W.at | {"to", "from"}:
            return False
        between = self.w[root.i + 1 : root.head.i + 1]
        return any(x.tag in ("VBD", "VBZ", "VBP", "MD", "TO") or x.pos in ("NUM", "ADP", "DET") for x in between)

    def _resident(self, prep: Word, governor: Word) -> bool:
        """ "Ana Lima, 41, of Cusco": a name, an age, then where somebody lives."""
        before = self.w[prep.i - 1] if prep.i else None
        if before is None or before.sentence != prep.sentence:
            return False
        return before.text == "," or before.pos == "NUM" or (governor.ent == "PERSON" and before.ent == "PERSON")

    def _in_place(self, i: int, is_country: bool) -> bool:
        """The word before the comma ends a smaller place: "Homs, Syria", not "France, Germany"."""
        if i < 0 or not (self.w[i].ent in ENTITIES or self.taken[i]):
            return False
        j = i
        while j > 0 and self.w[j].ent_start is False and self.w[j - 1].ent == self.w[j].ent:
            j -= 1
        text = self.r.text_of(j, i)
        return not any(k.kind == "country" for k in self.g.wide(text)) and (is_country or bool(self.taken[i]))
