"""What the reader makes of the sentences set aside: found, right, in the right direction, with the right status.

    python training/aside.py [--coders both] [--rows FILE]

Only sentences with all their events marked are read; each alone, as a report of one sentence. An event of the reader's
is right when a marked event has its category and its sides: each of the reader's actors is one of the marked ones or
the other way round, likewise the recipients where both name any. Nothing is trained here.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from dragoman import Reader
from dragoman.record.entries import Event as Read
from dragoman.record.entries import Record
from examples import Event, Line, read, set_aside

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Found:
    """A marked event, and what the reader has of it."""

    where: str
    category: str
    mode: str | None
    cameo: str | None
    status: str
    pair: bool
    turned: bool
    told: bool
    status_told: str | None
    mode_told: str | None
    cameo_told: str | None


@dataclass(frozen=True)
class Said:
    """An event of the reader's, and whether it is right."""

    where: str
    category: str
    mode: str | None
    cameo: str | None
    status: str
    confidence: float
    model: bool
    right: bool


def aside(corpus: Path = CORPUS) -> list[Line]:
    """The sentences set aside whose events are all marked."""
    lines, faults = read(corpus)
    if faults:
        raise SystemExit("\n".join(map(str, faults[:20])))
    return [line for line in lines if line.whole and set_aside(line)]


def _on(line: Line, event: Read, side: str, numbers: Iterable[int]) -> bool:
    """Whether one of the reader's parties on a side stands in words of these actors."""
    spans = [span for n in numbers for span in line.actors[n]]
    return any(p.span.start < b and a < p.span.end for p in getattr(event, side) for a, b in spans)


def straight(line: Line, gold: Event, event: Read) -> bool:
    """Whether the reader's event joins the marked pair, actor to recipient."""
    return _on(line, event, "actors", gold.actors) and _on(line, event, "recipients", gold.recipients)


def turned(line: Line, gold: Event, event: Read) -> bool:
    """Whether it joins the marked pair the other way round."""
    return _on(line, event, "actors", gold.recipients) and _on(line, event, "recipients", gold.actors)


def same(line: Line, gold: Event, event: Read) -> bool:
    """Whether it is the marked event."""
    if gold.category != event.category:
        return False
    if gold.mutual or event.reciprocal:
        both = (*gold.actors, *gold.recipients)
        return _on(line, event, "actors", both) and (not event.recipients or _on(line, event, "recipients", both))
    if not _on(line, event, "actors", gold.actors):
        return False
    return not gold.recipients or not event.recipients or _on(line, event, "recipients", gold.recipients)


def compared(line: Line, record: Record) -> tuple[list[Found], list[Said]]:
    """A sentence as marked beside the sentence as read."""
    where = f"{line.path}:{line.number}"
    found = []
    for gold in line.events:
        pair = any(straight(line, gold, e) for e in record.events)
        # What goes the other way round may be another marked event: the host received the guest who visited him.
        free = [e for e in record.events if not any(straight(line, other, e) for other in line.events)]
        around = any(turned(line, gold, e) for e in free)
        both_ways = [e for e in record.events if turned(line, gold, e) and (gold.mutual or e.reciprocal)]
        if both_ways:
            pair, around = True, False
        told = [e for e in record.events if same(line, gold, e)]
        wanted = "occurred" if gold.status == "background" else gold.status
        best = next((e for e in told if e.status == wanted), told[0] if told else None)
        found.append(
            Found(
                where, gold.category, gold.mode, gold.cameo, wanted, pair, around and not pair, bool(told),
                best.status if best else None, best.mode if best else None, best.cameo if best else None,
            )
        )  # fmt: skip
    said = [
        Said(
            where, e.category, e.mode, e.cameo, e.status, e.confidence,
            any("model" in reason.fact and "no rule" in reason.fact for reason in e.reasons),
            any(same(line, gold, e) for gold in line.events),
        )
        for e in record.events
    ]  # fmt: skip
    return found, said


def readings(reader: Reader, lines: list[Line]) -> Iterator[tuple[list[Found], list[Said]]]:
    """Every sentence as marked beside the sentence as read."""
    for line, record in zip(lines, reader.read_many(line.text for line in lines), strict=True):
        yield compared(line, record)


def figures(found: list[Found], said: list[Said]) -> dict[str, float]:
    """The sums."""
    paired = [f for f in found if f.pair or f.turned]
    told = [f for f in found if f.told]
    precision = sum(s.right for s in said) / max(1, len(said))
    recall = len(told) / max(1, len(found))
    return {
        "events marked": len(found),
        "events read": len(said),
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / max(1e-9, precision + recall),
        "pair found": sum(f.pair for f in found) / max(1, len(found)),
        "direction right": sum(f.pair for f in paired) / max(1, len(paired)),
        "status right": sum(f.status == f.status_told for f in told) / max(1, len(told)),
        "calibration error": calibration_error([(s.confidence, s.right) for s in said]),
    }


def calibration_error(rows: list[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: how far confidence and share of right ones lie apart, by bins of equal width."""
    total = 0.0
    for n in range(bins):
        here = [(c, r) for c, r in rows if min(bins - 1, int(c * bins)) == n]
        if here:
            total += abs(sum(c for c, _ in here) - sum(r for _, r in here))
    return total / max(1, len(rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coders", choices=("both", "rules", "model"), default="both")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--rows", type=Path, help="file for every event, marked and read, as JSON")
    args = parser.parse_args()
    found: list[Found] = []
    said: list[Said] = []
    for one, other in readings(Reader(coders=args.coders), aside(args.corpus)):
        found += one
        said += other
    for name, value in figures(found, said).items():
        print(f"{name:20} {value:.3f}" if isinstance(value, float) else f"{name:20} {value}")
    if args.rows:
        rows = {"marked": [asdict(f) for f in found], "read": [asdict(s) for s in said]}
        args.rows.parent.mkdir(parents=True, exist_ok=True)
        args.rows.write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
