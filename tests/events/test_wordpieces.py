"""Word pieces: the cuts of BERT's uncased tokeniser, on a vocabulary of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.events.wordpieces import WordPieces

PIECES = [
    "[PAD]",
    "[UNK]",
    "accord",
    "##s",
    "re",
    "##open",
    "##ed",
    "border",
    ",",
    "-",
    "'",
    "oman",
    "中",
    "u",
    ".",
    "s",
]


@pytest.fixture
def cut(tmp_path: Path) -> WordPieces:
    path = tmp_path / "vocabulary.txt"
    path.write_text("\n".join(PIECES), encoding="utf-8")
    return WordPieces(path)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Accords", ["accord", "##s"]),
        ("reopened border", ["re", "##open", "##ed", "border"]),
        ("Omán", ["oman"]),
        ("border,Oman-accord", ["border", ",", "oman", "-", "accord"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("中border", ["中", "border"]),
        ("zebra", ["[UNK]"]),
        ("a" * 200, ["[UNK]"]),
        ("  \t\n", []),
        ("oman\u200b\x00 accord", ["oman", "accord"]),
    ],
)
def test_text_is_cut_like_bert(cut: WordPieces, text: str, pieces: list[str]) -> None:
    assert [PIECES[n] for n in cut(text)] == pieces


def test_a_vocabulary_without_the_unknown_piece_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.txt"
    path.write_text("accord\nborder", encoding="utf-8")
    with pytest.raises(KeyError):
        WordPieces(path)
