"""Descriptions that go back: "both sides", "his country", "the bloc".

In: a `Found` of kind both or definite on the `Stage`. Out: the actors meant, most salient first; nobody when fewer than
two countries are on the stage, or nothing named before fits.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from dragoman.actors.antecedents import antecedent
from dragoman.actors.cast import Player
from dragoman.actors.countries import last_country
from dragoman.actors.found import Found
from dragoman.actors.groups import state_player
from dragoman.actors.stage import ORGANISED, SUBJECT, Stage
from dragoman.knowledge.folding import fold
from dragoman.knowledge.reference import reference


def both(stage: Stage, f: Found) -> list[Player]:
    """The two (three ...) most salient countries or persons of the report so far."""
    score: dict[str, float] = defaultdict(float)
    here = stage.words[f.first].sentence
    for mention in stage.cast.mentions:
        distance = here - stage.words[mention.first].sentence
        near = 2.5 if distance <= 1 else 1.0
        subject = 1.5 if stage.words[mention.root].dep in SUBJECT else 1.0
        for player in mention.players:
            if (
                player.country
                and (player.country in stage.names.by_code or f.label == "party")
                and player.kind != "population"
            ):
                weight = 0.4 if mention.kind in ("place", "adjective") else 1.0
                lead = 1.5 if stage.words[mention.first].sentence <= 1 else 1.0
                score[player.country] += near * subject * weight * lead
    countries = sorted(score, key=score.__getitem__, reverse=True)[: f.count]
    if len(countries) < 2:
        return []
    out: list[Player] = []
    for country in countries:
        people = [
            p for p in stage.persons if p.country == country and p.mentions and p.role_status not in ("late", "former")
        ]
        person = max(people, key=lambda p: stage.standing(p, here), default=None)
        if f.label in ("person", "any", "party") and person is not None:
            out.append(person)
        else:
            state = stage.names.by_code.get(country)
            if state is not None:
                out.append(state_player(stage, state))
    return out


def definite(stage: Stage, f: Found) -> list[Player]:
    """The other state, the state itself, or the body that a noun with "the" or "his" goes back to."""
    if f.label == "other":
        owner = antecedent(stage, f.owner_word, f.owner) if f.owner else None
        mine = owner.country if owner else last_country(stage, f.first)
        counts = Counter(
            {p.country: stage.weight[id(p)] for p in stage.cast.players if p.kind == "state" and p.country != mine}
        )
        state = stage.names.by_code.get(counts.most_common(1)[0][0] or "") if counts else None
        return [state_player(stage, state)] if state else []
    if f.label == "state":
        owner = antecedent(stage, f.owner_word, f.owner) if f.owner else None
        country = (owner.country if owner else None) if f.owner else last_country(stage, f.first)
        state = stage.names.by_code.get(country or "")
        return [state_player(stage, state)] if state else []
    noun = stage.words[f.last].lemma
    for mention in reversed(stage.cast.mentions):
        for player in mention.players:
            if player.kind in ORGANISED and _is_a(noun, player):
                return [player]
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


def _is_a(noun: str, player: Player) -> bool:
    """Whether a noun can mean this body: by its name, else by its kind."""
    words = reference()
    name = fold(player.name)
    if noun in name or (noun in words.spellings and words.spellings[noun] in name):
        return True
    return player.kind in words.means.get(noun, ())
