"""Acts whose doer the words do not name: "two traders were arrested", "drones struck a depot near Tuapse".

In: a word that a frame of the lexicon fits, its slots, whom the act is done to; later the places of the report. Out: a
coding without an actor, or none. Only force and arrest are told so, only as having happened, and only where it is known
to what state those belong whom it is done to; or, of things, in what state they stand. Who did it stays open: the state
of the victim is never put in his place. Mishaps ("killed in an avalanche") tell of nobody's act.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast, Mention, Player
from dragoman.events.arguments import Slots
from dragoman.events.coding import Coding, Side
from dragoman.events.parties import hidden_sides, names_people, sides_at
from dragoman.events.status import standing_of
from dragoman.knowledge.grammar import wordings
from dragoman.knowledge.lexicon import Frame
from dragoman.places.gazette import Spot
from dragoman.reading.words import Reading, Word

BY_FORCE = frozenset(("ASSAULT", "COERCE"))
_THERE = frozenset(("in", "at", "near", "outside", "of", "on", "around", "inside"))


def told_unnamed(reading: Reading, word: Word, slots: Slots, frame: Frame) -> bool:
    """Whether a word that names an act tells it though nobody who does it is named."""
    if frame.unnamed:
        return standing_of(word).status == "occurred"
    if frame.pos != "verb" or frame.category not in BY_FORCE or standing_of(word).status != "occurred":
        return False
    tool = instrument(word, slots)
    if tool is None and word.dep in ("relcl", "acl"):
        return False  # "freed the priest who was arrested in May": tells who he is
    if tool is None and (slots.subject or not _finite_passive(word) or word.lemma not in wordings().done_by_force):
        return False
    return frame.category != "ASSAULT" or not _mishap(reading, word)


def instrument(word: Word, slots: Slots) -> Word | None:
    """What an act is carried out with, where it stands as its subject, or before it: "hit a mine, killing three"."""
    heads = [*slots.subject]
    if word.dep == "advcl" and word.tag == "VBG":
        heads += word.head.childs("dobj", "nsubj")
    return next((head for head in heads if tool_mode(head)), None)


def mere_tool(reading: Reading, side: Side) -> bool:
    """Whether an "actor" is only what the act is carried out with: "Drones" taken for a name."""
    return side.player.country is None and tool_mode(reading.words[side.mention.root]) is not None


def tool_mode(word: Word) -> str | None:
    """The mode that an instrument makes of an ASSAULT; None for other words.

    A capital keeps the parser from a lemma: "Drones".
    """
    known = wordings().instruments
    return known.get(word.lemma) or known.get(word.lower.removesuffix("s"))


def host_of(cast: Cast, slots: Slots, actors: list[Side], recipients: list[Side]) -> list[Side]:
    """Whose ministry an envoy is summoned to: never his own state's; if need be the one he is posted to."""
    home = {s.player.country for s in recipients}
    out = [s for s in actors if s.player.country and s.player.country not in home]
    if out:
        return out
    posts = [o for thing in slots.object for p in thing.childs("prep") if p.lower in ("to", "in")
             for o in p.childs("pobj")]  # fmt: skip
    found = [Side(m.players[0], m) for o in posts if (m := cast.inner[o.i]) is not None and m.players]
    return [s for s in found if s.player.country and s.player.country not in home]


def done_to(cast: Cast, word: Word, slots: Slots, found: list[Side]) -> list[Side]:
    """Whom an act without a named doer is done to: of people who only are somewhere, not the state they are in."""
    patient = slots.object[0] if slots.object else None
    done_to_people = word.lemma not in wordings().done_to_things or (patient is not None and names_people(patient))
    if patient is None or not done_to_people or sides_at(cast, patient):
        return found
    own = [c for c in patient.children if c.dep in ("amod", "compound", "nmod", "poss")]
    own += [o for c in patient.childs("prep") if c.lower == "of" for o in c.childs("pobj")]
    return next((sides for c in own if (sides := sides_at(cast, c))), [])


def _finite_passive(verb: Word) -> bool:
    """ "were arrested", and what is joined to it; not "the three arrested in May", which tells who they are."""
    if any(c.dep in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    return verb.dep == "conj" and verb.tag == "VBN" and verb.head.pos == "VERB" and _finite_passive(verb.head)


def _mishap(reading: Reading, word: Word) -> bool:
    return any(w.lemma in wordings().mishaps for w in reading.sentence_words(word.sentence))


def laid_upon(reading: Reading, cast: Cast, spots: list[Spot], codings: list[Coding]) -> list[Coding]:
    """Codings; one without an actor only where it is known whose state it touches, of things by where they stand."""
    out = []
    for coding in codings:
        if coding.unnamed and not any(s.player.country for s in coding.recipients):
            side = _place_hit(reading, cast, spots, coding)
            if side is None:
                continue
            coding.recipients = [side]
            first, last = coding.evidence
            coding.evidence = min(first, side.mention.first), max(last, side.mention.last)
            coding.reasons.append((f"what is hit stands in {side.mention.span.text!r}", 0.1))
        out.append(coding)
    return out


def _place_hit(reading: Reading, cast: Cast, spots: list[Spot], coding: Coding) -> Side | None:
    """The place of the things that an act is done to; people may come from anywhere."""
    things = coding.category not in BY_FORCE or coding.word.lemma in wordings().done_to_things
    if coding.patient is None or not things or names_people(coding.patient):
        return None
    found = hidden_sides(cast, coding.patient)
    if found and found[0].player.country:
        return found[0]
    under = {w.i for w in coding.patient.subtree()}
    for prep in (*coding.patient.childs("prep"), *coding.word.childs("prep")):
        if prep.lower in _THERE:
            under |= {w.i for w in prep.subtree()}
    spot = next((s for s in spots if s.country and under & set(range(s.first, s.last + 1))), None)
    if spot is None:
        return None
    known = cast.outer[spot.first]
    if known is not None and known.players and known.players[0].country:
        return Side(known.players[0], known)
    player = Player(name=spot.name, kind="unknown", country=spot.country)
    player.reasons.append((f"{spot.name!r} is a place an act is laid upon", 0.1))
    root = reading.root_of(spot.first, spot.last)
    mention = Mention(spot.first, spot.last, root.i, "place", reading.span_of(spot.first, spot.last), [player])
    player.mentions.append(mention)
    cast.add(mention)
    return Side(player, mention)


def beside(named: list[Coding], unnamed: list[Coding]) -> list[Coding]:
    """Codings in text order; one without an actor gives way to one of its kind that has one, in the same sentence."""
    out = list(named)
    for coding in unnamed:
        states = {s.player.country for s in coding.recipients}
        told = any(
            c.word is coding.word
            or (
                c.word.sentence == coding.word.sentence
                and c.category == coding.category
                and states & {s.player.country for s in (*c.actors, *c.recipients)}
            )
            for c in named
        )
        if not told:
            out.append(coding)
    return sorted(out, key=lambda c: c.word.i)
