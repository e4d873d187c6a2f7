"""Who stands where around a word: the slots of a verb or noun, read off the parse.

In: a `Word`. Out: `Slots`: lists of words that head the phrases in each slot. Passives, reduced relatives, relative
clauses, joined verbs and light verbs are undone here, once, so that the lexicon need not know them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.events.subjects import (
    RELATIVE,
    clause_of,
    finite_head,
    heads_of_relative,
    is_passive,
    joined,
    misread,
    outer_subject,
    subject_of,
)
from dragoman.knowledge.grammar import wordings
from dragoman.reading.words import Word

# The rooms to the right ask for slots and subjects at this one door.
__all__ = [
    "Slots",
    "clause_of",
    "finite_head",
    "is_passive",
    "joined",
    "misread",
    "outer_subject",
    "prepositions",
    "slots_of",
    "subject_of",
]


@dataclass(slots=True)
class Slots:
    """Heads of the phrases around a word.

    Attributes:
        subject: who does it.
        object: what it is done to.
        indirect: to whom, without a preposition.
        preps: preposition to heads of its objects.
        possessor, modifier: of a noun.
        clauses: heads of complement clauses (infinitive or that-clause).
        particles: verb particles and close adverbs, lower case.
        passive: whether the verb stands in the passive.
        light: the light verb that carries a noun, if any.
        governor: the verb of the clause a noun phrase stands in.
    """

    subject: list[Word] = field(default_factory=list)
    object: list[Word] = field(default_factory=list)
    indirect: list[Word] = field(default_factory=list)
    preps: dict[str, list[Word]] = field(default_factory=dict)
    possessor: list[Word] = field(default_factory=list)
    modifier: list[Word] = field(default_factory=list)
    clauses: list[Word] = field(default_factory=list)
    particles: set[str] = field(default_factory=set)
    passive: bool = False
    light: Word | None = None
    governor: Word | None = None


def prepositions(word: Word, into: dict[str, list[Word]]) -> None:
    """Add the prepositional phrases that hang on a word."""
    for child in word.children:
        if child.dep in ("prep", "agent", "dative") and child.pos in ("ADP", "SCONJ", "ADV", "VERB", "PART"):
            name = "by" if child.dep == "agent" else child.lower
            for obj in child.children:
                if obj.dep == "pobj":
                    into.setdefault(name, []).extend(joined(obj))
                elif obj.dep == "prep":
                    for deep in obj.children:
                        if deep.dep == "pobj":
                            into.setdefault(obj.lower, []).extend(joined(deep))
                            into.setdefault(f"{name} {obj.lower}", []).extend(joined(deep))
                elif obj.dep == "pcomp":
                    into.setdefault(f"{name}+ing", []).append(obj)
            for obj in child.children:
                if obj.dep == "pobj" and name != "of":
                    # "spoke by telephone with X": the parser hangs the partner on the telephone.
                    for deep in obj.children:
                        if (
                            deep.dep == "prep"
                            and deep.lower in ("with", "to", "against", "by", "on", "from")
                            and deep.lower not in into
                        ):
                            nested = [x for o in deep.children if o.dep == "pobj" for x in joined(o)]
                            if nested:
                                into.setdefault(f"~{deep.lower}", []).extend(nested)
            for other in child.children:
                if other.dep == "conj" and other.pos == "ADP":
                    for obj in other.children:
                        if obj.dep == "pobj":
                            into.setdefault(other.lower, []).extend(joined(obj))


def slots_of(word: Word) -> Slots:
    """The slots around a verb or noun."""
    return _noun(word) if word.pos in ("NOUN", "PROPN", "ADJ") and word.tag[:1] != "V" else _verb(word)


def _verb(verb: Word) -> Slots:
    s = Slots(passive=is_passive(verb))
    s.subject = subject_of(verb)
    if s.passive:
        patients = verb.childs("nsubjpass")
        if patients:
            s.object = heads_of_relative(patients[0], verb)
        elif verb.dep in ("acl", "relcl", "amod") and verb.head is not verb:
            s.object = joined(verb.head) if verb.dep != "amod" else [verb.head]
        elif verb.dep == "conj" and verb.head.pos == "VERB" and is_passive(verb.head):
            s.object = _verb(verb.head).object
        elif verb.dep in ("xcomp", "advcl", "ccomp") and verb.head.pos in ("VERB", "AUX"):
            s.object = subject_of(verb.head)
        s.object += [x for c in verb.children if c.dep in ("dobj", "oprd") for x in joined(c)]
    else:
        s.object = [x for c in verb.children if c.dep in ("dobj", "obj") for x in joined(c)]
        if not s.object and verb.dep == "relcl":
            moved = [c for c in verb.children if c.dep in ("dobj", "pobj") and c.lower in RELATIVE]
            subject = verb.childs("nsubj")
            if moved or (subject and subject[0].lower not in RELATIVE):
                s.object = [verb.head]
        if s.object and s.object[0].lower in RELATIVE and verb.dep == "relcl":
            s.object = [verb.head]
        if not s.object:
            # "condemned and rejected the attack": the object stands with the last verb.
            for later in verb.children:
                if later.dep == "conj" and later.pos == "VERB" and later.i - verb.i <= 3:
                    s.object = [x for c in later.children if c.dep == "dobj" for x in joined(c)]
        # "called Israel a terrorist state": what the object is named belongs to the object's words.
        s.object += [c for c in verb.children if c.dep == "oprd" and s.object]
    s.indirect = [x for c in verb.children if c.dep == "dative" and c.pos != "ADP" for x in joined(c)]
    if not s.object and verb.dep == "amod" and misread(verb) is not None:
        s.object = [verb.head]
    prepositions(verb, s.preps)
    if verb.dep == "relcl":
        # "a raid for which the gang took credit": credit for the raid
        s.preps = {p: [verb.head if h.lower in RELATIVE else h for h in heads] for p, heads in s.preps.items()}
    for obj in s.object[:1]:
        if obj.head is verb:
            _merge_preps(obj, s)
    s.clauses = [c for c in verb.children if c.dep in ("ccomp", "xcomp") and c.pos in ("VERB", "AUX", "ADJ", "NOUN")]
    if "for" not in s.preps:
        s.clauses += [
            c for c in verb.children if c.dep == "advcl" and c.tag == "VB" and any(k.lower == "to" for k in c.children)
        ]
    s.clauses += s.preps.get("to+ing", []) + s.preps.get("for+ing", []) + s.preps.get("of+ing", [])
    for child in verb.children:
        near = child.i - verb.i
        if child.dep == "prt" or (child.dep == "advmod" and abs(near) <= 4) or (child.dep == "prep" and 0 < near <= 3):
            s.particles.add(child.lower)
    s.governor = verb
    return s


def _noun(noun: Word) -> Slots:
    s = Slots()
    for child in noun.children:
        if child.dep == "poss":
            s.possessor += joined(child)
        elif child.dep in ("amod", "compound", "nmod", "npadvmod") and child.pos in ("PROPN", "ADJ", "NOUN"):
            s.modifier.append(child)
            s.modifier += [c for c in child.subtree() if c is not child and c.pos in ("PROPN", "ADJ")]
        elif child.dep in ("acl", "relcl") and (child.tag == "VB" or child.pos in ("VERB", "AUX")):
            s.clauses.append(child)
            if child.tag in ("VBN", "VBD"):
                s.subject += subject_of(child)
                prepositions(child, s.preps)
        elif child.dep in ("ccomp", "xcomp") or (noun.pos == "ADJ" and child.dep == "advcl" and child.tag == "VB"):
            s.clauses.append(child)
    if noun.pos == "ADJ" and noun.head is not noun and noun.head.pos in ("VERB", "AUX"):
        s.clauses += [c for c in noun.head.children if c.dep in ("xcomp", "advcl") and c.tag == "VB" and c.i > noun.i]
    prepositions(noun, s.preps)
    verb = _carrier(noun)
    if verb is not None:
        s.governor = verb
        if noun.dep in ("dobj", "nsubjpass", "obj") and (verb.lemma in wordings().light or noun.dep == "nsubjpass"):
            s.light = verb
            s.subject += [x for x in subject_of(verb) if x not in s.subject]
            _merge_preps(verb, s)
            s.indirect = [x for c in verb.children if c.dep == "dative" for x in joined(c)]
        elif noun.dep == "nsubj" and verb.lemma in wordings().take_place:
            s.light = verb
            _merge_preps(verb, s)
        elif noun.dep == "pobj":
            s.light = None
            s.subject += [x for x in subject_of(verb) if x not in s.subject]
            s.particles.add(noun.head.lower)
        elif noun.dep in ("attr", "acomp", "oprd"):
            _merge_preps(verb, s)
            s.subject += [x for x in subject_of(verb) if x not in s.subject]
    return s


def _merge_preps(word: Word, s: Slots) -> None:
    """Add the phrases that hang on another word, each head once."""
    hung: dict[str, list[Word]] = {}
    prepositions(word, hung)
    for name, heads in hung.items():
        s.preps.setdefault(name, []).extend(h for h in heads if h not in s.preps[name])


def _carrier(noun: Word) -> Word | None:
    """The verb whose clause a noun stands in, through prepositions and joined nouns."""
    word = noun
    for _ in range(4):
        head = word.head
        if head is word:
            return None
        if head.pos in ("VERB", "AUX"):
            return head
        if head.pos == "ADP" or word.dep == "conj":
            word = head
            continue
        return None
    return None
