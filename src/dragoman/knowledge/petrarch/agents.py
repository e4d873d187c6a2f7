"""Agent dictionaries read.

    !PERSON! = MAN, WOMAN           a substitution set
    CUSTOMS_OFFICER [~GOV]          an agent; its regular plural goes without saying
    ENVOY_PLENARY {ENVOYS_PLENARY} [~GOV]    another plural
    COAST_GUARD {} [~MIL]           no plural
    ALDER!PERSON! [~GOV]            an agent for each word of the set

Source: "PETRARCH Dictionary Formats", Agent Dictionary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.knowledge.petrarch.ledger import Ledger
from dragoman.knowledge.petrarch.text import Line, lines_of, words_of

_SET = re.compile(r"(![^!\s]+!)\s*=\s*(.*)")
_AGENT = re.compile(r"([^{}\[\]=]+?)\s*(\{[^{}]*\})?\s*\[\s*(~?\s*[^\[\]~]+?\s*~?)\s*\]")
_MARK = re.compile(r"![^!\s]+!")
_PLURAL = re.compile(r"(?:[^s]s|men|people|children)$")


@dataclass(slots=True)
class Agent:
    """An agent: what one is called, what several are, in small letters.

    Attributes:
        line: where it stands.
        text: as it is written.
        one: words for one of them; none where only the plural exists.
        many: words for several; none where there is no plural.
        code: its code, without the tilde.
    """

    line: Line
    text: str
    one: list[str]
    many: list[str]
    code: str


@dataclass(slots=True)
class Substitution:
    """A substitution set, and whether an agent uses it."""

    line: Line
    words: list[str]
    used: bool = False


@dataclass(slots=True)
class Agents:
    """A whole agent dictionary."""

    agents: list[Agent] = field(default_factory=list)
    sets: dict[str, Substitution] = field(default_factory=dict)


def read_agents(path: Path, ledger: Ledger) -> Agents:
    """Read an agent dictionary; sets may stand below their use. Lines that are none are told in the ledger.

    Raises:
        KnowledgeError: when the file cannot be read.
    """
    out = Agents()
    rows: list[tuple[Line, re.Match[str]]] = []
    for line in lines_of(path):
        text = line.text.strip()
        if found := _SET.fullmatch(text):
            words = ["".join(word.split()) for word in found[2].split(",") if word.strip()]
            out.sets[found[1].upper()] = Substitution(line, words)
        elif found := _AGENT.fullmatch(text):
            rows.append((line, found))
        elif text:
            ledger.leave(line.file, line.number, text, "this is no line of an agent dictionary")
    for line, found in rows:
        phrase, plural, code = found[1], found[2], found[3].replace("~", "").strip()
        missing = [mark for mark in _MARK.findall(phrase.upper()) if mark not in out.sets]
        if missing:
            ledger.leave(line.file, line.number, phrase, f"there is no substitution set {missing[0]}")
            continue
        spelt = [" ".join(words_of(each)).lower() for each in _spelt(phrase, out.sets)]
        one = [word for word in spelt if not _PLURAL.search(word)]
        many = [word for word in spelt if _PLURAL.search(word)]
        if plural is None and not _MARK.search(phrase):
            many += [plural_of(word) for word in one]
        elif plural is not None:
            many += [" ".join(words_of(each)).lower() for each in plural[1:-1].split()]
        out.agents.append(Agent(line, phrase, one, many, code))
    return out


def plural_of(word: str) -> str:
    """The regular plural, as the format forms it."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith("ss") else f"{word}s"


def _spelt(phrase: str, sets: dict[str, Substitution]) -> list[str]:
    """The phrase with every word of its sets in turn."""
    mark = _MARK.search(phrase)
    if mark is None:
        return [phrase]
    known = sets[mark[0].upper()]
    known.used = True
    return [full for word in known.words for full in _spelt(phrase.replace(mark[0], word, 1), sets)]
