"""Calls, meetings, visits, letters, ceremonies and summits that a report names: one entry each.

In: a reading, its cast and codings. Out: `Met`, in text order. A contact is told several times: in the headline, by a
verb, by a noun ("spoke with ... During the phone conversation"); the tellings are put together here. A definite noun
without parties of its own goes back to the contact before it and only adds its channel. What is told of nobody is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.actors.cast import Cast
from dragoman.events.coding import Coding, Side
from dragoman.knowledge.contacts import contact_words
from dragoman.reading.words import Reading, Word
from dragoman.record.around import affairs_between_states, definite, distinct, public
from dragoman.record.encounters import Encounters
from dragoman.record.occasions import Occasion, date_of, occasion_of
from dragoman.record.passing import harked_back_to, thanked_for
from dragoman.record.same_sides import fits, overlap, same_people
from dragoman.record.scene import Draft
from dragoman.record.topics import topics_of

# Channels that may be the same contact, told more or less exactly.
_FAMILY = {
    "phone": "talk", "video": "talk", "meeting": "talk", "summit": "talk", "other": "talk",
    "visit": "visit", "letter": "letter", "ceremony": "ceremony",
}  # fmt: skip
_EXACT = ("other", "meeting", "summit", "phone", "video")
# Words of evidence on either side of the word that names the contact.
_WIDTH = 18
_BODIES = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG"))
_DONE = frozenset(("occurred", "negated"))


@dataclass(slots=True, eq=False)
class Met:
    """A contact while the record is put together; `evidence` is first and last word number.

    Attributes as in `dragoman.record.entries.Contact`; `place` is first and last word number of the place's name.
    """

    channel: str
    participants: list[Side]
    evidence: tuple[int, int]
    visitor: str | None = None
    host: str | None = None
    place: tuple[int, int] | None = None
    date: str | None = None
    status: str = "occurred"
    background: bool = False
    topics: list[str] = field(default_factory=list)
    confidence: float = 0.5
    reasons: list[tuple[str, float]] = field(default_factory=list)


def find_contacts(reading: Reading, cast: Cast, codings: list[Coding]) -> list[Met]:
    """All contacts of a report, in text order."""
    _ = codings  # contacts are told by more words than the event lexicon knows; nothing is needed from it yet
    return _Finder(reading, cast).run()


@dataclass(slots=True, eq=False)
class _Told:
    """A contact with all its tellings."""

    draft: Draft
    occasion: Occasion
    met: Met
    words: list[Word]


class _Finder:
    def __init__(self, reading: Reading, cast: Cast) -> None:
        self.r = reading
        self.cast = cast
        self.told: list[_Told] = []
        self.foreign = affairs_between_states(cast)

    def run(self) -> list[Met]:
        """Take the drafts in text order; keep the sure ones."""
        for draft in Encounters(self.r, self.cast).find():
            self._take(draft)
        kept = [t for t in self.told if t.met.confidence >= 0.5]
        kept.sort(key=lambda t: t.met.evidence)
        return [t.met for t in kept]

    def _take(self, draft: Draft) -> None:
        sentence = self.r.sentences[draft.word.sentence]
        lead = sentence.number == 0 or sentence.headline
        occasion = occasion_of(self.r, draft.word, lead)
        if draft.status is not None and occasion.status in ("occurred", "planned"):
            occasion = Occasion(draft.status, False, occasion.because)
        if draft.ellipsis and not self._continue(draft):
            return
        if draft.dated and occasion.status == "occurred":
            occasion = Occasion(occasion.status, True, (*occasion.because, "a contact known by its date"))
        if self._accepted(draft, occasion):
            occasion = Occasion("planned", False, (*occasion.because, "the invitation was accepted"))
        earlier = self._same(draft, occasion)
        if earlier is not None:
            self._add(earlier, draft, occasion)
            return
        if draft.back and draft.certain < 0.5 and not self._hosted(draft):
            return
        if occasion.status in ("hypothetical", "negated"):
            draft.certain -= 0.2  # "they would have met", "refused to meet": little is told
        if self._at_home(draft):
            return
        if not any(public(s) for s in draft.sides):
            draft.certain -= 0.1 if self.foreign and any(s.player.kind == "person" for s in draft.sides) else 0.4
        if len(draft.sides) == 1 and draft.channel != "visit" and self._crowd(draft.sides[0]):
            draft.certain -= 0.3
        if not draft.sides and draft.certain < 0.5:
            return
        self.told.append(self._new(draft, occasion))

    def _continue(self, draft: Draft) -> bool:
        """Give "the next round" the parties of the last talks told."""
        before = next(
            (t for t in reversed(self.told) if _FAMILY[t.met.channel] == "talk" and len(t.met.participants) > 1), None
        )
        if before is None:
            return False
        draft.sides = list(before.met.participants)
        draft.back = False
        draft.why.append("its parties are those of the talks told before")
        return True

    def _hosted(self, draft: Draft) -> bool:
        """ "received X, who is on a working visit": the visit is to the one who receives."""
        if draft.channel != "visit" or draft.visitor is None or draft.host is not None or not self.told:
            return False
        last = self.told[-1]
        host = last.met.host
        if last.words[-1].sentence < draft.word.sentence - 1 or host is None or host == draft.visitor.player.country:
            return False
        draft.host, draft.certain = host, 0.55
        return True

    def _at_home(self, draft: Draft) -> bool:
        """Whether all parties are of one country and none of them fights or opposes its government: no diplomacy."""
        countries = {None if s.player.guessed else s.player.country for s in draft.sides}
        if (
            len(countries) != 1
            or None in countries
            or countries & _BODIES
            or draft.channel in ("visit", "ceremony")
            or len(draft.sides) < 2
        ):
            return False
        return not any(
            s.player.kind in ("armed_group", "party") or s.player.sector in ("REB", "SEP", "OPP", "UAF")
            for s in draft.sides
        )

    def _crowd(self, side: Side) -> bool:
        """Lawmakers, employees, a crowd: no party to a contact by themselves."""
        word = self.r.words[side.mention.root]
        return side.player.kind == "group" and word.lemma not in contact_words().file.officials

    def _new(self, draft: Draft, occasion: Occasion) -> _Told:
        channel = draft.channel or self._open_channel(draft)
        background = occasion.background or (
            occasion.status == "occurred" and (thanked_for(self.r, draft.word) or harked_back_to(draft.word))
        )
        met = Met(
            channel=channel,
            participants=distinct(draft.sides),
            evidence=self._evidence(draft),
            visitor=draft.visitor.player.country if draft.visitor is not None else None,
            host=draft.host,
            place=draft.place,
            date=date_of(self.r, draft.word),
            status=occasion.status,
            background=background,
            topics=topics_of(self.r, draft.word),
            confidence=round(draft.certain, 3),
        )
        met.reasons += [(why, draft.certain) for why in draft.why]
        met.reasons += [(f"status {occasion.status}: {why}", 0.0) for why in occasion.because]
        if draft.channel is None:
            met.reasons.append((f"the words leave the channel open; {channel} is the likeliest", -0.2))
        return _Told(draft, occasion, met, [draft.word])

    def _open_channel(self, draft: Draft) -> str:
        """Officials of two countries who "spoke", no place named: by telephone, as readouts use the word."""
        countries = {s.player.country for s in draft.sides if s.player.country}
        persons = sum(s.player.kind in ("person", "office") for s in draft.sides)
        return "phone" if len(countries) > 1 and persons > 1 else "other"

    def _evidence(self, draft: Draft) -> tuple[int, int]:
        """The word and the parties close to it, inside the sentence."""
        sentence = self.r.sentences[draft.word.sentence]
        numbers = [draft.word.i]
        for side in draft.sides:
            if side.mention.first >= sentence.first and side.mention.last < sentence.last:
                numbers += [side.mention.first, side.mention.last]
        if draft.place is not None and sentence.first <= draft.place[0] < sentence.last:
            numbers += list(draft.place)
        low = max(min(numbers), draft.word.i - _WIDTH, sentence.first)
        high = min(max(numbers), draft.word.i + _WIDTH, sentence.last - 1)
        return min(low, *draft.extra, high), max(high, *draft.extra, low)

    def _accepted(self, draft: Draft, occasion: Occasion) -> bool:
        """ "invited X to Y, an invitation X accepted"."""
        if occasion.status != "proposed" or draft.channel != "visit":
            return False
        file = contact_words().file
        sentence = draft.word.sentence
        for number in (sentence, sentence + 1):
            if number >= len(self.r.sentences):
                break
            for word in self.r.sentence_words(number):
                if word.lemma == "accept" and word.pos == "VERB" and not any(c.dep == "neg" for c in word.children):
                    near = self.r.words[max(0, word.i - 6) : word.i + 8]
                    if any(w.lemma in file.inviting or w.lemma == "visit" for w in near) or (
                        number == sentence + 1 and any(w.lower == "it" for w in near)
                    ):
                        return True
        return False

    # -- tellings of the same --------------------------------------------------------------------------------------

    def _same(self, draft: Draft, occasion: Occasion) -> _Told | None:
        """The contact told before that this draft tells again."""
        for told in reversed(self.told):
            if self._one_phrase(told, draft):
                return told
        family = _FAMILY[draft.channel or "other"]
        fresh = [t for t in self.told if _FAMILY[t.met.channel] == family]
        if draft.back:
            return self._meant(draft, occasion, fresh)
        for told in reversed(fresh):
            if self._matches(told, draft, occasion):
                return told
        return None

    def _one_phrase(self, told: _Told, draft: Draft) -> bool:
        """ "spoke in a phone call with", "held a round of talks": two words of one phrase."""
        if _FAMILY[told.met.channel] != _FAMILY[draft.channel or "other"] or told.met.channel == "visit":
            return False
        for word in told.words:
            if word.sentence != draft.word.sentence or abs(word.i - draft.word.i) > 12:
                continue
            low, high = (word, draft.word) if word.i < draft.word.i else (draft.word, word)
            for above in list(high.ancestors())[:3]:
                if above is low:
                    if (
                        low.pos == "NOUN"
                        and any(w.lower in ("with", "between") for w in self.r.words[low.i : high.i])
                        and draft.sides
                        and len(draft.sides) > 1
                    ):
                        continue
                    if low.pos == high.pos == "VERB" and not same_people(told.met.participants, draft.sides):
                        continue  # "lunched with the mufti and rang the rabbi"
                    return overlap(told.met.participants, draft.sides) or not draft.sides
        return False

    def _meant(self, draft: Draft, occasion: Occasion, fresh: list[_Told]) -> _Told | None:
        """What a definite noun goes back to: the last contact of its kind that its parties fit."""
        for told in reversed(fresh):
            if occasion.status in _DONE and told.met.status not in _DONE and draft.channel != "visit":
                continue
            if occasion.background and not told.met.background:
                continue
            if occasion.status not in _DONE and told.met.status in _DONE and draft.channel != "visit":
                continue  # "agreed to hold the next round" goes back to no round that was held
            if (
                draft.channel in ("phone", "video")
                and told.met.channel not in ("phone", "video", "other")
                and told.draft.channel is not None
            ):
                continue
            if (
                draft.channel == "meeting"
                and draft.word.lemma == "meeting"
                and told.met.channel in ("phone",)
                and told.draft.channel is not None
            ):
                continue
            if draft.host is not None and told.met.host is not None and draft.host != told.met.host:
                continue
            if all(fits(told.met.participants, side) for side in draft.sides):
                return told
        return None

    def _matches(self, told: _Told, draft: Draft, occasion: Occasion) -> bool:
        met = told.met
        if self._announced(told, draft, occasion):
            return True
        if occasion.background != met.background and not thanked_for(self.r, draft.word):
            return False
        if met.status != occasion.status and not {met.status, occasion.status} <= {"planned", "proposed", "requested"}:
            return False
        if draft.channel == "visit":
            return self._same_visit(told, draft)
        if draft.channel is not None and told.draft.channel is not None and draft.channel != told.draft.channel:
            pair = {draft.channel, told.draft.channel}
            if pair & {"phone", "video"} or draft.word.sentence - told.words[-1].sentence > 2:
                return False
        if draft.host is not None and met.host is not None and draft.host != met.host:
            return False
        if occasion.background and draft.word.sentence != told.words[-1].sentence:
            return same_people(met.participants, draft.sides)
        return same_people(met.participants, draft.sides)

    def _announced(self, told: _Told, draft: Draft, occasion: Occasion) -> bool:
        """Whether a headline told it in short: "King meets premier"."""
        if not self.r.sentences[told.words[0].sentence].headline or len(told.words) > 1:
            return False
        if draft.host is not None and told.met.host is not None and draft.host != told.met.host:
            return False
        return told.met.status == occasion.status and overlap(told.met.participants, draft.sides)

    def _same_visit(self, told: _Told, draft: Draft) -> bool:
        met = told.met
        if draft.host is not None and met.host is not None and draft.host != met.host:
            return False
        spots = (told.draft.place, draft.place)
        if spots[0] is not None and spots[1] is not None and draft.host is None and met.host is None:
            towns = {self.r.words[spot[1]].lower for spot in spots if spot is not None}
            if len(towns) > 1:
                return False
        a, b = told.draft.visitor, draft.visitor
        if a is None or b is None:
            return True
        if a.player is b.player:
            return True
        return (
            a.player.country is not None
            and a.player.country == b.player.country
            and "person" not in (a.player.kind, b.player.kind)
        )

    def _add(self, told: _Told, draft: Draft, occasion: Occasion) -> None:
        """Put one more telling to a contact."""
        met = told.met
        told.words.append(draft.word)
        met.reasons.append((f"told again: {draft.word.text!r}", 0.05))
        if draft.channel is not None and _FAMILY[draft.channel] == "talk":
            opened = told.draft.channel is None
            if opened or (_rank(draft.channel) > _rank(met.channel) and self._one_phrase_channel(told, draft)):
                met.channel = draft.channel
                told.draft.channel = draft.channel
                met.reasons.append((f"{draft.word.text!r} tells the channel", 0.1))
        if not draft.back or not met.participants:
            have = {id(s.player) for s in met.participants}
            better = [s for s in draft.sides if id(s.player) not in have]
            countries = {s.player.country for s in met.participants if s.player.kind in ("person", "office")}
            met.participants += [
                s for s in better if s.player.kind in ("person", "office") or s.player.country not in countries
            ]
        met.host = met.host or draft.host
        met.place = met.place or draft.place
        met.date = met.date or date_of(self.r, draft.word)
        for topic in topics_of(self.r, draft.word):
            if topic not in met.topics:
                met.topics.append(topic)
        old_sentence = self.r.sentences[told.words[0].sentence]
        if old_sentence.headline and not draft.back and not self.r.sentences[draft.word.sentence].headline:
            # The headline only announces; the body tells it in full.
            met.evidence = self._evidence(draft)
            met.participants = distinct(draft.sides) if len(draft.sides) > 1 else met.participants
        elif draft.word.sentence == told.words[0].sentence:
            more = self._evidence(draft)
            met.evidence = (min(met.evidence[0], more[0]), max(met.evidence[1], more[1]))
        if met.status in ("proposed", "requested") and occasion.status == "planned":
            met.status = "planned"
        met.confidence = round(min(0.97, max(met.confidence, draft.certain) + 0.03), 3)

    def _one_phrase_channel(self, told: _Told, draft: Draft) -> bool:
        return draft.word.sentence == told.words[0].sentence or draft.back or not definite(draft.word)


def _rank(channel: str) -> int:
    return _EXACT.index(channel) if channel in _EXACT else 0
