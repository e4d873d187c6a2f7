"""How far places lie from one another, and which lies in which, as far as the tables say."""

from __future__ import annotations

import math

from dragoman.places.known import Known

# A region of one country holds the towns this near its middle, in kilometres.
_REACH = 120


def holds(holder: Known, known: Known) -> bool:
    """Whether one lies in the other, as far as the tables say."""
    if holder is known or holder.country is None or holder.country != known.country:
        return False
    small = known.kind in ("city", "county")
    if holder.kind == "region":
        return small and distance(holder, known) < _REACH
    return holder.kind == "country" or (small and holder.province != "" and holder.province == known.province)


def distance(a: Known, b: Known) -> float:
    """Kilometres between two places; far when one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))
