"""What stands side by side and is one actor; what a minister voices.

In: the mentions of one sentence on the `Stage`. Out: nothing; actors that are one are merged in place, the named one
stays. Two names are never merged.
"""

from __future__ import annotations

from itertools import pairwise

from dragoman.actors.antecedents import joined_with
from dragoman.actors.cast import Mention, Player
from dragoman.actors.learnt import apposed
from dragoman.actors.stage import Stage
from dragoman.knowledge.reference import reference


def appositions(stage: Stage, first: int) -> None:
    """ "the Qatari Emir, His Excellency Sheikh Tamim", "Abu Zeid, spokesman for the ministry": one actor.

    Args:
        first: number of the first word of the sentence read last.
    """
    here = stage.cast.since(first)
    mentions = [m for m in here if m.kind in ("name", "title") and len(m.players) == 1]
    _several(stage, here)
    for a, b in _equated(stage, mentions):
        if {a.players[0].kind, b.players[0].kind} <= {"person", "office"} and _may_be_one(a.players[0], b.players[0]):
            _merge(stage, a.players[0], b.players[0])
    for a, b in pairwise(mentions):
        pa, pb = a.players[0], b.players[0]
        if pa is pb or b.first <= a.last:
            continue
        between = [x.lower for x in stage.words[a.last + 1 : b.first]]
        if len(between) > 3 and between[0] == "(" and ")" in between:
            between = between[between.index(")") + 1 :]  # "... of American States (OAS), Camille ..."
        if between != [","]:
            continue
        if {pa.kind, pb.kind} <= {"person", "office"} and _may_be_one(pa, pb) and _is_apposition(stage, a, b):
            _merge(stage, pa, pb)


def _equated(stage: Stage, mentions: list[Mention]) -> list[tuple[Mention, Mention]]:
    """ "Kovač, who is Croatia's foreign minister", "Kovač is the foreign minister": names with their offices."""
    out: list[tuple[Mention, Mention]] = []
    for office in mentions:
        root = stage.words[office.root]
        if (
            office.kind != "title"
            or root.dep != "attr"
            or root.head.lemma != "be"
            or root.head.child("neg") is not None
        ):
            continue
        verb = root.head
        subject = verb.head if verb.dep == "relcl" else verb.child("nsubj")
        name = stage.cast.at(subject.i) if subject is not None else None
        if name is not None and name in mentions and name.kind == "name" and name.players[0] is not office.players[0]:
            out.append((name, office))
    return out


def _several(stage: Stage, here: list[Mention]) -> None:
    """ "Tamm and Kalniņa, the prime ministers of Estonia and Latvia": each name has one of the offices."""
    for title in [m for m in here if m.kind == "title" and len(m.players) > 1]:
        root = stage.words[title.root]
        before = (
            stage.cast.at(title.first - 2) if stage.words[title.first - 1].lower == "," and title.first > 1 else None
        )
        if before is None or before.kind != "name" or root.dep not in ("appos", "conj", "nsubj"):
            continue
        people = joined_with(stage, before)
        if len(people) == len(title.players) and all(p.names and p.country is None for p in people):
            for person, office in zip(people, list(title.players), strict=True):
                _merge(stage, person, office)


def own_side(stage: Stage, first: int, last: int) -> None:
    """ "Minister Aquilina conveyed Malta's concern": whose concern a minister voices tells whose minister it is."""
    voicing = reference().voicing
    for verb in stage.words[first:last]:
        if verb.lemma not in voicing or verb.pos != "VERB":
            continue
        thing, speaker = verb.child("dobj"), verb.child("nsubj")
        owner = thing.child("poss") if thing is not None else None
        if owner is None or speaker is None:
            continue
        whose, who = stage.cast.at(owner.i), stage.cast.at(speaker.i)
        if whose is None or who is None or len(whose.players) != 1 or len(who.players) != 1:
            continue
        player = who.players[0]
        if player.guessed and whose.players[0].kind == "state":
            player.country, player.guessed = whose.players[0].country, False
            player.reasons.append((f"voices {whose.players[0].name}'s {thing.text if thing else ''}", 0.5))


def _is_apposition(stage: Stage, a: Mention, b: Mention) -> bool:
    after = stage.words[b.last + 1].lower if b.last + 1 < len(stage.words) else "."
    if a.kind == "name" and b.kind == "name":
        return False
    return (
        after in (",", ".", ";", ")", "said", "told", "who", "and", "has", "in", "on")
        or stage.words[b.root].dep == "appos"
    )


def _may_be_one(a: Player, b: Player) -> bool:
    if a.names and b.names:
        return False
    return a.country is None or b.country is None or a.country == b.country or not (a.names and a.offices)


def _merge(stage: Stage, a: Player, b: Player) -> None:
    """Make two actors one; the named one stays."""
    keep, drop = (a, b) if a.names or not b.names else (b, a)
    apposed(stage, keep, drop)
    for mention in stage.cast.mentions:
        if drop in mention.players:
            mention.players = list(dict.fromkeys(keep if p is drop else p for p in mention.players))
    keep.mentions = sorted({*keep.mentions, *drop.mentions}, key=lambda m: m.first)
    keep.titles |= drop.titles
    keep.offices = [*keep.offices, *(o for o in drop.offices if o not in keep.offices)]
    if keep.role is None or (drop.rank is not None and (keep.rank is None or drop.rank < keep.rank)):
        keep.role = drop.role or keep.role
        keep.rank = drop.rank if drop.rank is not None else keep.rank
    keep.country = drop.country if drop.country and not keep.offices[:-1] else keep.country or drop.country
    keep.sector = keep.sector or drop.sector
    if keep.role_status in (None, "incumbent") and drop.role_status:
        keep.role_status = drop.role_status
    keep.qid = keep.qid or drop.qid
    keep.reasons = [*keep.reasons, *drop.reasons, ("an apposition names the office", 0.6)]
    for key, player in list(stage.keyed.items()):
        if player is drop:
            stage.keyed[key] = keep
    stage.persons = [p for p in stage.persons if p is not drop]
    stage.cast.players = [p for p in stage.cast.players if p is not drop]
    stage.weight[id(keep)] += stage.weight.pop(id(drop), 0)
