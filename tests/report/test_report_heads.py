"""Heads of reports: a table of shapes, and what `prepare` makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import RefusedReport
from dragoman.report.head import prepare, read_head
from dragoman.report.report import Dateline

BODY = "The foreign ministers of Norway and Chile agreed on Tuesday to reopen talks on fishing rights."
NEAR = date(2024, 6, 3)


@dataclass(frozen=True)
class Case:
    """A head put before BODY, and what must be read from it."""

    name: str
    head: str
    place: str | None = None
    agency: str | None = None
    publisher: str | None = None
    published: date | None = None
    title: str | None = None
    body: str = BODY


def no_head(name: str, words: str) -> Case:
    """Words that only look like a head: nothing is read from them, and they belong to the report."""
    return Case(name, words, body=words + BODY)


HEADLINE = "Norway and Chile reopen fishing talks"
CASES = [
    Case("nothing at all", ""),
    Case("capitals, day, agency", "TEHRAN, June 1 (MNA) - ", "TEHRAN", "MNA", "Mehr News Agency", date(2024, 6, 1)),
    Case("capitals and agency", "LIBREVILLE (Reuters) - ", "LIBREVILLE", "Reuters", "Reuters"),
    Case(
        "two agencies and the day in brackets",
        "MOSCOW (UrduPoint News / Sputnik - 05th April, 2022) ",
        "MOSCOW",
        "UrduPoint News / Sputnik",
        "UrduPoint News",
        date(2022, 4, 5),
    ),
    Case("agency after a comma", "TOKYO, March 14, Kyodo - ", "TOKYO", "Kyodo", "Kyodo News", date(2024, 3, 14)),
    Case("short month, two dashes", "BEIJING, Oct. 3 (Xinhua) -- ", "BEIJING", "Xinhua", "Xinhua", date(2024, 10, 3)),
    Case("two places", "GENEVA/NEW YORK (Reuters) - ", "GENEVA/NEW YORK", "Reuters", "Reuters"),
    Case("place and state", "GENEVA, Switzerland (AP) — ", "GENEVA, Switzerland", "AP", "Associated Press"),
    Case("state of two words", "SEOUL, South Korea (CNN) - ", "SEOUL, South Korea", "CNN", "CNN"),
    Case("state cut short", "ANNAPOLIS, Md. (AP) - ", "ANNAPOLIS, Md.", "AP", "Associated Press"),
    Case("saint in the name", "ST. JOHN'S (Reuters) - ", "ST. JOHN'S", "Reuters", "Reuters"),
    Case("day between full stops, slashes", "MOSCOW, May 30. /TASS/. ", "MOSCOW", "TASS", "TASS", date(2024, 5, 30)),
    Case(
        "agency without brackets",
        "YEREVAN, MAY 21, ARMENPRESS. ",
        "YEREVAN",
        "ARMENPRESS",
        "Armenpress",
        date(2024, 5, 21),
    ),
    Case("agency after a full stop", "ASTANA. KAZINFORM - ", "ASTANA", "KAZINFORM", "Kazinform"),
    Case("day first, full stop, dash", "Caracas, 24 May (EFE).- ", "Caracas", "EFE", "EFE", date(2024, 5, 24)),
    Case(
        "title case, no dash", "New Delhi, Mar 25 (PTI) ", "New Delhi", "PTI", "Press Trust of India", date(2024, 3, 25)
    ),
    Case("year written", "Lusaka, Feb 27, 2024 (AFP) - ", "Lusaka", "AFP", "Agence France-Presse", date(2024, 2, 27)),
    Case(
        "no space after the bracket",
        "ADDIS ABABA, May 3 (ENA)- ",
        "ADDIS ABABA",
        "ENA",
        "Ethiopian News Agency",
        date(2024, 5, 3),
    ),
    Case(
        "colon after the bracket",
        "QUETTA, May 5 (APP):",
        "QUETTA",
        "APP",
        "Associated Press of Pakistan",
        date(2024, 5, 5),
    ),
    Case("no dash at all", "MEXICO CITY (AP) ", "MEXICO CITY", "AP", "Associated Press"),
    Case("an agency nobody lists", "HARGEISA, May 2 (SOLNA) - ", "HARGEISA", "SOLNA", "SOLNA", date(2024, 5, 2)),
    Case("town and agency, comma", "Tehran, IRNA - ", "Tehran", "IRNA", "IRNA"),
    Case("agency behind place and state", "KINGSTON, Jamaica, CMC – ", "KINGSTON, Jamaica", "CMC", "CMC"),
    Case("long dash without spaces", "WASHINGTON—", "WASHINGTON"),
    Case("bare capitals", "NAIROBI - ", "NAIROBI"),
    Case("capitals and state, no agency", "ERBIL, Iraq – ", "ERBIL, Iraq"),
    Case("capitals and colon", "ISLAMABAD: ", "ISLAMABAD"),
    Case("town of the press and colon", "Muscat: ", "Muscat"),
    Case("day and dash", "Lima, 5 May 2024 - ", "Lima", published=date(2024, 5, 5)),
    Case("day, full stop", "BAKU, Azerbaijan, June 1. ", "BAKU, Azerbaijan", published=date(2024, 6, 1)),
    Case(
        "apostrophe in the name",
        "N'DJAMENA, May 9 (AFP) - ",
        "N'DJAMENA",
        "AFP",
        "Agence France-Presse",
        date(2024, 5, 9),
    ),
    Case("hyphens in the name", "PORT-AU-PRINCE, Haiti (AP) — ", "PORT-AU-PRINCE, Haiti", "AP", "Associated Press"),
    Case("a dash lost in decoding", "BEIRUT (AP) \ufffd ", "BEIRUT", "AP", "Associated Press"),
    Case("place in brackets", "(NEW YORK) — ", "NEW YORK"),
    Case("agency alone in brackets", "(CNN) — ", agency="CNN", publisher="CNN"),
    Case("agency alone", "SANA - ", agency="SANA", publisher="Syrian Arab News Agency"),
    Case("empty brackets", "OSLO, Norway--( )--", "OSLO, Norway"),
    Case("label and day run together", " date 2024-06-01 ", published=date(2024, 6, 1)),
    Case("day alone, run together", "2024-05-30 ", published=date(2024, 5, 30)),
    Case("by an outlet, run together", "By JNS ", publisher="Jewish News Syndicate"),
    Case("by an outlet of two words", "By Bloomberg News ", publisher="Bloomberg"),
    Case("by-line before the dateline", "By Ada Pike. BOSTON (Reuters) - ", "BOSTON", "Reuters", "Reuters"),
    Case(
        "two names and an agency",
        "By ADA PIKE and BO LIND, Associated Press OSLO (AP) — ",
        "OSLO",
        "AP",
        "Associated Press",
    ),
    Case("labelled day", "Published: 3 March 2025\n\n", published=date(2025, 3, 3)),
    Case("labelled day, run together", "Posted on March 3, 2025 | ", published=date(2025, 3, 3)),
    Case("day of a change counts last", "Updated: 5 May 2024\nPublished: 3 May 2024\n\n", published=date(2024, 5, 3)),
    Case("day of a change, nothing else", "Last updated: 5 May 2024 10:30\n\n", published=date(2024, 5, 5)),
    Case(
        "outlet and day", "Ahram Online , Monday 5 Aug 2024\n\n", publisher="Ahram Online", published=date(2024, 8, 5)
    ),
    Case("section, day, hour", "Politics - May 06, 2024 - 16:12\n\n", published=date(2024, 5, 6)),
    Case("dots", "Mira Tolland  |20.03.2025 - Update : 21.03.2025\n\n", published=date(2025, 3, 20)),
    Case("machine time", "2024-05-11 20:46:15\n\n", published=date(2024, 5, 11)),
    Case("place and day in brackets", "(Paris, 6 March 2024)\n\n", "Paris", published=date(2024, 3, 6)),
    Case("place on a line of its own", f"{HEADLINE}\n\nIZMIR, Türkiye\n\n", "IZMIR, Türkiye", title=HEADLINE),
    Case("headline", f"{HEADLINE}\n\n", title=HEADLINE),
    Case("headline twice", f"{HEADLINE}\n\n{HEADLINE}\n\n", title=HEADLINE),
    Case("headline and dateline", f"{HEADLINE}\n\nOSLO (Reuters) - ", "OSLO", "Reuters", "Reuters", title=HEADLINE),
    Case(
        "headline with a full stop above a dateline",
        f"{HEADLINE}.\n\nOSLO (AP) - ",
        "OSLO",
        "AP",
        "Associated Press",
        title=f"{HEADLINE}.",
    ),
    Case(
        "headline, by-line, stamp, dateline",
        f"{HEADLINE}\n\nBy Reuters\nMay 14, 2024 9:58 PM GMT+1 · Updated 3 hours ago\n\nOSLO, May 13 (Reuters) - ",
        "OSLO",
        "Reuters",
        "Reuters",
        date(2024, 5, 14),
        HEADLINE,
    ),
    Case(
        "source, editor, stamp",
        f"{HEADLINE}\n\nSource: Xinhua\nEditor: lili\n2024-05-11 20:46:15\n\n",
        publisher="Xinhua",
        published=date(2024, 5, 11),
        title=HEADLINE,
    ),
    Case(
        "second headline before the stamp",
        f"{HEADLINE}\n\n'A good day,' says minister\n\n12 May, 2024 09:41\n\n",
        published=date(2024, 5, 12),
        title=HEADLINE,
    ),
    Case(
        "section below the stamp",
        f"{HEADLINE}\n\n17 May 2024\nPeace and Security\n\n",
        published=date(2024, 5, 17),
        title=HEADLINE,
    ),
    Case(
        "caption in the head",
        f"{HEADLINE}\n\nFile photo: Boats in the port of Bergen. AFP\n\n12 May 2024\n\n",
        published=date(2024, 5, 12),
        title=HEADLINE,
    ),
    # What only looks like a head
    no_head("a name explained", "African Union (AU) - Sahel talks failed. "),
    no_head("an acronym explained", "ECOWAS (Economic Community of West African States) said no. "),
    no_head("a person and a party", "Ada Pike (Labour) said so. "),
    no_head("a hyphen in a word", "US-led talks failed. "),
    no_head("a label", "EXCLUSIVE - Talks failed. "),
    no_head("an alliance", "NATO - Talks failed. "),
    no_head("a speaker", "Pike: We will not go. "),
    no_head("a day in the sentence", "On 5 May 2024 the talks failed. "),
    no_head("by a day", "By Monday the talks had failed. "),
    Case("a day that can be read two ways", "Published: 03/04/2024\n\n", body="Published: 03/04/2024\n\n" + BODY),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_head(case: Case) -> None:
    text = case.head + BODY
    head = read_head(text, NEAR)
    assert (head.place, head.agency, head.publisher) == (case.place, case.agency, case.publisher)
    assert (head.published, head.title) == (case.published, case.title)
    assert text[head.body_start :] == case.body
    if head.title_span:
        assert text[slice(*head.title_span)] == head.title
    if head.dateline_span:
        assert (head.place or head.agency or "") in text[slice(*head.dateline_span)]
    assert (head.published_span is None) == (head.published is None)


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)


def test_a_day_without_year_stays_unsaid_when_no_day_is_known() -> None:
    assert read_head("TEHRAN, June 1 (MNA) - " + BODY).published is None


@pytest.mark.parametrize(
    ("near", "expected"),
    [(date(2024, 1, 2), date(2023, 12, 31)), (date(2024, 12, 30), date(2024, 12, 31))],
)
def test_a_missing_year_is_the_nearest_one(near: date, expected: date) -> None:
    assert read_head("OSLO, Dec. 31 (NTB) - " + BODY, near).published == expected


def test_leap_day_without_year_is_settled_only_where_it_exists() -> None:
    text = "OSLO, Feb. 29 (NTB) - " + BODY
    assert read_head(text, date(2024, 3, 1)).published == date(2024, 2, 29)
    assert read_head(text, date(2026, 3, 1)).published is None


def test_a_text_that_is_one_short_line_has_no_headline() -> None:
    head = read_head(HEADLINE)
    assert (head.title, head.body_start) == (None, 0)


def test_dateline_with_nothing_behind_it_is_none() -> None:
    assert read_head("LIBREVILLE (Reuters) - ").dateline is None


def test_prepare_fills_what_the_caller_does_not_know() -> None:
    report = prepare(f"{HEADLINE}\n\nOSLO, May 5, 2024 (Reuters) - {BODY}")
    assert report.title == HEADLINE
    assert report.published == date(2024, 5, 5)
    assert report.publisher == "Reuters"
    assert report.dateline == Dateline(place="OSLO", agency="Reuters")


def test_prepare_prefers_what_the_caller_knows() -> None:
    text = f"{HEADLINE}\n\nOSLO, May 5, 2024 (Reuters) - {BODY}"
    report = prepare(text, published=NEAR, title="Mine", url="https://a.example/1", publisher="The Paper")
    assert (report.title, report.publisher, report.url) == ("Mine", "The Paper", "https://a.example/1")
    assert report.published == NEAR
    assert report.dateline == Dateline(place="OSLO", agency="Reuters")


@pytest.mark.parametrize("text", ["", " \n\t", "half \ud800 a character"])
def test_prepare_refuses_what_is_no_text(text: str) -> None:
    with pytest.raises(RefusedReport) as refused:
        prepare(text)
    assert refused.value.reason


@given(st.text(min_size=1).filter(str.strip))
def test_prepare_keeps_the_text_and_never_fails(text: str) -> None:
    report = prepare(text, published=NEAR)
    assert report.text == text
    head = read_head(text, NEAR)
    assert 0 <= head.body_start <= len(text)


_PIECES = [
    "OSLO",
    " (AP)",
    " - ",
    "\n",
    "\n\n",
    ", ",
    "May 5",
    " 2024",
    "By ",
    "Reuters",
    "Published: ",
    "(",
    "/",
    "The talks failed.",
    ":",
    "2024-02-30",
    "Paris",
    " ",
]


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12).map("".join).filter(str.strip))
def test_pieces_of_heads_in_any_order_never_fail(text: str) -> None:
    head = read_head(text, NEAR)
    assert 0 <= head.body_start <= len(text)
    assert head.title is None or head.title in text
    assert head.place is None or " ".join(head.place.split()).rstrip(".") in " ".join(text.split())
