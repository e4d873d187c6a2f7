"""Contacts told in passing: as the reason of thanks, as the time of something else. They are older than the news.

In: the word that names a contact. Out: whether its sentence only goes back to it.
"""

from __future__ import annotations

from dragoman.reading.words import Reading, Word
from dragoman.record.around import definite


def thanked_for(reading: Reading, noun: Word) -> bool:
    """ "thanked X for the participation in the ceremony": the reason of thanks is older."""
    sentence = reading.sentences[noun.sentence]
    for i in range(noun.i, max(sentence.first, noun.i - 40) - 1, -1):
        word = reading.words[i]
        if word.lemma in ("thank", "thanks", "appreciate", "gratitude", "appreciation", "thankful", "grateful"):
            return True
        if (
            word.tag in ("VBD", "VBZ", "VBP")
            and word.lemma not in ("voice", "express", "extend", "convey", "be")
            and not _reduced(word)
        ):
            return False
    return False


def harked_back_to(word: Word) -> bool:
    """ "the deals struck during the visits by X to Y": a definite noun tells it in passing."""
    verb = word.head.head
    if word.pos != "NOUN" or word.dep != "pobj" or not definite(word) or (word.sentence == 0 and not _reduced(verb)):
        return False
    return (
        _reduced(verb)
        or verb.tag == "VBN"
        or (word.head.lower == "during" and verb.dep != "ROOT")
        or word.head.lower in ("since", "after", "following")
        or verb.pos == "NOUN"
    )


def _reduced(verb: Word) -> bool:
    """ "the wells agreed on during the visits": a participle behind its noun, whatever the parser takes it for."""
    if verb.dep == "acl":
        return True
    bare = not any(c.dep in ("nsubj", "nsubjpass", "aux", "mark") for c in verb.children)
    return verb.dep == "advcl" and verb.tag in ("VBN", "VBD") and bare
