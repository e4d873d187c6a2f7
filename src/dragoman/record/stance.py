"""Stance: whom a statement is about, and how it speaks of them.

In: a cue's targets, the content's words. Out: sides, "positive", "negative" or "neutral", and a plain reason.
The verb decides where it can ("condemned"); else the words of the content that judge ("crimes", "generous").
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.cast import Cast
from dragoman.events.arguments import joined, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import hidden_sides, sides_at
from dragoman.knowledge.speech import sayings
from dragoman.reading.words import Word

# A word of turning ("not", "never") reaches this many words ahead.
_TURNS = 3
_OF_A_STATE = frozenset(("person", "office", "state", "government_body", "armed_group"))


def stance_of(verb: str | None, words: Sequence[Word]) -> tuple[str, str | None]:
    """The stance of a statement, with the reason for it.

    Args:
        verb: stance that the word of saying carries, if any.
        words: words of the content.
    """
    if verb is not None and verb != "neutral":
        return verb, None
    speech = sayings().speech
    score = 0
    seen: list[str] = []
    turned = -1
    for n, word in enumerate(words):
        if word.lower in speech.turning:
            turned = n
            continue
        value = 1 if word.lemma in speech.praise else -1 if word.lemma in speech.blame else 0
        if not value:
            continue
        if turned >= 0 and n - turned <= _TURNS:
            value = -value
            turned = -1
        # Blame weighs more: polite words stand in every report, hard ones are chosen.
        score += value if value > 0 else 2 * value
        seen.append(word.lower)
    if not score:
        return "neutral", None
    return ("positive" if score > 0 else "negative"), f"judging words: {', '.join(dict.fromkeys(seen))}"


def about(
    cast: Cast, targets: list[Word], clause: Word | None, content: tuple[int, int], speakers: list[Side]
) -> list[Side]:
    """The parties a statement is about.

    The target of the verb comes first, then the subject of the clause, then the first parties named in the content.
    The speaker's own side is only kept when the verb itself points at it.
    """
    own = {id(s.player) for s in speakers}
    home = {s.player.country for s in speakers if s.player.country and s.player.kind in _OF_A_STATE}
    first, last = content

    def fresh(sides: list[Side], abroad: bool = False) -> list[Side]:
        out: list[Side] = []
        for side in sides:
            if abroad and side.player.country in home and side.player.kind in _OF_A_STATE:
                continue
            if id(side.player) not in own and all(side.player is not o.player for o in out):
                out.append(side)
        return out

    found = fresh([s for w in targets for s in (sides_at(cast, w) or hidden_sides(cast, w))])
    if found:
        return found
    if clause is not None:
        heads = [w for w in subject_of(clause) if first <= w.i <= last]
        found = fresh([s for w in heads for s in (sides_at(cast, w) or hidden_sides(cast, w))], abroad=True)
        if found:
            return found
        for child in clause.children:
            if child.dep in ("dobj", "nsubjpass"):
                found = fresh(
                    [s for w in joined(child) for s in (sides_at(cast, w) or hidden_sides(cast, w))], abroad=True
                )
                if found:
                    return found
    named = [Side(p, m) for m in cast.within(first, last) for p in m.players]
    # "A said A's government stands ready to work with B" is about B; only with nobody else about A's own side.
    return fresh(named, abroad=True)[:1] or fresh(named)[:1]
