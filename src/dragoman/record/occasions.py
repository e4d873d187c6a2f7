"""Whether a contact came about, and whether it is older than the news.

In: the word that names a contact. Out: a `Standing` of its own: the event's status, and beside it proposed, cancelled
and postponed, which only contacts know. Older is what the words say so of ("recent", "last year", the past perfect) or
what a date before the news shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.events.status import Standing, is_background, standing_of
from dragoman.knowledge.contacts import contact_words
from dragoman.knowledge.modality import modality
from dragoman.reading.words import Reading, TimeExpression, Word
from dragoman.record.around import headed

# What lies longer back than this is no news.
FRESH = timedelta(days=9)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_PASSING = frozenset(("dobj", "obj", "nsubjpass", "nsubj", "pobj"))
_FUTURE = frozenset(("schedule", "plan", "due", "expect", "set", "slate", "arrange"))


@dataclass(frozen=True, slots=True)
class Occasion:
    """How a contact stands, with the words that decide it."""

    status: str
    background: bool
    because: tuple[str, ...]


def occasion_of(reading: Reading, word: Word, lead: bool) -> Occasion:
    """Status and age of the contact a word names.

    Args:
        lead: whether it stands in the first sentence, where a definite noun is still news.
    """
    reasons: list[str] = []
    off = called_off(word)
    if off is not None:
        status, why, _ = off
        return Occasion(status, _past_date(reading, word), (why,))
    standing = standing_of(word)
    if standing.governor is not None and _cut_off(reading, word, standing.governor):
        standing = Standing("occurred", "")
    status = standing.status if standing.status != "attempted" else "hypothetical"
    words = contact_words().file
    governor = standing.governor
    if (
        status == "planned"
        and word.dep == "pobj"
        and word.head.lower == "on"
        and word.head.head.lemma == "be"
        and not any(c.tag == "MD" for c in word.head.head.children)
    ):
        status = "occurred"  # "is on an official visit"
    if status == "hypothetical" and standing.because == "when":
        status = "planned"  # "when the ministers gather on Monday"
    if (
        status == "occurred"
        and word.dep == "pcomp"
        and word.head.head.lemma in ("view", "aim", "intention", "hope", "purpose", "idea")
    ):
        status = "planned"  # "with a view to bringing both sides to the table"
    if status == "occurred" and word.dep == "dobj" and word.head.pos == "NOUN" and word.head.dep in ("xcomp", "ccomp"):
        # "offered to host talks", where the parser takes "host" for a noun.
        governor = word.head.head
        status = "planned" if governor.lemma in modality().planned.verbs | words.proposing else status
    if status == "occurred" and headed(word if word.pos == "VERB" else word.head) is not None:
        status = "planned"
    if status == "occurred" and _wished(word):
        status, governor = "requested", word.head
    if status == "occurred" and word.dep == "pobj" and word.head.lower in ("in", "at", "during") and _yet_to_be(word):
        status = "planned"  # "will raise it in talks with"
    if status in ("planned", "requested", "hypothetical"):
        proposer = next(
            (
                w
                for w in _above(word, governor)
                if (w.lemma in words.proposing or w.lower in words.proposing)
                and not (w.pos == "VERB" and w.lemma in words.carriers)  # "to open talks", not "open to talks"
            ),
            None,
        )
        if proposer is not None:
            status = "proposed"
            reasons.append(f"{proposer.text!r} only proposes it")
        elif status == "requested" and word.pos in ("NOUN", "PROPN") and governor is None:
            status = "requested"
    if standing.because:
        reasons.append(f"the words {standing.because!r}")
    if status == "occurred":
        later = _ahead(reading, word)
        if later is not None:
            return Occasion("planned", False, (later,))
    if status not in ("occurred", "negated"):
        return Occasion(status, False, tuple(reasons))
    old = _older(reading, word, lead)
    if old is not None:
        reasons.append(f"older than the news: {old}")
    return Occasion(status, old is not None, tuple(reasons))


def _cut_off(reading: Reading, word: Word, governor: Word) -> bool:
    """ "The envoy met the king; he asked for help": a semicolon keeps the second verb from governing the first."""
    low, high = sorted((word.i, governor.i))
    return any(w.text == ";" for w in reading.words[low:high])


def _wished(word: Word) -> bool:
    """ "suggested that the ministers meet": a wish, though the verb is the same as for what happens."""
    head = word.head
    wish = word.tag == "VB" or (word.tag == "VBP" and head.tag in ("VBD", "VBN"))
    return word.pos == "VERB" and word.dep == "ccomp" and wish and head.lemma in modality().requested.verbs


def _yet_to_be(word: Word) -> bool:
    """Whether what is said in the talks that a noun names is itself only announced."""
    verb = word.head.head
    return verb.pos == "VERB" and any(c.tag == "MD" and c.lower in modality().planned.modals for c in verb.children)


def _above(word: Word, governor: Word | None) -> list[Word]:
    """The governor of a status and what lies between it and the word: "raised the idea of holding a meeting"."""
    out: list[Word] = [governor] if governor is not None else []
    for n, above in enumerate(word.ancestors()):
        if n > 5:
            break
        out.append(above)
        if above.tag in ("VBD", "VBZ", "VBP") and above.lemma not in ("be",):
            break
    for above in tuple(out):
        if above.lemma == "be":
            out += [c for c in above.children if c.dep == "acomp"]
    return out


def called_off(word: Word) -> tuple[str, str, Word] | None:
    """Cancelled or postponed, with the words that say so and the one that does."""
    words = contact_words().file
    near = [c for c in word.children if c.dep in ("relcl", "acl", "amod")]
    current = word
    for _ in range(3):
        if current.dep not in _PASSING and not (
            current.dep in ("xcomp", "acl", "ccomp", "prep") and current is not word
        ):
            break
        if current.head is current:
            break
        current = current.head
        if current.pos in ("VERB", "NOUN", "AUX"):
            near.append(current)
            if current.pos == "VERB":
                break
    if word.dep in ("acl", "xcomp") and word.pos == "VERB":
        near.append(word.head)
    for verb in near:
        particles = {c.lower for c in verb.children if c.dep in ("prt", "advmod", "prep")}
        late = verb.lemma in words.postponed or not particles.isdisjoint(words.postponed_particle.get(verb.lemma, ()))
        phrases = {f"{c.lower} {o.lower}" for c in verb.children if c.dep == "prep" for o in c.children}
        late = late or not phrases.isdisjoint(words.postponed_phrases)
        gone = verb.lemma in words.cancelled or not particles.isdisjoint(words.cancelled_particle.get(verb.lemma, ()))
        if (late or gone) and any(c.dep == "neg" for c in verb.children):
            return "planned", f"not {verb.text} ... {word.text}", verb
        if late:
            return "postponed", f"{verb.text} ... {word.text}", verb
        if gone:
            return "cancelled", f"{verb.text} ... {word.text}", verb
        if verb.pos == "NOUN" and verb.lemma in ("cancellation", "postponement"):
            return ("cancelled" if verb.lemma == "cancellation" else "postponed"), f"{verb.text} of {word.text}", verb
    return None


def times_of(reading: Reading, word: Word) -> list[TimeExpression]:
    """The time expressions of the word's clause, the nearest first.

    What stands behind another finite verb belongs to that verb.
    """
    sentence = reading.sentences[word.sentence]
    at = word.start
    found = [t for t in reading.times if sentence.start <= t.start < sentence.end]
    return sorted(found, key=lambda t: abs(t.start - at))


def date_of(reading: Reading, word: Word) -> str | None:
    """The date of what a word names, when its sentence states one near it."""
    near = times_of(reading, word)
    if near and abs(near[0].start - word.start) <= 160:
        return near[0].value
    return None


def _first_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value.split("/", maxsplit=1)[0])
    except ValueError:
        return None


def _last_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value.rsplit("/", maxsplit=1)[-1])
    except ValueError:
        return None


def _past_date(reading: Reading, word: Word) -> bool:
    published = reading.report.published
    if published is None:
        return False
    times = times_of(reading, word)
    last = _last_day(times[0].value) if times else None
    return last is not None and published - last > FRESH


def _ahead(reading: Reading, word: Word) -> str | None:
    """Words that put a noun ahead: "the next round", "a visit scheduled for June"."""
    if word.pos not in ("NOUN", "PROPN"):
        return None
    words = contact_words().file
    for child in word.children:
        if child.dep in ("amod", "compound") and child.lower in words.ahead:
            return f"{child.text} {word.text}"
        if child.dep == "poss" and child.lower == "tomorrow":
            return f"{child.text} {word.text}"
        if child.dep in ("acl", "relcl") and child.lemma in _FUTURE:
            return f"{word.text} {child.text}"
        if child.dep == "amod" and child.lower == "due":
            return f"{word.text} {child.text}"
    if word.head.lemma in _FUTURE and word.dep == "nsubjpass":
        return f"{word.text} {word.head.text}"
    return None


def _older(reading: Reading, word: Word, lead: bool) -> str | None:
    words = contact_words().file
    if word.pos in ("NOUN", "PROPN"):
        for child in word.children:
            if child.dep == "amod" and child.lower in words.back:
                return f"{child.text} {word.text}"
    else:
        why = is_background(word, lead)
        if why is not None and not _weekday(reading, word):
            return why
    return old_date(reading, word)


_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def _past_month(near: list[Word], published: date) -> str | None:
    """A month other than that of the news, for what has happened: "in July" in a report of November."""
    for word in near:
        if word.lower in _MONTHS and word.pos == "PROPN" and word.ent == "DATE":
            month = _MONTHS.index(word.lower) + 1
            last = (max(published, date.min + FRESH) - FRESH).month
            if month not in (published.month, last):
                return word.text
    return None


def _weekday(reading: Reading, word: Word) -> bool:
    """A day of this week makes even the past perfect news: "he had met Iran's envoy on Tuesday"."""
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today")
    return any(w.lower in days for w in _clause(reading, word))


def _clause(reading: Reading, word: Word) -> list[Word]:
    """The words around a word that no other finite verb stands between."""
    sentence = reading.sentences[word.sentence]
    out: list[Word] = []
    crossed = False
    for i in range(word.i + 1, min(sentence.last, word.i + 30)):
        other = reading.words[i]
        if other.tag in ("VBD", "VBZ", "VBP", "MD") and i > word.i:
            if crossed or word.dep not in ("nsubj", "nsubjpass"):
                break
            crossed = True  # "the talks were held in March": a subject's own verb may follow
        if other.text == ";":
            break
        out.append(other)
    for i in range(word.i - 1, max(sentence.first, word.i - 16) - 1, -1):
        other = reading.words[i]
        if other.text in (";", ":") or (other.tag == "IN" and other.dep == "mark"):
            break
        out.append(other)
    return out


def old_date(reading: Reading, word: Word) -> str | None:
    """Words of a day, month or year that lies before the news."""
    published = reading.report.published
    sentence = reading.sentences[word.sentence]
    near = _clause(reading, word)
    low = min((w.start for w in near), default=sentence.start)
    high = max((w.end for w in near), default=sentence.end)
    times = [t for t in times_of(reading, word) if low <= t.start <= high]
    if published is not None and times:
        last, first = _last_day(times[0].value), _first_day(times[0].value)
        if last is not None and published - last > FRESH and (first is None or first < published):
            return reading.report.text[times[0].start : times[0].end]
        if times[0].precision in ("day", "week"):
            return None
    if published is not None and not reading.times and (month := _past_month(near, published)) is not None:
        return month
    for other in near:
        if other.lower in ("year", "month", "decade", "years", "months") and any(
            c.lower in ("last", "previous", "past") for c in other.children
        ):
            return f"last {other.text}"
        if other.lower == "ago" and (
            other.head.lemma in ("month", "year", "decade")
            or any(c.lemma in ("month", "year", "decade") for c in other.children)
        ):
            return f"{other.head.text} ago"
        if (
            _YEAR.match(other.text)
            and other.dep in ("pobj", "nummod", "npadvmod", "appos")
            and published is not None
            and int(other.text) < published.year
        ):
            return other.text
    return None
