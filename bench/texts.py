"""Reports to measure on: the examples, told again with other states, names and days.

In: the examples of the repository, or a file of one's own. Out: reports, lazily, the same on every run. No two of the
first ten thousand are alike, so that nothing is measured that only remembers what it has read before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

import yaml

from dragoman import Report

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
# Name, adjective and capital; the first six are those of the examples.
_STATES = (
    ("Malawi", "Malawian", "Lilongwe"),
    ("Mozambique", "Mozambican", "Maputo"),
    ("Bolivia", "Bolivian", "La Paz"),
    ("Paraguay", "Paraguayan", "Asunción"),
    ("Malta", "Maltese", "Valletta"),
    ("Albania", "Albanian", "Tirana"),
    ("Norway", "Norwegian", "Oslo"),
    ("Zambia", "Zambian", "Lusaka"),
    ("Georgia", "Georgian", "Tbilisi"),
    ("Kenya", "Kenyan", "Nairobi"),
    ("Vietnam", "Vietnamese", "Hanoi"),
    ("Tunisia", "Tunisian", "Tunis"),
    ("Iraq", "Iraqi", "Baghdad"),
)
_FIRST = ("Ada", "Bruno", "Chidi", "Dorte", "Emre", "Farah", "Goran", "Hana", "Ivo", "Jamila", "Kofi", "Lena", "Marek")
_LAST = ("Abel", "Brandt", "Cissé", "Dragov", "Eriksen", "Fofana", "Gashi", "Haddad", "Ilic", "Jansen", "Kovač", "Lund")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\b(\d{{1,2}}) (?=(?:{_MONTHS})\b)|(?<=\b)((?:{_MONTHS}) )(\d{{1,2}})\b")
_NAME = re.compile(r"(?<=[a-z] )(?:[A-ZÁÉÍÓÚ][a-záéíóúãç]+) (?=[A-Z][a-záéíóúãç]+(?:-[A-Z]\w+)?,)")


@cache
def examples() -> tuple[Report, ...]:
    """The examples, in the order of their paths, as their index describes them."""
    out = []
    for index in sorted(EXAMPLES.glob("*/index.yaml")):
        for entry in yaml.safe_load(index.read_text(encoding="utf-8")):
            text = (index.parent / entry["file"]).read_text(encoding="utf-8")
            out.append(Report(text=text, title=entry["title"], published=entry["published"]))
    return tuple(out)


def varied(count: int) -> Iterator[Report]:
    """The examples over and over, each time with other states, other first names and other days."""
    given = examples()
    for number in range(count):
        told, turn = given[number % len(given)], number // len(given)
        yield told if turn == 0 else _retold(told, turn)


def from_file(path: Path, count: int) -> list[Report]:
    """Reports of a JSON Lines file (field ``text``), or a text file as one report."""
    if path.suffix not in (".jsonl", ".ndjson"):
        return [Report(text=path.read_text(encoding="utf-8"))]
    with path.open(encoding="utf-8") as lines:
        return [Report(text=json.loads(line)["text"]) for line in islice(lines, count) if line.strip()]


def _retold(report: Report, turn: int) -> Report:
    words = _swaps(turn)
    text = re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], report.text)
    text = _DAY.sub(lambda found: _day(found, turn), text)
    text = _NAME.sub(lambda found: f"{_FIRST[(turn + len(found[0])) % len(_FIRST)]} ", text)
    name = f"{_FIRST[turn % len(_FIRST)]} {_LAST[turn // len(_FIRST) % len(_LAST)]}"
    text = f"{text.rstrip()}\n\n{name}, an envoy, spoke with both sides for {turn} hours.\n"
    published = (report.published or date(2024, 1, 1)) + timedelta(days=turn)
    return Report(text=text, title=report.title, published=published)


@cache
def _swaps(turn: int) -> dict[str, str]:
    """Each state's words for those of the one `turn` places on; long words first."""
    pairs: dict[str, str] = {}
    for place, forms in enumerate(_STATES):
        pairs |= dict(zip(forms, _STATES[(place + turn) % len(_STATES)], strict=True))
    return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


def _day(found: re.Match[str], turn: int) -> str:
    day = (int(found[1] or found[3]) + turn) % 28 + 1
    return f"{day} " if found[1] else f"{found[2]}{day}"
