"""Rows, counts and exports follow what people said, and only when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import dragoman.cli
import make
from dragoman.archive import Archive
from dragoman.archive.verdicts import corrected
from dragoman.errors import ArchiveError
from dragoman.terminal.auditing import kappa
from dragoman.terminal.judging import wilson


@pytest.fixture
def judged(memory: Archive) -> Archive:
    """Five events: right, wrong, corrected, unsure, and one that nobody judged."""
    for number in range(5):
        memory.add([make.record(f"Qatar thanked Iran on day {number}.", published=f"2024-0{number + 1}-05",
                                events=[make.event(f"Qatar thanked Iran on day {number}.")])])  # fmt: skip
    ids = [row.id for row in memory.events()]
    memory.judge(ids[0], "right", by="A. Reader")
    memory.judge(ids[1], "wrong", by="A. Reader")
    memory.judge(ids[2], "corrected", by="A. Reader", correction={"category": "AGREE", "status": "planned"})
    memory.judge(ids[3], "unsure", by="A. Reader")
    return memory


def test_rows_follow(judged: Archive) -> None:
    coded = [row.event.category for row in judged.events()]
    assert coded == ["SUPPORT"] * 5
    followed = list(judged.events(judged="follow"))
    assert [row.event.category for row in followed] == ["SUPPORT", "AGREE", "SUPPORT", "SUPPORT"]
    assert (followed[1].event.status, followed[1].event.quad, followed[1].event.cameo) == ("planned", 1, None)
    assert [len(list(judged.events(judged=how))) for how in ("right", "wrong", "unsure", "any", "none")] == [
        2,
        1,
        1,
        4,
        1,
    ]
    assert judged.count("events", judged="follow") == 4
    assert {c.key: c.number for c in judged.counts("events", by="category", judged="follow")} == {
        "SUPPORT": 3, "AGREE": 1,
    }  # fmt: skip
    with pytest.raises(ArchiveError, match="judged='maybe' does not exist"):
        judged.events(judged="maybe")


def test_most_judges_decide_and_the_latest_where_they_are_even(judged: Archive) -> None:
    first = next(judged.events()).id
    judged.judge(first, "wrong", by="B. Reader")
    assert judged.standing()[first].verdict == "wrong"
    assert not judged.standing()[first].agreed
    assert judged.count("events", judged="wrong") == 2
    judged.judge(first, "right", by="C. Reader")
    assert judged.standing()[first].verdict == "right"
    judged.judge(first, "wrong", by="A. Reader")
    assert (judged.standing()[first].verdict, judged.standing()[first].judges) == ("wrong", 3)
    assert {row.id for row in judged.events(judged="wrong")} == {
        e for e, s in judged.standing().items() if s.verdict == "wrong"
    }


@pytest.mark.parametrize(
    ("correction", "said"),
    [
        ({"mood": "sour"}, "'mood' cannot be corrected in a event"),
        ({"category": "SHOUT"}, "category='SHOUT' does not exist"),
        ({"mode": "phone"}, "mode='phone' does not exist in SUPPORT"),
        ({"cameo": "9999"}, "is no CAMEO code"),
        ({"status": "done"}, "status='done' cannot be"),
        ({"actors": "PER"}, "nobody of PER stands in this entry"),
        ({"background": "perhaps"}, "must be true or false"),
    ],
)
def test_corrections_are_checked(judged: Archive, correction: dict[str, str], said: str) -> None:
    first = next(judged.events())
    with pytest.raises(ArchiveError, match=said):
        judged.judge(first.id, "corrected", by="A. Reader", correction=correction)
    assert len(judged.judgements(entry=first.id)) == 1


def test_parties_are_corrected_by_country(judged: Archive) -> None:
    event = next(judged.events()).event
    turned = corrected(event, {"actors": "IRN", "recipients": "QAT"})
    assert [p.actor.country for p in turned.actors] == ["IRN"]
    assert [p.actor.country for p in turned.recipients] == ["QAT"]


def test_wilson_and_kappa() -> None:
    # Worked by hand from the formulas.
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(5, 5)[1] == 1.0
    pairs = [("right", "right")] * 6 + [("wrong", "wrong")] * 2 + [("right", "wrong")] * 2
    assert kappa(pairs) == pytest.approx((0.8 - (0.8 * 0.6 + 0.2 * 0.4)) / (1 - (0.8 * 0.6 + 0.2 * 0.4)))
    assert kappa([("right", "right")]) is None


def test_judging_and_auditing_on_the_command_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'record.db'}"
    with Archive(url) as archive:
        archive.add(make.synthetic(20))
        number = sum(1 for _ in archive.events())
    sample = str(tmp_path / "audit.json")

    def run(*words: str, keys: str = "") -> str:
        done = CliRunner().invoke(dragoman.cli.app, [*words, "--archive", url], input=keys)
        assert done.exit_code == 0, done.output
        return done.output

    assert f"6 of {number:,} events drawn" in run("audit", "draw", "6", "-o", sample)
    told = run("judge", "--sample", sample, "--by", "A. Reader", keys="rrw?sbwc\nstatus=planned\n\nq")
    assert "5 verdicts kept" in told
    assert "Right: 2 of 5" in told
    with Archive(url) as archive:
        verdicts = sorted(said.verdict for said in archive.judgements())
        assert verdicts == ["corrected", "right", "right", "wrong", "wrong"]
    report = run("audit", "report", sample)
    assert "precision | all | 2 | 5 | 0.40 | 0.12 | 0.77" in report
    run("judge", "--sample", sample, "--by", "B. Reader", keys="rrrrrr")
    assert "agreement | A. Reader | B. Reader | 5 | 0.40" in run("audit", "report", sample)
    assert "agree in 40%" in run("audit", "report", sample, "--format", "table")
    again = CliRunner().invoke(dragoman.cli.app, ["judge", "--sample", sample, "--by", "B. Reader", "--archive", url])
    assert again.exit_code == 1
    assert "Nothing is left to judge" in again.stderr
    taken = CliRunner().invoke(dragoman.cli.app, ["audit", "draw", "6", "-o", sample, "--archive", url])
    assert taken.exit_code == 2
    other = str(tmp_path / "other.json")
    run("audit", "draw", "6", "-o", other)
    assert Path(other).read_text() == Path(sample).read_text()
