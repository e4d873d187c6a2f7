"""What the routes answer: the archive's own rows, page by page, and what is added through them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import make
from api.conftest import TOKEN, UNLIMITED, Client, FakeReader
from dragoman.api import Limits, build
from dragoman.archive import Archive
from dragoman.exports.formats import ALLOWED, KINDS, export

PROBLEM = "application/problem+json"
REPORT = {"text": "Qatar thanked Iran on Friday.", "published": "2024-06-01", "publisher": "Gulf Desk"}


@pytest.fixture
def archive(filled: str) -> Any:
    with Archive(filled, read_only=True) as opened:
        yield opened


# -- lists


@pytest.mark.parametrize("what", ["reports", "events", "mentions", "contacts", "statements", "commitments", "actors"])
@pytest.mark.parametrize("newest", [False, True])
def test_pages_hold_every_row_once_in_order(client: Client, archive: Archive, what: str, newest: bool) -> None:
    rows = [row.id for row in getattr(archive, what)()]
    told = [row["id"] for row in client.rows(f"/{what}", limit=7, newest=newest)]
    assert len(rows) > 7
    assert told == (rows[::-1] if newest else rows)


def test_filters_are_the_archives(client: Client, archive: Archive) -> None:
    asked = {"state": "IRN", "since": "2024-02-01", "until": "2024-10-31", "min_confidence": 0.2}
    rows = [row.id for row in archive.events(**asked)]
    assert rows
    assert [row["id"] for row in client.rows("/events", limit=3, **asked)] == rows
    assert client.get("/count/events", params=asked).json()["number"] == archive.count("events", **asked)
    counted = client.get("/counts/events", params=asked | {"by": "month"}).json()["rows"]
    assert {row["key"]: row["number"] for row in counted} == {
        one.key: one.number for one in archive.counts("events", by="month", **asked)
    }


def test_a_report_its_record_text_and_entries(client: Client, archive: Archive) -> None:
    row = next(archive.events())
    record = archive.record(row.report_id)
    assert client.get(f"/reports/{row.report_id}").json()["events"] == len(record.events)
    assert client.get(f"/reports/{row.report_id}/record").json() == json.loads(record.model_dump_json())
    assert client.get(f"/reports/{row.report_id}/text").json()["text"] == record.report.text
    entry = client.get(f"/entries/{row.id}").json()
    assert (entry["kind"], entry["entry"]) == ("event", json.loads(row.event.model_dump_json()))
    assert entry["judgements"][0]["by"] == "Ada"
    assert "text" not in client.get(f"/reports/{row.report_id}").json()


def test_search_by_words_and_by_a_phrase(client: Client, archive: Archive) -> None:
    hits = client.rows("/search", q="Doha envoy", limit=4)
    assert {hit["report_id"] for hit in hits} == {hit.report_id for hit in archive.search("Doha envoy")}
    assert all(hit["marks"] for hit in hits)
    assert client.rows("/search", q='"diplomacy in Doha"') == []


def test_two_states_their_timeline_in_pages_and_readouts(client: Client, archive: Archive) -> None:
    found = archive.dyad("IRN", "QAT")
    told = client.rows("/dyads/Iran/QAT", limit=2)
    assert [row["id"] for row in told] == [row.id for row in found.timeline]
    months = client.get("/dyads/IRN/QAT").json()["months"]
    assert [month["sum"] for month in months] == pytest.approx([month.sum for month in found.months])
    assert client.get("/dyads/IRN/IRN").status_code == 404
    assert client.get("/dyads/Atlantis/IRN").status_code == 404
    assert client.get("/dyads/IRN/QAT/readouts").status_code == 200
    partners = client.get("/states/IRN/partners").json()["rows"]
    assert [(row["state"], row["events"]) for row in partners] == archive.partners("IRN", 20)


def test_the_ledger_and_stories(client: Client, archive: Archive) -> None:
    ledger = client.rows("/ledger", limit=5)
    assert [row["id"] for row in ledger] == [entry.id for entry in archive.ledger()]
    assert client.get(f"/ledger/{ledger[0]['id']}").json() == ledger[0]
    stories = client.rows("/stories", least=1, limit=6)
    assert [row["id"] for row in stories] == [row.id for row in archive.stories(least=1)]
    one = client.get(f"/stories/{stories[0]['id']}").json()
    assert [telling["report_id"] for telling in one["tellers"]] == [
        telling.report_id for telling in archive.story(stories[0]["id"]).tellers
    ]
    event = next(archive.events())
    assert client.get(f"/happenings/{event.event_id}").json()["event_id"] == event.event_id


@pytest.mark.parametrize(
    ("form", "what"),
    [(form, what) for form in ALLOWED for what in KINDS if what in ALLOWED[form] and form != "parquet"],
)
def test_an_export_is_the_commands(client: Client, archive: Archive, form: Any, what: Any) -> None:
    asked = {"since": "2024-01-01"}
    answer = client.get(f"/export/{form}/{what}", params=asked)
    assert answer.status_code == 200
    own = "".join(text for suffix, text in export(archive, form, what, **asked).pieces() if not suffix)
    assert answer.text == own
    assert f'filename="dragoman-{what}.{form}"' in answer.headers["content-disposition"]


def test_parquet_is_parquet(client: Client, archive: Archive) -> None:
    import io

    import pandas as pd

    table = pd.read_parquet(io.BytesIO(client.get("/export/parquet/events").content))
    assert list(table["id"]) == [row.id for row in archive.events()]


def test_what_the_server_is(client: Client, archive: Archive) -> None:
    about = client.get("/about").json()
    assert (about["reports"], about["writes"], about["reads"]) == (archive.count("reports"), False, False)


# -- what is sent along


def test_what_a_client_has_is_not_sent_again(client: Client) -> None:
    first = client.get("/events", params={"limit": 2})
    tag = first.headers["etag"]
    again = client.get("/events", params={"limit": 2}, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = client.get("/events", params={"limit": 3}, headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_answers_are_for_no_other_page(client: Client) -> None:
    answer = client.get("/reports")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in answer.headers


# -- problems


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/reports/0000000000000000", 404, "there is no report"),
        ("/reports/xyz", 422, "path.report_id"),
        ("/entries/0000000000000000-e0", 404, "0000000000000000"),
        ("/nothing/here", 404, "/docs tells what there is"),
        ("/events?dyad=Iran-Qatar", 422, "query.dyad"),
        ("/events?since=0", 422, "write a day as 2024-06-01"),
        ("/events?since=2024-06-02&until=2024-06-01", 422, "is later than"),
        ("/events?mood=bad", 422, "query.mood"),
        ("/events?limit=0", 422, "query.limit"),
        ("/events?after=abc", 422, "is no cursor"),
        ("/stories?after=abc", 422, "is no cursor"),
        ("/counts/events?by=mood", 422, "query.by"),
        ("/search?q=%22", 422, "query.q"),
        ("/ledger/0000000000000000-m0", 404, "0000000000000000-m0"),
        ("/stories/ffff0000ffff", 404, "ffff0000ffff"),
    ],
)
def test_what_is_wrong_is_told(client: Client, path: str, status: int, says: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM
    told = answer.json()
    assert (told["status"], told["type"].partition(":problem:")[0]) == (status, "urn:dragoman")
    assert says in told["detail"]


def test_a_cursor_goes_with_its_question(client: Client) -> None:
    after = client.get("/events", params={"limit": 2}).json()["next"]
    assert client.get("/events", params={"limit": 2, "after": after, "quad": 1}).status_code == 422
    assert client.get("/contacts", params={"after": after}).status_code == 422


def test_where_the_archive_lies_is_not_told(client: Client, filled: str) -> None:
    path = filled.removeprefix("sqlite:///")
    for asked in ("/reports/0000000000000000", "/about", "/stories/ffff0000ffff"):
        assert path not in client.get(asked).text


def test_markup_in_an_address_comes_back_as_text(client: Client) -> None:
    answer = client.get("/reports/<script>alert(1)</script>")
    assert answer.headers["content-type"] == PROBLEM
    assert answer.headers["x-content-type-options"] == "nosniff"


# -- writing


def test_a_report_is_added_once(writing: Client) -> None:
    before = writing.get("/about").json()["reports"]
    first = writing.post("/reports", REPORT)
    assert (first.status_code, first.json()["added"]) == (201, 1)
    row = first.json()["rows"][0]
    assert (row["outcome"], row["events"]) == ("added", 1)
    again = writing.post("/reports", [REPORT, REPORT | {"text": "Oman thanked Iraq."}])
    assert [one["outcome"] for one in again.json()["rows"]] == ["already_there", "added"]
    assert writing.get("/about").json()["reports"] == before + 2
    assert writing.get(f"/reports/{row['id']}/text").json()["text"] == REPORT["text"]


def test_reading_keeps_nothing(writing: Client) -> None:
    before = writing.get("/about").json()["reports"]
    answer = writing.post("/read", [REPORT])
    assert answer.json()["rows"][0]["record"]["events"][0]["category"]
    assert writing.get("/about").json()["reports"] == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/reports", REPORT),
        ("/read", REPORT),
        ("/judgements", {"entry": "0123456789abcdef-e0", "verdict": "right", "by": "Ada"}),
        ("/splits", {"what": "0123456789abcdef", "by": "Ada"}),
        ("/joins", {"one": "0123456789abcdef", "other": "fedcba9876543210", "by": "Ada"}),
        ("/ledger/0123456789abcdef-m0/scores", {"score": 1, "by": "Ada"}),
        ("/ledger/steps/1/rulings", {"belongs": False, "by": "Ada"}),
    ],
)
def test_who_has_no_token_writes_nothing(writing: Client, client: Client, path: str, body: Any) -> None:
    for token in (None, "", "wrong", TOKEN + "x"):
        answer = writing.post(path, body, token)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert client.post(path, body).status_code == 403
    plain = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/plain"}
    form = writing.ask(
        "POST",
        path,
        content=json.dumps(body),
        headers=plain,
    )
    assert form.status_code == 415


def test_judgements_are_kept_and_followed(writing: Client) -> None:
    event = writing.rows("/events")[0]
    said = {"entry": event["id"], "verdict": "wrong", "by": "Ada"}
    assert writing.post("/judgements", said).status_code == 201
    assert writing.rows("/judgements", entry=event["id"])[0]["verdict"] == "wrong"
    assert event["id"] not in {row["id"] for row in writing.rows("/events", judged="follow")}
    assert event["id"] in {row["id"] for row in writing.rows("/events", judged="wrong")}
    corrected = said | {"verdict": "corrected", "correction": {"cameo": "036"}}
    assert writing.post("/judgements", corrected).status_code == 201
    mended = {row["id"]: row for row in writing.rows("/events", judged="follow")}
    assert mended[event["id"]]["event"]["cameo"] == "036"
    assert writing.post("/judgements", said | {"entry": "0123456789abcdef-e0"}).status_code == 404


def test_the_ledger_is_ruled_on(writing: Client) -> None:
    entry = writing.rows("/ledger")[0]
    scored = writing.post(f"/ledger/{entry['id']}/scores", {"score": 1, "by": "Ada", "until": "2024-12-31"})
    assert (scored.status_code, scored.json()["scores"][0]["score"]) == (201, 1)
    other = next(row["id"] for row in writing.rows("/reports") if not entry["id"].startswith(row["id"]))
    stepped = writing.post(f"/ledger/{entry['id']}/steps", {"report_id": other, "status": "fulfilled", "by": "Ada"})
    assert stepped.status_code == 201
    number = stepped.json()["history"][-1]["number"]
    assert writing.post(f"/ledger/steps/{number}/rulings", {"belongs": False, "by": "Ben"}).status_code == 201
    assert writing.post(f"/ledger/{entry['id']}/scores", {"score": 2, "by": "Ada"}).status_code == 422


def test_a_story_is_joined_and_split(writing: Client) -> None:
    one, other = (row["id"] for row in writing.rows("/reports")[:2])
    joined = writing.post("/joins", {"one": one, "other": other, "by": "Ada", "reason": "one happening"})
    assert joined.status_code == 201
    story = writing.get(f"/stories/{joined.json()['id']}").json()
    assert {telling["report_id"] for telling in story["tellers"]} == {one, other}
    assert writing.post("/splits", {"what": other, "by": "Ada"}).status_code == 201
    story = writing.get(f"/stories/{one}").json()
    assert {telling["report_id"] for telling in story["tellers"]} == {one}


# -- limits


def limited(tmp_path: Path, reader: Any = None, **limits: Any) -> Client:
    url = f"sqlite:///{tmp_path / 'limited.db'}"
    with Archive(url) as archive:
        archive.add(make.synthetic(1))
    made = build(url, token=TOKEN, reader=reader or (lambda who: FakeReader()), limits=Limits(**limits))
    return Client(made)


def test_too_much_is_refused(tmp_path: Path) -> None:
    small = limited(tmp_path, body=500)
    answer = small.post("/reports", {"text": "x" * 1000})
    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)
    many = Client(
        build(f"sqlite:///{tmp_path / 'limited.db'}", token=TOKEN, reader=lambda who: FakeReader(), limits=UNLIMITED)
    )
    assert many.post("/reports", [{"text": f"Report {n}."} for n in range(101)]).status_code == 422


def test_too_often_is_told_how_long_to_wait(tmp_path: Path) -> None:
    busy = limited(tmp_path, each_minute=6, at_once=3)
    answers = [busy.get("/about") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 20


def test_an_answer_that_takes_too_long_is_given_up_and_what_was_read_is_kept(tmp_path: Path) -> None:
    import threading
    import time

    go_on = threading.Event()

    class Slow(FakeReader):
        def read_many(self, reports: Any) -> Any:
            for record in super().read_many(reports):
                go_on.wait(10)
                yield record

    slow = limited(tmp_path, lambda who: Slow(), reading=0.3)
    ended = []

    async def asked() -> Any:
        import asyncio

        import httpx

        transport = httpx.ASGITransport(app=slow.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            answer = await client.post("/reports", json=REPORT, headers={"Authorization": f"Bearer {TOKEN}"})
            go_on.set()
            until = time.monotonic() + 10
            while time.monotonic() < until:
                about = await client.get("/about")
                if about.json()["reports"] == 2:
                    ended.append(True)
                    break
                await asyncio.sleep(0.05)
            return answer

    import asyncio

    answer = asyncio.run(asked())
    assert (answer.status_code, answer.headers["content-type"]) == (504, PROBLEM)
    assert ended


def test_a_server_answers_for_its_own_names_only(filled: str) -> None:
    own = Client(build(filled, public=True, limits=UNLIMITED, hosts=("127.0.0.1", "localhost")))
    assert own.get("/about").status_code == 200
    assert own.get("/about", headers={"Host": "localhost:8000"}).status_code == 200
    other = own.get("/about", headers={"Host": "rebound.example"})
    assert (other.status_code, other.json()["type"]) == (400, "urn:dragoman:problem:host")


def test_the_documentation_tells_every_route(client: Client) -> None:
    page = (Path(__file__).parents[2] / "docs" / "8-the-api.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`((?:GET|POST) /[^`?]*)`", page))
    paths = client.get("/openapi.json").json()["paths"]
    there = {
        f"{method.upper()} " + re.sub("^/(counts?)/.*", r"/\1/KIND", path)
        for path, operations in paths.items()
        for method in operations
        if not path.startswith("/export/")
    }
    assert told == there | {"GET /export/FORMAT/KIND"}
