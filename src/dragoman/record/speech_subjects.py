"""Who says what a word of saying leads in, and whether it is said at all.

In: a verb. Out: heads of the words that name the speaker, where the sentence hides him: behind "quoted as saying",
behind the verb, before a comma that the parse read over. Also: whether the saying is denied.
"""

from __future__ import annotations

from dragoman.events.arguments import is_passive, joined, subject_of
from dragoman.knowledge.grammar import wordings
from dragoman.knowledge.speech import sayings
from dragoman.reading.words import Reading, Word
from dragoman.record.contents import MARKS, comma_before

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
_NAMES = frozenset(("PERSON", "ORG", "GPE", "NORP"))
_TIMES = frozenset(("DATE", "TIME"))


def speakers_of(verb: Word) -> list[Word]:
    """Who says what a verb leads in."""
    told_by = relaying(verb)
    if told_by is not None:
        return _relayed(told_by)
    if verb.lemma == "know" and verb.dep in ("ccomp", "xcomp") and verb.head.lemma == "let":
        return subject_of(verb.head)  # "the king let it be known that"
    return _with_twins(verb, subject_of(verb))


def relaying(verb: Word) -> Word | None:
    """ "quoted the minister as saying": the verb by which a saying is passed on, or None."""
    if verb.tag != "VBG" or verb.dep != "pcomp" or verb.head.lower != "as":
        return None
    above = next((w for w in verb.head.ancestors() if w.pos in ("VERB", "AUX")), None)
    return above if above is not None and above.lemma in sayings().speech.relaying else None


def relayed_by(verb: Word) -> Word | None:
    """The saying that a verb passes on: "saying" for "quoted"; None where it passes on none."""
    if verb.lemma not in sayings().speech.relaying:
        return None
    return next((w for w in verb.subtree() if w.i > verb.i and relaying(w) is verb), None)


def _relayed(verb: Word) -> list[Word]:
    """Whose words are passed on: the object of "quoted", the subject of "was quoted"."""
    if not is_passive(verb):
        objects = verb.childs("dobj", "dative")
        return joined(objects[0]) if objects else []
    patients = verb.childs("nsubjpass")
    if patients:
        return joined(patients[0])
    return joined(verb.head) if verb.dep in ("acl", "relcl") else []


def _with_twins(verb: Word, heads: list[Word]) -> list[Word]:
    """ "A and B said": the parse may give the verb two subjects instead of one joined one."""
    own = [c for c in verb.childs("nsubj") if c.i < verb.i]
    if len(own) < 2 or not any(c.dep == "cc" for first in own[:-1] for c in first.children):
        return heads
    return [head for subject in own for head in joined(subject)]


def denied(reading: Reading, verb: Word) -> bool:
    """ "did not say", "neither confirmed nor denied", "nobody said": nothing is said."""
    if any(c.dep == "neg" or (c.dep == "preconj" and c.lower == "neither") for c in verb.children):
        return True
    subject = verb.child("nsubj")
    aside = comma_before(reading, verb.i) and phrase_behind(reading, verb)  # "nobody, said the nurse, had come"
    if subject is not None and not aside:
        dets = {c.lower for c in subject.children if c.dep == "det"}
        if subject.lower in wordings().nobody or dets & {"no", "neither"}:
            return True
    if verb.dep != "conj":
        return False
    before = {c.lower for c in verb.head.children if c.dep == "cc" and c.i < verb.i}
    return "nor" in before or ("or" in before and denied(reading, verb.head))


def phrase_behind(reading: Reading, verb: Word) -> list[Word]:
    """The noun phrase that names the speaker behind a verb: "explained the engineer", "announced in Oslo the mayor".

    Out: its head, or nothing where what stands there can be no speaker.
    """
    words, last = reading.words, reading.sentences[verb.sentence].last
    i = verb.i + 1
    while i < last and words[i].pos == "ADP":
        # "announced in Oslo the mayor": where and when stand between
        i += 1
        while i < last and words[i].pos in ("PROPN", "NUM") and not _stops(words[i]):
            i += 1
    end = i
    while end < last and not _stops(words[end]):
        end += 1
    return _head_of(words[i:end])


def phrase_before(reading: Reading, verb: Word) -> tuple[int, list[Word]]:
    """The noun phrase between the last comma and a verb: its first word's number and its head, if it has one."""
    first = verb.i
    while first > reading.sentences[verb.sentence].first and not _stops(reading.words[first - 1]):
        first -= 1
    return first, _head_of(reading.words[first : verb.i])


def _stops(word: Word) -> bool:
    return word.text in (",", ";", ":", ".", "—", "–", "--", "?", "!") or word.text in MARKS


def _head_of(phrase: list[Word]) -> list[Word]:
    """The head of a noun phrase that can name a speaker."""
    if not phrase or phrase[0].tag[:1] in ("V", "W") or phrase[0].pos in ("SCONJ", "CCONJ", "ADP"):
        return []
    if any(w.tag in FINITE or w.lower == "to" for w in phrase):
        return []
    inside = range(phrase[0].i, phrase[-1].i + 1)
    head = next((w for w in phrase if w.pos in _NOMINAL and (w.head.i not in inside or w.head is w)), None)
    if head is None or head.ent in _TIMES or not speaks(head):
        return []
    return joined(head) if all(w.i in inside for w in joined(head)) else [head]


def speaks(head: Word) -> bool:
    """Whether a noun looks like somebody: a name, a person's word, a body, a paper."""
    speech = sayings().speech
    return (
        head.pos == "PROPN"
        or head.tag == "PRP"
        or head.lemma in speech.people
        or head.lemma in speech.documents
        or head.lemma in wordings().collectives
        or any(w.ent in _NAMES for w in head.subtree())
        or (head.lemma.endswith(("er", "or", "ist", "ian")) and head.lemma not in wordings().things)
    )
