"""Verbs of saying and what is said behind, around or in front of them, read off the parse.

In: a verb and the ways it is used by `speech.yaml`. Out: a `Cue`, or None where no complement that it may take is
found. Refused: denied verbs, verbs held back ("refused to condemn"), and deeds in an infinitive, which are asked for,
not said.
"""

from __future__ import annotations

from dragoman.events.arguments import is_passive, joined
from dragoman.knowledge.modality import modality
from dragoman.knowledge.speech import Saying, sayings
from dragoman.reading.words import Reading, Word
from dragoman.record.contents import comma_before, left_edge, of_the_cue, reach, right_edge
from dragoman.record.speech_asides import aside_cue, inverted_cue, likened_cue
from dragoman.record.speech_cue import Cue, is_infinitive
from dragoman.record.speech_subjects import FINITE, denied, relayed_by, speakers_of

# Not "would" and "can": "would welcome talks", "can confirm that A" say it.
_AHEAD = frozenset(("will", "'ll", "shall", "may", "might", "could", "should", "must"))


def verb_cue(reading: Reading, verb: Word, ways: tuple[tuple[str, Saying], ...]) -> Cue | None:
    """What a verb of saying leads in, or None.

    Args:
        reading: the report.
        verb: the verb.
        ways: how it is used, each with the particle it needs, or "".
    """
    if verb.dep in ("amod", "compound") or denied(reading, verb) or _held_back(reading, verb):
        return None
    if relayed_by(verb) is not None:
        return None  # "quoted the minister as saying": the saying is the cue
    passive = is_passive(verb)
    particle = next((c for c in verb.children if c.dep in ("prt", "advmod") and c.i == verb.i + 1), None)
    word = particle.lower if particle is not None else ""
    usable = [s for p, s in ways if not p or p == word or _phrase(verb, p)]
    if not usable:
        return None
    finders = (
        likened_cue, inverted_cue, _clause, _command, _predicate, _after, _infinitive, _gerund, _object, aside_cue,
    )  # fmt: skip
    for finder in finders:
        for saying in usable:
            cue = finder(reading, verb, saying)
            if cue is None:
                continue
            if passive and not _passive_fits(cue, verb):
                continue
            if particle is not None and particle.dep == "prt":
                cue.last = max(cue.last, particle.i)
            if not cue.pattern.startswith("clause") and _bare_infinitive(verb):
                continue
            if saying.stance is None and _ahead(reading, verb):
                continue
            cue.speakers = cue.speakers or speakers_of(verb) or _cut_off_subject(verb, cue)
            if cue.stance is None and cue.pattern == "named it something":
                cue.stance = next((s.stance for s in usable if s.stance and "object" in s.takes), None)
            return cue
    return None


def _cut_off_subject(verb: Word, cue: Cue) -> list[Word]:
    """ "A, whose envoy was there, called on B": the parse may hang the verb on its subject as if it told more of it."""
    if verb.dep in ("acl", "relcl") and verb.tag == "VBD" and verb.head.dep == "ROOT" and not is_passive(verb):
        return joined(verb.head)
    return []


def _held_back(reading: Reading, verb: Word) -> bool:
    """ "stopped short of endorsing", "refused to condemn", "without naming", "have yet to say": not said."""
    if verb.tag == "VB" and any(c.lower == "to" and reading.words[c.i - 1].lower == "yet" for c in verb.children):
        return True
    if verb.dep == "pcomp":
        above = verb.head
        if above.lower in ("without", "from") or (above.lower == "of" and above.head.lower in ("short", "instead")):
            return True
    bound = verb.dep == "xcomp" or (verb.dep == "advcl" and verb.tag == "VB")
    return bound and verb.head.lemma in modality().negated.verbs


def _bare_infinitive(verb: Word) -> bool:
    """ "urged A to condemn B", "to defend B": asked for or aimed at, not said."""
    return verb.tag == "VB" and not any(c.dep == "aux" and c.tag == "MD" for c in verb.children) and verb.dep != "ROOT"


def _ahead(reading: Reading, verb: Word) -> bool:
    """ "will announce the date", "may say more": not said yet."""
    return any(
        c.dep == "aux" and c.lower in _AHEAD and all(w.text != "," for w in reading.words[c.i : verb.i])
        for c in verb.children
    )


def _phrase(verb: Word, tail: str) -> bool:
    """ "make clear", "pay tribute": the verb's own object or adjective completes the phrase."""
    return any(
        c.lower == tail and c.dep in ("dobj", "acomp", "oprd", "prt", "advmod", "ccomp", "amod") for c in verb.children
    )


def _passive_fits(cue: Cue, verb: Word) -> bool:
    """ "It was announced that", "was accused by X of": what is said must not be the one who suffers the verb."""
    return cue.pattern.startswith("clause")


def _made(verb: Word, saying: Saying, content: tuple[int, int], pattern: str, **more: object) -> Cue:
    cue = Cue(
        verb, verb.i, verb.i, content, pattern, saying.confidence,
        stance=saying.stance, wished=saying.wished, thought=saying.thought,
        shown=saying.shown,
    )  # fmt: skip
    for name, value in more.items():
        setattr(cue, name, value)
    if not cue.addressees:
        cue.addressees = _addressees(verb, saying)
    return cue


def _addressees(verb: Word, saying: Saying) -> list[Word]:
    found: list[Word] = []
    for child in verb.children:
        if "object" in saying.addressee and child.dep in ("dobj", "dative") and child.pos != "ADP":
            found += joined(child)
        elif child.dep in ("prep", "dative") and child.lower in saying.addressee:
            found += [w for o in child.children if o.dep == "pobj" for w in joined(o)]
    return found


def _has_subject(word: Word) -> bool:
    return any(c.dep in ("nsubj", "nsubjpass", "expl", "csubj") for c in word.children)


def _clause(reading: Reading, verb: Word, saying: Saying) -> Cue | None:
    """ "said that A", "said A", "asked whether A": a finite clause to the right."""
    if "clause" not in saying.takes:
        return None
    if verb.dep == "csubj" and verb.tag == "VBG" and verb.head.i > verb.i and comma_before(reading, verb.i):
        # ", stressing the repairs would be quick": the parse may take the participle for the clause's subject
        return _made(
            verb, saying, (verb.i + 1, right_edge(verb.head)), "clause after the verb", clause=verb.head, firm=True
        )
    for child in verb.children:
        if child.i <= verb.i or child.dep not in ("ccomp", "advcl", "pcomp", "xcomp", "relcl"):
            continue
        if child.dep in ("advcl", "relcl"):
            # "that" may be read as opening a purpose: "asked that Seoul lift"; a question as a clause of time
            if not any(c.lower == "that" and c.dep == "mark" for c in child.children) and not (
                "question" in saying.takes and _asks(child) and not comma_before(reading, left_edge(child))
            ):
                continue
        elif not _has_subject(child) and (child.tag == "VBG" or (is_infinitive(child) and not _asks(child))):
            continue
        first = max(left_edge(child), verb.i + 1)
        thing = verb.child("dobj")
        if thing is not None and thing.i < child.i and not _has_subject(child) and "object" not in saying.addressee:
            # "said her film, “A House”, would be shot": the parse may take the clause's subject for an object
            first = left_edge(thing)
        return _made(
            verb, saying, (first, reach(reading, verb, child, True)), "clause after the verb", clause=child, firm=True
        )
    return None


def _asks(clause: Word) -> bool:
    return any(c.tag in ("WRB", "WP", "WDT") or c.lower == "whether" for c in clause.children)


def _command(reading: Reading, verb: Word, saying: Saying) -> Cue | None:
    """ "urged A to do": the object and what it shall do."""
    if "command" not in saying.takes:
        return None
    for child in verb.children:
        if child.i <= verb.i or child.dep not in ("ccomp", "xcomp", "advcl", "dobj"):
            continue
        if child.dep == "dobj":
            continue
        if not is_infinitive(child):
            continue
        subject = child.child("nsubj", "nsubjpass")
        target = verb.child("dobj", "dative") if subject is None else subject
        if target is None or target.i < verb.i or target.i > child.i:
            continue
        first = left_edge(target)
        heads = joined(target)
        return _made(
            verb, saying, (max(first, verb.i + 1), reach(reading, verb, child, True)), "somebody to do something",
            targets=heads, addressees=heads if "object" in saying.addressee else [], clause=child,
        )  # fmt: skip
    # "urged A to do", with the infinitive hung on A
    target = verb.child("dobj")
    if target is not None and "object" in saying.addressee:
        for child in target.children:
            if child.dep in ("acl", "relcl") and is_infinitive(child):
                heads = joined(target)
                span = (left_edge(target), reach(reading, verb, target, True))
                return _made(
                    verb, saying, span, "somebody to do something", targets=heads, addressees=heads, clause=child
                )
    return None


def _predicate(reading: Reading, verb: Word, saying: Saying) -> Cue | None:
    """ "called A a B", "described A as B"."""
    if "predicate" not in saying.takes:
        return None
    called = _called_so(reading, verb)
    if called is not None:
        return _made(verb, saying, called, "named it something", clause=reading.words[called[1]])
    thing = verb.child("dobj")
    if thing is None and (turned := _turned_predicate(verb)) is not None:
        span = (left_edge(turned), right_edge(turned))
        first = next(c.i for c in turned.children if c.dep in ("det", "poss") and c.i > span[0])
        speech, judged = sayings().speech, turned.children[0].lemma
        stance = "positive" if judged in speech.praise else "negative" if judged in speech.blame else saying.stance
        return _made(verb, saying, (first, span[1]), "named it something", targets=joined(turned), stance=stance)
    if thing is not None and thing.i > verb.i:
        for child in verb.children:
            likened = child.dep in ("advcl", "acomp", "advmod") and any(c.lower == "as" for c in child.children)
            if child.i > thing.i and (
                child.dep in ("oprd", "xcomp") or (child.dep == "prep" and child.lower == "as") or likened
            ):
                if child.dep == "xcomp" and child.pos == "VERB":
                    continue
                span = (left_edge(thing), reach(reading, verb, child, False))
                return _made(verb, saying, span, "named it something", targets=joined(thing))
        for child in thing.children:
            if child.dep == "prep" and child.lower == "as":
                span = (left_edge(thing), reach(reading, verb, thing, False))
                return _made(verb, saying, span, "named it something", targets=joined(thing))
    for child in verb.children:
        if (
            child.i > verb.i
            and child.dep in ("ccomp", "xcomp", "oprd")
            and child.pos in ("NOUN", "ADJ", "PROPN", "VERB")
        ):
            inner = child.child("nsubj", "nsubjpass")
            if (
                inner is not None
                and inner.i > verb.i
                and child.tag not in FINITE
                and not child.childs("aux", "cop", "mark")
            ):
                span = (left_edge(inner), reach(reading, verb, child, False))
                return _made(verb, saying, span, "named it something", targets=joined(inner))
    return None


def _called_so(reading: Reading, verb: Word) -> tuple[int, int] | None:
    """ "what he called “a bad hour”": the first and last word of the quotation right behind the verb."""
    if verb.dep not in ("relcl", "pcomp", "ccomp", "csubj") or not any(c.tag in ("WP", "WDT") for c in verb.children):
        return None
    quotation = next((q for q in reading.quotations if 0 <= q.outer_start - verb.end <= 1), None)
    inside = reading.words_between(quotation.start, quotation.end) if quotation is not None else []
    return (inside[0].i, inside[-1].i) if inside else None


def _turned_predicate(verb: Word) -> Word | None:
    """ "described as absurd the claim that A": the parse reads "absurd the claim" as one phrase."""
    for child in verb.children:
        if child.dep == "prep" and child.lower == "as" and child.i == verb.i + 1:
            thing = child.child("pobj")
            if thing is not None and thing.children and thing.children[0].dep == "amod":
                judged = thing.children[0]
                if any(c.dep in ("det", "poss") and judged.i < c.i < thing.i for c in thing.children):
                    return thing
    return None


def _after(reading: Reading, verb: Word, saying: Saying) -> Cue | None:
    """ "called for A", "warned of A", "called on A to do"."""
    if not saying.after:
        return None
    for child in verb.children:
        if (
            child.dep not in ("prep", "agent")
            or child.lower not in saying.after
            or child.i < verb.i
            or child.i > verb.i + 8
        ):
            continue
        inner = child.child("pobj", "pcomp")
        if inner is None or inner.ent in ("DATE", "TIME") or inner.tag in ("PRP", "WDT", "WP"):
            continue
        if child.lower == "on" and of_the_cue(child):
            # "speaking on condition of anonymity", "on television"
            continue
        if "to" in saying.after and child.lower in saying.addressee:
            # an appeal to somebody is one only with what is asked
            deed = [
                c for c in verb.children if c.dep in ("xcomp", "advcl", "ccomp") and c.i > child.i and is_infinitive(c)
            ]
            hung = [c for c in inner.children if c.dep in ("acl", "relcl") and is_infinitive(c)]
            if not deed and not hung:
                continue
            last = right_edge((deed or hung)[-1])
            return _made(
                verb, saying, (left_edge(inner), max(last, reach(reading, verb, child, True))),
                f"{child.lower} somebody to do",
                targets=joined(inner), clause=(deed or hung)[-1], last=child.i,
            )  # fmt: skip
        span = (left_edge(inner), reach(reading, verb, child, False))
        if span[0] <= child.i:
            span = (child.i + 1, span[1])
        return _made(verb, saying, span, f"what stands after {child.lower!r}", targets=joined(inner), last=child.i)
    return None


def _infinitive(reading: Reading, verb: Word, saying: Saying) -> Cue | None:
    """ "vowed to do"."""
    if "infinitive" not in saying.takes:
        return None
    for child in verb.children:
        if child.i > verb.i and child.dep == "xcomp" and is_infinitive(child) and not _has_subject(child):
            if _stays_silent(verb, child) or _stays_unnamed(child):
                return None
            first = max(left_edge(child), verb.i + 1)
            return _made(verb, saying, (first, reach(reading, verb, child, True)), "to do something", clause=child)
    return None


def _stays_silent(verb: Word, deed: Word) -> bool:
    """ "declined to comment", "refused to give details": nothing is said."""
    known = sayings()
    return verb.lemma in modality().negated.verbs and (
        deed.lemma in known.verbs
        or (deed.lemma in known.speech.carriers and any(c.lemma in known.nouns for c in deed.childs("dobj")))
    )


def _stays_unnamed(deed: Word) -> bool:
    """ "asked not to be named": how the source speaks, not what it says."""
    return deed.lemma in sayings().speech.unnamed and is_passive(deed) and any(c.dep == "neg" for c in deed.children)


def _gerund(reading: Reading, verb: Word, saying: Saying) -> Cue | None:
    """ "suggested holding", "denied having done"."""
    if "gerund" not in saying.takes:
        return None
    for child in verb.children:
        if (
            child.i > verb.i
            and child.dep in ("xcomp", "ccomp", "dobj")
            and child.tag == "VBG"
            and not comma_before(reading, child.i)
        ):
            first = max(left_edge(child), verb.i + 1)
            return _made(verb, saying, (first, reach(reading, verb, child, False)), "doing something", clause=child)
    return None


def _object(reading: Reading, verb: Word, saying: Saying) -> Cue | None:
    """ "condemned A", "thanked A for B", "accused A of B"."""
    if "object" not in saying.takes:
        return None
    thing = next(
        (c for c in verb.children if c.dep in ("dobj", "obj", "dative") and c.i > verb.i and c.pos != "ADP"), None
    )
    if thing is None:
        for later in verb.children:
            # "condemned and rejected the raid"
            if later.dep == "conj" and later.pos == "VERB" and later.i - verb.i <= 4:
                thing = later.child("dobj")
                break
    if thing is not None and (thing.lemma == "other" and any(c.lower == "each" for c in thing.children)):
        return None
    if thing is None or (thing.tag in ("PRP", "WP", "WDT", "DT", "EX") and not saying.needs):
        if thing is None or thing.tag != "PRP" or not saying.stance:
            return None
        if not any(c.dep == "prep" and c.lower in ("for", "as", "of", "over") for c in verb.children):
            return None
    if (of_the_cue(thing) and thing.ent) or thing.lower in ("nothing", "none", "little"):
        return None
    holders = (verb, thing)
    if saying.needs and not any(
        c.dep in ("prep", "agent") and c.lower in saying.needs and c.i > thing.i for h in holders for c in h.children
    ):
        return None
    owner = thing.head if thing.head.pos == "VERB" else verb
    span = (left_edge(thing), reach(reading, owner, thing, False))
    return _made(
        verb, saying, span, "object of the verb", targets=joined(thing), things=saying.things, people=saying.people
    )
