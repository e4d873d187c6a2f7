"""Verbs and patterns as frames of the lexicon, by the category of their codes.

The verbs of a block share its patterns, so that a pattern is one frame of many words. Of a verb with a word before it
("wire tap") that goes with it; what stands behind it ("beef up") is demanded of the frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.petrarch.codes import EventCode, event_code
from dragoman.knowledge.petrarch.ledger import Ledger
from dragoman.knowledge.petrarch.patterns import Demand, NotAFrame, demand_of
from dragoman.knowledge.petrarch.text import Line
from dragoman.knowledge.petrarch.verbs import Block, Verb, Verbs

Rows = dict[str | None, list[dict[str, Any]]]
"""Frames by category; None holds those that mean no event."""


@dataclass(slots=True)
class Frames:
    """Makes frames of a verb dictionary; what cannot be one is told in the ledger."""

    verbs: Verbs
    ledger: Ledger
    rows: Rows = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def make(self) -> Rows:
        """All frames."""
        for block in self.verbs.blocks:
            self._block(block)
        for label, synset in self.verbs.synsets.items():
            if not synset.words:
                self._leave(synset.line, label, "this synonym set is empty")
            elif label in self.used:
                self.ledger.written += 1
            else:
                self._leave(synset.line, label, "no pattern that was written uses this synonym set")
        return self.rows

    def _block(self, block: Block) -> None:
        groups: dict[tuple[str, ...], list[str]] = {}
        alone: dict[tuple[tuple[str, ...], str | None], list[tuple[Verb, list[str]]]] = {}
        for verb in block.verbs:
            words, behind = _parts(verb)
            groups.setdefault(behind, []).extend(words)
            alone.setdefault((behind, block.code_of(verb)), []).append((verb, words))
        for (behind, text), verbs in alone.items():
            try:
                code = _code(text or "")
                demand = demand_of("*", self._synonyms(), behind=behind)
            except NotAFrame as why:
                for verb, _ in verbs:
                    self._leave(verb.line, verb.text, f"{why}")
                continue
            self._add([word for _, words in verbs for word in words], demand, code)
            self.ledger.written += len(verbs)
            for verb, _ in verbs:
                self._lose(verb.line, verb.text, code)
        for pattern in block.patterns:
            entry = f"{block.verbs[0].text} - {pattern.text} [{pattern.code}]"
            try:
                code = _code(pattern.code)
                used: set[str] = set()
                demands = [
                    (words, demand_of(pattern.text, self._synonyms(used), behind=behind))
                    for behind, words in groups.items()
                ]
            except NotAFrame as why:
                self._leave(pattern.line, entry, f"{why}")
                continue
            self.used |= used
            for words, demand in demands:
                self._add(words, demand, code)
            self.ledger.written += 1
            self._lose(pattern.line, entry, code)

    def _synonyms(self, used: set[str] | None = None) -> Any:
        def look_up(label: str) -> list[str]:
            synset = self.verbs.synsets.get(label)
            if synset is None or not synset.words:
                raise NotAFrame(f"there is no synonym set {label}")
            if used is not None:
                used.add(label)
            return synset.words

        return look_up

    def _add(self, words: list[str], demand: Demand, code: EventCode) -> None:
        entry = codebook().cameo[code.cameo] if code.cameo else None
        category = entry.category if entry else None
        frame: dict[str, Any] = {"words": list(dict.fromkeys(words)), **demand.keys()}
        if code.mutual:
            frame["mutual"] = True
        if entry is None or category is None:
            frame.pop("recipient")
            frame.pop("actor", None)
            frame.pop("mutual", None)
        else:
            if entry.mode:
                frame["mode"] = entry.mode
            frame["cameo"] = code.cameo
            if entry.contexts:
                frame["contexts"] = list(entry.contexts)
        self.rows.setdefault(category, []).append(frame)

    def _lose(self, line: Line, entry: str, code: EventCode) -> None:
        if code.lost:
            self.ledger.lose(line.file, line.number, entry, code.lost)
        if code.cameo and codebook().cameo[code.cameo].category is None:
            gloss = codebook().cameo[code.cameo].gloss
            what = f"{code.cameo} ({gloss}) has no category in PLOVER; the words are written as meaning no event"
            self.ledger.lose(line.file, line.number, entry, what)

    def _leave(self, line: Line, entry: str, what: str) -> None:
        self.ledger.leave(line.file, line.number, entry, what)


def _code(text: str) -> EventCode:
    code = event_code(text)
    if code.wrong:
        raise NotAFrame(code.wrong)
    return code


def _parts(verb: Verb) -> tuple[list[str], tuple[str, ...]]:
    """A verb's words as a frame has them, and what stands behind the verb."""
    front, behind = _split(verb.text)
    words = [front]
    stem = front.split()[-1]
    for form in verb.forms:
        shape, _ = _split(form)
        # The parser knows "given" for "give", and so the lexicon the regular forms; only others are words of their own.
        if not shape.split()[-1].startswith(stem[: max(2, len(stem) - 1)]):
            words.append(shape)
    return words, behind


def _split(text: str) -> tuple[str, tuple[str, ...]]:
    """Words up to the verb, and those behind it; the verb is the one with a plus, or else the first."""
    words = text.lower().replace("_", " ").split()
    at = next((i for i, word in enumerate(words) if word.startswith("+")), 0)
    return " ".join(word.lstrip("+") for word in words[: at + 1]), tuple(words[at + 1 :])
