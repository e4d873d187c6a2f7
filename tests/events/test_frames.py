"""Each frame of the lexicon brings an example of its own; most are read as their frame says.

They are read by the rules alone, since it is the lexicon that is asked; what means nothing must stay silent with the
model, too. Counts by category stand in cases/frames.yaml (`tests/reached.py frames` rewrites them on purpose). A frame
without a category keeps its words from being coded: its example must not fire, but for those known to.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from dragoman import Reader
from dragoman.knowledge.lexicon import frames
from reached import FRAMES, frame_counts, frame_outcomes, unmarked
from readings import judged, tell

SLACK = 0.02


@pytest.fixture(scope="module")
def before() -> dict[str, Any]:
    return yaml.safe_load(FRAMES.read_text(encoding="utf-8"))


def test_examples_are_read_as_their_frames_say(ruler: Reader, before: dict[str, Any]) -> None:
    outcomes = frame_outcomes(ruler, [f for f in frames() if f.category and f.example])
    assert len(outcomes) > 1500
    worse = []
    for category, row in frame_counts(outcomes).items():
        for part, (right, every) in row.items():
            then, of = before["reached"][category][part]
            if right / every < then / of - SLACK:
                lost = [f.example for f, ok, _ in outcomes if f.category == category and not all(ok)]
                worse.append(f"{category}, {part}: {right}/{every}, was {then}/{of}; not read: {lost}")
    assert not worse, "\n".join(worse)


def test_frames_that_mean_nothing_do_not_fire(reader: Reader, before: dict[str, Any]) -> None:
    outcomes = frame_outcomes(reader, [f for f in frames() if f.category is None and f.example])
    assert len(outcomes) > 100
    fired = {f.example: "; ".join(tell(e) for e in told) for f, _, told in outcomes if told and f.example}
    new, healed = judged(fired, before["known_wrong"])
    assert not new, "fire now:\n" + "\n".join(new)
    assert not healed, "quiet now, take off the list:\n" + "\n".join(healed)


def test_every_frame_has_a_marked_example() -> None:
    bare = [frame.name for frame in frames() if frame.example is None]
    assert bare == []
    for frame in frames():
        plain, marks = unmarked(frame.example or "")
        assert marks["a"], frame.name
        assert marks["t"], frame.name
        assert all(plain[a:b].strip() for places in marks.values() for a, b in places), frame.name


def test_marks_are_taken_out() -> None:
    plain, marks = unmarked("<a>Peru</a> <t>turned</t> <r>Bolivia</r> <t>down</t>.")
    assert plain == "Peru turned Bolivia down."
    assert [plain[a:b] for a, b in marks["t"]] == ["turned", "down"]
    assert [plain[a:b] for a, b in (*marks["a"], *marks["r"])] == ["Peru", "Bolivia"]
