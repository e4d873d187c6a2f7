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
_TURNS = 4
# ... and a verb that praises or blames with its object ("kept its word") this many.
_PAIRED = 4
_DOERS = frozenset(
    ("person", "office", "state", "government_body", "igo", "armed_group", "party", "company", "group", "population")
)
_OF_A_STATE = frozenset(("person", "office", "state", "government_body", "armed_group"))


def stance_of(verb: str | None, words: Sequence[Word], cast: Cast, *, wished: bool = False) -> tuple[str, str | None]:
    """The stance of a statement, with the reason for it.

    Args:
        verb: stance that the word of saying carries, if any.
        words: words of the content.
        cast: the report's actors, to tell who is said to do harm.
        wished: whether the content says what should be; praise in it is none.
    """
    if verb is not None and verb != "neutral":
        return verb, None
    speech = sayings().speech
    score = 0
    seen: list[str] = []
    turned: int | None = None
    for n, word in enumerate(words):
        if word.lower in speech.turning:
            turned = n
            continue
        reached = turned is not None and n - turned <= _TURNS
        value = _value(word, words[n + 1 : n + 1 + _PAIRED], cast)
        if word.lemma in speech.due and reached:
            value = 1  # turned round below: "not true"
        if not value:
            continue
        if reached and turned is not None:
            # "never been better" praises, "not good" blames, "no threat" does neither
            value = value if words[turned].lower == "never" and word.tag in ("JJR", "RBR") else min(0, -value)
            turned = None
            if not value:
                continue
        # Blame weighs more: polite words stand in every report, hard ones are chosen.
        score += value if value > 0 else 2 * value
        seen.append(word.lower)
    if not score or (score > 0 and wished):
        return "neutral", None
    return ("positive" if score > 0 else "negative"), f"judging words: {', '.join(dict.fromkeys(seen))}"


def _value(word: Word, ahead: Sequence[Word], cast: Cast) -> int:
    """1 for a word of praise, -1 for one of blame; a deed that harms blames only where somebody does it."""
    speech = sayings().speech
    pairs = {f"{word.lemma} {other.lemma}" for other in ahead}
    if {word.lemma, word.lower} & speech.praise or pairs & speech.praise_pairs:
        return 1
    if word.lemma in speech.blame or pairs & speech.blame_pairs:
        return -1
    return -1 if word.lemma in speech.harm and _by_somebody(word, cast) else 0


def _by_somebody(deed: Word, cast: Cast) -> bool:
    """Whether a deed, told by a verb or a noun, is somebody's, or done to the speaker: "these tariffs hurt us"."""
    if any(c.dep == "dobj" and c.lower in ("us", "me") for c in deed.children):
        return True
    doers = subject_of(deed) if deed.pos in ("VERB", "AUX") else []
    sides = [s for w in doers for s in sides_at(cast, w) or hidden_sides(cast, w)]
    if deed.pos in ("NOUN", "ADJ", "PROPN"):
        sides = hidden_sides(cast, deed)
    return any(s.player.kind in _DOERS and s.mention.kind != "place" for s in sides)


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
