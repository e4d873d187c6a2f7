"""Who does what a verb says, wherever the sentence hides it.

In: a verb. Out: the words that head the phrases naming who acts. Passives give the agent; relative clauses, joined
verbs, infinitives, participles and "urged X to leave" are undone here. Nobody named gives an empty list.
"""

from __future__ import annotations

from dragoman.knowledge.grammar import wordings
from dragoman.knowledge.speech_acts import speech_acts
from dragoman.reading.words import Word

RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))


def joined(word: Word) -> list[Word]:
    """A word and those joined to it by "and" or a comma."""
    out = [word]
    stack = [word]
    while stack:
        current = stack.pop()
        for child in current.children:
            if (child.dep == "conj" and child.pos not in ("VERB", "AUX")) or (
                child.dep == "appos" and _list_like(child)
            ):
                out.append(child)
                stack.append(child)
    return out


def _list_like(word: Word) -> bool:
    """An "apposition" that the parser made of a list: "Iran, Qatar and Oman"."""
    return any(c.dep == "conj" for c in word.children) and word.pos == "PROPN"


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
    mistaken = misread(verb)
    if mistaken is not None:
        return joined(mistaken)
    own = verb.childs("nsubj", "csubj")
    if own:
        return heads_of_relative(own[0], verb)
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
    """The verb that a joined verb really goes with: finite joins finite, infinitive infinitive."""
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


def heads_of_relative(subject: Word, verb: Word) -> list[Word]:
    """A relative pronoun stands for the noun its clause hangs on."""
    if subject.lower in RELATIVE and subject.tag in ("WP", "WDT", "WP$", "IN", "DT"):
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
                return heads_of_relative(patients[0], head) if patients else _inherited(head, depth + 1)
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
            if verb.dep in ("xcomp", "ccomp") and head.lemma in wordings().object_control:
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
                    return [x for p in patients[:1] for x in heads_of_relative(p, head)]
            if is_passive(head):
                patients = head.childs("nsubjpass")
                return heads_of_relative(patients[0], head) if patients else subject_of(head, depth + 1)
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
    return verb.lemma in speech_acts().saying or verb.lemma in wordings().urging


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


def misread(verb: Word) -> Word | None:
    """The subject of a main verb that the parser took for a participle, in a sentence without any other verb.

    "Drivers in Porto downed tools": as if the drivers were downed tools. "A convoy with flour left Zagreb": as if it
    was left.
    """
    if verb.tag not in ("VBN", "VBD") or any(
        c.dep in ("nsubj", "nsubjpass", "auxpass", "agent") for c in verb.children
    ):
        return None
    if verb.dep == "amod" and verb.tag == "VBN":
        thing = verb.head
        top = thing.head if thing.dep == "appos" and verb.i == thing.i - 1 else verb
    else:
        top = verb.head if verb.dep == "acl" and verb.tag == "VBD" and verb.childs("dobj") else verb
    if top is verb or top.dep != "ROOT" or top.pos not in ("NOUN", "PROPN") or top.i > verb.i:
        return None
    return None if any(c.dep in ("nsubj", "nsubjpass") for c in top.children) else top


def is_passive(verb: Word) -> bool:
    """Whether a verb stands in the passive: with an auxiliary, or as a bare participle behind its noun."""
    if verb.tag not in ("VBN", "VBD", "VB") or misread(verb) is not None:
        return False
    if any(c.dep in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.tag == "VBN":
        if any(c.dep == "nsubj" for c in verb.children) or any(
            c.dep == "aux" and c.lemma in ("have", "'ve") for c in verb.children
        ):
            return False
        if verb.dep in ("acl", "amod", "relcl", "advcl"):
            return True
        if verb.dep == "conj" and verb.head.tag == "VBN":
            return is_passive(verb.head)
        return any(c.dep == "agent" for c in verb.children)
    if verb.dep == "conj" and verb.lemma == "hand" and verb.head.pos == "VERB" and not verb.childs("prt", "nsubj"):
        return is_passive(verb.head)  # "was called in and handed a note": he did not hand it
    return verb.dep == "acl" and any(c.dep == "agent" for c in verb.children)
