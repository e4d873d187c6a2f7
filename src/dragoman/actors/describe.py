"""Who is meant by a name or description standing alone: the cast asked about a few words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol

from dragoman.actors.cast import Cast, Mention, Player
from dragoman.actors.claims import Who
from dragoman.actors.names import Names
from dragoman.actors.persons import know, right_person
from dragoman.actors.resolve import resolve
from dragoman.knowledge.folding import fold
from dragoman.knowledge.organisations import organisations
from dragoman.knowledge.reference import reference
from dragoman.knowledge.world import Body, Grouping, State
from dragoman.reading.parse import Grammar
from dragoman.reading.words import Reading
from dragoman.report.report import Report


class PlaceOf(Protocol):
    """Tells in which state a place lies."""

    def __call__(self, name: str, *, strict: bool) -> str | None:
        """The state, or None; strict: only when all places of the name lie in one."""


# Words behind a name that make it a province's.
_PROVINCE = frozenset(("state", "province", "region", "county", "oblast", "governorate", "district", "prefecture"))
# Kinds of actor whose state may be told by a place in the description.
_PLACED = frozenset(("person", "office", "group", "population", "armed_group", "unknown", "government_body", "ngo",
                     "company", "media", "party"))  # fmt: skip


def describe(
    grammar: Grammar,
    names: Names,
    words: str,
    context: str,
    day: date | None,
    country_of_place: PlaceOf | None = None,
    who: Who | None = None,
) -> Player | None:
    """The actor that `words` mean after reading `context`, or None.

    Args:
        day: the day that counts for offices; today when None.
        country_of_place: the state in which a place of this name lies, or None.
        who: what reports told of people, or None.
    """
    if not words.strip() or words.strip().lower() in reference().pronoun_kind:
        return None
    day = day or datetime.now(tz=UTC).date()
    before = context.rstrip() + "\n\n" if context.strip() else ""
    # A bare phrase parses badly; as the subject of a short sentence it parses as one.
    text = f"{before}{words} spoke."
    reading = next(grammar.read_many([(Report(text=text, published=day), 0, [])]))
    cast = resolve(reading, names, who)
    start, end = len(before), len(before) + len(words)
    inside = [
        m for m in cast.mentions if m.players and m.span.start < end and start < m.span.end and m.kind != "pronoun"
    ]
    found = _meant(reading, inside, start, end)
    if found is not None and found.span.end - found.span.start < end - start and " " in words.strip():
        whole = _by_name(names, words, day)
        if whole is not None:
            return whole
    if found is None or (found.players[0].kind in ("unknown", "person") and found.players[0].country is None):
        by_name = _by_name(names, words, day)
        if by_name is not None and (found is None or not found.players[0].role):
            return by_name
    unknown = found is None or (found.players[0].country is None and not found.players[0].role)
    if unknown and words.strip()[:1].isupper() and (near := _by_sound(names, cast, words, day)) is not None:
        return near
    player = found.players[0] if found is not None else _new(words)
    if player is None and country_of_place is None:
        return None
    if found is not None and player is not None:
        _seat(found, player, names)
        if player.kind == "office":
            _holder(names, player, day)
    return _placed(inside, player, words, country_of_place)


def _meant(reading: Reading, inside: list[Mention], start: int, end: int) -> Mention | None:
    """The mention that is the subject of the short sentence, else the widest."""
    if not inside:
        return None
    verb = next((w for w in reading.words if w.start > end and w.text == "spoke"), None)
    subject = verb.child("nsubj") if verb is not None else None
    if subject is not None and start <= subject.start < end:
        own = [m for m in inside if m.first <= subject.i <= m.last and m.kind != "adjective"]
        if own:
            return max(own, key=lambda m: m.last - m.first)
    return max(inside, key=lambda m: (m.last - m.first, -m.first))


def _holder(names: Names, player: Player, day: date) -> None:
    """A report that names nobody is not added to; who asks for the holder on a day is told."""
    if player.country is None or player.role_status not in ("incumbent", "acting"):
        return
    known = next((k for office in player.offices if (k := names.holder(office, player.country, day, player.of))), None)
    if known is not None:
        player.name, player.kind, player.qid = known.name, "person", known.qid
        player.reasons.append((f"{known.name} held the office on the day, by the files", 0.4))


def _seat(found: Mention, player: Player, names: Names) -> None:
    """ "Beijing" alone is the government that sits there."""
    if player.kind == "state" and player.sector is None and names.state_of_seat(found.span.text.removeprefix("the ")):
        player.sector = "GOV"
        player.reasons.append((f"{found.span.text!r} is a seat of government", 0.5))


def _by_name(names: Names, words: str, day: date) -> Player | None:
    """What the files know by exactly these words, in whatever letters."""
    persons = names.person_named(words.strip())
    if not persons and words.strip().count(" ") > 2:
        persons = names.person_named(words.strip().rsplit(maxsplit=1)[0])  # one more name behind the known one
    if persons:
        person = right_person(names, day, persons)
        player = Player(name=person.name, kind="person")
        know(names, day, player, person)
        return player
    for entry in names.exactly(words):
        thing = entry.thing
        if isinstance(thing, Body):
            return Player(
                name=thing.name, kind=thing.kind, country=thing.country, sector=thing.sector,
                other_sectors=list(thing.other_sectors), qid=thing.qid,
                reasons=[(f"{words!r} is a name of {thing.name}", 0.8)],
            )  # fmt: skip
        if isinstance(thing, State):
            return Player(name=thing.name, kind="state", country=thing.code, qid=thing.qid)
        if isinstance(thing, Grouping):
            return Player(name=thing.name, kind=thing.kind, country=thing.country)
    return None


def _by_sound(names: Names, cast: Cast, words: str, day: date) -> Player | None:
    """What the files have under another spelling; of several, what belongs to a state that the context names."""
    here = {p.country for p in cast.players if p.country is not None}
    near = names.nearly(words)
    for entry in sorted(near, key=lambda e: getattr(e.thing, "country", None) not in here):
        player = _by_name(names, entry.thing.name, day)
        if player is not None:
            player.reasons.append((f"{words.strip()!r} is taken for another spelling of {entry.thing.name}", 0.2))
            return player
    return None


def _new(words: str) -> Player | None:
    """An organisation that a word of its name gives away."""
    told = organisations().told_by(words) if " " in words.strip() else None
    if told is None or not words.strip()[:1].isupper():
        return None
    return Player(
        name=words.strip(), kind=told.kind, sector=told.sector,
        reasons=[(f"a word of the name {words.strip()!r} tells what it is", 0.4)],
    )  # fmt: skip


def _placed(
    inside: list[Mention],
    player: Player | None,
    words: str,
    country_of_place: PlaceOf | None,
) -> Player | None:
    """A state told by a place in the words: "a professor in Scotland", "Kano State government", "Mariupol"."""
    if player is not None and (player.country is not None or player.kind not in _PLACED):
        return player
    if player is not None:
        others = {p.country for m in inside for p in m.players if p.country is not None and p is not player}
        if len(others) == 1:
            player.country = others.pop()
            player.reasons.append((f"the only state named in {words!r}", 0.3))
            return player
    if country_of_place is None:
        return player
    bare = fold(words).strip().removeprefix("the ") == fold(player.name) if player is not None else True
    if bare and (player is None or not player.role):
        country = country_of_place(words.strip(), strict=False)
        # A city that is no seat of government stands for those who live there.
        if country is not None:
            return Player(
                name=words.strip(), kind="population", country=country, sector="CVL",
                reasons=[(f"a place in {country}", 0.4)],
            )  # fmt: skip
    if player is not None and player.kind != "person":
        tokens = words.replace("’", "'").split()
        for size in (3, 2, 1):
            for i in range(len(tokens) - size + 1):
                piece = " ".join(tokens[i : i + size]).strip(" ,.'").removesuffix("'s")
                after = tokens[i + size].lower() if i + size < len(tokens) else ""
                if after in _PROVINCE and (country := country_of_place(piece, strict=False)):
                    player.country = country
                    player.reasons.append((f"{piece} {after} lies in {country}", 0.3))
                    return player
                if piece[:1].isupper() and (country := country_of_place(piece, strict=True)):
                    player.country = country
                    player.reasons.append((f"{piece} lies in {country}", 0.3))
                    return player
    return player
