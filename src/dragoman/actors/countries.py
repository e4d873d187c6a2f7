"""Which state an office or a part of a state belongs to when its own words leave that open.

In: a `Found` on the `Stage`. Out: a state's code with the ground in plain words, or None. What is said goes before
what is near, what is near before what is most spoken of.
"""

from __future__ import annotations

from collections import Counter

from dragoman.actors.antecedents import antecedent
from dragoman.actors.found import Found
from dragoman.actors.speaking import reporting
from dragoman.actors.stage import SUBJECT, Stage
from dragoman.knowledge.naming import naming


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
        country = last_country(stage, f.first)
        if country:
            return country, "said"
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
    if stage.home:
        # An outlet names its own state's ministers without the state.
        return stage.home, "the state the report is written in"
    acting = acting_country(stage, f.first)
    if acting:
        return acting, "the state that acts in the sentences before"
    return _main_country(stage) or last_country(stage, f.first), "the state most spoken of"


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


def acting_country(stage: Stage, before: int) -> str | None:
    """The state behind the last subject of a main clause."""
    for mention in reversed(stage.cast.mentions):
        if mention.first >= before or mention.kind in ("pronoun", "adjective", "place", "group"):
            continue
        root = stage.words[mention.root]
        if root.dep in SUBJECT and root.head.dep in ("ROOT", "ccomp") and len(mention.players) == 1:
            country = mention.players[0].country
            if country in stage.names.by_code:
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


def last_country(stage: Stage, before: int) -> str | None:
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
        ):
            return player.country
    return None


def _main_country(stage: Stage) -> str | None:
    counts: Counter[str] = Counter()
    for player in stage.cast.players:
        if player.country in stage.names.by_code and player.country:
            counts[player.country] += stage.weight[id(player)]
    return counts.most_common(1)[0][0] if counts else None
