"""What reading hands on: words with their grammar, sentences, quotations, times. No spaCy type leaves this room.

`Word` is a plain object, linked to its head and children, so that later rooms can walk the parse without the library
that made it, and tests can build one by hand. Offsets are code points of the report's text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from dragoman.evidence import Span
from dragoman.report.report import Report

TimePrecision = Literal["day", "week", "month", "quarter", "year", "range"]


class Word:
    """One token with its place in the text and in the parse.

    Attributes:
        i: its number in the reading.
        start, end: offsets in code points.
        text, lower, lemma: its forms; the lemma is lower case.
        pos, tag: universal and Penn Treebank part of speech.
        dep: relation to `head` (spaCy's English labels); a sentence's root is its own head.
        ent: entity label of the stretch it belongs to, or "".
        ent_start: whether it opens that stretch.
        sentence: number of its sentence.
        children: words that hang on it, in text order.
    """

    __slots__ = (
        "children", "dep", "end", "ent", "ent_start", "head", "i", "lemma", "lower", "pos", "sentence", "start", "tag",
        "text",
    )  # fmt: skip

    def __init__(
        self,
        i: int,
        start: int,
        text: str,
        *,
        lemma: str = "",
        pos: str = "X",
        tag: str = "",
        dep: str = "",
        ent: str = "",
        ent_start: bool = False,
        sentence: int = 0,
    ) -> None:
        self.i = i
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.lower = text.lower().replace("’", "'")
        self.lemma = lemma or self.lower
        self.pos = pos
        self.tag = tag
        self.dep = dep
        self.ent = ent
        self.ent_start = ent_start
        self.sentence = sentence
        self.head: Word = self
        self.children: list[Word] = []

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag}/{self.dep}"

    def child(self, *deps: str) -> Word | None:
        """The first child with one of these relations."""
        for word in self.children:
            if word.dep in deps:
                return word
        return None

    def childs(self, *deps: str) -> list[Word]:
        """All children with one of these relations."""
        return [word for word in self.children if word.dep in deps]

    def subtree(self) -> Iterator[Word]:
        """This word and all below it, in no particular order."""
        stack = [self]
        while stack:
            word = stack.pop()
            yield word
            stack.extend(word.children)

    def ancestors(self) -> Iterator[Word]:
        """The heads above it, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    def edges(self) -> tuple[int, int]:
        """First and last word number of its subtree."""
        numbers = [word.i for word in self.subtree()]
        return min(numbers), max(numbers)


@dataclass(slots=True)
class Sentence:
    """Words ``first`` up to, not including, ``last``."""

    number: int
    first: int
    last: int
    start: int
    end: int
    paragraph: int
    headline: bool = False


@dataclass(slots=True)
class Quotation:
    """Words between quotation marks.

    Attributes:
        start, end: offsets of what stands between the marks (marks left out).
        outer_start, outer_end: the same with the marks.
        part: number of the quotation it belongs to; one that runs over several paragraphs has several parts.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    part: int


@dataclass(slots=True)
class TimeExpression:
    """Words that say when, resolved.

    Attributes:
        value: ISO date ``2024-06-01`` or interval ``2024-05-01/2024-05-31``.
        precision: how exact the words are.
        basis: ``stated`` (a calendar date) or ``relative`` (to the day of publication).
    """

    start: int
    end: int
    value: str
    precision: TimePrecision
    basis: Literal["stated", "relative"]


@dataclass(slots=True)
class Reading:
    """A report, read: what the later rooms work on."""

    report: Report
    words: list[Word] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)

    def sentence_words(self, number: int) -> list[Word]:
        """The words of a sentence."""
        sentence = self.sentences[number]
        return self.words[sentence.first : sentence.last]

    def words_between(self, start: int, end: int) -> list[Word]:
        """The words that begin at or behind offset ``start`` and before ``end``."""
        first = bisect_left(self.words, start, key=lambda w: w.start)
        return self.words[first : bisect_left(self.words, end, lo=first, key=lambda w: w.start)]

    def span(self, start: int, end: int) -> Span:
        """Cut a span from the report's text (offsets in code points)."""
        return Span.of(self.report.text, start, end)

    def span_of(self, first: int, last: int) -> Span:
        """The span of words ``first`` up to and including ``last``."""
        return self.span(self.words[first].start, self.words[last].end)

    def text_of(self, first: int, last: int) -> str:
        """Words ``first`` up to and including ``last`` as they are written."""
        return self.report.text[self.words[first].start : self.words[last].end]

    def root_of(self, first: int, last: int) -> Word:
        """The word by which a name hangs in the parse: the last whose head lies outside; no mark, no article."""
        for word in reversed(self.words[first : last + 1]):
            outside = word.head is word or not first <= word.head.i <= last
            if outside and word.dep not in ("punct", "case", "det"):
                return word
        return self.words[last]

    def quoted(self, offset: int) -> Quotation | None:
        """The quotation that holds this offset."""
        for quotation in self.quotations:
            if quotation.start <= offset < quotation.end:
                return quotation
        return None
