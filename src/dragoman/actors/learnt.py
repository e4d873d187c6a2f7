"""What a report tells of a person in its own words, and what earlier reports told of one it says nothing of.

In: people on the `Stage`. Out: `told` on those a title or an apposition describes; office, state and standing on those
that neither the report nor the files describe, from claims of other reports. The report's words go before the files,
the files before claims, claims before a guess; what the report tells later puts aside what was learnt.

Told is what the words say: no office taken over from a "counterpart", no state that is only near, and no description
that merely goes back to somebody ("the minister").
"""

from __future__ import annotations

from dragoman.actors.antecedents import antecedent
from dragoman.actors.cast import Player, Told
from dragoman.actors.claims import Who, key_of, parts_of, weigh
from dragoman.actors.found import Found
from dragoman.actors.offices import role_words
from dragoman.actors.stage import Stage
from dragoman.knowledge.naming import naming
from dragoman.knowledge.world import Head

# "His Paraguayan peer": an office that is another's.
_EQUALS = (" counterpart", " colleague", " peer")


def tell(stage: Stage, player: Player, f: Found, heads: list[Head]) -> None:
    """Note what a title says of somebody: these offices of his or hers."""
    said = f" {' '.join(w.lower for w in stage.words[f.first : f.last + 1])} "
    if not heads or any(word in said for word in _EQUALS) or _many(said, heads):
        return
    unlearn(player)
    country = _country_said(stage, f)
    sector = "ELI" if f.status == "former" else heads[0].sector
    if f.body is not None and f.state is None and f.body.sector and heads[0].of == "body":
        sector = f.body.sector
    if f.part is not None and sector in (None, "GOV") and f.part.sector:
        sector = f.part.sector
    span = stage.reading.span_of(f.first, f.last)
    player.told.append(Told(span, role_words(heads, f.level, f.part), f.status or "incumbent", country, sector))


def told(player: Player) -> list[Told]:
    """What the report's words tell of somebody named: each office of each state once, as the fullest words have it."""
    if player.kind != "person" or not player.names:
        return []
    said: dict[tuple[str, str | None], Told] = {}
    for one in sorted(player.told, key=lambda t: (t.status == "incumbent", t.span.start)):
        said.setdefault((one.role, one.country), one)
    fuller = {role for role, country in said if country is not None}
    kept = [one for (role, country), one in said.items() if country is not None or role not in fuller]
    return sorted(kept, key=lambda t: (t.span.start, t.span.end, t.role))


def unlearn(player: Player) -> None:
    """Put aside the office learnt of somebody whose office the report itself tells; a state goes before a guess."""
    if player.learnt:
        player.role = player.role_status = player.sector = player.rank = None
        player.offices.clear()
        player.learnt = False


def learn(stage: Stage, who: Who | None) -> None:
    """Ask what other reports told of people who are named for the first time and left without office or state."""
    if who is None:
        return
    for player in stage.persons:
        if player.kind != "person" or player.asked or not player.names:
            continue
        name = player.name
        if len(parts_of(name)) < 2:
            continue  # too many people share a single name
        player.asked = True
        if player.role is not None and player.country and not player.guessed:
            continue
        report = stage.reading.report.id
        claims = [c for c in who(name) if key_of(c.name) == key_of(name) and c.report_id != report]
        verdict = weigh(claims, stage.day)
        if verdict is None:
            continue
        player.reasons += verdict.reasons
        if player.country and not player.guessed and verdict.country not in (None, player.country):
            player.reasons.append((f"{player.country} goes before {verdict.country}: it is not from a claim", 0.0))
            continue
        if player.role is None and verdict.role is not None:
            player.role, player.role_status = verdict.role, verdict.role_status
            player.sector = player.sector or verdict.sector
            heads = [h for h in stage.names.heads if h.office in verdict.role.split(" and ")]
            player.offices += [h.office for h in heads]
            player.rank = min((h.rank for h in heads), default=None)
            player.learnt = True
        if verdict.country and (player.country is None or player.guessed):
            player.country, player.guessed = verdict.country, True


def apposed(stage: Stage, keep: Player, drop: Player) -> None:
    """Note what an apposition says of somebody: the office that stands here, not what was said of its holder before."""
    last = max((m.first for m in drop.mentions), default=None)
    if last is None:
        return
    here = stage.reading.sentences[stage.words[last].sentence]
    told = [t for t in drop.told if here.start <= t.span.start < here.end]
    if told:
        unlearn(keep)
    keep.told += told


def beside(stage: Stage, player: Player, f: Found) -> bool:
    """ "the late President of Chile, Pedro Soto": whether a name stands in apposition to the office before it."""
    return any(m.last == f.first - 2 for m in player.mentions) and stage.words[f.first - 1].text == ","


def _many(said: str, heads: list[Head]) -> bool:
    """ "the foreign ministers of Norway and Chile": which of them a name is, the words do not tell."""
    return any(f"{words.lower()}s " in said for head in heads for words in head.words)


def _country_said(stage: Stage, f: Found) -> str | None:
    """The state or body that a title names, or that its "its" goes back to."""
    if f.state is not None:
        return f.state.code
    if f.body is not None:
        return f.body.country
    if f.heads and all(h.of == "body" for h in f.heads):
        return "EUR" if any(h.office in naming().european for h in f.heads) else None
    if f.owner in ("its", "their"):
        owner = antecedent(stage, f.owner_word, f.owner)
        return owner.country if owner is not None and owner.kind not in ("person", "office") else None
    return None
