"""Which actors stand in a slot: straight, or hidden in possessives, adjectives and phrases.

In: the slots of a word and the cast. Out: `Side`s. Nobody is guessed: a phrase that names nobody known gives an actor
only through `strangers`, and a pronoun that could not be resolved gives none.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast, Mention, Player
from dragoman.events.arguments import Slots, joined, subject_of
from dragoman.events.coding import Side
from dragoman.knowledge.grammar import wordings
from dragoman.reading.words import Reading, Word

_HIDING_PREPS = frozenset(
    ("of", "by", "against", "from", "with", "between", "among", "to", "for", "in", "into", "on", "at", "towards",
     "toward", "over")
)  # fmt: skip
# The order in which phrases are asked for the actor they hide.
_HIDING_FIRST = (
    "by", "against", "of", "from", "between", "among", "with", "on", "to", "towards", "toward", "over", "for", "in",
)  # fmt: skip
_ACTING_KINDS = frozenset(
    ("person", "office", "state", "government_body", "igo", "ngo", "armed_group", "party", "company", "media",
     "population", "group", "unknown")
)  # fmt: skip


def sides_at(cast: Cast, word: Word) -> list[Side]:
    """The actors a word stands for by itself."""
    mention = cast.at(word.i)
    if mention is None:
        return []
    return [Side(p, mention) for p in mention.players if p.kind in _ACTING_KINDS]


def strangers(reading: Reading, cast: Cast, heads: list[Word], *, anything: bool = False) -> list[Side]:
    """Phrases that stand for nobody known: a name is an actor all the same; with `anything` a plain noun is, too.

    The new actors join the cast.
    """
    out: list[Side] = []
    for head in heads:
        if cast.outer[head.i] is not None and cast.at(head.i) is None:
            continue  # a pronoun nobody could resolve
        named = head.pos == "PROPN" or (head.dep == "nsubj" and head.text.isupper() and len(head.text) > 2)
        proper = named and (
            head.ent not in ("DATE", "TIME", "MONEY", "PERCENT", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT")
            or any(_animate(c) for c in head.childs("appos"))  # "Red Lantern, a group of hackers"
        )
        if not proper and not (
            (anything or _animate(head)) and head.pos == "NOUN" and head.ent not in ("DATE", "TIME", "MONEY", "PERCENT")
        ):
            continue
        first = last = head.i
        for child in head.children:
            if (
                child.dep in ("det", "amod", "compound", "nummod", "poss", "nmod", "flat", "quantmod")
                and child.i < head.i
            ):
                first = min(first, child.edges()[0])
        if first < head.i and reading.words[first].lower in ("a", "an", "some", "any"):
            first += 1
        words = " ".join(w.text for w in reading.words[first : last + 1])
        owner = next((m.players[0] for m in cast.within(first, last) if m.players[0].country), None)
        player = Player(
            name=words,
            kind="person" if head.ent == "PERSON" else "unknown",
            country=owner.country if owner else None,
        )
        player.reasons.append((f"{words!r} stands where an actor stands; nothing more is known", 0.1))
        mention = Mention(first, last, head.i, "name", reading.span_of(first, last), [player])
        player.mentions.append(mention)
        cast.add(mention)
        out.append(Side(player, mention))
    return out


def _animate(word: Word) -> bool:
    """A noun that by its form names people or a body of people: "bondholders", "shipping lines"."""
    if word.lemma in wordings().collectives:
        return True
    return (
        word.tag == "NNS"
        and word.lemma.endswith(("er", "or", "ist", "ian", "ant", "ee", "man", "ese", "yst", "crat"))
        and word.lemma not in wordings().things
    )


def names_people(word: Word) -> bool:
    """Whether a noun names people, by its form or as a person's name."""
    return word.ent == "PERSON" or _animate(word)


def hidden_sides(cast: Cast, word: Word, depth: int = 0) -> list[Side]:
    """Actors inside a phrase: "Ethiopia's announcement", "the sympathy by Qatari officials", "Israeli crimes"."""
    if depth > 3:
        return []
    for child in word.children:
        if child.dep == "poss":
            found = [s for w in joined(child) for s in sides_at(cast, w)]
            if found:
                return found
    for prep in _HIDING_FIRST:
        for child in word.children:
            if child.dep in ("prep", "agent") and child.lower == prep:
                for obj in child.children:
                    if obj.dep != "pobj":
                        continue
                    found = [
                        s
                        for w in joined(obj)
                        for s in sides_at(cast, w)
                        if prep != "in" or s.mention.kind != "place" or depth == 0
                    ]
                    if found:
                        return found
    for child in word.children:
        if child.dep in ("amod", "compound", "nmod"):
            found = sides_at(cast, child)
            if found:
                return found
    for child in word.children:
        # "a Malta-flagged cargo ship", "the Iran-backed group"
        if child.dep in ("amod", "compound", "nmod") and child.i < word.i:
            found = [s for w in sorted(child.subtree(), key=lambda w: w.i) for s in sides_at(cast, w)]
            if found:
                return found
    for child in word.children:
        if child.dep in ("acl", "relcl") and child.pos == "VERB":
            found = [s for w in subject_of(child) if w is not word for s in sides_at(cast, w)]
            if found:
                return found
    for child in word.children:
        if child.dep in ("prep", "agent") and child.lower in _HIDING_PREPS:
            for obj in child.children:
                if obj.dep == "pobj":
                    found = hidden_sides(cast, obj, depth + 1)
                    if found:
                        return found
                if obj.dep == "pcomp":
                    found = [s for c in obj.children if c.dep in ("dobj", "nsubj") for s in sides_at(cast, c)]
                    if found:
                        return found
        elif child.dep in ("poss", "conj"):
            found = hidden_sides(cast, child, depth + 1)
            if found:
                return found
    return []


def in_slot(cast: Cast, slots: Slots, name: str, word: Word, actors: list[Side] | None = None) -> list[Side]:
    """The actors in a slot of a word; see docs/5-your-own-words.md for the slots."""
    heads: list[Word]
    if name == "subject":
        heads = slots.subject
    elif name == "object":
        heads = slots.object
    elif name == "indirect":
        heads = slots.indirect
    elif name == "possessor":
        heads = slots.possessor
    elif name == "modifier":
        return [s for w in slots.modifier for s in _once(sides_at(cast, w))]
    elif name == "clause":
        heads = [s for clause in slots.clauses for s in subject_of(clause)]
        out = [s for w in heads for s in sides_at(cast, w)] or [s for w in heads for s in hidden_sides(cast, w)]
        home = {s.player.country for s in actors or () if s.player.country}
        return [s for s in out if s.player.country is None or s.player.country not in home]
    elif name == "about":
        return about(cast, slots, word, actors)
    else:
        heads = slots.preps.get(name) or slots.preps.get(f"~{name}", [])
    out = _distinct([s for w in heads for s in sides_at(cast, w)])
    if not out:
        out = _distinct([s for w in heads for s in _same_one(cast, w)])
    if not out and name in ("subject", "possessor", "by", "with", "from"):
        parts = wordings().parts
        # "Tehran's decision angered ...": an actor's deed is the actor only where it is a part of it.
        out = [s for w in heads if w.lemma in parts for s in hidden_sides(cast, w)]
    return out


def _same_one(cast: Cast, word: Word) -> list[Side]:
    """ "one of the Kremlin's critics, N.N.", "hundreds of farmers": who stands beside or under a mere measure."""
    beside = [s for c in word.childs("appos") for s in sides_at(cast, c)]
    if beside or not (word.pos in ("NUM", "PRON") or word.lemma in wordings().measures):
        return beside
    return [s for p in word.childs("prep") if p.lower == "of" for o in p.childs("pobj") for s in sides_at(cast, o)]


def _named(sides: list[Side]) -> list[Side]:
    """Leave out nameless groups that the clause only moves about: "to send observers"."""
    return [s for s in sides if s.player.country is not None or s.player.kind not in ("group", "population", "unknown")]


def about(cast: Cast, slots: Slots, word: Word, actors: list[Side] | None = None) -> list[Side]:
    """The party that the object or the clause is about, other than the actors themselves."""
    own = {id(s.player) for s in actors or ()}
    home = {s.player.country for s in actors or () if s.player.country}

    def others(found: list[Side]) -> list[Side]:
        # "voiced Botswana's concern", said by Botswana's minister: his own side is not what he speaks to.
        return [s for s in found if id(s.player) not in own and not (s.player.country and s.player.country in home)]

    for head in slots.object:
        found = others(hidden_sides(cast, head))
        if found:
            return found
    for head in slots.preps.get("for", ()):
        found = others(hidden_sides(cast, head))
        if found:
            return found
    for clause in slots.clauses:
        found = others([s for w in subject_of(clause) for s in (sides_at(cast, w) or hidden_sides(cast, w))])
        if found:
            return found
        for child in clause.children:
            if child.dep in ("dobj", "nsubjpass", "dative"):
                found = _named(others(sides_at(cast, child) or hidden_sides(cast, child)))
                if found:
                    return found
        for child in clause.children:
            if child.dep == "prep" and child.lower in ("with", "to", "for", "against"):
                found = others([x for o in child.children if o.dep == "pobj" for x in sides_at(cast, o)])
                if found:
                    return found
    for name in ("for", "of", "over", "on", "about", "at", "with", "to"):
        for head in slots.preps.get(name, ()):
            found = others(sides_at(cast, head) or hidden_sides(cast, head))
            if found and not all(s.mention.kind == "place" and name in ("at", "on") for s in found):
                return found
    return []


def _distinct(sides: list[Side]) -> list[Side]:
    """Each actor once per mention: "the Prime Minister and Foreign Minister of Qatar" is one phrase with two heads."""
    seen: set[tuple[int, int]] = set()
    out = []
    for side in sides:
        key = (id(side.player), id(side.mention))
        if key not in seen:
            seen.add(key)
            out.append(side)
    return out


def _once(sides: list[Side]) -> list[Side]:
    seen: list[Mention] = []
    out = []
    for side in sides:
        if side.mention not in seen or len(side.mention.players) > 1:
            seen.append(side.mention)
            out.append(side)
    return out
