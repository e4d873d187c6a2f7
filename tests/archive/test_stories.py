"""One happening in many reports: grouped as they come, split and joined by people, never overwritten."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from sqlalchemy import text

import make
from archive.older import make_first
from dragoman.archive import Archive, copies, merging
from dragoman.errors import ArchiveError, NotFoundError
from dragoman.record.entries import Record

WIRE = (
    "Norway's minister Kari Solbakken visited Egypt on Tuesday and met President Hamdi Fayed in Cairo about fish feed."
)
GULF = "In Cairo on Tuesday, Norway's Kari Solbakken sat down with Hamdi Fayed of Egypt; fish feed was on the table."
LATE = "Egypt expects more fish feed from Norway after Tuesday's meeting of Hamdi Fayed and Kari Solbakken in Cairo."
NEXT = "Norway's minister Kari Solbakken met opposition leaders in Kosovo on Friday; courts were the subject."
STORM = "A storm closed the port of Bergen on Tuesday and ferries stayed at their moorings until the evening tide."


def told(
    words: str,
    outlet: str,
    day: str,
    *,
    sides: Sequence[str] = ("Norway", "Egypt"),
    title: str | None = None,
    **fields: object,
) -> Record:
    """A report with one meeting of two sides, if sides are given."""
    verb = next((verb for verb in ("met", "sat down", "meeting") if verb in words), "")
    events = []
    if sides and verb:
        event = {"category": "CONSULT", "mode": "meet", "cameo": "036", "date": "2024-06-04", "date_basis": "relative"}
        one, other = sides
        events = [make.event(words, one, verb, other, **(event | fields))]
    return make.record(words, title=title, publisher=outlet, published=day, events=events)


def meeting() -> list[Record]:
    """Three tellings of one meeting, and two reports of other things."""
    return [
        told(WIRE, "Wire", "2024-06-04", title="Norwegian minister in Cairo"),
        told(GULF, "Gulf Desk", "2024-06-05", title="Fish feed for the Nile"),
        told(NEXT, "Wire", "2024-06-07", sides=("Norway", "Kosovo"), date="2024-06-07"),
        told(LATE, "Delta Post", "2024-06-06", sides=(), title="More feed for fish farms"),
        told(STORM, "Wire", "2024-06-04", sides=()),
    ]


def groups(archive: Archive) -> set[frozenset[str]]:
    """Which texts are told as one, by the first words of each."""
    every = archive.stories(least=1)
    return {frozenset(t.report_id for t in archive.story(row.id).tellers) for row in every}


def together(records: Sequence[Record], *numbers: Sequence[int]) -> set[frozenset[str]]:
    return {frozenset(records[n].report.id for n in group) for group in numbers}


def test_one_happening_told_by_three(memory: Archive) -> None:
    records = meeting()
    memory.add(records)
    assert groups(memory) == together(records, (0, 1, 3), (2,), (4,))
    (row,) = memory.stories()
    assert (row.reports, row.outlets, row.title) == (3, 3, "Norwegian minister in Cairo")
    assert (str(row.opened), str(row.updated)) == ("2024-06-04", "2024-06-06")
    one, other = (memory.happening(event.id) for event in memory.events(category="CONSULT", dyad="EGY-NOR"))
    assert one == other
    assert one.event_id == row.event_id
    assert [telling.publisher for telling in one.tellings] == ["Wire", "Gulf Desk", "Delta Post"]
    assert memory.check() == []


@pytest.mark.parametrize("seed", range(6))
def test_in_whatever_order_they_come(memory: Archive, seed: int) -> None:
    records = meeting()
    memory.add(random.Random(seed).sample(records, len(records)))
    assert groups(memory) == together(records, (0, 1, 3), (2,), (4,))
    assert memory.check() == []


def test_a_report_without_an_event_of_its_own_is_a_mention(memory: Archive) -> None:
    records = meeting()
    memory.add(records)
    (mention,) = memory.mentions(report_id=records[3].report.id)
    assert (mention.coded, mention.category, mention.background) == (False, "CONSULT", False)
    assert mention.evidence.text == LATE
    assert mention.event_id == next(memory.stories()).event_id
    assert [row.coded for row in memory.mentions(dyad="EGY-NOR")] == [True, True, False]
    assert [row.coded for row in memory.mentions(dyad="EGY-NOR", limit=1)] == [True]
    assert list(memory.mentions(report_id=records[3].report.id, category="AID")) == []
    assert list(memory.events(report_id=records[3].report.id)) == []


def test_every_merge_has_its_reasons(memory: Archive) -> None:
    memory.add(meeting())
    story = memory.story(next(memory.stories()).id)
    first, *joined = story.tellers
    assert (first.confidence, first.reasons) == (None, ())
    for teller in joined:
        assert teller.confidence is not None
        assert teller.confidence > 0
        assert any(reason.weight > 0 and "solbakken" in reason.fact for reason in teller.reasons)
        assert teller.beside in {one.report_id for one in story.tellers}
    (happening,) = story.happenings
    facts = [reason.fact for reason in happening.tellings[1].reasons]
    assert "both tell of CONSULT" in facts
    assert "between EGY and NOR" in facts


def test_differences_stand_side_by_side(memory: Archive) -> None:
    one = "Norway attacked Kosovo on Tuesday at Zubin, and seven soldiers of the border guard died in the night raid."
    two = "Nine soldiers of the border guard died on Tuesday in the night raid when Norway struck Kosovo at Zubin."
    memory.add(
        [
            told(one.replace("attacked", "met"), "Wire", "2024-06-05", sides=("Norway", "Kosovo"), confidence=0.8),
            told(two.replace("struck", "met"), "Gulf", "2024-06-05", sides=("Norway", "Kosovo"), date="2024-06-05"),
        ]
    )
    happening = memory.happening(next(memory.events()).id)
    found = {difference.what: dict(difference.told) for difference in happening.differences}
    ids = [telling.id for telling in happening.tellings]
    assert len(ids) == 2
    assert set(found["how many: soldiers"]) == {"7", "9"}
    assert set(found["when"]) == {"2024-06-04", "2024-06-05"}
    assert (happening.first_day, happening.last_day) == ("2024-06-04", "2024-06-05")


@pytest.mark.parametrize(
    "change",
    [
        {"mode": "phone"},
        {"category": "ACCUSE", "mode": "disapprove"},
        {"date": "2024-06-11"},
        {"status": "requested"},
        {"sides": ("Egypt", "Kosovo")},
    ],
)
def test_what_differs_in_kind_is_not_one_event(memory: Archive, change: dict[str, object]) -> None:
    words = GULF.replace("fish feed", "Kosovo's fish feed")
    memory.add([told(WIRE, "Wire", "2024-06-04"), told(words, "Gulf", "2024-06-04", **change)])  # type: ignore[arg-type]
    assert [row.reports for row in memory.stories()] == [2]
    assert len({row.event_id for row in memory.events()}) == 2
    assert memory.check() == []


LONG = " ".join(f"Sentence {n} tells of the visit of Kari Solbakken to hall number {n} of the fair." for n in range(12))


def test_nearly_the_same_text_is_a_copy(memory: Archive) -> None:
    agency = make.record(WIRE + " " + LONG, publisher="Agency", published="2024-06-04")
    paper = make.record(f"CAIRO: {WIRE} {LONG} (Agency)", publisher="Paper", published="2024-06-05")
    memory.add([agency, paper])
    story = memory.story(agency.report.id)
    assert [teller.copy_of for teller in story.tellers] == [None, agency.report.id]
    assert story.tellers[1].reasons[0].fact == "nearly the same text"
    assert memory.check() == []


def test_a_bulletin_of_another_day_is_no_telling_of_the_same(memory: Archive) -> None:
    days = ["On Tuesday", "On Wednesday"]
    bulletins = [
        make.record(f"{day} the river stood at {n} metres. {LONG}", publisher="Bulletin", published=f"2024-06-0{4 + n}")
        for n, day in enumerate(days)
    ]
    memory.add(bulletins)
    assert [row.reports for row in memory.stories(least=1)] == [1, 1]
    with memory._store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM duplicates")).scalar() == 1


def test_bands_find_what_is_nearly_the_same_and_little_else() -> None:
    chance = random.Random(3)
    words = [f"word{n}" for n in range(400)]
    found = strange = 0
    for _ in range(60):
        one = [chance.choice(words) for _ in range(200)]
        other = list(one)
        for place in chance.sample(range(200), 4):
            other[place] = "other"
        unlike = [chance.choice(words) for _ in range(200)]
        bands = [set(copies.bands(copies.groups_of_words(" ".join(text)))) for text in (one, other, unlike)]
        found += bool(bands[0] & bands[1])
        strange += bool(bands[0] & bands[2])
    assert found >= 57
    assert strange == 0
    assert copies.bands(copies.groups_of_words("Too short to tell.")) == []


# people ------------------------------------------------------------------------------------------------------------


def test_a_report_split_off_stays_apart(memory: Archive) -> None:
    records = meeting()
    memory.add(records[:3])
    gulf = records[1].report.id
    assert memory.split(gulf, by="Ada", reason="another meeting") == gulf
    assert groups(memory) == together(records, (0,), (1,), (2,))
    assert len({row.event_id for row in memory.events(category="CONSULT")}) == 3
    # What comes later is like both, and joins one of them only.
    memory.add(records[3:])
    assert sum(len(group) for group in groups(memory)) == 5
    assert not any({gulf, records[0].report.id} <= group for group in groups(memory))
    teller = next(t for t in memory.story(gulf).tellers if t.report_id == gulf)
    assert (teller.by, teller.reasons[0].fact) == ("Ada", "split off by Ada: another meeting")
    assert memory.check() == []


def test_the_first_report_of_a_story_can_be_split_off(memory: Archive) -> None:
    records = meeting()
    memory.add(records)
    first = records[0].report.id
    memory.split(first, by="Ada")
    assert groups(memory) == together(records, (0,), (1, 3), (2,), (4,))
    assert memory.story(records[3].report.id).id == records[1].report.id
    assert memory.check() == []


def test_an_event_split_off_stays_apart(memory: Archive) -> None:
    records = meeting()
    memory.add(records[:2])
    one, other = (row.id for row in memory.events(category="CONSULT"))
    assert memory.split(one, by="Ada") == one
    assert {row.event_id for row in memory.events(category="CONSULT")} == {one, other}
    assert groups(memory) == together(records, (0, 1))
    # Neither report tells of the other's event now, however much alike they are.
    assert all(mention.coded for mention in memory.mentions())
    memory.add(records[2:])
    assert memory.happening(one).event_id != memory.happening(other).event_id
    assert memory.check() == []
    with pytest.raises(ArchiveError, match="told by one report only"):
        memory.split(one, by="Ada")


def test_a_mention_can_be_taken_back(memory: Archive) -> None:
    records = meeting()
    memory.add(records)
    (mention,) = memory.mentions(report_id=records[3].report.id)
    memory.split(mention.id, by="Ada", reason="it tells of the year as a whole")
    assert list(memory.mentions(report_id=records[3].report.id)) == []
    assert groups(memory) == together(records, (0, 1, 3), (2,), (4,))
    assert memory.check() == []


def test_reports_joined_by_a_person_are_one_story(memory: Archive) -> None:
    records = meeting()
    memory.add(records)
    storm = records[4].report.id
    assert memory.join(storm, records[1].report.id, by="Ada", reason="it kept him there") == records[0].report.id
    assert groups(memory) == together(records, (0, 1, 3, 4), (2,))
    teller = next(t for t in memory.story(storm).tellers if t.report_id == storm)
    assert (teller.by, teller.reasons[0].fact) == ("Ada", "joined by Ada: it kept him there")
    assert memory.check() == []


def test_events_joined_by_a_person_are_one_with_their_stories(memory: Archive) -> None:
    records = meeting()
    memory.add(records)
    events = {row.report_id: row.id for row in memory.events(category="CONSULT")}
    kosovo, cairo = events[records[2].report.id], events[records[0].report.id]
    assert memory.join(kosovo, cairo, by="Ada") == cairo
    assert len(memory.happening(kosovo).tellings) == 4
    assert groups(memory) == together(records, (0, 1, 2, 3), (4,))
    assert memory.check() == []


def test_the_last_word_holds(memory: Archive) -> None:
    records = meeting()
    memory.add(records[:2])
    one, other = (record.report.id for record in records[:2])
    memory.split(one, by="Ada")
    memory.join(one, other, by="Bo")
    assert groups(memory) == together(records, (0, 1))
    assert len({row.event_id for row in memory.events(category="CONSULT")}) == 1
    memory.split(other, by="Ada")
    assert groups(memory) == together(records, (0,), (1,))
    assert memory.check() == []
    with memory._store.reading() as connection:
        said = connection.execute(text("SELECT by FROM story_decisions WHERE by IS NOT NULL ORDER BY number")).scalars()
        assert list(dict.fromkeys(said)) == ["Ada", "Bo"]


@pytest.mark.parametrize("table", ["story_decisions", "story_rulings", "duplicates"])
def test_what_was_decided_is_never_changed(memory: Archive, table: str) -> None:
    memory.add(meeting())
    copied = make.record(WIRE + " " + LONG, publisher="Agency", published="2024-06-04")
    memory.add([copied, make.record(f"{WIRE} {LONG} (Agency)", publisher="Paper", published="2024-06-05")])
    memory.split(copied.report.id, by="Ada")
    for statement in (
        f"DELETE FROM {table}",
        f"UPDATE {table} SET {'share = 0' if table == 'duplicates' else 'at = 1'}",
    ):
        with pytest.raises(ArchiveError, match="never changed"), memory._store.writing() as connection:
            connection.execute(text(statement.replace("at = 1", "at = '1'")))


def test_refusals(memory: Archive) -> None:
    records = meeting()
    memory.add(records)
    one, other, kosovo = (record.report.id for record in records[:3])
    for act in (lambda: memory.split("0" * 16, by="Ada"), lambda: memory.split("nothing", by="Ada"),
                lambda: memory.split(f"{one}~{one}-e0", by="Ada"), lambda: memory.join(one, "0" * 16, by="Ada"),
                lambda: memory.join(f"{one}-e0", f"{one}-e9", by="Ada"), lambda: memory.story("0" * 16),
                lambda: memory.story(""), lambda: memory.happening("nothing")):  # fmt: skip
        with pytest.raises(NotFoundError, match="there is no"):
            act()
    with pytest.raises(ArchiveError, match="tells its story alone"):
        memory.split(kosovo, by="Ada")
    with pytest.raises(ArchiveError, match="one story already"):
        memory.join(one, other, by="Ada")
    with pytest.raises(ArchiveError, match="one event already"):
        memory.join(f"{one}-e0", f"{other}-e0", by="Ada")
    with pytest.raises(ArchiveError, match="cannot be joined"):
        memory.join(one, f"{other}-e0", by="Ada")
    with pytest.raises(ArchiveError, match="nobody is named"):
        memory.split(one, by=" ")
    with pytest.raises(TypeError, match=r"stories\(\) has no filter"):
        memory.stories(colour="red")  # type: ignore[call-arg]
    assert memory.check() == []


# the archive ---------------------------------------------------------------------------------------------------------


def test_filters_ask_any_of_the_reports(memory: Archive) -> None:
    records = meeting()
    memory.add(records)
    assert [row.reports for row in memory.stories(publisher="Delta Post")] == [3]
    assert list(memory.stories(publisher="Delta Post", least=4)) == []
    assert [row.reports for row in memory.stories(dyad="NOR-XKX", least=1)] == [1]
    assert [row.reports for row in memory.stories(until="2024-06-04", least=1)] == [1, 3]
    assert len(list(memory.stories(least=1, limit=2))) == 2
    beginning = memory.story(records[1].report.id[:6])
    assert beginning.id == records[0].report.id


def test_a_report_is_stored_with_its_story_or_not_at_all(memory: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    records = meeting()
    memory.add(records[:1])

    def breaks(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(merging, "merge", breaks)
        with pytest.raises(OSError, match="full"):
            memory.add(records[1:2])
    assert [row.id for row in memory.reports()] == [records[0].report.id]
    assert memory.check() == []
    memory.add(records)
    assert groups(memory) == together(records, (0, 1, 3), (2,), (4,))


def test_an_older_archive_is_grouped_when_it_is_opened(home: str, url: str, tmp_path: object) -> None:
    if home == "postgresql":
        pytest.skip("archives of the first schemas lie in files")
    older = f"sqlite:///{tmp_path}/older.db"
    records = meeting()
    make_first(older, records)
    with Archive(older) as archive:
        assert groups(archive) == together(records, (0, 1, 3), (2,), (4,))
        assert len({row.event_id for row in archive.events(dyad="EGY-NOR")}) == 1
        assert archive.check() == []


DAMAGE = [
    ("DELETE FROM story_mentions; DELETE FROM story_reports WHERE outlet = 'delta post'", "stands in no story"),
    ("UPDATE stories SET reports = 7", "its days or counts are not those of its reports"),
    ("UPDATE story_reports SET day = '2020-01-01' WHERE outlet = 'delta post'", "its report of"),
    ("UPDATE story_keys SET day = '2020-01-01'", "is found by the day"),
    ("DELETE FROM ledger_words", "its words are missing"),
    ("UPDATE events SET event_id = (SELECT max(id) FROM events)", "stands in another story"),
    ("UPDATE events SET event_id = (SELECT max(id) FROM events)", "which no decision says"),
    ("UPDATE story_mentions SET event = (SELECT id FROM events WHERE id = event_id AND id NOT IN"
     " (SELECT event FROM stories WHERE event IS NOT NULL))", "its story of another event"),
    ('UPDATE story_mentions SET "end" = 100000', "lie outside the report"),
    ("INSERT INTO story_rulings SELECT 99, min(report_id), max(report_id), '0', NULL, 'Ada', '2024' FROM story_reports"
     " WHERE outlet IN ('delta post', 'gulf desk')", "were put apart and stand together"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "sign"), DAMAGE)
def test_check_finds(memory: Archive, damage: str, sign: str) -> None:
    memory.add(meeting())
    assert memory.check() == []
    with memory._store.writing() as connection:
        for statement in damage.split("; "):
            connection.execute(text(statement.replace("'0'", "false")))
    found = memory.check()
    assert any(sign in line for line in found), found


def test_candidates_are_looked_up_never_gone_through(memory: Archive) -> None:
    from dragoman.archive.grouping import _nearest

    memory.add(make.synthetic(5))
    with memory._store.reading() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("how SQLite looks it up")
        query = str(_nearest(2).compile(connection, compile_kwargs={"render_postcompile": True}))
        # How it is looked up does not hang on what for.
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", (None,) * query.count("?")).all()
    steps = [row.detail for row in plan if "story_keys" in row.detail]
    assert len(steps) == 2
    assert all(step.startswith("SEARCH story_keys USING") for step in steps), steps
