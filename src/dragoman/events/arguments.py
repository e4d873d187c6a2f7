"""Who stands where around a word: the slots of a verb or noun, read off the parse.

In: a `Word`. Out: lists of words that head the phrases in each slot. Passives, reduced relatives, relative clauses,
chained verbs, participles, joined verbs and light verbs are undone here, once, so that the lexicon need not know them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.knowledge.speech_acts import speech_acts
from dragoman.reading.words import Word

_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
# Verbs whose object does the act in their complement: "urged X to leave".
OBJECT_CONTROL = frozenset(
    ["urge", "ask", "call", "tell", "order", "allow", "permit", "force", "persuade", "invite", "request", "require", "press", "push", "encourage", "implore", "beg", "advise", "instruct", "compel", "help", "enable", "expect", "want", "warn", "appeal", "convince", "direct", "command", "lead", "get", "authorise", "authorize", "let", "make", "see", "oblige", "entitle", "forbid", "remind", "exhort", "pressure", "task", "charge", "accuse"]
)
LIGHT = frozenset(
    ["hold", "have", "make", "give", "take", "launch", "carry", "conduct", "stage", "issue", "impose", "offer", "extend", "pay", "express", "voice", "convey", "send", "deliver", "lodge", "file", "submit", "sign", "conclude", "reach", "strike", "begin", "start", "resume", "continue", "open", "end", "complete", "undertake", "perform", "mount", "wage", "lead", "face", "receive", "get", "win", "show", "reiterate", "reaffirm", "renew", "repeat", "announce", "declare", "provide", "put", "place", "raise", "register", "address", "hand", "present", "exchange", "attend", "join", "host", "chair", "convene", "organise", "organize", "arrange", "kick", "finish", "wrap", "engage", "enter", "intensify", "step", "stress", "underline", "underscore", "emphasise", "emphasize", "articulate", "levy", "level", "direct", "pledge", "discuss", "propose", "plan", "cancel", "postpone"]
)
_TAKE_PLACE = frozenset(["take", "occur", "happen", "follow", "come", "begin", "start", "end", "last", "resume", "conclude", "continue", "open", "be"])


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


def joined(word: Word) -> list[Word]:
    """A word and those joined to it by "and" or a comma."""
    out = [word]
    stack = [word]
    while stack:
        current = stack.pop()
        for child in current.children:
            if (child.dep == "conj" and child.pos not in ("VERB", "AUX")) or (child.dep == "appos" and _list_like(child)):
                out.append(child)
                stack.append(child)
    return out


def _list_like(word: Word) -> bool:
    """An "apposition" that the parser made of a list: "Iran, Qatar and Oman"."""
    return any(c.dep == "conj" for c in word.children) and word.pos == "PROPN"


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
                if obj.dep == "pobj" and name not in ("of",):
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


def subject_of(verb: Word, depth: int = 0) -> list[Word]:
    """Who does what a verb says, wherever the sentence hides it; passives give the agent."""
    if depth > 8:
        return []
    if is_passive(verb):
        agent = [o for c in verb.children if c.dep == "agent" for o in c.children if o.dep == "pobj"]
        if agent:
            return [x for a in agent for x in joined(a)]
        by = [o for c in verb.children if c.dep == "prep" and c.lower == "by" for o in c.children if o.dep == "pobj"]
        if by:
            return [x for a in by for x in joined(a)]
        if verb.dep == "conj" and verb.head.pos == "VERB" and is_passive(verb.head):
            return subject_of(verb.head, depth + 1)
        return []
    own = verb.childs("nsubj", "csubj", "expl")
    own = [s for s in own if s.dep != "expl"]
    if own:
        return _relative(own[0], verb)
    found = _inherited(verb, depth)
    if not found and verb.tag in ("VBD", "VBZ", "VBP"):
        # "Washington, meanwhile, called on ...": the parser takes the name for a time or a vocative.
        loose = [
            c
            for c in verb.children
            if c.dep in ("npadvmod", "nmod", "dep")
            and c.pos == "PROPN"
            and c.i < verb.i
            and c.ent not in ("DATE", "TIME")
        ]
        return joined(loose[0]) if loose else []
    return found


def outer_subject(verb: Word) -> list[Word]:
    """Who acts when the verb's own clause names nobody who can.

    "stated that it is an internal affair and ruled out ...": who stated; "handed him a note demanding ...": who handed.
    """
    if verb.dep == "acl" and verb.tag == "VBG":
        return _possessor_or_subject(verb.head, 0)
    head = verb
    while head.dep in ("conj", "ccomp", "advcl") and head.head is not head and head.head.pos in ("VERB", "AUX"):
        head = head.head
    return subject_of(head) if head is not verb and verb.dep == "conj" else []


def finite_head(verb: Word) -> Word:
    """The verb that a joined verb really goes with: finite joins finite, infinitive joins infinitive, whatever the parser says."""
    head = verb.head
    if verb.tag in ("VBD", "VBZ", "VBP"):
        while head.tag in ("VB", "VBG") and head.head is not head and head.head.pos in ("VERB", "AUX"):
            head = head.head
        return head
    if (
        verb.tag == "VB"
        and head.tag in ("VBD", "VBZ", "VBP", "VBN")
        and not any(
            c.dep == "aux"
            for c in (*verb.children, *head.children)
            if c.tag in ("MD", "TO", "VBD", "VBP", "VBZ")
            and c.lemma in ("do", "to", "will", "would", "can", "could", "may", "might", "shall", "should", "must")
        )
    ):
        # "elaborated on efforts to stop the war, establish a truce and deliver aid": all hang on "to".
        between = [
            w
            for w in head.subtree()
            if w.tag == "VB" and w.i < verb.i and w is not verb and any(c.lower == "to" for c in w.children)
        ]
        if between:
            return max(between, key=lambda w: w.i)
    return head


def _relative(subject: Word, verb: Word) -> list[Word]:
    """A relative pronoun stands for the noun its clause hangs on."""
    if subject.lower in _RELATIVE and subject.tag in ("WP", "WDT", "WP$", "IN", "DT"):
        clause = verb
        while clause.dep in ("conj", "xcomp", "ccomp") and clause.head is not clause:
            clause = clause.head
        if clause.dep in ("relcl", "acl") and clause.head is not clause:
            return [clause.head]
        return []
    return joined(subject)


def _inherited(verb: Word, depth: int) -> list[Word]:
    head = verb.head
    if head is verb:
        return []
    if verb.dep == "conj":
        head = finite_head(verb)
        if head.pos in ("VERB", "AUX"):
            if is_passive(head) and not is_passive(verb):
                patients = head.childs("nsubjpass")
                return _relative(patients[0], head) if patients else _inherited(head, depth + 1)
            return subject_of(head, depth + 1)
        return []
    if verb.dep in ("xcomp", "ccomp", "advcl", "oprd"):
        if head.pos in ("VERB", "AUX"):
            if (
                verb.dep == "advcl"
                and verb.tag == "VBG"
                and head.dep == "ccomp"
                and verb.i > head.i
                and head.head.pos == "VERB"
                and _speaks(verb)
            ):
                # "noted that the regime had ..., stressing that": the one who notes is the one who stresses.
                return subject_of(head.head, depth + 1)
            if verb.dep in ("xcomp", "ccomp") and head.lemma in OBJECT_CONTROL:
                patients = [c for c in head.children if c.dep in ("dobj", "dative", "nsubjpass")]
                if not patients:
                    patients = [
                        o
                        for c in head.children
                        if c.dep == "prep" and c.lower in ("on", "to", "upon")
                        for o in c.children
                        if o.dep == "pobj"
                    ]
                if patients:
                    return [x for p in patients[:1] for x in _relative(p, head)]
            if is_passive(head):
                patients = head.childs("nsubjpass")
                return _relative(patients[0], head) if patients else subject_of(head, depth + 1)
            return subject_of(head, depth + 1)
        if head.pos in ("ADJ", "NOUN"):
            return (
                subject_of(head.head, depth + 1) if head.head is not head and head.head.pos in ("VERB", "AUX") else []
            )
        return []
    if verb.dep in ("acl", "relcl"):
        if verb.tag in ("VBD", "VBZ", "VBP") and any(
            c.dep == "cc" for c in head.children + [x for c in head.children for x in c.children]
        ):
            clause = clause_of(head)  # a joined main verb that the parser hung on a noun
            return subject_of(clause, depth + 1) if clause is not None else []
        if verb.tag in ("VBD", "VBZ", "VBP") and head.dep == "ROOT" and any(c.dep == "relcl" for c in head.children):
            return joined(head)  # "Ankara, which brokered the deal, called on ...": the main verb hung on its subject
        if verb.tag == "VBG":
            return joined(head)
        if verb.tag == "VB" or any(c.lower == "to" and c.dep == "aux" for c in verb.children):
            return _possessor_or_subject(head, depth)
        return []
    if verb.dep == "pcomp":
        prep = head
        up = prep.head
        if up is prep:
            return []
        if up.pos in ("VERB", "AUX"):
            if prep.lower in ("for", "of") and (objects := up.childs("dobj", "nsubjpass")):
                return joined(objects[0])
            return subject_of(up, depth + 1)
        return _possessor_or_subject(up, depth)
    return []


def _speaks(verb: Word) -> bool:
    return verb.lemma in speech_acts().saying or verb.lemma in _URGING


_URGING = frozenset(
    ["urge", "call", "accuse", "condemn", "praise", "express", "voice", "reiterate", "criticise", "criticize", "thank", "hail", "welcome", "reject", "vow", "demand", "ask", "appeal", "blame"]
)


def _possessor_or_subject(noun: Word, depth: int) -> list[Word]:
    """Whose plan, whose efforts: the possessor, a by-phrase, else the clause's subject."""
    owners = noun.childs("poss")
    if owners:
        return joined(owners[0])
    by = [
        o
        for c in noun.children
        if c.dep == "prep" and c.lower in ("by", "from", "of")
        for o in c.children
        if o.dep == "pobj"
    ]
    if by:
        return joined(by[0])
    clause = clause_of(noun)
    if clause is not None and noun.dep not in ("nsubj", "nsubjpass"):
        return subject_of(clause, depth + 1)
    return []


def clause_of(word: Word) -> Word | None:
    """The nearest verb above a word."""
    for above in word.ancestors():
        if above.pos in ("VERB", "AUX"):
            return above
    return None


def is_passive(verb: Word) -> bool:
    """Whether a verb stands in the passive: with an auxiliary, or as a bare participle behind its noun."""
    if verb.tag not in ("VBN", "VBD", "VB"):
        return False
    if any(c.dep in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.tag == "VBN":
        if any(c.dep in ("nsubj",) for c in verb.children) or any(
            c.dep == "aux" and c.lemma in ("have", "'ve") for c in verb.children
        ):
            return False
        if verb.dep in ("acl", "amod", "relcl", "advcl"):
            return True
        if verb.dep == "conj" and verb.head.tag == "VBN":
            return is_passive(verb.head)
        return any(c.dep == "agent" for c in verb.children)
    return verb.dep in ("acl",) and any(c.dep == "agent" for c in verb.children)


def _verb(verb: Word) -> Slots:
    s = Slots(passive=is_passive(verb))
    s.subject = subject_of(verb)
    if s.passive:
        patients = verb.childs("nsubjpass")
        if patients:
            s.object = _relative(patients[0], verb)
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
            moved = [c for c in verb.children if c.dep in ("dobj", "pobj") and c.lower in _RELATIVE]
            subject = verb.childs("nsubj")
            if moved or (subject and subject[0].lower not in _RELATIVE):
                s.object = [verb.head]
        if s.object and s.object[0].lower in _RELATIVE and verb.dep == "relcl":
            s.object = [verb.head]
        if not s.object and verb.dep == "conj" and verb.head.pos == "VERB" and verb.i > verb.head.i:
            pass
        if not s.object:
            # "condemned and rejected the attack": the object stands with the last verb.
            for later in verb.children:
                if later.dep == "conj" and later.pos == "VERB" and later.i - verb.i <= 3:
                    s.object = [x for c in later.children if c.dep == "dobj" for x in joined(c)]
        # "called Israel a terrorist state": what the object is named belongs to the object's words.
        s.object += [c for c in verb.children if c.dep == "oprd" and s.object]
    s.indirect = [x for c in verb.children if c.dep == "dative" and c.pos != "ADP" for x in joined(c)]
    prepositions(verb, s.preps)
    for obj in s.object[:1]:
        if obj.head is verb:
            hung: dict[str, list[Word]] = {}
            prepositions(obj, hung)
            for name, heads in hung.items():
                s.preps.setdefault(name, []).extend(h for h in heads if h not in s.preps[name])
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
        if noun.dep in ("dobj", "nsubjpass", "obj") and (verb.lemma in LIGHT or noun.dep == "nsubjpass"):
            s.light = verb
            s.subject += [x for x in subject_of(verb) if x not in s.subject]
            _merge_preps(verb, s)
            s.indirect = [x for c in verb.children if c.dep == "dative" for x in joined(c)]
        elif noun.dep == "nsubj" and verb.lemma in _TAKE_PLACE:
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


def _merge_preps(verb: Word, s: Slots) -> None:
    hung: dict[str, list[Word]] = {}
    prepositions(verb, hung)
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
