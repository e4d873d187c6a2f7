"""Every expected record is read and held; what was reached before is not lost.

What each report reached stands in reports/reached.yaml. A kind of entry may fall a little in one story (slack), hardly
in all of them together. `tests/reached.py reports` rewrites the file on purpose.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import Reader
from dragoman.knowledge.codebook import codebook
from expected import KINDS, Held, load
from reached import REACHED, all_held, expected_records, story_of, summed, written

STORIES = ("hostages", "river", "strait")
SLACK_STORY, SLACK_WHOLE, SLACK_FORBIDDEN = 0.03, 0.01, 1
KINDS_HELD = (*KINDS, "emitted_wanted")
PATHS = expected_records()


@pytest.fixture(scope="module")
def before() -> dict[str, Any]:
    return yaml.safe_load(REACHED.read_text(encoding="utf-8"))


def share(found: int, wanted: int) -> float:
    return found / max(1, wanted)


def total(reports: dict[str, dict[str, list[int]]], story: str | None, kind: str) -> tuple[int, int]:
    rows = [row[kind] for name, row in reports.items() if story in (None, name.split("-")[0])]
    return sum(a for a, _ in rows), sum(b for _, b in rows)


def fallen(then: dict[str, Any], held: dict[str, Held]) -> list[str]:
    """Each kind that fell too far, in one story or in all, on a line."""
    now = {name: written(part) for name, part in held.items()}
    out = []
    for story, slack in (*((story, SLACK_STORY) for story in STORIES), (None, SLACK_WHOLE)):
        for kind in KINDS_HELD:
            old, new = total(then, story, kind), total(now, story, kind)
            if share(*new) < share(*old) - slack:
                out.append(f"{kind} of {story or 'all'}: {new[0]}/{new[1]}, was {old[0]}/{old[1]}")
    old, new = (sum(total(counts, None, kind)[0] for kind in KINDS) for counts in (then, now))
    wanted = sum(total(now, None, kind)[1] for kind in KINDS)
    if share(new, wanted) < share(old, wanted) - SLACK_WHOLE:
        out.append(f"all kinds: {new}/{wanted}, was {old}")
    old, new = (total(counts, None, "forbidden")[0] for counts in (then, now))
    if new > old + SLACK_FORBIDDEN:
        out.append(f"forbidden entries coded: {new}, were {old}")
    return out


def test_no_story_falls_below_what_was_reached(reader: Reader, before: dict[str, Any]) -> None:
    held = all_held(reader)
    assert set(held) == set(before["reports"]), "reports came or went: rewrite reached.yaml"
    worse = fallen(before["reports"], held)
    known = {" ".join(line.split()) for line in before["missing"]}
    missing = [line for part in held.values() for line in part.missing if " ".join(line.split()) not in known]
    assert not worse, "\n".join([*worse, "newly missing:", *missing])


def test_a_fall_is_seen(before: dict[str, Any]) -> None:
    now = {name: Held() for name in before["reports"]}
    worse = fallen(before["reports"], now)
    assert len(worse) >= len(KINDS_HELD) * (len(STORIES) + 1)
    assert "all kinds" in worse[-1]


def test_the_file_counts_what_the_expected_records_want(before: dict[str, Any]) -> None:
    for path in PATHS:
        gold, _ = load(path)
        for kind in KINDS:
            wanted = sum(not row.get("optional") for row in gold.get(kind) or [])
            assert before["reports"][path.stem][kind][1] == wanted, f"{path.stem}, {kind}: rewrite reached.yaml"


def test_stories_are_all_there() -> None:
    assert {story_of(path) for path in PATHS} == set(STORIES)
    assert len(PATHS) >= 25
    assert summed([Held(forbidden=1), Held(forbidden=2)]).forbidden == 3


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_words_stand_in_the_report(path: Path) -> None:
    gold, text = load(path)
    words = [("mention", m) for row in gold["actors"] for m in row["mentions"]]
    for kind in ("events", "contacts", "statements", "commitments", "forbidden"):
        for row in gold.get(kind) or []:
            words += [(f"{kind} {key}", row[key]) for key in ("evidence", "content", "condition") if row.get(key)]
    assert words
    assert [(where, w) for where, w in words if w not in text] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_codes_exist(path: Path) -> None:
    gold, _ = load(path)
    book = codebook()
    assert gold["events"]
    for row in [*gold["events"], *(gold.get("forbidden") or [])]:
        assert row["category"] in book.categories, row
        assert row.get("mode") is None or row["mode"] in book.modes[row["category"]], row
        assert row.get("cameo") is None or row["cameo"] in book.cameo, row
    for row in gold["actors"]:
        assert row.get("sector") is None or row["sector"] in book.sectors, row


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_keys_of_actors_are_known(path: Path) -> None:
    gold, _ = load(path)
    keys = [row["key"] for row in gold["actors"]]
    assert len(keys) == len(set(keys))
    named = [row.get("speaker") for row in gold.get("statements") or []]
    flat = {key for value in named for key in (value if isinstance(value, list) else [value]) if key}
    assert flat <= set(keys)
