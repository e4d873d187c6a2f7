"""The cast: every actor of a report once, and every stretch of words that stands for one.

In: a `Reading`. Out: a `Cast`. A mention may stand for several actors ("both sides"); it may lie inside another
("the Qatari Emir" holds "Qatari"). Which actor a word belongs to is asked by word number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dragoman.evidence import Span

MentionKind = Literal["name", "title", "state", "body", "adjective", "pronoun", "group", "people", "place"]


@dataclass(frozen=True, slots=True)
class Told:
    """Words of the report that tell what somebody is; ``country`` only where they say whose office it is."""

    span: Span
    role: str
    status: str
    country: str | None
    sector: str | None


@dataclass(slots=True, eq=False, repr=False)
class Player:
    """An actor while the report is being read; becomes a record `Actor` in the end.

    Attributes as in `dragoman.record.entries.Actor`; ``offices`` are canonical office names with the state or body
    they belong to; ``titles`` are words of the titles the report gave, ``past`` offices and states by the files,
    ``of`` the body whose office it is; ``gender`` is m, f or None; ``guessed`` tells that the country is only inferred;
    ``reasons`` are
    (fact, weight). ``told`` is what the report's own words say of office and state; ``asked`` tells whether other
    reports were asked about the name, ``learnt`` whether the office is from them.
    """

    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    other_sectors: list[str] = field(default_factory=list)
    role: str | None = None
    role_status: str | None = None
    qid: str | None = None
    gender: str | None = None
    offices: list[str] = field(default_factory=list)
    rank: int | None = None
    names: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    past: list[tuple[str, str | None]] = field(default_factory=list)
    of: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    guessed: bool = False
    reasons: list[tuple[str, float]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    asked: bool = False
    learnt: bool = False

    def __repr__(self) -> str:
        return f"<{self.name} {self.country} {self.role or self.kind}>"


@dataclass(slots=True, eq=False, repr=False)
class Mention:
    """Words ``first`` up to and including ``last`` that stand for one or more actors.

    Attributes:
        root: number of the word by which the mention hangs in the parse.
        kind: how it names them.
        players: whom it stands for; empty while unresolved.
    """

    first: int
    last: int
    root: int
    kind: MentionKind
    span: Span
    players: list[Player] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.span.text!r} {self.players}>"

    @property
    def player(self) -> Player | None:
        """The only actor it stands for, or the first of several."""
        return self.players[0] if self.players else None


@dataclass(slots=True)
class Cast:
    """All actors and mentions of a report.

    ``outer[i]`` is the widest mention that covers word ``i``, ``inner[i]`` the narrowest, or None.
    """

    players: list[Player] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    outer: list[Mention | None] = field(default_factory=list)
    inner: list[Mention | None] = field(default_factory=list)

    def at(self, word: int) -> Mention | None:
        """The widest resolved mention that covers this word."""
        mention = self.outer[word] if word < len(self.outer) else None
        return mention if mention is not None and mention.players else None

    def add(self, mention: Mention) -> None:
        """Put a mention on the stage; where it lies inside another, the other stays the wider one."""
        self.mentions.append(mention)
        for i in range(mention.first, mention.last + 1):
            outer = self.outer[i]
            if outer is None or (outer.last - outer.first) < (mention.last - mention.first):
                self.outer[i] = mention
            inner = self.inner[i]
            if inner is None or (inner.last - inner.first) > (mention.last - mention.first):
                self.inner[i] = mention
        for player in mention.players:
            if player not in self.players:
                self.players.append(player)

    def since(self, word: int) -> list[Mention]:
        """Mentions that begin at this word of the sentence read last, or behind it, in the order they were found."""
        found: list[Mention] = []
        for mention in reversed(self.mentions):
            if mention.first < word:
                break
            found.append(mention)
        return found[::-1]

    def within(self, first: int, last: int) -> list[Mention]:
        """Resolved mentions that lie in words ``first..last``, widest first, in text order."""
        found: list[Mention] = []
        i = first
        while i <= last:
            mention = self.at(i)
            if mention is not None and mention.first >= first and mention.last <= last:
                found.append(mention)
                i = mention.last + 1
            else:
                i += 1
        return found
