"""Who speaks in a headline: "Minister: talks go on"; "Talks go on: minister"; "Ships to leave - navy".

In: a reading. Out: a `Cue` for each headline in which a sign parts what is said from the one who says it. Refused: a
state or any other name in front of a colon that tells what the headline is about ("Sudan: army takes town"), the paper
it stands in, and signs between words that say nothing.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.events.parties import sides_at
from dragoman.knowledge.grammar import wordings
from dragoman.knowledge.speech import sayings
from dragoman.reading.words import Reading, Sentence, Word
from dragoman.record.contents import MARKS
from dragoman.record.speech_cue import Cue
from dragoman.record.speech_subjects import FINITE

# Longest name of a speaker, in words.
_LONGEST = 7
_SIGNS = frozenset((":", "-", "–", "—", "--"))
_SPEAKING = frozenset(("person", "office", "government_body", "igo", "ngo", "armed_group", "party", "company", "group"))
_NAMING = frozenset(("NOUN", "PROPN", "ADJ", "DET", "NUM", "PART", "ADP", "X"))
_MODIFIERS = frozenset(("compound", "amod", "nmod", "poss", "det", "case", "nummod"))
_WORDS_OF_DEEDS = frozenset(("VERB", "AUX"))


def headline_cues(reading: Reading, cast: Cast) -> list[Cue]:
    """The cues of all headlines."""
    found = (_cue(reading, cast, sentence) for sentence in reading.sentences if sentence.headline)
    return [cue for cue in found if cue is not None]


def _cue(reading: Reading, cast: Cast, sentence: Sentence) -> Cue | None:
    words = reading.words[sentence.first : sentence.last]
    signs = [w for w in words if w.text in _SIGNS and _set_off(reading, w) and reading.quoted(w.start) is None]
    if len(signs) != 1:
        return None
    sign = signs[0]
    front, behind = words[: sign.i - sentence.first], words[sign.i - sentence.first + 1 :]
    speaker = _speaker(cast, behind, told=front, behind=True)
    if speaker is not None:
        return _made(front, sign, speaker, "speaker behind the sign of a headline")
    if sign.text != ":":
        return None
    speaker = _speaker(cast, front, told=behind, behind=False)
    return _made(behind, sign, speaker, "speaker in front of a headline's colon") if speaker is not None else None


def _set_off(reading: Reading, sign: Word) -> bool:
    """A hyphen parts a headline only with a space on both sides."""
    text = reading.report.text
    return sign.text == ":" or (text[sign.start - 1 : sign.start] == " " and text[sign.end : sign.end + 1] == " ")


def _speaker(cast: Cast, phrase: list[Word], *, told: list[Word], behind: bool) -> Word | None:
    """The head of a phrase that can only be the name of who speaks."""
    quoted = any(w.text in MARKS for w in told)
    denies = bool(told) and told[0].lower in sayings().speech.turning
    says = quoted or denies or any(w.pos in _WORDS_OF_DEEDS for w in told)
    if quoted:
        # "“...”: Ghana to creditors"
        stop = next((n for n, w in enumerate(phrase) if w.lower in ("to", "on")), len(phrase))
        phrase = phrase[:stop]
    if not says or not 0 < len(phrase) <= _LONGEST or len(told) < 2:
        return None
    if any(w.pos not in _NAMING or w.tag in FINITE or w.text in MARKS for w in phrase):
        return None
    head = _head(phrase)
    if head is None:
        return None
    # A person of whom nothing more is known may be a storm, or a word in front of a colon ("Explainer").
    known = [s.player for s in sides_at(cast, head) if s.player.kind != "person" or s.player.country or s.player.sector]
    kinds = {player.kind for player in known}
    states = "state" in kinds and not any(w.dep in _MODIFIERS for w in phrase[:-1])
    if states:
        # In front of a colon a state may be where it happens; behind it speaks.
        return head if behind or quoted else None
    somebody = head.lemma in sayings().speech.people or head.lemma in wordings().collectives
    return head if somebody or kinds & _SPEAKING else None


def _head(phrase: list[Word]) -> Word | None:
    """The head of a name without a verb: its last noun before a preposition."""
    nouns = []
    for word in phrase:
        if word.pos == "ADP":
            break
        if word.pos in ("NOUN", "PROPN"):
            nouns.append(word)
    return nouns[-1] if nouns else None


def _made(told: list[Word], sign: Word, speaker: Word, pattern: str) -> Cue:
    verb = next((w for w in told if w.pos in _WORDS_OF_DEEDS), told[0])
    return Cue(sign, sign.i, sign.i, (told[0].i, told[-1].i), pattern, 0.75, [speaker], clause=verb, firm=True)
