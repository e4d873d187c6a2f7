"""What the corpus holds, in numbers: how much, of what, and how varied."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean, quantiles

from dragoman.knowledge.codebook import codebook
from examples import Event, Line, examples, set_aside

# A report is what json can hold: names, with numbers or further names under them.
Report = dict[str, object]
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARKS = re.compile(r"\{t?\d+ |\}|</?[art]>")
# Words before a verb that say when or whether, not what.
_AUXILIARIES = frozenset(
    (
        "a", "an", "the", "has", "had", "have", "having", "been", "be", "being", "was", "were", "is", "are", "am",
        "will", "would", "shall", "should", "may", "might", "could", "can", "did", "do", "does", "not", "never", "to",
        "its", "his", "her", "their", "our", "my",
    )
)  # fmt: skip
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|got|gets)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_PASSIVE_INSIDE = re.compile(
    r"^(?:(?:has|have|had|may|could|would|will|not)\s+)*(?:is|are|was|were|be|been|being)\s", re.IGNORECASE
)
_NOUN = re.compile(r"\b(?:a|an|the|its|his|her|their|our|my|of|new|fresh|\w+['’]s?)\s+$", re.IGNORECASE)
_NOUN_INSIDE = re.compile(r"^(?:a|an|the|its|his|her|their)\s", re.IGNORECASE)


def words(text: str) -> list[str]:
    """The words of a text, case folded and without the corpus's marks."""
    return _WORD.findall(_MARKS.sub(" ", text).replace("’", "'").casefold())


def lemma(line: Line, event: Event) -> str:
    """A trigger in lower case without auxiliaries, its first word cut to the stem; good enough to count by."""
    found = [word for a, b in event.triggers for word in words(line.text[a:b]) if word not in _AUXILIARIES]
    if not found:
        return " ".join(word for a, b in event.triggers for word in words(line.text[a:b]))
    return " ".join((_stem(found[0]), *found[1:]))


def _stem(word: str) -> str:
    for ending, least in (("ies", 5), ("ied", 5), ("ing", 6), ("ed", 5), ("es", 5), ("s", 4), ("e", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            bare = word[: -len(ending)]
            if ending in {"ies", "ied"}:
                return bare + "y"
            doubled = ending in {"ing", "ed"} and len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "ls"
            return bare[:-1] if doubled else bare
    return word


def order(line: Line, event: Event) -> str:
    """In which order actor (S), trigger (T) and recipient (R) first stand, each at its mention nearest the trigger."""
    anchor = event.triggers[0][0]
    places = [("T", anchor)]
    for name, side in (("S", event.actors), ("R", event.recipients)):
        if side:
            near = (min(line.actors[n], key=lambda span: abs(span[0] - anchor))[0] for n in side)
            places.append((name, min(near)))
    return "".join(name for name, _ in sorted(places, key=lambda place: place[1]))


def voice(line: Line, event: Event) -> str:
    """Whether a trigger is a passive, a noun or, as most are, an active verb; by its neighbours, not by grammar."""
    start, end = event.triggers[0]
    before, inside = line.text[max(0, start - 24) : start], line.text[start:end]
    if _PASSIVE.search(before) or _PASSIVE_INSIDE.match(inside):
        return "passive"
    if _NOUN_INSIDE.match(inside) or (_NOUN.search(before) and not inside.endswith("ed")):
        return "noun"
    return "active"


def measured(lines: Sequence[Line]) -> Report:
    """The whole report."""
    book = codebook()
    events = [(line, event) for line in lines for event in line.events]
    pairs = list(examples(lines))
    marked = sum(pair.category is not None for pair in pairs)
    codes = Counter(event.cameo[:3] for _, event in events if event.cameo)
    whole = [event for line, event in events if line.whole]
    return {
        "lines": len(lines),
        "sentences": len({line.text for line in lines}),
        "lines by kind": _counted(line.path.partition("/")[0] for line in lines),
        "lines by file": _counted(line.path for line in lines),
        "lines without an event": sum(not line.events for line in lines),
        "reasons": _counted(line.reason or "none" for line in lines if not line.events),
        "events": len(events),
        "pairs": {"all": len(pairs), "with an event": marked, "without": len(pairs) - marked},
        "set aside": round(sum(set_aside(line) for line in lines) / max(1, len(lines)), 4),
        "categories": _counted(event.category for _, event in events),
        "modes": {
            f"{category}/{mode}": sum(event.category == category and event.mode == mode for _, event in events)
            for category in book.categories
            for mode in book.modes.get(category, {})
        },
        "statuses": _counted(event.status for _, event in events),
        "not plain occurred in sentences": round(
            sum(event.status != "occurred" for event in whole) / max(1, len(whole)), 4
        ),
        "forms": _counted(line.form for line in lines if line.form),
        "CAMEO roots": dict(sorted(_counted(event.cameo[:2] if event.cameo else "-" for _, event in events).items())),
        "CAMEO codes": {code: codes[code] for code in book.cameo if len(code) == 3},
        "CAMEO codes empty": [code for code in book.cameo if len(code) == 3 and not codes[code]],
        "words a line": _lengths(lines),
        "triggers": _triggers(events),
        "actors": len(
            {line.text[a:b].casefold() for line in lines for spans in line.actors.values() for a, b in spans}
        ),
        "variety": _variety(lines),
        "constructions": {
            "orders": _counted(order(line, event) for line, event in events),
            "triggers": _counted(voice(line, event) for line, event in events),
        },
    }


def _counted(found: Iterable[str]) -> dict[str, int]:
    return dict(Counter(found).most_common())


def _lengths(lines: Sequence[Line]) -> dict[str, float]:
    long = [len(line.text.split()) for line in lines]
    if len(long) < 2:
        return {}
    cuts = quantiles(long, n=20)
    return {"mean": round(fmean(long), 1), "least": min(long), "5 %": cuts[0], "25 %": cuts[4], "50 %": cuts[9],
            "75 %": cuts[14], "95 %": cuts[18], "most": max(long)}  # fmt: skip


def _triggers(events: Iterable[tuple[Line, Event]]) -> Report:
    by: dict[str, Counter[str]] = {}
    for line, event in events:
        by.setdefault(event.category, Counter())[lemma(line, event)] += 1
    return {
        "distinct": len({trigger for found in by.values() for trigger in found}),
        "share of the ten most used": {
            category: round(sum(n for _, n in found.most_common(10)) / found.total(), 3)
            for category, found in sorted(by.items())
        },
        "most used": {category: dict(found.most_common(10)) for category, found in sorted(by.items())},
    }


def _variety(lines: Iterable[Line]) -> dict[str, float]:
    """Distinct words and distinct rows of two to five words, each by all there are; a sentence counts once."""
    said = [words(text) for text in sorted({line.text for line in lines})]
    out: dict[str, float] = {}
    for size in range(1, 6):
        grams = [tuple(one[n : n + size]) for one in said for n in range(len(one) - size + 1)]
        name = "distinct words" if size == 1 else f"distinct rows of {size}"
        out[name] = round(len(set(grams)) / max(1, len(grams)), 4)
    return out


def shown(report: Report, indent: str = "") -> str:
    """A report as text."""
    out = ""
    for name, value in report.items():
        if isinstance(value, dict):
            inner = value.values()
            if any(isinstance(one, dict) for one in inner):
                out += f"{indent}{name}:\n{shown(value, indent + '  ')}"
            else:
                out += f"{indent}{name}: {', '.join(f'{key} {number}' for key, number in value.items())}\n"
        elif isinstance(value, list):
            out += f"{indent}{name}: {', '.join(map(str, value)) or '-'}\n"
        else:
            out += f"{indent}{name}: {value}\n"
    return out
