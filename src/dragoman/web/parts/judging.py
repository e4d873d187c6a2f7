"""What a reader says of an entry: right, wrong, unsure, or what it should be.

In: what a page sent. Out: what the page is told. The fields that can be corrected, and their values, come from the
codebook; a value that does not exist is refused with the ones that do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from dragoman.errors import ArchiveError
from dragoman.judgement import Judgement
from dragoman.knowledge.codebook import codebook
from dragoman.record.entries import Category, Event, Status
from dragoman.web.parts.desk import Desk

FIELDS = ("category", "mode", "cameo", "status", "date")
_SAID = {"right": "right", "wrong": "wrong", "unsure": "unsure", "corrected": "corrected"}


def judge(desk: Desk, by: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Keep a verdict on one entry, as `view.Act`."""
    entry, verdict = str(sent.get("entry", "")), str(sent.get("verdictIs") or sent.get("verdict") or "")
    if verdict not in _SAID:
        raise ArchiveError(f"verdict {verdict!r} does not exist; there are: {', '.join(_SAID)}")
    said = desk.archive.judge(entry, verdict, by=by)
    return {"verdicts": {entry: shown(said)}, "said": f"Kept: {verdict}."}


def correct(desk: Desk, by: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Keep what an event should be, as `view.Act`; fields left as they are do not count."""
    entry = str(sent.get("entry", ""))
    event = event_of(desk, entry)
    now = {name: str(getattr(event, name) or "") for name in FIELDS}
    given = {name: " ".join(str(sent.get(f"new_{name}", "")).split()) for name in FIELDS}
    changed = {name: value for name, value in given.items() if value != now[name]}
    _check(changed, event)
    if not changed:
        raise ArchiveError("nothing was changed; change a field, or say that it is right")
    emptied = [name for name, value in changed.items() if not value and name != "mode"]
    if emptied:
        raise ArchiveError(f"{emptied[0]} cannot be left empty; say that the event is wrong, if it is")
    said = desk.archive.judge(entry, "corrected", by=by, correction=changed)
    return {"verdicts": {entry: shown(said)}, "said": "Correction kept."}


def event_of(desk: Desk, entry: str) -> Event:
    """The event with this id.

    Raises:
        ArchiveError: when there is none.
    """
    report, _, place = entry.rpartition("-")
    if place[:1] == "e" and place[1:].isdecimal():
        events = desk.record(report).events
        if int(place[1:]) < len(events):
            return events[int(place[1:])]
    raise ArchiveError(f"there is no event {entry!r} here")


def shown(said: Judgement) -> str:
    """A judgement in words."""
    what = "; ".join(f"{name} {value or 'none'}" for name, value in (said.correction or {}).items())
    return f"{said.verdict}{f' to {what}' if what else ''}, says {said.by}, {said.at.date().isoformat()}"


def latest(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """For each entry what was said last."""
    return {said.entry: said for said in judgements}


def choices() -> dict[str, Any]:
    """What may be chosen in a correction."""
    book = codebook()
    modes = sorted({mode for known in book.modes.values() for mode in known})
    return {
        "categories": get_args(Category),
        "modes": modes,
        "cameo": [(code, entry.gloss) for code, entry in book.cameo.items()],
        "statuses": get_args(Status),
    }


def _check(changed: dict[str, str], event: Event) -> None:
    book = codebook()
    category = changed.get("category", event.category)
    if category not in book.categories:
        raise ArchiveError(f"category {category!r} does not exist; there are: {', '.join(book.categories)}")
    mode = changed.get("mode", event.mode if "category" not in changed else "")
    modes = book.modes.get(category, {})
    if mode and mode not in modes:
        known = f"it has: {', '.join(modes)}" if modes else "it has none"
        raise ArchiveError(f"{category} has no mode {mode!r}; {known}")
    if changed.get("cameo") and changed["cameo"] not in book.cameo:
        raise ArchiveError(f"CAMEO has no code {changed['cameo']!r}; codes are text of two to four digits, such as 036")
    if changed.get("status") and changed["status"] not in get_args(Status):
        raise ArchiveError(f"status {changed['status']!r} does not exist; there are: {', '.join(get_args(Status))}")
