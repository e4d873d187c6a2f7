"""What a contact was about: noun phrases behind "on", "about", "regarding", and the objects of "to discuss".

In: the word that names a contact. Out: topics as the report words them, without article.
"""

from __future__ import annotations

from dragoman.events.arguments import joined
from dragoman.knowledge.contacts import contact_words
from dragoman.reading.words import Reading, Word

# Most topics of one contact, and most words of one topic.
MOST = 6
LONGEST = 14
_CLAUSES = frozenset(("relcl", "acl", "appos", "advcl"))
_LISTS = frozenset(("punct", "cc", "conj"))


def topics_of(reading: Reading, word: Word) -> list[str]:
    """The topics named at a contact's word or at the verb that carries it."""
    file = contact_words().file
    heads: list[Word] = []
    verb = word if word.pos == "VERB" else word.head if word.head.pos == "VERB" else None
    for start in (word, verb):
        if start is None:
            continue
        for child in start.children:
            if (child.dep == "prep" and child.lower in file.about) or child.lower == "regarding":
                heads += [o for o in child.children if o.dep in ("pobj", "dobj")]
            elif child.dep in ("xcomp", "advcl", "conj", "acl", "relcl"):
                heads += _discussed(child)
        heads += _discussed(start)
    found = (_phrase(reading, w) for h in heads for w in joined(h))
    return list(dict.fromkeys(t for t in found if t))[:MOST]


def _discussed(verb: Word) -> list[Word]:
    """Objects of "discuss", what "focus" is on, what talks "dealt" with."""
    file = contact_words().file
    out = [o for o in verb.children if o.dep == "dobj"] if verb.lemma in file.topic_verbs else []
    preps = file.topic_preps.get(verb.lemma, frozenset())
    for child in verb.children:
        if child.dep == "prep" and child.lower in preps:
            out += [o for o in child.children if o.dep == "pobj"]
    return out


def _phrase(reading: Reading, head: Word) -> str:
    """The words of a topic, without whom it was discussed "with"; days, sidelines and telephones are none."""
    if head.ent in ("DATE", "TIME") or head.lemma in contact_words().file.no_topics or head.pos in ("PRON", "DET"):
        return ""
    keep = [head.i]
    stack = [c for c in head.children if c.dep not in _CLAUSES and c.dep not in _LISTS and c.lower != "with"]
    while stack:
        word = stack.pop()
        keep.append(word.i)
        stack += [c for c in word.children if c.dep not in _CLAUSES]
    first, last = min(keep), max(keep)
    if reading.words[first].lower in ("the", "a", "an") and last > first:
        first += 1
    last = min(last, first + LONGEST)
    while last > first and reading.words[last].pos == "PUNCT":
        last -= 1
    return reading.span_of(first, last).text
