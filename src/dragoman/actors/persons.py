"""Names of people: the actor behind each.

In: a `Found` of kind person on the `Stage`. Out: one `Player`, new or met before. A bare surname goes back to whom the
report has named before it means anybody else in the world; the report's words on office and state go before the files.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from dragoman.actors.cast import Player
from dragoman.actors.countries import country_of_title
from dragoman.actors.found import Found
from dragoman.actors.learnt import beside, tell
from dragoman.actors.names import Names
from dragoman.actors.offices import role_words, same_office, status_at, term_at
from dragoman.actors.stage import SUBJECT, Stage
from dragoman.knowledge.folding import fold
from dragoman.knowledge.given_names import given_names
from dragoman.knowledge.naming import naming
from dragoman.knowledge.world import Person


def person(stage: Stage, f: Found) -> list[Player]:
    """The one a name means, with what the words around it say of office, state and standing."""
    country, source = country_of_title(stage, f) if f.heads or f.state or f.body or f.owner else (None, "")
    name = f.name or ""
    known = None
    player = None
    if f.entry is not None and isinstance(f.entry.thing, Person):
        known = right_person(stage.names, stage.day, [e.thing for e in f.entries if isinstance(e.thing, Person)])
        if ("person", known.name) not in stage.keyed and (player := _on_stage(stage, name, f, country)) is not None:
            known = None
    elif name:
        # A bare surname goes back to whom the report has named before it means anybody else in the world.
        player = _on_stage(stage, name, f, country)
        if player is None:
            known = _person_in_files(stage, name, f, country)
    if known is not None:
        player = stage.keyed.get(("person", known.name))
    if player is None:
        player = _on_stage(stage, name, f, country)
    if player is None:
        player = _waiting_for_name(stage, f, country)
        if player is not None and not beside(stage, player, f):
            player.told.clear()  # the name is put to the office by a guess, not by the report
        for key in [k for k, held in stage.keyed.items() if held is player and player is not None]:
            del stage.keyed[key]  # the report names another holder than the files expected: the report is right
    if player is None:
        player = Player(name=known.name if known else name, kind="person")
        stage.persons.append(player)
    if known is not None:
        stage.keyed["person", known.name] = player
        know(stage.names, stage.day, player, known)
    if (
        player.kind == "office"
        or not player.names
        or (len(name) > len(player.name) and player.name != (known.name if known else ""))
    ):
        player.name = name if " " in name or known is None else known.name
    player.kind = "person"
    player.gender = player.gender or _gender_of_words([x.lower for x in stage.words[f.first : f.last + 1]])
    player.names.add(name)
    if known is not None:
        player.names.update(known.strong)
    _title(stage, player, f, country, source)
    _short_names(stage, player, name)
    if player.gender is None and " " in player.name:
        player.gender = _gender_of_name(player)
    return [player]


def _gender_of_name(player: Player) -> str | None:
    """What a given name tells; where the family name comes first, the names behind it."""
    parts = fold(player.name).split()
    family_first = player.country in naming().family_first_states or not naming().family_first.isdisjoint(parts[:1])
    given = parts[1:] if family_first else parts[:1]
    return next((gender for name in given if (gender := given_names().gender(name)) is not None), None)


def _short_names(stage: Stage, player: Player, name: str) -> None:
    """Single names by which later sentences may take somebody up: either of two surnames, a family name in front."""
    parts = [p for p in fold(name).split() if p not in naming().small]
    if len(parts) < 2:
        return
    stage.surnames.update(p for p in parts[1:] if len(p) > 2)
    if player.country in naming().family_first_states or parts[0] in naming().family_first:
        stage.surnames.add(parts[0])


def _title(stage: Stage, player: Player, f: Found, country: str | None, source: str) -> None:
    """What the words say of role, state and standing goes before what the files say."""
    heads = [h for h in f.heads if h.office != "counterpart"]
    tell(stage, player, f, heads)
    # "Ayatollah" before the supreme leader's name is an honour: the higher office he is known by stays.
    serving = player.rank is not None and player.role_status in ("incumbent", "acting") and not f.status
    honour = serving and bool(heads) and (player.rank or 0) < min(h.rank for h in heads)
    for head in heads:
        if head.office not in player.offices:
            player.offices.append(head.office)
        if player.rank is None or head.rank < player.rank:
            player.rank = head.rank
    if heads and (player.role is None or f.name) and not (honour and player.sector):
        player.role = role_words(heads, f.level, f.part)
        player.sector = "ELI" if f.status == "former" else min(heads, key=lambda h: h.rank).sector or player.sector
        player.reasons.append((f"the words {stage.wording(f)!r} name the office {player.role}", 0.6))
    player.titles.update(stage.words[i].lower for i in range(f.first, f.last + 1))
    if f.status and (f.status != "incumbent" or player.role_status is None):
        player.role_status = f.status
    elif heads and player.role_status is None:
        player.role_status = "incumbent"
    if f.body is not None and not f.state:
        if player.country is None or player.guessed:
            player.country, player.guessed = f.body.country, False
        if player.sector != "ELI" and f.body.sector and heads:
            player.sector = f.body.sector
    elif country and (player.country is None or source == "said"):
        if player.country not in (None, country) and not player.guessed and f.state is None:
            return
        if player.country not in (None, country) and not player.guessed:
            player.reasons.append((f"the report says {country}, the files {player.country}", -0.2))
        player.country, player.guessed = country, source != "said"
        player.reasons.append((f"state {country}: {source}", 0.5 if source == "said" else 0.2))
    if f.part is not None and player.sector in (None, "GOV") and f.part.sector:
        player.sector = f.part.sector


def know(names: Names, day: date | None, player: Player, person: Person) -> None:
    """Add what the files know of somebody; what the report said stays."""
    player.qid = player.qid or person.qid
    player.gender = player.gender or person.gender
    term = term_at(person, day)
    if player.country is None or player.guessed:
        # Whoever speaks for the Union today was a prime minister of a state before.
        player.country, player.guessed = (term.country if term is not None else None) or person.country, False
    player.past = [(t.office, t.country or person.country) for t in person.offices]
    if term is not None and player.role is None:
        player.role = term.office
        player.role_status = status_at(person, term, day)
        player.offices.append(term.office)
        head = next((h for h in names.heads if h.office == term.office), None)
        player.rank = head.rank if head else None
        player.sector = player.sector or (
            "ELI" if player.role_status == "former" else person.sector or (head.sector if head else None)
        )
        player.reasons.append((f"the files know {person.name} as {term.office}", 0.5))
    elif player.sector is None:
        player.sector = person.sector


def right_person(names: Names, day: date | None, persons: list[Person]) -> Person:
    """Of several who bear the name, the one in office on the day; of those alike, the one of the highest office.

    Raises:
        ValueError: when there are none.
    """

    def standing(person: Person) -> tuple[bool, int]:
        term = term_at(person, day)
        serving = term is not None and status_at(person, term, day) in ("incumbent", "acting")
        return (not serving, min((names.rank_of(t.office) for t in person.offices), default=9))

    return min(persons, key=standing)


def _person_in_files(stage: Stage, name: str, f: Found, country: str | None) -> Person | None:
    found = stage.names.person_named(name)
    if not found and name.count(" ") > 2:
        # "Jam Kamal Khan Alyani": the name the files know, and one more behind it
        found = stage.names.person_named(name.rsplit(maxsplit=1)[0])
    if not found and " " in name and f.heads:
        # "S Jaishankar", "Antonio M. Tajani": surname and first letter, and the office must agree
        first = fold(name)[:1]
        found = [p for p in stage.names.person_named(name.rsplit(maxsplit=1)[-1]) if fold(p.name).startswith(first)]
        found = [p for p in found if any(same_office(h.office, t.office) for h in f.heads for t in p.offices)]
    said = f.state is not None or f.body is not None or f.owner is not None
    fits = [p for p in found if country is None or not said or p.country == country]
    if f.heads:
        fits = [p for p in fits if any(same_office(h.office, t.office) for h in f.heads for t in p.offices)] or (
            fits if " " in name else []
        )
    if not fits or (len(fits) > 1 and " " not in name):
        return None
    return right_person(stage.names, stage.day, fits)


def _on_stage(stage: Stage, name: str, f: Found, country: str | None) -> Player | None:
    """Somebody already named whose name holds this one, or the other way round."""
    mine = _name_parts(name)
    if not mine:
        return None
    for player in reversed(stage.by_recency()):
        for other in player.names:
            theirs = _name_parts(other)
            if not theirs or not (mine <= theirs or theirs <= mine):
                continue
            if mine != theirs and min(len(mine), len(theirs)) == 1 and not _edge(name, other):
                continue
            if country and player.country and country != player.country and f.state is not None:
                continue
            return player
    return None


def _waiting_for_name(stage: Stage, f: Found, country: str | None) -> Player | None:
    """ "Iran's acting foreign minister ... Ali Bagheri": an unnamed office that this name may fill."""
    titled = stage.cast.at(f.first - 2) if f.first > 1 and stage.words[f.first - 1].lower == "," else None
    if not f.heads and titled is not None and titled.kind == "title":
        return None  # an apposition; whose name it is tells the grammar
    for player in reversed(stage.persons):
        same = bool(f.heads) and any(same_office(h.office, o) for h in f.heads for o in player.offices)
        here = country is None or player.country in (None, country)
        if player.kind != "office" or player.names:
            continue
        if (same and here) or (not f.heads and _only_unnamed(stage, player)):
            return player
    return None


def _only_unnamed(stage: Stage, player: Player) -> bool:
    """A bare full name in a report whose subject so far is one unnamed office holder of the lead."""
    first = player.mentions[0] if player.mentions else None
    if first is None or player.rank is None or player.rank > 4:
        return False
    unnamed = [
        p
        for p in stage.persons
        if p.kind == "office" and not p.names and p.mentions and stage.words[p.mentions[0].root].dep in SUBJECT
    ]
    return (
        stage.words[first.first].sentence <= 1
        and stage.words[first.root].dep in SUBJECT
        and not any(p.names and p.rank == player.rank and p.country == player.country for p in stage.persons)
        and len(unnamed) == 1
    )


def _gender_of_words(words: list[str]) -> str | None:
    """What a title tells: Ms, King, spokeswoman."""
    if not naming().female.isdisjoint(words):
        return "f"
    return None if naming().male.isdisjoint(words) else "m"


@lru_cache(maxsize=100_000)
def _name_parts(name: str) -> frozenset[str]:
    return frozenset(
        p
        for p in fold(name).replace("-", " ").replace("'", " ").replace(".", " ").split()
        if p not in naming().small and len(p) > 1
    )


def _edge(a: str, b: str) -> bool:
    """The last of the shorter name must be one of the longer's: the first of two surnames will do ("Zambrano")."""
    short, long = sorted((fold(a).replace("-", " ").split(), fold(b).replace("-", " ").split()), key=len)
    short = [p for p in short if p not in naming().small]
    return bool(short) and short[-1] in long
