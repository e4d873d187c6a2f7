"""Who is meant: every stretch found becomes a mention of one or more actors.

Read in text order, as a reader does: a full name opens an actor; surname, title, "the minister", "he", "his country",
"both sides" go back to those already on the stage, the most salient first. What the files know about the world names
offices and persons at the day of publication; what the report says goes before it. What other reports told comes last,
behind the appositions of the sentence that first names somebody.

In: a `Reading` and the world's `Names`. Out: a `Cast`. Words that may stand for an actor but mean nobody sure become a
mention without players.
"""

from __future__ import annotations

from dragoman.actors.antecedents import pronoun
from dragoman.actors.apposition import appositions, own_side
from dragoman.actors.cast import Cast, Mention, MentionKind, Player
from dragoman.actors.claims import Who
from dragoman.actors.found import Found, FoundKind
from dragoman.actors.groups import body_player, choose_state, grouping_player, part, people, state_player, unknown
from dragoman.actors.holders import office
from dragoman.actors.learnt import learn
from dragoman.actors.mentions import find_in_sentence
from dragoman.actors.names import Names
from dragoman.actors.persons import person
from dragoman.actors.reference import both, definite
from dragoman.actors.stage import Stage, opened
from dragoman.knowledge.reference import reference
from dragoman.knowledge.world import Body, Grouping
from dragoman.reading.words import Reading

_KINDS: dict[FoundKind, MentionKind] = {
    "person": "name", "office": "title", "part": "body", "people": "people", "state": "state", "body": "body",
    "grouping": "group", "adjective": "adjective", "pronoun": "pronoun", "both": "group", "definite": "title",
    "unknown": "name",
}  # fmt: skip


def resolve(reading: Reading, names: Names, who: Who | None = None) -> Cast:
    """Find and resolve all mentions of a report; `who` tells what other reports say of people it leaves unexplained."""
    stage = opened(reading, names)
    for sentence in reading.sentences:
        words = reading.words[sentence.first : sentence.last]
        # In text order, so that "his counterpart Cho" is known when "they" in the same sentence asks.
        for found in find_in_sentence(reading, names, words, stage.surnames):
            _one(stage, found)
        appositions(stage, sentence.first, sentence.last)
        own_side(stage, sentence.first, sentence.last)
        learn(stage, who)
    for player in stage.cast.players:
        player.mentions.sort(key=lambda m: (m.first, m.last))
    return stage.cast


def _one(stage: Stage, found: Found) -> None:
    players = _players(stage, found)
    players = [p for i, p in enumerate(players) if p not in players[:i]]
    kind = _mention_kind(stage, found)
    mention = Mention(
        found.first, found.last, found.root, kind, stage.reading.span_of(found.first, found.last), players
    )
    stage.cast.add(mention)
    for player in players:
        if kind not in ("adjective", "place"):
            player.mentions.append(mention)
        stage.weight[id(player)] += 1


def _mention_kind(stage: Stage, found: Found) -> MentionKind:
    if found.kind == "state" and _locative(stage, found):
        return "place"
    return _KINDS[found.kind]


def _locative(stage: Stage, found: Found) -> bool:
    """ "in Seoul", "to Tehran": a place, not the government."""
    root = stage.words[found.root]
    if root.dep == "pobj" and root.head.lower in reference().place_prepositions:
        entry = found.entry
        seat = entry is not None and entry.use == "seat"
        return seat or root.head.lower in reference().inside_prepositions
    if root.dep == "conj":
        head = root.head
        return head.dep == "pobj" and head.head.lower in reference().inside_prepositions_joined
    return False


def _players(stage: Stage, f: Found) -> list[Player]:
    match f.kind:
        case "person":
            return person(stage, f)
        case "office":
            return office(stage, f)
        case "part":
            return part(stage, f)
        case "people":
            return people(stage, f)
        case "state" | "adjective":
            state = choose_state(stage, f)
            return [state_player(stage, state)] if state else []
        case "body":
            thing = f.entry.thing if f.entry else None
            return [body_player(stage, thing, f)] if isinstance(thing, Body) else []
        case "grouping":
            thing = f.entry.thing if f.entry else None
            return [grouping_player(stage, thing)] if isinstance(thing, Grouping) else []
        case "pronoun":
            return pronoun(stage, f)
        case "both":
            return both(stage, f)
        case "definite":
            return definite(stage, f)
        case "unknown":
            return [unknown(stage, f)]
    return []
