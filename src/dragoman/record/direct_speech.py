"""Direct speech: which quotation is somebody's utterance, and by which words it is given to a speaker.

In: a `Reading`. Out: `Utterance`s in text order. A quotation that is only a quoted fragment of a reported clause
("it would stay 'as long as needed'") is left alone. The speaker stands behind ("...," A said), in front
(A said: "..."), in the middle, or, for a quotation that stands alone, in the sentence
before; that last case is left to the caller.
"""

from __future__ import annotations

from bisect import bisect_left

from dragoman.events.arguments import joined, subject_of
from dragoman.knowledge.speech import Saying, sayings
from dragoman.reading.words import Quotation, Reading, Word
from dragoman.record.contents import MARKS
from dragoman.record.speech_subjects import FINITE, phrase_behind, relayed_by, speakers_of
from dragoman.record.speech_turns import turns_of
from dragoman.record.speech_utterance import Utterance, quote_saying

# How far, in words, the words that name the speaker may reach from the quotation.
_REACH = 32
_ENDS = frozenset((".", "!", "?"))
_CLAUSES = frozenset(("relcl", "acl", "aux", "auxpass", "amod", "advcl", "xcomp", "compound", "pcomp"))


class DirectSpeech:
    """Finds the utterances of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._r = reading
        self._words = reading.words
        self._starts = [w.start for w in reading.words]
        self._ranges = [self._range(q) for q in reading.quotations]
        self._quoted = [False] * len(reading.words)
        for first, last in self._ranges:
            for i in range(first, last + 1):
                self._quoted[i] = True

    def find(self) -> list[Utterance]:
        """All utterances, in text order."""
        found: list[Utterance] = []
        quotations = self._r.quotations
        i = 0
        while i < len(quotations):
            j = i
            while j + 1 < len(quotations) and quotations[j + 1].part == quotations[i].part:
                j += 1
            utterance = self._utterance(i, j, found[-1] if found else None)
            if utterance is not None:
                found.append(utterance)
            i = j + 1
        return self._with_turns(found)

    def _with_turns(self, found: list[Utterance]) -> list[Utterance]:
        """Add the turns of a questioning, which need no marks."""
        turns = turns_of(self._r)
        if not turns:
            return found
        for turn in turns:
            for i in range(turn.first, turn.last + 1):
                self._quoted[i] = True
        kept = [u for u in found if not any(t.first <= u.first <= t.last for t in turns)]
        return sorted([*kept, *turns], key=lambda u: u.first)

    def _range(self, quotation: Quotation) -> tuple[int, int]:
        first = bisect_left(self._starts, quotation.start)
        last = bisect_left(self._starts, quotation.end) - 1
        return first, last

    def _utterance(self, i: int, j: int, before: Utterance | None) -> Utterance | None:
        """The utterance of quotations ``i..j``, parts of one; None when it goes on an earlier one or is none."""
        opening, closing = self._r.quotations[i], self._r.quotations[j]
        first, last = self._ranges[i][0], self._ranges[j][1]
        if last < first:
            return None
        if before is not None and self._goes_on(before, i, first, last):
            before.end, before.last = closing.end, last
            before.pieces += 1
            return None
        made = Utterance(opening.start, closing.end, first, last, pieces=j - i + 1)
        if self._is_title(closing, first, last):
            return None
        whole = self._is_speech(opening, closing, first, last)
        if whole or last - first >= 2 or self._comma_inside(closing):
            at_start = self._opens_sentence(opening, first)
            # "called it 'a farce,' a diplomat said": a piece amid a sentence that opens small is no utterance.
            whole_behind = whole or (at_start and self._comma_inside(closing))
            if at_start and whole_behind and self._behind(made, i, j):
                return made
            if self._in_front(made, i, j):
                return made
            if not at_start and whole_behind and self._behind(made, i, j):
                return made
            if whole and at_start and last - first >= 3:
                return made
        return None

    def _is_speech(self, opening: Quotation, closing: Quotation, first: int, last: int) -> bool:
        """Whether it reads as an utterance: opens with a capital and is long enough, or closes as a sentence does."""
        text = self._r.report.text
        head = text[opening.start : opening.start + 1]
        if last - first < 1:
            return False
        tail = text[closing.start : closing.end].rstrip()[-1:]
        follows = text[closing.outer_end : closing.outer_end + 1]
        stops = tail in ".,!?…—" or follows in ".,!?"
        return (head.isupper() or head in "[.…'’“‘" or head.isdigit()) and (stops or last - first >= 6)

    def _is_title(self, closing: Quotation, first: int, last: int) -> bool:
        """A name in marks, "A House by the Sea": its main words open large, and it ends as no speech does."""
        if self._r.report.text[closing.start : closing.end].rstrip()[-1:] in ".,!?…—":
            return False
        words = [w for w in self._words[first : last + 1] if w.text not in MARKS]
        main = [w for w in words if w.pos in ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "AUX", "PRON")]
        return len(main) > 1 and all(not w.text[0].islower() for w in main)

    def _comma_inside(self, closing: Quotation) -> bool:
        text = self._r.report.text
        return text[closing.start : closing.end].rstrip()[-1:] in (",", "?", "!", "—")

    def _opens_sentence(self, opening: Quotation, first: int) -> bool:
        i = first - 1
        while i >= 0 and self._words[i].text in MARKS and self._words[i].start >= opening.outer_start:
            i -= 1
        if i < 0:
            return True
        word = self._words[i]
        gap = self._r.report.text[word.end : opening.outer_start]
        return "\n" in gap or word.text in _ENDS or word.text in MARKS

    def _goes_on(self, before: Utterance, i: int, first: int, last: int) -> bool:
        """ "A," he said, "b"; "A," he said. "B."; "A." "B.": the quotation goes on the utterance before it."""
        quotation = self._r.quotations[i]
        between = self._r.report.text[before.end : quotation.outer_start]
        if "\n" in between or len(between) > 220:
            return False
        tail = between.rstrip()
        if before.cue is None or before.cue.i < before.first:
            return len(tail) <= 3 and tail[-1:] not in (":",) and self._r.quotations[i].start - before.end < 6
        if before.cue.i > before.last:
            # the cue stands between: nothing but its own clause may do so
            words = self._words[before.last + 1 : first]
            ends = [w.i for w in words if w.text in _ENDS]
            if (
                ends
                and ends[0] < words[-1].i - 1
                and any(w.text not in MARKS for w in self._words[ends[0] + 1 : first])
            ):
                return False
            if any(quote_saying(w) for w in words if w is not before.cue):
                return False
            if ends:
                return not self._cue_follows(i)
            return tail[-1:] in (",", "—", "–", ":", "-", ".") and last >= first
        return False

    def _cue_follows(self, i: int) -> bool:
        probe = Utterance(0, 0, *self._ranges[i])
        j = i
        part = self._r.quotations[i].part
        while j + 1 < len(self._r.quotations) and self._r.quotations[j + 1].part == part:
            j += 1
        return self._comma_inside(self._r.quotations[j]) and self._behind(probe, i, j)

    def _behind(self, made: Utterance, i: int, j: int) -> bool:
        """ "...," A said; "...," said A of B; "...," according to A."""
        closing = self._r.quotations[j]
        limit = self._r.quotations[j + 1].outer_start if j + 1 < len(self._r.quotations) else 1 << 60
        window: list[Word] = []
        for word in self._words[self._ranges[j][1] + 1 : self._ranges[j][1] + 1 + _REACH]:
            if word.start < closing.outer_end or word.text in MARKS:
                continue
            if word.start >= limit or word.text in _ENDS or (word.text in (";", ":") and window):
                break
            if not window and "\n" in self._r.report.text[closing.outer_end : word.start]:
                return False
            if not window and word.text == ",":
                continue
            window.append(word)
        for n, word in enumerate(window):
            passed_on = relayed_by(word)
            if passed_on is not None and passed_on in window:
                made.cue, made.saying = passed_on, quote_saying(passed_on)
                made.pattern = "passed on behind the quotation"
                made.speakers = speakers_of(passed_on)
                return True
            if word.lower == "according" and n <= 1:
                made.cue, made.pattern = word, "according to, behind the quotation"
                made.speakers = [
                    w for c in word.children for o in [c, *c.children] if o.dep == "pobj" for w in joined(o)
                ]
                return True
            saying = quote_saying(word)
            if saying is not None and not self._inside_clause(word, window):
                if (word.tag == "VBG" and n == 0) or self._subject_in_front(word, i):
                    return False
                made.cue, made.saying, made.pattern = word, saying, "speaker behind the quotation"
                made.speakers = self._subject(word, window, n)
                return True
            if (
                word.tag in ("VBD", "VBZ", "VBP", "MD")
                and not self._inside_clause(word, window)
                and word.dep not in ("aux", "auxpass")
            ):
                return False
        return False

    def _subject_in_front(self, cue: Word, i: int) -> bool:
        """ "The exercise, named “Iron Harvest”, began": the verb goes with what stands in front of the quotation."""
        subject = cue.child("nsubj", "nsubjpass")
        return subject is not None and subject.i < self._ranges[i][0] and not self._quoted[subject.i]

    def _inside_clause(self, word: Word, window: list[Word]) -> bool:
        """ "..., A, who leads B, said": the verb of the relative clause is not the cue."""
        return (
            word.dep in ("relcl", "acl", "aux", "auxpass", "amod", "compound", "pcomp") and word.head.i >= window[0].i
        )

    def _subject(self, cue: Word, window: list[Word], n: int) -> list[Word]:
        """The cue's subject by the parse if it stands in the window, else the noun next to the cue."""
        inside = range(window[0].i, window[-1].i + 1)
        heads = [w for w in speakers_of(cue) if w.i in inside]
        if heads:
            return heads
        own = cue.child("nsubj", "nsubjpass")
        if own is not None and own.i in inside:
            return joined(own)
        if n == 0 or (n == 1 and window[0].pos == "ADV"):
            after = [w for w in _behind_place(window[n + 1 :]) if w.pos in ("PROPN", "NOUN", "PRON")]
            return [_top(after[0], inside)] if after else []
        front = [w for w in window[:n] if w.pos in ("PROPN", "NOUN", "PRON")]
        return [_top(front[0], inside)] if front else []

    def _in_front(self, made: Utterance, i: int, j: int) -> bool:
        """A said, "..."; A said that "..."; A was blunt: "..."."""
        opening = self._r.quotations[i]
        stop = self._ranges[i][0] - 1
        while stop >= 0 and self._words[stop].start >= opening.outer_start:
            stop -= 1
        if stop < 0:
            return False
        last = self._words[stop]
        gap = self._r.report.text[last.end : opening.outer_start]
        colon = last.text == ":"
        if "\n" in gap and not colon:
            return False
        low = self._r.quotations[i - 1].outer_end if i else 0
        window: list[Word] = []
        for word in reversed(self._words[max(0, stop - _REACH) : stop + 1]):
            if word.start < low or (word.text in _ENDS and word.i != stop):
                break
            window.append(word)
        window.reverse()
        if not window:
            return False
        comma = last.text in (",", ":") or last.lower == "that"
        for word in reversed(window):
            saying = quote_saying(word)
            if saying is None:
                if word.tag in ("VBD", "VBZ", "VBP", "MD") and word.dep not in ("relcl", "aux", "auxpass"):
                    break
                continue
            near = word.i == stop or (comma and not self._complement_between(word, stop))
            if not near or (word.dep in _CLAUSES and word.dep not in ("advcl", "acl", "xcomp", "pcomp", "relcl")):
                continue
            if (
                word.tag == "VBN"
                and not any(c.dep == "aux" for c in word.children)
                and not any(c.dep == "nsubj" for c in word.children)
            ):
                continue
            if self._names_another(word, saying, stop) or (comma and not colon and self._only_likened(word, opening)):
                return False
            made.cue, made.saying, made.pattern = word, saying, "speaker in front of the quotation"
            made.speakers = speakers_of(word)
            if not made.speakers and word is window[0]:
                made.speakers = phrase_behind(self._r, word)  # "Asked the delegate: “...”"
            return True
        if colon:
            # "The minister was blunt: '...'"; "The message of the envoy: '...'"
            root, heads = self._before_colon(window)
            if heads:
                made.cue, made.pattern, made.speakers = root, "speaker in front of a colon", heads
                return True
        return False

    def _before_colon(self, window: list[Word]) -> tuple[Word, list[Word]]:
        """The word of saying, or what stands for it, in front of a colon, and who speaks."""
        root = next((w for w in reversed(window) if w.dep == "ROOT"), None)
        root = root or next((w for w in reversed(window) if w.tag in FINITE and w.child("nsubj")), None)
        if root is not None and root.pos in ("VERB", "AUX"):
            return root, subject_of(root)
        last = next((w for w in reversed(window) if w.text != ":"), window[-1])
        noun = next((w for w in window if w.pos in ("NOUN", "PROPN")), None)
        if last.lemma in sayings().verbs and last.pos == "NOUN" and noun is not None and noun is not last:
            # "A statement by the ministry read: “...”": the parse may take the verb for a noun
            return last, [_top(noun, range(window[0].i, last.i))]
        if root is not None and root.pos in ("NOUN", "PROPN"):
            return root, [root]
        return last, []

    def _only_likened(self, cue: Word, opening: Quotation) -> bool:
        """ "stand, as he put it, “one step from war”": a piece of the clause around, no utterance."""
        small = self._r.report.text[opening.start : opening.start + 1].islower()
        return small and any(c.dep == "mark" and c.lower == "as" for c in cue.children)

    def _names_another(self, cue: Word, saying: Saying, stop: int) -> bool:
        """ "said her film, “A House”, would": what is quoted tells more of a noun that is no addressee of the cue."""
        between = self._words[cue.i + 1 : stop]
        if self._words[stop].text == ":" or not between:
            return False
        named = [w for w in between if w.dep in ("dobj", "nsubj", "nsubjpass", "attr", "oprd")]
        return any(not ("object" in saying.addressee and w.head is cue) for w in named)

    def _complement_between(self, cue: Word, stop: int) -> bool:
        """Whether a clause of its own stands between cue and quotation: "A said B had come, '...'"."""
        for word in self._words[cue.i + 1 : stop]:
            if word.tag in ("VBD", "VBZ", "VBP", "MD") and word.dep not in ("relcl", "acl", "aux", "auxpass"):
                return True
        return False

    def quoted(self, word: int) -> bool:
        """Whether a word stands between quotation marks."""
        return self._quoted[word]


def _behind_place(words: list[Word]) -> list[Word]:
    """ "announced in Strasbourg the secretary general": without the phrases of time and place in front."""
    i = 0
    while i < len(words) and words[i].pos == "ADP":
        i += 1
        while i < len(words) and words[i].pos in ("PROPN", "NUM"):
            i += 1
    return words[i:] or words


def _top(word: Word, inside: range) -> Word:
    """The head of a noun phrase, as far up as it stays inside the window."""
    while (
        word.dep in ("compound", "amod", "nmod", "poss", "flat", "det")
        and word.head is not word
        and word.head.i in inside
    ):
        word = word.head
    return word
