"""Whether it happened: planned, requested, hypothetical, negated, or told as older than the news.

In: a word that names an act. Out: a status with the words that decide it; "occurred" where nothing speaks against it.
What governs the act is asked from near to far: its own auxiliaries and adjectives, then the verbs and nouns it is a
complement of.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.events.arguments import finite_head, is_passive, misread
from dragoman.knowledge.grammar import wordings
from dragoman.knowledge.modality import Modality, modality
from dragoman.reading.words import Word

_ORDER = ("negated", "requested", "hypothetical", "planned")


@dataclass(frozen=True, slots=True)
class Standing:
    """A status and the words behind it."""

    status: str
    because: str
    governor: Word | None = None


def standing_of(word: Word) -> Standing:
    """The status of the act a word names, as its sentence tells it."""
    words = modality()
    return _noun_standing(word, words) if word.pos in ("NOUN", "PROPN") else _verb_standing(word, words)


def _negation(word: Word) -> Word | None:
    """The word that denies: "not", "no", "nobody"."""
    known = wordings()
    for child in word.children:
        if child.dep == "neg" or (child.dep in ("advmod", "det", "preconj", "cc") and child.lower in known.negations):
            return child
    for child in word.children:
        # "gave no commitment": the object's own denial
        if child.dep == "dobj" and any(c.dep == "det" and c.lower == "no" for c in child.children):
            return next(c for c in child.children if c.lower == "no")
        if child.dep in ("nsubj", "nsubjpass") and (
            child.lower in known.nobody or any(c.dep == "det" and c.lower in ("no", "neither") for c in child.children)
        ):
            return child
    return None


def _verb_standing(verb: Word, words: Modality) -> Standing:
    # An auxiliary counts for all verbs joined to the one that carries it: "will meet and sign".
    carrier = verb
    while (
        carrier.dep == "conj"
        and carrier.head.pos in ("VERB", "AUX")
        and not any(c.dep in ("aux", "nsubj", "auxpass", "nsubjpass") for c in carrier.children)
    ):
        if carrier.tag != carrier.head.tag and not (
            carrier.tag in ("VBD", "VBN", "VB", "VBP") and carrier.head.tag in ("VBD", "VBN", "VB", "VBP")
        ):
            break
        carrier = finite_head(carrier)
    negation = _negation(verb) or (_negation(carrier) if carrier.tag == verb.tag else None)
    # "not only condemned": said of an act that happened
    if negation is not None and not any(c.lower == "only" for c in (*verb.children, *negation.children)):
        return Standing("negated", f"{negation.text} {verb.text}")
    for child in (*verb.children, *(carrier.children if carrier is not verb else ())):
        if child.dep == "mark" and child.lower in words.conditional and child.lower != "until":
            return Standing("hypothetical", child.text)
        if child.dep == "advmod" and child.lower == "when" and verb.tag in ("VBP", "VBZ"):
            return Standing("hypothetical", child.text)
    for child in (*verb.children, *(carrier.children if carrier is not verb else ())):
        if child.dep in ("aux", "ROOT") and child.tag == "MD":
            low = child.lower
            if low in words.requested.modals:
                return Standing("requested", f"{child.text} {verb.text}")
            if low in words.hypothetical.modals:
                return Standing("hypothetical", f"{child.text} {verb.text}")
            if low in words.planned.modals:
                has = any(c.dep == "aux" and c.lemma == "have" for c in verb.children)
                return Standing("hypothetical" if has else "planned", f"{child.text} {verb.text}")
    upward = _governor(carrier, words)
    if upward is not None:
        return upward
    return Standing("occurred", "")


def _governor(word: Word, words: Modality, depth: int = 0) -> Standing | None:
    """What a verb or noun is a complement of."""
    head = word.head
    if head is word or depth > 5:
        return None
    infinitive = word.tag == "VB" or any(c.dep == "aux" and c.lower == "to" for c in word.children)
    if word.dep in ("xcomp", "ccomp", "oprd") or (word.dep == "advcl" and infinitive):
        found = _of_governing(head, words, infinitive or word.dep == "xcomp", word)
        if found is not None:
            if found.status == "planned" and _negation(head) is not None:
                return Standing("negated", f"not {head.text}", head)
            return found
        if head.pos in ("VERB", "AUX") and infinitive and word.dep == "advcl":
            return Standing("planned", f"{head.text} to {word.text}", head)
        if word.dep == "xcomp" or infinitive:
            return _inherit(head, words, depth)
        return None
    if word.dep in ("acl", "ccomp") and not infinitive and head.pos == "NOUN" and head.lemma in words.reported:
        # "denied reports that it is massing troops": what a report says is denied with it
        return _denied(head, words, word)
    if word.dep == "acl" and infinitive and head.pos in ("NOUN", "PROPN"):
        if head.lemma in wordings().attempts:
            return Standing("attempted", f"{head.text} to {word.text}", head)
        return _of_noun(head, words) or Standing("planned", f"{head.text} to {word.text}", head)
    if word.dep == "pcomp":
        up = head.head
        if up is head:
            return None
        if up.lower == "short" or (head.lower == "of" and any(c.lower == "short" for c in up.children)):
            return Standing("negated", f"short of {word.text}", up)
        if up.pos in ("NOUN", "PROPN"):
            return _of_noun(up, words)
        return _of_governing(up, words, True, word)
    if word.dep == "conj" and head.pos == word.pos:
        real = finite_head(word)
        if real is not head:
            return _inherit(real, words, depth + 1) if real.dep != "ROOT" else None
        return _governor(head, words, depth + 1)
    return None


def _denied(noun: Word, words: Modality, word: Word) -> Standing | None:
    verb = noun.head
    if noun.dep in ("dobj", "nsubjpass") and verb.pos in ("VERB", "AUX") and verb.lemma in words.negated.verbs:
        return Standing("negated", f"{verb.text} {noun.text} ... {word.text}", verb)
    return None


def _inherit(head: Word, words: Modality, depth: int) -> Standing | None:
    if head.pos == "NOUN":
        return None
    standing = _verb_standing(head, words) if depth < 4 and head.pos in ("VERB", "AUX") else None
    return standing if standing is not None and standing.status != "occurred" else None


def _of_governing(head: Word, words: Modality, infinitive: bool, word: Word) -> Standing | None:
    if head.pos in ("VERB", "AUX"):
        lemma = head.lemma
        if lemma == "be" and infinitive:
            adjective = head.child("acomp", "attr")
            if adjective is not None:
                return _of_adjective(adjective, words)
            return Standing("planned", f"{head.text} to {word.text}", head)
        for status in _ORDER:
            if lemma in getattr(words, status).verbs:
                if not infinitive and _only_tells(status, lemma, word):
                    return None
                return Standing(status, f"{head.text} ... {word.text}", head)
        return None
    if head.pos == "ADJ":
        return _of_adjective(head, words)
    if head.pos in ("NOUN", "PROPN"):
        return _of_noun(head, words)
    return None


def _only_tells(status: str, lemma: str, word: Word) -> bool:
    """ "announced that X had left" tells of it, "told them that X had left" asks nobody for it."""
    known = wordings()
    if status == "requested":
        return lemma in known.tell_requested and word.tag != "VB"
    return (status == "planned" and lemma in known.tell_planned) or (
        status == "hypothetical" and lemma in known.tell_hypothetical
    )


def _of_adjective(adjective: Word, words: Modality) -> Standing | None:
    for status in _ORDER:
        if adjective.lower in getattr(words, status).adjectives:
            negated = any(c.dep == "neg" for c in (*adjective.children, *adjective.head.children))
            return Standing("negated" if negated and status == "planned" else status, adjective.text, adjective)
    return None


def _of_noun(noun: Word, words: Modality) -> Standing | None:
    for status in _ORDER:
        if noun.lemma in getattr(words, status).nouns:
            return Standing(status, noun.text, noun)
    return None


def _noun_standing(noun: Word, words: Modality) -> Standing:
    if _negation(noun) is not None:
        return Standing("negated", f"no {noun.text}")
    for child in noun.children:
        if child.dep in ("amod", "compound", "advmod"):
            found = _of_adjective(child, words)
            if found is not None:
                return found
            for status in ("planned", "hypothetical", "requested", "negated"):
                if child.tag in ("VBN", "VBG") and child.lemma in getattr(words, status).verbs:
                    return Standing(status, f"{child.text} {noun.text}", child)
    head = noun.head
    if noun.dep == "conj" and head.pos in ("NOUN", "PROPN"):
        return _noun_standing(head, words)
    if noun.dep == "pobj":
        up = head.head
        if up.pos in ("NOUN", "PROPN") and head.lower in ("of", "for", "to", "on", "about", "against"):
            found = _of_noun(up, words)
            if found is not None:
                return found
            return Standing("occurred", "")
        under = up.pos in ("VERB", "AUX") and up.lemma != "be"  # "who is on a visit": it is under way
        if under and head.lower in ("for", "to", "about", "on", "against", "from", "out"):
            found = _of_governing(up, words, True, noun)
            if found is not None:
                return found
        if up.pos == "ADJ":
            found = _of_adjective(up, words)
            if found is not None:
                return found
        if head.lower == "without":
            return Standing("negated", f"without {noun.text}")
        return Standing("occurred", "")
    if noun.dep in ("dobj", "nsubjpass", "nsubj", "attr") and head.pos in ("VERB", "AUX"):
        if noun.dep in ("dobj", "nsubjpass"):
            for status in _ORDER:
                if head.lemma in getattr(words, status).verbs and head.lemma not in wordings().noun_free:
                    return Standing(status, f"{head.text} {noun.text}", head)
            if head.lemma == "announce":
                return Standing("planned", f"{head.text} {noun.text}", head)
        own = _verb_standing(head, words)
        if own.status != "occurred":
            return own
        if noun.dep in ("nsubjpass", "nsubj") and is_passive(head):
            inner = head.child("xcomp")
            if inner is not None and head.lemma in words.planned.verbs:
                return Standing("planned", f"{head.text} to {inner.text}", head)
        if noun.dep == "nsubj" and head.lemma == "be":
            adjective = head.child("acomp")
            if adjective is not None:
                found = _of_adjective(adjective, words)
                if found is not None:
                    return found
    return Standing("occurred", "")


def is_background(word: Word, first_sentence: bool) -> str | None:
    """Words that put an act before the news: a reason of thanks, a definite older visit, the past perfect."""
    words = modality()
    if word.pos in ("NOUN", "PROPN"):
        for child in word.children:
            if child.dep == "amod" and child.lower in words.background.adjectives:
                return f"{child.text} {word.text}"
        definite = any(c.dep == "det" and c.lower in ("the", "those", "these") for c in word.children)
        if definite and word.dep == "pobj" and not first_sentence:
            return f"the {word.text}"
        return None
    if (
        word.dep == "pcomp"
        and word.head.lower in ("for", "after", "since", "following")
        and word.head.head.pos in ("VERB", "AUX")
    ):
        return f"{word.head.text} {word.text}"
    had = next((c for c in word.children if c.dep == "aux" and c.lower in ("had", "'d")), None)
    if had is not None and word.dep in ("ROOT", "relcl", "advcl") and not first_sentence:
        return f"{had.text} {word.text}"
    participle = word.dep in ("acl", "amod") and word.tag == "VBN" and word.head.pos in ("NOUN", "PROPN")
    if participle and misread(word) is None:
        return f"{word.head.text} {word.text}"
    return None
