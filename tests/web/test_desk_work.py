"""What people do at the desk, in a real browser: add, correct, review, filter, share an address, take away."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import statistics
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.conftest import serving
from tests.web.seen import seen

import make
from dragoman.archive import Archive

HOSTILE = (
    "OSLO, June 4 (Northern Desk) - Norway accused Chile of <img src=x onerror=alert(1)> fishing on Tuesday. "
    "<script>alert('read')</script> Peru thanked Norway."
)


@pytest.mark.slow
def test_a_report_is_added_and_its_event_corrected(chromium: Any, own: tuple[str, Path]) -> None:
    address, file = own
    with seen(chromium, address) as tab:
        tab.sign("R. Adeyemi")
        page = tab.open("/desk/add")
        page.fill("[name=text]", HOSTILE)
        page.fill("[name=published]", "2024-06-05")
        page.click("button.main")
        page.wait_for_selector("#add-lines a", timeout=60_000)
        assert "1 added" in tab.text("#add-count")
        page.click("#add-lines a")
        page.wait_for_selector(".report-text")
        # Markup of a report is text, and nothing of it runs.
        assert "<script>alert('read')</script>" in tab.text(".report-text")
        assert page.locator(".report-text img, .report-text script").count() == 0

        page.click("#e0 [data-open=correct]")
        page.fill("[name=new_cameo]", "114")
        page.click("dialog button.main")
        page.wait_for_function("document.querySelector('#e0 .verdict').textContent.includes('114')")
        assert "R. Adeyemi" in tab.text("#e0 .verdict")
        page.click("#e1 [data-verdict-is=right]")
        page.wait_for_function("document.querySelector('#e1 .verdict').textContent.startsWith('right')")
        assert page.get_attribute("#e1 [data-verdict-is=right]", "aria-pressed") == "true"
        page.reload()
        page.wait_for_selector("#e0 .verdict")
        assert "corrected to cameo 114" in tab.text("#e0 .verdict")
        assert not tab.faults
    with Archive(f"sqlite:///{file}", read_only=True) as archive:
        said = archive.judgements(by="R. Adeyemi")
        assert [judgement.verdict for judgement in said] == ["corrected", "right"]
        assert said[0].correction == {"cameo": "114"}


def test_refusals_are_those_of_the_command_line(chromium: Any, own: tuple[str, Path], tmp_path: Path) -> None:
    address, _ = own
    empty, german = tmp_path / "empty.txt", tmp_path / "deutsch.txt"
    empty.write_text("")
    german.write_text(
        "Der Minister traf am Dienstag seinen Amtskollegen und dankte ihm für die gute Zusammenarbeit. " * 8
    )
    with seen(chromium, address) as tab:
        tab.sign()
        page = tab.open("/desk/add")
        page.set_input_files("[name=files]", [str(empty), str(german)])
        page.fill("[name=urls]", "http://127.0.0.1:9/news")
        page.click("button.main")
        page.wait_for_function("document.querySelectorAll('#add-lines li').length === 3", timeout=30_000)
        told = tab.text("#add-lines")
        assert "0 added, 0 already there, 3 refused" in tab.text("#add-count")
        assert "empty.txt" in told
        assert "deutsch.txt" in told
        assert "English" in told
        assert str(tmp_path) not in told
        assert "/tmp/" not in told


def test_the_review_queue_needs_no_mouse(chromium: Any, own: tuple[str, Path]) -> None:
    address, file = own
    with seen(chromium, address) as tab:
        tab.sign("M. Okafor")
        page = tab.open("/desk/review")
        first = page.get_attribute("[data-card]:not([hidden])", "data-card")
        for key in ("r", "w", "u"):
            before = tab.text("[data-place]")
            page.keyboard.press(key)
            page.wait_for_function(
                "before => document.querySelector('[data-place]').textContent !== before", arg=before
            )
        # Others may have judged before.
        assert re.match(r"\d+ of \d+ right: precision \d+% \(\d+% to \d+%\), 1 unsure", tab.text("[data-so-far]"))
        decided = int(tab.text("[data-so-far]").split()[2])
        page.keyboard.press("ArrowLeft")
        assert tab.text("[data-place]").startswith("3 of")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("c")
        page.wait_for_selector("dialog[open]")
        page.select_option("[name=new_status]", "hypothetical")
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog[open]", state="detached")
        page.keyboard.press("c")
        page.wait_for_selector("dialog[open]")
        page.fill("[name=new_date]", "2020-02-29")
        page.press("[name=new_date]", "Enter")
        more = f"of {decided + 1} right"
        page.wait_for_function("more => document.querySelector('[data-so-far]').textContent.includes(more)", arg=more)
        assert not tab.faults
    with Archive(f"sqlite:///{file}", read_only=True) as archive:
        said = archive.judgements(by="M. Okafor")
        assert [judgement.verdict for judgement in said] == ["right", "wrong", "unsure", "corrected"]
        assert said[0].entry == first
        assert first not in archive.overview.least_sure(most=1000)


def test_a_merge_is_split_and_made_again(chromium: Any, own: tuple[str, Path]) -> None:
    address, file = own
    with Archive(f"sqlite:///{file}", read_only=True) as archive:
        story = next(archive.stories())
        shared = next(one for one in archive.story(story.id).happenings if all(told.event for told in one.tellings))
        event, other = shared.event_id, next(told.id for told in shared.tellings if told.id != shared.event_id)
    with seen(chromium, address) as tab:
        tab.sign("S. Lindqvist")
        page = tab.open(f"/desk/event/{event}")
        assert page.locator(".telling").count() == len(shared.tellings)
        page.click(f"[data-act=split][data-what='{other}']")
        page.wait_for_function("document.querySelectorAll('.telling').length === 1")
        tab.stands()
        page.wait_for_selector(f"[data-act=join][data-other='{other}']")
        page.click(f"[data-act=join][data-other='{other}']")
        page.wait_for_function("document.querySelectorAll('.telling').length === 2")
        tab.stands()
        page.click(".telling summary")
        assert "S. Lindqvist says so" in tab.text(".tellings")

        page = tab.open(f"/desk/story/{story.id}")
        page.click("[data-act=split] >> nth=1")
        page.wait_for_function("document.querySelectorAll('.steps > li').length === 1")
        tab.stands()
        page.fill("[name=other]", other.partition("-")[0][:10])
        page.click("text=Join")
        page.wait_for_function("document.querySelectorAll('.steps > li').length === 2")
        assert not tab.faults
    with Archive(f"sqlite:///{file}", read_only=True) as archive:
        assert archive.check() == []


def test_words_in_a_text_are_explained_by_mouse_and_by_keyboard(chromium: Any, demo: str, demo_file: Path) -> None:
    with Archive(f"sqlite:///{demo_file}", read_only=True) as archive:
        report = next(archive.events(dyad="ALB-MLT")).report_id
    with seen(chromium, demo) as tab:
        page = tab.open(f"/desk/report/{report}")
        page.hover(".report-text .ev >> nth=0")
        page.wait_for_selector("#pop:not([hidden])")
        assert "Reasons" in tab.text("#pop")
        page.keyboard.press("Escape")
        assert page.locator("#pop:not([hidden])").count() == 0
        page.focus(".report-text .ev[tabindex] >> nth=1")
        page.keyboard.press("Enter")
        page.wait_for_selector(".entry.lit details[open]")
        assert "Codebook" in tab.text(".entry.lit")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "seek" or page.locator("#pop:not([hidden])").count()
        assert not tab.faults


FILTERS: dict[str, list[tuple[str, str, str]]] = {
    "/desk/dyad/ALB-MLT": [
        ("since", "2025-05-01", "fill"), ("until", "2025-07-31", "fill"), ("kind", "contact", "choose"),
    ],
    "/desk/ledger": [
        ("one", "Albania", "enter"), ("other", "MLT", "enter"), ("kind", "promise", "choose"),
        ("status", "open", "choose"), ("due", "open", "choose"),
        ("since", "2025-01-01", "fill"), ("until", "2025-12-31", "fill"),
    ],
    "/desk/network": [
        ("since", "2025-01-01", "fill"), ("until", "2025-12-31", "fill"), ("state", "Albania", "enter"),
        ("weigh", "events", "choose"), ("least", "2", "enter"),
    ],
    "/desk/map": [
        ("since", "2025-01-01", "fill"), ("until", "2025-12-31", "fill"),
        ("state", "MOZ", "enter"), ("quad", "1", "choose"),
    ],
    "/desk/find?q=minister": [
        ("actor", "Albania", "enter"), ("category", "CONSULT", "choose"), ("publisher", "Bosporus Agency", "choose"),
        ("since", "2025-01-01", "fill"), ("until", "2025-12-31", "fill"),
    ],
    "/desk/actor/ALB": [("since", "2025-01-01", "fill"), ("until", "2025-12-31", "fill")],
    "/desk/actor/Ledion%20Harizaj": [("on", "2025-04-01", "fill")],
    "/desk/review": [("category", "ACCUSE", "choose")],
}  # fmt: skip


@pytest.mark.parametrize("path", FILTERS)
def test_each_filter_is_in_the_address_and_a_second_browser_sees_the_same(path: str, chromium: Any, demo: str) -> None:
    with seen(chromium, demo) as tab:
        page = tab.open(path)
        for name, value, how in FILTERS[path]:
            field = f"form.filters [name={name}]"
            if how == "choose":
                page.select_option(field, value)
            else:
                page.fill(field, value)
                page.press(field, "Enter")
            page.wait_for_function("name => new URLSearchParams(location.search).has(name)", arg=name)
            tab.stands()
        shared = page.url.removeprefix(demo)
        shown = tab.text("main")
        assert (
            "notice" not in (page.get_attribute("main [role=alert]", "class") or "")
            if page.locator("main [role=alert]").count()
            else True
        )
        assert not tab.faults
    with seen(chromium, demo) as other:
        other.open(shared)
        assert other.text("main") == shown
        for name, value, how in FILTERS[path]:
            kept = other.page.input_value(f"form.filters [name={name}]")
            assert kept == value or (how == "enter" and kept == {"Albania": "ALB"}.get(value))


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("ALB-MLT", "/desk/dyad/ALB-MLT"),
        ("Albania and Malta", "/desk/find?q=Albania+and+Malta"),
        ("Harizaj", "/desk/find?q=Harizaj"),
    ],
)
def test_the_search_box_takes_everything(typed: str, there: str, chromium: Any, demo: str) -> None:
    with seen(chromium, demo) as tab:
        page = tab.open("/desk/")
        page.keyboard.press("/")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{there}")
        tab.stands()
        assert page.url.endswith(there)
        if "find" in there:
            name = "Albania – Malta" if " " in typed else "Ledion Harizaj"
            page.click(f"main a:has-text('{name}') >> nth=0")
            page.wait_for_selector(f"h1:has-text('{name}')")
            assert name in page.inner_text("h1")


def test_what_is_shown_can_be_taken_away(chromium: Any, demo: str, tmp_path: Path) -> None:
    path = "/desk/ledger?kind=promise"
    with seen(chromium, demo) as tab:
        page = tab.open(path)
        rows = page.locator("tbody tr").count()
        with page.expect_download() as given:
            page.click("text=PNG")
        given.value.save_as(tmp_path / "ledger.png")
        assert (tmp_path / "ledger.png").read_bytes().startswith(b"\x89PNG")
        assert (tmp_path / "ledger.png").stat().st_size > 20_000
        table, data = (page.get_attribute(f"text={form}", "href") for form in ("CSV", "JSON"))
    told = list(csv.DictReader(io.StringIO(httpx.get(demo + table).text)))
    assert len(told) == rows
    assert {row["kind"] for row in told} == {"promise"}
    assert len(json.loads(httpx.get(demo + data).text)) == rows


def test_empty_views_say_what_to_do(chromium: Any, demo: str, tmp_path: Path) -> None:
    with seen(chromium, demo) as tab:
        for path, says in (
            ("/desk/dyad/NOR-CHL", "add reports that tell of both"),
            ("/desk/ledger?one=NOR", "Take a filter away"),
            ("/desk/find?q=zzzz", "Try fewer words"),
            ("/desk/network?since=1990-01-01&until=1990-02-01", "take the filters away"),
            ("/desk/map?since=1990-01-01&until=1990-02-01", "Ask for more days"),
            ("/desk/ledger?since=soon", "is no day; write it as 2024-06-01"),
        ):
            tab.open(path)
            assert says.lower() in tab.text("main").lower()
    with Archive(f"sqlite:///{tmp_path / 'new.db'}"):
        pass
    with serving(f"sqlite:///{tmp_path / 'new.db'}", log=tmp_path / "log") as address, seen(chromium, address) as tab:
        tab.open("/desk/")
        assert "This archive is empty" in tab.text("main")


@pytest.mark.slow
def test_who_may_write(chromium: Any, demo_file: Path, tmp_path: Path) -> None:
    shutil.copy(demo_file, tmp_path / "kept.db")
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with serving(url, "token=open sesame", log=tmp_path / "log") as address, seen(chromium, address) as tab:
        page = tab.open("/desk/review")
        page.keyboard.press("r")
        page.wait_for_url("**/desk/sign?**")
        tab.stands()
        page.fill("[name=called]", "R. Adeyemi")
        page.fill("[name=token]", "wrong")
        page.click("button.main")
        page.wait_for_selector("[role=alert]")
        assert "not this server" in tab.text("[role=alert]")
        page.fill("[name=called]", "R. Adeyemi")
        page.fill("[name=token]", "open sesame")
        page.click("button.main")
        page.wait_for_url("**/desk/review")
        tab.stands()
        page.keyboard.press("r")
        page.wait_for_function("document.querySelector('[data-so-far]').textContent.startsWith('1 of 1')")
        cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
        assert "sesame" not in json.dumps(cookies)
        assert all(cookies[name]["httpOnly"] for name in ("dragoman_name", "dragoman_proof"))
        # Another site cannot write in somebody's name, nor can anybody without signing.
        assert (
            httpx.post(f"{address}/desk/add/take", files={"text": (None, "Norway thanked Chile.")}).status_code == 403
        )
    with serving(url, "public", log=tmp_path / "log2") as address, seen(chromium, address) as tab:
        tab.open("/desk/review")
        assert tab.page.locator("[data-review-act]").count() == 0
        assert "open to read only" in tab.open("/desk/add").inner_text("main")
        assert (
            httpx.post(f"{address}/desk/add/take", files={"text": (None, "Norway thanked Chile.")}).status_code == 403
        )
    with sqlite3.connect(tmp_path / "kept.db") as kept:
        assert kept.execute("SELECT count(*) FROM judgements").fetchone() == (1,)


@pytest.mark.slow
def test_a_hostile_archive_is_shown_as_text_everywhere(chromium: Any, tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    text = f"Qatar {evil} thanked Iran on Friday in {evil}."
    event = make.event(text, "Qatar", "thanked", "Iran", place=make.place(text, evil, name=evil), date="2024-06-01")
    actor = make.actor(evil, kind="person", country="QAT", mentions=[make.span(text, "Qatar")])
    party = make.party(text, "Qatar").model_copy(update={"actor": actor})
    record = make.record(
        text, title=evil, publisher=evil, published="2024-06-01", url="javascript:alert(3)",
        actors=[actor, make.actor("Iran", mentions=[make.span(text, "Iran")])],
        events=[event.model_copy(update={"actors": (party,)})],
        contacts=[make.contact(text, "Qatar", "Iran", date="2024-06-01")],
        commitments=[make.commitment(text, "Qatar", "thanked Iran").model_copy(update={"by": (party,)})],
        statements=[make.statement(text, "Qatar", "thanked Iran").model_copy(update={"speakers": (party,)})],
        places=[make.place(text, evil, name=evil)],
    )  # fmt: skip
    with Archive(f"sqlite:///{tmp_path / 'evil.db'}") as archive:
        archive.add([record])
        paths = ["/", "/dyad/IRN-QAT", "/ledger", f"/ledger/{archive.ledger()[0].id}", "/network?weigh=events", "/map"]
        paths += [
            "/actor/QAT",
            "/review",
            "/find?q=thanked",
            f"/event/{next(archive.events()).event_id}",
            f"/story/{record.report.id}",
        ]
    paths += [
        f"/report/{record.report.id}",
        f"/actor/{evil}",
        f"/find?q={evil}",
        f"/dyad/{evil}",
        f"/ledger?one={evil}",
    ]
    with serving(f"sqlite:///{tmp_path / 'evil.db'}", log=tmp_path / "log") as address, seen(chromium, address) as tab:
        for path in paths:
            page = tab.open(f"/desk{path}")
            page.wait_for_timeout(60)
            assert page.locator("main img[src=x], main script").count() == 0, path
            assert page.locator("a[href^=javascript]").count() == 0, path
        tab.faults = [fault for fault in tab.faults if "404" not in fault]
        assert not tab.faults


VISITED = ["/", "/dyad/ALB-MLT", "/ledger", "/network", "/map", "/actor/ALB", "/review", "/find?q=minister", "/add"]


def test_twenty_visitors_at_once_wait_less_than_a_second(demo: str) -> None:
    for path in VISITED:
        httpx.get(f"{demo}/desk{path}", timeout=60)
    # What else the machine does can only make them wait longer, so that the best of three rounds tells most.
    rounds = (statistics.quantiles(waits_of_twenty(demo), n=20)[-1] for _ in range(3))
    assert any(wait < 1.0 for wait in rounds)


def waits_of_twenty(address: str) -> list[float]:
    """How long twenty visitors wait, each for four pages, with a second to look at each."""
    waited: list[float] = []

    def visit(number: int) -> None:
        time.sleep(number / 20)
        with httpx.Client(timeout=60) as client:
            for step in range(4):
                begin = time.perf_counter()
                answer = client.get(f"{address}/desk{VISITED[(number * 3 + step) % len(VISITED)]}")
                waited.append(time.perf_counter() - begin)
                assert answer.status_code == 200
                time.sleep(1)

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(20)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert len(waited) == 80
    return waited
