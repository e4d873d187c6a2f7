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

from model import HEADS, INPUTS, Pieces, Scorer, batch, labels_json


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
    pieces = Pieces(args.encoder)
    texts = ("Oman thanked Kenya.", ((0, 4), (13, 18))), ("Chad met Togo on Monday.", ((0, 4), (9, 13)))
    sheets = [s for text, pair in texts for s in pieces.sheets(text, [pair, pair[::-1]])]
    args.out.mkdir(parents=True, exist_ok=True)
    flat, one, pair = {0: "sheets", 1: "pieces"}, {0: "sheets"}, {0: "rows"}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            scorer, batch(sheets, pieces.pad), str(whole), input_names=list(INPUTS), output_names=[*HEADS, "trigger"],
            dynamic_axes={"ids": flat, "positions": flat, "pairs": flat, "lengths": one, "rows": pair, "marks": pair,
                          **dict.fromkeys(HEADS, pair), "trigger": {0: "rows", 1: "pieces"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, args.out / "scorer.onnx", weight_type=QuantType.QInt8, per_channel=True)
    onnx.checker.check_model(str(args.out / "scorer.onnx"))
    vocabulary = Tokenizer.from_file(str(args.encoder / "tokenizer.json")).get_vocab()
    named = "\n".join(sorted(vocabulary, key=vocabulary.__getitem__))
    (args.out / "vocabulary.txt").write_text(named, encoding="utf-8")
    (args.out / "labels.json").write_text(labels_json(), encoding="utf-8")
    print(f"{(args.out / 'scorer.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
