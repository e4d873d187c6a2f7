"""Time expressions: which words say when, and which day that is.

In: a `Reading` and the day it was published. Out: `TimeExpression`s in text order, none over another. One compiled
pattern finds the candidates in a sentence; the parse then tells whether the clause speaks of the future ("will meet
on Friday"), and `dates.py` and `relative.py` what the words mean. Words that only look like a time ("May said",
"2030 Agenda", "Resolution 1701") never match, or are refused here.

Without a day of publication only what the calendar alone settles is given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, datetime
from functools import lru_cache

from dragoman.knowledge.timing import timing
from dragoman.reading import dates, relative
from dragoman.reading.calendar import Form, Light, When
from dragoman.reading.words import Reading, Sentence, TimeExpression, Word

_W = timing()
# The words about a cue that are searched.
_BEFORE, _BEHIND = 8, 9
# Names that have a day in them.
_NAMED_DAY = re.compile(r"(?:Good|Black|Bloody|Easter|Palm|Super|Ash|Holy|Cyber|Maundy|Red|Shrove|The)\s+$")
_NUMBERED = re.compile(
    r"(?:Resolution|resolution|Resolutions|Agenda|Vision|Article|article|Section|No\.|no\.|Number|number|Flight|flight|Room|"
    r"Route|Order|Law|Decree|Form|Unit|Channel|Expo|Protocol|Annex|Paragraph|paragraph|Page|page|COP|Boeing|Airbus|\$|€|£)\s*$"
)
_LEAD = re.compile(r"(?i:in|on|during|of)\s+")

_GROUP = re.compile(r"\(\?P<\w+>")


def _loose(form: Form) -> str:
    """The form under one name of its own, without its groups' names; what is named again is spelt out."""
    body = form.pattern.pattern.replace("(?P=s)", "[./]")
    return f"(?P<{form.name}>{_GROUP.sub('(?:', body)})"


_FORMS = {form.name: form for form in (*dates.FORMS, *relative.FORMS)}
ANY = re.compile(r"(?<![\w,.$€£-])(?:" + "|".join(_loose(form) for form in _FORMS.values()) + ")")


@lru_cache(maxsize=20_000)
def means(form: str, phrase: str, light: Light) -> When | None:
    """What a phrase found under a form means; None when the words do not settle it."""
    found = _FORMS[form]
    m = found.pattern.match(phrase)
    try:
        return found.means(m, light) if m is not None else None
    except (ValueError, OverflowError):
        # Before the year 1 or after 9999.
        return None


def find_times(reading: Reading, published: date | None) -> list[TimeExpression]:
    """The times a report names, resolved against the day of its publication."""
    text = reading.report.text
    out: list[TimeExpression] = []
    starts: list[int] | None = None
    anchor: tuple[int, date] | None = None
    for sentence in reading.sentences:
        for first, last in _windows(reading.words, sentence):
            for m in ANY.finditer(text, first, last):
                phrase = m.group(0)
                if _refused(text, m.start(), phrase):
                    continue
                if starts is None:
                    starts = [word.start for word in reading.words]
                ahead = _ahead(reading, sentence, starts, m.start(), m.end())
                # "three days earlier" counts from a day named in this sentence or the one before.
                near = anchor[1] if anchor is not None and anchor[0] >= sentence.number - 1 else None
                when = means(str(m.lastgroup), phrase, Light(published, ahead, near))
                if when is None:
                    continue
                lead = _LEAD.match(phrase)
                start = m.start() + (lead.end() if lead else 0)
                out.append(TimeExpression(start, m.end(), when.value, when.precision, when.basis))
                if when.precision == "day":
                    anchor = sentence.number, when.first
    return out


def _windows(words: list[Word], sentence: Sentence) -> list[tuple[int, int]]:
    """Stretches of a sentence (offsets) that may hold a time."""
    out: list[tuple[int, int]] = []
    final = sentence.last - 1
    for word in words[sentence.first : sentence.last]:
        if not _is_cue(word.text):
            continue
        start = words[max(sentence.first, word.i - _BEFORE)].start
        end = words[min(final, word.i + _BEHIND)].end
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


@lru_cache(maxsize=100_000)
def _is_cue(text: str) -> bool:
    low = text.lower().strip(".")
    if low in _W.cues:
        return True
    if "-" in low or "–" in low:
        return any(part in _W.cues or (part.isdigit() and len(part) == 4) for part in low.replace("–", "-").split("-"))
    return (len(low) >= 4 and low[0].isdigit() and low[3].isdigit()) or low.count("/") == 2 or low.count(".") == 2


def _refused(text: str, start: int, phrase: str) -> bool:
    """ "Bloody Sunday", "Resolution 1701", "No. 10 May"."""
    before = text[max(0, start - 14) : start]
    return bool(
        _NUMBERED.search(before)
        or (phrase.lower().endswith("day") and _NAMED_DAY.search(before) and before[-4:] != "the ")
    )


def _ahead(reading: Reading, sentence: Sentence, starts: list[int], start: int, end: int) -> bool:
    """Whether the clause these words stand in speaks of the future."""
    first = max(sentence.first, bisect_right(starts, start) - 1)
    last = min(sentence.last - 1, bisect_right(starts, end - 1) - 1)
    word = _top(reading.words, first, last)
    if word.lower in ("to", "until", "till") and word.head.lemma in _W.put_off:
        return True
    for _ in range(6):
        if word.lemma in _W.planned and word.tag not in ("VBD", "VBP", "VBZ"):
            return True
        if word.pos in ("VERB", "AUX"):
            return _is_ahead(word)
        if word.head is word:
            break
        word = word.head
    return False


def _top(words: list[Word], first: int, last: int) -> Word:
    for i in range(first, last + 1):
        head = words[i].head
        if not first <= head.i <= last:
            return head
        if head is words[i]:
            return head
    return words[first]


def _is_ahead(verb: Word) -> bool:
    """By the tense of the verb: "will meet", "is to meet", "plans to meet", "is meeting", "be held" under "will"."""
    for _ in range(4):
        helpers = [c for c in verb.children if c.dep in ("aux", "auxpass") or c.tag in ("MD", "TO")]
        lows = {h.lower for h in helpers}
        if lows & _W.will:
            return True
        if (
            "to" in lows
            and (verb.tag in ("VB", "VBP") or "be" in lows)
            and verb.dep in ("xcomp", "acl", "advcl", "relcl", "ccomp", "ROOT", "nsubj")
        ):
            return "have" not in lows and (
                verb.dep in ("acl", "ROOT")
                or verb.head.lemma in _W.planning
                or verb.head.lemma in ("be", "go", "due", "likely", "ready")
            )
        if "would" in lows and "have" not in lows:
            return True
        if verb.tag == "VBG" and lows & {"is", "are", "'s", "'re", "am"} and "been" not in lows:
            return True
        if verb.lemma in _W.planned and verb.tag in ("VBN", "JJ"):
            return True
        if verb.tag in ("VBZ", "VBP") and verb.lemma in _W.starts:
            return True
        if verb.tag in ("VBD", "VBN") and not lows & {"is", "are", "be"}:
            return False
        # "will travel to Doha and meet him on Friday": the second verb has the first one's tense.
        if verb.dep == "conj" and verb.head.pos in ("VERB", "AUX") and not helpers:
            verb = verb.head
            continue
        return False
    return False


@lru_cache(maxsize=4_000)
def day_of(text: str) -> date:
    """A calendar day from text, ISO or as people write it.

    Raises:
        ValueError: when it is no date.
    """
    clean = text.strip()
    try:
        return date.fromisoformat(clean)
    except ValueError:
        pass
    m = ANY.fullmatch(clean)
    when: When | None = means(str(m.lastgroup), clean, Light(None)) if m is not None else None
    if when is not None and when.first == when.last:
        return when.first
    # Other orders and other languages' habits: rare, and slow enough to be asked last.
    import dateparser  # noqa: PLC0415

    found: datetime | None = dateparser.parse(clean, languages=["en"], settings={"DATE_ORDER": "DMY"})
    if found is None:
        raise ValueError(f"{text!r} is no date; write it as 2024-06-01")
    return found.date()
