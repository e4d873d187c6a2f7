"""In what tellings of one event do not agree: who, when, where, how many, on whose word, in what words, on whose side.

In: tellings. Out: `Difference`s. What a telling leaves open is no difference, nor is what all tell alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dragoman.archive.story_rows import Difference, EventTelling
from dragoman.knowledge.folding import fold
from dragoman.knowledge.readouts import readout_words
from dragoman.reading.times import ANY
from dragoman.record.entries import Event, Party

_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "dozens": "dozens", "hundreds": "hundreds", "thousands": "thousands",
}  # fmt: skip
"""Words for numbers; one is left out, for it is as often no number."""
_SMALL = {"hundred": 100, "thousand": 1000}
# A number, perhaps with a thousand behind it, that does not stand in a date or a compound such as "first-ever".
_COUNT = re.compile(
    rf"(?<![\w.,-])(\d[\d,]*(?:\.\d+)?|{'|'.join(_NUMBERS)})(?:\s+(hundred|thousand|million|billion))?(?![\w-])",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[^\W\d_][\w’'-]*")
_NEAR = 30
_READ = 1500


def differences(tellings: Sequence[EventTelling], texts: Mapping[str, str]) -> tuple[Difference, ...]:
    """All in which the tellings do not agree.

    Args:
        tellings: of one event.
        texts: of their reports, by report id.
    """
    own: tuple[tuple[str, Callable[[Event], str | None]], ...] = (
        ("kind", lambda event: " ".join(filter(None, (event.category, event.mode)))),
        ("who acts", lambda event: _who(event.actors)),
        ("who is acted on", lambda event: _who(event.recipients)),
        ("when", lambda event: event.date if event.date_basis in ("stated", "relative") else None),
        ("where", lambda event: event.place.name if event.place else None),
        ("on whose word", lambda event: _who([event.asserted_by]) if event.asserted_by else None),
        ("wording", lambda event: fold(event.trigger.text)),
    )
    found = [
        _difference(what, ((telling.id, value(telling.event)) for telling in tellings if telling.event is not None))
        for what, value in own
    ]
    # A report that tells of the event without one of its own says nothing of how far it came.
    found.append(_difference("how far", ((t.id, t.status) for t in tellings if t.event is not None)))
    found += _how_many(tellings, texts)
    found.append(_difference("slant", ((t.id, t.voice.side if t.voice else None) for t in tellings)))
    return tuple(difference for difference in found if difference is not None)


def _difference(what: str, told: Iterable[tuple[str, str | None]]) -> Difference | None:
    values: dict[str, list[str]] = {}
    for telling, value in told:
        if value:
            values.setdefault(value, []).append(telling)
    if len(values) < 2:
        return None
    ranked = sorted(values.items(), key=lambda pair: -len(pair[1]))
    return Difference(what=what, told=tuple((value, tuple(ids)) for value, ids in ranked))


def _how_many(tellings: Sequence[EventTelling], texts: Mapping[str, str]) -> list[Difference | None]:
    """What is counted in several reports and with other results; else the numbers in the sentences that tell it."""
    counted = {telling.id: _counted(texts[telling.report_id][:_READ]) for telling in tellings}
    shared = Counter(thing for found in counted.values() for thing in found)
    things = [thing for thing, reports in shared.items() if reports > 1]
    found = [
        _difference(f"how many: {thing}", ((one, figures.get(thing)) for one, figures in counted.items()))
        for thing in sorted(things)
    ]
    if any(found):
        return found
    return [_difference("how many", ((telling.id, _counts(telling.sentence)) for telling in tellings))]


def _counted(text: str) -> dict[str, str]:
    """What a text counts, and how many of it: the word behind a number, once each."""
    found: dict[str, str] = {}
    for figure, end in _figures(text):
        words = _BEHIND.findall(text[end : end + _NEAR])
        stems = readout_words().content(" ".join(words))
        if stems and words:
            # The last word of "seven young gendarmes" is not known without a parse; the first that tells will do.
            found.setdefault(next(iter(stems.values())), figure)
    return found


def _who(parties: Iterable[Party]) -> str | None:
    """Parties by the names that the report has for them."""
    return ", ".join(sorted({party.actor.name for party in parties})) or None


def _counts(sentence: str) -> str | None:
    """The numbers in a sentence, in its order."""
    return ", ".join(figure for figure, _ in _figures(sentence)) or None


def _figures(text: str) -> Iterator[tuple[str, int]]:
    """Numbers in figures, and where each ends; those of dates are left out."""
    dated = [found.span() for found in ANY.finditer(text)]
    for found in _COUNT.finditer(text):
        word = found.group(1).lower()
        if any(start <= found.start() < end for start, end in dated):
            continue
        figure = str(_NUMBERS.get(word, word.replace(",", "")))
        power = (found.group(2) or "").lower()
        if power in _SMALL and figure.isdigit():
            figure, power = str(int(figure) * _SMALL[power]), ""
        yield " ".join(filter(None, (figure, power))), found.end()
