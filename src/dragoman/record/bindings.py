"""Every word that binds somebody, with who is bound to what: unsettled, one `Binding` a word.

In: a `Reading`, its `Cast`, codings and statements. Out: `Binding`s in text order. A cue that is itself only planned,
asked for or denied ("will urge", "did not promise") binds nobody. Who speaks without being named in the clause is taken
from the statement the words stand in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.actors.cast import Cast
from dragoman.events.arguments import Slots, clause_of, is_passive, slots_of, subject_of
from dragoman.events.coding import Coding, Side
from dragoman.events.parties import hidden_sides, in_slot, sides_at
from dragoman.events.status import standing_of
from dragoman.knowledge.commitments import BindingNoun, BindingVerb, binding_words
from dragoman.reading.words import Reading, Word
from dragoman.record.around import definite, distinct, phrases_after
from dragoman.record.statements import Said
from dragoman.record.terms import extent

_FUTURE = frozenset(("will", "'ll", "shall", "would", "wo"))
_BINDING = frozenset(
    ["person", "office", "state", "government_body", "igo", "ngo", "armed_group", "party", "group", "company"]
)


@dataclass(slots=True, eq=False)
class Binding:
    """One commitment as one word tells it; `first`, `last` are word numbers of its content."""

    cue: Word
    kind: str
    by: list[Side]
    to: list[Side]
    first: int
    last: int
    status: str
    head: Word
    certain: float = 0.7
    why: list[str] = field(default_factory=list)
    addressee: Side | None = None


class Bindings:
    """Finds the bindings of one report."""

    def __init__(self, reading: Reading, cast: Cast, codings: list[Coding], said: list[Said]) -> None:
        self.r = reading
        self.cast = cast
        self.codings = codings
        self.coded: dict[int, Coding] = {c.word.i: c for c in codings}
        self.said = said
        self.known = binding_words()

    def find(self) -> list[Binding]:
        """All bindings, in text order."""
        out: list[Binding] = []
        verbs, nouns, ready = self.known.verbs, self.known.nouns, self.known.file.ready
        for word in self.r.words:
            lemma = word.lemma
            if word.pos in ("VERB", "AUX") and lemma in verbs:
                out += self._verb(word, verbs[lemma])
            elif (word.pos == "NOUN" and lemma in nouns) or (word.pos == "PROPN" and word.lower in nouns):
                out += self._noun(word, nouns.get(lemma) or nouns[word.lower])
            elif (word.pos == "ADJ" and word.lower in ready) or word.lower == "prepared":
                out += self._ready(word)
            elif lemma in self.known.file.word and word.pos == "NOUN":
                out += self._given_word(word)
            if word.pos in ("VERB", "AUX") and word.lemma not in verbs:
                out += self._future(word)
        out += self._coded_acts({b.cue.i for b in out}, out)
        return out

    # -- verbs ---------------------------------------------------------------------------------------------------

    def _verb(self, word: Word, ways: tuple[BindingVerb, ...]) -> list[Binding]:
        standing = standing_of(word)
        if standing.status != "occurred":
            return []
        slots = slots_of(word)
        for way in ways:
            found = self._way(word, slots, way)
            if found:
                return found
        return []

    def _way(self, word: Word, slots: Slots, way: BindingVerb) -> list[Binding]:
        heads = self._contents(word, slots, way)
        if not heads:
            return []
        by = self._by(word, slots)
        to = self._to(word, slots, way, heads, by)
        if way.actor and not to:
            return []
        kind = way.kind
        status: str = way.status
        countries = {s.player.country or s.player.name for s in by}
        if kind == "agreement":
            partners = [s for s in self._slot(slots, "with", word) if all(s.player is not b.player for b in by)]
            by = distinct([*by, *partners])
            countries = {s.player.country or s.player.name for s in by}
            if way.alone and len(countries) < 2 and not any(s.player.kind in ("group", "igo") for s in by):
                if word.lemma in ("decide", "resolve"):
                    return []
                kind, status = "promise", "open"
            elif (
                way.alone
                and word.lemma in ("decide", "resolve")
                and len(countries) < 2
                and not any(s.player.kind == "igo" for s in by)
            ):
                return []
            to = by if kind == "agreement" else to
        if not by and kind not in ("agreement",):
            return []
        if way.firm and not (self._bodied(by) and self._bodied(to)):
            return []
        if kind == "promise" and any(self._retaliates(h) for h, _ in heads):
            kind = "warning"
        out: list[Binding] = []
        for head, clause in heads:
            first, last = extent(self.r, head, word, phrase=not clause)
            if last < first or (first == last and self.r.words[first].pos in ("PRON", "DET")):
                continue
            binding = Binding(
                word,
                kind,
                by,
                to,
                first,
                last,
                status,
                head,
                certain=0.75 if clause else 0.65,
                why=[f"the verb {word.text!r}"],
            )
            if not by:
                binding.certain -= 0.15
            binding.addressee = next(
                (s for s in to if s.player.kind in ("person", "office", "igo", "government_body")), None
            )
            out.append(binding)
        return out

    def _bodied(self, sides: list[Side]) -> bool:
        return any(
            s.player.country is not None or s.player.kind in ("igo", "armed_group", "state", "government_body")
            for s in sides
        )

    def _retaliates(self, head: Word) -> bool:
        """ "vowed to respond in kind": no promise to be glad of."""
        file = self.known.file
        if head.lemma not in file.retaliating:
            return False
        return head.lemma in ("retaliate", "avenge", "punish") or any(
            w.lower in file.retaliating_how for w in head.subtree()
        )

    def _contents(self, word: Word, slots: Slots, way: BindingVerb) -> list[tuple[Word, bool]]:
        """Heads of what is bound, and whether each is a clause."""
        clauses = [
            c
            for c in word.children
            if c.dep in ("ccomp", "xcomp", "advcl", "oprd") and c.pos in ("VERB", "AUX", "ADJ", "NOUN")
        ]
        out: list[tuple[Word, bool]] = []
        for clause in clauses:
            to = any(c.lower == "to" and c.dep == "aux" for c in clause.children)
            finite = any(c.dep in ("nsubj", "nsubjpass", "expl", "csubj") for c in clause.children)
            marked = any(c.dep == "mark" and c.lower == "that" for c in clause.children)
            if clause.dep == "advcl" and not (to and clause.i > word.i):
                continue
            if (to and "infinitive" in way.takes and clause.dep != "ccomp") or (
                to and "infinitive" in way.takes and clause.i > word.i
            ):
                out.append((clause, True))
            elif (
                finite
                and "clause" in way.takes
                and clause.dep in ("ccomp", "xcomp")
                and (clause.i > word.i or marked or not way.modal)
            ):
                if (
                    way.modal
                    and not any(c.tag == "MD" and c.lower in way.modal for c in clause.children)
                    and clause.tag != "VB"
                    and not any(c.dep == "auxpass" and c.lower == "be" for c in clause.children)
                ):
                    continue
                if any(c.dep == "mark" and c.lower in ("if", "whether") for c in clause.children):
                    continue
                if clause.i < word.i and not marked and way.kind not in ("promise", "warning"):
                    continue  # only what is vowed or threatened is put first: "We will answer, he vowed"
                out.append((clause, True))
            elif clause.tag == "VBG" and "gerund" in way.takes:
                out.append((clause, True))
        if not out and "infinitive" in way.takes:
            # "urged the two sides, both of them, to ...": the parser hangs the infinitive on the one who is urged.
            for obj in (*slots.object[:2], *(h for n in way.to for h in slots.preps.get(n, [])[:2])):
                out += [
                    (c, True)
                    for c in obj.children
                    if c.dep in ("acl", "relcl", "xcomp") and c.tag == "VB" and any(k.lower == "to" for k in c.children)
                ]
        if out:
            return out[:2]
        for prep in way.preps:
            gerunds = slots.preps.get(f"{prep}+ing", [])
            out += [(g, True) for g in gerunds]
            own = [c for c in word.children if c.dep in ("prep", "prt") and c.lower == prep]
            hung = [h for h in slots.preps.get(prep, []) if own or h.head.head is word or prep == "for"]
            out += [
                (h, False)
                for h in hung[:1]
                if h.pos in ("NOUN", "PROPN") and (not sides_at(self.cast, h) or way.kind == "invitation")
            ]
            if out:
                return out
        if "object" in way.takes:
            objects = [o for o in slots.object if o.pos in ("NOUN", "PROPN", "NUM")]
            if way.objects:
                objects = [o for o in objects if o.lemma in way.objects or o.lower in way.objects]
                objects = [self._whole(o) for o in objects]
            else:
                objects = [
                    o
                    for o in objects
                    if not (self.cast.at(o.i) is not None and o.pos == "PROPN" and not self._abstract(o))
                ]
            if way.inside and objects:
                inner = self._within(objects[0])
                return inner or [(objects[0], False)]
            out += [(o, False) for o in objects[:1]]
        return out

    def _whole(self, head: Word) -> Word:
        """ "the text of the agreement", "the agreement, the text of which": what it is the text of."""
        if head.lemma != "text":
            return head
        of = next(
            (o for c in head.children if c.dep == "prep" and c.lower == "of" for o in c.children if o.dep == "pobj"),
            None,
        )
        if of is None:
            return head
        verb = clause_of(head)
        if of.lower == "which":
            while verb is not None and verb.dep not in ("relcl", "ROOT") and verb.head is not verb:
                verb = verb.head
            return verb.head if verb is not None and verb.dep == "relcl" else head
        return of

    def _abstract(self, head: Word) -> bool:
        return head.pos == "NOUN"

    def _within(self, noun: Word) -> list[tuple[Word, bool]]:
        """What a noun carries: "the idea of holding ...", "a pledge to ..."."""
        for child in noun.children:
            if child.dep in ("acl", "ccomp") and (child.tag == "VB" or child.dep == "ccomp"):
                return [(child, True)]
            if child.dep == "prep":
                for obj in child.children:
                    if obj.dep == "pcomp":
                        return [(obj, True)]
                    if obj.dep == "pobj" and child.lower in ("of", "for", "on", "to"):
                        return [(obj, False)]
        return []

    def _slot(self, slots: Slots, name: str, word: Word) -> list[Side]:
        return [s for s in in_slot(self.cast, slots, name, word) if s.player.kind in _BINDING]

    def _by(self, word: Word, slots: Slots) -> list[Side]:
        """Who binds himself or others: the subject, else the party coded for the word, else the speaker."""
        found = [
            s
            for s in in_slot(self.cast, slots, "subject", word)
            if s.player.kind in _BINDING or s.player.kind in ("unknown", "population")
        ]
        if found:
            return distinct(found)
        if any(w.pos == "NOUN" for w in slots.subject):
            hidden = [s for w in slots.subject for s in hidden_sides(self.cast, w)]
            if hidden and not is_passive(word):
                return distinct(hidden)
        coding = self.coded.get(word.i)
        if coding is not None and coding.actors:
            return distinct(coding.actors)
        if not slots.subject or slots.subject[0].pos == "PRON":
            return self.speakers(word)
        return []

    def speakers(self, word: Word) -> list[Side]:
        """Whose words a word stands in: the narrowest statement around it."""
        around = [
            s
            for s in self.said
            if s.start <= word.start < s.end and s.speakers and not (s.cue and s.cue[0] <= word.i <= s.cue[1])
        ]
        return min(around, key=lambda s: s.end - s.start).speakers if around else []

    def _to(
        self, word: Word, slots: Slots, way: BindingVerb, heads: list[tuple[Word, bool]], by: list[Side]
    ) -> list[Side]:
        own = {id(s.player) for s in by}
        for name in way.to:
            found = [s for s in self._slot(slots, name, word) if id(s.player) not in own]
            if not found and way.actor is False and name in ("object", "on"):
                found = [
                    s
                    for h in (slots.object if name == "object" else slots.preps.get(name, []))
                    for s in hidden_sides(self.cast, h)
                    if id(s.player) not in own
                ]
            if found:
                return distinct(found)
        if way.kind in ("demand", "warning", "proposal"):
            for head, clause in heads:
                if clause:
                    found = [s for w in subject_of(head) for s in sides_at(self.cast, w) if id(s.player) not in own]
                    if found:
                        return distinct(found)
        coding = self.coded.get(word.i)
        if coding is not None:
            found = [s for s in coding.recipients if id(s.player) not in own]
            if found:
                return distinct(found)
        return []

    # -- readiness -------------------------------------------------------------------------------------------------

    def _ready(self, word: Word) -> list[Binding]:
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
        by = [
            s for w in subject_of(verb) for s in sides_at(self.cast, w) if s.player.kind in _BINDING
        ] or self.speakers(word)
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

    # -- one's own future ------------------------------------------------------------------------------------------

    def _future(self, word: Word) -> list[Binding]:
        """ "Pakistan would never allow ...", said by Pakistan: a promise, or a warning where it is said as one."""
        if not any(c.tag == "MD" and c.lower in _FUTURE for c in word.children):
            return []
        file = self.known.file
        speakers = self.speakers(word)
        if word.lemma in file.carrying_out and is_passive(word):
            return self._carried_out(word, speakers)
        if not speakers or word.lemma in file.idle or is_passive(word) or word.dep in ("relcl", "advcl", "acl"):
            return []
        saying = clause_of(word)
        if any(c.dep == "neg" for c in word.children) or any(
            c.lower in ("what", "how", "why", "where") for c in word.children
        ):
            return []  # "will not recall its ambassador": nothing is promised
        subject = subject_of(word)
        sides = [s for w in subject for s in sides_at(self.cast, w)]
        own = any(self._own(s, speakers) for s in sides) or any(w.lower in ("we", "i") for w in subject)
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
        to = self._clause_others(word, speakers)
        by = distinct([s for s in sides if self._own(s, speakers)] or speakers)
        return [
            Binding(word, kind, by, to, first, last, status, word, 0.62, [f"the speaker's own future: {word.text!r}"])
        ]

    def _own(self, side: Side, speakers: list[Side]) -> bool:
        """Whether a side is the speaker or what he speaks for."""
        for speaker in speakers:
            if side.player is speaker.player:
                return True
            if (
                side.player.country is not None
                and side.player.country == speaker.player.country
                and side.player.kind in ("state", "government_body", "office", "igo", "group")
            ):
                return True
        return False

    def _clause_others(self, verb: Word, speakers: list[Side]) -> list[Side]:
        countries = {s.player.country for s in speakers}
        found = [
            s
            for w in verb.subtree()
            for s in sides_at(self.cast, w)
            if w is not verb and s.player.kind in _BINDING and s.player.country and s.player.country not in countries
        ]
        return distinct(found)[:2]

    def _carried_out(self, word: Word, speakers: list[Side]) -> list[Binding]:
        """ "confident that all the deals would be implemented": a promise, affirmed."""
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
        to = self._clause_others(word, speakers)
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

    # -- nouns -----------------------------------------------------------------------------------------------------

    def _noun(self, word: Word, way: BindingNoun) -> list[Binding]:
        mention = self.cast.outer[word.i]
        if mention is not None and mention.kind in ("name", "title", "state", "body") and mention.root != word.i:
            return []
        if word.dep in ("compound", "amod", "nmod"):
            return []
        slots = slots_of(word)
        verb = slots.governor
        fate, why = self._fate(word, verb)
        if (
            verb is not None
            and fate is None
            and verb.lemma in self.known.verbs
            and word.dep in ("dobj", "nsubjpass", "obj")
            and way.kind in ("agreement", "proposal")
        ):
            return []  # "signed an agreement": the verb tells it
        inner = self._content_of_noun(word, way)
        if not inner and not fate and not way.bare:
            return []
        if way.kind == "agreement":
            return self._deal(word, slots, fate, why)
        if fate is None and way.kind in ("demand", "warning", "proposal") and (definite(word) and not inner):
            return []
        if not inner and (word.lemma in ("commitment", "offer", "assurance", "initiative") or way.kind == "invitation"):
            return []
        if word.lemma in ("commitment", "assurance") and not (inner and inner[0][1]):
            return []  # "its commitment to peace"
        by = self._owner(word, slots)
        if not by:
            return []
        status: str = fate or way.status
        first, last = extent(self.r, word, None, phrase=True)
        if inner:
            low, high = extent(self.r, inner[0][0], word, phrase=not inner[0][1])
            first, last = low, high
        to = [s for s in self._slot(slots, "to", word) if all(s.player is not b.player for b in by)]
        if way.kind == "invitation":
            to = (
                to
                or [
                    s
                    for p in phrases_after(self.r, self.cast, word)
                    if p.prep in ("for", "to") and p.mention.players[0].kind in ("person", "office")
                    for s in p.sides
                ][:1]
            )
            first, last = extent(self.r, word, None, phrase=True)
        if not to:
            coding = self.coded.get(word.i)
            to = (
                [s for s in coding.recipients if all(s.player is not b.player for b in by)]
                if coding is not None
                else []
            )
        certain = 0.62 if inner else 0.55
        return [
            Binding(
                word,
                way.kind,
                distinct(by),
                distinct(to),
                first,
                last,
                status,
                word,
                certain,
                [f"the noun {word.text!r}", *([why] if why else [])],
            )
        ]

    def _content_of_noun(self, word: Word, way: BindingNoun) -> list[tuple[Word, bool]]:
        for child in word.children:
            if child.dep in ("acl", "relcl") and child.tag == "VB" and any(k.lower == "to" for k in child.children):
                return [(child, True)]
            if child.dep in ("acl", "ccomp") and any(k.dep == "mark" and k.lower == "that" for k in child.children):
                return [(child, True)]
        for child in word.children:
            if child.dep == "prep" and child.lower in way.preps:
                for obj in child.children:
                    if obj.dep == "pcomp":
                        return [(obj, True)]
                    if obj.dep == "pobj" and not sides_at(self.cast, obj):
                        return [(obj, False)]
        return []

    def _owner(self, word: Word, slots: Slots) -> list[Side]:
        """Whose promise it is: the possessor, by or from whom, the adjective, else the clause's subject."""
        for name in ("possessor", "by", "from"):
            found = self._slot(slots, name, word)
            if found:
                return found
        for child in word.children:
            if child.dep in ("acl", "relcl") and child.pos == "VERB" and child.tag != "VB":
                found = [s for w in subject_of(child) if w is not word for s in sides_at(self.cast, w)]
                if found:
                    return found
        found = self._slot(slots, "modifier", word)
        if found:
            return found
        if slots.light is not None or word.dep in ("dobj", "pobj"):
            found = [
                s
                for s in (
                    in_slot(self.cast, slots, "subject", word)
                    or (
                        [s for w in subject_of(slots.governor) for s in sides_at(self.cast, w)]
                        if slots.governor
                        else []
                    )
                )
                if s.player.kind in _BINDING
            ]
            if found:
                return found
        coding = self.coded.get(word.i)
        if coding is not None and coding.actors:
            return coding.actors
        return self.speakers(word)

    def _fate(self, word: Word, verb: Word | None) -> tuple[str | None, str]:
        """What a verb does to the commitment a noun names: kept, broken, rejected, renewed."""
        for child in word.children:
            if child.dep == "amod" and child.lower in ("broken", "renewed", "rejected", "reiterated"):
                return {"broken": "broken", "renewed": "affirmed", "rejected": "stalled", "reiterated": "affirmed"}[
                    child.lower
                ], f"{child.text} {word.text}"
        if verb is None or word.dep not in ("dobj", "obj", "nsubjpass", "nsubj", "pobj"):
            return None, ""
        particles = {c.lower for c in verb.children if c.dep in ("prep", "prt", "acomp", "advmod", "oprd")}
        negated = any(c.dep == "neg" for c in verb.children) or any(
            a.lemma == "fail" for a in list(verb.ancestors())[:1]
        )
        why = f"{verb.text} ... {word.text}"
        standing = standing_of(verb).status
        if verb.lemma in self.known.file.keeping and negated:
            return ("broken", f"not {why}") if standing in ("negated", "occurred") else (None, "")
        if standing not in ("occurred",):
            return None, ""
        if not particles.isdisjoint(self.known.file.delivering.get(verb.lemma, ())):
            return "fulfilled", why
        if word.dep == "pobj" and verb.lemma not in ("renege", "deliver"):
            return None, ""
        fate = self.known.fates.get(verb.lemma)
        if fate is None or (
            word.dep == "nsubj" and verb.lemma not in ("lapse", "collapse", "unravel", "stall", "falter")
        ):
            return None, ""
        if fate == "under_way" and verb.tag != "VBG":
            fate = "fulfilled"
        return fate, why

    def _deal(self, word: Word, slots: Slots, fate: str | None, why: str) -> list[Binding]:
        """An agreement named by a noun: with its own date or parties, or with what became of it."""
        parties = distinct(
            [s for n in ("between", "among", "possessor", "modifier", "with") for s in self._slot(slots, n, word)]
        )
        mover: list[Side] = []
        if slots.governor is not None and word.dep in ("dobj", "nsubjpass"):
            mover = [s for w in subject_of(slots.governor) for s in sides_at(self.cast, w) if s.player.kind in _BINDING]
        if fate is None:
            if len(parties) < 2 or not definite(word):
                return []
            fate, why = "agreed", f"the {word.text} between its parties"
        if fate == "broken" and mover and not is_passive(slots.governor or word):
            by = mover
        else:
            by = distinct([*parties, *mover])
        by = by or self.speakers(word)
        if not by:
            return []
        if fate == "agreed" and len({s.player.country for s in by}) < 2 and not parties:
            return []
        first, last = extent(
            self.r,
            word,
            slots.governor if slots.governor is not None and word.dep in ("dobj", "nsubjpass", "nsubj") else None,
            phrase=True,
        )
        return [Binding(word, "agreement", by, by, first, last, fate, word, 0.58, [f"the noun {word.text!r}", why])]

    def _given_word(self, word: Word) -> list[Binding]:
        """ "kept its word", "broke his word"."""
        verb = word.head
        if (
            word.dep != "dobj"
            or not any(c.dep == "poss" for c in word.children)
            or verb.lemma not in ("keep", "break", "honour", "honor")
        ):
            return []
        if standing_of(verb).status != "occurred":
            return []
        by = [s for w in subject_of(verb) for s in sides_at(self.cast, w)]
        if not by:
            return []
        sentence = self.r.sentences[word.sentence]
        first = min([s.mention.first for s in by if sentence.first <= s.mention.first <= word.i], default=verb.i)
        return [
            Binding(
                word,
                "promise",
                distinct(by),
                [],
                first,
                word.i,
                "broken" if verb.lemma == "break" else "fulfilled",
                verb,
                0.6,
                [f"{verb.text} its word"],
            )
        ]

    # -- what the event room already knows -------------------------------------------------------------------------

    def _coded_acts(self, seen: set[int], found: list[Binding]) -> list[Binding]:
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
            first, last = max(first, self.r.sentences[word.sentence].first), last
            if not coding.recipients and should:
                continue
            out.append(
                Binding(word, "demand" if should else "warning", coding.actors, coding.recipients, first, last, "open", head,
                        0.6 if should else 0.66, [f"what is said asks or threatens: {coding.word.text!r}"])
            )  # fmt: skip
        return out
