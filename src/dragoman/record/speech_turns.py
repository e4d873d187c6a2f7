"""The turns of a questioning or a talk, written without marks: "A – The road is open.", "MINISTER: We agree."

In: a reading. Out: utterances, one a turn; a turn goes on to the end of its paragraph. Questions are left out.
"""

from __future__ import annotations

from dragoman.reading.words import Reading
from dragoman.record.speech_utterance import Utterance

_QUESTION = "question in a questioning"


def turns_of(reading: Reading) -> list[Utterance]:
    """Paragraphs opened by "A –", "Answer:" or a name in capitals and a colon."""
    turns: list[Utterance] = []
    paragraph, label = -1, False
    for sentence in reading.sentences:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            made = _turn(reading, sentence.first, sentence.last)
            label = made is not None
            if made is not None:
                turns.append(made)
        elif label:
            turns[-1].end, turns[-1].last = sentence.end, sentence.last - 1
    return [t for t in turns if t.pattern != _QUESTION]


def _turn(reading: Reading, first: int, last: int) -> Utterance | None:
    """The turn that a paragraph's first sentence opens, or None."""
    words = reading.words
    if last - first < 4:
        return None
    sign = next((w.i for w in words[first + 1 : min(first + 6, last)] if w.text in (":", "–", "—", "-")), None)
    if sign is None:
        return None
    label = words[first:sign]
    short = len(label) == 1 and label[0].lower in ("q", "a", "question", "answer")
    capitals = words[sign].text == ":" and all(w.text.isupper() for w in label) and len(label[-1].text) > 1
    if not short and not capitals:
        return None
    made = Utterance(words[sign + 1].start, words[last - 1].end, sign + 1, last - 1, turn=True)
    if short:
        made.pattern = _QUESTION if label[0].lower[0] == "q" else "answer in a questioning"
    else:
        made.pattern, made.speakers = "turn of a talk", [label[-1]]
    return made
