"""Who is meant: every stretch found becomes a mention of one or more actors.

Read in text order, as a reader does: a full name opens an actor; surname, title, "the minister", "he", "his country",
"both sides" go back to those already on the stage, the most salient first. What the files know about the world names
offices and persons at the day of publication; what the report says goes before it. What other reports told comes last,
behind the appositions of the sentence that first names somebody.

In: a `Reading` and the world's `Names`. Out: a `Cast`. Words that may stand for an actor but mean nobody sure become a
mention without players.
"""

from __future__ import annotations

from dragoman.actors.antecedents import FIRST_PERSON, cataphor, pronoun
from dragoman.actors.apposition import appositions, own_side
from dragoman.actors.cast import Cast, Mention, MentionKind, Player
from dragoman.actors.claims import Who
from dragoman.actors.found import Found, FoundKind
from dragoman.actors.groups import (
    body_player,
    choose_body,
    choose_state,
    grouping_player,
    part,
    people,
    seat_of_body,
    state_player,
    unknown,
)  # fmt: skip
from dragoman.actors.holders import office
from dragoman.actors.learnt import learn
from dragoman.actors.mentions import find_in_sentence
from dragoman.actors.names import Names
from dragoman.actors.persons import person
from dragoman.actors.reference import both, definite, first_person
from dragoman.actors.stage import Stage, opened
from dragoman.knowledge.reference import reference
from dragoman.knowledge.world import Grouping
from dragoman.reading.words import Reading

_KINDS: dict[FoundKind, MentionKind] = {
    "person": "name", "office": "title", "part": "body", "people": "people", "state": "state", "body": "body",
    "grouping": "group", "adjective": "adjective", "pronoun": "pronoun", "both": "group", "definite": "title",
    "unknown": "name",
}  # fmt: skip


def resolve(reading: Reading, names: Names, who: Who | None = None) -> Cast:
    """Find and resolve all mentions of a report; `who` tells what other reports say of people it leaves unexplained."""
    stage = opened(reading, names)
    spoken: list[tuple[Mention, Found]] = []
    for sentence in reading.sentences:
        words = reading.sentence_words(sentence.number)
        # In text order, so that "his counterpart Cho" is known when "they" in the same sentence asks.
        ahead: list[tuple[Mention, Found]] = []
        for found in find_in_sentence(reading, names, words, stage.surnames, stage.acronyms):
            mention = Mention(
                found.first, found.last, found.root, _mention_kind(stage, found),
                reading.span_of(found.first, found.last),
            )  # fmt: skip
            stage.cast.add(mention)
            if _speaker_is_asked(found):
                spoken.append((mention, found))  # who speaks is often told only behind the quotation
            else:
                _fill(stage, mention, found)
            if found.kind == "pronoun" and not mention.players:
                ahead.append((mention, found))
        appositions(stage, sentence.first)
        for mention, found in ahead:
            if not mention.players:
                _stand(stage, mention, cataphor(stage, found))
        own_side(stage, sentence.first, sentence.last)
        learn(stage, who)
    for mention, found in spoken:
        _fill(stage, mention, found)
    for player in stage.persons:
        _state_below(stage, player)
    for player in stage.cast.players:
        player.mentions.sort(key=lambda m: (m.first, m.last))
    return stage.cast


def _state_below(stage: Stage, player: Player) -> None:
    """ "General Worku, who commands Ethiopia's northern forces": the one state named in what is said of somebody."""
    if player.country is not None or not player.offices or not player.mentions:
        return
    first = player.mentions[0]
    if first.kind != "name":
        return
    below = {w.i for w in stage.words[first.root].subtree()} - set(range(first.first, first.last + 1))
    codes = {p.country for m in stage.cast.mentions if m.root in below and m.kind != "place" for p in m.players}
    codes = {code for code in codes if code in stage.names.by_code}
    if len(codes) == 1:
        player.country, player.guessed = codes.pop(), True
        player.reasons.append((f"state {player.country}: the only one in what is said of {player.name}", 0.2))


def _speaker_is_asked(found: Found) -> bool:
    return found.owner in FIRST_PERSON or (found.kind == "pronoun" and found.label in FIRST_PERSON)


def _fill(stage: Stage, mention: Mention, found: Found) -> None:
    """Find out whom a mention stands for."""
    _stand(stage, mention, _players(stage, found))


def _stand(stage: Stage, mention: Mention, players: list[Player]) -> None:
    mention.players = [p for i, p in enumerate(players) if p not in players[:i]]
    for player in mention.players:
        if player not in stage.cast.players:
            stage.cast.players.append(player)
        if mention.kind not in ("adjective", "place"):
            player.mentions.append(mention)
        stage.weight[id(player)] += 1


def _mention_kind(stage: Stage, found: Found) -> MentionKind:
    if found.kind == "state" and _locative(stage, found):
        return "place"
    if found.kind == "body" and found.label == "attr":
        return "adjective"
    return _KINDS[found.kind]


def _locative(stage: Stage, found: Found) -> bool:
    """ "in Seoul", "to Tehran": a place, not the government."""
    root = stage.words[found.root]
    if root.dep == "pobj" and root.head.lower in reference().place_prepositions:
        entry = found.entry
        seat = entry is not None and entry.use == "seat"
        return seat or root.head.lower in reference().inside_prepositions
    if root.dep == "pobj" and root.head.lower == "of" and root.head.head.lemma == "way":
        return True  # "by way of Algiers"
    if root.dep == "conj":
        head = root.head
        return head.dep == "pobj" and head.head.lower in reference().inside_prepositions_joined
    return False


def _players(stage: Stage, f: Found) -> list[Player]:
    match f.kind:
        case "person":
            counterpart = any(h.office == "counterpart" for h in f.heads)
            return office(stage, f) if counterpart else person(stage, f)
        case "office":
            return office(stage, f)
        case "part":
            return part(stage, f)
        case "people":
            return people(stage, f)
        case "state" | "adjective":
            if (seated := seat_of_body(stage, f)) is not None and not _locative(stage, f):
                return [body_player(stage, seated, f)]
            state = choose_state(stage, f)
            return [state_player(stage, state)] if state else []
        case "body":
            body = choose_body(stage, f)
            return [body_player(stage, body, f)] if body is not None else []
        case "grouping":
            thing = f.entry.thing if f.entry else None
            return [grouping_player(stage, thing)] if isinstance(thing, Grouping) else []
        case "pronoun":
            return first_person(stage, f) if f.label in FIRST_PERSON else pronoun(stage, f)
        case "both":
            return both(stage, f)
        case "definite":
            return definite(stage, f)
        case "unknown":
            return [unknown(stage, f)]
    return []
