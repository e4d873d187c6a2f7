"""The pair scorer: an encoder over a sentence in which actor and recipient are marked, and one linear layer on top.

In: token ids with the two marks, and where the marks stand. Out: logits over CAMEO roots and NONE, PLOVER categories
and NONE, PLOVER modes, and status. Needs torch and transformers; nothing in `src` does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from dragoman.events.scorer import MARKS, marked
from dragoman.knowledge.codebook import codebook
from examples import STATUSES

ROOTS = ("NONE", *(f"{n:02d}" for n in range(2, 21)))
CATEGORIES = ("NONE", *codebook().categories)
MODES = ("-", *(f"{c}/{m}" for c, modes in codebook().modes.items() for m in modes))
HEADS = {"root": ROOTS, "category": CATEGORIES, "mode": MODES, "status": STATUSES}


@dataclass(frozen=True)
class Coded:
    """A marked sentence as numbers; ``actor`` and ``recipient`` are where the opening marks stand."""

    ids: tuple[int, ...]
    actor: int
    recipient: int


class Marker:
    """Turns a sentence and two stretches into numbers."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        vocabulary = self.tokenizer.get_vocab()
        named = lambda *names: next(vocabulary[n] for n in names if n in vocabulary)  # noqa: E731
        self.open = named("[CLS]", "<s>")
        self.close = named("[SEP]", "</s>")
        self.pad = named("[PAD]", "<pad>")
        self.marks = [vocabulary[m] for m in MARKS]

    def __call__(self, text: str, actor: tuple[int, int], recipient: tuple[int, int]) -> Coded:
        """Mark and code; a sentence that is too long loses what is farthest from the marks."""
        ids, at_actor, at_recipient = marked(self._plain, self.marks, text, actor, recipient)
        return Coded((self.open, *ids, self.close), at_actor + 1, at_recipient + 1)

    def _plain(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids if text.strip() else []


class Scorer(nn.Module):
    """Encoder and heads."""

    def __init__(self, folder: Path, layers: tuple[int, ...] | None = None) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(folder), attn_implementation="eager")
        if layers is not None:
            stack = self.encoder.encoder.layer
            self.encoder.encoder.layer = nn.ModuleList([stack[i] for i in layers])
            self.encoder.config.num_hidden_layers = len(layers)
        if hasattr(self.encoder, "pooler"):
            self.encoder.pooler = None
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(3 * width, len(labels)) for name, labels in HEADS.items()})

    def forward(self, ids: Tensor, mask: Tensor, actor: Tensor, recipient: Tensor) -> tuple[Tensor, ...]:
        """Logits in the order of `HEADS`."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        at = lambda where: hidden.gather(1, where.view(-1, 1, 1).expand(-1, 1, hidden.shape[-1])).squeeze(1)  # noqa: E731
        pooled = self.drop(torch.cat([mean, at(actor), at(recipient)], dim=-1))
        return tuple(head(pooled) for head in self.heads.values())


def batch(coded: list[Coded], pad: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Tensors of several coded sentences."""
    width = max(len(c.ids) for c in coded)
    ids = torch.full((len(coded), width), pad, dtype=torch.long)
    mask = torch.zeros((len(coded), width), dtype=torch.long)
    for i, c in enumerate(coded):
        ids[i, : len(c.ids)] = torch.tensor(c.ids)
        mask[i, : len(c.ids)] = 1
    return ids, mask, torch.tensor([c.actor for c in coded]), torch.tensor([c.recipient for c in coded])


def labels_json() -> str:
    """The labels of every head, as the package keeps them beside the model."""
    return json.dumps({name: list(labels) for name, labels in HEADS.items()}, indent=0)
