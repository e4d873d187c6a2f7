"""Offices without a name: who holds them.

In: a `Found` of kind office on the `Stage`. Out: the holders: those the report has named, else an unnamed holder, whom
a later name in the report may fill. Nobody is named whom the report does not name. "Counterpart" takes the office of
the one it is a counterpart to, or means nobody.
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.actors.antecedents import antecedent, subjects_of
from dragoman.actors.cast import Player
from dragoman.actors.countries import country_of_title
from dragoman.actors.found import Found
from dragoman.actors.groups import state_player
from dragoman.actors.learnt import tell
from dragoman.actors.names import plural_of
from dragoman.actors.offices import role_words, same_office
from dragoman.actors.persons import person
from dragoman.actors.stage import Stage, capitalised
from dragoman.knowledge.naming import naming
from dragoman.knowledge.world import Head, Person


def office(stage: Stage, f: Found) -> list[Player]:
    """The holders of an office that stands without a name."""
    if any(h.office == "counterpart" for h in f.heads):
        return _counterparts(stage, f) if f.plural else _counterpart(stage, f)
    if f.plural:
        return _plural_office(stage, f)
    country, source = country_of_title(stage, f)
    explicit = f.state is not None or f.owner is not None or f.body is not None
    if len(f.heads) > 1:
        one = _holder_of_all(stage, f, country)
        if one is None and stage.words[f.root].dep in ("appos", "attr"):
            one = _holder(stage, f, f.heads, country, source, explicit)  # of one person already named
        if one is not None:
            _take_status(one, f)
            return [one]
        return [_holder(stage, f, [head], country, source, explicit) for head in f.heads]
    return [_holder(stage, f, f.heads, country, source, explicit)]


def _take_status(player: Player, f: Found) -> None:
    if f.status and f.status != "incumbent":
        player.role_status = f.status


def _holder_of_all(stage: Stage, f: Found, country: str | None) -> Player | None:
    for player in reversed(stage.by_recency()):
        if player.country == country and all(any(same_office(h.office, o) for o in player.offices) for h in f.heads):
            return player
    return None


def _holder(stage: Stage, f: Found, heads: list[Head], country: str | None, source: str, explicit: bool) -> Player:
    """Who holds an office of this state: named before, known for the day, or nobody named.

    Args:
        source: on what ground the state is taken.
        explicit: whether the words themselves say whose office it is.
    """
    head = heads[0]
    barred = subjects_of(stage, stage.words[f.root])
    recent = list(reversed(stage.by_recency()))
    if not explicit:
        # "the minister" of a readout is the one it is about, not the one named last
        here = stage.words[f.first].sentence
        recent.sort(key=lambda p: -stage.standing(p, here))
    # "The Secretary of State" between two foreign ministers is the one who was called so.
    said = {w.lower for w in stage.words[f.first : f.last + 1] if w.pos in ("NOUN", "PROPN")}
    if any(said <= p.titles for p in recent):
        recent.sort(key=lambda p: not said <= p.titles)
    if f.status and f.status != "incumbent":
        recent.sort(key=lambda p: p.role_status != f.status)
    for player in recent:
        if player.kind not in ("person", "office"):
            continue
        # "the former president of the Dominican Republic" is who mediates for a body now
        if any(player is other for other in barred):
            continue
        once = f.status == "former" and country is not None and (head.office, country) in player.past
        called = head.office in naming().short_forms and said <= player.titles
        if not once and not called and not any(same_office(head.office, o) for o in player.offices):
            continue
        if not once and explicit and country is not None and player.country not in (None, country):
            continue
        if f.body is not None and player.country not in (None, f.body.country):
            continue
        if f.status in ("late", "former", "acting") and player.role_status not in (None, f.status, "incumbent"):
            continue
        if f.status is None and explicit and player.role_status in ("late", "former") and f.definite and head.rank <= 3:
            continue
        if not f.definite and f.owner is None and not explicit:
            continue
        if f.status and f.status != "incumbent" and not once:
            player.role_status = f.status
        if explicit and player.country is None:
            player.country = country
        return player
    state = stage.names.by_code.get(country or "")
    role = role_words(heads, f.level, f.part)
    where = state.name if state else f.body.name if f.body else ""
    player = Player(
        name=f"{capitalised(role)} of {where}" if where else capitalised(role),
        kind="office" if head.rank <= 3 else "person",
        country=(f.body.country if f.body is not None and f.state is None else country),
        sector="ELI" if f.status == "former" else head.sector,
        role=role,
        role_status=f.status or "incumbent",
        offices=[h.office for h in heads],
        rank=head.rank,
        titles={w.lower for w in stage.words[f.first : f.last + 1]},
        of=f.body.name if f.body is not None and f.state is None else None,
    )
    if f.body is not None and f.body.sector and f.state is None and f.status != "former":
        player.sector = f.body.sector
    if f.part is not None and player.sector in (None, "GOV") and f.part.sector:
        player.sector = f.part.sector
    if head.office in naming().local_leaders and any(w.lower in naming().faiths for w in stage.words[f.first : f.last]):
        player.sector = "REL"  # "a Jewish community leader"
    player.reasons.append((f"the words {stage.wording(f)!r} name an office; {source}", 0.5))
    tell(stage, player, f, heads)
    stage.persons.append(player)
    known = _known_holder(stage, head, country, f) if explicit or f.definite else None
    if known is not None and ("person", known.name) not in stage.keyed:
        # The report names nobody, so nor does the record; but when it goes on to name this person, it is the same one.
        stage.keyed["person", known.name] = player
        player.reasons.append(
            (f"not named here; the files have {known.name} in the office of {head.office} on the day", 0.0)
        )
    return player


# A state has one president, but more than one ambassador or "minister".
_SHARED = frozenset(("minister", "leader", "member", "official"))


def _known_holder(stage: Stage, head: Head, country: str | None, f: Found) -> Person | None:
    """Whom the files have in an office that only one can hold, on the day of the report."""
    if head.rank > 3 or head.office in _SHARED or f.level is not None or f.body:
        return None
    if country is None or stage.day is None or f.status in ("former", "late", "designate"):
        return None
    return stage.names.holder(head.office, country, stage.day)


def _plural_office(stage: Stage, f: Found) -> list[Player]:
    """ "the foreign ministers of Iran and Qatar", "Qatari officials", "senior diplomats"."""
    head = f.heads[0]
    if len(f.states) > 1:
        return [
            _holder(
                stage,
                Found(f.first, f.last, "office", root=f.root, heads=f.heads, state=each, definite=True),
                f.heads,
                each.code,
                "said",
                True,
            )
            for each in f.states
        ]
    country, _ = country_of_title(stage, f) if (f.state or f.owner or f.body) else (None, "")
    if f.count == 2 or (f.definite and f.state is None and f.body is None and f.count):
        players = [p for p in reversed(stage.by_recency()) if any(same_office(head.office, o) for o in p.offices)]
        if len(players) >= f.count:
            return players[: f.count]
    if f.definite and f.state is None and f.body is None and f.owner is None:
        # "the ministers", of whom two were named before
        players = [
            p
            for p in reversed(stage.by_recency())
            if any(same_office(head.office, o) for o in p.offices) and p.mentions
        ]
        latest: dict[str | None, Player] = {}
        for one in players:
            latest.setdefault(one.country, one)
        if len(latest) >= 2:
            return list(latest.values())[: max(2, f.count)]
    state = stage.names.by_code.get(country or "")
    key = ("offices", country or (f.body.name if f.body else None), head.office)
    player = stage.keyed.get(key)
    if player is None:
        where = state.name if state else f.body.name if f.body else ""
        label = stage.words[f.last].lower if not where else f"{plural_of(head.office)} of {where}"
        player = Player(
            name=capitalised(label),
            kind="group",
            country=f.body.country if f.body and not f.state else country,
            sector=(f.body.sector if f.body and not f.state else None) or head.sector,
            role=head.office,
            rank=head.rank,
        )
        stage.keyed[key] = player
    return [player]


def _counterparts(stage: Stage, f: Found) -> list[Player]:
    """ "both of his colleagues": the others who hold the same office."""
    owner = antecedent(stage, f.owner_word, f.owner) if f.owner else stage.last_person()
    if owner is None:
        return []
    heads = [h for h in stage.names.heads if h.office in owner.offices][:1]
    if len(f.states) > 1 and heads:
        each = [replace(f, kind="office", heads=heads, state=s, states=[], plural=False, owner=None) for s in f.states]
        return [_holder(stage, g, heads, g.state.code, "said", True) for g in each if g.state is not None]
    return [
        p
        for p in stage.persons
        if p is not owner and p.mentions and any(same_office(o, q) for o in owner.offices[:1] for q in p.offices)
    ]


def _counterpart(stage: Stage, f: Found) -> list[Player]:
    """ "her South Korean counterpart Cho Tae Yul" has the office of the one whose counterpart she or he is."""
    owner = antecedent(stage, f.owner_word, f.owner) if f.owner else stage.last_person()
    if owner is not None and owner.kind in ("state", "government_body") and f.state is not None and not f.name:
        return [state_player(stage, f.state)]  # "its Guyanese counterpart"
    country, source = country_of_title(stage, f) if f.state or f.body or f.name else (None, "")
    heads = [h for h in stage.names.heads if owner is not None and h.office in owner.offices][:1]
    if not f.name and f.state is None and f.body is None:
        return _other(stage, f, owner, heads)
    if not heads:
        return person(stage, replace(f, heads=[])) if f.name else []
    g = Found(
        f.first,
        f.last,
        f.kind,
        root=f.root,
        heads=heads,
        state=f.state,
        body=f.body,
        name=f.name,
        definite=True,
        status=f.status,
    )
    if f.name:
        return person(stage, g)
    return [_holder(stage, g, heads, country, source, f.state is not None)]


def _other(stage: Stage, f: Found, owner: Player | None, heads: list[Head]) -> list[Player]:
    """ "his host", "her counterpart": the other one of the two, of the same office where one is there."""
    mine = owner.country if owner is not None else None
    others = [
        p
        for p in reversed(stage.by_recency())
        if p is not owner and p.mentions and p.kind in ("person", "office") and (mine is None or p.country != mine)
        and p.role_status not in ("late", "former")
    ]  # fmt: skip
    office = heads[0].office if heads else None
    alike = [p for p in others if office is not None and any(same_office(office, o) for o in p.offices)]
    if not alike and owner is not None and owner.rank is not None:
        alike = [p for p in others if p.rank is not None and p.rank <= 3]
    return (alike or (others if f.owner else []))[:1]
