"""The record put together: what the rooms found becomes frozen entries.

In: a `Reading`, its `Cast`, places and settled codings. Out: a `Record`. Events get their date, their place and the
one on whose word they rest; statements point to the events inside them.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date as calendar_day
from datetime import timedelta

from dragoman.actors.cast import Cast, Mention, Player
from dragoman.actors.learnt import told
from dragoman.events.coding import Coding, Side
from dragoman.events.subjects import clause_of
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.world import Folded
from dragoman.places.gazette import Spot
from dragoman.reading.words import Reading, TimeExpression, Word
from dragoman.record.commitments import Bound, find_commitments
from dragoman.record.contacts import Met, find_contacts
from dragoman.record.entries import Actor, Commitment, Contact, Event, Party, Place, Reason, Record, Statement, Telling
from dragoman.record.event_places import place_of
from dragoman.record.statements import Said, find_statements

# An act dated longer than this before publication is background, not the news.
OLD = timedelta(days=14)
# Categories whose acts happen somewhere; words alone have no place.
_PLACED = frozenset(
    (
        "CONSULT",
        "AID",
        "RETREAT",
        "PROTEST",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
        "COOPERATE",
        "AGREE",
        "SUPPORT",
        "SANCTION",
    )
)


def assemble(reading: Reading, cast: Cast, spots: list[Spot], codings: list[Coding], folded: Folded) -> Record:
    """Make the record of a report; ``folded`` as `folded_countries` gives it."""
    return _Assembler(reading, cast, spots, codings, folded).run()


class _Assembler:
    def __init__(self, reading: Reading, cast: Cast, spots: list[Spot], codings: list[Coding], folded: Folded) -> None:
        self.r = reading
        self.cast = cast
        self.spots = spots
        self.codings = codings
        self.folded = folded
        self.actors: dict[int, Actor] = {}
        self.places: dict[int, Place] = {}

    def run(self) -> Record:
        said = find_statements(self.r, self.cast)
        met = find_contacts(self.r, self.cast, self.codings)
        bound = find_commitments(self.r, self.cast, self.codings, said, met)
        used = self._used(said, met, bound)
        for player in self.cast.players:
            if player.mentions or id(player) in used:
                self.actors[id(player)] = actor_of(player, self.folded)
        for spot in self.spots:
            self.places[id(spot)] = self._place(spot)
        events = [self._event(c, said) for c in self.codings]
        order = sorted(range(len(events)), key=lambda i: (events[i].trigger.start, events[i].trigger.end))
        events = [events[i] for i in order]
        triggers = [e.trigger.start for e in events]
        return Record(
            report=self.r.report,
            actors=tuple(self.actors.values()),
            events=tuple(events),
            contacts=tuple(self._contact(m) for m in met),
            statements=tuple(self._statement(s, triggers) for s in said),
            commitments=tuple(self._commitment(b) for b in bound),
            places=tuple(self.places.values()),
        )

    def _used(self, said: list[Said], met: list[Met], bound: list[Bound]) -> dict[int, Player]:
        """Actors that some entry names, even if only by an adjective or a place."""
        sides: list[Side] = []
        for coding in self.codings:
            sides += [*coding.actors, *coding.recipients]
        for s in said:
            sides += [*s.speakers, *s.addressees, *s.about]
        for m in met:
            sides += m.participants
        for b in bound:
            sides += [*b.by, *b.to, *([b.addressee] if b.addressee else [])]
        for side in sides:
            if side.mention not in side.player.mentions:
                side.player.mentions.append(side.mention)
        return {id(s.player): s.player for s in sides}

    def _party(self, side: Side) -> Party:
        if id(side.player) not in self.actors:
            self.actors[id(side.player)] = actor_of(side.player, self.folded)
        return Party(actor=self.actors[id(side.player)], span=_naming(self.r, side).span)

    def _parties(self, sides: list[Side]) -> tuple[Party, ...]:
        return tuple(self._party(s) for s in sides)

    def _place(self, spot: Spot) -> Place:
        return Place(
            span=self.r.span_of(spot.first, spot.last),
            name=spot.name,
            country=spot.country,
            lat=spot.lat,
            lon=spot.lon,
            geoname_id=spot.geoname_id,
            precision=spot.precision,
            reasons=_reasons(spot.reasons),
        )

    def _event(self, c: Coding, said: list[Said]) -> Event:
        book = codebook()
        start = self.r.words[c.word.i].start
        speaker = self._on_whose_word(c, start, said)
        date, basis = self._date(c)
        background = c.background or self._is_old(c, date) or self._before_what_is_old(c)
        reasons = [
            (f"rule {c.frame}: the word {c.word.text!r}", c.weight),
            (book.line(c.category, c.mode), 0.0),
            *c.reasons,
        ]
        if speaker is not None:
            reasons.append((f"on the word of {speaker.player.name}", 0.0))
        return Event(
            category=c.category,
            mode=c.mode,
            cameo=c.cameo,
            quad=book.categories[c.category].quad,
            intensity=book.intensity(c.category, c.mode),
            contexts=c.contexts or (book.cameo[c.cameo].contexts if c.cameo in book.cameo else ()),
            actors=self._parties(c.actors),
            recipients=self._parties(c.recipients),
            reciprocal=c.reciprocal,
            status=c.status,
            background=background,
            asserted_by=self._party(speaker) if speaker is not None else None,
            date=date,
            date_basis=basis,
            place=self._event_place(c),
            trigger=self.r.span_of(*c.trigger),
            evidence=self.r.span_of(*c.evidence),
            confidence=c.confidence,
            reasons=_reasons(reasons),
        )

    def _on_whose_word(self, c: Coding, start: int, said: list[Said]) -> Side | None:
        """Who says that it happened: the speaker of the narrowest statement around it.

        What somebody does by saying it ("he warned") rests on the reporter's word, not on the speaker's own.
        """
        if c.frame.startswith("speech_acts"):
            return c.asserted
        inside = [s for s in said if s.start <= start < s.end and not (s.cue and s.cue[0] <= c.word.i <= s.cue[1])]
        for statement in sorted(inside, key=lambda s: s.end - s.start):
            if statement.speakers:
                return statement.speakers[0]
        return c.asserted

    def _date(self, c: Coding) -> tuple[str | None, str]:
        """The time expression that hangs on the act, else the day of publication for fresh news."""
        published = self.r.report.published
        found = self.time_near(c.word)
        ahead = found is not None and published is not None and found.value.rsplit("/", 1)[-1] > published.isoformat()
        # What has happened has not happened later than its report: "promised to free them by May" was not done in May.
        if found is not None and not (ahead and c.status in ("occurred", "negated")):
            return found.value, found.basis
        if published is not None and c.status in ("occurred", "negated") and not c.background:
            return published.isoformat(), "published"
        return None, "unknown"

    def _is_old(self, c: Coding, date: str | None) -> bool:
        """Whether the act's own date lies well before the report."""
        published = self.r.report.published
        if date is None or published is None or c.status != "occurred":
            return False
        return date.rsplit("/", 1)[-1][:10] < self._fresh(published)

    def _fresh(self, published: calendar_day) -> str:
        """The first day that is no older than the news."""
        return (published - min(OLD, published - published.min)).isoformat()

    def _before_what_is_old(self, c: Coding) -> bool:
        """ "In April 2021 they adopted the plan, two months after the army seized power": before it, so older still."""
        published = self.r.report.published
        clause = c.word if c.word.pos in ("VERB", "AUX") else clause_of(c.word)
        if published is None or c.status != "occurred" or clause is None or clause.dep != "advcl":
            return False
        if not any(w.dep in ("mark", "advmod") and w.lower in ("after", "since", "once") for w in clause.children):
            return False
        found = self.time_near(clause.head)
        return found is not None and found.value.rsplit("/", 1)[-1][:10] < self._fresh(published)

    def time_near(self, word: Word) -> TimeExpression | None:
        """The time expression that belongs to an act: it hangs on its word or its clause, by the parse.

        "promised to send them by May" was not done in May: a time below another verb belongs to that one.
        """
        sentence = self.r.sentences[word.sentence]
        clause = word if word.pos in ("VERB", "AUX") else clause_of(word)
        fits = []
        for time in self.r.times:
            if not sentence.start <= time.start < sentence.end:
                continue
            first = next((w for w in self.r.sentence_words(word.sentence) if time.start <= w.start < time.end), None)
            if first is None:
                continue
            above = list(first.ancestors())
            verb = next((w for w in (first, *above) if w.pos in ("VERB", "AUX")), None)
            if word in above or (verb is not None and verb is clause):
                fits.append(time)
        if not fits and clause is not None and _shares_its_time(clause):
            return self.time_near(clause.head)
        return min(fits, key=lambda t: abs(t.start - word.start), default=None)

    def _event_place(self, c: Coding) -> Place | None:
        """Where the act happens, by the parse; words alone have no place."""
        spot = place_of(self.r, self.spots, c.word) if c.category in _PLACED else None
        return self.places[id(spot)] if spot is not None else None

    def _contact(self, m: Met) -> Contact:
        place = None
        if m.place is not None:
            place = next(
                (self.places[id(s)] for s in self.spots if s.first <= m.place[1] and m.place[0] <= s.last), None
            )
        return Contact(
            channel=m.channel,
            participants=self._parties(m.participants),
            visitor=m.visitor,
            host=m.host,
            place=place,
            date=m.date,
            status=m.status,
            background=m.background,
            topics=tuple(m.topics),
            evidence=self.r.span_of(*m.evidence),
            confidence=m.confidence,
            reasons=_reasons(m.reasons),
        )

    def _statement(self, s: Said, triggers: list[int]) -> Statement:
        """A statement; ``triggers`` is where the events' words begin, in the order of the events."""
        inside = range(bisect_left(triggers, s.start), bisect_left(triggers, s.end))
        return Statement(
            speakers=self._parties(s.speakers),
            cue=self.r.span_of(*s.cue) if s.cue else None,
            content=self.r.span(s.start, s.end),
            kind=s.kind,
            addressees=self._parties(s.addressees),
            about=self._parties(s.about),
            stance=s.stance,
            events=tuple(inside),
            confidence=s.confidence,
            reasons=_reasons(s.reasons),
        )

    def _commitment(self, b: Bound) -> Commitment:
        return Commitment(
            kind=b.kind,
            by=self._parties(b.by),
            to=self._parties(b.to),
            addressee=self._party(b.addressee) if b.addressee else None,
            content=self.r.span(b.start, b.end),
            due=b.due,
            condition=b.condition,
            status=b.status,
            refers_to=b.refers_to,
            background=b.background,
            confidence=b.confidence,
            reasons=_reasons(b.reasons),
        )


def _shares_its_time(clause: Word) -> bool:
    """ "met in March and agreed", "in March crowds fled when police fired": one time for both verbs."""
    if clause.head is clause or clause.head.pos not in ("VERB", "AUX"):
        return False
    joined = clause.dep == "conj" and clause.tag == clause.head.tag
    while_then = clause.dep == "advcl" and any(w.dep == "advmod" and w.lower == "when" for w in clause.children)
    return joined or while_then


def _naming(reading: Reading, side: Side) -> Mention:
    """The words that name a party: of "Oman said it would pay" not "it", but the name in the same sentence."""
    mention = side.mention
    if mention.kind != "pronoun":
        return mention
    sentence = reading.words[mention.first].sentence
    named = [
        m
        for m in side.player.mentions
        if m.kind in ("name", "title", "state", "body", "people")
        and len(m.players) == 1
        and reading.words[m.first].sentence == sentence
    ]
    return min(named, key=lambda m: abs(m.first - mention.first), default=mention)


def actor_of(player: Player, folded: Folded) -> Actor:
    """The record's entry for an actor; ``folded`` as `folded_countries` gives it."""
    mentions = sorted({(m.span.start, m.span.end): m.span for m in player.mentions}.items())
    country, disputed = folded.get(player.country or "", (player.country, False))
    reasons = player.reasons
    if country != player.country:
        reasons = [*reasons, (f"{player.country} counts as {country} by PLOVER's country rules", 0.0)]
    others = player.other_sectors
    if disputed and player.sector != "PRE" and "PRE" not in others:
        others = [*others, "PRE"]
    return Actor(
        name=player.name or "unnamed",
        kind=player.kind,
        country=country,
        sector=player.sector,
        other_sectors=tuple(others),
        role=player.role if player.kind in ("person", "office") else None,
        role_status=player.role_status if player.kind in ("person", "office") else None,
        qid=player.qid,
        mentions=tuple(span for _, span in mentions),
        told=tuple(
            Telling(span=t.span, role=t.role, role_status=t.status, country=t.country, sector=t.sector)
            for t in told(player)
        ),
        reasons=_reasons(reasons),
    )


def _reasons(facts: list[tuple[str, float]]) -> tuple[Reason, ...]:
    return tuple(Reason(fact=fact, weight=max(-1.0, min(1.0, weight))) for fact, weight in facts)
