"""How far what is said reaches: from a complement's first word to its last, without the cue around it.

In: words of the parse. Out: word numbers, and offsets with marks and stops trimmed off.
"""

from __future__ import annotations

from dragoman.knowledge.speech import sayings
from dragoman.reading.words import Quotation, Reading, Word

_STOPS = frozenset((",", ".", ";", ":", "-", "--", "–", "—", "...", "…", "?", "!"))
MARKS = frozenset("\"“”„«»‘’'`") | {"''", "``"}
# Nouns that open an afterthought, besides the nouns of saying.
_VERDICTS = frozenset(
    (
        "initiative", "charge", "move", "step", "invitation", "offer", "deal", "decision", "figure", "term",
        "description", "characterization",
    )
)  # fmt: skip
# What stands after a noun phrase with these tells when or why it was said.
_ASIDE = frozenset(
    ("as", "while", "after", "when", "because", "since", "although", "though", "before", "but", "whereas")
)
_TIMES = frozenset(("DATE", "TIME"))


def left_edge(word: Word) -> int:
    """Number of the first word of a subtree."""
    return min(w.i for w in word.subtree())


def right_edge(word: Word) -> int:
    """Number of the last word of a subtree."""
    return max(w.i for w in word.subtree())


def of_the_cue(child: Word) -> bool:
    """Whether a verb's child tells when or where something is said: "on Monday", "in a statement"."""
    if child.dep == "npadvmod" or child.ent in _TIMES:
        return child.ent in _TIMES
    if child.dep != "prep":
        return False
    for obj in child.children:
        if obj.dep == "pobj":
            return obj.ent in _TIMES or (obj.lemma in sayings().speech.occasions and child.lower != "about")
    return False


def comma_before(reading: Reading, word: int) -> bool:
    """Whether the word before is a comma, marks between them let alone."""
    i = word - 1
    while i >= 0 and reading.words[i].text in MARKS:
        i -= 1
    return i >= 0 and reading.words[i].text in (",", "—", "–", "-", "--", ";")


def reach(reading: Reading, cue: Word, complement: Word, clause: bool) -> int:
    """Number of the last word of what is said, starting from its first complement.

    Args:
        cue: the word of saying that governs it.
        complement: the child of `cue` that opens the content.
        clause: whether the content is a clause; what trails a clause belongs to it, what trails a noun may not.
    """
    end = right_edge(complement)
    for child in cue.children:
        if child.i <= complement.i or child.dep in ("punct", "cc", "aux", "neg"):
            continue
        if child.dep in ("conj", "parataxis", "nsubj"):
            break
        if of_the_cue(child):
            continue
        first = left_edge(child)
        if first <= complement.i:
            continue
        if child.dep == "advcl" and (comma_before(reading, first) or child.tag == "VBG"):
            break
        if (
            child.dep == "advcl"
            and not clause
            and any(c.dep in ("mark", "advmod") and c.lower in _ASIDE for c in child.children)
        ):
            break
        if child.dep in ("prep", "advmod", "npadvmod") and comma_before(reading, first) and not clause:
            break
        end = max(end, right_edge(child))
    return end


def before_verdict(reading: Reading, first: int, last: int) -> int:
    """Last word before an afterthought that is the reporter's: ", an allegation that ...", ", an offer which ..."."""
    words = reading.words
    for i in range(first + 2, last - 1):
        word = words[i]
        if word.lower not in ("a", "an") or not comma_before(reading, i):
            continue
        for j in range(i + 1, min(i + 4, last)):
            if words[j].pos == "NOUN":
                if (words[j].lemma in _VERDICTS or words[j].lemma in sayings().nouns) and words[j + 1].tag in (
                    "WDT",
                    "IN",
                    "WP",
                    "PRP$",
                    "DT",
                ):
                    return i - 1
                break
    return last


def trim(reading: Reading, first: int, last: int) -> tuple[int, int] | None:
    """Offsets of words ``first..last`` without "that", stops and lone marks at the edges; None when nothing is left."""
    words = reading.words
    while first <= last and (
        words[first].text in _STOPS
        or (words[first].lower == "that" and (words[first].dep == "mark" or words[first].tag == "IN"))
    ):
        first += 1
    while first <= last and words[last].text in _STOPS:
        last -= 1
    if first > last:
        return None
    start, end = words[first].start, words[last].end
    return balance(reading.quotations, start, end, reading.report.text)


def balance(quotations: list[Quotation], start: int, end: int, text: str) -> tuple[int, int] | None:
    """Move edges that fall between the marks of a quotation so that marks stand in pairs."""
    for quotation in quotations:
        if quotation.outer_end <= start:
            continue
        if quotation.outer_start >= end:
            break
        if quotation.outer_start <= start and end <= quotation.outer_end:
            # All of it lies in one quotation: the marks stay outside.
            start, end = max(start, quotation.start), min(end, quotation.end)
        elif start <= quotation.outer_start and end > quotation.start:
            end = max(end, quotation.outer_end)
        elif start < quotation.end:
            start = min(start, quotation.outer_start)
    while end > start and text[end - 1] in " ,;:\n":
        end -= 1
    while start < end and text[start] in " ,;:\n":
        start += 1
    return (start, end) if end > start else None
