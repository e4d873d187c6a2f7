"""What became of a commitment: kept, broken, rejected, renewed, taken back, on hold, under way.

In: the noun that names it, and the verb of its clause. Out: its status with the words that tell it, or None.
"""

from __future__ import annotations

from dragoman.events.arguments import is_passive
from dragoman.events.status import standing_of
from dragoman.knowledge.commitments import binding_words
from dragoman.reading.words import Word

_DEPS = frozenset(("dobj", "obj", "nsubjpass", "nsubj", "pobj"))
_BEING = frozenset(("be", "remain", "stay", "get", "go", "come", "lie", "hang", "enter"))
# Of what stands as their subject these tell the fate; of the rest only what stands as their object.
_ALONE = frozenset(("lapse", "collapse", "unravel", "stall", "falter"))


def fate_of(word: Word, verb: Word | None) -> tuple[str | None, str]:
    """The status that the words around a noun give it, and which words do."""
    known = binding_words()
    file = known.file
    for child in word.children:
        if child.dep == "amod" and child.lower in file.fates_adjective:
            return file.fates_adjective[child.lower], f"{child.text} {word.text}"
    if word.dep == "conj" and word.head.pos in ("NOUN", "PROPN"):
        word = word.head  # "tore up the contract and the treaty"
    if verb is None or word.dep not in _DEPS:
        return None, ""
    why = f"{verb.text} ... {word.text}"
    standing = standing_of(verb).status
    negated = any(c.dep == "neg" for c in verb.children) or any(a.lemma == "fail" for a in list(verb.ancestors())[:1])
    if verb.lemma in file.keeping and negated:
        return ("broken", f"not {why}") if standing in ("negated", "occurred") else (None, "")
    if standing != "occurred":
        return None, ""
    if word.dep == "nsubj" and verb.lemma in _BEING:
        return state_of(verb)
    particles = {c.lower for c in verb.children if c.dep in ("prep", "prt", "acomp", "advmod", "oprd")}
    if not particles.isdisjoint(file.delivering.get(verb.lemma, ())):
        return ("under_way" if _going_on(verb) else "fulfilled"), why
    if word.dep == "pobj":
        return _of_leaving(word, verb, particles, why)
    for fate, verbs in file.fates_particle.items():
        if not particles.isdisjoint(verbs.get(verb.lemma, ())):
            return fate, why
    given = known.fates.get(verb.lemma)
    if given is None or (word.dep == "nsubj" and verb.lemma not in _ALONE):
        return None, ""
    if given == "fulfilled" and _going_on(verb):
        return "under_way", why
    if given == "under_way" and verb.tag != "VBG" and not _going_on(verb):
        return "fulfilled", why
    return given, why


def _going_on(verb: Word) -> bool:
    """ "are carrying out", "have begun to carry out"; but "carrying out its threat, X closed" tells it is done."""
    being = verb.tag == "VBG" and any(c.dep == "aux" and c.lemma == "be" for c in verb.children)
    return being or (verb.dep == "xcomp" and verb.head.lemma in binding_words().file.starting)


def _of_leaving(word: Word, verb: Word, particles: set[str], why: str) -> tuple[str | None, str]:
    """ "pulled out of the pact", "withdrew from the accord", "reneged on its pledge"."""
    file = binding_words().file
    led = {word.head.lower, word.head.head.lower} | particles
    away = any(c.dep == "dobj" for c in verb.children)  # "withdrew its troops from"
    if not led.isdisjoint(file.leaving.get(verb.lemma, ())) and not away and not is_passive(verb):
        return "withdrawn", why
    return (binding_words().fates.get(verb.lemma), why) if verb.lemma in ("renege", "deliver") else (None, "")


def state_of(verb: Word) -> tuple[str | None, str]:
    """ "has been on hold", "got under way"."""
    states = binding_words().file.states
    for prep in verb.children:
        if prep.dep != "prep":
            continue
        for noun in prep.children:
            words = f"{prep.lower} {noun.lower}"
            if words in states:
                return states[words], words
    for child in verb.children:
        if child.lower in states:
            return states[child.lower], child.text  # "got underway"
    return None, ""
