"""Every page over the sample world in a real browser: it stands, says what it should, keeps its filters in the address,
asks no other host, leaves the console empty, and has no serious fault that axe knows; light, dark and on a phone.

With DRAGOMAN_SCREENS=1 the pictures go to docs/screens."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.web.seen import seen

from dragoman.archive import Archive

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
LARGEST = 250_000
PAGES = {
    "today": ("/desk/", "Most active pairs"),
    "report": ("/desk/report/{report}", "Events"),
    "event": ("/desk/event/{event}", "As told"),
    "story": ("/desk/story/{story}", "Who tells it"),
    "dyad": ("/desk/dyad/ALB-MLT", "Cooperation and conflict by month"),
    "state": ("/desk/actor/ALB", "With whom"),
    "person": ("/desk/actor/Ledion%20Harizaj", "Whom they meet"),
    "network": ("/desk/network", "The same as a table"),
    "map": ("/desk/map", "Natural Earth"),
    "ledger": ("/desk/ledger", "In these words"),
    "commitment": ("/desk/ledger/{commitment}", "What became of it"),
    "search": ("/desk/find?q=ambassador", "Reports"),
    "add": ("/desk/add", "What became of them"),
    "review": ("/desk/review", "least sure first"),
    "sign": ("/desk/sign", "kept under your name"),
}


@pytest.fixture(scope="session")
def known(demo_file: Path) -> dict[str, str]:
    """Ids that addresses need."""
    with Archive(f"sqlite:///{demo_file}", read_only=True) as archive:
        report = next(row for row in archive.reports() if "Türkiye" in (row.title or ""))
        stories = [archive.story(row.id) for row in archive.stories()]
        shared = max((one for story in stories for one in story.happenings), key=lambda one: len(one.differences))
        most = max(archive.ledger(), key=lambda entry: len(entry.history))
        return {"report": report.id, "event": shared.event_id, "story": shared.story_id, "commitment": most.id}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_and_has_no_fault(
    name: str, chromium: Any, demo: str, known: dict[str, str], tmp_path: Path
) -> None:
    path, says = PAGES[name]
    for theme in ("light", "dark"):
        with seen(chromium, demo, theme=theme) as tab:
            page = tab.open(path.format(**known))
            page.wait_for_timeout(250)
            assert says in tab.text("body")
            assert page.evaluate("document.body.classList.contains('body--dark')") == (theme == "dark")
            assert not tab.faults
            assert _serious(page, theme) == []
            _pictured(page, name, theme, tmp_path)


@pytest.mark.parametrize("name", ["today", "report", "dyad", "ledger", "map", "review"])
def test_on_a_phone_nothing_hangs_over(name: str, chromium: Any, demo: str, known: dict[str, str]) -> None:
    with seen(chromium, demo, width=390, height=844) as tab:
        page = tab.open(PAGES[name][0].format(**known))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert not tab.faults


def _serious(page: Any, theme: str) -> list[str]:
    """What axe finds; of a page that was looked at in light, only what colours can change."""
    from axe_playwright_python.sync_playwright import Axe

    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if theme == "dark":
        options["runOnly"] = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {fault['nodes'][0]['html'][:200]} {fault['nodes'][0]['failureSummary']}"
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]


def _pictured(page: Any, name: str, theme: str, tmp_path: Path) -> None:
    folder = SCREENS if os.environ.get("DRAGOMAN_SCREENS") else tmp_path
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}-{theme}.png"
    for height in (800, 700, 600):
        page.screenshot(path=str(file), clip={"x": 0, "y": 0, "width": 1280, "height": height})
        if file.stat().st_size <= LARGEST:
            return
    pytest.fail(f"{file} has {file.stat().st_size:,} bytes")
