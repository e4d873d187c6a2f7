"""Checks the corpus and tells what is in it.

    python training/validate.py [--corpus FOLDER] [--against FOLDER] [--json FILE]

Faults end it with exit status 1: lines that break the format, codes, modes and categories of the codebook that nothing
stands for, wordings shared by two sentences, or with the texts of another folder. Warnings do not. `--json` writes the
report for the model card.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from dragoman.knowledge.codebook import codebook
from examples import Fault, Line, read
from tally import Report, lemma, measured, shown, words

CORPUS = Path(__file__).resolve().parent / "corpus"
# How many words in a row two sentences must not share, and the share of a category's lines one trigger may take.
ROW = 7
OFTEN = 0.015
# Codes that stand empty on purpose: statements, for which PLOVER has no category.
EMPTY_BY_RULE = frozenset(f"01{n}" for n in range(10))
# Where the coding guidelines settle on a category that CAMEO's root alone would not suggest.
SETTLED = frozenset(
    (
        ("02", "AGREE"),  # a party to a conflict that calls for its end
        ("03", "CONCEDE"),  # a concession or pull-out that is promised
        ("03", "AID"),  # a debt that is agreed to be forgiven
        ("05", "CONCEDE"),  # an apology
        ("11", "SANCTION"),  # a verdict
        ("17", "SANCTION"),  # a sentence of prison, a dismissal, sanctions on a person
        ("17", "REJECT"),  # a group barred from entering
        *(("13", name) for name in ("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION")),  # announced by its doer
        ("17", "THREATEN"),  # a warrant for somebody at large
        ("18", "COERCE"),  # a cyber attack
    )
)
Gram = tuple[str, ...]


def missing(lines: Iterable[Line]) -> list[str]:
    """Categories, modes and 3-digit CAMEO codes of the codebook that no line has."""
    book = codebook()
    events = [event for line in lines for event in line.events]
    categories = {event.category for event in events}
    modes = {(event.category, event.mode) for event in events}
    codes = {event.cameo[:3] for event in events if event.cameo}
    out = [f"no line has category {name}" for name in book.categories if name not in categories]
    for category, entries in book.modes.items():
        out += [f"no line has mode {category}/{mode}" for mode in entries if (category, mode) not in modes]
    out += [
        f"no line has CAMEO code {code}"
        for code in book.cameo
        if len(code) == 3 and code not in codes and code not in EMPTY_BY_RULE
    ]
    return out


def rows(text: str) -> Iterator[Gram]:
    """Every seven words in a row, case folded."""
    found = words(text)
    for start in range(len(found) - ROW + 1):
        yield tuple(found[start : start + ROW])


def own_rows(line: Line) -> list[Gram]:
    """A line's rows; not those inside the name of one actor, which is nobody's wording."""
    named = {row for spans in line.actors.values() for a, b in spans for row in rows(line.text[a:b])}
    return [row for row in rows(line.text) if row not in named]


def shared(lines: Iterable[Line]) -> list[Fault]:
    """Lines that share seven words in a row with an earlier line.

    Two lines of one sentence in `pairs/`, which mark different pairs of it, may. So may neighbours there: the second is
    the first, worded a little otherwise to bring out another pair.
    """
    first: dict[Gram, Line] = {}
    told: set[tuple[str, int, str, int]] = set()
    out: list[Fault] = []
    for line in lines:
        for row in own_rows(line):
            other = first.setdefault(row, line)
            where = (line.path, line.number, other.path, other.number)
            if other is line or where in told or _one_sentence(line, other):
                continue
            told.add(where)
            out.append(Fault(line.path, line.number, f"shares '{' '.join(row)}' with {other.path}:{other.number}"))
    return out


def _one_sentence(line: Line, other: Line) -> bool:
    neighbours = line.path == other.path and abs(line.number - other.number) == 1
    return not line.whole and not other.whole and (neighbours or line.text == other.text)


def taken(lines: Iterable[Line], folder: Path) -> list[Fault]:
    """Lines that share seven words in a row with any text of a folder.

    Raises:
        FileNotFoundError: when there is no such folder.
        UnicodeDecodeError: when one of its files is not UTF-8.
    """
    there: dict[Gram, str] = {}
    for name, text in texts(folder):
        for row in rows(text):
            there.setdefault(row, name)
    out: list[Fault] = []
    for line in lines:
        for row in own_rows(line):
            if row in there:
                out.append(Fault(line.path, line.number, f"shares '{' '.join(row)}' with {there[row]}"))
                break
    return out


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The texts of a folder's .txt, .jsonl, .yaml and .yml files, each with the name of its file.

    Raises:
        FileNotFoundError: when there is no such folder.
        UnicodeDecodeError: when one of its files is not UTF-8.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"no folder {folder}")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or path.suffix not in {".txt", ".jsonl", ".yaml", ".yml"}:
            continue
        raw = path.read_text(encoding="utf-8")
        for value in _values(raw, path.suffix):
            for text in _strings(value):
                yield name, text


def _values(raw: str, kind: str) -> Iterator[object]:
    """What a file holds; what cannot be parsed is taken as plain text, so that nothing escapes the comparison."""
    if kind == ".jsonl":
        for row in raw.splitlines():
            try:
                yield json.loads(row)
            except json.JSONDecodeError:
                yield row
    elif kind in {".yaml", ".yml"}:
        try:
            yield list(yaml.safe_load_all(raw))
        except yaml.YAMLError:
            yield raw
    else:
        yield raw


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        if value and all(isinstance(inner, str) for inner in value):
            yield " ".join(value)  # a text that is stored word by word, or sentence by sentence
            return
        for inner in value:
            yield from _strings(inner)


def improbable(lines: Iterable[Line]) -> list[str]:
    """CAMEO roots beside categories that neither the map nor the guidelines join, with their numbers."""
    likely = {(code[:2], entry.category) for code, entry in codebook().cameo.items()} | SETTLED
    found: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], Line] = {}
    for line in lines:
        for event in line.events:
            if event.cameo and (event.cameo[:2], event.category) not in likely:
                found[event.cameo[:2], event.category] += 1
                where.setdefault((event.cameo[:2], event.category), line)
    return [
        f"CAMEO {root} beside {category}: {number}, first in {first.path}:{first.number}"
        for (root, category), number in sorted(found.items())
        for first in (where[root, category],)
    ]


def frequent(lines: Iterable[Line]) -> list[str]:
    """Triggers in more than their share of the lines of a category, for each kind of file."""
    used: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    size: Counter[tuple[str, str]] = Counter()
    for line in lines:
        kind = line.path.partition("/")[0]
        for category in {event.category for event in line.events}:
            size[kind, category] += 1
            used[kind, category].update({lemma(line, event) for event in line.events if event.category == category})
    return [
        f"{kind}, {category}: '{trigger}' in {number} of {all_there} lines ({number / all_there:.1%})"
        for (kind, category), triggers in sorted(used.items())
        for all_there in (size[kind, category],)
        for trigger, number in triggers.most_common()
        if number > 1 and number / all_there > OFTEN
    ]


def validated(folder: Path, against: Path | None = None) -> tuple[list[str], list[str], Report]:
    """Faults, warnings and the report of a corpus folder."""
    lines, broken = read(folder)
    faults = [str(fault) for fault in (*broken, *shared(lines), *(taken(lines, against) if against else ()))]
    return faults + missing(lines), improbable(lines) + frequent(lines), measured(lines)


def main(arguments: list[str] | None = None) -> int:
    """Checks, prints, and says by its exit status whether the corpus is sound."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder with pairs/ and sentences/")
    parser.add_argument("--against", type=Path, help="folder of texts that no line may share seven words in a row with")
    parser.add_argument("--json", type=Path, help="file for the report")
    chosen = parser.parse_args(arguments)
    faults, warnings, report = validated(chosen.corpus, chosen.against)
    sys.stdout.write(shown(report))
    for name, found in (("warning", warnings), ("fault", faults)):
        for what in found:
            sys.stdout.write(f"{name}: {what}\n")
    sys.stdout.write(f"{len(faults)} faults, {len(warnings)} warnings\n")
    if chosen.json:
        chosen.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
