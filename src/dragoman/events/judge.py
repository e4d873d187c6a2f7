"""What the model says of codings and pairs: rules propose, the model scores, `settle` decides.

In: the codings of the rules, a `Reading`, its `Cast` and a `Scorer`. Out: the same codings with the model's view in
their confidence and reasons, some with another code, and codings of pairs that no rule joined. Only pairs inside one
sentence are scored. A coding is recoded only where the model is sure and sees nothing in the rule's own code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.actors.cast import Cast, Mention
from dragoman.events.arguments import clause_of
from dragoman.events.coding import Coding, Side
from dragoman.events.scorer import ROOT_OF, Offsets, Scorer, Scores
from dragoman.knowledge.codebook import codebook
from dragoman.reading.words import Reading, Sentence, Word

# Bounds of the decisions below, set high: of three settings tried on the sample reports and the annotated news this one
# keeps the share of right events among those stated; see docs/measurements.md.
SURE_OF_OTHER = 0.8
RULE_UNSEEN = 0.06
RULE_SURE = 0.97
SURE_OF_NOTHING = 0.95
PROPOSES_EVENT = 0.95
PROPOSES_CODE = 0.85
# Pairs without a rule's coding that are scored in one sentence.
MOST_PAIRS = 2

_CATEGORIES = {
    "03": ("AGREE", "CONCEDE"), "04": ("CONSULT",), "05": ("SUPPORT", "CONCEDE"),
    "06": ("COOPERATE",), "07": ("AID",), "08": ("CONCEDE", "RETREAT"), "09": ("ACCUSE",), "10": ("REQUEST",),
    "11": ("ACCUSE",), "12": ("REJECT",), "13": ("THREATEN",), "14": ("PROTEST",), "15": ("MOBILIZE",),
    "16": ("SANCTION", "COERCE"),
    "17": ("COERCE", "ASSAULT", "SANCTION"), "18": ("ASSAULT",), "19": ("ASSAULT", "COERCE"), "20": ("ASSAULT",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """The code the model would give a pair."""

    root: str
    category: str
    mode: str | None
    cameo: str
    status: str
    probability: float


def verdict(scores: Scores, root: str | None = None) -> Verdict:
    """The likeliest code, or the likeliest one within a root; its category is one that goes with the root."""
    shares = root_shares(scores)
    if root is None:
        root = max((r for r in shares if r != "NONE"), key=shares.__getitem__)
    category = max(_CATEGORIES[root], key=lambda c: scores.category.get(c, 0.0))
    modes = {m: p for m, p in scores.mode.items() if m == "-" or m.startswith(f"{category}/")}
    best = max(modes, key=modes.__getitem__)
    mode = best.partition("/")[2] if best != "-" and modes[best] > 0.5 * sum(modes.values()) else None
    status = max(scores.status, key=scores.status.__getitem__)
    asks = root == "10" and scores.root["02"] > scores.root["10"]
    return Verdict(root, category, mode, "020" if asks else f"{root}0", status, shares[root])


def root_shares(scores: Scores) -> dict[str, float]:
    """Probability of each root; appeals (02) and demands (10) are one, since PLOVER has one category for both."""
    shares = dict(scores.root)
    shares["10"] += shares.pop("02")
    return shares


def root_of_code(category: str, cameo: str | None) -> str:
    """CAMEO root of a code; of one without CAMEO, the root its category stands for."""
    if cameo:
        return "10" if cameo.startswith("02") else cameo[:2]
    return ROOT_OF.get(category, "NONE")


class Judge:
    """Scores what the rules found, and what they did not."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer

    def judged(self, reading: Reading, cast: Cast, codings: list[Coding]) -> list[Coding]:
        """Codings with the model's view, and new ones."""
        asked: list[tuple[Coding | None, Side, Side, Sentence]] = []
        for known in codings:
            if (pair := _pair(reading, known)) is not None:
                asked.append((known, *pair))
        asked += [(None, a, b, s) for a, b, s in _candidates(reading, cast, codings)]
        scored = self._scorer.score([_marked(reading, a, b, s) for _, a, b, s in asked])
        gone: set[int] = set()
        new: list[Coding] = []
        for (coding, actor, recipient, sentence), scores in zip(asked, scored, strict=True):
            if coding is None:
                made = _proposed(reading, actor, recipient, sentence, scores)
                if made is not None:
                    new.append(made)
            elif not _weighed(coding, scores):
                gone.add(id(coding))
        return [c for c in codings if id(c) not in gone] + new


def _pair(reading: Reading, coding: Coding) -> tuple[Side, Side, Sentence] | None:
    """The sides by which a coding is scored: those that stand in its sentence."""
    sentence = reading.sentences[coding.word.sentence]
    here = [[s for s in sides if sentence.first <= s.mention.first < sentence.last] for sides in
            (coding.actors, coding.recipients)]  # fmt: skip
    if not here[0] or not here[1] or _overlap(here[0][0].mention, here[1][0].mention):
        return None
    return here[0][0], here[1][0], sentence


def _overlap(a: Mention, b: Mention) -> bool:
    return a.first <= b.last and b.first <= a.last


def _marked(reading: Reading, actor: Side, recipient: Side, sentence: Sentence) -> tuple[str, Offsets, Offsets]:
    text = reading.report.text[sentence.start : sentence.end]
    spans = [(s.mention.span.start - sentence.start, s.mention.span.end - sentence.start) for s in (actor, recipient)]
    return text, spans[0], spans[1]


def _weighed(coding: Coding, scores: Scores) -> bool:
    """Put the model's view into a coding; whether it stays."""
    root = root_of_code(coding.category, coding.cameo)
    same = root_shares(scores).get(root, 0.0)
    top = verdict(scores)
    if (
        top.probability >= SURE_OF_OTHER
        and same < RULE_UNSEEN
        and top.root != root
        and coding.weight < RULE_SURE
        and not coding.frame.startswith("speech_acts")
    ):
        coding.reasons.append((f"the rule says {coding.category} {coding.cameo or ''}".rstrip(), 0.0))
        coding.category, coding.mode, coding.cameo = top.category, top.mode, top.cameo
        coding.contexts = ()
        coding.weight = top.probability * 0.9
        coding.reasons.append((f"the model reads {top.category} {top.cameo} between the two", top.probability))
        return True
    nothing = scores.root["NONE"]
    if nothing >= SURE_OF_NOTHING and coding.weight < 0.9:
        return False
    seen = same / max(1e-6, 1.0 - nothing)
    coding.weight = round(0.5 * coding.weight + 0.5 * (0.4 + 0.6 * seen) * (1.0 - 0.5 * nothing), 3)
    coding.reasons.append(
        (f"the model gives the code {same:.2f}, nothing between the two {nothing:.2f}", seen - nothing)
    )
    return True


def _candidates(reading: Reading, cast: Cast, codings: list[Coding]) -> Iterator[tuple[Side, Side, Sentence]]:
    """Pairs of actors of one clause that no coding joins, those in the likeliest places first."""
    joined = {
        (id(a.player), id(b.player), c.word.sentence)
        for c in codings
        for a in (*c.actors, *c.recipients)
        for b in (*c.actors, *c.recipients)
    }
    by_sentence: dict[int, list[Mention]] = {}
    for mention in cast.mentions:
        if len(mention.players) == 1 and mention.kind not in ("place",) and cast.outer[mention.first] is mention:
            by_sentence.setdefault(reading.words[mention.first].sentence, []).append(mention)
    for number, mentions in by_sentence.items():
        ranked: list[tuple[int, Side, Side]] = []
        for a in mentions:
            for b in mentions:
                one, other = a.players[0], b.players[0]
                if one is other or _overlap(a, b) or (id(one), id(other), number) in joined:
                    continue
                rank = _likely(reading.words[a.root], reading.words[b.root])
                if rank:
                    ranked.append((rank, Side(one, a), Side(other, b)))
        ranked.sort(key=lambda row: (-row[0], row[1].mention.first, row[2].mention.first))
        for _, a_side, b_side in ranked[:MOST_PAIRS]:
            yield a_side, b_side, reading.sentences[number]


def _likely(actor: Word, recipient: Word) -> int:
    """How likely the grammar makes it that the first does something to the second; 0 not at all."""
    subject = actor.dep in ("nsubj", "csubj") or (actor.dep == "pobj" and actor.head.dep == "agent")
    owner = actor.dep in ("poss", "compound", "amod", "nmod")
    if not subject and not owner:
        return 0
    verb = clause_of(actor)
    under = recipient
    for _ in range(6):
        if under is verb:
            break
        under = under.head
    below = verb is not None and under is verb
    if subject:
        passive = recipient.dep == "nsubjpass" and below
        return (3 if below and recipient.dep in ("dobj", "dative", "pobj") else 2 if below else 0) + passive
    return 1 if below and recipient.dep in ("pobj", "dobj") else 0


def _proposed(reading: Reading, actor: Side, recipient: Side, sentence: Sentence, scores: Scores) -> Coding | None:
    """A coding of a pair that no rule joined, where the model is sure."""
    top = verdict(scores)
    if scores.event < PROPOSES_EVENT or top.probability < PROPOSES_CODE or top.category not in codebook().categories:
        return None
    word = _linking(reading, actor.mention, recipient.mention)
    if word is None or _across_quotation(reading, actor.mention, recipient.mention):
        return None
    country = actor.player.country
    if country is not None and country == recipient.player.country and top.category in _BETWEEN_STATES:
        return None  # "on behalf of the government": a minister and his own side
    first = min(actor.mention.first, recipient.mention.first, word.i)
    last = max(actor.mention.last, recipient.mention.last, word.i)
    coding = Coding(
        word=word, category=top.category, mode=top.mode, cameo=top.cameo, contexts=(), actors=[actor],
        recipients=[recipient], trigger=(word.i, word.i), evidence=(first, last), frame="model", weight=top.probability,
        status=top.status if top.status != "background" else "occurred", background=top.status == "background",
    )  # fmt: skip
    coding.reasons.append(
        (f"the model reads {top.category} {top.cameo} between the two; no rule does", top.probability)
    )
    return coding


# What one side of a state does not do to another that speaks for the same state.
_BETWEEN_STATES = frozenset(("CONSULT", "AGREE", "COOPERATE", "SUPPORT", "REQUEST"))


def _across_quotation(reading: Reading, a: Mention, b: Mention) -> bool:
    """Whether one stands inside a quotation and the other outside: what is said is not done."""
    one, other = reading.quoted(a.span.start), reading.quoted(b.span.start)
    return (one is None) != (other is None)


def _linking(reading: Reading, a: Mention, b: Mention) -> Word | None:
    """The verb or noun below which both stand."""
    above = [reading.words[a.root], *reading.words[a.root].ancestors()]
    other = {id(w) for w in (reading.words[b.root], *reading.words[b.root].ancestors())}
    return next((w for w in above if id(w) in other and w.pos in ("VERB", "NOUN", "AUX")), None)
