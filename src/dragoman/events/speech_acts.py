"""What somebody does by saying it: blaming, telling others what they should do, threatening by image.

In: a reading and its cast. Out: `Coding`s with the speaker as actor. "He noted that the regime has intensified its
criminal activities" accuses the regime; "stressing that Islamic states should act" asks them; "it will come at a
cost", said of somebody, threatens.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.events.arguments import slots_of, subject_of
from dragoman.events.coding import Coding, Side
from dragoman.events.parties import hidden_sides, sides_at
from dragoman.events.status import standing_of
from dragoman.knowledge.speech_acts import SpeechActs, Threat, speech_acts
from dragoman.reading.words import Reading, Word


def speech_codings(reading: Reading, cast: Cast) -> list[Coding]:
    """Codings of all acts of speech in a report."""
    words = speech_acts()
    out: list[Coding] = []
    threats: dict[str, list[Threat]] = {}
    for threat in words.threats:
        for verb in threat.verb:
            threats.setdefault(verb, []).append(threat)
    finder = Speakers(reading, cast, words)
    for word in reading.words:
        lemma = word.lemma
        if word.pos in ("VERB", "AUX"):
            if lemma in words.blame_verbs:
                out += _blame(reading, cast, finder, word, [s for w in subject_of(word) for s in sides_at(cast, w)])
            if lemma in threats and any(_threatens(word, t) for t in threats[lemma]):
                out += _threat(reading, cast, finder, word)
            if any(c.tag == "MD" and c.lower in words.should for c in word.children) or _needs_to(word, words):
                out += _should(reading, cast, finder, word)
        elif word.pos == "NOUN" and lemma in words.blame_nouns:
            out += _blame(reading, cast, finder, word, _culprit(cast, word))
        elif word.pos == "ADJ" and lemma in words.blame_adjectives:
            noun = word.head if word.dep == "amod" else None
            if noun is not None:
                out += _blame(reading, cast, finder, word, _culprit(cast, noun))
            elif word.dep in ("acomp", "oprd"):
                subject = [x for w in subject_of(word.head) for x in (sides_at(cast, w) or hidden_sides(cast, w))]
                out += _blame(reading, cast, finder, word, subject)
    return out


class Speakers:
    """Who speaks a word of the report."""

    def __init__(self, reading: Reading, cast: Cast, words: SpeechActs) -> None:
        self.reading = reading
        self.cast = cast
        self.words = words
        self.last: dict[int, tuple[list[Side], Word]] = {}

    def of(self, word: Word) -> tuple[list[Side], Word | None]:
        """The speakers of a word and the verb that makes them speak; none when the reporter does."""
        child = word
        for above in word.ancestors():
            if (
                above.pos == "VERB"
                and above.lemma in self.words.saying
                and child.dep not in ("nsubj", "nsubjpass", "csubj", "agent")
            ):
                sides = self._subject(above)
                if sides and standing_of(above).status in ("occurred", "planned"):
                    return sides, above
            child = above
        quotation = self.reading.quoted(word.start)
        if quotation is not None:
            return self._of_quotation(word)
        return [], None

    def _subject(self, verb: Word) -> list[Side]:
        return [s for w in subject_of(verb) for s in sides_at(self.cast, w)]

    def _of_quotation(self, word: Word) -> tuple[list[Side], Word | None]:
        """The one who speaks in the words around a quotation, in its sentence or the one before."""
        for number in (word.sentence, word.sentence - 1, word.sentence + 1):
            if not 0 <= number < len(self.reading.sentences):
                continue
            for verb in self.reading.sentence_words(number):
                if verb.pos == "VERB" and verb.lemma in self.words.saying and self.reading.quoted(verb.start) is None:
                    sides = self._subject(verb)
                    if sides:
                        return sides, verb
        return [], None


def _culprit(cast: Cast, noun: Word) -> list[Side]:
    """Whose crime it is: the possessor, by- or of-phrase, adjective, or who is said to commit it."""
    for child in noun.children:
        if child.dep == "poss":
            found = sides_at(cast, child)
            if found:
                return found
    for prep in ("by", "of", "from"):
        for child in noun.children:
            if child.dep in ("prep", "agent") and child.lower == prep:
                found = [s for o in child.children if o.dep == "pobj" for s in sides_at(cast, o)]
                if found:
                    return found
    for child in noun.children:
        if child.dep in ("amod", "compound", "nmod"):
            found = sides_at(cast, child)
            if found:
                return found
        if child.dep in ("acl", "relcl") and child.pos == "VERB":
            found = [s for w in subject_of(child) if w is not noun for s in sides_at(cast, w)]
            if found:
                return found
    head = noun.head
    if noun.dep in ("dobj", "attr") and head.pos in ("VERB", "AUX"):
        return [s for w in subject_of(head) for s in sides_at(cast, w)]
    if noun.dep == "conj":
        return _culprit(cast, head)
    return []


def _foreign(sides: list[Side], speakers: list[Side]) -> list[Side]:
    """Those who are neither the speaker nor of his own state."""
    own = {id(s.player) for s in speakers}
    states = {s.player.country for s in speakers if s.player.country}
    return [
        s for s in sides if id(s.player) not in own and (s.player.country is None or s.player.country not in states)
    ]


def _coding(
    reading: Reading,
    word: Word,
    verb: Word | None,
    speakers: list[Side],
    others: list[Side],
    *,
    category: str,
    rule: str,
    mode: str | None,
    cameo: str,
    weight: float,
    why: str,
) -> Coding:
    numbers = [word.i]
    if verb is not None and verb.sentence == word.sentence:
        numbers.append(verb.i)
    for side in (*speakers, *others):
        if reading.words[side.mention.first].sentence == word.sentence:
            numbers += [side.mention.first, side.mention.last]
    return Coding(
        word=word,
        category=category,
        mode=mode,
        cameo=cameo,
        contexts=(),
        actors=speakers,
        recipients=others,
        trigger=(word.i, word.i),
        evidence=(min(numbers), max(numbers)),
        frame=rule,
        weight=weight,
        reasons=[(why, 0.2)],
    )


def _blame(reading: Reading, cast: Cast, finder: Speakers, word: Word, culprits: list[Side]) -> list[Coding]:
    if not culprits:
        return []
    speakers, verb = finder.of(word)
    if not speakers or _denied(word):
        return []
    others = [s for s in _foreign(culprits, speakers) if s.player.kind != "population"]
    if not others:
        return []
    why = f"{speakers[0].player.name} speaks of {word.text!r} and lays it at the door of {others[0].player.name}"
    return [
        _coding(
            reading,
            word,
            verb,
            speakers,
            others,
            category="ACCUSE",
            rule="speech_acts#blame",
            mode="disapprove",
            cameo="111",
            weight=0.62,
            why=why,
        )
    ]


def _denied(word: Word) -> bool:
    chain = [word, *word.ancestors()][:4]
    return any(c.dep == "neg" or c.lower in ("no", "not", "never", "without") for w in chain[:2] for c in w.children)


def _needs_to(verb: Word, words: SpeechActs) -> bool:
    return verb.lemma == "need" and "need" in words.should and any(c.dep == "xcomp" for c in verb.children)


def _should(reading: Reading, cast: Cast, finder: Speakers, verb: Word) -> list[Coding]:
    if any(
        c.dep == "xcomp" and c.lemma in ("know", "understand", "remember", "realise", "realize", "see", "be")
        for c in verb.children
    ):
        return []  # "they need to know": a warning, no request
    speakers, saying = finder.of(verb)
    if not speakers:
        return []
    slots = slots_of(verb)
    modal = next((c for c in verb.children if c.tag == "MD"), None)
    if modal is not None and slots.subject and modal.i < min(w.i for w in slots.subject):
        return []  # "should the parties fail": a condition
    asked = [s for w in slots.subject for s in sides_at(cast, w)]
    asked = [s for s in asked if all(s.player is not x.player for x in speakers) and s.mention.kind != "pronoun"]
    if not asked:
        return []
    coding = _coding(
        reading,
        verb,
        saying,
        speakers,
        asked,
        category="REQUEST",
        rule="speech_acts#should",
        mode=None,
        cameo="020",
        weight=0.62,
        why=f"{speakers[0].player.name} says what {asked[0].player.name} should do",
    )
    coding.inner = verb
    return [coding]


def _threatens(verb: Word, threat: Threat) -> bool:
    around = {w.lemma for w in verb.subtree()} | {w.lower for w in verb.subtree()}
    if not all(word in around for word in threat.words):
        return False
    return not threat.future or any(c.tag == "MD" for c in verb.children)


def _threat(reading: Reading, cast: Cast, finder: Speakers, verb: Word) -> list[Coding]:
    speakers, saying = finder.of(verb)
    if not speakers:
        speakers = [s for w in subject_of(verb) for s in sides_at(cast, w)] if _first_person_image(verb) else []
    if not speakers:
        return []
    if not any(
        c.tag == "MD" or c.dep == "neg" for w in (verb, *verb.children) for c in w.children
    ) and verb.lemma not in ("reserve", "retain", "have"):
        return []
    chain = [verb, *(w for w in verb.ancestors() if w.pos in ("VERB", "AUX"))]
    others: list[Side] = []
    for clause in chain:
        if clause is saying:
            break
        named = [s for w in subject_of(clause) for s in (sides_at(cast, w) or hidden_sides(cast, w))]
        named += [
            s
            for c in clause.children
            if c.dep in ("dobj", "dative", "prep")
            for x in c.subtree()
            for s in sides_at(cast, x)
        ]
        others = _foreign(named, speakers)
        if others:
            break
    return [
        _coding(
            reading,
            verb,
            saying,
            speakers,
            others[:2],
            category="THREATEN",
            rule="speech_acts#threat",
            mode=None,
            cameo="130",
            weight=0.7,
            why=f"{speakers[0].player.name} speaks of what will follow",
        )
    ]


def _first_person_image(verb: Word) -> bool:
    return verb.lemma in ("reserve", "retain", "keep", "leave", "give", "teach", "respond", "retaliate")
