"""Commitments told by no word of their own: what a speaker says he will do, is ready to do, or that others must do.

In: modal verbs, adjectives of readiness, codings of duties and threats. Out: `Binding`s.
"""

from __future__ import annotations

from dragoman.events.arguments import clause_of, is_passive, subject_of
from dragoman.events.coding import Coding, Side
from dragoman.events.parties import hidden_sides, sides_at
from dragoman.knowledge.modality import modality
from dragoman.reading.words import Word
from dragoman.record.around import distinct
from dragoman.record.bonds import Bonds
from dragoman.record.terms import extent
from dragoman.record.voices import ABLE, Binding

FUTURE = frozenset(("will", "'ll", "shall", "would", "wo"))
# A future deed of one's own of such a kind is a threat, whether or not the word "threaten" is used.
_HOSTILE = frozenset(("THREATEN", "COERCE", "ASSAULT", "SANCTION"))
_FRIENDLY = frozenset(("AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "CONSULT"))


class BoundFutures(Bonds):
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
        if not speakers or self.idle(word) or is_passive(word) or word.dep in ("relcl", "advcl", "acl"):
            return []
        saying = clause_of(word)
        if self.nothing(word, saying):
            return []
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
        if saying is not None and any("clause" in way.takes for way in self.known.verbs.get(saying.lemma, ())):
            return []  # "pledged that it would": the verb above tells it
        coding = self.coded.get(word.i)
        if coding is not None and coding.category == "REJECT":
            return []
        if self.threatens(word, coding, speakers):
            kind = "warning"
        first, last = extent(self.r, word, saying)
        to = self.clause_others(word, speakers) or self.addressees(word, speakers)
        by = distinct([s for s in sides if self.own(s, speakers)] or speakers)
        return [
            Binding(word, kind, by, to, first, last, status, word, 0.62, [f"the speaker's own future: {word.text!r}"])
        ]

    def nothing(self, word: Word, saying: Word | None) -> bool:
        """ "will not sell the ships", "will take no more refugees", "denied it would": nothing is promised."""
        denied = (
            saying is not None
            and saying.lemma in modality().negated.verbs
            and not any(w.text == ";" for w in self.r.words[min(word.i, saying.i) : max(word.i, saying.i)])
        )
        asked = any(c.lower in ("what", "how", "why", "where") or c.dep == "neg" for c in word.children)
        none = any(k.lower in ("no", "not") for c in word.childs("dobj") for k in c.subtree() if k.i <= c.i)
        return denied or asked or none

    def idle(self, word: Word) -> bool:
        """Whether a future promises nothing: "will win", "will take part"."""
        if word.lemma in self.known.file.idle:
            return True
        idle = self.known.file.idle_objects.get(word.lemma)
        if idle is None:
            return False
        objects = [o.lemma for o in word.childs("dobj")]
        paid_for = any(c.lower == "for" for c in word.childs("prep"))
        return all(o in idle for o in objects) if objects else not paid_for

    def threatens(self, word: Word, coding: Coding | None, speakers: list[Side]) -> bool:
        """Whether a future deed is a threat: a hostile one, to others or on a condition; "unless you", "otherwise"."""
        if any(c.lower == "otherwise" for c in word.childs("advmod")):
            return True
        marks = {k.lower for c in word.childs("advcl") for k in c.childs("mark")}
        if coding is None or coding.category not in _HOSTILE:
            return "unless" in marks and (coding is None or coding.category not in _FRIENDLY)
        others = [s for s in coding.recipients if s.player.country is not None and not self.own(s, speakers)]
        forceful = coding.category in ("ASSAULT", "THREATEN")
        return forceful or bool(others) or not marks.isdisjoint(("if", "unless"))

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
