"""A saying set off by commas behind what is said, or in its midst: "A, he said"; "A, he said, B"; "as he put it".

In: a verb of saying. Out: a `Cue` whose content stands in front of the aside, behind it or around it. The parse of such
sentences is often wrong about what hangs on what; the commas are not, so words are asked in the order they stand in.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.speech import Saying, sayings
from dragoman.reading.words import Reading, Word
from dragoman.record.contents import MARKS, comma_before, left_edge, of_the_cue
from dragoman.record.speech_cue import Cue
from dragoman.record.speech_subjects import FINITE, phrase_before, phrase_behind, relaying, speakers_of

# Verbs by which what follows "and" is still reported: "..., he said, and the results would be known".
_SHIFTED = frozenset(("would", "could", "should", "might", "ought"))
_NEAR = 7
_COMMAS = frozenset((",", "—", "–", "--"))
_BINDING = frozenset(
    ("while", "because", "if", "although", "though", "when", "after", "before", "since", "where", "as")
)
_CONTENT_TAGS = frozenset(("VB", "VBD", "VBZ", "VBP", "VBN", "VBG", "MD"))


@dataclass(slots=True)
class _Aside:
    """Word numbers of the aside, marks left out, and who speaks in it."""

    first: int
    last: int
    heads: list[Word]


def inverted_cue(reading: Reading, verb: Word, saying: Saying) -> Cue | None:
    """ "The rails, explained the minister, were laid by hand"; "They were laid by hand, explained the minister"."""
    if not _may_be_aside(verb, saying) or "object" in saying.addressee or verb.dep == "conj":
        return None
    if not comma_before(reading, verb.i):
        return None
    front = range(reading.sentences[verb.sentence].first, verb.i - 1)
    whole = any(w.tag in FINITE for w in (reading.words[i] for i in front))
    if not whole and any(reading.words[i].text in _COMMAS for i in front):
        # "The minister, a former colonel, announced": that comma closes what tells more of the subject
        return None
    heads = phrase_behind(reading, verb)
    if not heads:
        return None
    return _around(reading, verb, saying, _Aside(verb.i, _end_of(reading, heads[-1].i), heads))


def aside_cue(reading: Reading, verb: Word, saying: Saying) -> Cue | None:
    """ "A, the minister said"; "the deal, he said, would hold"."""
    if not _may_be_aside(verb, saying):
        return None
    told_by = relaying(verb)  # "A, the minister was quoted as saying"
    subjects = [c for c in (told_by or verb).childs("nsubj", "nsubjpass", "csubj") if c.i < verb.i]
    if any(c.i > verb.i for c in verb.childs("nsubj", "csubj")):
        # said in front of its subject
        subjects = verb.childs("nsubj", "csubj")[-1:]
    first, heads = -1, speakers_of(verb)
    if subjects:
        own = subjects if set(subjects) <= set(heads) else subjects[-1:]
        first = min(verb.i, *(left_edge(c) for c in own))
        heads = [h for h in heads if h.i >= first] or own
    if first < 0 and verb.dep not in ("relcl", "acl"):
        # the parse may have read over the comma: "flown to Doha, a source at the ministry told AFP"
        first, heads = phrase_before(reading, verb)
    if not heads or not comma_before(reading, first) or (subjects[-1:] and subjects[-1].tag in ("WP", "WDT")):
        return None
    tail = [c for c in verb.children if c.i > verb.i and c.dep in ("dobj", "xcomp", "ccomp")]
    clause_in_front = any(c.dep in ("ccomp", "parataxis") and c.i < first for c in (told_by or verb).children)
    if not clause_in_front and tail and "object" not in saying.addressee and not _goes_round(reading, verb, tail):
        return None
    return _around(reading, verb, saying, _Aside(first, _end_of(reading, verb.i), heads))


def likened_cue(reading: Reading, verb: Word, saying: Saying) -> Cue | None:
    """ "as the envoy put it, A"; "A, as the ministry noted"; "the armies stand, as he put it, at B"."""
    likening = sayings().speech.likening
    told = [c for c in verb.children if c.i > verb.i and c.dep in ("dobj", "dative")]
    bare = not told or "object" in saying.addressee
    phrase = f"{verb.lemma} {told[0].lower}" if told else verb.lemma
    if verb.tag not in FINITE or not (phrase in likening or (verb.lemma in likening and bare)):
        return None
    sign = next((c for c in verb.children if c.lower == "as" and c.i < verb.i), None)
    subject = verb.child("nsubj")
    if sign is None or subject is None or not sign.i < subject.i < verb.i:
        return None
    behind_it = [c for c in verb.children if c.i > verb.i]
    if any(c.dep in ("ccomp", "xcomp") or (c.dep == "prep" and not of_the_cue(c)) for c in behind_it):
        return None
    sentence = reading.sentences[verb.sentence]
    aside = _Aside(sign.i, _end_of(reading, verb.i), speakers_of(verb))
    behind = _behind(reading, aside)
    opens = sign.i <= sentence.first + 1
    if (not opens and not comma_before(reading, sign.i)) or (opens and behind is None):
        return None
    first = behind if opens and behind is not None else _opening(reading, verb, aside)
    end = sentence.last - 1 if behind is not None else aside.first - 1
    return _made(verb, saying, (first, end), aside, "as somebody puts it") if first < end else None


def _may_be_aside(verb: Word, saying: Saying) -> bool:
    if "clause" not in saying.takes or saying.shown or verb.tag not in FINITE | {"VBN", "VBG"}:
        return False
    return not any(c.lower in _BINDING for c in verb.childs("mark", "advmod") if c.i < verb.i)


def _goes_round(reading: Reading, verb: Word, tail: list[Word]) -> bool:
    """Whether what hangs on the verb stands behind a comma: "the ships will not, he added, enter the bay"."""
    return all(any(w.text in _COMMAS for w in reading.words[verb.i + 1 : t.i]) for t in tail)


def _end_of(reading: Reading, at: int) -> int:
    """Last word of the aside: before the next comma or stop, or the sentence's end."""
    last = reading.sentences[reading.words[at].sentence].last
    end = at
    while end + 1 < last and reading.words[end + 1].text not in _COMMAS | {";", ":", ".", "?", "!"}:
        end += 1
    return end


def _behind(reading: Reading, aside: _Aside) -> int | None:
    """First word behind the aside's comma, if any."""
    last = reading.sentences[reading.words[aside.first].sentence].last
    i = aside.last + 1
    if i >= last or reading.words[i].text not in _COMMAS:
        return None
    while i < last and (reading.words[i].text in _COMMAS or reading.words[i].text in MARKS):
        i += 1
    return i if i < last else None


def _around(reading: Reading, verb: Word, saying: Saying, aside: _Aside) -> Cue | None:
    """The cue of an aside behind or amid what is said."""
    sentence = reading.sentences[verb.sentence]
    first = _opening(reading, verb, aside)
    front = [w for w in reading.words[first : aside.first - 1] if w.text not in MARKS]
    if not front:
        return None
    behind = _behind(reading, aside)
    rest = reading.words[behind : sentence.last] if behind is not None else []
    # "if no answer came, he said, the envoy would leave"; "speaking in Oslo, he told reporters"
    bound = front[0].lower in _BINDING or front[0].tag in ("VBG", "VBN", "TO")
    if rest and (bound or _unfinished(front)):
        if not any(w.tag in _CONTENT_TAGS for w in rest) or (front[0].pos == "ADP" and not bound):
            return None
        return _made(verb, saying, (first, _before_another(rest)), aside, "clause around the verb")
    if bound or not any(w.tag in _CONTENT_TAGS for w in front):
        return None
    end = sentence.last - 1 if _goes_on(verb, rest) else aside.first - 1
    return _made(verb, saying, (first, end), aside, "clause before the verb")


def _opening(reading: Reading, verb: Word, aside: _Aside) -> int:
    """First word of what stands in front: the clause that hangs on the verb, else the sentence, "and" left out."""
    sentence = reading.sentences[verb.sentence]
    first = sentence.first
    before = [c for c in verb.children if c.dep in ("ccomp", "parataxis") and c.i < aside.first]
    if before:
        edge = min(left_edge(c) for c in before)
        first = edge if edge - sentence.first > 3 else first
    while first < aside.first - 1 and reading.words[first].dep == "cc":
        first += 1
    return first


def _unfinished(front: list[Word]) -> bool:
    """Whether the words in front of an aside are no clause yet: "the rails", "they would not"."""
    end = front[-1]
    finite = any(w.tag in FINITE and w.dep != "relcl" for w in front)
    return not finite or end.tag in ("MD", "TO") or end.dep == "neg" or end.lemma == "be"


def _goes_on(verb: Word, rest: list[Word]) -> bool:
    """Whether what is said goes on behind the aside: "A, he said, and would be B"; not "A, he said, adding B"."""
    if len(rest) < 3 or rest[0].tag == "VBG":
        return False
    if rest[0].dep == "cc" or rest[0].lower in ("and", "but"):
        told = next((w for w in rest[1:_NEAR] if w.tag in FINITE), None)
        return told is not None and (told.lower in _SHIFTED or (told is rest[1] and told.pos == "AUX"))
    return verb.head is not verb and any(w.tag in FINITE for w in rest)


def _before_another(rest: list[Word]) -> int:
    """Last word before somebody else speaks: "the economy, analysts say, shrinks, but the bank denies it"."""
    for n, word in enumerate(rest[:-2]):
        if word.text in _COMMAS and rest[n + 1].lower in ("but", "while", "and", "although"):
            told = next((w for w in rest[n + 2 : n + 2 + _NEAR] if w.tag in FINITE), None)
            if told is not None and told.lemma in sayings().verbs and told.i > rest[n + 2].i:
                return word.i - 1
    return rest[-1].i


def _made(verb: Word, saying: Saying, content: tuple[int, int], aside: _Aside, pattern: str) -> Cue:
    cue = Cue(verb, verb.i, verb.i, content, pattern, saying.confidence, stance=saying.stance, firm=True)
    cue.speakers = aside.heads
    cue.clause = next(
        (c for c in verb.children if c.dep in ("ccomp", "parataxis") and content[0] <= c.i <= content[1]), None
    )
    cue.addressees = [
        c for c in verb.children if "object" in saying.addressee and c.dep in ("dobj", "dative") and c.i > verb.i
    ]
    return cue
