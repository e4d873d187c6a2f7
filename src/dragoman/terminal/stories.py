"""Stories in print: what happened as a list, and one happening with its tellings side by side.

In: rows and stories of the archive. Out: a table or a story on a terminal, JSON, and lines for a pipe, of these kinds:

    story      | id | first day | last day | reports | outlets | code | who | to whom | title
    report     | id | day | outlet | confidence | copy of | by | title | why
    event      | event id | code | first day | last day | who | to whom
    telling    | id | event id | day | outlet | status | confidence | by | words | why
    difference | event id | in what | tellings | how they tell it
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.terminal.columns import Column, table
from dragoman.terminal.palette import QUIET, STRONG
from dragoman.terminal.plain import joined
from dragoman.terminal.printing import print_json
from dragoman.terminal.screen import Form, put, screen
from dragoman.terminal.tables import WIDE, heading, stacked
from dragoman.terminal.view import TEXT_WIDTH
from dragoman.terminal.wording import code, counted, day, line, names

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.archive.story_rows import Difference, EventTelling, Happening, Story, StoryRow, Teller
    from dragoman.record.entries import Event, Reason

PAGE = 200
SHORT = 8
"""Signs of an id that are enough to tell stories apart."""


def show_list(console: Console, rows: Iterable[StoryRow]) -> int:
    """Print stories in tables of up to `PAGE` rows; returns how many there were."""
    number, left = 0, iter(rows)
    while page := list(islice(left, PAGE)):
        number += len(page)
        console.print(_table(page, console.width))
    console.print(Text(counted(number, "story", "stories"), style=QUIET))
    return number


def _table(page: list[StoryRow], width: int) -> Table:
    wide = width >= WIDE
    columns = [Column("Id"), Column("Days"), Column("Story", share=1.6)]
    columns += [Column("Who"), Column("Did"), Column("To whom")] if wide else []
    columns += [Column("Reports", right=True), Column("Outlets", right=True)]
    cells = []
    for row in page:
        did = Text(code(row.event), style=STRONG) if row.event else Text("")
        title = Text(line(row.title))
        who = (Text(names(row.event.actors)), Text(_whom(row.event))) if row.event else (Text(""), Text(""))
        told = [title, who[0], did, who[1]] if wide else [stacked(title, did)]
        counts = [Text(str(row.reports)), Text(str(row.outlets))]
        cells.append([Text(row.id[:SHORT], style=QUIET), Text(_days(row).replace(" to ", "\nto ")), *told, *counts])
    return table(columns, cells, width, apart=not wide)


def _days(row: StoryRow | Story) -> str:
    first, last = (str(day) if day else "" for day in (row.opened, row.updated))
    return day(f"{first}/{last}") if first and last else ""


def _whom(event: Event) -> str:
    return "each other" if event.reciprocal and not event.recipients else names(event.recipients)


def print_story(story: Story, form: Form) -> None:
    """Print one story with everybody who tells it, in the form that was asked for."""
    if form == "table":
        _story(screen(), story)
    elif form == "lines":
        for text in story_lines(story):
            put(text)
    else:
        print_json(iter([story_data(story)]), form)


def _story(console: Console, story: Story) -> None:
    width = min(console.width, TEXT_WIDTH)
    console.print(Text(line(story.title), style=STRONG), width=width)
    told = (_days(story), counted(len(story.tellers), "report"), counted(len(story.outlets), "outlet"), story.id)
    console.print(Text(" · ".join(filter(None, told)), style=QUIET), width=width)
    for happening in story.happenings:
        _happening(console, happening, width)
    console.print(heading("Reports", len(story.tellers), "report"))
    for teller in story.tellers:
        _teller(console, teller, width)


def _happening(console: Console, happening: Happening, width: int) -> None:
    event = happening.event
    console.print(heading("What happened", len(happening.tellings), "telling"))
    who = " → ".join(filter(None, (names(event.actors), _whom(event))))
    span = day("/".join(filter(None, (happening.first_day, happening.last_day))))
    console.print(Text.assemble((code(event), STRONG), f"  {who}"), width=width)
    console.print(Text(" · ".join(filter(None, (span, happening.event_id))), style=QUIET), width=width)
    cells = [
        [
            stacked(Text(_source(telling), style=STRONG), Text(_standing(telling), style=QUIET)),
            stacked(Text(f"“{line(telling.sentence)}”"), Text(_why(telling), style=QUIET)),
        ]
        for telling in happening.tellings
    ]
    console.print(table([Column("Told by", share=0.5), Column("In these words")], cells, width, apart=True))
    if happening.differences:
        rows = [
            [Text(difference.what, style=STRONG), Text(_told(difference, happening))]
            for difference in happening.differences
        ]
        console.print(table([Column("What differs", share=0.5), Column("How it is told")], rows, width, apart=True))


def _source(telling: EventTelling | Teller) -> str:
    return line(telling.publisher) if telling.publisher else telling.report_id[:SHORT]


def _standing(telling: EventTelling) -> str:
    """When it was told, how far the event came, on whose side the report is."""
    published = str(telling.published) if telling.published else "no day"
    side = f"told on the side of {telling.voice.side}" if telling.voice and telling.voice.side else ""
    status = telling.status if telling.event is not None else "not coded from its words"
    return "\n".join(filter(None, (published, status, side, telling.id)))


def _why(telling: EventTelling) -> str:
    sure = f" ({telling.confidence:.2f})" if telling.confidence is not None else ""
    return f"why{sure}: {_facts(telling.reasons)}" if telling.reasons else ""


def _facts(reasons: Iterable[Reason]) -> str:
    """What spoke for it, then what spoke against it."""
    said = [(line(reason.fact), reason.weight) for reason in reasons]
    against = [fact for fact, weight in said if weight < 0]
    told = "; ".join(fact for fact, weight in said if weight >= 0)
    return told + (f"; against it: {'; '.join(against)}" if against else "")


def _told(difference: Difference, happening: Happening) -> str:
    sources = {telling.id: _source(telling) for telling in happening.tellings}
    return "\n".join(
        f"{line(value)}: {', '.join(dict.fromkeys(sources[one] for one in tellings))}"
        for value, tellings in difference.told
    )


def _teller(console: Console, teller: Teller, width: int) -> None:
    published = str(teller.published) if teller.published else "no day"
    console.print(Text(f"{published}  {_source(teller)}: {line(teller.title)}", style=STRONG), width=width)
    copied = f"nearly the same text as {teller.copy_of[:SHORT]}" if teller.copy_of else ""
    sure = f" ({teller.confidence:.2f})" if teller.confidence is not None else ""
    why = f"why{sure}: {_facts(teller.reasons)}" if teller.reasons else "the report that it began with"
    told = "\n".join(filter(None, (" · ".join(filter(None, (teller.report_id, copied))), why)))
    console.print(Padding(Text(told, style=QUIET), (0, 0, 0, 2)), width=width)


def row_line(row: StoryRow) -> str:
    """A story as a line for a pipe."""
    days = (str(one) if one else None for one in (row.opened, row.updated))
    what = (code(row.event), names(row.event.actors), _whom(row.event)) if row.event else (None, None, None)
    return joined("story", row.id, *days, str(row.reports), str(row.outlets), *what, row.title)


def story_lines(story: Story) -> Iterator[str]:
    """A story, its reports and its events as lines for a pipe."""
    for teller in story.tellers:
        published = str(teller.published) if teller.published else None
        known = (teller.report_id, published, teller.publisher, _number(teller.confidence), teller.copy_of, teller.by)
        yield joined("report", *known, teller.title, _facts(teller.reasons))
    for happening in story.happenings:
        event = happening.event
        days = (happening.first_day, happening.last_day)
        yield joined("event", happening.event_id, code(event), *days, names(event.actors), _whom(event))
        for telling in happening.tellings:
            published = str(telling.published) if telling.published else None
            place = (telling.id, happening.event_id, published, telling.publisher, telling.status)
            sure = (_number(telling.confidence), telling.by)
            yield joined("telling", *place, *sure, telling.sentence, _facts(telling.reasons))
        for difference in happening.differences:
            for value, tellings in difference.told:
                yield joined("difference", happening.event_id, difference.what, ",".join(tellings), value)


def _number(confidence: float | None) -> str | None:
    return f"{confidence:.2f}" if confidence is not None else None


def row_data(row: StoryRow) -> dict[str, Any]:
    """A story of a list as JSON has it."""
    return {
        "id": row.id,
        "title": row.title,
        "opened": str(row.opened) if row.opened else None,
        "updated": str(row.updated) if row.updated else None,
        "reports": row.reports,
        "outlets": row.outlets,
        "event_id": row.event_id,
        "event": row.event.model_dump(mode="json") if row.event else None,
    }


def story_data(story: Story) -> dict[str, Any]:
    """A story as JSON has it."""
    return {
        "id": story.id,
        "title": story.title,
        "opened": str(story.opened) if story.opened else None,
        "updated": str(story.updated) if story.updated else None,
        "event_id": story.event_id,
        "outlets": list(story.outlets),
        "reports": [_plain(teller) for teller in story.tellers],
        "events": [happening_data(happening) for happening in story.happenings],
    }


def happening_data(happening: Happening) -> dict[str, Any]:
    """An event with all its tellings as JSON has it."""
    return {
        "event_id": happening.event_id,
        "story_id": happening.story_id,
        "event": happening.event.model_dump(mode="json"),
        "first_day": happening.first_day,
        "last_day": happening.last_day,
        "outlets": list(happening.outlets),
        "tellings": [_plain(telling) for telling in happening.tellings],
        "differences": [
            {"what": difference.what, "told": [{"value": v, "tellings": list(ids)} for v, ids in difference.told]}
            for difference in happening.differences
        ],
    }


def _plain(told: Teller | EventTelling) -> dict[str, Any]:
    data = asdict(told)
    data["published"] = str(told.published) if told.published else None
    data["reasons"] = [reason.model_dump() for reason in told.reasons]
    if "evidence" in data:
        data["evidence"] = told.evidence.model_dump()  # type: ignore[union-attr]
        event, voice = told.event, told.voice  # type: ignore[union-attr]
        data["event"] = event.model_dump(mode="json") if event is not None else None
        data["voice"] = {"side": voice.side, "reasons": [r.model_dump() for r in voice.reasons]} if voice else None
    return data
