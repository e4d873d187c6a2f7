"""Which frames of the lexicon a word may be coded by, and whether a frame fits its surroundings.

In: the lexicon's frames; a word with its slots. Out: candidate frames, the most specific first, and yes or no for one
of them: words before it, particle, object, complement and phrases must all be there.
"""

from __future__ import annotations

from collections import defaultdict

from dragoman.actors.cast import Cast
from dragoman.events.arguments import Slots
from dragoman.events.parties import sides_at
from dragoman.knowledge.lexicon import Frame
from dragoman.reading.words import Reading, Word

# A frame with the words that must stand before its last one: ("take", "part") hangs on "part".
Row = tuple[tuple[str, ...], Frame]


class Lexicon:
    """Frames by the word they hang on."""

    def __init__(self, frames: tuple[Frame, ...]) -> None:
        self.by_word: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self.forms: dict[str, str] = {}
        for frame in frames:
            for word in frame.words:
                parts = tuple(word.lower().replace("-", " - ").split())
                self.by_word[frame.pos, parts[-1]].append((parts[:-1], frame))
                if frame.pos == "verb":
                    for form in _inflected(parts[-1]):
                        self.forms.setdefault(form, parts[-1])
        for rows in self.by_word.values():
            rows.sort(key=lambda row: (-(row[1].specificity + 3 * len(row[0])), -row[1].weight))

    def candidates(self, word: Word) -> list[Row]:
        """Frames whose head is this word, the most specific first."""
        if word.pos in ("VERB", "AUX") or word.tag.startswith("VB"):
            return self.by_word.get(("verb", word.lemma), []) or self.by_word.get(("verb", word.lower), [])
        if word.pos in ("NOUN", "PROPN"):
            return self.by_word.get(("noun", word.lemma), []) or self.by_word.get(("noun", word.lower), [])
        if word.pos == "ADJ":
            return self.by_word.get(("adjective", word.lower), []) or self.by_word.get(("adjective", word.lemma), [])
        return []


def _inflected(verb: str) -> list[str]:
    """Regular forms of a verb: the parser's lemmatiser knows "waged" only as "wag"."""
    if verb.endswith("e"):
        return [verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    out = [verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "z")) else "s"), verb + "ed", verb + "ing"]
    if len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou":
        out += [verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    return out


def fits(reading: Reading, cast: Cast, word: Word, slots: Slots, before: tuple[str, ...], frame: Frame) -> bool:
    """Whether everything a frame demands stands around the word."""
    if before:
        start = word.i - len(before)
        if start < 0 or tuple(w.lower for w in reading.words[start : word.i]) != before:
            lemmas = tuple(w.lemma for w in reading.words[max(0, start) : word.i])
            if lemmas != before:
                return False
    if frame.particle:
        near = {w.lower for w in reading.words[word.i + 1 : word.i + 2] if w.sentence == word.sentence}
        if not any(p in slots.particles or p in near for p in frame.particle):
            return False
    if frame.object or frame.object_not:
        if frame.pos == "noun":
            lemmas_in = _lemmas(word) - {word.lemma, word.lower}
        elif frame.category is None:
            lemmas_in = {lemma for head in slots.object for lemma in (head.lemma, head.lower)}
        else:
            lemmas_in = {lemma for head in slots.object for lemma in _lemmas(head)}
        if frame.object and not _holds(lemmas_in, frame.object):
            return False
        if frame.object_not and _holds(lemmas_in, frame.object_not):
            return False
    if frame.subject and not any(_holds(_lemmas(head), frame.subject) for head in slots.subject):
        return False
    if frame.near and not any(w.lemma in frame.near for w in reading.sentence_words(word.sentence)):
        return False
    if frame.clause == "infinitive" and not any(c.tag == "VB" for c in slots.clauses):
        return False
    if frame.object_actor and not any(sides_at(cast, head) for head in slots.object):
        return False
    for prep, nouns in frame.preps.items():
        heads = [h for h in slots.preps.get(prep, []) if h.ent not in ("DATE", "TIME") or nouns]
        if not heads:
            return False
        if nouns and not any(_holds(_lemmas(h), nouns) for h in heads):
            return False
    return True


def _holds(lemmas: set[str], wanted: tuple[str, ...]) -> bool:
    """Whether a phrase holds one of the words; of an entry of several words all must be there."""
    return not lemmas.isdisjoint(wanted) or any(" " in entry and lemmas.issuperset(entry.split()) for entry in wanted)


def _lemmas(head: Word) -> set[str]:
    """Lemmas that tell what a phrase is: its head, its modifiers, what it is "of"."""
    out = {head.lemma, head.lower}
    for child in head.children:
        if child.dep in ("compound", "amod", "nmod", "conj"):
            out.update((child.lemma, child.lower))
        elif child.dep == "prep" and child.lower == "of":
            out.update(o.lemma for o in child.children if o.dep == "pobj")
    return out
