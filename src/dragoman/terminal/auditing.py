"""An audit in print: the share of a sample that is right, over all and by category, and how far judges agree.

In: judgements of a sample, categories of its events. Out: a table, JSON, or lines for a pipe:

    precision | category or all | right | judged | share | low | high
    agreement | judge | judge | events both judged | share that agrees | kappa
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from rich.text import Text

from dragoman.archive.verdicts import standing_of
from dragoman.judgement import Judgement
from dragoman.terminal.columns import Column, table
from dragoman.terminal.judging import wilson
from dragoman.terminal.palette import QUIET
from dragoman.terminal.plain import joined
from dragoman.terminal.printing import print_json
from dragoman.terminal.screen import Form, put, screen


def print_report(said: Sequence[Judgement], categories: Mapping[str, str], drawn: int, form: Form) -> None:
    """Print it in the form that was asked for."""
    shares, agreements = list(_shares(said, categories)), list(_agreements(said))
    if form in ("json", "jsonl"):
        print_json(iter([*shares, *agreements]), form)
        return
    if form == "lines":
        for row in shares:
            put(joined("precision", row["of"], str(row["right"]), str(row["judged"]), *_numbers(row)))
        for row in agreements:
            put(joined("agreement", *row["judges"], str(row["both"]), f"{row['agreed']:.2f}", _kappa(row)))
        return
    out = screen()
    columns = [
        Column("Events"),
        *(Column(name, right=True) for name in ("Right", "Judged", "Share", "95 % from", "to")),
    ]
    cells = [[Text(str(cell)) for cell in (row["of"], row["right"], row["judged"], *_numbers(row))] for row in shares]
    out.print(table(columns, cells, out.width))
    judged = shares[0]["judged"] + shares[0]["unsure"]
    out.print(Text(f"{judged} of {drawn} judged, {shares[0]['unsure']} of them unsure, who do not count.", style=QUIET))
    for row in agreements:
        one, other = row["judges"]
        out.print(
            Text(f"{one} and {other} agree in {row['agreed']:.0%} of {row['both']} (kappa {_kappa(row)}).", style=QUIET)
        )


def _shares(said: Sequence[Judgement], categories: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    standing = standing_of(said)
    by_category: dict[str, Counter[str]] = {"all": Counter()}
    for entry, found in sorted(standing.items()):
        for name in ("all", categories.get(entry, "not there any more")):
            by_category.setdefault(name, Counter())[found.verdict] += 1
    for name, votes in by_category.items():
        judged = votes["right"] + votes["wrong"] + votes["corrected"]
        low, high = wilson(votes["right"], judged)
        yield {
            "of": name,
            "right": votes["right"],
            "judged": judged,
            "unsure": votes["unsure"],
            "share": votes["right"] / judged if judged else None,
            "low": low,
            "high": high,
        }


def _agreements(said: Sequence[Judgement]) -> Iterator[dict[str, Any]]:
    by_person: dict[str, dict[str, str]] = {}
    for judgement in said:
        by_person.setdefault(judgement.by, {})[judgement.entry] = judgement.verdict
    for one_name, other_name in combinations(sorted(by_person), 2):
        one, other = by_person[one_name], by_person[other_name]
        pairs = [(one[entry], other[entry]) for entry in sorted(one.keys() & other.keys())]
        if pairs:
            agreed = sum(a == b for a, b in pairs) / len(pairs)
            yield {"judges": [one_name, other_name], "both": len(pairs), "agreed": agreed, "kappa": kappa(pairs)}


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two judges' verdicts; None where chance alone would make them agree.

    Source: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20
    (1960).
    """
    ones, others = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(ones[verdict] * others[verdict] for verdict in ones) / len(pairs) ** 2
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def _numbers(row: Mapping[str, Any]) -> tuple[str, str, str]:
    share = f"{row['share']:.2f}" if row["share"] is not None else "-"
    return share, f"{row['low']:.2f}", f"{row['high']:.2f}"


def _kappa(row: Mapping[str, Any]) -> str:
    return f"{row['kappa']:.2f}" if row["kappa"] is not None else "-"
