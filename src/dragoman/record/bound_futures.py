"""Commitments told by no word of their own: what a speaker says he will do, is ready to do, or that others must do.

In: modal verbs, adjectives of readiness, codings of duties and threats. Out: `Binding`s.
"""

from __future__ import annotations

from dragoman.events.arguments import clause_of, is_passive, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import hidden_sides, sides_at
from dragoman.reading.words import Word
from dragoman.record.around import distinct
from dragoman.record.terms import extent
from dragoman.record.voices import ABLE, Binding, Voices

FUTURE = frozenset(("will", "'ll", "shall", "would", "wo"))


class BoundFutures(Voices):
    """Finds promises, offers and warnings in the future tense."""

    def ready(self, word: Word) -> list[Binding]:
        """ "is ready to host", "stands prepared to": an offer."""
        verb = word.head if word.head is not word else None
        if (
            verb is None
            or verb.lemma not in self.known.file.stand
            or word.dep not in ("acomp", "oprd", "attr", "xcomp", "advmod", "ROOT")
        ):
            return []
        if any(c.dep == "neg" for c in (*verb.children, *word.children)):
            return []
        if any(c.tag == "MD" or (c.dep == "mark" and c.lower in ("if", "unless", "when")) for c in verb.children):
            return []
        heads = [
            c
            for c in (*word.children, *verb.children)
            if c.dep in ("xcomp", "ccomp", "advcl") and c.tag == "VB" and c.i > word.i
        ]
        if not heads:
            return []
        by = [s for w in subject_of(verb) for s in sides_at(self.cast, w) if s.player.kind in ABLE] or self.speakers(
            word
        )
        if not by:
            return []
        first, last = extent(self.r, heads[0], word)
        hidden = [
            s
            for w in heads[0].children
            if w.dep in ("dobj", "dative", "prep")
            for s in (sides_at(self.cast, w) or hidden_sides(self.cast, w))
        ]
        own = {s.player.country for s in by}
        return [
            Binding(
                word,
                "offer",
                distinct(by),
                distinct([s for s in hidden if s.player.country not in own]),
                first,
                last,
                "open",
                heads[0],
                0.78,
                [f"{verb.text} {word.text}"],
            )
        ]

    def future(self, word: Word) -> list[Binding]:
        """ "Norway would pay the fare", said by Norway: a promise, or a warning where it is said as one."""
        if not any(c.tag == "MD" and c.lower in FUTURE for c in word.children):
            return []
        file = self.known.file
        speakers = self.speakers(word)
        if word.lemma in file.carrying_out and is_passive(word):
            return self.carried_out(word, speakers)
        if not speakers or word.lemma in file.idle or is_passive(word) or word.dep in ("relcl", "advcl", "acl"):
            return []
        saying = clause_of(word)
        if any(c.dep == "neg" for c in word.children) or any(
            c.lower in ("what", "how", "why", "where") for c in word.children
        ):
            return []  # "will not sell the ships": nothing is promised
        subject = subject_of(word)
        sides = [s for w in subject for s in sides_at(self.cast, w)]
        own = any(self.own(s, speakers) for s in sides) or any(w.lower in ("we", "i") for w in subject)
        if not own:
            return []
        if any(
            c.dep == "mark" and c.lower in ("if", "whether", "when", "until", "because", "as") for c in word.children
        ):
            return []
        if any(c.tag == "MD" and c.lower == "would" for c in word.children) and any(
            c.lower == "have" and c.dep == "aux" for c in word.children
        ):
            return []
        kind, status = "promise", "open"
        if saying is not None and saying.lemma in file.warning:
            kind = "warning"
        elif saying is not None and saying.lemma in file.affirming:
            status = "affirmed"
        if saying is not None and saying.lemma in self.known.verbs:
            return []  # "pledged that it would": the verb above tells it
        coding = self.coded.get(word.i)
        if coding is not None and coding.category == "THREATEN":
            kind = "warning"
        first, last = extent(self.r, word, saying)
        to = self.clause_others(word, speakers)
        by = distinct([s for s in sides if self.own(s, speakers)] or speakers)
        return [
            Binding(word, kind, by, to, first, last, status, word, 0.62, [f"the speaker's own future: {word.text!r}"])
        ]

    def carried_out(self, word: Word, speakers: list[Side]) -> list[Binding]:
        """ "sure that the deals would be carried out": a promise, affirmed."""
        nouns = self.known.nouns
        sentence = self.r.sentences[word.sentence]
        patients = [c for c in word.children if c.dep == "nsubjpass"]
        bound = any(p.lemma in nouns for p in patients)
        start = patients[0].edges()[0] if patients else word.i
        if not bound:
            # The parse of a long subject is not to be trusted: look between the cue and the verb.
            for i in range(word.i - 1, max(sentence.first, word.i - 26) - 1, -1):
                other = self.r.words[i]
                if other.lemma in nouns and nouns[other.lemma].kind in ("agreement", "promise") and other.pos == "NOUN":
                    bound, start = True, i
                    while (
                        start - 1 >= sentence.first
                        and self.r.words[start - 1].head is other
                        and self.r.words[start - 1].i < other.i
                    ):
                        start -= 1
                if other.lower == "that" and other.dep == "mark":
                    break
        if not bound or not speakers:
            return []
        _, last = extent(self.r, word, None)
        to = self.clause_others(word, speakers)
        if not to:
            countries = {s.player.country for s in speakers}
            to = [
                Side(p, m)
                for m in self.cast.within(start, last)
                for p in m.players
                if p.country and p.country not in countries
            ][:1]
        return [
            Binding(
                word,
                "promise",
                distinct(speakers),
                distinct(to),
                start,
                last,
                "affirmed",
                word,
                0.7,
                [f"a deal {word.text!r} in the future"],
            )
        ]

    def coded_acts(self, seen: set[int], found: list[Binding]) -> list[Binding]:
        """Demands put as duties ("must withdraw") and threats by image ("will come at a cost")."""
        out: list[Binding] = []
        taken = [(b.first, b.last) for b in found]
        for coding in self.codings:
            if coding.word.i in seen or coding.status not in ("occurred", "planned", "requested"):
                continue
            should = coding.frame == "speech_acts#should"
            threat = coding.category == "THREATEN"
            if not (should or threat) or not coding.actors:
                continue
            word = coding.word
            if any(a <= word.i <= b for a, b in taken):
                continue
            head = word if word.pos in ("VERB", "AUX") else (clause_of(word) or word)
            if should and head.lemma in ("be", "have", "know", "see", "note", "say"):
                modal_only = head.lemma == "be" and any(c.dep in ("acomp", "attr") for c in head.children)
                if not modal_only:
                    continue
            first, last = extent(self.r, head, None)
            says = clause_of(head)
            if says is not None and first <= says.i <= last:
                first = says.i + 1
            first = max(first, self.r.sentences[word.sentence].first)
            if not coding.recipients and should:
                continue
            kind, certain = ("demand", 0.6) if should else ("warning", 0.66)
            why = [f"what is said asks or threatens: {coding.word.text!r}"]
            out.append(Binding(word, kind, coding.actors, coding.recipients, first, last, "open", head, certain, why))
        return out
