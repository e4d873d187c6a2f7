"""A dictionary's text as numbered lines without comments.

Comments are `# ...`, the older `; ...` and `<!-- ... -->`, which may go over several lines ("General Rules for
dictionaries" of the PETRARCH dictionary formats).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import KnowledgeError

_XML = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_RULE = re.compile(r"###+ *[^#]+###+")
_REST = re.compile(r"[#;].*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its comments.

    Attributes:
        file: the dictionary, as it was named.
        number: of the line, from 1.
        text: what is left of it, with its indent.
        rule: whether it was a line of number signs, with which older dictionaries open a block of verbs.
    """

    file: str
    number: int
    text: str
    rule: bool = False


def lines_of(path: Path) -> list[Line]:
    """All lines of a dictionary; empty ones, which end blocks of verbs, too.

    Raises:
        KnowledgeError: when it cannot be read, or is no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read: {error.strerror or error}") from error
    if b"\0" in data:
        raise KnowledgeError(f"{path}: this is no text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    text = _XML.sub(lambda found: "\n" * found[0].count("\n"), text)
    return [
        Line(str(path), number, _REST.sub("", row).rstrip(), bool(_RULE.match(row)))
        for number, row in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)
    ]


def words_of(phrase: str) -> list[str]:
    """The words of a phrase, which blanks or underscores part; those at its ends mean no more here."""
    return phrase.replace("_", " ").split()
