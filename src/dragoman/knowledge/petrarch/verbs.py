"""Verb dictionaries read: synonym sets, blocks of verbs, patterns.

    &MONEY                          a synonym set, and a synonym in it
    +GOLD_COIN
    --- PAY [070] ---               a block: what its verbs have in common, and their code
    PAY {PAID PAYING}               a verb with its irregular forms
    +FORK_OUT [071]                 a verb of two words, with a code of its own; the plus is before the verb itself
    - * &MONEY (TO +) [0331]        a pattern of all verbs of the block
    ~ a (a b STRIKE) SAY = a b 112  a transformation of codes (PETRARCH2)

Sources: "PETRARCH Dictionary Formats", Verb Dictionary; "PETRARCH 2: PETRARCHer", Patterns; TABARI manual, chapter 5.
Where no `---` announces a block, an empty line ends it and its first verb's code is that of all; `### PAY ###`, which
older dictionaries have, begins such a block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.knowledge.petrarch.ledger import Ledger
from dragoman.knowledge.petrarch.text import Line, lines_of, words_of

_HEADER = re.compile(r"---+\s*([^\[]*?)\s*(?:\[([^\]]*)\])?[\s-]*$")
_PATTERN = re.compile(r"-\s*([^\[\]]+?)\s*\[([^\]]*)\]$")
_VERB = re.compile(r"(\+?[^\W\d_][^\s{}\[\]]*(?: [^\s{}\[\]]+)*)\s*(?:\{([^}]*)\})?\s*(?:\[([^\]]*)\])?$")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb; `code` is None where it has none of its own."""

    line: Line
    text: str
    forms: tuple[str, ...]
    code: str | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern: its words and signs, and its code."""

    line: Line
    text: str
    code: str


@dataclass(slots=True)
class Block:
    """Verbs that share their patterns."""

    code: str | None
    announced: bool
    verbs: list[Verb] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)

    def code_of(self, verb: Verb) -> str | None:
        """The code of a verb by itself."""
        if verb.code is not None:
            return verb.code
        return self.code if self.announced or not self.verbs else self.verbs[0].code


@dataclass(slots=True)
class Synset:
    """Words that may stand for each other in a pattern."""

    line: Line
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Verbs:
    """A whole verb dictionary."""

    synsets: dict[str, Synset] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)


def read_verbs(path: Path, ledger: Ledger) -> Verbs:
    """Read a verb dictionary; lines that are none of the format are told in the ledger.

    Raises:
        KnowledgeError: when the file cannot be read.
    """
    out = Verbs()
    block: Block | None = None
    synset: Synset | None = None
    for line in lines_of(path):
        text = line.text.strip()
        if not text:
            if line.rule or (block is not None and not block.announced and block.verbs):
                block = None
            synset = None
        elif text.startswith("---") and (header := _HEADER.fullmatch(text)):
            block, synset = Block(header[2], announced=True), None
            out.blocks.append(block)
        elif text.startswith("&"):
            synset = out.synsets.setdefault(text.split()[0].rstrip("_"), Synset(line))
        elif synset is not None and text.startswith("+"):
            synset.words.append(" ".join(words_of(text[1:])).lower())
        elif text.startswith("-"):
            found = _PATTERN.fullmatch(text)
            if found is None:
                ledger.leave(line.file, line.number, text, "this pattern is broken, or has no code in brackets")
            elif block is None or not block.verbs:
                ledger.leave(line.file, line.number, text, "this pattern stands below no verb")
            else:
                block.patterns.append(Pattern(line, found[1], found[2]))
        elif text.startswith("~"):
            ledger.leave(line.file, line.number, text, "a frame cannot make one code of two verbs' codes")
        elif found := _VERB.fullmatch(text):
            if block is None or (block.patterns and not block.announced):
                block = Block(None, announced=False)
                out.blocks.append(block)
            block.verbs.append(Verb(line, found[1], tuple((found[2] or "").split()), found[3]))
        else:
            ledger.leave(line.file, line.number, text, "this is no line of a verb dictionary")
    return out
