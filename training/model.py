"""The pair scorer: an encoder over a sentence and its marked pairs, and one linear layer for each question.

In: `Sheet`s (see `dragoman.events.sheets`): the pieces of a sentence, and four marks for each pair. Out: for each pair
logits over CAMEO roots and NONE, PLOVER categories and NONE, PLOVER modes, status, and over the pieces of the sentence
for the word that tells the event. Needs torch and transformers; nothing in `src` does.

The marks see the sentence and their own pair's marks; the sentence sees no mark. So one pass scores every pair of a
sentence (packed levitated markers: Zhong and Chen 2021, Ye et al. 2022).
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from dragoman.events.sheets import MARKS, Offsets, Pair, Sheet, sheets_of
from dragoman.knowledge.codebook import codebook
from examples import STATUSES

ROOTS = ("NONE", *(f"{n:02d}" for n in range(2, 21)))
CATEGORIES = ("NONE", *codebook().categories)
MODES = ("-", *(f"{c}/{m}" for c, modes in codebook().modes.items() for m in modes))
CODES = ("-", *sorted(codebook().cameo))
HEADS = {"root": ROOTS, "category": CATEGORIES, "mode": MODES, "status": STATUSES, "code": CODES}
INPUTS = ("ids", "positions", "lengths", "pairs", "rows", "marks")


class Pieces:
    """Cuts text with the encoder's own tokeniser."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        vocabulary = self.tokenizer.get_vocab()
        named = lambda *names: next(vocabulary[n] for n in names if n in vocabulary)  # noqa: E731
        self.ends = (named("[CLS]", "<s>"), named("[SEP]", "</s>"))
        self.pad = named("[PAD]", "<pad>")
        self.marks = [vocabulary[m] for m in MARKS]

    def __call__(self, text: str) -> list[int]:
        """Numbers of the pieces of a text, without any opening or closing piece."""
        return self.tokenizer.encode(text, add_special_tokens=False).ids if text.strip() else []

    def sheets(self, text: str, pairs: list[Pair], cuts: list[Offsets] | None = None) -> list[Sheet]:
        """The sheets of a sentence and its pairs; see `sheets_of`."""
        return sheets_of(self, self.marks, self.ends, text, pairs, cuts=cuts or ())


class Scorer(nn.Module):
    """Encoder and heads."""

    def __init__(self, folder: Path, layers: tuple[int, ...] | None = None) -> None:
        super().__init__()
        encoder = AutoModel.from_pretrained(str(folder))
        self.embeddings = encoder.embeddings
        stack = encoder.encoder.layer
        self.layers = nn.ModuleList(stack if layers is None else [stack[i] for i in layers])
        self.width = encoder.config.hidden_size
        self.parts = encoder.config.num_attention_heads
        self.drop = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(4 * self.width, len(labels)) for name, labels in HEADS.items()})
        self.asks = nn.Linear(4 * self.width, self.width)

    def forward(
        self, ids: Tensor, positions: Tensor, lengths: Tensor, pairs: Tensor, rows: Tensor, marks: Tensor
    ) -> tuple[Tensor, ...]:
        """Logits in the order of `HEADS`, then those of the trigger.

        Args:
            ids, positions: pieces and their places, of sentences and marks (sheets x pieces).
            lengths: pieces of the sentence itself (sheets).
            pairs: number of the pair a piece belongs to, 0 for the sentence's own, -1 for padding (sheets x pieces).
            rows, marks: the sheet of each pair and where its four marks stand (pairs, pairs x 4).
        """
        # A piece sees the sentence, a mark sees its own pair, too.
        sentence = (pairs == 0).unsqueeze(1)
        own = (pairs.unsqueeze(2) == pairs.unsqueeze(1)) & (pairs > 0).unsqueeze(1)
        seen = torch.where(sentence | own, 0.0, -1e4).unsqueeze(1)
        hidden = self.embeddings(input_ids=ids, position_ids=positions)
        sheets, pieces, width = hidden.shape
        cut = lambda x: x.view(sheets, pieces, self.parts, width // self.parts).transpose(1, 2)  # noqa: E731
        for layer in self.layers:
            at, to = layer.attention.self, layer.attention.output
            mixed = functional.scaled_dot_product_attention(
                cut(at.query(hidden)), cut(at.key(hidden)), cut(at.value(hidden)), attn_mask=seen.to(hidden.dtype)
            )
            mixed = mixed.transpose(1, 2).reshape(sheets, pieces, width)
            hidden = to.LayerNorm(to.dropout(to.dense(mixed)) + hidden)
            out = layer.output
            hidden = out.LayerNorm(out.dropout(out.dense(layer.intermediate(hidden))) + hidden)
        marked = hidden[rows.unsqueeze(1), marks].reshape(rows.shape[0], 4 * width)
        marked = self.drop(marked)
        asked = self.asks(marked).unsqueeze(2)
        told = torch.bmm(hidden[rows], asked.to(hidden.dtype)).squeeze(2) / width**0.5
        inside = torch.arange(pieces, device=ids.device).unsqueeze(0) < lengths[rows].unsqueeze(1)
        trigger = torch.where(inside, told.float(), -1e4)
        return (*(head(marked) for head in self.heads.values()), trigger)


def batch(sheets: list[Sheet], pad: int) -> tuple[Tensor, ...]:
    """Tensors of several sheets, in the order of `INPUTS`; pairs in the order of the sheets."""
    width = max(len(s.ids) for s in sheets)
    ids = torch.full((len(sheets), width), pad, dtype=torch.long)
    positions = torch.zeros((len(sheets), width), dtype=torch.long)
    pairs = torch.full((len(sheets), width), -1, dtype=torch.long)
    rows, marks = [], []
    for n, sheet in enumerate(sheets):
        ids[n, : len(sheet.ids)] = torch.tensor(sheet.ids)
        positions[n, : len(sheet.ids)] = torch.tensor(sheet.positions)
        pairs[n, : len(sheet.ids)] = torch.tensor(sheet.pairs)
        rows += [n] * len(sheet.marks)
        marks += sheet.marks
    lengths = torch.tensor([s.length for s in sheets])
    return ids, positions, lengths, pairs, torch.tensor(rows), torch.tensor(marks)


def labels_json() -> str:
    """The labels of every head, as the package keeps them beside the model."""
    return json.dumps({name: list(labels) for name, labels in HEADS.items()}, indent=0)
