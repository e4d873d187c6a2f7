"""What the ledger compares reports by: states named, words and gist.

In: a record, or what was kept of one. Out: a `Telling`. Words weigh by how rare they are: the vocabulary of the models
stands in the order of frequency, and what it lacks is rare. Names of states weigh nothing, they are compared apart.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dragoman.events.wordpieces import VOCABULARY, WordPieces
from dragoman.knowledge.countries_named import countries_named, names_a_country
from dragoman.knowledge.folding import fold
from dragoman.knowledge.readouts import readout_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dragoman.record.entries import Record

LEAD = 260
"""Code points of a text that count as its lead."""
_READ = 1500
_KEPT = 120
# Rarer words than these are no longer rarer to us.
_MOST = 6.0
_LEAST = 0.3
_CAPITAL = 1.25
_WORD = re.compile(r"[^\W\d_][\w’'-]*\w")
_FREQUENT = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """What a report is compared by.

    Attributes:
        report_id: of the report.
        day: it appeared (ISO), if known.
        lead: states that its title and first lines name.
        countries: all that it names.
        words: content words without endings, with their weight.
        gist: unit vector, if the record has one.
    """

    report_id: str
    day: str | None
    lead: frozenset[str]
    countries: frozenset[str]
    words: Mapping[str, float]
    gist: NDArray[np.float32] | None


def telling_of(record: Record) -> Telling:
    """What a record's report is compared by."""
    report = record.report
    title, text = report.title or "", report.text
    lead = set(countries_named(f"{title}. {text[:LEAD]}"))
    everywhere = lead | set(countries_named(text[:_READ]))
    for actor in record.actors:
        if actor.country:
            everywhere.add(actor.country)
            if any(span.start < LEAD for span in actor.mentions):
                lead.add(actor.country)
    everywhere |= {place.country for place in record.places if place.country}
    return Telling(
        report_id=report.id,
        day=report.published.isoformat() if report.published else None,
        lead=frozenset(lead),
        countries=frozenset(everywhere),
        words=weighed(f"{title}. {text[:_READ]}"),
        gist=vector(base64.b64decode(record.gist.vector)) if record.gist else None,
    )


def kept(telling: Telling) -> dict[str, Any]:
    """A telling as a row of `ledger_words`."""
    import numpy as np  # noqa: PLC0415 - slow to load, and needed only where reports are compared

    words = sorted(telling.words.items(), key=lambda item: (-item[1], item[0]))[:_KEPT]
    return {
        "report_id": telling.report_id,
        "lead": " ".join(sorted(telling.lead)),
        "countries": " ".join(sorted(telling.countries)),
        "words": " ".join(f"{word}:{weight:.2f}" for word, weight in words),
        "gist": None if telling.gist is None else np.rint(telling.gist * 127).astype(np.int8).tobytes(),
    }


def telling_of_row(row: Any) -> Telling:
    """A telling from its row, with the day its report was published."""
    return Telling(
        report_id=row.report_id,
        day=row.published,
        lead=frozenset(row.lead.split()),
        countries=frozenset(row.countries.split()),
        words=words_of(row.words),
        gist=None if row.gist is None else vector(row.gist),
    )


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """How far two weighed sets of words point the same way (0-1)."""
    common = sum(a[word] * b[word] for word in a.keys() & b.keys())
    if not common:
        return 0.0
    return common / math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))


def words_of(kept: str) -> dict[str, float]:
    """Words with their weights, as they are kept: ``word:weight``, with blanks between."""
    parts = kept.replace(":", " ").split()
    return dict(zip(parts[::2], map(float, parts[1::2]), strict=True))


def vector(kept: bytes) -> NDArray[np.float32]:
    """A gist as numbers again, of length one."""
    import numpy as np  # noqa: PLC0415 - slow to load, and needed only where reports are compared

    numbers = np.frombuffer(kept, dtype=np.int8).astype(np.float32)
    length = float(np.linalg.norm(numbers))
    return numbers / length if length else numbers


def weighed(text: str) -> dict[str, float]:
    """The content words of a text without their endings, and how much each tells."""
    stems = readout_words()
    out: dict[str, float] = {}
    for word in _WORD.findall(text):
        if names_a_country(word):
            continue
        parts = [word.replace("-", ""), *word.split("-")] if "-" in word else [word]
        for part in parts:
            for stem, whole in stems.content(part).items():
                if len(whole) > 2:
                    weight = _rarity(whole) * (_CAPITAL if part[:1].isupper() else 1.0)
                    out[stem] = max(out.get(stem, 0.0), weight)
    return out


@lru_cache(maxsize=50_000)
def _rarity(word: str) -> float:
    pieces = _pieces()(fold(word))
    if len(pieces) != 1:
        return _MOST
    rank = max(0, pieces[0] - _FREQUENT)
    return min(_MOST, max(_LEAST, 1.6 * math.log((rank + 2200) / 1200)))


@lru_cache(maxsize=1)
def _pieces() -> WordPieces:
    return WordPieces(VOCABULARY)
