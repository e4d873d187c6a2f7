"""Speed and memory, repeatable.

make bench                                         everything, about ten minutes
.venv/bin/python bench/run.py speed                only that
.venv/bin/python bench/run.py speed --texts my.jsonl
.venv/bin/python bench/run.py --json bench.json
"""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Callable
from pathlib import Path

from measures import Figures, memory, peak_over, sample, speed, startup
from texts import from_file


def main() -> None:
    """Measure what is asked for, print it, and write it down if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help="speed, startup, memory; all three by default")
    parser.add_argument("--texts", type=Path, help="texts for `speed`: a text file, or JSON Lines with the field text")
    parser.add_argument("--reports", type=int, default=100, help="how many reports `speed` reads (100)")
    parser.add_argument("--few", type=int, default=200, help="reports for `memory`: few (200)")
    parser.add_argument("--many", type=int, default=2000, help="and many (2000)")
    parser.add_argument("--repeat", type=int, default=5, help="runs to take the median of (5; `speed` takes 3 at most)")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--peak-over", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peak_over is not None:
        print(json.dumps(peak_over(asked.peak_over)))
        return
    kinds: dict[str, Callable[[], Figures]] = {
        "speed": lambda: speed(
            from_file(asked.texts, asked.reports) if asked.texts else sample(asked.reports), min(3, asked.repeat)
        ),
        "startup": lambda: startup(asked.repeat),
        "memory": lambda: memory(asked.few, asked.many),
    }
    if unknown := set(asked.what) - set(kinds):
        parser.error(f"there is no measure {sorted(unknown)[0]!r}; there are {', '.join(kinds)}")
    figures: dict[str, Figures] = {}
    for kind in asked.what or kinds:
        figures[kind] = kinds[kind]()
        for name, value in figures[kind].items():
            print(f"{kind:10}{name:32}{_shown(value):>12}", flush=True)
    if asked.json:
        about = {"python": platform.python_version(), "machine": platform.machine(), "figures": figures}
        asked.json.write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or value >= 1000 else f"{value:,.3f}"


if __name__ == "__main__":
    main()
