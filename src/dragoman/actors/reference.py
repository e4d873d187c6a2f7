"""Descriptions that go back: "both sides", "his country", "the bloc".

In: a `Found` of kind both or definite on the `Stage`. Out: the actors meant, most salient first; nobody when fewer than
two countries are on the stage, or nothing named before fits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import takewhile

from dragoman.actors.antecedents import antecedent, joined_with, subjects_countries
from dragoman.actors.cast import Mention, Player
from dragoman.actors.countries import body_described, country_described, last_country
from dragoman.actors.found import Found
from dragoman.actors.groups import state_player
from dragoman.actors.speaking import reporting
from dragoman.actors.stage import SUBJECT, Stage
from dragoman.knowledge.reference import reference


def both(stage: Stage, f: Found) -> list[Player]:
    """The two (three ...) that were named side by side, else the most salient countries or persons of the report."""
    here = stage.words[f.first].sentence
    barred = subjects_countries(stage, stage.words[f.last])
    pair = _side_by_side(stage, f, barred)
    countries = [p.country or "" for p in pair] if pair else _salient(stage, f, here, barred)
    if len(countries) < 2:
        return []
    out: list[Player] = []
    for i, country in enumerate(countries):
        people = [
            p for p in stage.persons if p.country == country and p.mentions and p.role_status not in ("late", "former")
        ]
        person = max(people, key=lambda p: stage.standing(p, here), default=None)
        if f.label in ("person", "any", "party") and person is not None:
            out.append(person)
            continue
        state = stage.names.by_code.get(country)
        if state is not None:
            out.append(state_player(stage, state))
        elif pair:
            out.append(pair[i])
    return out


def _side_by_side(stage: Stage, f: Found, barred: set[str]) -> list[Player]:
    """Those that "and" joins in the sentence before or earlier in this one: "Sudan and Chad signed a truce"."""
    here = stage.words[f.first].sentence
    for mention in reversed(stage.cast.mentions):
        if mention.first >= f.first:
            continue
        if here - stage.words[mention.first].sentence > 1:
            break
        if mention.kind in ("adjective", "place", "pronoun") or not mention.players:
            continue
        group = joined_with(stage, mention)
        if f.label == "person" and any(p.kind not in ("person", "office") for p in group):
            continue
        codes = {p.country for p in group}
        if len(group) == f.count and len(codes) == f.count and None not in codes and not codes & barred:
            return group
    return []


# How many sentences back what is said still counts.
_LOOK_BACK = 80


def _near_and_lead(stage: Stage, here: int) -> list[Mention]:
    """The mentions of the sentences before, and of the lead."""
    near = list(takewhile(lambda m: here - stage.words[m.first].sentence <= _LOOK_BACK, reversed(stage.cast.mentions)))
    lead = list(takewhile(lambda m: stage.words[m.first].sentence <= 1, stage.cast.mentions))
    return near if len(near) == len(stage.cast.mentions) else [*lead, *near]


def _salient(stage: Stage, f: Found, here: int, barred: set[str]) -> list[str]:
    """Countries by how much the report so far is about them."""
    score: dict[str, float] = defaultdict(float)
    for mention in _near_and_lead(stage, here):
        distance = here - stage.words[mention.first].sentence
        near = 2.5 if distance <= 1 else 1.0
        subject = 1.5 if stage.words[mention.root].dep in SUBJECT else 1.0
        for player in mention.players:
            if (
                player.country
                and player.country not in barred
                and (player.country in stage.names.by_code or f.label == "party")
                and player.kind != "population"
            ):
                weight = 0.4 if mention.kind in ("place", "adjective") else 1.0
                lead = 1.5 if stage.words[mention.first].sentence <= 1 else 1.0
                score[player.country] += near * subject * weight * lead
    states = sorted(score, key=score.__getitem__, reverse=True)
    if len([c for c in states if c in stage.names.by_code]) >= f.count:
        states = [c for c in states if c in stage.names.by_code]
    return states[: f.count]


def first_person(stage: Stage, f: Found) -> list[Player]:
    """ "I" is who speaks; "we" and "our" the speaker's state, where the speaker has one."""
    who = antecedent(stage, f.first, f.label)
    if who is None:
        return []
    state = stage.names.by_code.get(who.country or "")
    if f.label in ("i", "me", "my") or state is None or who.kind not in ("person", "office"):
        return [who]
    return [state_player(stage, state)]


def definite(stage: Stage, f: Found) -> list[Player]:
    """The other state, the state itself, or the body that a noun with "the" or "his" goes back to."""
    if f.label == "honoured":
        player = antecedent(stage, f.first, "he" if f.owner == "his" else "she")
        return [player] if player is not None else []
    if f.label == "other":
        owner = antecedent(stage, f.owner_word, f.owner) if f.owner else None
        mine = owner.country if owner else last_country(stage, f.first)
        counts = Counter(
            {p.country: stage.weight[id(p)] for p in stage.cast.players if p.kind == "state" and p.country != mine}
        )
        state = stage.names.by_code.get(counts.most_common(1)[0][0] or "") if counts else None
        return [state_player(stage, state)] if state else []
    if f.label in ("first", "last"):
        return _one_of_two(stage, f)
    if f.label == "state":
        speaker = None if f.owner else reporting(stage, stage.words[f.first])
        owner = antecedent(stage, f.owner_word, f.owner) if f.owner else None
        country = (owner.country if owner else None) if f.owner else country_described(stage, f.first, f.last, speaker)
        state = stage.names.by_code.get(country or "")
        return [state_player(stage, state)] if state else []
    if (body := body_described(stage, f.last)) is not None:
        return [body]
    noun = stage.words[f.last].lemma
    entry = reference().unnamed.get(noun)
    if entry is None or f.owner:
        return []
    key = ("definite", noun)
    unnamed = stage.keyed.get(key)
    if unnamed is None:
        unnamed = Player(name=stage.wording(f), kind=entry.kind, sector=entry.sector)
        unnamed.reasons.append((f"{stage.wording(f)!r}: the report does not name it", 0.2))
        stage.keyed[key] = unnamed
    return [unnamed]


def _one_of_two(stage: Stage, f: Found) -> list[Player]:
    """ "The former", "the latter": of the two joined last, else of the first two in the sentence before."""
    here = stage.words[f.first].sentence
    earlier = [
        m
        for m in stage.cast.mentions
        if m.first < f.first
        and here - stage.words[m.first].sentence <= 1
        and m.kind not in ("adjective", "place", "pronoun")
        and len(m.players) == 1
        and stage.cast.outer[m.first] is m
        and stage.words[m.last].lower not in reference().ordered  # "the former", which is one of the two already
    ]
    for mention in reversed(earlier):
        group = joined_with(stage, mention)
        if len(group) == 2:
            return [group[0 if f.label == "first" else -1]]
    for sentence in (here, here - 1):
        players: list[Player] = []
        for m in earlier:
            if stage.words[m.first].sentence == sentence and m.players[0] not in players:
                players.append(m.players[0])
        sides = [p for p in players if p.kind in ("person", "office")] or [p for p in players if p.kind != "population"]
        if len(sides) >= 2:
            return [sides[0 if f.label == "first" else 1]]
    return []
