"""One list out of many proposals: folding, refining, dropping doubles.

In: codings of a report. Out: those we are willing to state, in text order.
- What is ahead becomes the act of announcing it (PLOVER: a future meeting is an AGREE, a future retreat a CONCEDE).
- What is asked for becomes the REQUEST that asks for it.
- An act that another coding is about ("agreed to *meet*") refines that coding and is not counted again.
- The same act told by a verb and its noun counts once: the surer one stays.
"""

from __future__ import annotations

from collections import Counter
from itertools import takewhile

from dragoman.events.coding import Coding, Side
from dragoman.events.folding import folded, official, refine
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.grammar import wordings
from dragoman.reading.words import Word

THRESHOLD = 0.3


def settle(codings: list[Coding], headlines: frozenset[int] = frozenset()) -> list[Coding]:
    """Fold, refine and thin out the codings of one report.

    Args:
        headlines: numbers of the sentences that are headlines; what they tell counts where the text does not tell it.
    """
    codings = _answered(_one_contact(codings, headlines))
    by_word: dict[int, Coding] = {}
    for coding in codings:
        if coding.frame != "speech_acts#should" or coding.word.i not in by_word:
            by_word[coding.word.i] = coding
    governed: set[int] = set()
    for coding in codings:
        if coding.inner is None:
            continue
        inner = _inner_coding(coding.inner, {i: c for i, c in by_word.items() if c is not coding})
        if inner is not None and inner is not coding:
            refine(coding, inner)
            for other in codings:
                if (
                    other is not coding
                    and other.category != "THREATEN"
                    and _below(other.word, coding.inner, coding.word)
                ):
                    governed.add(id(other))
                    other.governed_by = coding
        elif coding.inner is not None:
            for other in codings:
                if other is not coding and other.word is coding.inner:
                    governed.add(id(other))
    kept = [folded(official(c)) for c in codings if id(c) not in governed and not _told_by_its_verb(c, by_word)]
    for coding in kept:
        _weigh(coding)
    kept = [c for c in _to_the_other_side(kept) if c.confidence >= THRESHOLD]
    return told_below(_once(kept), headlines)


def told_below(codings: list[Coding], headlines: frozenset[int]) -> list[Coding]:
    """Without what a headline tells and the text below tells again: one event, told twice."""
    out: list[Coding] = []
    for coding in codings:
        if coding.word.sentence in headlines:
            again = next((c for c in codings if c.word.sentence not in headlines and _is_of(coding, c)), None)
            if again is not None:
                again.reasons.append((f"the headline tells it, too: {coding.word.text!r}", 0.0))
                continue
        out.append(coding)
    return out


def _is_of(short: Coding, full: Coding) -> bool:
    """Whether a headline's act is the text's: one category, and nobody in it who is not in the other."""
    if short.category != full.category or full.background or (short.status == "negated") != (full.status == "negated"):
        return False
    who, whom = (_states(side) for side in (short.actors, short.recipients))
    theirs, towards = (_states(side) for side in (full.actors, full.recipients))
    if short.unnamed:
        return bool(whom & towards)
    if short.reciprocal or full.reciprocal:
        return bool(who) and who | whom <= theirs | towards
    return bool(who) and bool(who & theirs) and (whom <= towards or not whom)


def _states(sides: list[Side]) -> set[object]:
    return {s.player.country or id(s.player) for s in sides}


def _one_contact(codings: list[Coding], headlines: frozenset[int]) -> list[Coding]:
    """ "spoke with ... During the phone conversation": one contact, and a call.

    A meeting noun that names no partner of its own goes back to the last contact of its actors; what it says of the
    channel is kept there. Alone, it is no contact: nobody was met.
    """
    out: list[Coding] = []
    for coding in codings:
        if coding.category == "CONSULT" and coding.recipients and coding.status == "occurred" and not coding.background:
            twin = next(
                (
                    c
                    for c in out
                    if c.category == "CONSULT" and not c.background and c.status == "occurred" and _same_pair(c, coding)
                ),
                None,
            )
            if twin is not None and (coding.mode is None or coding.mode == twin.mode or twin.mode is None):
                # "spoke by phone ... the two ministers exchanged views": the same call
                if twin.word.sentence in headlines and coding.word.sentence not in headlines:
                    out.remove(twin)
                    out.append(coding)
                    coding.reasons.append((f"the headline tells it, too: {twin.word.text!r}", 0.0))
                    continue
                if coding.mode is not None and twin.mode is None:
                    twin.mode, twin.cameo = coding.mode, coding.cameo
                continue
        if coding.category != "CONSULT" or coding.word.pos != "NOUN" or coding.recipients:
            out.append(coding)
            continue
        back = next(
            (c for c in reversed(out) if c.category == "CONSULT" and c.recipients and _shares_actor(c, coding)), None
        )
        if back is not None:
            if coding.mode is not None and back.mode is None:
                back.mode, back.cameo = coding.mode, coding.cameo
                back.reasons.append((f"{coding.word.text!r} later in the report tells the channel", 0.1))
            continue
        if any(s.player.kind in ("igo", "group", "population") for s in coding.actors) or len(coding.actors) > 1:
            out.append(coding)
    return out


_CONDEMNED = frozenset(("ASSAULT", "MOBILIZE", "COERCE", "SANCTION", "REJECT", "THREATEN"))


def _answered(codings: list[Coding]) -> list[Coding]:
    """ "Ethiopia dismissed the complaint", "condemned the launch": whose, the report has just said."""
    codings = sorted(codings, key=lambda c: c.word.i)
    for n, coding in enumerate(codings):
        if coding.recipients or coding.category not in ("REJECT", "ACCUSE") or coding.word.pos != "VERB":
            continue
        thing = coding.word.child("dobj", "nsubjpass")
        if thing is None or not any(c.dep == "det" and c.lower in ("the", "this", "that") for c in thing.children):
            continue
        mine = {s.player.country for s in coding.actors}
        for earlier in reversed(codings[:n]):
            if coding.word.sentence - earlier.word.sentence > (8 if coding.category == "REJECT" else 3):
                break
            aimed = {s.player.country for s in earlier.recipients}
            theirs = [s for s in earlier.actors if s.player.country not in mine]
            answers = (
                coding.category == "REJECT"
                and thing.lemma in wordings().answered
                and mine & aimed
                and earlier.category in ("ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE")
            )
            condemns = coding.category == "ACCUSE" and earlier.category in _CONDEMNED
            if theirs and (answers or condemns):
                coding.recipients = theirs
                coding.reasons.append((f"{thing.text!r} goes back to {earlier.word.text!r}", 0.1))
                break
    return codings


def _same_pair(a: Coding, b: Coding) -> bool:
    """The same countries on both sides, whoever stands for them."""
    mine = {s.player.country or id(s.player) for s in (*a.actors, *a.recipients)}
    theirs = {s.player.country or id(s.player) for s in (*b.actors, *b.recipients)}
    return mine == theirs and len(mine) > 1


def _shares_actor(a: Coding, b: Coding) -> bool:
    mine = {id(s.player) for s in (*a.actors, *a.recipients)} | {s.player.country for s in (*a.actors, *a.recipients)}
    return any(id(s.player) in mine or (s.player.country is not None and s.player.country in mine) for s in b.actors)


def _told_by_its_verb(coding: Coding, by_word: dict[int, Coding]) -> bool:
    """ "signed an agreement", "cancelled the visit": the noun under a coded verb is what that verb is about."""
    word = coding.word
    if (
        word.pos != "NOUN"
        or word.dep not in ("dobj", "nsubjpass")
        or coding.category not in ("AGREE", "CONSULT", "SUPPORT")
    ):
        return False
    verb = by_word.get(word.head.i)
    if verb is None or verb is coding or verb.word.pos != "VERB":
        return False
    # "condemned the arrest of a blogger by Minsk": the arrest is somebody else's act, and stays.
    return _players(coding.actors) <= _players([*verb.actors, *verb.recipients])


def _inner_coding(word: Word, by_word: dict[int, Coding]) -> Coding | None:
    """The coding of an act, or of what it carries: "agreed to hold *talks*"."""
    if word.i in by_word:
        return by_word[word.i]
    for child in word.children:
        if child.dep in ("dobj", "nsubjpass", "prep", "attr", "conj"):
            if child.i in by_word:
                return by_word[child.i]
            for deep in child.children:
                if deep.dep == "pobj" and deep.i in by_word:
                    return by_word[deep.i]
    return None


def _below(word: Word, top: Word, outer: Word) -> bool:
    """Whether a word lies in the clause that a coding is about."""
    if word is top:
        return True
    for above in word.ancestors():
        if above is top:
            return True
        if above is outer:
            return False
    return False


_SAID = frozenset(("AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"))


# What is refused, threatened, conceded or promised has somebody it is aimed at.
_ANSWERING = frozenset(("REJECT", "THREATEN", "CONCEDE", "AGREE"))


def _two_sides(codings: list[Coding]) -> dict[str, Side]:
    """The two states a report is about, when it is clearly about two: each with a party that stands for it."""
    counts: Counter[str] = Counter()
    stands: dict[str, Side] = {}
    for coding in codings:
        for side in (*coding.actors, *coding.recipients):
            country = side.player.country
            if country and side.player.kind in ("state", "person", "office", "government_body"):
                counts[country] += 1
                if country not in stands or side.player.kind == "state":
                    stands[country] = side
    top = counts.most_common(3)
    if len(top) < 2 or top[1][1] < 3 or (len(top) > 2 and top[2][1] * 2 > top[1][1]):
        return {}
    return {code: stands[code] for code, _ in top[:2]}


def _to_the_other_side(codings: list[Coding]) -> list[Coding]:
    """ "She called for their release" in the readout of a call: said to the one she called.

    What one side of a contact promises, asks, regrets or refuses after the contact has been told, and to nobody named,
    is addressed to the other side.
    """
    ordered = sorted(codings, key=lambda c: c.word.i)
    pair = _two_sides(ordered)
    for n, coding in enumerate(ordered):
        if coding.recipients or coding.reciprocal or coding.category not in _SAID or coding.background:
            continue
        mine = {s.player.country for s in coding.actors if s.player.country}
        if len(mine) != 1:
            continue
        contact = next(
            (
                c
                for c in reversed(ordered[:n])
                if c.category == "CONSULT" and c.status == "occurred" and not c.background and c.recipients
            ),
            None,
        )
        if contact is None:
            country = next(iter(mine))
            if country in pair and len(pair) == 2 and coding.category in _ANSWERING:
                other = next(side for code, side in pair.items() if code != country)
                coding.recipients = [other]
                coding.reasons.append((f"the report is about the two of them: {other.player.name}", -0.05))
            continue
        both = [*contact.actors, *contact.recipients]
        others = [s for s in both if s.player.country and s.player.country not in mine]
        if others and mine & {s.player.country for s in both} and len({s.player.country for s in others}) == 1:
            coding.recipients = others[:1]
            coding.confidence = round(max(0.02, coding.confidence + 0.05), 3)
            coding.reasons.append((f"said in the contact with {others[0].player.name}, to nobody else named", 0.1))
    return ordered


def _weigh(coding: Coding) -> None:
    """How sure: the frame's own weight, then what speaks for and against."""
    confidence = coding.weight
    book = codebook()
    if not coding.recipients:
        confidence -= 0.25 if book.categories[coding.category].requires_recipient else 0.1
    if coding.status == "hypothetical":
        confidence -= 0.1
    if coding.status == "requested":
        confidence -= 0.15
    if any(s.mention.kind == "pronoun" for s in (*coding.actors, *coding.recipients)):
        confidence -= 0.05
    if any(s.player.kind == "unknown" for s in coding.actors):
        confidence -= 0.1
    coding.confidence = round(min(0.98, max(0.02, confidence)), 3)


def _once(codings: list[Coding]) -> list[Coding]:
    out: list[Coding] = []
    for coding in sorted(codings, key=lambda c: c.word.i):
        here = coding.word.sentence
        double = next((o for o in _of_sentence(out, here) if _same_act(o, coding)), None)
        if double is None:
            out.append(coding)
        elif coding.confidence > double.confidence:
            out[out.index(double)] = coding
    return out


def _of_sentence(codings: list[Coding], number: int) -> list[Coding]:
    """Those at the end of a list in text order that stand in a sentence, in text order."""
    return list(reversed(list(takewhile(lambda c: c.word.sentence == number, reversed(codings)))))


def _same_act(a: Coding, b: Coding) -> bool:
    if a.word.sentence != b.word.sentence or a.category != b.category or a.status != b.status:
        return False
    straight = _players(a.actors) == _players(b.actors) and (
        _players(a.recipients) == _players(b.recipients) or not a.recipients or not b.recipients
    )
    together = (a.reciprocal or b.reciprocal) and (
        _players([*a.actors, *a.recipients]) == _players([*b.actors, *b.recipients])
    )
    if not (straight or together):
        return False
    if "speech_acts" in a.frame or "speech_acts" in b.frame:
        return True
    near = abs(a.word.i - b.word.i) <= 3 or a.word.head is b.word or b.word.head is a.word
    return near or a.mode == b.mode


def _players(sides: list[Side]) -> set[int]:
    return {id(s.player) for s in sides}
