"""Which state an office or a part of a state belongs to when its own words leave that open.

In: a `Found` on the `Stage`. Out: a state's code with the ground in plain words, or None. What is said goes before
what is near, what is near before what is most spoken of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set

from dragoman.actors.antecedents import antecedent, subjects_countries
from dragoman.actors.cast import Player
from dragoman.actors.found import Found
from dragoman.actors.speaking import reporting
from dragoman.actors.stage import ORGANISED, SUBJECT, Stage
from dragoman.knowledge.epithets import epithets
from dragoman.knowledge.folding import fold
from dragoman.knowledge.naming import naming
from dragoman.knowledge.reference import reference


def country_of_title(stage: Stage, f: Found) -> tuple[str | None, str]:
    """State of an office or part, and on what ground."""
    if f.state is not None:
        return f.state.code, "said"
    if f.body is not None:
        return f.body.country, "said"
    if f.heads and all(h.of == "body" for h in f.heads):
        if any(h.office in naming().european for h in f.heads):
            return "EUR", "said"
        for mention in reversed(stage.cast.mentions):
            if (
                mention.player is not None
                and mention.player.kind in ("igo", "armed_group", "ngo", "party")
                and mention.first < f.first
            ):
                return mention.player.country, "the body named last"
        return None, ""
    if f.owner in ("his", "her", "their", "its", "whose", "our", "my"):
        owner = antecedent(stage, f.owner_word, f.owner)
        if owner is not None and owner.country:
            return owner.country, "said"
    if f.owner == "country":
        country = country_described(stage, f.first, f.owner_word)
        if country:
            return country, "said"
    if f.owner == "body":
        body = body_described(stage, f.owner_word)
        if body is not None and body.country:
            return body.country, "said"
    joined = _joined(stage, f)
    if joined:
        return joined, "shared with the office it is joined to"
    if f.beside in stage.names.by_code:
        return f.beside, "shared with what it is joined to"
    speaker = reporting(stage, stage.words[f.root]) if f.part is not None and not f.heads else None
    if speaker is not None and speaker.country in stage.names.by_code:
        return speaker.country, "the state of who says it"
    place = _place_in_sentence(stage, f)
    if place:
        return place, "the seat of government named in the sentence"
    # "Brazil accused the regime": of another state; "the opposition criticised the government": its own
    regime = f.part is not None and not f.heads and stage.words[f.root].lemma == "regime"
    barred = subjects_countries(stage, stage.words[f.root]) if regime else set()
    if stage.home and stage.home not in barred:
        # An outlet names its own state's ministers without the state.
        return stage.home, "the state the report is written in"
    if f.abroad is not None:
        barred = barred | {f.abroad}
    acting = acting_country(stage, f.first, barred)
    if acting:
        return acting, "the state that acts in the sentences before"
    return _main_country(stage, barred) or last_country(stage, f.first, barred), "the state most spoken of"


def _place_in_sentence(stage: Stage, f: Found) -> str | None:
    """ "Speaking in Addis Ababa, foreign ministry spokesperson N.N. said": the seat tells the state."""
    sentence = stage.words[f.first].sentence
    for mention in reversed(stage.cast.mentions):
        if stage.words[mention.first].sentence != sentence:
            break
        if mention.kind == "place" and mention.player and mention.player.kind == "state":
            clause = stage.words[mention.root].head.head
            if clause.pos in ("VERB", "AUX") and clause.dep in ("advcl", "ROOT"):
                return mention.player.country
    return None


def acting_country(stage: Stage, before: int, barred: Set[str] = frozenset()) -> str | None:
    """The state behind the last subject of a main clause."""
    for mention in reversed(stage.cast.mentions):
        if mention.first >= before or mention.kind in ("pronoun", "adjective", "place", "group"):
            continue
        root = stage.words[mention.root]
        if root.dep in SUBJECT and root.head.dep in ("ROOT", "ccomp") and len(mention.players) == 1:
            country = mention.players[0].country
            if country in stage.names.by_code and country not in barred:
                return country
    return None


def _joined(stage: Stage, f: Found) -> str | None:
    """ "Iranian President Raisi and Foreign Minister Amirabdollahian": the second shares the first's state."""
    i = f.first - 1
    seen_and = False
    while i >= 0 and stage.words[i].lower in ("and", ",", "the"):
        seen_and |= stage.words[i].lower == "and"
        i -= 1
    if i < 0 or not seen_and or stage.words[i].sentence != stage.words[f.first].sentence:
        return None
    mention = stage.cast.outer[i]
    if (
        mention is not None
        and mention.kind in ("name", "title")
        and mention.player
        and mention.player.kind in ("person", "office")
    ):
        return mention.player.country
    return None


def last_country(stage: Stage, before: int, barred: Set[str] = frozenset()) -> str | None:
    """The state named last before a word."""
    for mention in reversed(stage.cast.mentions):
        if mention.first >= before:
            continue
        player = mention.player
        if (
            mention.kind != "pronoun"
            and player is not None
            and player.country
            and player.country in stage.names.by_code
            and player.country not in barred
        ):
            return player.country
    return None


def country_described(stage: Stage, first: int, last: int, speaker: Player | None = None) -> str | None:
    """ "the country", "the West African kingdom", "that country": the one named last of those it can mean.

    In what a minister says with nothing named since, the minister's own.
    """
    w = stage.words
    words = " ".join(x.lower for x in w[first:last] if x.lower not in ("the", "that", "this", "a", "-"))
    fits = epithets().fitting(w[last].lemma, words.replace(" - ", "-"))
    if fits is not None:
        best, most = None, -9.0
        for mention in stage.cast.mentions:
            if mention.first >= first or mention.kind == "pronoun" or not mention.players:
                continue
            country = mention.players[0].country
            if country not in fits:
                continue
            score = float(w[mention.first].sentence - w[last].sentence)
            score += 0.8 if w[mention.root].dep in SUBJECT else 0.0
            score -= 1.2 if mention.kind == "adjective" else 0.0
            if score >= most:
                best, most = country, score
        return best
    return last_country(stage, first) or (speaker.country if speaker is not None else None)


def body_described(stage: Stage, word: int) -> Player | None:
    """ "The bloc", "the council": the body named last that a noun can mean, by its name, else by its kind."""
    noun = stage.words[word].lemma
    other = reference().spellings.get(noun, noun)
    kinds = reference().means.get(noun, ())
    for mention in reversed(stage.cast.mentions):
        for player in mention.players:
            if player.kind in ORGANISED and mention.first < word:
                name = fold(player.name)
                if noun in name or other in name or player.kind in kinds:
                    return player
    return None


def _main_country(stage: Stage, barred: Set[str] = frozenset()) -> str | None:
    counts: Counter[str] = Counter()
    for player in stage.cast.players:
        if player.country in stage.names.by_code and player.country and player.country not in barred:
            counts[player.country] += stage.weight[id(player)]
    return counts.most_common(1)[0][0] if counts else None
