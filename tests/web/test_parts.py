"""The explorer's parts without a browser: addresses, marks, what is taken away, who may write, what is escaped."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import make
from dragoman.archive import Archive
from dragoman.errors import ArchiveError
from dragoman.knowledge.world import world
from dragoman.record.entries import Record
from dragoman.web.pages import PAGES
from dragoman.web.pages.event import cut, join, split, told_otherwise
from dragoman.web.pages.review import wilson
from dragoman.web.parts import jobs, judging, takeaway
from dragoman.web.parts.address import Query, code_of, pair_of, to
from dragoman.web.parts.charts import balance, span_of
from dragoman.web.parts.desk import Desk, lay
from dragoman.web.parts.marks import pieces
from dragoman.web.parts.render import TEMPLATES
from dragoman.web.parts.theme import COLOURS, echarts
from dragoman.web.parts.view import htmls

CSS = TEMPLATES.parent / "static" / "desk.css"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = lay(Desk(f"sqlite:///{tmp_path / 'record.db'}"))
    opened.archive.add(make.synthetic(12))
    yield opened
    opened.archive.close()


def test_an_address_holds_what_is_asked_and_leaves_out_what_is_empty() -> None:
    assert to() == "/desk/"
    assert to("dyad", "IRN-QAT", since=date(2024, 1, 1), kind="", until=None) == "/desk/dyad/IRN-QAT?since=2024-01-01"
    assert to("actor", "a/b ?") == "/desk/actor/a%2Fb%20%3F"


def test_what_cannot_be_meant_is_told_and_left_out() -> None:
    query = Query({}, {"since": "soon", "kind": "x", "skip": "-1", "one": "Atlantis", "until": "2024-02-30"})
    assert query.days() == (None, None)
    assert query.choice("kind", ("a", "b")) is None
    assert query.number("skip", 0, 10) is None
    assert query.state("one", world()) is None
    assert len(query.faults) == 5
    assert all(
        any(word in fault for word in ("2024-06-01", "there are", "from 0 to 10", "IRN")) for fault in query.faults
    )
    backwards = Query({}, {"since": "2024-02-01", "until": "2024-01-01"})
    assert backwards.days() == (None, None)
    assert "later than the last" in backwards.faults[0]


@pytest.mark.parametrize(
    "words", ["IRN-QAT", "Iran-Qatar", "Iran – Qatar", "Iran and Qatar", "Iran Qatar", "Iran/Qatar", "IRN QAT"]
)
def test_a_pair_of_states_in_one_text(words: str) -> None:
    assert pair_of(words, world()) == ("IRN", "QAT")


def test_states_of_several_words_make_a_pair_and_one_state_makes_none() -> None:
    assert pair_of("Saudi Arabia South Korea", world()) == ("SAU", "KOR")
    assert pair_of("Iran", world()) is None
    assert pair_of("Iran-Iran", world()) is None
    assert pair_of("the ambassador and the minister", world()) is None
    assert code_of("Saudi Arabia", world()) == "SAU"
    assert code_of("nowhere at all", world()) is None


@pytest.mark.parametrize("record", list(make.synthetic(6)), ids=lambda record: record.report.id)
def test_pieces_are_the_text_and_each_knows_its_entries(record: Record) -> None:
    made = pieces(record)
    assert "".join(piece.text for piece in made) == record.report.text
    at = 0
    for piece in made:
        for key in piece.keys:
            kind = {"e": "events", "s": "statements", "c": "contacts", "m": "commitments", "a": "actors", "p": "places"}
            entry = getattr(record, kind[key[0]])[int(key[1:])]
            spans = (
                entry.mentions
                if key[0] == "a"
                else [
                    getattr(entry, name) for name in ("evidence", "trigger", "content", "span") if hasattr(entry, name)
                ]
            )
            assert any(span.start <= at and at + len(piece.text) <= span.end for span in spans)
        at += len(piece.text)
    stops = [piece.main for piece in made if piece.begins]
    assert len(stops) == len(set(stops))
    assert {f"e{number}" for number in range(len(record.events))} <= {key for piece in made for key in piece.keys}


@settings(max_examples=40, deadline=None)
@given(some.text(max_size=40))
def test_a_spreadsheet_runs_nothing(text: str) -> None:
    told = "".join(takeaway._csv([{"words": text, "number": -1.5}]))
    (row,) = csv.DictReader(io.StringIO(told, newline=""))
    assert not row["words"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["words"].removeprefix("'") == text.removeprefix("'") or "\r" in text or "\0" in text
    assert row["number"] == "-1.5"


def test_json_is_json_with_rows_and_without() -> None:
    assert json.loads("".join(takeaway._json([]))) == []
    assert json.loads("".join(takeaway._json([{"day": date(2024, 1, 1)}, {"day": None}]))) == [
        {"day": "2024-01-01"},
        {"day": None},
    ]


def test_every_template_escapes() -> None:
    for file in TEMPLATES.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape|Markup", text), file.name


def test_every_page_escapes_a_hostile_record(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>'\"<b onmouseover=x>"
    text = f"Qatar {evil} thanked Iran."
    party = make.party(text, "Qatar", name=evil, kind="person", country="QAT", role=evil)
    event = make.event(text, "Qatar", "thanked", "Iran", place=make.place(text, evil, name=evil), date="2024-06-01")
    record = make.record(
        text, title=evil, publisher=evil, published="2024-06-01",
        actors=[party.actor], events=[event.model_copy(update={"actors": (party,)})],
        contacts=[make.contact(text).model_copy(update={"participants": (party, *event.recipients)})],
        commitments=[make.commitment(text).model_copy(update={"by": (party,), "condition": evil})],
        places=[make.place(text, evil, name=evil)],
    )  # fmt: skip
    opened = lay(Desk(f"sqlite:///{tmp_path / 'record.db'}"))
    opened.archive.add([record])
    path = {
        "report": record.report.id, "pair": "IRN-QAT", "who": "QAT", "other": evil,
        "story": record.report.id, "event": f"{record.report.id}-e0", "entry": opened.archive.ledger()[0].id,
    }  # fmt: skip
    seen = 0
    for address, gather in PAGES.items():
        if address.startswith("/{"):
            continue
        view = gather(opened, Query(path, {"q": "thanked"}))
        html = "".join(htmls(view.blocks))
        assert "<script" not in html, address
        assert "<b onmouseover" not in html, address
        seen += "&lt;script&gt;" in html
    assert seen >= 6
    opened.archive.close()


def test_every_page_of_a_synthetic_archive_can_be_gathered_and_taken_away(desk: Desk) -> None:
    row = next(desk.archive.events())
    path = {
        "report": row.report_id, "pair": "EGY-IRN", "who": "Iran", "event": row.id, "story": row.report_id,
        "entry": desk.archive.ledger()[0].id,
    }  # fmt: skip
    for address, gather in PAGES.items():
        if address.startswith("/{"):
            continue
        view = gather(desk, Query(path, {"q": "embassy"}))
        assert view.title
        assert list(htmls(view.blocks))
        if view.rows is not None:
            rows = list(view.rows())
            assert len({tuple(row) for row in rows}) <= 1, "a table has one set of columns"


def test_a_correction_is_checked_against_the_codebook(desk: Desk) -> None:
    row = next(desk.archive.events())
    now = {f"new_{name}": str(getattr(row.event, name) or "") for name in judging.FIELDS}
    for change, says in (
        ({}, "nothing was changed"),
        ({"new_cameo": "999"}, "no code '999'"),
        ({"new_category": "PRAISE"}, "there are: AGREE"),
        ({"new_mode": "phone", "new_category": "ACCUSE"}, "no mode 'phone'"),
        ({"new_status": "done"}, "there are: occurred"),
        ({"new_cameo": ""}, "cannot be left empty"),
    ):
        with pytest.raises(ArchiveError, match=re.escape(says)):
            judging.correct(desk, "R. Adeyemi", {"entry": row.id, **now, **change})
    assert desk.archive.judgements() == []
    told = judging.correct(desk, "R. Adeyemi", {"entry": row.id, **now, "new_cameo": "036"})
    assert told["verdicts"][row.id].startswith("corrected to cameo 036, says R. Adeyemi")
    with pytest.raises(ArchiveError, match="there is no event"):
        judging.correct(desk, "R. Adeyemi", {"entry": f"{row.report_id}-e99", **now})


def test_only_the_right_token_lets_in(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'record.db'}"
    Archive(url).close()
    assert Desk(url).lets_in(None)
    guarded = Desk(url, token="open sesame")
    assert [guarded.lets_in(token) for token in (None, "", "open", "open sesame")] == [False, False, False, True]
    assert not Desk(url, public=True).lets_in("open sesame")


def test_a_job_names_what_was_refused_and_survives_a_fault(desk: Desk, tmp_path: Path) -> None:
    class Reader:
        def read_many(self, reports: object) -> Iterator[Record]:
            for report in reports:  # type: ignore[attr-defined]
                if "fault" in report.text:
                    raise RuntimeError("it broke")
                yield make.record(report.text)

    desk.reader = lambda who: Reader()
    there = next(desk.archive.reports()).report.text
    good, bad = tmp_path / "0.txt", tmp_path / "1.txt"
    good.write_text("Norway thanked Chile for its help on Tuesday, the minister of foreign affairs said in Oslo.")
    bad.write_text("Norway accused Chile of a fault on Tuesday, the minister of foreign affairs said in Oslo.")
    files = [("good.txt", good), ("bad.txt", bad), ("gone.txt", tmp_path / "2.txt")]
    job = jobs.begin(desk, jobs.Given(text=there, files=files), None, None)
    assert jobs.wait(job, 20)
    assert (job.added, job.there, job.failed) == (1, 1, 2)
    refused = [line["words"] for line in job.lines if line["what"] == "refused"]
    assert any("it broke" in words for words in refused)
    assert any(words.startswith("gone.txt: there is no such file") for words in refused)
    assert str(tmp_path) not in json.dumps(job.facts)
    assert jobs.job_of(job.id) is job
    assert jobs.job_of("another") is None


def test_tellings_say_what_they_differ_in_and_the_words_stand_in_their_sentence(tmp_path: Path) -> None:
    opened = lay(Desk(f"sqlite:///{tmp_path / 'record.db'}"))
    texts = (
        "Qatar thanked Iran for 3 ships on Friday.",
        "In Doha Qatar thanked Iran for 4 ships on Friday, a wire said.",
    )
    for text, outlet in zip(texts, ("Gulf Desk", "The Wire"), strict=True):
        event = make.event(text, date="2024-06-07", date_basis="relative")
        opened.archive.add([make.record(text, publisher=outlet, published="2024-06-07", events=[event])])
    one, other = sorted(opened.archive.events(), key=lambda row: row.publisher or "")
    joined = join(opened, "R. Adeyemi", {"one": one.id, "other": other.id}) if one.event_id != other.event_id else {}
    assert joined.get("go", "/desk/event/").startswith("/desk/event/")
    found = opened.archive.happening(one.id)
    assert len(found.tellings) == 2
    told = told_otherwise(found)
    assert {told[one.id]["how many: ships"], told[other.id]["how many: ships"]} == {"3", "4"}
    for telling in found.tellings:
        before, words, after = cut(telling)
        assert words == telling.evidence.text
        assert before + words + after in (telling.sentence, words)
    assert split(opened, "R. Adeyemi", {"what": other.id})["reload"]
    assert [len(opened.archive.happening(row.id).tellings) for row in (one, other)] == [1, 1]
    with pytest.raises(ArchiveError):
        split(opened, "R. Adeyemi", {"what": other.id})
    opened.archive.close()


def test_the_charts_and_the_style_have_the_same_colours() -> None:
    css = CSS.read_text(encoding="utf-8")
    light, dark = css.split("body.body--dark {")[0], css.split("body.body--dark {")[1].split("}")[0]
    for theme, part in (("light", light), ("dark", dark)):
        for name in ("ink", "quiet", "rule", "accent", "paper", "q1", "q2", "q3", "q4"):
            assert f"--{name}: {COLOURS[theme][name]};" in part, (theme, name)
    painted = echarts({"color": "$q1", "data": [{"itemStyle": {"color": "$ink"}}], "name": "$nothing"}, "dark")
    assert painted["color"] == COLOURS["dark"]["q1"]
    assert painted["data"][0]["itemStyle"]["color"] == COLOURS["dark"]["ink"]


def test_nothing_in_the_style_or_the_script_comes_from_elsewhere() -> None:
    for file in CSS.parent.iterdir():
        text = file.read_text(encoding="utf-8")
        text = text.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xhtml", "")
        assert not re.search(r"https?://|url\(|@import|//cdn", text), file.name


def test_outlines_cover_the_world_and_lie_on_it() -> None:
    outlines = json.loads((CSS.parent / "world.json").read_text(encoding="utf-8"))
    names = [feature["properties"]["name"] for feature in outlines["features"]]
    missing = {state.code for state in world().states if state.kind == "state"} - set(names)
    assert missing <= {"TUV"}
    assert len(names) == len(set(names))
    for feature in outlines["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
                assert all(abs(a[0] - b[0]) < 60 for a, b in itertools.pairwise(ring))


def test_months_between_are_filled_and_colours_follow_the_mean() -> None:
    assert span_of(["2023-11", "2024-02"]) == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert span_of(["2023-12-2", "2024-01-1"]) == ["2023-12-2", "2024-01-0", "2024-01-1"]
    assert span_of([]) == []
    means = (-5, -1, 0, None, 1, 5)
    assert [balance(mean) for mean in means] == ["$q4", "$q3", "$even", "$even", "$q1", "$q2"]


@pytest.mark.parametrize(("right", "number"), [(0, 5), (5, 5), (3, 10), (70, 100)])
def test_the_interval_holds_the_share(right: int, number: int) -> None:
    low, high = wilson(right, number)
    assert 0 <= low <= right / number <= high <= 1
    assert wilson(8, 10)[0] == pytest.approx(0.490, abs=0.001)
