"""Write a trained scorer as ONNX in eight bits, where the package looks for it.

    python training/export.py ENCODER RUN OUT [--layers 0,2,4]

RUN is a folder that train.py filled; OUT gets `scorer.onnx`, `vocabulary.txt` and `labels.json`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from model import HEADS, Marker, Scorer, batch, labels_json


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", default=None)
    args = parser.parse_args()
    layers = tuple(int(n) for n in args.layers.split(",")) if args.layers else None
    scorer = Scorer(args.encoder, layers)
    scorer.load_state_dict(torch.load(args.run / "model.pt"))
    scorer.eval()
    marker = Marker(args.encoder)
    pairs = [marker("Oman thanked Kenya.", (0, 4), (13, 18)), marker("Chad met Togo on Monday.", (0, 4), (9, 13))]
    sample = batch(pairs, marker.pad)
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        rows = {0: "pairs"}
        torch.onnx.export(
            scorer, sample, str(whole), input_names=["ids", "mask", "actor", "recipient"], output_names=list(HEADS),
            dynamic_axes={"ids": {0: "pairs", 1: "pieces"}, "mask": {0: "pairs", 1: "pieces"}, "actor": rows,
                          "recipient": rows, **dict.fromkeys(HEADS, rows)},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, args.out / "scorer.onnx", weight_type=QuantType.QInt8, per_channel=True)
    onnx.checker.check_model(str(args.out / "scorer.onnx"))
    vocabulary = Tokenizer.from_file(str(args.encoder / "tokenizer.json")).get_vocab()
    pieces = "\n".join(sorted(vocabulary, key=vocabulary.__getitem__))
    (args.out / "vocabulary.txt").write_text(pieces, encoding="utf-8")
    (args.out / "labels.json").write_text(labels_json(), encoding="utf-8")
    print(f"{(args.out / 'scorer.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
