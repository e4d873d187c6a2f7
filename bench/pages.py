"""How fast the explorer's pages answer over a large archive, and how much memory its server takes; repeatable.

.venv/bin/dragoman serve --archive sqlite:////tmp/synthetic.db --public &
.venv/bin/python bench/pages.py --archive sqlite:////tmp/synthetic.db --address http://127.0.0.1:8000 --process PID

The archive is one of `dragoman synthesize`; `bench/archive.py` builds one. Each page is asked for `--times` times, each
time with other states, people, words, days, so that few answers can come from what is kept. Printed are the median, the
95th percentile and the longest, in milliseconds, from asking to the last byte.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx

from dragoman import synthetic
from dragoman.archive import Archive
from dragoman.synthetic_states import vocabulary

Choose = Callable[[random.Random], str]


def main() -> None:
    """Ask for each page, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", required=True, help="what the server shows")
    parser.add_argument("--address", required=True, help="of the server")
    parser.add_argument("--times", type=int, default=20, help="how often each page is asked for (20)")
    parser.add_argument("--process", type=int, help="the server's, to tell its memory")
    parser.add_argument("--only", default="", help="pages whose name begins so")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    given = parser.parse_args()
    with Archive(given.archive, read_only=True) as archive:
        pages = addresses(archive)
    figures: dict[str, dict[str, float]] = {}
    print(f"{'':34}{'first':>8}{'p50':>8}{'p95':>8}{'most':>8}  ms{'':4}kB")
    with httpx.Client(base_url=given.address, timeout=120, follow_redirects=True) as client:
        for name, choose in pages.items():
            if not name.startswith(given.only):
                continue
            chance, took, size = random.Random(name), [], 0
            for _ in range(given.times):
                address = choose(chance)
                began = time.perf_counter()
                answer = client.get(address)
                took.append((time.perf_counter() - began) * 1000)
                answer.raise_for_status()
                size = max(size, len(answer.content))
            high = sorted(took)[min(len(took) - 1, round(0.95 * len(took)))]
            figures[name] = {"first": took[0], "p50": statistics.median(took), "p95": high, "most": max(took)}
            print(f"{name:34}" + "".join(f"{value:8.0f}" for value in figures[name].values()) + f"{size // 1024:10}")
    if given.process:
        status = Path(f"/proc/{given.process}/status").read_text(encoding="utf-8")
        held = {line.split(":")[0]: int(line.split()[1]) // 1024 for line in status.splitlines() if "kB" in line}
        print(f"memory: {held['VmRSS']} MB, at most {held['VmHWM']} MB")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def addresses(archive: Archive) -> dict[str, Choose]:
    """All kinds of page, by name."""
    keys = {
        by: [one.key for one in archive.counts(by=by, limit=200) if one.key]
        for by in ("dyad", "country", "category", "publisher", "name")
    }
    events = [row.id for row in archive.page("events", limit=400, newest=True).rows]
    reports = [row.report_id for row in archive.page("reports", limit=200, newest=True).rows]
    ledger = [row.id for row in archive.page("ledger", limit=100).rows]
    stories = [row.id for row in archive.stories(limit=100)]
    words = vocabulary()
    return {
        "today": lambda r: "/desk/",
        "report": lambda r: f"/desk/report/{r.choice(reports)}",
        "event": lambda r: f"/desk/event/{r.choice(events)}",
        "story": lambda r: f"/desk/story/{r.choice(stories)}",
        "dyad": lambda r: f"/desk/dyad/{r.choice(keys['dyad'])}",
        "dyad, most between them": lambda r: f"/desk/dyad/{r.choice(keys['dyad'][:5])}",
        "dyad, days": lambda r: f"/desk/dyad/{r.choice(keys['dyad'])}?{_days(r)}",
        "dyad, events": lambda r: f"/desk/dyad/{r.choice(keys['dyad'])}?kind=event",
        "state": lambda r: f"/desk/actor/{r.choice(keys['country'])}",
        "state, most in the news": lambda r: f"/desk/actor/{r.choice(keys['country'][:5])}",
        "somebody": lambda r: f"/desk/actor/{quote(r.choice(keys['name']))}",
        "network": lambda r: "/desk/network",
        "network, days": lambda r: f"/desk/network?{_days(r)}",
        "network, a state, a year": lambda r: f"/desk/network?state={r.choice(keys['country'])}&{_days(r, 365)}",
        "map": lambda r: "/desk/map",
        "map, days": lambda r: f"/desk/map?{_days(r)}",
        "map, a state, a year": lambda r: f"/desk/map?state={r.choice(keys['country'])}&{_days(r, 365)}",
        "ledger": lambda r: "/desk/ledger",
        "ledger, two states": lambda r: f"/desk/ledger?dyad={r.choice(keys['dyad'])}",
        "commitment": lambda r: f"/desk/ledger/{r.choice(ledger)}",
        "search, a word in most reports": lambda r: _find(r.choice(("said", "report", "over"))),
        "search, a word in many": lambda r: _find(r.choice(words).split()[-1]),
        "search, a surname": lambda r: _find(r.choice(keys["name"]).split()[-1]),
        "search, a word and days": lambda r: _find("said") + "&" + _days(r),
        "search, a word and an outlet": lambda r: _find("said", publisher=r.choice(keys["publisher"])),
        "review": lambda r: "/desk/review",
        "review, a category": lambda r: f"/desk/review?category={r.choice(keys['category'])}",
        "add": lambda r: "/desk/add",
    }


def _days(chance: random.Random, length: int | None = None) -> str:
    begin = synthetic.FIRST + timedelta(days=chance.randrange(synthetic.DAYS - 400))
    return urlencode({"since": begin, "until": begin + timedelta(days=length or chance.choice((7, 30, 365)))})


def _find(words: str, **filters: str) -> str:
    return f"/desk/find?{urlencode({'q': words, **filters})}"


if __name__ == "__main__":
    main()
