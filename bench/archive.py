"""How fast an archive answers and takes in, by kind of question; repeatable.

.venv/bin/python bench/archive.py --archive sqlite:////tmp/synthetic.db                  builds it where there is none
.venv/bin/python bench/archive.py --archive postgresql://me@host/synthetic --times 60
.venv/bin/python bench/archive.py --archive sqlite:////tmp/synthetic.db --adding sqlite:////tmp/empty.db

Each question is asked `--times` times, each time with other states, words, days; of the first page of 50 rows. Printed
are the median, the 95th percentile and the longest, in milliseconds. `--cold` opens the archive anew for each kind of
question, so that nothing is kept in memory from one to the next. `--adding` measures `Archive.add` in the full archive
and in an empty one by turns; what is added stays.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from dragoman import synthetic
from dragoman.archive import Archive
from dragoman.errors import ArchiveError
from dragoman.record.entries import Record
from dragoman.synthetic_states import vocabulary

Asked = dict[str, Any]
Choose = Callable[[random.Random], Asked]
Ask = Callable[[Archive, random.Random], object]
ROUND = 60
"""Reports that are added to either archive before it is the other's turn."""


def main() -> None:
    """Build what is missing, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", required=True, help="address; built where there is none")
    parser.add_argument("--events", type=int, default=1_000_000, help="how many, if it is built (1,000,000)")
    parser.add_argument("--seed", type=int, default=1, help="of the archive (1)")
    parser.add_argument("--times", type=int, default=40, help="how often each question is asked (40)")
    parser.add_argument("--cold", action="store_true", help="open the archive anew for each kind of question")
    parser.add_argument("--only", default="", help="kinds of question whose name begins so")
    parser.add_argument("--adding", metavar="URL", help="an empty archive to hold adding against")
    parser.add_argument("--gists", action="store_true", help="add reports with a gist, which the ledger compares")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    given = parser.parse_args()
    _build(given.archive, given.events, given.seed)
    figures = _adding(given.archive, given.adding, given.gists) if given.adding else _asking(given)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _build(url: str, events: int, seed: int) -> None:
    try:
        with Archive(url, read_only=True) as archive:
            if archive.count("reports"):
                return
    except ArchiveError:
        pass
    began = time.perf_counter()
    number = synthetic.fill(url, events, seed)
    print(f"built: {number:,} reports in {time.perf_counter() - began:,.0f} s", flush=True)


def _asking(given: argparse.Namespace) -> dict[str, dict[str, float]]:
    figures: dict[str, dict[str, float]] = {}
    archive = Archive(given.archive, read_only=True)
    print(f"{archive.count('reports'):,} reports, {archive.count('events'):,} events", flush=True)
    print(f"{'':44}{'p50':>8}{'p95':>8}{'most':>8}  ms")
    asked = questions(archive)
    # As `dragoman serve` does.
    gc.collect()
    gc.freeze()
    for name, ask in asked.items():
        if not name.startswith(given.only):
            continue
        chance, took = random.Random(name), []
        for _ in range(given.times):
            if given.cold:
                archive.close()
                archive = Archive(given.archive, read_only=True)
            began = time.perf_counter()
            ask(archive, chance)
            took.append((time.perf_counter() - began) * 1000)
        figures[name] = _summed(took)
        print(f"{name:44}" + "".join(f"{value:8.1f}" for value in figures[name].values()), flush=True)
    worst = max(figures, key=lambda name: figures[name]["p95"])
    print(f"highest p95: {figures[worst]['p95']:.1f} ms, {worst}")
    archive.close()
    return figures


def _summed(took: list[float]) -> dict[str, float]:
    return {
        "p50": statistics.median(took),
        "p95": sorted(took)[min(len(took) - 1, round(0.95 * len(took)))],
        "most": max(took),
    }


def questions(known: Archive) -> dict[str, Ask]:
    """All kinds of question, by name."""
    keys = {
        by: [one.key for one in known.counts(by=by, limit=200) if one.key]
        for by in ("dyad", "country", "category", "mode", "cameo", "publisher", "place_name", "name")
    }
    filters: dict[str, Choose] = {
        "actor": lambda r: {"actor": r.choice(keys["country"])},
        "recipient": lambda r: {"recipient": r.choice(keys["country"])},
        "state": lambda r: {"state": r.choice(keys["country"])},
        "state, most in the news": lambda r: {"state": r.choice(keys["country"][:5])},
        "dyad": lambda r: {"dyad": r.choice(keys["dyad"])},
        "sector": lambda r: {"sector": r.choice(("GOV", "MIL", "BUS", "LEG"))},
        "category": lambda r: {"category": r.choice(keys["category"])},
        "mode": lambda r: {"mode": r.choice(keys["mode"])},
        "cameo": lambda r: {"cameo": r.choice(keys["cameo"])[: r.choice((2, 3, 4))]},
        "quad": lambda r: {"quad": r.randint(1, 4)},
        "status": lambda r: {"status": r.choice(("occurred", "planned", "negated"))},
        "days": _days,
        "place": lambda r: {"place": r.choice(keys["place_name"])},
        "outlet": lambda r: {"publisher": r.choice(keys["publisher"])},
        "confidence": lambda r: {"min_confidence": round(r.random(), 2)},
        "speaker": lambda r: {"speaker": r.choice(keys["country"])},
        "name": lambda r: {"name": r.choice(keys["name"])},
        "contexts": lambda r: {"contexts": r.choice(("diplomatic", "economic", "military"))},
        "state, category, days": lambda r: {
            "state": r.choice(keys["country"]), "category": r.choice(keys["category"]), **_days(r)
        },
        "dyad, status, confidence": lambda r: {
            "dyad": r.choice(keys["dyad"]), "status": "occurred", "min_confidence": 0.7
        },
        "outlet, quad, sector, place": lambda r: {
            "publisher": r.choice(keys["publisher"]), "quad": r.randint(1, 4), "sector": "GOV",
            "place": r.choice(keys["place_name"]),
        },
    }  # fmt: skip
    made: dict[str, Ask] = {}
    for kind in ("reports", "events", "mentions", "contacts", "statements", "commitments", "actors"):
        made[f"list {kind}"] = _paged(kind)
        made[f"list {kind}, newest first, from a cursor"] = _deep(known, kind)
    made["list events(limit=50)"] = lambda a, r: list(a.events(limit=50, **_days(r)))
    made["list ledger"] = lambda a, r: a.page("ledger", dyad=r.choice(keys["dyad"]))
    for name, choose in filters.items():
        made[f"filter {name}"] = _paged("events", choose)
    made["filter reports by state, category, days"] = _paged("reports", filters["state, category, days"])
    made["count"] = _count()
    for name, choose in filters.items():
        made[f"count {name}"] = _count(choose)
    for by in ("day", "month", "dyad", "category"):
        made[f"counts by {by}"] = _counts(by)
        for name in ("state", "dyad", "category", "status", "days", "state, category, days"):
            made[f"counts by {by}, {name}"] = _counts(by, filters[name])
    words = vocabulary()
    made["search, a word in most reports"] = lambda a, r: _first(a, r.choice(("said", "and", "report", "over")))
    made["search, a word in many"] = lambda a, r: _first(a, r.choice(words).split()[-1])
    made["search, a surname"] = lambda a, r: _first(a, r.choice(keys["name"]).split()[-1])
    made["search, two words"] = lambda a, r: _first(
        a, f"{r.choice(words).split()[0]} {r.choice(keys['name']).split()[-1]}"
    )
    made["search, two common words"] = lambda a, r: _first(a, f"said {r.choice(words).split()[-1]}")
    made["search, a phrase"] = lambda a, r: _first(a, f'"{r.choice(words)}"')
    made["search, a word and a dyad"] = lambda a, r: _first(a, r.choice(words).split()[-1], dyad=r.choice(keys["dyad"]))
    made["search, a common word and days"] = lambda a, r: _first(a, "said", **_days(r))
    made["search, a common word and a dyad"] = lambda a, r: _first(a, "said", dyad=r.choice(keys["dyad"]))
    return made


def _days(chance: random.Random) -> Asked:
    begin = synthetic.FIRST + timedelta(days=chance.randrange(synthetic.DAYS - 400))
    return {"since": begin, "until": begin + timedelta(days=chance.choice((7, 30, 365)))}


def _nothing(chance: random.Random) -> Asked:
    return {}


def _paged(kind: str, choose: Choose = _nothing) -> Ask:
    return lambda archive, chance: archive.page(kind, **choose(chance))


def _count(choose: Choose = _nothing) -> Ask:
    return lambda archive, chance: archive.count("events", **choose(chance))


def _counts(by: str, choose: Choose = _nothing) -> Ask:
    return lambda archive, chance: archive.counts("events", by=by, **choose(chance))


def _deep(known: Archive, kind: str) -> Ask:
    """Pages from cursors that stand somewhere in the archive."""
    cursors = [known.page(kind, newest=True, limit=number).next for number in (1, 50, 300, 1000)]

    def ask(archive: Archive, chance: random.Random) -> object:
        return archive.page(kind, newest=True, after=chance.choice(cursors))

    return ask


def _first(archive: Archive, words: str, **filters: Any) -> object:
    return archive.page("search", words=words, **filters)


def _adding(full: str, empty: str, gists: bool) -> dict[str, dict[str, float]]:
    records = _fresh(gists)
    took: dict[str, list[float]] = {"full": [], "empty": []}
    with Archive(full) as there, Archive(empty) as none:
        if none.count("reports"):
            sys.exit(f"{empty} is not empty")
        for _ in range(ROUND):
            none.add([next(records)])
        for turn in ("full", "empty", "empty", "full") * 3:
            archive = there if turn == "full" else none
            page = [next(records) for _ in range(ROUND)]
            for record in page:
                began = time.perf_counter()
                archive.add([record])
                took[turn].append((time.perf_counter() - began) * 1000)
    figures = {turn: _summed(times) for turn, times in took.items()}
    for turn, values in figures.items():
        print(f"add to {turn:8}" + "".join(f"{name} {value:8.2f}  " for name, value in values.items()) + "ms")
    print(f"ratio of medians {figures['full']['p50'] / figures['empty']['p50']:.2f}")
    return figures


def _fresh(gists: bool) -> Iterator[Record]:
    """Records that are in no archive yet."""
    rest = (told.record for told in synthetic.records(1_000_000, time.time_ns()))
    if not gists:
        yield from rest
        return
    from dragoman.meaning.gist import gist_of  # noqa: PLC0415 - loads a model
    from dragoman.meaning.sentences import Sentences  # noqa: PLC0415

    sentences = Sentences()
    for record in rest:
        yield record.model_copy(update={"gist": gist_of(record.report, sentences)})


if __name__ == "__main__":
    main()
