"""Fine-tune the pair scorer on the corpus.

    python training/train.py ENCODER OUT [--epochs 6] [--rate 1.6e-4] [--layers 0,2,4] [--teacher FILE] [--seed 1]

ENCODER is a folder with the encoder's weights and tokenizer; OUT gets `model.pt`, `figures.json` and, with
`--soft`, the soft labels a pupil can be taught with. A tenth of the corpus is set aside and only measured on.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import torch
from torch.nn import functional

from dragoman.events.sheets import Sheet
from examples import Example, examples, read, set_aside
from model import CATEGORIES, CODES, HEADS, MODES, ROOTS, STATUSES, Pieces, Scorer, batch

CORPUS = Path(__file__).parent / "corpus"
IGNORED = -100
# What each question counts for: root, category, mode, status, code, trigger.
WEIGHTS = (1.0, 1.0, 0.3, 0.5, 0.3, 0.2)
Key = tuple[str, int, tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Task:
    """A sheet with the examples its pairs are."""

    sheet: Sheet
    examples: tuple[Example, ...]


def answers(example: Example, sheet: Sheet) -> tuple[int, ...]:
    """Label numbers for the heads and the piece that the trigger begins with; what a line leaves open is ignored."""
    if example.category is None:
        return ROOTS.index("NONE"), CATEGORIES.index("NONE"), *(IGNORED,) * 4
    mode = f"{example.category}/{example.mode}" if example.mode else "-"
    open_mode = example.mode is None and example.path.startswith("pairs/tail")
    first = example.trigger[0][0]
    return (
        ROOTS.index(example.root) if example.root in ROOTS else IGNORED, CATEGORIES.index(example.category),
        IGNORED if open_mode else MODES.index(mode), STATUSES.index(example.status or "occurred"),
        CODES.index(example.cameo) if example.cameo in CODES else IGNORED,
        next((n for n, start in enumerate(sheet.starts) if start == first), IGNORED),
    )  # fmt: skip


def tasks(found: list[Example], pieces: Pieces) -> list[Task]:
    """Sheets of the examples of each line."""
    out = []
    for _, group in groupby(found, key=lambda e: (e.path, e.number)):
        of_line = list(group)
        cuts = [span for e in of_line for span in e.trigger]
        for sheet in pieces.sheets(of_line[0].text, [(e.actor, e.recipient) for e in of_line], cuts):
            out.append(Task(sheet, tuple(of_line[n] for n in sheet.which)))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.6e-4)
    parser.add_argument("--batch", type=int, default=16, help="sheets in a batch")
    parser.add_argument("--layers", default=None)
    parser.add_argument("--teacher", type=Path, help="soft labels made by --soft of another run")
    parser.add_argument("--soft", action="store_true", help="write soft labels for the training pairs")
    parser.add_argument("--none", type=float, default=0.5, help="what a pair without an event counts for")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    lines, faults = read(args.corpus)
    if faults:
        raise SystemExit("\n".join(map(str, faults[:20])))
    pieces = Pieces(args.encoder)
    aside = {(line.path, line.number) for line in lines if set_aside(line)}
    found = tasks(list(examples(lines)), pieces)
    where = lambda t: (t.examples[0].path, t.examples[0].number)  # noqa: E731
    train = [t for t in found if where(t) not in aside]
    held = [t for t in found if where(t) in aside]
    teacher = torch.load(args.teacher) if args.teacher else None
    layers = tuple(int(n) for n in args.layers.split(",")) if args.layers else None
    scorer = Scorer(args.encoder, layers)
    grouped = [
        {"params": [p for n, p in scorer.named_parameters() if p.ndim > 1], "weight_decay": 0.01},
        {"params": [p for n, p in scorer.named_parameters() if p.ndim <= 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(grouped, lr=args.rate)
    steps = args.epochs * (len(train) // args.batch + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, args.rate, total_steps=steps + 1, pct_start=0.08,
                                                   anneal_strategy="linear")  # fmt: skip
    learnt = [e for t in train for e in t.examples]
    print(f"{len(train)} sheets, {len(learnt)} pairs to learn, {sum(e.category is None for e in learnt)} of them "
          f"without an event; {sum(len(t.examples) for t in held)} pairs set aside", flush=True)  # fmt: skip
    args.out.mkdir(parents=True, exist_ok=True)
    figures: list[dict[str, float]] = []
    for epoch in range(args.epochs):
        scorer.train()
        started, total, seen = time.monotonic(), 0.0, 0
        for group in batches(train, args.batch, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                outputs = scorer(*batch([t.sheet for t in group], pieces.pad))
            loss = lost(outputs, group, args.none)
            if teacher is not None:
                loss = 0.5 * loss + 0.5 * taught(outputs, [teacher.get(key_of(e)) for t in group for e in t.examples])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(scorer.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item() * len(group)
            seen += len(group)
        measured = measure(scorer, pieces, held) | {
            "loss": total / seen, "seconds": time.monotonic() - started, "epoch": epoch + 1,
        }  # fmt: skip
        figures.append(measured)
        print(json.dumps({k: round(v, 4) for k, v in measured.items()}), flush=True)
        torch.save(scorer.state_dict(), args.out / "model.pt")
        (args.out / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    if args.soft:
        torch.save(soft(scorer, pieces, train), args.out / "soft.pt")


def lost(outputs: tuple[torch.Tensor, ...], group: list[Task], none: float) -> torch.Tensor:
    """The loss of a batch; a pair without an event counts for less."""
    rows = [answers(e, t.sheet) for t in group for e in t.examples]
    targets = torch.tensor(rows).T
    shares = torch.tensor([none if row[0] == 0 else 1.0 for row in rows])
    loss = torch.zeros(())
    for n, (weight, logits, target) in enumerate(zip(WEIGHTS, outputs, targets, strict=True)):
        known = target != IGNORED
        if known.any():
            each = functional.cross_entropy(
                logits[known].float(), target[known], reduction="none", label_smoothing=0.1 if n < len(HEADS) else 0.0
            )
            loss = loss + weight * (each * shares[known]).sum() / shares[known].sum()
    return loss


def key_of(example: Example) -> Key:
    """What names a marked pair across runs."""
    return example.path, example.number, example.actor, example.recipient


def batches(found: list[Task], size: int, rng: random.Random) -> list[list[Task]]:
    """Shuffled batches of sheets about as long as one another, so that little is padded."""
    order = sorted(found, key=lambda t: len(t.sheet.ids) + rng.random() * 8)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    return groups


def taught(outputs: tuple[torch.Tensor, ...], labels: list[tuple[torch.Tensor, ...] | None]) -> torch.Tensor:
    """How far the pupil is from the teacher, over those pairs that the teacher has seen."""
    rows = [i for i, label in enumerate(labels) if label is not None]
    if not rows:
        return torch.zeros(())
    loss = torch.zeros(())
    for head, logits in enumerate(outputs[: len(HEADS)]):
        wanted = torch.stack([label[head] for label in labels if label is not None]).float()
        loss = (
            loss
            + functional.kl_div(
                functional.log_softmax(logits[rows].float() / 2, -1),
                functional.softmax(wanted / 2, -1),
                reduction="batchmean",
            )
            * 2
        )
    return loss


@torch.no_grad()
def scored(scorer: Scorer, pieces: Pieces, found: list[Task]) -> Iterator[tuple[Task, Example, list[torch.Tensor]]]:
    """Every pair with its logits."""
    scorer.eval()
    order = sorted(found, key=lambda t: len(t.sheet.ids))
    for i in range(0, len(order), 32):
        group = order[i : i + 32]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = scorer(*batch([t.sheet for t in group], pieces.pad))
        rows = [(t, e) for t in group for e in t.examples]
        for n, (task, example) in enumerate(rows):
            yield task, example, [logits[n] for logits in outputs]


def soft(scorer: Scorer, pieces: Pieces, found: list[Task]) -> dict[Key, tuple[torch.Tensor, ...]]:
    """The scorer's logits for every pair."""
    return {
        key_of(example): tuple(x.half().clone() for x in logits[: len(HEADS)])
        for _, example, logits in scored(scorer, pieces, found)
    }


def measure(scorer: Scorer, pieces: Pieces, held: list[Task]) -> dict[str, float]:
    """Figures on the lines set aside."""
    names = (*HEADS, "trigger")
    gold: dict[str, list[int]] = {name: [] for name in names}
    pred: dict[str, list[int]] = {name: [] for name in names}
    for task, example, logits in scored(scorer, pieces, held):
        for name, answer, row in zip(names, answers(example, task.sheet), logits, strict=True):
            if answer != IGNORED:
                gold[name].append(answer)
                pred[name].append(int(row.argmax()))
    figures = {
        f"{name} accuracy": sum(map(int.__eq__, gold[name], pred[name])) / max(1, len(gold[name])) for name in names
    }
    figures["root macro-F1"] = macro_f1(gold["root"], pred["root"])
    none = [(g == 0, p == 0) for g, p in zip(gold["root"], pred["root"], strict=True)]
    right = sum(g and p for g, p in none)
    figures["none recall"] = right / max(1, sum(g for g, _ in none))
    figures["none precision"] = right / max(1, sum(p for _, p in none))
    both = [p for g, p in zip(gold["root"], pred["root"], strict=True) if g]
    kept = [g for g in gold["root"] if g]
    figures["root of events"] = sum(map(int.__eq__, kept, both)) / max(1, len(kept))
    return figures


def macro_f1(gold: list[int], pred: list[int]) -> float:
    """Mean F1 over the labels that occur."""
    scores = []
    for label in set(gold):
        hits = sum(g == p == label for g, p in zip(gold, pred, strict=True))
        scores.append(2 * hits / max(1, gold.count(label) + pred.count(label)))
    return sum(scores) / max(1, len(scores))


if __name__ == "__main__":
    main()
