"""One event, many tellings: inside a story, events that are the same get one id, and a report that tells of the story
without an event of its own is noted as telling of it.

In: a story, and which of its reports are new in it. Out: `events.event_id` shared by events that are the same;
`stories.event`, the event that the story is about; `story_mentions`. Refuses to make one event of what differs in kind,
in its sides, its days, its channel or its country, and of what a person has put apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from dragoman.archive import grouping, tables, tallies
from dragoman.archive.fates import sentences
from dragoman.archive.rulings import pairs_apart
from dragoman.archive.tellings import LEAD, cosine, weighed
from dragoman.knowledge.folding import fold
from dragoman.knowledge.readouts import readout_words
from dragoman.record.entries import Reason

SAME = 0.62
"""From this score on two events are one."""
_CALLED_OFF = ("hypothetical", "requested")
_LOOSE = ("published", "unknown")
_APART, _LOOSELY_APART = 1, 3
_LEAST_WORDS = 0.12
_MENTION_WORDS = 0.12
"""From this likeness on a sentence tells of an event."""
_READ = 1500


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """An event as one report tells it."""

    id: str
    report_id: str
    ordinal: int
    event_id: str
    category: str
    mode: str | None
    status: str
    background: bool
    reciprocal: bool
    days: tuple[date, date] | None
    loose: bool
    place: str | None
    country: str | None
    start: int
    confidence: float
    text: str
    words: dict[str, float]
    sides: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def all_sides(self) -> frozenset[str]:
        """Everybody who takes part."""
        return self.sides.get("actor", frozenset()) | self.sides.get("recipient", frozenset())


def merge(connection: Connection, story: str, fresh: Collection[str]) -> None:
    """Make events of these reports one with those of the rest of their story that are the same."""
    listed = grouping.members(connection, story, sorted(fresh)[: grouping.SAMPLE // 2])
    told = events_of(connection, listed)
    groups: dict[str, list[Told]] = defaultdict(list)
    for event in told:
        groups[event.event_id].append(event)
    for event in sorted(told, key=lambda event: (event.report_id, event.ordinal)):
        # Who shares its event already, or heads one, stays.
        if event.report_id in fresh and len(groups[event.event_id]) == 1 and event.event_id == event.id:
            _place(connection, event, groups)
    tell(connection, story, fresh, listed, groups)


def tell(
    connection: Connection,
    story: str,
    fresh: Collection[str],
    listed: Sequence[str],
    groups: Mapping[str, Sequence[Told]],
) -> None:
    """Settle which event a story is about, and which of its reports tell of it without an event of their own."""
    row = connection.execute(select(tables.stories).where(tables.stories.c.id == story)).one()
    main = None
    if row.reports > 1:
        main = main_event(groups, _texts(connection, listed), (row.opened, row.updated))
    if main != row.event:
        connection.execute(update(tables.stories).where(tables.stories.c.id == story).values(event=main))
        fresh = grouping.reports_of(connection, story)
    if main is not None:
        _mention(connection, main, groups[main], fresh)
    else:
        drop(connection, fresh)


def settle(connection: Connection, story: str) -> None:
    """After a story's reports or events were moved: which event it is about now, and who tells of it."""
    reports = grouping.reports_of(connection, story)
    listed = grouping.members(connection, story)
    groups: dict[str, list[Told]] = defaultdict(list)
    for event in events_of(connection, listed):
        groups[event.event_id].append(event)
    drop(connection, reports)
    tell(connection, story, reports, listed, groups)


def events_of(connection: Connection, reports: Sequence[str]) -> list[Told]:
    """The events of reports that may be one with others: said to have happened, to come, or not to have."""
    column, report = tables.events.c, tables.reports.c
    query = (
        select(tables.events, report.text)
        .join(tables.reports, report.id == column.report_id)
        .where(column.report_id.in_(list(reports)), column.status.not_in(_CALLED_OFF))
        .order_by(column.report_id, column.ordinal)
    )
    rows = connection.execute(query).all()
    party = tables.parties.c
    sides: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    ids = [row.id for row in rows]
    if ids:
        stand = select(party.entry, party.side, party.country, party.name)
        for row in connection.execute(stand.where(party.entry.in_(ids), party.side.in_(("actor", "recipient")))):
            sides[row.entry][row.side].add(row.country or fold(row.name))
    return [_told(row, {side: frozenset(names) for side, names in sides[row.id].items()}) for row in rows]


def _told(row: Any, sides: dict[str, frozenset[str]]) -> Told:
    text = row.text[row.evidence_start : row.evidence_end]
    days = (date.fromisoformat(row.day_from), date.fromisoformat(row.day_to)) if row.day_from else None
    return Told(
        **{
            name: getattr(row, name)
            for name in ("id", "report_id", "ordinal", "event_id", "category", "mode", "status", "background")
        },
        reciprocal=row.reciprocal,
        days=days,
        loose=row.date_basis in _LOOSE,
        place=row.place_name,
        country=row.place_country,
        start=row.evidence_start,
        confidence=row.confidence,
        text=text,
        words=weighed(text),
        sides=sides,
    )


def same_event(a: Told, b: Told) -> tuple[float, list[Reason]] | None:
    """How sure it is that two tellings in one story are of one event, and why; None where they cannot be."""
    if a.category != b.category or a.report_id == b.report_id:
        return None
    reasons = [Reason(fact=f"both tell of {a.category}", weight=0.3)]
    sides = _sides(a, b)
    how = cosine(a.words, b.words)
    if sides is None or (sides[0] == 0 and how < _LEAST_WORDS) or not _channels_fit(a, b):
        return None
    if sides[1]:
        reasons.append(Reason(fact=sides[1], weight=sides[0]))
    if a.days and b.days:
        gap = max(0, (b.days[0] - a.days[1]).days, (a.days[0] - b.days[1]).days)
        if gap > (_LOOSELY_APART if a.loose or b.loose else _APART):
            return None
        reasons.append(Reason(fact="the same day" if not gap else f"{gap} days apart", weight=0.0 if gap else 0.1))
    if a.country and b.country and a.country != b.country:
        return None
    if a.mode and b.mode:
        same = a.mode == b.mode
        modes = f"both {a.mode}" if same else f"{a.mode} / {b.mode}"
        reasons.append(Reason(fact=modes, weight=0.1 if same else -0.15))
    if how:
        shared = sorted(a.words.keys() & b.words.keys(), key=lambda word: (-a.words[word], word))[:5]
        reasons.append(Reason(fact=f"the same words: {', '.join(shared)}", weight=round(min(0.4, 1.5 * how), 3)))
    return sum(reason.weight for reason in reasons), reasons


def _sides(a: Told, b: Told) -> tuple[float, str] | None:
    """How far who acts and who is acted on fit; None where they do not."""
    if a.reciprocal or b.reciprocal or a.category == "CONSULT":
        return _fit(a.all_sides, b.all_sides, "between")
    actor = _fit(a.sides.get("actor", frozenset()), b.sides.get("actor", frozenset()), "by")
    recipient = _fit(a.sides.get("recipient", frozenset()), b.sides.get("recipient", frozenset()), "to")
    if actor is None or recipient is None:
        return None
    facts = ", ".join(fact for _, fact in (actor, recipient) if fact)
    return actor[0] + recipient[0], facts


def _fit(one: frozenset[str], other: frozenset[str], how: str) -> tuple[float, str] | None:
    states, others = ({name for name in names if name.isupper()} for names in (one, other))
    if states and others and not (states <= others or others <= states):
        return None
    both = sorted(one & other)
    return (0.2 if both else 0.0), f"{how} {' and '.join(both)}" if both else ""


def _channels_fit(a: Told, b: Told) -> bool:
    """A call is no visit."""
    if a.category != "CONSULT" or not a.mode or not b.mode:
        return True
    family = readout_words().family_of
    kinds = [family.get({"meet": "meeting"}.get(mode, mode)) for mode in (a.mode, b.mode)]
    return None in kinds or kinds[0] == kinds[1]


def _place(connection: Connection, event: Told, groups: dict[str, list[Told]]) -> None:
    """Give an event the id of the group it is one with, if there is one."""
    best: tuple[float, str, list[Reason], str] | None = None
    for event_id, group in groups.items():
        if event_id == event.event_id or any(other.report_id == event.report_id for other in group):
            continue
        fits = [(found, other) for other in group if (found := same_event(event, other)) is not None]
        # One telling that was read wrongly does not bar the others.
        if not fits or 2 * len(fits) < len(group):
            continue
        (score, reasons), other = max(fits, key=lambda fit: (fit[0][0], fit[1].id))
        if score >= SAME and (best is None or (score, event_id) > best[:2]):
            best = score, event_id, reasons, other.id
    if best is None or pairs_apart(connection, {event.id, event.report_id}, _ids(groups[best[1]])):
        return
    score, event_id, reasons, beside = best
    connection.execute(update(tables.events).where(tables.events.c.id == event.id).values(event_id=event_id))
    tallies.moved(connection, [event.id])
    grouping.decide(connection, event.id, event_id, reasons, beside=beside, confidence=round(min(score, 0.99), 3))
    del groups[event.event_id]
    groups[event_id].append(event)


def _ids(group: Sequence[Told]) -> set[str]:
    return {told.id for told in group}


def main_event(
    groups: Mapping[str, Sequence[Told]], texts: Mapping[str, str], days: tuple[str | None, str | None]
) -> str | None:
    """The event that a story is about: told by most of its reports, surely and early; None where none is sure enough.

    A report tells of an event by one of its own, or in a sentence that says much of the same.
    """
    sentences = {report_id: _sentences(text) for report_id, text in texts.items()}
    best: tuple[float, str] | None = None
    for event_id, group in groups.items():
        news = [told for told in group if _is_news(told, days)]
        if not news:
            continue
        own = {told.report_id for told in news}
        said = [_says(of, group)[2] for report_id, of in sentences.items() if report_id not in own]
        support = [min(1.0, 2 * how) for how in said if how >= _MENTION_WORDS]
        if len(own) + len(support) < 2:
            continue
        weight = sum(told.confidence * (1.0 if told.start < LEAD else 0.6) for told in news) + sum(support)
        if best is None or (-weight, event_id) < best:
            best = -weight, event_id
    return best[1] if best else None


def _is_news(told: Told, days: tuple[str | None, str | None]) -> bool:
    """Whether an event can be what a story is about; what one report calls old may be of the story's own days."""
    if told.status == "negated":
        return False
    if not told.background:
        return True
    if told.loose or not told.days or not days[0] or not days[1]:
        return False
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[1])
    return first - timedelta(days=2) <= told.days[0] and told.days[1] <= last


def drop(connection: Connection, reports: Collection[str]) -> None:
    """Forget of which events these reports tell without one of their own."""
    mention = tables.story_mentions
    connection.execute(delete(mention).where(mention.c.report_id.in_(sorted(reports))))


def _mention(connection: Connection, event_id: str, group: Sequence[Told], reports: Collection[str]) -> None:
    """Note the reports among these that tell of a story's event, but not by an event of their own."""
    own, mention = tables.events.c, tables.story_mentions
    coded = select(own.report_id).where(
        own.event_id == event_id, ~own.background, own.status != "negated", own.report_id.in_(sorted(reports))
    )
    others = sorted(set(reports) - {row.report_id for row in connection.execute(coded)})
    drop(connection, reports)
    rows = []
    for report_id, text in _texts(connection, others).items():
        start, end, how = _says(_sentences(text), group)
        if how < _MENTION_WORDS:
            continue
        if pairs_apart(connection, {report_id, *_entries(connection, report_id)}, {event_id, *_ids(group)}):
            continue
        confidence = round(min(0.95, 0.5 + how), 3)
        rows.append({"report_id": report_id, "event": event_id, "start": start, "end": end, "confidence": confidence})
    if rows:
        connection.execute(insert(mention), rows)


def _texts(connection: Connection, reports: Sequence[str]) -> dict[str, str]:
    report = tables.reports.c
    query = select(report.id, report.text).where(report.id.in_(list(reports)))
    return {row.id: row.text for row in connection.execute(query)}


def _entries(connection: Connection, report_id: str) -> list[str]:
    column = tables.events.c
    return [row.id for row in connection.execute(select(column.id).where(column.report_id == report_id))]


_Sentence = tuple[int, int, dict[str, float]]


def _sentences(text: str) -> list[_Sentence]:
    """Where the sentences of a text's beginning stand, and their words."""
    return [(start, end, weighed(text[start:end])) for start, end in sentences(text[:_READ])]


def _says(told: Sequence[_Sentence], group: Sequence[Told]) -> tuple[int, int, float]:
    """The sentence that says most of what the tellings of an event say, and how much that is (0-1)."""
    best = (0, 0, 0.0)
    for start, end, words in told:
        how = max(cosine(words, one.words) for one in group)
        if how > best[2]:
            best = start, end, how
    return best
