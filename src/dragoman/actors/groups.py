"""States and their parts, people, bodies, groupings, and organisations no file knows.

In: a `Found` of those kinds on the `Stage`. Out: `Player`s, the same one for the same thing wherever it is named. A
weak name ("the North") means nobody unless the report has named that state before.
"""

from __future__ import annotations

from dragoman.actors.cast import Player
from dragoman.actors.countries import acting_country, country_of_title
from dragoman.actors.found import Found
from dragoman.actors.stage import ORGANISED, Key, Stage, capitalised
from dragoman.knowledge.folding import fold
from dragoman.knowledge.organisations import organisations
from dragoman.knowledge.reference import reference
from dragoman.knowledge.world import Body, Grouping, State

# Offices after whose holder a government is named.
_HEADS = frozenset(("president", "prime minister", "chancellor", "supreme leader"))


def part(stage: Stage, f: Found) -> list[Player]:
    """A part of a state: "the foreign ministry", "the Iranian judiciary"; a regime is the state itself."""
    assert f.part is not None
    if f.entries and f.state is None and f.owner is None and (body := choose_body(stage, f)) is not None:
        return [body_player(stage, body, f)]
    led_by = _country_led_by(stage, f) if f.name else None
    country = led_by or country_of_title(stage, f)[0]
    if f.body is not None and f.state is None:
        return [body_player(stage, f.body, f)]
    explicit = f.state is not None or f.owner is not None or led_by is not None or f.beside is not None
    if not explicit:
        for mention in reversed(stage.cast.mentions):
            for player in mention.players:
                if player.kind == f.part.kind and f.part.name.split(" of ")[0] in player.name and player.country:
                    return [player]
    state = f.state or stage.names.by_code.get(country or "")
    key: Key = ("part", state.name if state else None, f.part.name)
    known = stage.keyed.get(key)
    if state is None:
        if known is None:
            known = Player(name=stage.wording(f), kind=f.part.kind, sector=f.part.sector)
            known.reasons.append((f"{stage.wording(f)!r} names a part of a state that the report does not name", 0.3))
            stage.keyed[key] = known
        return [known]
    if stage.words[f.last].lower in ("regime", "regimes"):
        return [state_player(stage, state)]
    if known is None:
        known = Player(
            name=f.part.name.format(state=state.name),
            kind=f.part.kind,
            country=state.code,
            sector=f.part.sector,
            reasons=[(f"{stage.wording(f)!r} names a part of {state.name}", 0.6)],
        )
        stage.keyed[key] = known
    return [known]


def _country_led_by(stage: Stage, f: Found) -> str | None:
    """ "the Modi government": the state of the one it is named after, by the report, else by the files."""
    label = fold(f.name or "")
    for player in reversed(stage.by_recency()):
        if player.country in stage.names.by_code and any(label in fold(n).split() for n in player.names):
            return player.country
    leaders = {p.country for p in stage.names.person_named(f.name or "") if any(t.office in _HEADS for t in p.offices)}
    return leaders.pop() if len(leaders) == 1 else None


def people(stage: Stage, f: Found) -> list[Player]:
    """Unnamed people: one actor for each word and each state or body they belong to."""
    assert f.people is not None
    if f.body is not None and f.state is None and f.body.kind in ("armed_group", "party"):
        return [body_player(stage, f.body, f)]  # "Hamas fighters": the body itself acts
    state = f.state
    if state is None and f.owner:
        country, _ = country_of_title(stage, f)
        state = stage.names.by_code.get(country or "")
    if state is None and f.body is None and f.people.sector in ("JUD", "COP"):
        # Prosecutors and policemen that nobody is named for belong to the state the report is in.
        state = stage.names.by_code.get(acting_country(stage, f.first) or "")
    label = "people" if f.people.word in reference().generic_people else stage.words[f.last].lower
    owner = state.name if state else f.body.name if f.body else None
    if owner is None:
        for mention in reversed(stage.cast.mentions):
            for player in mention.players:
                if f.definite and player.kind == f.people.kind and player.role == label:
                    return [player]
    key = ("people", owner, label)
    known = stage.keyed.get(key)
    if known is None:
        if state is not None and label == "people":
            name = state.people[-1] if state.people else f"People of {state.name}"
        else:
            name = f"{capitalised(label)} of {owner}" if owner else capitalised(label)
        known = Player(
            name=name,
            kind=f.people.kind if f.people.kind in ("population", "group", "armed_group") else "population",
            country=state.code if state else f.body.country if f.body else None,
            sector=f.people.sector or "CVL",
            role=label,
        )
        known.reasons.append((f"{stage.wording(f)!r} names unnamed people", 0.5))
        stage.keyed[key] = known
    return [known]


def choose_state(stage: Stage, f: Found) -> State | None:
    """Of the states that share a name, the one the report has spoken of, else the first."""
    states = [e.thing for e in f.entries if isinstance(e.thing, State)]
    if not states:
        return None
    if f.label == "weak":
        # "the North", "the kingdom": only a state that the report has already named.
        named = {p.country for p in stage.cast.players if p.kind in ("state", "person", "government_body")}
        states = [s for s in states if s.code in named]
        if not states:
            return None
    if len(states) > 1:
        seen = {p.country for p in stage.cast.players}
        strong = [s for s, e in zip(states, f.entries, strict=False) if e.use in ("name", "opponent")]
        for state in strong or states:
            if state.code in seen:
                return state
        return (strong or states)[0]
    return states[0]


def state_player(stage: Stage, state: State) -> Player:
    """The actor that is a state."""
    key = ("state", state.name)
    player = stage.keyed.get(key)
    if player is None:
        player = Player(name=state.name, kind="state", country=state.code, qid=state.qid)
        player.reasons.append((f"a name of {state.name} ({state.code})", 0.8))
        if state.kind == "partly_recognised":
            player.sector = "PRE"
        stage.keyed[key] = player
    return player


def choose_body(stage: Stage, f: Found) -> Body | None:
    """The body a name means; a weak name only where the report speaks of its country, or of the world's bodies."""
    bodies = [(e.thing, e.use) for e in f.entries if isinstance(e.thing, Body)]
    here = {p.country for p in stage.cast.players} | {stage.home}
    for body, use in bodies:
        if use != "weak" or ("body", body.name) in stage.keyed:
            return body
    for body, _ in bodies:
        if body.country in stage.names.by_code and body.country in here:
            return body
        if body.kind == "igo" and (f.last > f.first or body.country in here):
            return body
    return None


def seat_of_body(stage: Stage, f: Found) -> Body | None:
    """ "Brussels" is the European Union where the report does not speak of Belgium."""
    if f.entry is None or f.entry.use != "seat":
        return None
    body = next((e.thing for e in f.entries if isinstance(e.thing, Body) and e.use == "seat"), None)
    state = f.entry.thing
    if body is None or not isinstance(state, State):
        return None
    text = stage.reading.report.text
    return None if any(name in text for name in (state.name, *state.adjectives)) else body


def body_player(stage: Stage, body: Body, f: Found) -> Player:
    """The actor that is a body the files know."""
    key = ("body", body.name)
    player = stage.keyed.get(key)
    if player is None:
        player = Player(
            name=body.name,
            kind=body.kind,
            country=body.country,
            sector=body.sector,
            other_sectors=list(body.other_sectors),
            qid=body.qid,
        )
        player.reasons.append((f"{stage.wording(f)!r} is a name of {body.name}", 0.8))
        stage.keyed[key] = player
    return player


def grouping_player(stage: Stage, grouping: Grouping) -> Player:
    """The actor that is several states taken together."""
    key = ("grouping", grouping.name)
    player = stage.keyed.get(key)
    if player is None:
        player = Player(name=grouping.name, kind=grouping.kind, country=grouping.country)
        player.reasons.append((f"a name of the grouping {grouping.name}", 0.7))
        stage.keyed[key] = player
    return player


def unknown(stage: Stage, f: Found) -> Player:
    """An organisation no file knows: one named before, by name or initials, else a new one."""
    label = fold(f.label)
    for player in stage.cast.players:
        if player.kind in ORGANISED and (fold(player.name) == label or label in {fold(n) for n in player.names}):
            return player
    for mention in reversed(stage.cast.mentions):
        for player in mention.players:
            # "the Council" after "the Security Council"
            if player.kind in ORGANISED and f.definite and fold(player.name).endswith(" " + label):
                return player
    player = Player(name=f.label, kind="unknown", country=f.state.code if f.state else None)
    player.names.add(f.label)
    told = organisations().told_by(f.label)
    if told is not None and " " in f.label:
        player.kind, player.sector = told.kind, told.sector
        player.reasons.append((f"a word of the name {f.label!r} tells what it is", 0.4))
    initials = "".join(w[0] for w in f.label.split() if w[:1].isupper())
    if f.name:
        stage.acronyms.add(f.name)  # "the Joint Lake Authority (JLA)"
        player.names.add(f.name)
    elif len(initials) > 1:
        player.names.add(initials)
    return player
