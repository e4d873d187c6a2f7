"""Fine-tune the pair scorer on the corpus.

    python training/train.py ENCODER OUT [--epochs 6] [--rate 1e-4] [--layers 0,2,4] [--teacher FILE] [--seed 1]

ENCODER is a folder with the encoder's weights and tokenizer; OUT gets `model.pt`, `figures.json` and, with
`--soft`, the soft labels a pupil can be taught with. A tenth of the corpus is set aside and only measured on.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import torch
from torch.nn import functional

from examples import Example, examples, read, set_aside
from model import CATEGORIES, HEADS, MODES, ROOTS, STATUSES, Coded, Marker, Scorer, batch

CORPUS = Path(__file__).parent / "corpus"
IGNORED = -100


def answers(example: Example) -> tuple[int, int, int, int]:
    """Label numbers for the heads; what a line leaves open is ignored."""
    if example.category is None:
        return ROOTS.index("NONE"), CATEGORIES.index("NONE"), IGNORED, IGNORED
    mode = f"{example.category}/{example.mode}" if example.mode else "-"
    open_mode = example.mode is None and example.path.startswith("pairs/tail")
    return (
        ROOTS.index(example.root) if example.root in ROOTS else IGNORED, CATEGORIES.index(example.category),
        IGNORED if open_mode else MODES.index(mode), STATUSES.index(example.status or "occurred"),
    )  # fmt: skip


def thinned(found: list[Example], rng: random.Random, share: float) -> list[Example]:
    """Fewer pairs without an event: of each sentence at most `share` for each event, and two where it has none."""
    kept: list[Example] = []
    nothing: dict[tuple[str, int], list[Example]] = {}
    events: Counter[tuple[str, int]] = Counter()
    for example in found:
        line = (example.path, example.number)
        if example.category is None:
            nothing.setdefault(line, []).append(example)
        else:
            kept.append(example)
            events[line] += 1
    for line, pairs in nothing.items():
        wanted = max(1, round(share * events[line])) if events[line] else 2
        kept += pairs if len(pairs) <= wanted else rng.sample(pairs, wanted)
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--layers", default=None)
    parser.add_argument("--teacher", type=Path, help="soft labels made by --soft of another run")
    parser.add_argument("--soft", action="store_true", help="write soft labels for the training pairs")
    parser.add_argument("--none", type=float, default=1.0, help="pairs without an event for each with one")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    lines, faults = read(CORPUS)
    if faults:
        raise SystemExit("\n".join(map(str, faults[:20])))
    marker = Marker(args.encoder)
    found = thinned(list(examples(lines)), rng, args.none)
    aside = {(line.path, line.number) for line in lines if set_aside(line)}
    train = [e for e in found if (e.path, e.number) not in aside]
    held = [e for e in found if (e.path, e.number) in aside]
    coded = {id(e): marker(e.text, e.actor, e.recipient) for e in found}
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
    print(
        f"{len(train)} pairs to learn, {len(held)} set aside, {sum(e.category is None for e in train)} without an event"
    )
    args.out.mkdir(parents=True, exist_ok=True)
    figures: list[dict[str, float]] = []
    for epoch in range(args.epochs):
        scorer.train()
        started, total = time.monotonic(), 0.0
        for group in batches(train, coded, args.batch, rng):
            inputs = batch([coded[id(e)] for e in group], marker.pad)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                outputs = scorer(*inputs)
            targets = torch.tensor([answers(e) for e in group]).T
            weights = (1.0, 1.0, 0.3, 0.3)
            loss = torch.zeros(())
            for weight, logits, target in zip(weights, outputs, targets, strict=True):
                if (target != IGNORED).any():
                    loss = loss + weight * functional.cross_entropy(
                        logits.float(), target, ignore_index=IGNORED, label_smoothing=0.1
                    )
            if teacher is not None:
                loss = 0.5 * loss + 0.5 * taught(outputs, [teacher.get(key_of(e)) for e in group])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(scorer.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item() * len(group)
        measured = measure(scorer, marker, held, coded) | {
            "loss": total / len(train), "seconds": time.monotonic() - started, "epoch": epoch + 1,
        }  # fmt: skip
        figures.append(measured)
        print(json.dumps({k: round(v, 4) for k, v in measured.items()}), flush=True)
        torch.save(scorer.state_dict(), args.out / "model.pt")
        (args.out / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    if args.soft:
        torch.save(soft(scorer, marker, train, coded), args.out / "soft.pt")


def key_of(example: Example) -> tuple[str, int, tuple[int, int], tuple[int, int]]:
    """What names a marked pair across runs."""
    return example.path, example.number, example.actor, example.recipient


def batches(found: list[Example], coded: dict[int, Coded], size: int, rng: random.Random) -> list[list[Example]]:
    """Shuffled batches of sentences about as long as one another, so that little is padded."""
    order = sorted(found, key=lambda e: len(coded[id(e)].ids) + rng.random() * 8)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    return groups


def taught(outputs: tuple[torch.Tensor, ...], labels: list[tuple[torch.Tensor, ...] | None]) -> torch.Tensor:
    """How far the pupil is from the teacher, over those pairs that the teacher has seen."""
    rows = [i for i, label in enumerate(labels) if label is not None]
    if not rows:
        return torch.zeros(())
    loss = torch.zeros(())
    for head, logits in enumerate(outputs):
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
def soft(
    scorer: Scorer, marker: Marker, found: list[Example], coded: dict[int, Coded]
) -> dict[tuple[str, int, tuple[int, int], tuple[int, int]], tuple[torch.Tensor, ...]]:
    """The scorer's logits for every pair."""
    scorer.eval()
    out = {}
    for i in range(0, len(found), 64):
        group = found[i : i + 64]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = scorer(*batch([coded[id(e)] for e in group], marker.pad))
        for n, example in enumerate(group):
            out[key_of(example)] = tuple(logits[n].half().clone() for logits in outputs)
    return out


@torch.no_grad()
def measure(scorer: Scorer, marker: Marker, held: list[Example], coded: dict[int, Coded]) -> dict[str, float]:
    """Figures on the lines set aside."""
    scorer.eval()
    gold: dict[str, list[int]] = {name: [] for name in HEADS}
    pred: dict[str, list[int]] = {name: [] for name in HEADS}
    order = sorted(held, key=lambda e: len(coded[id(e)].ids))
    for i in range(0, len(order), 64):
        group = order[i : i + 64]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = scorer(*batch([coded[id(e)] for e in group], marker.pad))
        for example, *rows in zip(group, *(o.argmax(-1).tolist() for o in outputs), strict=True):
            for name, answer, row in zip(HEADS, answers(example), rows, strict=True):
                if answer != IGNORED:
                    gold[name].append(answer)
                    pred[name].append(row)
    figures = {
        f"{name} accuracy": sum(map(int.__eq__, gold[name], pred[name])) / max(1, len(gold[name])) for name in HEADS
    }
    figures["root macro-F1"] = macro_f1(gold["root"], pred["root"])
    none = [(g == 0, p == 0) for g, p in zip(gold["root"], pred["root"], strict=True)]
    right = sum(g and p for g, p in none)
    figures["none recall"] = right / max(1, sum(g for g, _ in none))
    figures["none precision"] = right / max(1, sum(p for _, p in none))
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
