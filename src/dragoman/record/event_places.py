"""Where an act happens, by the parse, apart from places that are only mentioned.

In: a `Reading`, the word of an act, the `Spot`s of the report. Out: the one the act is at, or None. A place belongs to
an act when its phrase hangs on the act's word, on the verb of its clause, or on what the act is done to ("shelled a
depot near Sumy", "in Geneva the sides agreed"). A place below another verb or in somebody's title is not the act's.
"""

from __future__ import annotations

from dragoman.knowledge.placing import placing
from dragoman.places.gazette import Spot
from dragoman.reading.words import Reading, Word

_W = placing()
_VERBS = ("VERB", "AUX")
_SUBJECTS = frozenset(("nsubj", "csubj", "agent"))
_DONE_TO = frozenset(("dobj", "obj", "nsubjpass", "dative", "attr"))
# A clause that only says who or when; its places are its own.
_OTHER_CLAUSES = frozenset(("relcl", "acl", "ccomp", "xcomp", "advcl", "parataxis", "pcomp"))
# Verbs below which the act itself stands, so that the place of the one is the place of the other.
_CARRIED = frozenset(("xcomp", "pcomp", "advcl", "conj"))
_HOLD = frozenset(("hold", "take", "stage", "carry", "conduct", "begin", "start", "launch", "open", "end", "occur"))
# Prepositions behind which stands what an act is done to or with.
_GOALS = frozenset(
    ("on", "against", "at", "in", "near", "of", "to", "into", "inside", "outside", "along", "around", "with")
)
_TALK = frozenset(("talk", "meet", "discuss", "negotiate", "speak", "consult", "agree", "discussion", "negotiation"))
_TOWARDS = frozenset(("to", "towards", "toward", "for", "into", "onto"))


def place_of(reading: Reading, spots: list[Spot], word: Word) -> Spot | None:
    """The place of the act that `word` names, if the words say it."""
    sentence = reading.sentences[word.sentence]
    best: tuple[int, int, Spot] | None = None
    for spot in spots:
        if not sentence.first <= spot.first < sentence.last:
            continue
        rank = _belongs(reading, spot, word)
        if rank is None:
            continue
        # The nearer bond first; then a town before the country it is in; then the nearer word.
        broad = {"point": 0, "city": 0, "region": 1, "country": 2}[spot.precision]
        key = (rank * 10 + broad, abs(spot.first - word.i), spot)
        if best is None or key[:2] < best[:2]:
            best = key
    return best[2] if best is not None else None


def _belongs(reading: Reading, spot: Spot, word: Word) -> int | None:
    """How closely a place hangs on an act: 0 on its word, 1 on its clause, 2 on what it is done to; None not at all."""
    root = reading.root_of(spot.first, spot.last)
    prep, anchor = _anchor(root)
    if anchor is None:
        return None
    if prep is None:
        # "visited Oslo", "Kharkiv was shelled"
        return 0 if anchor is word and root.dep in _DONE_TO else None
    if prep.lower == "from" and word.lemma not in _W.motion:
        return None
    if prep.lower in _TOWARDS and not {anchor.lemma, word.lemma} & _W.motion:
        return None
    if anchor is word:
        return 0
    carrier = _carrier(word)
    if anchor in carrier:
        return 1
    return 2 if _done_to(anchor, word, carrier) else None


def _anchor(root: Word) -> tuple[Word | None, Word | None]:
    """The preposition a place stands behind and the word that its phrase hangs on."""
    top = root
    while top.dep in ("conj", "appos", "compound", "nmod", "poss") and top.head is not top:
        if top.dep in ("compound", "nmod", "poss") and top.head.lemma not in _W.parts:
            break
        top = top.head
    steps = 0
    while top.dep in ("pobj", "pcomp") and steps < 8:
        prep, governor = top.head, top.head.head
        if prep.dep in ("prep", "advmod", "conj") and governor.pos == "ADP" and governor is not prep:
            governor = governor.head
        if prep is governor:
            return None, None
        # "on the outskirts of Sumy", "a suburb of Lima": the part leads on to what it hangs on.
        if governor.lemma in _W.parts | _W.dwellings | _W.rooms and governor.dep in ("pobj", "appos", "conj"):
            top = governor
            steps += 1
            continue
        # "a village in northern Mali" is a place in the place
        return prep, governor
    if top.dep in _DONE_TO:
        return None, top.head
    return None, None


def _carrier(word: Word) -> list[Word]:
    """The verbs that share the act's place: its own verb, and those it hangs on without a subject of its own."""
    out = []
    top = word
    for _ in range(4):
        head = top.head
        if head is top:
            break
        if top.pos in _VERBS:
            own = any(c.dep in ("nsubj", "nsubjpass") for c in top.children)
            if top.dep not in _CARRIED or own:
                break
            out.append(head)
        elif top.dep in ("dobj", "obj", "nsubjpass", "nsubj", "attr", "conj", "pobj", "prep", "agent"):
            # "held talks", "an attack was carried out"; the talks of a clause on something else are elsewhere
            if head.pos in _VERBS:
                near = top.dep in ("dobj", "obj", "nsubjpass", "attr", "nsubj") or (top is not word)
                if near and top.dep != "agent":
                    out.append(head)
                break
        else:
            break
        top = head
    return out


def _done_to(anchor: Word, word: Word, carrier: list[Word]) -> bool:
    """Whether the word a place hangs on is what the act is done to, or its goal ("an attack on a depot in Sumy")."""
    top = anchor
    for _ in range(5):
        if top.dep in _OTHER_CLAUSES or top.dep in _SUBJECTS or top.head is top:
            return False
        head = top.head
        if top.dep in _DONE_TO and (head is word or (head in carrier and head.lemma in _HOLD)):
            return True
        if top.dep == "pobj" and head.head is word and head.lower in _GOALS:
            # Talks "on a prison in Baku" are elsewhere.
            return head.lower != "on" or word.lemma not in _TALK
        if top.dep not in ("pobj", "prep", "conj", "appos", *_DONE_TO):
            return False
        top = head
    return False
