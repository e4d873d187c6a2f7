"""Statements: who said what, to whom, about whom, and how.

In: a `Reading` and its `Cast`. Out: `Said`s in text order: direct speech (`direct_speech`), reported speech by verbs,
nouns and adjectives of saying (`speech_cues`), each with its speakers (`speakers`), the exact span of what is said
(`contents`), the parties it is about and the stance towards them (`stance`). Refused: words of saying that are denied
or whose subject cannot speak; a pronoun that nothing explains leaves the statement without speaker.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from dragoman.actors.cast import Cast
from dragoman.events.arguments import joined, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import sides_at
from dragoman.knowledge.speech import sayings
from dragoman.reading.words import Reading, Word
from dragoman.record.contents import balance, before_verdict, comma_before, trim
from dragoman.record.direct_speech import DirectSpeech
from dragoman.record.speakers import Speakers
from dragoman.record.speech_cue import Cue
from dragoman.record.speech_cues import cue_at
from dragoman.record.speech_headlines import headline_cues
from dragoman.record.speech_subjects import speaks
from dragoman.record.speech_utterance import Utterance
from dragoman.record.stance import about, stance_of

_FIRST_SECOND = frozenset(("i", "we", "you", "me", "us"))
_THIRD = frozenset(("he", "she", "they", "who", "both"))
# Paragraphs after which the last speaker no longer owns a quotation that stands alone.
_PATIENCE = 2


@dataclass(slots=True, eq=False)
class Said:
    """A statement while the record is put together; offsets are code points, word numbers for the cue."""

    speakers: list[Side]
    start: int
    end: int
    kind: str
    cue: tuple[int, int] | None = None
    addressees: list[Side] = field(default_factory=list)
    about: list[Side] = field(default_factory=list)
    stance: str = "neutral"
    confidence: float = 0.5
    reasons: list[tuple[str, float]] = field(default_factory=list)


def _tense(verb: Word) -> str:
    """Tag of a verb's finite part."""
    return next(
        (c.tag for c in verb.children if c.dep in ("aux", "auxpass") and c.tag in ("VBD", "VBZ", "VBP", "MD")), verb.tag
    )


def find_statements(reading: Reading, cast: Cast) -> list[Said]:
    """All statements of a report, in text order."""
    return _Finder(reading, cast).run()


class _Finder:
    def __init__(self, reading: Reading, cast: Cast) -> None:
        self.r = reading
        self.cast = cast
        self.speakers = Speakers(reading, cast)
        self.said: list[Said] = []
        self.starts = [w.start for w in reading.words]

    def run(self) -> list[Said]:
        speech = DirectSpeech(self.r)
        utterances = speech.find()
        taken = {u.cue.i for u in utterances if u.cue is not None}
        inside = [-1] * len(self.r.words)
        for n, u in enumerate(utterances):
            for i in range(u.first, u.last + 1):
                if speech.quoted(i):
                    inside[i] = n
        cues = [*self._cues(taken, inside), *headline_cues(self.r, self.cast)]
        queue: list[tuple[int, int, Cue | Utterance]] = [(c.word.i, 1, c) for c in cues]
        queue += [(u.cue.i if u.cue is not None else u.first, 0, u) for u in utterances]
        queue.sort(key=lambda entry: entry[:2])
        for _, _, entry in queue:
            if isinstance(entry, Utterance):
                self._utter(entry)
            else:
                self._report(entry)
        return self._once()

    def _cues(self, taken: set[int], inside: list[int]) -> list[Cue]:
        """Reported speech outside direct speech, and what third persons say inside it."""
        known = sayings()
        verbs, nouns, adjectives, carriers = known.verbs, known.nouns, known.adjectives, known.speech.carriers
        found: list[Cue] = []
        for word in self.r.words:
            lemma = word.lemma
            if not (
                lemma in verbs
                or lemma in nouns
                or lemma in carriers
                or lemma in ("accord", "according")
                or (lemma == "be" and adjectives)
            ):
                continue
            if word.i in taken:
                continue
            cue = cue_at(self.r, word)
            if cue is None:
                continue
            if inside[word.i] >= 0 and (cue.thought or not self._third(cue) or self._outside(cue, inside)):
                continue
            found.append(cue)
        # Who goes on whose statement comes first: in "said A is ready and called for B" the parse has A call.
        self._cut(found)
        return [cue for cue in found if self._may_speak(cue)]

    def _outside(self, cue: Cue, inside: list[int]) -> bool:
        """Whether a cue in direct speech is said to be somebody's who stands outside of it: "“Thank you,” A wrote"."""
        return any(inside[w.i] != inside[cue.word.i] for w in cue.speakers)

    def _third(self, cue: Cue) -> bool:
        return any(w.lower not in _FIRST_SECOND and sides_at(self.cast, w) for w in cue.speakers)

    def _may_speak(self, cue: Cue) -> bool:
        """Whether the subject is somebody: an actor, a person, a paper; any noun where the pattern is firm."""
        speech = sayings().speech
        if not cue.people and self._of_people(cue.targets):
            return False
        if cue.things and not any(w.lemma in cue.things or sides_at(self.cast, w) for w in cue.targets):
            return False
        if not cue.speakers:
            return cue.firm and cue.pattern != "clause before the verb"
        for head in cue.speakers:
            if sides_at(self.cast, head) or head.lemma in speech.people or head.lemma in speech.documents:
                return True
            if head.tag in ("PRP", "WP") and head.lower in _THIRD | _FIRST_SECOND:
                return True
            if head.lower in ("some", "many", "others", "several", "critics", "both"):
                return True
            if head.tag in ("NNP", "NNPS") or (cue.firm and not cue.shown and head.pos in ("NOUN", "PRON")):
                return True
        return False

    def _of_people(self, heads: list[Word]) -> bool:
        """ "recalled its envoy", "raised an army": done to people, not said of something."""
        people = sayings().speech.people
        return any(
            w.lemma in people or any(s.player.kind in ("person", "office") for s in sides_at(self.cast, w))
            for w in heads
        )

    def _cut(self, cues: list[Cue]) -> None:
        """A participle of saying behind a comma goes on the statement before it: "..., stressing that ..."."""
        for n, later in enumerate(cues):
            word = later.word
            if word.dep == "conj" and self._goes_on(word, cues[:n], later):
                continue
            if word.tag != "VBG" or word.lower == "according" or not comma_before(self.r, word.i):
                continue
            if any(c.dep == "nsubj" for c in word.children):
                continue
            for before in reversed(cues[:n]):
                if before.word.sentence != word.sentence:
                    break
                if before.content[0] < word.i <= before.content[1] and before.word.i < before.content[0]:
                    before.content = (before.content[0], word.i - 1)
                    later.speakers = before.speakers
                    break
                if word.head.i > word.i and before.word.tag in ("VBD", "VBZ", "VBP"):
                    # "A turned it down, saying B, a source said": the parse may hang the participle on the source
                    later.speakers = before.speakers
                    break

    def _somebody(self, head: Word) -> bool:
        return bool(sides_at(self.cast, head)) or head.pos != "NOUN" or speaks(head)

    def _goes_on(self, word: Word, earlier: list[Cue], later: Cue) -> bool:
        """ "said A stands ready and called for B": the second verb goes on the first, not A's clause.

        By its tense; or because A is a thing: "said the road was closed and urged drivers to wait".
        """
        if any(c.dep in ("nsubj", "nsubjpass") for c in word.children):
            return False
        subject = next((w for w in word.head.subtree() if w.dep in ("nsubj", "nsubjpass") and w.i < word.head.i), None)
        if _tense(word) == _tense(word.head) and (subject is None or self._somebody(subject)):
            return False
        for before in reversed(earlier):
            if before.word.sentence != word.sentence:
                return False
            if before.content[0] < word.i <= before.content[1] and _tense(before.word) == _tense(word):
                end = word.i - 1
                while end > before.content[0] and (
                    self.r.words[end].dep in ("cc", "advmod") or self.r.words[end].text == ","
                ):
                    end -= 1
                before.content = (before.content[0], end)
                later.speakers = before.speakers
                return True
        return False

    def _report(self, cue: Cue) -> None:
        first, last = cue.content
        if cue.clause is not None:
            last = before_verdict(self.r, first, last)
        span = trim(self.r, first, last)
        if span is None or first > last:
            return
        start, end = span
        if any(s.kind == "quote" and s.start <= start and end <= s.end and not cue.firm for s in self.said[-3:]):
            return
        speakers = self.speakers.of(cue.speakers)
        if cue.thought and self._nested_in_own(cue, speakers):
            return
        # A quotation that the cue itself stands in is somebody else's.
        around = [q for q in self.r.quotations if not q.start <= cue.word.start < q.end]
        quoted = [q for q in around if q.start < end and start < q.end]
        whole = any(q.start <= start and end <= q.end for q in quoted)
        kind = (
            "quote"
            if whole and cue.clause is not None
            else "mixed"
            if quoted and not self._all_in_utterance(cue)
            else "paraphrase"
        )
        said = Said(speakers, start, end, kind, (cue.first, cue.last))
        said.addressees = [s for w in cue.addressees for s in sides_at(self.cast, w)]
        self._judge(said, cue.stance, cue.targets, cue.clause, (first, last), wished=cue.wished)
        said.confidence = cue.confidence * (1.0 if speakers else 0.75)
        said.reasons.insert(0, (f"{cue.word.text!r}: {cue.pattern}", cue.confidence))
        self._speaker_reason(said)
        self.said.append(said)
        self._remember(cue, speakers)

    def _all_in_utterance(self, cue: Cue) -> bool:
        offset = cue.word.start
        return any(s.kind == "quote" and s.start <= offset < s.end for s in self.said[-4:])

    def _nested_in_own(self, cue: Cue, speakers: list[Side]) -> bool:
        """ "He said he believed A": the thought is the same statement over again."""
        at = cue.word.start
        return any(s.start <= at < s.end for s in self.said[-4:])

    def _remember(self, cue: Cue, speakers: list[Side]) -> None:
        """Keep who spoke in writing, for "the statement"."""
        if not speakers:
            return
        sentence = self.r.sentences[cue.word.sentence]
        for word in self.r.words[sentence.first : sentence.last]:
            if word.lemma in sayings().speech.documents and word.head.lower in ("in", "by", "via"):
                self.speakers.spoke_in_writing = (cue.word.sentence, speakers)
                return

    def _utter(self, u: Utterance) -> None:
        span = balance(self.r.quotations, u.start, u.end, self.r.report.text) if u.pieces == 1 else (u.start, u.end)
        if span is None:
            return
        text = self.r.report.text
        start, end = span
        while end > start and text[end - 1] in ", \n":
            end -= 1
        if u.speakers:
            speakers = self.speakers.of(u.speakers)
        elif u.turn:
            speakers = self._spokesperson(u.first)
        elif u.cue is not None:
            speakers = []
        else:
            speakers = self._owner_behind(u) or self._last_speaker(u)
        said = Said(speakers, start, end, "quote", (u.cue.i, u.cue.i) if u.cue is not None else None)
        if u.cue is not None and u.saying is not None and "object" in u.saying.addressee:
            objects = [c for c in u.cue.children if c.dep in ("dobj", "dative")]
            said.addressees = [s for w in objects for s in sides_at(self.cast, w)]
        self._judge(said, u.saying.stance if u.saying is not None else None, [], None, (u.first, u.last))
        said.confidence = (0.95 if u.cue is not None else 0.7) * (1.0 if speakers else 0.8)
        cue = f"{u.cue.text!r}: " if u.cue is not None else ""
        said.reasons.insert(0, (f"{cue}{u.pattern}", said.confidence))
        self._speaker_reason(said)
        self.said.append(said)

    def _owner_behind(self, u: Utterance) -> list[Side]:
        """ "“...” The minister’s remarks came after": whose words the next sentence says they were."""
        behind = self.r.words[u.last].sentence + 1
        if behind >= len(self.r.sentences):
            return []
        root = next((w for w in self.r.sentence_words(behind) if w.head is w), None)
        subject = root.child("nsubj", "nsubjpass") if root is not None else None
        if subject is None or subject.lemma not in sayings().speech.remarks:
            return []
        owners = subject.childs("poss") or [
            o for c in subject.childs("prep") if c.lower in ("of", "by", "from") for o in c.childs("pobj")
        ]
        return self.speakers.of(joined(owners[0])) if owners else []

    def _last_speaker(self, u: Utterance) -> list[Side]:
        """Whose quotation it is when nothing beside it says so: whoever the sentence before lets speak or act."""
        sentence = self.r.words[u.first].sentence
        here = self.r.sentences[sentence].paragraph
        before = self.r.sentences[sentence - 1] if sentence else None
        for said in reversed(self.said):
            if not said.speakers:
                continue
            place = said.cue[0] if said.cue is not None else bisect_left(self.starts, said.start)
            if place >= u.first:
                continue
            paragraph = self.r.sentences[self.r.words[place].sentence].paragraph
            if before is not None and self.r.words[place].sentence < before.number:
                subject = self._subject_before(before.number)
                if subject:
                    return subject
            return said.speakers if here - paragraph <= _PATIENCE else []
        return self._subject_before(before.number) if before is not None else []

    def _spokesperson(self, before: int) -> list[Side]:
        """Who answers in a questioning: the spokesperson whom the head names."""
        for word in self.r.words[:before]:
            if word.lemma in ("spokesperson", "spokesman", "spokeswoman"):
                return self.speakers.of([word])
        return []

    def _subject_before(self, number: int) -> list[Side]:
        root: Word | None = next((w for w in self.r.sentence_words(number) if w.head is w), None)
        if root is None or root.pos not in ("VERB", "AUX"):
            return []
        sides = [s for w in subject_of(root) for s in sides_at(self.cast, w)]
        return [s for s in sides if s.player.kind == "person"]

    def _judge(
        self,
        said: Said,
        stance: str | None,
        targets: list[Word],
        clause: Word | None,
        content: tuple[int, int],
        *,
        wished: bool = False,
    ) -> None:
        said.about = about(self.cast, targets, clause, content, said.speakers)
        said.stance, why = stance_of(stance, self.r.words[content[0] : content[1] + 1], self.cast, wished=wished)
        if stance is not None and stance != "neutral":
            said.reasons.append((f"the word of saying is {stance}", 0.5))
        elif why is not None:
            said.reasons.append((why, 0.3))

    def _speaker_reason(self, said: Said) -> None:
        if said.speakers:
            named = ", ".join(s.mention.span.text for s in said.speakers)
            said.reasons.append((f"spoken by {named}", 0.2))
        else:
            said.reasons.append(("nobody is named as the speaker", -0.2))

    def _once(self) -> list[Said]:
        """Each content once a speaker; in text order."""
        kept: list[Said] = []
        for said in sorted(self.said, key=lambda s: (s.start, -s.end)):
            twin = next((k for k in kept if k.start == said.start and k.end == said.end), None)
            if twin is None:
                kept.append(said)
            elif said.confidence > twin.confidence:
                kept[kept.index(twin)] = said
        return kept
