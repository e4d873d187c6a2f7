"""Nouns and adjectives of saying, and "according to": what they lead in, read off the parse.

In: a carrier verb, a noun with its owner, an adjective, or "according". Out: a `Cue`, or None.
"""

from __future__ import annotations

from dragoman.events.arguments import is_passive, joined, subject_of
from dragoman.knowledge.speech import Naming, sayings
from dragoman.reading.words import Reading, Word
from dragoman.record.contents import left_edge, of_the_cue, reach, right_edge
from dragoman.record.speech_cue import Cue, is_infinitive

_SOURCES = frozenset(("from", "by"))


def carried_cue(reading: Reading, verb: Word) -> Cue | None:
    """ "voiced concern over A", "expressed hope that A", "made a call for A"."""
    thing = verb.child("dobj")
    if thing is None or thing.i < verb.i or thing.lemma not in sayings().nouns or verb.dep == "amod":
        return None
    if any(c.dep == "neg" for c in verb.children) or any(c.lower == "no" for c in thing.children) or is_passive(verb):
        return None
    naming = sayings().nouns[thing.lemma]
    spans = _noun_content(reading, thing, naming, verb)
    if spans is None:
        return None
    content, targets, clause = spans
    return Cue(
        verb,
        verb.i,
        thing.i,
        content,
        f"the noun {thing.lower!r}",
        0.78,
        subject_of(verb),
        _to(verb),
        targets,
        clause,
        naming.stance,
    )


def _to(verb: Word) -> list[Word]:
    return [
        w
        for c in verb.children if c.dep in ("prep", "dative") and c.lower == "to"
        for o in c.children if o.dep == "pobj"
        for w in joined(o)
    ]  # fmt: skip


def _noun_content(
    reading: Reading, noun: Word, naming: Naming, verb: Word | None
) -> tuple[tuple[int, int], list[Word], Word | None] | None:
    """What a noun of saying leads in: a clause or what stands after its preposition."""
    holders = [noun] if verb is None else [noun, verb]
    for holder in holders:
        for child in holder.children:
            if child.i <= noun.i:
                continue
            if naming.clause and child.dep in ("acl", "ccomp", "relcl") and _marked(child):
                return (left_edge(child), right_edge(child)), [], child
            if naming.infinitive and child.dep in ("acl", "xcomp", "relcl") and is_infinitive(child) and holder is noun:
                return (left_edge(child), right_edge(child)), [], child
    for holder in holders:
        for child in holder.children:
            if child.i > noun.i and child.dep == "prep" and child.lower in naming.after:
                inner = child.child("pobj", "pcomp")
                if inner is None or of_the_cue(child):
                    continue
                last = reach(reading, holder, child, False)
                if holder is noun and verb is not None:
                    last = max(last, reach(reading, verb, noun, False))
                targets = joined(inner) if inner.dep == "pobj" else [w for w in inner.children if w.dep == "dobj"]
                return (child.i + 1, last), targets, inner if inner.dep == "pcomp" else None
    return None


def _marked(clause: Word) -> bool:
    return any(c.dep == "mark" and c.lower in ("that", "whether") for c in clause.children)


def owned_cue(reading: Reading, noun: Word, naming: Naming) -> Cue | None:
    """ "Riyadh's claim that A", "his call for A"."""
    owner = noun.child("poss")
    if owner is None or noun.ent:
        return None
    found = _noun_content(reading, noun, naming, None)
    if found is None:
        return None
    content, targets, clause = found
    if clause is None and noun.lemma not in sayings().speech.calling:
        return None
    return Cue(
        noun, noun.i, noun.i, content, f"the noun {noun.lower!r} and its owner", 0.5, joined(owner),
        targets=targets, clause=clause, stance=naming.stance,
    )  # fmt: skip


def sourced_cue(reading: Reading, noun: Word, naming: Naming) -> Cue | None:
    """ "praise from Tokyo for A", "a warning by the bank that A"."""
    if noun.ent or any(c.lower == "no" for c in noun.children):
        return None
    source = next(
        (o for c in noun.children if c.dep in ("prep", "agent") and c.lower in _SOURCES for o in c.childs("pobj")), None
    )
    if source is None:
        return None
    # What is said hangs on the noun, on its source or on the verb above: it stands right behind the source.
    at = source.i + 1
    sentence = reading.sentences[noun.sentence]
    if at + 1 >= sentence.last:
        return None
    word = reading.words[at]
    clause: Word | None = None
    if naming.clause and word.lower == "that" and word.tag == "IN":
        clause = word.head if word.head.i > at else None
        last = right_edge(clause) if clause is not None else at
    elif word.lower in naming.after and noun.lemma in sayings().speech.sourced and not of_the_cue(word):
        last = right_edge(word)
    else:
        return None
    if last <= at:
        return None
    targets = [w for o in word.childs("pobj") for w in joined(o)]
    return Cue(
        noun, noun.i, noun.i, (at + 1, last), f"the noun {noun.lower!r} and its source", 0.5, [source],
        targets=targets, clause=clause, stance=naming.stance,
    )  # fmt: skip


def token_cue(reading: Reading, noun: Word, naming: Naming) -> Cue | None:
    """ "in a gesture of support for A, B sent": what a deed is meant to say."""
    token = noun.head.head
    if noun.dep != "pobj" or noun.head.lower != "of" or token.lemma not in sayings().speech.tokens:
        return None
    verb = token.head.head
    if token.dep != "pobj" or token.head.lower not in ("in", "as", "with") or verb.pos not in ("VERB", "AUX"):
        return None
    at, last = noun.i + 1, right_edge(token)
    if last <= at or reading.words[at].lower not in naming.after:
        return None
    targets = [w for o in reading.words[at].childs("pobj") for w in joined(o)]
    return Cue(
        noun, token.i, noun.i, (at + 1, last), f"the noun {noun.lower!r}, meant by a deed", 0.5, subject_of(verb),
        targets=targets, stance=naming.stance,
    )  # fmt: skip


def adjective_cue(reading: Reading, verb: Word) -> Cue | None:
    """ "was confident that A", "is worried about A"."""
    adjective = verb.child("acomp")
    if adjective is None or any(c.dep == "neg" for c in verb.children):
        return None
    naming = sayings().adjectives.get(adjective.lemma)
    if naming is None:
        return None
    for child in (*adjective.children, *verb.children):
        if child.i <= adjective.i:
            continue
        if child.dep == "ccomp" and not is_infinitive(child):
            span = (left_edge(child), right_edge(child))
            return Cue(
                adjective, verb.i, adjective.i, span, f"clause after {adjective.lower!r}", 0.55, subject_of(verb),
                clause=child, stance=naming.stance, thought=True,
            )  # fmt: skip
        if child.dep == "prep" and child.lower in naming.after and child.head is adjective:
            inner = child.child("pobj", "pcomp")
            if inner is None:
                continue
            return Cue(
                adjective, verb.i, child.i, (child.i + 1, right_edge(child)), f"what stands after {adjective.lower!r}",
                0.5, subject_of(verb), targets=joined(inner) if inner.dep == "pobj" else [],
                stance=naming.stance, thought=True,
            )  # fmt: skip
    return None


def according_cue(reading: Reading, word: Word) -> Cue | None:
    """ "according to A": the rest of the sentence is A's."""
    inner = None
    for child in word.children:
        if child.dep in ("prep", "pcomp", "prt") and child.lower == "to":
            inner = child.child("pobj")
    if inner is None:
        inner = word.child("pobj")
    words = reading.words
    if inner is None or inner.tag == "WDT" or word.i + 1 >= len(words) or words[word.i + 1].lower != "to":
        return None
    sentence = reading.sentences[word.sentence]
    last = min(right_edge(word), sentence.last - 1)
    clause = next((w for w in word.ancestors() if w.pos in ("VERB", "AUX")), None)
    if clause is not None and clause.dep in ("relcl", "ccomp") and word.i > sentence.first + 2:
        # "the fees that, according to A, B has raised": only that clause is A's
        first, end = left_edge(clause), right_edge(clause)
        if words[first].tag in ("WDT", "WP", "IN"):
            first += 1
        if first >= word.i:
            first = last + 1
        elif end <= last:
            end = word.i - 1
        if end > first:
            return Cue(
                word, word.i, word.i + 1, (first, end), "according to, in a clause", 0.7, joined(inner), firm=True
            )
    if word.i <= sentence.first + 2:
        span = (last + 1, sentence.last - 1)
    elif last >= sentence.last - 4 or words[min(last + 1, sentence.last - 1)].text not in (",", "—", "–"):
        span = (sentence.first, word.i - 1)
    else:
        span = (sentence.first, sentence.last - 1)
    if span[1] - span[0] < 1:
        return None
    return Cue(word, word.i, word.i + 1, span, "according to", 0.85, joined(inner), firm=True)
