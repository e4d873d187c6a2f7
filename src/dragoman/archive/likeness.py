"""Whether a report goes on telling of a commitment: what speaks for it and against it, weighed.

In: the tellings of a commitment so far, its parties and a new telling. Out: a `Likeness`, a probability with its
reasons. The weights were fitted on own-written chains of reports (`training/fates.py`) and lie in `ledger.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman.archive.tellings import Telling, cosine
from dragoman.record.entries import Reason

HOME = Path(__file__).resolve().parent / "ledger.json"
FEATURES = ("one", "parties", "parties in lead", "others in lead", "words", "meaning", "meaning of all", "rare words",
            "new", "nothing")  # fmt: skip
"""What a likeness is made of, in the order of the weights."""
SAME_NEWS = 3
"""Days within which reports tell the same news."""
FAR = 10_000
_SHOWN = 5
_RAREST = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """How sure it is that two things are one, such as what a report tells and a commitment, and why."""

    probability: float
    why: Callable[[], tuple[Reason, ...]]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What spoke for it and against it; put into words when asked for, since most comparisons lead to nothing."""
        return self.why()


def likeness(before: Sequence[Telling], parties: Collection[str], new: Telling, fates: Mapping[str, float]) -> Likeness:
    """Weigh a new telling against those before it.

    Args:
        before: tellings of the commitment, at least one.
        parties: states and bodies that it binds, by code.
        new: the telling that may go on.
        fates: what the new report tells, by `fates.fates_of`.
    """
    values = features(before, parties, new, fates)
    return Likeness(_probability(values), lambda: _reasons(values, before, parties, new))


def _reasons(
    values: Mapping[str, float], before: Sequence[Telling], parties: Collection[str], new: Telling
) -> tuple[Reason, ...]:
    common = sorted(set().union(*(t.words for t in before)) & new.words.keys(), key=lambda w: (-new.words[w], w))
    share = values["parties"]
    facts = [
        f"both name {', '.join(sorted(set(parties) & new.countries))}",
        f"both have the words {', '.join(common[:_SHOWN])}" if common else "no word is common to both",
        f"meaning alike by {values['meaning']:.2f}",
        f"all parties named: {share:.0%}" if share < 1 else "all parties are named",
    ]
    if values["others in lead"]:
        facts.append("the lead names others, too")
    return tuple(Reason(fact=fact) for fact in facts)


def ceiling(new: Telling, fates: Mapping[str, float]) -> Callable[[Sequence[Telling], Collection[str]], float]:
    """What tells the highest probability that `likeness` can give, whatever the words of the tellings before.

    Args:
        new: the telling that may go on.
        fates: what it tells.

    Returns:
        A function of tellings before and of parties.
    """
    weight = dict(zip(FEATURES, weights()["link"], strict=True))
    rare = sorted(new.words.values(), reverse=True)[:_RAREST]
    most = max(0.0, weight["words"]) + max(0.0, weight["rare words"]) * sum(rare) / 10

    def at_most(before: Sequence[Telling], parties: Collection[str]) -> float:
        values = _values(before, parties, new, fates)
        return 1 / (1 + math.exp(-most - sum(weight[name] * value for name, value in values.items())))

    return at_most


def _probability(values: Mapping[str, float]) -> float:
    score = sum(weight * values[name] for name, weight in zip(FEATURES, weights()["link"], strict=True))
    return 1 / (1 + math.exp(-score))


def features(
    before: Sequence[Telling], parties: Collection[str], new: Telling, fates: Mapping[str, float]
) -> dict[str, float]:
    """The values that the weights are for."""
    words: set[str] = set().union(*(t.words for t in before))
    rare = sorted((new.words[word] for word in words & new.words.keys()), reverse=True)[:_RAREST]
    told = {"words": max(cosine(t.words, new.words) for t in before), "rare words": sum(rare) / 10}
    return {**_values(before, parties, new, fates), **told}


def _values(
    before: Sequence[Telling], parties: Collection[str], new: Telling, fates: Mapping[str, float]
) -> dict[str, float]:
    """All but what is told by the words."""
    known = set(parties)
    told = set().union(*(t.lead for t in before)) | known
    gists = [float(t.gist @ new.gist) for t in before if t.gist is not None and new.gist is not None]
    # Outlets tell of one promise on the same days, and all of them tell it as new.
    again = min((apart(t.day, new.day) for t in before), default=FAR) <= SAME_NEWS
    return {
        "one": 1.0,
        "parties": len(known & new.countries) / len(known) if known else 0.0,
        "parties in lead": len(known & new.lead) / len(known) if known else 0.0,
        "others in lead": len(new.lead - told) / max(1, len(new.lead)),
        "meaning": max(gists, default=0.0),
        "meaning of all": sum(gists) / len(gists) if gists else 0.0,
        "new": 0.0 if again else fates.get("open", 0.0) + fates.get("proposed", 0.0),
        "nothing": fates.get("none", 0.0),
    }


def apart(one: str | None, other: str | None) -> int:
    """Days between two days; `FAR` where one is not known."""
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) if one and other else FAR


@lru_cache(maxsize=1)
def weights() -> dict[str, Any]:
    """What was fitted; see `training/fates.py`."""
    fitted: dict[str, Any] = json.loads(HOME.read_text(encoding="utf-8"))
    return fitted
