"""The review queue: events nobody has judged, the least sure first, one at a time, by keyboard alone."""

from __future__ import annotations

import itertools
from math import sqrt
from typing import Any, get_args

from dragoman.evidence import Span
from dragoman.record.entries import Category, Event
from dragoman.terminal.reasons import facts_of
from dragoman.web.parts import judging
from dragoman.web.parts.address import Query, to
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Html, View

BATCH = 20
AROUND = 260
"""Signs of the text that are shown on either side of the evidence."""
_Z = 1.96


def gather(desk: Desk, query: Query) -> View:
    """A batch of events; further ones come when these are done."""
    category = query.choice("category", get_args(Category))
    ids = desk.archive.overview.least_sure(category=category, most=BATCH)
    cards = [_card(desk, entry) for entry in ids]
    facts: dict[str, Any] = {
        "cards": cards,
        "category": category,
        "categories_known": get_args(Category),
        "so_far": so_far(desk),
        "writes": not desk.public,
        **judging.choices(),
    }
    html = render("review.html", **facts)
    dialog = Html(render("correct.html", **facts))

    def judge(desk: Desk, by: str, sent: dict[str, Any]) -> dict[str, Any]:
        return judging.judge(desk, by, sent) | {"so_far": so_far(desk)}

    def correct(desk: Desk, by: str, sent: dict[str, Any]) -> dict[str, Any]:
        return judging.correct(desk, by, sent) | {"so_far": so_far(desk)}

    rows = lambda: (  # noqa: E731
        {
            "id": card["id"],
            "confidence": card["event"].confidence,
            "category": card["event"].category,
            "words": card["event"].evidence.text,
        }
        for card in cards
    )
    acts = {"judge": judge, "correct": correct}
    blocks = (Html(html), dialog)
    return View(title="Review", section="review", blocks=blocks, rows=rows, name="review-queue", acts=acts)


def so_far(desk: Desk) -> dict[str, Any]:
    """How many events are judged, and how many of them are right, with Wilson's interval of 95 %."""
    counts: dict[str, int] = dict.fromkeys(("right", "wrong", "corrected", "unsure"), 0)
    for entry, said in judging.latest(desk.archive.judgements()).items():
        if "-e" in entry:
            counts[said.verdict] += 1
    decided = counts["right"] + counts["wrong"] + counts["corrected"]
    words = "no event judged yet"
    if decided:
        low, high = wilson(counts["right"], decided)
        share = counts["right"] / decided
        words = f"{counts['right']} of {decided} right: precision {share:.0%} ({low:.0%} to {high:.0%})"
    if counts["unsure"]:
        words += f", {counts['unsure']} unsure"
    return {"words": words, **counts}


def wilson(right: int, number: int) -> tuple[float, float]:
    """The interval in which the true share lies with 95 % certainty."""
    share, square = right / number, _Z * _Z
    middle = (share + square / (2 * number)) / (1 + square / number)
    half = _Z * sqrt(share * (1 - share) / number + square / (4 * number * number)) / (1 + square / number)
    return max(0.0, middle - half), min(1.0, middle + half)


def _card(desk: Desk, entry: str) -> dict[str, Any]:
    report_id, _, place = entry.rpartition("-")
    record = desk.record(report_id)
    event = record.events[int(place[1:])]
    return {
        "id": entry,
        "event": event,
        "why": facts_of(event),
        "pieces": _sentence(record.report.text, event),
        "title": record.report.title,
        "publisher": record.report.publisher,
        "published": record.report.published,
        "address": f"{to('report', entry)}#{place}",
    }


def _sentence(text: str, event: Event) -> list[tuple[str, str]]:
    """The evidence and what stands around it, in pieces with their classes."""
    begin, end = max(event.evidence.start - AROUND, 0), min(event.evidence.end + AROUND, len(text))
    begin = max(begin, text.rfind("\n\n", 0, event.evidence.start) + 2)
    after = text.find("\n\n", event.evidence.end)
    end = min(end, after) if after > 0 else end
    marks: list[tuple[Span, str]] = [(event.trigger, "trigger")]
    marks += [(party.span, "party") for party in (*event.actors, *event.recipients)]
    cuts = sorted(
        {begin, end, event.evidence.start, event.evidence.end}
        | {edge for span, _ in marks for edge in (span.start, span.end) if begin < edge < end}
    )
    made = []
    for start, stop in itertools.pairwise(cuts):
        over = [name for span, name in marks if span.start <= start and stop <= span.end]
        inside = event.evidence.start <= start and stop <= event.evidence.end
        made.append((text[start:stop], " ".join(over) or ("" if inside else "around")))
    return made
