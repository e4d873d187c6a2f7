"""The terms of a commitment: its words, by when, on what condition, and what it goes back to.

In: the word that heads what is bound. Out: word numbers and texts cut from the report, never paraphrased.
"""

from __future__ import annotations

from dragoman.knowledge.commitments import binding_words
from dragoman.knowledge.contacts import contact_words
from dragoman.reading.words import Reading, Word

LONGEST = 60
_STOPS = frozenset((",", ".", ";", ":", "-", "--", "–", "—", "...", "…", "?", "!"))
_MARKS = frozenset('"“”„«»')
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_LEADERS = frozenset(("that", "to"))
_OPENERS = (("as", "long", "as"), ("so", "long", "as"), ("on", "condition", "that"), ("on", "the", "condition", "that"))
_LED = frozenset(("during", "at", "in", "under", "from", "of", "since", "by", "with"))
_BY = frozenset(("by", "before", "within", "until", "till", "in", "next", "this", "on", "for", "from", "no"))


def extent(reading: Reading, head: Word, cue: Word | None, *, phrase: bool = False) -> tuple[int, int]:
    """First and last word number of what a word heads, without what trails it.

    Args:
        cue: the word that binds; the extent stays on its own side of it.
        phrase: a noun phrase: relative clauses behind a comma, appositions and clauses of other verbs are left out.
    """
    sentence = reading.sentences[head.sentence]
    if head.pos != "VERB" and head.i > sentence.first and reading.words[head.i - 1].tag == "TO":
        # An infinitive that the parser did not see: up to the next stop or finite verb.
        last = head.i
        while (
            last + 1 < sentence.last
            and reading.words[last + 1].pos != "PUNCT"
            and reading.words[last + 1].tag not in _FINITE
        ):
            last += 1
        return tighten(reading, head.i, last)
    stack = [head]
    numbers: list[int] = []
    while stack:
        word = stack.pop()
        numbers.append(word.i)
        for child in word.children:
            if cue is not None and child is cue:
                continue
            if word is head and _trails(reading, head, child, phrase):
                continue
            stack.append(child)
    first, last = min(numbers), max(numbers)
    that = next((c.i for c in head.children if c.lower == "that" and c.dep == "mark" and c.i < head.i), None)
    if that is not None and not phrase:
        first = max(first, that)  # "told him on Tuesday that he would": the day is that of the telling
    if cue is not None:
        beside = [n for n in numbers if (n > cue.i) == (head.i > cue.i)]
        first, last = max(first, min(beside)), max(beside)
    low, high = max(first, sentence.first), min(last, sentence.last - 1, first + LONGEST)
    proviso = _proviso(reading, low, high)
    return tighten(reading, low, proviso[0] - 1 if proviso is not None and proviso[0] > max(low, head.i) else high)


def _proviso(reading: Reading, low: int, high: int) -> tuple[int, int] | None:
    """First and last word of "provided that ...", "as long as ...", which the parser hangs on what stands before it."""
    words = reading.words
    for word in words[low:high]:
        if word.lower in ("provided", "providing") and (
            words[word.i + 1].lower == "that" or any(c.dep == "ccomp" for c in word.children)
        ):
            return word.i, word.edges()[1]
        for opener in _OPENERS:
            if tuple(w.lower for w in words[word.i : word.i + len(opener)]) == opener:
                stop = next(
                    (w.i for w in words[word.i + len(opener) : high + 1] if w.text in _STOPS | _MARKS), high + 1
                )
                start = word.i - 1 if words[word.i - 1].lower == "for" else word.i  # "for as long as"
                return start, max(word.i, stop - 1)
    return None


def _trails(reading: Reading, head: Word, child: Word, phrase: bool) -> bool:
    if child.i < head.i:
        if child.dep == "advcl" and any(c.dep == "mark" and c.lower in ("if", "unless") for c in child.children):
            return True  # the condition is told by itself
        return phrase and child.dep in ("cc", "punct")
    before = reading.words[child.edges()[0] - 1].text if child.edges()[0] > 0 else ""
    if child.dep == "advcl" and before in (",", "–", "—"):
        return True
    if child.dep in ("conj",) and child.pos == "VERB" and any(c.dep == "nsubj" for c in child.children):
        return True
    if phrase:
        return (child.dep in ("relcl", "appos") and before == ",") or (
            child.dep in ("advcl", "punct") and child.text in (",", ";")
        )
    return child.dep == "parataxis"


def tighten(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Leave out leading "that" and "to", stops, and unpaired marks."""
    words = reading.words
    while first < last and (
        words[first].text in _STOPS
        or (
            words[first].lower in _LEADERS
            and words[first].dep in ("mark", "aux", "det")
            and words[first].tag in ("IN", "TO")
        )
    ):
        first += 1
    while last > first and (words[last].text in _STOPS or words[last].dep == "cc"):
        last -= 1
    inside = [i for i in range(first, last + 1) if words[i].text in _MARKS]
    if len(inside) == 1:
        if inside[0] == last:
            last -= 1
        elif inside[0] == first:
            first += 1
    elif len(inside) == 2 and inside == [first, last] and last - first > 1:
        first, last = first + 1, last - 1
    return first, last


def condition_of(reading: Reading, head: Word, cue: Word | None) -> str | None:
    """The words of the condition: "if ...", "should ...", "provided that ...", "only if"."""
    conditions = binding_words().file.conditions
    for start in (head, cue):
        if start is None:
            continue
        for child in start.children:
            if child.dep not in ("advcl", "ccomp", "prep") or child is head:
                continue
            first, last = child.edges()
            opener = next(
                (w for w in reading.words[first : first + 3] if w.text not in _STOPS and w.text not in _MARKS), None
            )
            if opener is None:
                continue
            if opener.lower == "until" and any(w.ent in ("DATE", "TIME") for w in opener.children):
                continue  # a date, no condition
            if opener.lower in ("only", "but") and opener.i + 1 <= last:
                opener = reading.words[opener.i + 1]
            marked = opener.lower in conditions and (opener.lower != "should" or child.dep == "advcl")
            in_case = (
                opener.lower in ("in", "on", "as")
                and opener.i + 1 < len(reading.words)
                and reading.words[opener.i + 1].lower in ("case", "condition", "long")
            )
            if marked or in_case:
                first, last = tighten(reading, first, last)
                return reading.span_of(first, last).text
    sentence = reading.sentences[head.sentence]
    proviso = _proviso(reading, sentence.first, sentence.last - 1)
    if proviso is not None:
        _, last = tighten(reading, *proviso)
        return reading.span_of(proviso[0], last).text
    for word in reading.words[sentence.first : sentence.last]:
        if (
            word.lower in conditions
            and word.dep == "mark"
            and word.lower not in ("until",)
            and word.head.dep == "advcl"
        ):
            first, last = word.head.edges()
            first, last = tighten(reading, max(first, word.i), last)
            return reading.span_of(first, last).text if last > first else None
        if (
            word.lower == "should"
            and (word.i == sentence.first or reading.words[word.i - 1].text == ",")
            and word.tag == "MD"
        ):
            end = next((w.i - 1 for w in reading.words[word.i : sentence.last] if w.text == ","), sentence.last - 2)
            return reading.span_of(word.i, max(word.i, end)).text
    return None


def due_of(reading: Reading, first: int, last: int) -> str | None:
    """By when: the resolved date in the words of the commitment, else its words ("by the end of the year")."""
    words = reading.words
    start, end = words[first].start, words[last].end
    published = reading.report.published
    found = [t for t in reading.times if start <= t.start < end]
    if published is not None:
        found = [t for t in found if t.value.rsplit("/", maxsplit=1)[-1] >= published.isoformat()]
    if found:
        value = found[-1].value
        lead = reading.report.text[max(0, found[-1].start - 8) : found[-1].start].lower()
        return (
            value.rsplit("/", maxsplit=1)[-1]
            if "/" in value and ("by " in lead or "before " in lead or "within " in lead)
            else value
        )
    if reading.times:
        return None
    for i in range(last, first - 1, -1):
        if words[i].ent == "DATE":
            low = i
            while low - 1 >= first and words[low - 1].ent == "DATE":
                low -= 1
            if low - 1 >= first and words[low - 1].lower in _BY:
                return reading.span_of(
                    low - 1 if words[low - 1].lower in ("by", "before", "within", "until") else low, i
                ).text
            if words[low].lower in ("next", "this", "tomorrow"):
                return reading.span_of(low, i).text
            return None
    return None


def refers_to(reading: Reading, first: int, last: int, head: Word | None) -> str | None:
    """An earlier contact or agreement that the words go back to: "the visits", "the Belfast agreement".

    What trails behind a comma counts as well: "..., as foreseen in the Khujand protocol".
    """
    known, contacts = binding_words(), contact_words()
    if head is not None and head.pos == "VERB":
        last = max(last, head.edges()[1])
    for word in reading.words[first : last + 1]:
        if word.pos not in ("NOUN", "PROPN") or word is head:
            continue
        agreement = known.nouns.get(word.lemma)
        deal = agreement is not None and agreement.kind == "agreement"
        contact = word.lemma in contacts.nouns and word.lemma not in ("message", "note", "round", "opening", "session")
        if not (contact or deal):
            continue
        fixed = any(
            (c.dep == "det" and c.lower in ("the", "this", "that")) or c.dep == "poss" or c.ent == "DATE"
            for c in word.children
        )
        led = word.dep == "pobj" and word.head.lower in _LED
        kept = deal and word.dep == "dobj" and word.head.lemma in known.file.keeping | known.file.carrying_out
        if fixed and (led or kept):
            low, high = extent(reading, word, None, phrase=True)
            return reading.span_of(low, min(high, low + 16)).text
    return None
