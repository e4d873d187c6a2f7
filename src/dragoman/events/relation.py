"""What one marked party does to another: the codings of a sentence seen from a given pair.

In: a reading whose pair is marked by offsets. Out: `Code`-like scores, most likely first. With rules alone the score is
the coding's confidence where both parties stand on their sides, less where only one does; the rest is ``NONE``. With
the model the score is the model's, one code for each CAMEO root, and the rules' finding counts besides.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors.cast import Cast, Mention, Player
from dragoman.events.coding import Coding, Side
from dragoman.events.rules import Rules
from dragoman.events.scorer import Scorer, Scores
from dragoman.events.settle import settle
from dragoman.events.views import root_of_code, root_shares, verdict
from dragoman.reading.words import Reading


@dataclass(frozen=True, slots=True)
class Scored:
    """A code with its share of likelihood."""

    category: str
    mode: str | None
    cameo: str | None
    probability: float
    reason: str


# Of the whole, what the rules' finding counts beside the model's; a guess, not tuned.
RULES_SHARE = 0.2
# Who marks a pair expects something between the two: how often there is nothing, against how often in the corpus.
NOTHING_EXPECTED = 0.25


def relation(
    reading: Reading,
    cast: Cast,
    rules: Rules | None,
    actor: tuple[int, int],
    recipient: tuple[int, int],
    scorer: Scorer | None = None,
) -> list[Scored]:
    """Score the codes of a marked pair by rules, by the model, or by both.

    Args:
        actor, recipient: offsets in the report's text.
    """
    by_rules = _by_rules(reading, cast, rules, actor, recipient) if rules is not None else []
    if scorer is None or _touching(actor, recipient):
        return by_rules or [Scored("NONE", None, None, 1.0, "no rules and no model were asked")]
    text = reading.report.text
    scores = scorer.score([(text, actor, recipient)])[0]
    return _together(scores, by_rules)


def _touching(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return (a[0] < b[1] and b[0] < a[1]) or a[0] >= a[1] or b[0] >= b[1]


def _together(scores: Scores, by_rules: list[Scored]) -> list[Scored]:
    """One code for each root: the model's share of it, and the share of the rules' codes under it."""
    nothing = scores.root["NONE"] * NOTHING_EXPECTED
    whole = nothing + 1.0 - scores.root["NONE"]
    share = RULES_SHARE if any(s.category != "NONE" for s in by_rules) else 0.0
    said: dict[str, list[Scored]] = {}
    for one in by_rules:
        said.setdefault(root_of_code(one.category, one.cameo), []).append(one)
    out: list[Scored] = []
    for root, likely in root_shares(scores).items():
        model = (nothing if root == "NONE" else likely) / whole
        rule = sum(s.probability for s in said.get(root, ()))
        probability = (1.0 - share) * model + share * rule
        best = max((s for s in said.get(root, ()) if root != "NONE"), key=lambda s: s.probability, default=None)
        if root == "NONE":
            out.append(Scored("NONE", None, None, probability, f"the model sees nothing between the two: {model:.2f}"))
            continue
        view = verdict(scores, root)
        if best is None:
            reason = f"the model gives {root}x {model:.2f}; no rule does"
            out.append(Scored(view.category, view.mode, view.cameo, probability, reason))
        else:
            reason = f"the model gives {root}x {model:.2f}; {best.reason}"
            out.append(Scored(best.category, best.mode, best.cameo, probability, reason))
    return sorted(out, key=lambda x: -x.probability)


def _by_rules(
    reading: Reading, cast: Cast, rules: Rules, actor: tuple[int, int], recipient: tuple[int, int]
) -> list[Scored]:
    """The codings of the text, by how well they join the two."""
    a = _mark(reading, cast, actor, "actor")
    b = _mark(reading, cast, recipient, "recipient")
    codings = settle(rules.code(reading, cast)) if reading.words else []
    scores: dict[tuple[str, str | None, str | None], tuple[float, str]] = {}
    for coding in codings:
        score = coding.confidence * _match(coding, a, b)
        key = (coding.category, coding.mode, coding.cameo)
        if score > scores.get(key, (0.0, ""))[0]:
            scores[key] = (score, f"rule {coding.frame}: the word {coding.word.text!r}")
    best = max((s for s, _ in scores.values()), default=0.0)
    none = 1.0 - best
    total = none + sum(s for s, _ in scores.values())
    out = [Scored(c, m, k, s / total, why) for (c, m, k), (s, why) in scores.items()]
    out.append(Scored("NONE", None, None, none / total, "no rule joins the two"))
    return sorted(out, key=lambda x: -x.probability)


def _mark(reading: Reading, cast: Cast, where: tuple[int, int], label: str) -> list[int]:
    """Word numbers of a marked party; words that stand for nobody yet get an actor, so that rules can find them."""
    numbers = [w.i for w in reading.words if w.start < where[1] and where[0] < w.end]
    if numbers and not any(cast.at(i) for i in numbers):
        first, last = numbers[0], numbers[-1]
        root = next((i for i in numbers if not first <= reading.words[i].head.i <= last), last)
        player = Player(name=" ".join(reading.words[i].text for i in numbers) or label, kind="unknown")
        mention = Mention(first, last, root, "name", reading.span_of(first, last), [player])
        player.mentions.append(mention)
        cast.players.append(player)
        cast.mentions.append(mention)
        for i in numbers:
            cast.outer[i] = cast.inner[i] = mention
    return numbers


def _match(coding: Coding, a: list[int], b: list[int]) -> float:
    straight = _on(coding.actors, a) and _on(coding.recipients, b)
    if straight or (coding.reciprocal and _on(coding.actors, b) and _on(coding.recipients, a)):
        return 1.0
    if _on([*coding.actors, *coding.recipients], a) and _on([*coding.actors, *coding.recipients], b):
        return 0.9 if coding.reciprocal else 0.35
    if _on(coding.actors, a):
        return 0.75 if not coding.recipients else 0.6
    if _on(coding.recipients, b):
        return 0.6
    return 0.3


def _on(sides: list[Side], numbers: list[int]) -> bool:
    return any(s.mention.first <= i <= s.mention.last for s in sides for i in numbers)
