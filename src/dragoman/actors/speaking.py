"""Whose words they are, as far as "our country", "I" and "the armed forces" need it.

In: a word on the `Stage`. Out: the one who speaks there, or None: in reported speech the subject of the verb of saying
above the word, in a quotation the subject of the verb of saying beside it. A quotation that nobody is named for means
nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.actors.cast import Player
from dragoman.actors.stage import SUBJECT, Stage
from dragoman.knowledge.reference import reference
from dragoman.knowledge.speech_acts import speech_acts
from dragoman.reading.words import Quotation, Word

# How many words outside a quotation may lie between it and the verb that tells who speaks.
_REACH = 12


def reporting(stage: Stage, word: Word) -> Player | None:
    """Who says, in reported speech, the clause that holds a word: "the minister said the army would answer"."""
    below = word
    for above in word.ancestors():
        if below.dep in ("ccomp", "xcomp", "advcl") and _says(above):
            return _subject(stage, above)
        below = above
    return None


def quoting(stage: Stage, word: Word) -> Player | None:
    """Who speaks in the quotation that holds a word."""
    quotation = stage.reading.quoted(word.start)
    if quotation is None:
        return None
    parts = [q for q in stage.reading.quotations if q.part == quotation.part]
    best: Player | None = None
    nearest = _REACH + 1
    for verb, distance in _verbs_beside(stage, parts):
        if distance < nearest and (player := _subject(stage, verb)) is not None:
            best, nearest = player, distance
    return best or _announced(stage, parts[0])


def _verbs_beside(stage: Stage, parts: list[Quotation]) -> Iterator[tuple[Word, int]]:
    """Verbs of saying outside the quotation, in its sentences, with how many words lie between."""
    for part in parts:
        inside = stage.reading.words_between(part.outer_start, part.outer_end)
        if not inside:
            continue
        first, last = inside[0].i, inside[-1].i
        for i in range(max(0, first - _REACH), min(len(stage.words), last + 1 + _REACH)):
            word = stage.words[i]
            beside = word.sentence in (inside[0].sentence, inside[-1].sentence)
            announced = word.dep == "ROOT" and i < first and stage.words[first - 1].text == ":"
            if (
                first <= i <= last
                or not beside
                or not (_says(word) or announced)
                or stage.reading.quoted(word.start) is not None
            ):
                continue
            yield word, first - i if i < first else i - last


def _announced(stage: Stage, part: Quotation) -> Player | None:
    """The sentence before ends in a colon, or its subject just spoke: "He was blunt: ..."."""
    inside = next(iter(stage.reading.words_between(part.outer_start, part.outer_end)), None)
    if inside is None or inside.sentence == 0:
        return None
    words = stage.reading.sentence_words(inside.sentence - 1)
    ends = any(w.text == ":" for w in words[-2:])
    opens = part.outer_start <= stage.reading.sentences[inside.sentence].start
    for verb in [w for w in words if _says(w) or (ends and w.dep == "ROOT")] if ends or opens else []:
        if (player := _subject(stage, verb)) is not None:
            return player
    return None


def _says(word: Word) -> bool:
    return word.pos in ("VERB", "AUX") and (word.lemma in reference().saying or word.lemma in speech_acts().saying)


def _subject(stage: Stage, verb: Word) -> Player | None:
    """The one actor that is a verb's subject; of "arrived and said", the subject of the first."""
    subject = subject_of(verb)
    mention = stage.cast.at(subject.i) if subject is not None else None
    return mention.players[0] if mention is not None and len(mention.players) == 1 else None


def subject_of(verb: Word) -> Word | None:
    """A verb's subject, or that of the verb it shares its subject with: "arrived and said", "agreed to pay"."""
    for acting in (verb, *verb.ancestors()):
        subject = acting.child(*SUBJECT)
        if subject is not None or acting.dep not in ("conj", "xcomp", "advcl"):
            return subject
    return None
