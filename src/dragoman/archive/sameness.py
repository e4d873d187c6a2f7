"""Whether two reports tell of one happening: what speaks for it and against it, weighed.

In: the `Traits` of two reports. Out: a `Sameness`: a probability with its reasons. The weights were fitted on
own-written happenings and look-alikes (`training/stories.py`) and lie in `stories.json`: one set for reports that have
a gist, one for those that do not.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from dragoman.archive.likeness import Likeness
from dragoman.archive.tellings import cosine
from dragoman.archive.traits import Days, Traits
from dragoman.record.entries import Reason

HOME = Path(__file__).resolve().parent / "stories.json"
LATE = 8
"""Days after which a report is no longer news of the same happening."""
_RARE = 8
_WORTH_TELLING = 0.15

FEATURES: dict[str, str] = {
    "one": "as any two reports of these days that share states or words",
    "meaning": "titles and beginnings mean alike",
    "words": "the same content words",
    "lead words": "the same words in title and lead",
    "rare words": "rare words that both have",
    "states": "the same states named",
    "strange states": "each lead names a state that the other report does not",
    "late": "published days apart",
    "other day": "the news is from different days",
    "day told": "the later names the day of the earlier",
    "sequel": "the later tells of something that came before",
    "numbers": "the same numbers",
    "same outlet": "one outlet seldom tells of a thing twice",
}
"""What is weighed, in the order of the weights, and how it is put into words."""


@dataclass(frozen=True, slots=True)
class Sameness(Likeness):
    """How sure it is that two reports tell of one happening, and why."""

    @property
    def odds(self) -> float:
        """The logarithm of the odds."""
        return math.log(self.probability / (1 - self.probability))


def sameness(a: Traits, b: Traits) -> Sameness:
    """Weigh two reports against each other; which is given first does not matter."""
    values = features(a, b)
    weights = _weights()["with gist" if a.telling.gist is not None and b.telling.gist is not None else "without gist"]
    shares = {name: weights[name] * value for name, value in values.items()}
    probability = min(max(1 / (1 + math.exp(-sum(shares.values()))), 0.001), 0.999)
    return Sameness(probability, lambda: _reasons(shares, a, b))


def _reasons(shares: Mapping[str, float], a: Traits, b: Traits) -> tuple[Reason, ...]:
    """What weighed enough to be told, the most first."""
    told = [(name, share) for name, share in shares.items() if name != "one" and abs(share) >= _WORTH_TELLING]
    told.sort(key=lambda pair: -abs(pair[1]))
    return tuple(Reason(fact=_worded(name, a, b), weight=round(math.tanh(share / 3), 3)) for name, share in told)


def features(a: Traits, b: Traits) -> dict[str, float]:
    """The values that the weights are for."""
    early, late = _in_order(a, b)
    t, u = early.telling, late.telling
    both = t.words.keys() & u.words.keys()
    rare = sorted((min(t.words[word], u.words[word]) for word in both), reverse=True)[:_RARE]
    named = t.countries | u.countries
    apart = (late.published - early.published).days if early.published and late.published else 1
    other = _other_day(early, late)
    strange = min(len(t.lead - u.countries), len(u.lead - t.countries))
    return {
        "one": 1.0,
        "meaning": float(t.gist @ u.gist) if t.gist is not None and u.gist is not None else 0.0,
        "words": cosine(t.words, u.words),
        "lead words": cosine(early.lead, late.lead),
        "rare words": sum(rare) / (6 * _RARE),
        "states": len(t.countries & u.countries) / len(named) if named else 0.0,
        "strange states": float(strange > 0),
        "late": min(apart, LATE) / LATE,
        "other day": other,
        "day told": float(_told(early, late)),
        "sequel": min(apart, 3) / 3 if late.sequel else 0.0,
        "numbers": len(early.numbers & late.numbers) / max(1, min(len(early.numbers), len(late.numbers))),
        "same outlet": float(early.outlet is not None and early.outlet == late.outlet),
    }


def _in_order(a: Traits, b: Traits) -> tuple[Traits, Traits]:
    def when(t: Traits) -> tuple[str, str, str]:
        return (str(t.published or ""), str(t.news or ""), t.telling.report_id)

    return (a, b) if when(a) <= when(b) else (b, a)


def _other_day(early: Traits, late: Traits) -> float:
    """How far the news is from different days; a day that is not told counts less."""
    a, b = _day(early), _day(late)
    if a is None or b is None:
        return 0.0
    return min(a.apart(b), 3) / 3 * (1.0 if early.news and late.news else 0.5)


def _day(traits: Traits) -> Days | None:
    if traits.news or traits.published is None:
        return traits.news
    # News without a day is from the day it was published or the one before.
    return Days(traits.published - timedelta(days=1), traits.published)


def _told(early: Traits, late: Traits) -> bool:
    day = _day(early)
    return day is not None and any(not day.apart(named) for named in late.named)


def _worded(name: str, a: Traits, b: Traits) -> str:
    """A reason with what it rests on."""
    early, late = _in_order(a, b)
    words: Sequence[str] = ()
    if name in ("words", "rare words"):
        t, u = early.telling.words, late.telling.words
        words = sorted(t.keys() & u.keys(), key=lambda word: (-min(t[word], u[word]), word))
    elif name == "lead words":
        words = sorted(early.lead.keys() & late.lead.keys(), key=lambda word: (-early.lead[word], word))
    elif name == "states":
        words = sorted(early.telling.countries & late.telling.countries)
    elif name == "strange states":
        words = sorted((early.telling.lead - late.telling.countries) | (late.telling.lead - early.telling.countries))
    elif name == "numbers":
        words = sorted(early.numbers & late.numbers)
    elif name == "other day":
        words = [str(day) for day in dict.fromkeys((_day(early), _day(late))) if day]
    elif name == "late" and early.published and late.published:
        return f"published {(late.published - early.published).days} days apart"
    return FEATURES[name] + (f": {', '.join(words[:6])}" if words else "")


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    """What was fitted; see `training/stories.py`."""
    fitted: dict[str, dict[str, float]] = json.loads(HOME.read_text(encoding="utf-8"))
    return fitted
