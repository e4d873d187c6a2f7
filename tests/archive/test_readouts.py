"""One contact told twice: which tellings are of one contact, on whose side they are, what either leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

import make
from archive.conftest import NewArchive
from dragoman import Reader
from dragoman.archive import Archive, readouts
from dragoman.archive.points import Point
from dragoman.archive.readouts import Readout
from dragoman.archive.voices import voice_of
from dragoman.errors import ArchiveError
from dragoman.record.entries import Record

IRAN, QATAR, WIRE = "Iran Ministry of Foreign Affairs", "Qatar News Desk", "Northern Wire"
TEXT = (
    "Iran and Qatar spoke by telephone. Iran promised Qatar to reopen the northern sea route by autumn. "
    "Qatar thanked Iran for freeing the sailors. Iran accused Egypt of delay. Iran did not accept the port fees. "
    "Oman offered to host more talks in Muscat. Iran said the sea route would be reopened soon."
)


def call(text: str = TEXT, *who: str, **fields: Any) -> Any:
    return make.contact(
        text, *(who or ("Iran", "Qatar")), **{"channel": "phone", "evidence": make.span(text, "spoke"), **fields}
    )


def telling(
    publisher: str | None,
    text: str = TEXT,
    day: str | None = "2024-06-02",
    contact: Any = None,
    url: str | None = None,
    **entries: Any,
) -> Record:
    """A report that tells of a call; its text ends with its outlet, so that no two are one."""
    text = f"{text} {publisher} {day} {contact.date if contact else ''}"
    contact = contact or call(text, date="2024-06-01")
    entries = {"contacts": [contact], **entries}
    return make.record(text, publisher=publisher, published=day, url=url, **entries)


def found(archive: Archive, *records: Record, **days: str) -> list[Readout]:
    archive.add(records)
    return list(archive.readouts("IRN", "QAT", **days))


def outlets(readout: Readout) -> tuple[list[str | None], list[str | None]]:
    first, second = ([teller.publisher for teller in side.tellers] for side in (readout.first, readout.second))
    return first, second


def points(readout: Readout, kind: str, told_by: str) -> list[Point]:
    return [point for point in readout.points if (point.kind, point.told_by) == (kind, told_by)]


# -- which tellings are of one contact


def test_both_sides_tell_it(memory: Archive) -> None:
    (readout,) = found(memory, telling(QATAR), telling(IRAN))
    assert (readout.one, readout.other, readout.told_apart, readout.channel) == ("IRN", "QAT", "sides", "phone")
    assert (readout.first.state, readout.second.state) == ("IRN", "QAT")
    assert outlets(readout) == ([IRAN], [QATAR])
    assert [reason.fact for reason in readout.reasons] == ["phone in both", "the same day"]
    assert str(readout.first_day) == str(readout.last_day) == "2024-06-01"
    (turned,) = memory.readouts("QAT", "IRN")
    assert outlets(turned) == ([QATAR], [IRAN])


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ({"date": "2024-06-01"}, {"date": "2024-06-01"}, True),
        ({"date": "2024-06-01"}, {"date": "2024-06-02"}, True),
        ({"date": "2024-06-01"}, {"date": "2024-06-03"}, False),
        ({"date": "2024-06-01"}, {"date": None}, True),
        ({"date": "2024-06-01"}, {"date": "2024-06-01/2024-06-03"}, True),
        ({"date": "2024-06-01"}, {"date": "2024-05"}, False),
        ({"date": "9999-12-31"}, {"date": "9999-12-31"}, True),
        ({"date": "2024-06-01"}, {"date": "2024-06-01/.."}, False),
        ({"channel": "phone"}, {"channel": "video"}, True),
        ({"channel": "phone"}, {"channel": "meeting"}, False),
        ({"channel": "meeting"}, {"channel": "visit"}, True),
        ({"channel": "phone"}, {"channel": "letter"}, False),
        ({"channel": "other"}, {"channel": "meeting"}, True),
        ({}, {"background": True}, False),
        ({}, {"status": "planned"}, False),
        ({}, {"status": "negated"}, True),
        ({"status": "negated"}, {"status": "negated"}, False),
    ],
)
def test_which_are_one_contact(memory: Archive, first: dict[str, Any], second: dict[str, Any], one: bool) -> None:
    told = [call(**{"date": "2024-06-01", **fields}) for fields in (first, second)]
    records = [telling(outlet, contact=contact) for outlet, contact in zip((IRAN, QATAR), told, strict=True)]
    assert len(found(memory, *records)) == int(one)


def test_in_what_the_tellings_of_the_contact_differ(memory: Archive) -> None:
    place = make.place(TEXT, "Muscat")
    told = [call(date="2024-06-01", channel="other"), call(date="2024-06-02", status="negated", place=place)]
    (readout,) = found(memory, telling(IRAN, contact=told[0]), telling(QATAR, contact=told[1]))
    # What one leaves open is no difference.
    assert readout.differences == ("status: occurred / negated", "date: 2024-06-01 / 2024-06-02")
    assert "one day apart: 2024-06-01 and 2024-06-02" in [reason.fact for reason in readout.reasons]
    assert (str(readout.first_day), str(readout.last_day), readout.channel) == ("2024-06-01", "2024-06-02", "phone")


def heard(text: str, name: str, role: str | None) -> Any:
    """A call of somebody of Iran with Qatar."""
    parties = [make.party(text, name, kind="person", country="IRN", role=role), make.party(text, "Qatar")]
    return call(text, date="2024-06-01", participants=parties)


@pytest.mark.parametrize(
    ("name", "role", "one"),
    [
        ("Ali Karimi", "foreign minister", True),
        ("Ali Karimi", "president", True),
        ("Kaveh Rostami", "foreign minister", True),
        ("Kaveh Rostami", "minister", True),
        ("Kaveh Rostami", None, True),
        ("Kaveh Rostami", "president", False),
    ],
)
def test_other_people_had_another_call(memory: Archive, name: str, role: str | None, one: bool) -> None:
    text = "Ali Karimi and Kaveh Rostami of Iran each spoke with Qatar."
    told = [heard(text, "Ali Karimi", "foreign minister"), heard(text, name, role)]
    records = [telling(outlet, text, contact=contact) for outlet, contact in zip((IRAN, WIRE), told, strict=True)]
    assert len(found(memory, *records)) == int(one)


def test_two_calls_on_two_days_are_kept_apart(memory: Archive) -> None:
    told = [(outlet, day) for day in ("2024-06-01", "2024-06-02") for outlet in (IRAN, QATAR)]
    records = [telling(outlet, contact=call(date=day)) for outlet, day in told]
    calls = found(memory, *records)
    assert [(str(readout.first_day), str(readout.last_day)) for readout in calls] == [
        ("2024-06-01", "2024-06-01"),
        ("2024-06-02", "2024-06-02"),
    ]
    assert [str(readout.first_day) for readout in memory.readouts("IRN", "QAT", date="2024-06-02")] == ["2024-06-02"]
    assert [str(readout.first_day) for readout in memory.readouts("IRN", "QAT", until="2024-06-01")] == ["2024-06-01"]
    assert not list(memory.readouts("IRN", "QAT", since="2024-06-03"))
    assert len(list(memory.readouts("IRN", "QAT", since="0001-01-01", until="9999-12-31"))) == 2


def test_one_outlet_alone_is_no_comparison(memory: Archive) -> None:
    assert not found(memory, telling(WIRE), telling(WIRE, day="2024-06-03"))
    assert not found(memory, telling(IRAN, contact=call(TEXT, "Iran", "Egypt", date="2024-06-01")))


def test_a_report_that_tells_it_twice_is_one_account(memory: Archive) -> None:
    twice = telling(IRAN).model_copy(update={"contacts": (call(date="2024-06-01"), call(date="2024-06-01"))})
    again = telling(QATAR).model_copy(update={"contacts": twice.contacts})
    (readout,) = found(memory, twice, again)
    assert [len(side.tellers) for side in (readout.first, readout.second)] == [1, 1]


def test_outlets_are_compared_where_sides_do_not_show(memory: Archive) -> None:
    others = ["Harbour Post", "The Evening Sheet"]
    compared = found(memory, telling(WIRE, day="2024-06-01"), *(telling(outlet) for outlet in others))
    assert [readout.told_apart for readout in compared] == ["outlets", "outlets"]
    assert [outlets(readout) for readout in compared] == [([WIRE], ["Harbour Post"]), ([WIRE], ["The Evening Sheet"])]
    assert [[teller.publisher for teller in readout.others] for readout in compared] == [
        ["The Evening Sheet"],
        ["Harbour Post"],
    ]


def test_a_known_side_is_held_against_each_outlet(memory: Archive) -> None:
    compared = found(memory, telling(WIRE), telling(QATAR, day="2024-06-03"), telling("Harbour Post"))
    assert [outlets(readout)[0] for readout in compared] == [[QATAR], [QATAR]]
    assert {readout.told_apart for readout in compared} == {"outlets"}


def test_where_both_sides_tell_it_others_stand_beside(memory: Archive) -> None:
    (readout,) = found(memory, telling(IRAN), telling(WIRE), telling(QATAR))
    assert [teller.publisher for teller in readout.others] == [WIRE]


def test_who_is_not_named_is_the_side_that_tells_it(memory: Archive) -> None:
    text = "Doha spoke with the Iranian side by telephone. Iran was heard. Qatar is pleased."
    half = call(text, "Iran", date="2024-06-01")
    (readout,) = found(memory, telling(IRAN), telling(QATAR, text, contact=half))
    assert "one names nobody of QAT, but is told on its side" in [reason.fact for reason in readout.reasons]


@pytest.mark.parametrize("outlet", [IRAN, WIRE])
def test_who_is_not_named_may_be_anybody_elsewhere(memory: Archive, outlet: str) -> None:
    half = call(TEXT, "Iran", date="2024-06-01")
    assert not found(memory, telling(QATAR), telling(outlet, contact=half))


def test_contacts_are_gone_through_page_by_page(memory: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [f"2024-{month:02}-10" for month in range(1, 13)]
    records = [telling(outlet, day=day, contact=call(date=day)) for day in days for outlet in (IRAN, QATAR, WIRE)]
    whole = found(memory, *records)
    assert [str(readout.first_day) for readout in whole] == days
    monkeypatch.setattr(readouts, "PAGE", 2)
    assert list(memory.readouts("IRN", "QAT")) == whole
    # Nothing is read ahead of what is asked for.
    seen: list[str] = []
    record = readouts.view.record
    monkeypatch.setattr(readouts.view, "record", lambda store, key: seen.append(key) or record(store, key))
    next(memory.readouts("IRN", "QAT"))
    assert len(seen) <= 6


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"a": "Iran", "b": "IRN"}, r"readouts\(\) needs two states"),
        ({"a": "Iran", "b": "Atlantis"}, "no state has"),
        ({"a": "Iran", "b": "QAT", "date": "soon"}, "must be a day"),
    ],
)
def test_what_cannot_be_meant(memory: Archive, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(ArchiveError, match=words):
        memory.readouts(**asked)


# -- on whose side


@pytest.mark.parametrize(
    ("publisher", "url", "text", "side"),
    [
        ("Ministry of Foreign Affairs of Iran", None, "They spoke.", "IRN"),
        ("Tehran Evening Post", None, "They spoke.", "IRN"),
        ("The Qatari Courier", None, "They spoke.", "QAT"),
        ("Islamic Republic News Agency", None, "They spoke.", "IRN"),
        ("Reuters", None, "TEHRAN, June 1 (Reuters) - They spoke.", None),
        ("Northern Wire", None, "They spoke.", None),
        ("Northern Wire", "https://news.example.ir/1", "They spoke.", "IRN"),
        ("Northern Wire", "https://mofa.gov.qa/1", "They spoke.", "QAT"),
        ("Northern Wire", "https://example.org/1", "They spoke.", None),
        ("Northern Wire", None, "Doha, June 1, 2024\nThey spoke.", "QAT"),
        ("Northern Wire", None, "DOHA, June 1 (Wire) - They spoke.", "QAT"),
        ("Northern Wire", None, "He spoke with his Iranian counterpart. The Iranian side agreed.", "QAT"),
        ("Northern Wire", None, "He spoke with his Iranian counterpart.", None),
        ("Northern Wire", None, "The Iranian side met the Qatari side.", None),
        ("Norway Today", "https://example.no/1", "DOHA, June 1 - They spoke.", None),
        (None, None, "They spoke.", None),
    ],
)
def test_on_whose_side_a_report_is(publisher: str | None, url: str | None, text: str, side: str | None) -> None:
    voice = voice_of(make.record(text, publisher=publisher, url=url), "IRN", "QAT")
    assert voice.side == side
    assert side is None or voice.reasons


# -- what both tell, and what one leaves out


def entries(text: str) -> dict[str, Any]:
    """All that TEXT tells."""
    oman = make.actor("Oman", country="OMN", mentions=[make.span(text, "Oman")])
    thanks = make.span(text, "Qatar thanked Iran for freeing the sailors")
    promised = "reopen the northern sea route by autumn"
    return {
        "actors": [oman, make.actor("Iran"), make.actor("Qatar")],
        "events": [
            make.event(text, "Qatar", "thanked", "Iran", evidence=thanks),
            accusing(text, "Iran accused Egypt of delay"),
        ],
        "statements": [make.statement(text, "Iran", "the sea route would be reopened soon", None, stance="neutral")],
        "commitments": [make.commitment(text, "Iran", promised, "Qatar", due="2024-09-01")],
        "places": [make.place(text, "Muscat", country="OMN")],
    }


def test_what_both_tell(memory: Archive) -> None:
    contact = call(date="2024-06-01", topics=["the northern sea route"])
    records = [telling(outlet, contact=contact, **entries(TEXT)) for outlet in (IRAN, QATAR)]
    (readout,) = found(memory, *records)
    assert {point.told_by for point in readout.points} == {"both"}
    assert [point.kind for point in readout.points] == [
        "topic", "commitment", "event", "event", "statement", "place", "state",
    ]  # fmt: skip
    assert all(point.differences == () and point.reasons and not point.disputed for point in readout.points)
    (commitment,) = points(readout, "commitment", "both")
    assert [reason.fact for reason in commitment.reasons] == [
        "IRN is bound in both",
        "shared words: reopen, northern, sea, route, autumn",
    ]
    assert commitment.first is not None
    assert commitment.first.entry_id.endswith("-m0")
    assert commitment.first.words == "reopen the northern sea route by autumn"


def test_what_one_leaves_out(memory: Archive) -> None:
    (readout,) = found(memory, telling(IRAN, **entries(TEXT)), telling(QATAR))
    assert {point.told_by for point in readout.points} == {"first"}
    assert {point.kind for point in readout.points} == {"commitment", "event", "statement", "place", "state"}
    assert {reason.fact for point in readout.points for reason in point.reasons} >= {"the other account has no event"}


OTHER = (
    "Iran and Qatar spoke by phone. Iran is to reopen the northern route in October. Qatar thanked Iran for the "
    "release of sailors. Iran denied that it had accused Egypt of delay. Iran accused Qatar of nothing."
)


def test_in_what_they_differ(memory: Archive) -> None:
    promised = [
        make.commitment(TEXT, "Iran", "reopen the northern sea route by autumn", "Qatar", due="2024-09-01"),
        make.commitment(OTHER, "Iran", "reopen the northern route in October", "Qatar", due="2024-10-01", kind="offer"),
    ]
    contacts = [call(date="2024-06-01"), call(OTHER, date="2024-06-01")]
    (readout,) = found(
        memory,
        telling(IRAN, contact=contacts[0], commitments=promised[:1]),
        telling(QATAR, OTHER, contact=contacts[1], commitments=promised[1:]),
    )
    (point,) = readout.points
    assert point.differences == ("kind: promise / offer", "due: 2024-09-01 / 2024-10-01")


def accusing(text: str, evidence: str, to: str | None = "Egypt", **fields: Any) -> Any:
    given = {"category": "ACCUSE", "cameo": "112", "evidence": make.span(text, evidence), **fields}
    return make.event(text, "Iran", "accused", to, **given)


def compared(memory: Archive, first: Any, second: Any) -> list[Point]:
    records = (
        telling(IRAN, contact=call(date="2024-06-01"), events=[first]),
        telling(QATAR, OTHER, contact=call(OTHER, date="2024-06-01"), events=[second]),
    )
    (readout,) = found(memory, *records)
    return list(readout.points)


def test_what_one_tells_and_the_other_denies(memory: Archive) -> None:
    told = accusing(TEXT, "Iran accused Egypt of delay")
    denied = accusing(OTHER, "Iran denied that it had accused Egypt of delay", status="negated")
    (point,) = compared(memory, told, denied)
    assert point.told_by == "both"
    assert point.disputed
    assert point.differences == ("status: occurred / negated",)


def test_a_denial_of_something_else_is_none(memory: Archive) -> None:
    # The verb and the sides, which other accusations have as well, are not enough.
    told = accusing(TEXT, "Iran accused Egypt of delay")
    denied = accusing(OTHER, "Iran denied that it had accused Egypt", status="negated")
    assert [point.told_by for point in compared(memory, told, denied)] == ["first", "second"]


@pytest.mark.parametrize(
    ("fields", "told_by"),
    [
        ({}, ["both"]),
        ({"category": "REJECT", "quad": 3}, ["first", "second"]),
        ({"recipients": (make.party(OTHER, "Qatar"),)}, ["first", "second"]),
        ({"recipients": ()}, ["both"]),
        ({"recipients": (), "evidence": make.span(OTHER, "Iran denied that it had accused")}, ["first", "second"]),
        ({"actors": (make.party(OTHER, "Qatar"),)}, ["first", "second"]),
        ({"cameo": "111"}, ["both"]),
    ],
)
def test_events_are_the_same_by_category_and_sides(memory: Archive, fields: dict[str, Any], told_by: list[str]) -> None:
    second = accusing(OTHER, "Iran denied that it had accused Egypt of delay").model_copy(update=fields)
    assert [
        point.told_by for point in compared(memory, accusing(TEXT, "Iran accused Egypt of delay"), second)
    ] == told_by


def test_without_a_shared_word_other_people_are_no_match(new_archive: NewArchive) -> None:
    def by(text: str, words: str, name: str) -> Any:
        actor = make.party(text, "Iran", kind="person", name=name, country="IRN")
        return accusing(text, words, actors=[actor], trigger=make.span(text, words))

    pairs = [("Ali Karimi", "Kaveh Rostami", ["first", "second"]), ("Ali Karimi", "Karimi", ["both"])]
    for mine, theirs, told_by in pairs:
        with new_archive() as opened:
            made = compared(opened, by(TEXT, "of delay", mine), by(OTHER, "denied", theirs))
            assert [point.told_by for point in made] == told_by


def test_the_closest_are_matched_first_and_each_once(memory: Archive) -> None:
    words = ["the sea route would be reopened soon", "accept the port fees"]
    mine = [make.statement(TEXT, "Iran", said, None, stance="neutral") for said in words]
    theirs = [make.statement(OTHER, "Iran", "reopen the northern route", None, stance="positive")]
    contacts = [call(date="2024-06-01"), call(OTHER, date="2024-06-01")]
    (readout,) = found(
        memory,
        telling(IRAN, contact=contacts[0], statements=mine),
        telling(QATAR, OTHER, contact=contacts[1], statements=theirs),
    )
    (both,) = points(readout, "statement", "both")
    assert both.first is not None
    assert (both.first.words, both.differences) == (words[0], ("stance: neutral / positive",))
    (left,) = points(readout, "statement", "first")
    assert left.first is not None
    assert left.first.words == words[1]


def test_names_of_the_two_states_are_no_shared_words(memory: Archive) -> None:
    texts = [
        "Iran and Qatar spoke. Iran told Qatar of Iranian gas.",
        "Iran and Qatar spoke. Iran told Qatar of Iranian ports.",
    ]
    said = ["Qatar of Iranian gas", "Qatar of Iranian ports"]
    records = [
        telling(
            outlet, text, contact=call(text, date="2024-06-01"), statements=[make.statement(text, "Iran", words, None)]
        )
        for outlet, text, words in zip((IRAN, QATAR), texts, said, strict=True)
    ]
    (readout,) = found(memory, *records)
    assert [point.told_by for point in readout.points] == ["first", "second"]


def test_what_is_left_aside(memory: Archive) -> None:
    """Background, what is supposed, what others do, the call's own event, parts of a longer statement."""
    evidence = make.span(TEXT, "Iran and Qatar spoke by telephone")
    own = make.event(TEXT, "Iran", "spoke", "Qatar", category="CONSULT", evidence=evidence)
    aside = [
        accusing(TEXT, "Iran accused Egypt of delay", background=True),
        accusing(TEXT, "Iran accused Egypt of delay", status="hypothetical"),
        accusing(TEXT, "Iran accused Egypt of delay", actors=[make.party(TEXT, "Oman", country="OMN")]),
    ]
    said = [
        make.statement(TEXT, "Iran", "the sea route would be reopened soon", None),
        make.statement(TEXT, "Iran", "the sea route", None),
    ]
    actors = [make.actor("Iran"), make.actor("Egypt", kind="person", country="EGY")]
    record = telling(
        IRAN, contact=call(date="2024-06-01", evidence=evidence), events=[own, *aside], statements=said, actors=actors
    )
    (readout,) = found(memory, record, telling(QATAR))
    assert [point.first.words for point in readout.points if point.first] == ["the sea route would be reopened soon"]


def test_other_contacts(memory: Archive) -> None:
    visits = [
        make.contact(TEXT, "Iran", channel="visit", visitor="IRN", host="QAT", date=day, status=status)
        for day, status in (("2024-06-20", "planned"), ("2024-06-20", "postponed"), ("2024-07-20", "planned"))
    ]
    records = [
        telling(outlet, contact=call(date="2024-06-01")).model_copy(
            update={"contacts": (call(date="2024-06-01"), *told)}
        )
        for outlet, told in ((IRAN, visits[:1]), (QATAR, visits[1:]))
    ]
    (readout,) = found(memory, *records)
    (both,) = points(readout, "contact", "both")
    assert both.differences == ("status: planned / postponed",)
    assert len(points(readout, "contact", "second")) == 1


def test_several_reports_of_one_side_are_one_account(memory: Archive) -> None:
    records = [telling(IRAN, **entries(TEXT)), telling("Tehran Evening Post", **entries(TEXT)), telling(QATAR)]
    (readout,) = found(memory, *records)
    assert outlets(readout) == ([IRAN, "Tehran Evening Post"], [QATAR]) or outlets(readout) == (
        ["Tehran Evening Post", IRAN],
        [QATAR],
    )
    assert {len(point.first.also) for point in readout.points if point.first} == {1}
    assert len(readout.points) == 6


# -- reports that are read

CALL = (
    ("NOR", "CHL"),
    (
        "Norwegian Ministry of Foreign Affairs",
        "OSLO, June 4 - Foreign Minister Ingrid Solhaug spoke by telephone on Monday with Chilean Foreign Minister "
        "Tomás Arriagada.\n\nSolhaug thanked Chile for the release of the trawler Havglimt. Arriagada promised that "
        "Chile would return the nets by 1 September.\n\nNorway also thanked Peru for its mediation.\n",
    ),
    (
        "Chile Press Office",
        "SANTIAGO, June 4 - Foreign Minister Tomás Arriagada spoke by telephone on Monday with his Norwegian "
        "counterpart, Ingrid Solhaug.\n\nArriagada accused Norway of fishing in Chilean waters. He did not promise to "
        "return the nets.\n\nArriagada invited Solhaug to Valparaíso.\n",
    ),
)
MEETING = (
    ("KEN", "TZA"),
    (
        "Kenya Government Portal",
        "NAIROBI, June 4 - President Amina Wekesa of Kenya met Tanzanian President Joseph Mrisho in Arusha on Tuesday. "
        "Wekesa demanded that Tanzania lift its ban on Kenyan maize. Mrisho promised to lift the ban by 1 August.\n",
    ),
    (
        "Tanzania Daily Courier",
        "DODOMA, June 4 - President Joseph Mrisho of Tanzania met Kenyan President Amina Wekesa in Arusha on Tuesday. "
        "Wekesa demanded that Tanzania lift its ban on Kenyan maize. Mrisho accused Kenya of smuggling rice.\n",
    ),
)


VISIT = (
    ("DNK", "GHA"),
    (
        "Harbour Post",
        "Danish Prime Minister Mette Lund visited Accra on 3 June 2024 and met President Kofi Asante of Ghana. Lund "
        "offered Ghana two patrol boats. Asante praised Denmark for its help at sea.\n",
    ),
    (
        "Northern Wire",
        "President Kofi Asante of Ghana received Danish Prime Minister Mette Lund in Accra on 3 June 2024. Asante "
        "praised Denmark for its help at sea. Asante asked Denmark to open its market to Ghanaian cocoa.\n",
    ),
)


def read(reader: Reader, memory: Archive, pair: Sequence[Any]) -> Readout:
    states, *told = pair
    memory.add(reader.read(text, published="2024-06-04", publisher=outlet) for outlet, text in told)
    (readout,) = memory.readouts(*states)
    return readout


def words(readout: Readout, kind: str, told_by: str) -> list[str]:
    return [" / ".join(item.words for item in (p.first, p.second) if item) for p in points(readout, kind, told_by)]


def test_a_call_that_two_ministries_tell(reader: Reader, memory: Archive) -> None:
    readout = read(reader, memory, CALL)
    assert (readout.told_apart, readout.channel, str(readout.first_day)) == ("sides", "phone", "2024-06-03")
    assert (readout.first.state, readout.second.state) == ("NOR", "CHL")
    (disputed,) = [point for point in readout.points if point.disputed]
    assert disputed.kind == "event"
    assert "nets" in " ".join(reason.fact for reason in disputed.reasons)
    assert any("thanked Chile" in said for said in words(readout, "event", "first"))
    assert any("accused Norway" in said for said in words(readout, "event", "second"))
    assert words(readout, "state", "first") == ["Peru"]
    assert words(readout, "commitment", "first") == ["Chile would return the nets by 1 September"]


def test_a_meeting_that_two_papers_tell(reader: Reader, memory: Archive) -> None:
    readout = read(reader, memory, MEETING)
    assert (readout.told_apart, readout.channel, str(readout.first_day)) == ("sides", "meeting", "2024-06-04")
    assert readout.differences == ()
    assert any("lift its ban" in said for said in words(readout, "event", "both"))
    assert any("promised to lift" in said for said in words(readout, "event", "first"))
    assert any("accused Kenya" in said for said in words(readout, "event", "second"))
    assert words(readout, "place", "both") == ["Arusha / Arusha"]


def test_a_visit_that_two_outlets_tell(reader: Reader, memory: Archive) -> None:
    readout = read(reader, memory, VISIT)
    assert (readout.told_apart, str(readout.first_day)) == ("outlets", "2024-06-03")
    assert (readout.first.state, readout.second.state) == (None, None)
    assert any("praised Denmark" in said for said in words(readout, "event", "both"))
    # Of reports of one day the first is told by their ids alone.
    harbour, wire = ("first", "second") if outlets(readout)[0] == ["Harbour Post"] else ("second", "first")
    assert "patrol boats" in " ".join(words(readout, "commitment", harbour) + words(readout, "event", harbour))
    assert any("asked Denmark" in said for said in words(readout, "event", wire))
