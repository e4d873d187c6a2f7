"""Who did what to whom, by rules: the lexicon's frames over the parse.

In: a `Reading`, its `Cast`, the lexicon. Out: `Coding`s, unsettled. For every verb and noun that the lexicon knows the
most specific frame that fits is taken; its slots are filled from the parse; no actor, no event, but for acts that are
told without one (`unnamed`).
"""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.events.arguments import Slots, clause_of, outer_subject, slots_of, subject_of
from dragoman.events.coding import Coding, Side
from dragoman.events.frames import Lexicon, Row, fits
from dragoman.events.parties import hidden_sides, in_slot, sides_at, strangers
from dragoman.events.speech_acts import speech_codings
from dragoman.events.status import is_background, standing_of
from dragoman.events.unnamed import BY_FORCE, done_to, host_of, instrument, mere_tool, told_unnamed, tool_mode
from dragoman.knowledge.lexicon import Frame
from dragoman.reading.words import Reading, Word

_NOUN_ACTORS = ("possessor", "by", "subject", "from", "modifier")
_NOUN_RECIPIENTS = ("of", "to", "with", "against", "on", "for", "toward", "towards")
# Acts that are done to things and people no file knows: "a hospital", "three fishermen".
_DONE_TO = frozenset(("ASSAULT", "COERCE", "AID", "PROTEST", "SANCTION"))
# Acts done in words, in which whoever carries the noun takes part, and the prepositions that carry it.
_VERBAL = frozenset(("CONSULT", "AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))
_CARRYING = frozenset(
    ("in", "during", "with", "through", "via", "by", "at", "for", "into", "to", "after", "following", "on")
)
# CAMEO's code for an attack, by its mode.
_BY_MODE = {"drone": "195", "aerial": "195", "heavy-weapons": "194", "explosives": "183", "firearms": "193"}
_VERB_RECIPIENTS = ("object", "indirect", "about")


class Rules:
    """The rule coder."""

    def __init__(self, frames: tuple[Frame, ...]) -> None:
        self.lexicon = Lexicon(frames)

    def code(self, reading: Reading, cast: Cast, silent: set[int] | None = None) -> list[Coding]:
        """All codings of a report, in text order.

        Args:
            silent: filled with the numbers of words that a frame says mean nothing, or that only try.
        """
        out: list[Coding] = []
        silent = set() if silent is None else silent
        for word in reading.words:
            if word.pos == "VERB" and ("verb", word.lemma) not in self.lexicon.by_word:
                word.lemma = self.lexicon.forms.get(word.lower, word.lemma)
        for sentence in reading.sentences:
            for word in reading.words[sentence.first : sentence.last]:
                rows = self.lexicon.candidates(word)
                if not rows:
                    continue
                coding = self._word(reading, cast, word, rows, sentence.number == 0, silent)
                if coding is not None:
                    out.append(coding)
        out += speech_codings(reading, cast)
        return out

    def _word(
        self, reading: Reading, cast: Cast, word: Word, rows: list[Row], lead: bool, silent: set[int]
    ) -> Coding | None:
        mention = cast.outer[word.i]
        if mention is not None and mention.kind in ("name", "title", "state", "body") and mention.root != word.i:
            return None
        slots = slots_of(word)
        for before, frame in rows:
            if not fits(reading, cast, word, slots, before, frame):
                continue
            if frame.category is None:
                silent.add(word.i)
                return None
            coding = self._fill(reading, cast, word, slots, frame, lead)
            if coding is not None:
                return coding
            if standing_of(word).status == "attempted":
                silent.add(word.i)
        return None

    def _fill(self, reading: Reading, cast: Cast, word: Word, slots: Slots, frame: Frame, lead: bool) -> Coding | None:
        noun = frame.pos == "noun"
        actor_slots = frame.actor or (_NOUN_ACTORS if noun else ("subject",))
        if noun and frame.actor == ("subject",):
            actor_slots = _NOUN_ACTORS
        recipient_slots = frame.recipient or (_NOUN_RECIPIENTS if noun else _VERB_RECIPIENTS)
        actors: list[Side] = []
        used = ""
        for slot in actor_slots:
            actors = in_slot(cast, slots, slot, word)
            if actors and frame.unnamed and slot != "subject":
                # "Oman's envoy to Chad was summoned to the ministry": he is not his own host
                own = {id(s.mention) for w in slots.object for s in sides_at(cast, w)}
                actors = [s for s in actors if id(s.mention) not in own]
            if slot == "subject" and actors:
                actors = [s for s in actors if not mere_tool(reading, s)]
            if actors:
                used = slot
                break
        recipients: list[Side] = []
        if frame.mutual:
            actors, recipients = self._mutual(cast, slots, word, frame, actors, recipient_slots)
        else:
            for slot in recipient_slots:
                if slot == used:
                    continue
                recipients = [s for s in in_slot(cast, slots, slot, word, actors) if not _same(s, actors)]
                if recipients:
                    break
        if not actors and "subject" in actor_slots and slots.governor is word:
            actors = [s for w in outer_subject(word) for s in sides_at(cast, w)]
        if not actors and frame.pos == "verb" and "subject" in actor_slots:
            actors = strangers(reading, cast, [w for w in slots.subject if tool_mode(w) is None])
        if not actors and frame.pos == "noun":
            heads = slots.possessor or slots.preps.get("by", [])
            actors = strangers(reading, cast, heads)
        if actors and not recipients and not frame.mutual:
            for slot in recipient_slots:
                if slot not in ("object", "indirect", "about", "clause", "possessor", "modifier", "in", "at", used):
                    recipients = [
                        x for w in slots.preps.get(slot, ()) for x in hidden_sides(cast, w) if not _same(x, actors)
                    ]
                    if recipients:
                        break
        if actors and not recipients:
            recipients = self._strange_recipients(reading, cast, slots, frame, recipient_slots, used)
        if frame.unnamed and recipients and used not in ("", "subject"):
            actors = host_of(cast, slots, actors, recipients)
        unnamed = not actors and told_unnamed(reading, word, slots, frame)
        if not actors and not unnamed:
            return None
        if unnamed and frame.category in BY_FORCE:
            recipients = done_to(cast, word, slots, recipients)
        together = frame.mutual
        if word.lemma == "agree" and not recipients and len({id(s.player) for s in actors}) > 1:
            # "Jordan and Britain agreed to train pilots": with one another
            actors, recipients, together = actors[:1], actors[1:], True
        if len({id(s.mention) for s in recipients}) == 1 and len(recipients) > 1:
            # "the two countries" after one of them acted: the other one is meant.
            countries = {s.player.country for s in actors}
            others = [s for s in recipients if s.player.country not in countries]
            recipients = others or recipients
        if not recipients and frame.needs == "recipient" and not unnamed:
            return None
        if noun and used == "subject" and word.dep == "pobj" and not _carried(word, frame):
            return None
        standing = standing_of(word)
        if standing.status == "attempted":
            return None
        trigger = _trigger(word, slots, frame)
        coding = Coding(
            word=word, category=frame.category or "", mode=frame.mode, cameo=frame.cameo, contexts=frame.contexts,
            actors=actors, recipients=recipients, trigger=trigger,
            evidence=_evidence(word, slots, actors, recipients, trigger), frame=frame.name, weight=frame.weight,
            reciprocal=together and len(actors) + len(recipients) > 1, status=standing.status,
        )  # fmt: skip
        if unnamed:
            coding.unnamed, coding.patient = (
                True,
                next((h for slot in recipient_slots for h in _heads(slots, slot)), None),
            )
            coding.reasons.append(("nobody is named who does it", 0.0))
        tool = instrument(word, slots)
        if tool is not None and coding.category == "ASSAULT" and not coding.mode:
            coding.mode = tool_mode(tool)
            coding.cameo = _BY_MODE.get(coding.mode or "", coding.cameo)
            coding.evidence = min(coding.evidence[0], tool.edges()[0]), max(coding.evidence[1], tool.i)
            coding.reasons.append((f"carried out with {tool.text!r}", 0.1))
        if standing.because:
            coding.reasons.append((f"status {standing.status}: the words {standing.because!r}", 0.0))
        if standing.status == "requested" and standing.governor is not None:
            asking = standing.governor if standing.governor.pos in ("VERB", "AUX") else clause_of(standing.governor)
            if asking is not None:
                coding.asker = [x for w in subject_of(asking) for x in sides_at(cast, w)]
        background = is_background(word, lead)
        if background is not None and standing.status == "occurred":
            coding.background = True
            coding.reasons.append((f"older than the news: the words {background!r}", 0.0))
        if frame.governs:
            coding.inner = _inner(slots)
        if coding.category == "CONSULT" and coding.mode is None:
            _where_met(cast, slots, coding)
        return coding

    def _strange_recipients(
        self, reading: Reading, cast: Cast, slots: Slots, frame: Frame, recipient_slots: tuple[str, ...], used: str
    ) -> list[Side]:
        """A phrase in a recipient's slot that names nobody known: a new name, or what force is used on."""
        anything = frame.category in _DONE_TO
        for slot in recipient_slots:
            heads = _heads(slots, slot)
            if slot in ("about", "clause", "modifier", used) or (slot == "object" and frame.object):
                continue
            found = strangers(
                reading, cast, heads, anything=anything and slot in ("object", "on", "against", "of", "at", "to")
            )
            if found:
                return found
        return []

    def _mutual(
        self, cast: Cast, slots: Slots, word: Word, frame: Frame, actors: list[Side], recipient_slots: tuple[str, ...]
    ) -> tuple[list[Side], list[Side]]:
        """Meetings and the like: everybody named takes part; the subject's side first."""
        recipients: list[Side] = []
        for slot in dict.fromkeys(
            (*frame.recipient, "with", "object", *recipient_slots, "between", "among", "modifier", "of")
        ):
            if slot == "about":
                continue
            found = [s for s in in_slot(cast, slots, slot, word) if not _same(s, actors)]
            if (
                found
                and slot == "of"
                and any(s.mention.kind == "place" or (actors and s.player.kind == "igo") for s in found)
            ):
                continue  # "a meeting of the OIC" that two ministers want: the body meets, it is not their partner
            if found:
                recipients = found
                break
        if not actors and len(recipients) > 1:
            return recipients[:1], recipients[1:]
        if not recipients and len(actors) > 1:
            return actors[:1], actors[1:]
        return actors, recipients


def _carried(noun: Word, frame: Frame) -> bool:
    """ "in a phone call with X, Y offered": the clause's subject takes part; "lived under a blockade": it does not."""
    return (frame.mutual or frame.category in _VERBAL) and noun.head.lower in _CARRYING


def _where_met(cast: Cast, slots: Slots, coding: Coding) -> None:
    """Talks in one side's country are the other's visit; in a third country, third-party."""
    places = [
        s
        for name in ("in", "at")
        for w in slots.preps.get(name, ())
        for s in sides_at(cast, w)
        if s.mention.kind in ("place", "state") and s.player.kind == "state"
    ]
    if not places:
        return
    place = places[0]
    actors = {s.player.country for s in coding.actors}
    recipients = {s.player.country for s in coding.recipients}
    if place.player.country in actors | recipients:
        if place.player.country in recipients and place.player.country not in actors:
            coding.mode, coding.cameo = "visit", "042"
            coding.reasons.append((f"they met in the recipient's country: {place.mention.span.text!r}", 0.1))
    elif coding.recipients and None not in actors | recipients:
        coding.mode, coding.cameo = "third-party", "044"
        coding.reasons.append((f"they met in a third country: {place.mention.span.text!r}", 0.1))
    elif not coding.recipients and len(actors) == 1 and None not in actors:
        coding.recipients = [place]
        coding.mode, coding.cameo = "visit", "042"
        coding.reasons.append((f"talks in {place.mention.span.text!r} by somebody from elsewhere", 0.1))


def _heads(slots: Slots, slot: str) -> list[Word]:
    """The words that head the phrases in a slot, those of objects and prepositions."""
    if slot == "object":
        return slots.object
    return slots.indirect if slot == "indirect" else slots.preps.get(slot, [])


def _same(side: Side, others: list[Side]) -> bool:
    return any(side.player is o.player for o in others)


def _inner(slots: Slots) -> Word | None:
    """The act a governing frame is about."""
    if slots.clauses:
        return slots.clauses[0]
    for name in ("for", "to", "on", "of", "against", "with"):
        for head in slots.preps.get(name, ()):
            if head.pos == "NOUN":
                return head
    return slots.object[0] if slots.object else None


def _trigger(word: Word, slots: Slots, frame: Frame) -> tuple[int, int]:
    numbers = [word.i]
    if frame.object:
        for head in slots.object[:1]:
            if 0 < head.i - word.i <= 6 or 0 < word.i - head.i <= 2:
                numbers.append(head.i)
    if frame.particle:
        for child in word.children:
            if child.lower in frame.particle and abs(child.i - word.i) <= 4:
                numbers.append(child.i)
    return min(numbers), max(numbers)


def _evidence(
    word: Word, slots: Slots, actors: list[Side], recipients: list[Side], trigger: tuple[int, int]
) -> tuple[int, int]:
    """From the first to the last word that the coding rests on, inside the sentence."""
    numbers = [word.i, *trigger]
    for side in (*actors, *recipients):
        numbers += [side.mention.first, side.mention.last]
    for head in (*slots.object[:1], *slots.clauses[:1]):
        first, last = head.edges()
        if first > word.i:
            numbers.append(min(last, word.i + 30))
    if slots.light is not None:
        numbers.append(slots.light.i)
    return min(numbers), max(numbers)
