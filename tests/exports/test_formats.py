"""Each format against its published layout, cell by cell, and what holds for all of them."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

import make
from dragoman.archive import Archive, tables
from dragoman.errors import ArchiveError, DragomanError
from dragoman.exports import gdelt, icews, phoenix, polecat, spans
from dragoman.exports.files import write
from dragoman.exports.formats import ALLOWED, FORMS, Form, export
from dragoman.exports.sides import number_of
from dragoman.knowledge.codebook import codebook
from exports.conftest import MET, SENT

TABBED: tuple[Form, ...] = ("gdelt", "polecat", "icews", "petrarch2", "phoenix")
Row = dict[str, str]


def text(archive: Archive, form: Form, suffix: str = "", **asked: Any) -> str:
    return "".join(text for where, text in export(archive, form, **asked).pieces() if where == suffix)


def table(archive: Archive, form: Form, **asked: Any) -> list[Row]:
    """Rows by column, split as strictly as a tab-separated file can be read."""
    made = export(archive, form, **asked)
    lines = [line for suffix, line in made.pieces() if not suffix]
    layout = made.layouts[""]
    assert all(line.endswith("\n") and line.count("\n") == 1 and "\r" not in line for line in lines)
    cells = [line[:-1].split("\t") for line in lines]
    if layout.header:
        assert tuple(cells.pop(0)) == layout.names
    return [dict(zip(layout.names, row, strict=True)) for row in cells]


def described(path: str) -> list[str]:
    """The columns of a layout as the tests know them, apart from what the code declares."""
    return (Path(__file__).parent / "layouts" / path).read_text(encoding="utf-8").split("\n")[:-1]


@pytest.mark.parametrize(
    ("layout", "path", "number"),
    [
        (gdelt.EVENTS, "gdelt-events.txt", 61),
        (gdelt.MENTIONS, "gdelt-mentions.txt", 16),
        (polecat.LAYOUT, "polecat.txt", 40),
        (icews.LAYOUT, "icews.txt", 20),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_columns_are_those_of_the_published_layout(layout: Any, path: str, number: int) -> None:
    assert list(layout.names) == described(path)
    assert len(layout.names) == len(set(layout.names)) == number


def test_phoenix_has_26_columns() -> None:
    assert len(phoenix.LAYOUT.names) == 26


# GDELT --------------------------------------------------------------------------------------------------------------


def test_gdelt_events(archive: Archive) -> None:
    rows = table(archive, "gdelt")
    assert [(row["Actor1Name"], row["EventCode"], row["Actor2Name"]) for row in rows] == [
        ("NORWAY", "1123", "IRAN"),
        ("IRAN", "120", ""),
        ("A. SADR", "040", "MR. THANI"),
        ("MR. THANI", "040", "A. SADR"),
        ("IRAN", "051", "QATAR"),
        ("UN", "051", "IRAN"),
        ("UN", "051", "EGYPT"),
        ("FRANCE", "036", "KOSOVO"),
    ]
    met = rows[2]
    assert (met["Day"], met["MonthYear"], met["Year"], met["FractionDate"]) == (
        "20240531",
        "202405",
        "2024",
        "2024.4126",
    )
    assert (met["Actor1Code"], met["Actor1CountryCode"], met["Actor1Type1Code"]) == ("IRNGOV", "IRN", "GOV")
    assert (met["Actor2Code"], met["Actor2Type1Code"], met["Actor2Type2Code"]) == ("QATGOVBUS", "GOV", "BUS")
    assert (met["EventBaseCode"], met["EventRootCode"], met["QuadClass"], met["GoldsteinScale"]) == (
        "040",
        "04",
        "1",
        "1",
    )
    assert (met["ActionGeo_Type"], met["ActionGeo_Fullname"], met["ActionGeo_CountryCode"]) == (
        "4",
        "Doha, Qatar",
        "QA",
    )
    assert (met["ActionGeo_Lat"], met["ActionGeo_Long"], met["ActionGeo_FeatureID"]) == ("25.28545", "51.53096", "")
    assert (met["DATEADDED"], met["SOURCEURL"]) == ("20240601000000", "https://www.example.org/a;b")
    assert (met["IsRootEvent"], met["AvgTone"], met["NumMentions"]) == ("1", "", "1")
    assert rows[4]["IsRootEvent"] == "0"


def test_gdelt_international_actors_and_old_country_codes(archive: Archive) -> None:
    un = table(archive, "gdelt")[5]
    assert [un[f"Actor1{name}"] for name in ("Code", "CountryCode", "KnownGroupCode", "Type1Code")] == [
        "IGOUNO",
        "",
        "UNO",
        "IGO",
    ]
    said = "Romania thanked East Timor."
    with Archive("sqlite://") as other:
        parties = [make.party(said, words, country=code) for words, code in (("Romania", "ROU"), ("East Timor", "TLS"))]
        event = make.event(said, None, "thanked", None, actors=parties[:1], recipients=parties[1:])
        other.add([make.record(said, events=[event])])
        (row,) = table(other, "gdelt")
        (line,) = table(other, "phoenix", since=None) or [{}]
    assert (row["Actor1CountryCode"], row["Actor2CountryCode"]) == ("ROM", "TMP")
    assert line == {}, "a report without a day has no place in Phoenix"


def test_gdelt_country_is_no_point_and_fips_is_not_iso(archive: Archive) -> None:
    row = table(archive, "gdelt")[7]
    assert [row[f"ActionGeo_{name}"] for name in ("Type", "Fullname", "CountryCode", "ADM1Code", "FeatureID")] == [
        "1",
        "Kosovo",
        "KV",
        "KV",
        "KV",
    ]
    assert (row["ActionGeo_Lat"], row["ActionGeo_Long"]) == ("", "")


def test_what_is_announced_happens_when_it_is_announced(archive: Archive) -> None:
    assert table(archive, "gdelt")[7]["Day"] == "20240601"
    assert table(archive, "icews")[7]["Event Date"] == "2024-06-01"


def test_gdelt_mentions(archive: Archive) -> None:
    rows = table(archive, "gdelt", what="mentions")
    beside = text(archive, "gdelt", "mentions.CSV")
    assert beside == text(archive, "gdelt", what="mentions")
    events = table(archive, "gdelt")
    assert [row["GlobalEventID"] for row in rows] == [row["GlobalEventID"] for row in events]
    met = rows[2]
    assert (met["MentionType"], met["MentionSourceName"], met["MentionIdentifier"]) == (
        "1",
        "example.org",
        "https://www.example.org/a;b",
    )
    assert (met["Actor1CharOffset"], met["ActionCharOffset"]) == (str(MET.index("A. Sadr")), str(MET.index("met")))
    assert (met["SentenceID"], rows[4]["SentenceID"], rows[5]["SentenceID"]) == ("2", "3", "4")
    assert (met["Confidence"], met["MentionDocLen"], met["InRawText"]) == ("90", str(len(MET)), "1")
    alone = rows[1]
    assert (alone["MentionType"], alone["MentionSourceName"], alone["Actor2CharOffset"]) == ("2", "", "-1")
    assert alone["MentionIdentifier"] == next(iter(archive.events())).report_id


# POLECAT, ICEWS -----------------------------------------------------------------------------------------------------


def test_polecat(archive: Archive) -> None:
    rows = table(archive, "polecat")
    assert [row["Event Type"] for row in rows] == [
        "ACCUSE",
        "REJECT",
        "CONSULT",
        "SUPPORT",
        "SUPPORT",
        "AGREE",
        "SUPPORT",
    ]
    met, praised = rows[2], rows[4]
    assert (met["Event Date"], met["Event Mode"], met["Intensity"], met["Quad Code"]) == (
        "2024-05-31",
        "None",
        "1",
        "Verbal Cooperation",
    )
    assert (met["Actor Name"], met["Actor Country"], met["Actor COW"], met["Actor Title"]) == (
        "A. Sadr",
        "IRN",
        "630",
        "foreign minister",
    )
    assert (met["Recipient Sectors"], met["Wikipedia Actor ID"], met["Wikipedia Recipient ID"]) == (
        "GOV BUS",
        "Q1",
        "None",
    )
    assert (met["City"], met["Country"], met["GeoNames ID"], met["Source"]) == (
        "Doha",
        "QAT",
        "290030",
        "The Wire; Ltd",
    )
    assert (praised["Recipient Name"], praised["Recipient Country"], praised["Recipient COW"]) == (
        "Iran; Egypt",
        "IRN; EGY",
        "630; 651",
    )
    assert (praised["Actor Country"], praised["Actor COW"]) == ("UNO", "None")
    assert not any(cell == "" for row in rows for cell in row.values())


def test_icews(archive: Archive) -> None:
    rows = table(archive, "icews")
    met = rows[2]
    assert (met["Source Name"], met["Source Country"], met["CAMEO Code"], met["Intensity"]) == (
        "A. Sadr",
        "Iran",
        "040",
        "1",
    )
    assert met["Event Text"] == codebook().cameo["040"].gloss
    assert (met["Target Sectors"], met["Target Country"], met["City"]) == ("Government,Business", "Qatar", "Doha")
    assert (rows[5]["Source Name"], rows[5]["Source Country"]) == ("UN", "United Nations")
    assert [row["CAMEO Code"] for row in rows if row["CAMEO Code"].startswith("0")] == [
        "040",
        "040",
        "051",
        "051",
        "051",
        "036",
    ]
    assert len({row["Event ID"] for row in rows}) == len(rows)


# PETRARCH2, Phoenix -------------------------------------------------------------------------------------------------


def test_petrarch2(archive: Archive) -> None:
    made = export(archive, "petrarch2")
    lines = [text.rstrip("\n").split("\t") for suffix, text in made.pieces() if not suffix]
    report = next(row for row in archive.reports() if row.url)
    assert lines[0] == [
        "20240601",
        "IRNGOV",
        "QATGOVBUS",
        "040",
        "DIPLOMATIC,1",
        f"{report.id}_2",
        "https://www.example.org/a;b",
        "The Wire; Ltd",
    ]
    assert [(line[1], line[2], line[3]) for line in lines] == [
        ("IRNGOV", "QATGOVBUS", "040"),
        ("QATGOVBUS", "IRNGOV", "040"),
        ("IRN", "QAT", "051"),
        ("IGOUNO", "IRN", "051"),
        ("IGOUNO", "EGY", "051"),
        ("FRA", "XKX", "036"),
    ]
    assert made.left_out == {"no CAMEO code": 1, "report without a day": 2, "status negated": 1}


def test_petrarch2_without_address_and_outlet() -> None:
    said = "Iran praised Egypt. Iran lauded Egypt."
    events = [make.event(said, "Iran", did, "Egypt", contexts=["health"]) for did in ("praised", "lauded")]
    with Archive("sqlite://") as archive:
        archive.add([make.record(said, published="2024-06-01", events=events)])
        (line,) = list(text(archive, "petrarch2").splitlines())
        report = next(archive.reports()).id
    assert line.split("\t") == ["20240601", "IRN", "EGY", "051", "HEALTH,2", f"{report}_1;{report}_2", "NULL"]


def test_phoenix_joins_what_a_days_reports_tell() -> None:
    texts = [f"Iran praised Egypt. No. {number}" for number in range(3)]
    days = ["2024-06-01", "2024-06-01", "2024-06-02"]
    with Archive("sqlite://") as archive:
        archive.add(
            make.record(text, published=day, publisher=f"Outlet {text[-1]}", url=f"https://example.org/{text[-1]}",
                        events=[make.event(text, "Iran", "praised", "Egypt", contexts=["health"])])
            for text, day in zip(texts, days, strict=True)
        )  # fmt: skip
        first, second = table(archive, "phoenix")
        again = table(archive, "phoenix", since="2024-06-02")
    assert first["issues"] == "HEALTH,2"
    assert sorted(first["urls"].split(";")) == ["https://example.org/0", "https://example.org/1"]
    assert sorted(first["sources"].split(";")) == ["Outlet 0", "Outlet 1"]
    assert (first["source"], first["source_root"], first["source_agent"]) == ("IRN", "IRN", "")
    assert (first["code"], first["root_code"], first["quad_class"], first["goldstein"]) == ("051", "05", "1", "3.4")
    assert (first["date"], first["year"], first["month"], first["day"]) == ("20240601", "2024", "06", "01")
    assert again == [second], "an id is the same in every export"


def test_phoenix_splits_codes(archive: Archive) -> None:
    row = table(archive, "phoenix")[0]
    assert [row[f"target{part}"] for part in ("", "_root", "_agent", "_others")] == ["QATGOVBUS", "QAT", "GOV", "BUS"]
    un = table(archive, "phoenix")[3]
    assert [un[f"source{part}"] for part in ("", "_root", "_agent", "_others")] == ["IGOUNO", "IGO", "", "UNO"]


# all ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", TABBED)
def test_what_was_denied_is_left_out_and_counted(archive: Archive, form: Form) -> None:
    made = export(archive, form)
    codes = "".join(text for suffix, text in made.pieces() if not suffix)
    assert made.left_out["status negated"] == 1
    assert "\t111\t" not in codes
    asked = export(archive, form, status="negated")
    rows = [text for suffix, text in asked.pieces() if not suffix][asked.header :]
    assert "status negated" not in asked.left_out
    assert len(rows) == (0 if form in ("petrarch2", "phoenix") else 1)


@pytest.mark.parametrize("form", [form for form in TABBED if form != "polecat"])
def test_no_code_is_made_up(archive: Archive, form: Form) -> None:
    made = export(archive, form)
    lines = [text for suffix, text in made.pieces() if not suffix][made.header :]
    assert made.left_out["no CAMEO code"] == 1
    assert all(any(f"\t{code}\t" in line for code in ("040", "051", "036", "1123", "120")) for line in lines)


@pytest.mark.parametrize("form", TABBED)
def test_spans_hold(archive: Archive, form: Form) -> None:
    reports = {row.id: row.report.text for row in archive.reports()}
    made = list(export(archive, form).pieces())
    rows = list(
        csv.DictReader("".join(text for suffix, text in made if suffix == spans.SUFFIX).splitlines(keepends=True))
    )
    assert tuple(rows[0]) == spans.LAYOUT.names
    assert all(reports[row["report_id"]][int(row["start"]) : int(row["end"])] == row["text"] for row in rows)
    assert {row["part"] for row in rows} >= {"actor", "recipient", "trigger", "evidence", "place"}
    own = [text for suffix, text in made if not suffix]
    if form != "petrarch2":
        first = {line.split("\t")[0] for line in own} - {"Event ID"}
        assert {row["row"] for row in rows} == first
    else:
        assert {row["row"] for row in rows} == {str(number) for number in range(1, len(own) + 1)}


@pytest.mark.parametrize("form", FORMS)
def test_files(archive: Archive, form: Form, tmp_path: Path) -> None:
    for what in sorted(ALLOWED[form]):
        folder = tmp_path / what
        folder.mkdir()
        path = folder / "out"
        done = write(export(archive, form, what), path)
        assert sorted(done.files) == sorted(folder.iterdir())
        about = json.loads((folder / "out.about.json").read_text(encoding="utf-8"))
        assert (about["format"], about["what"], about["left_out"]) == (form, what, done.left_out)
        assert {file["name"] for file in about["files"]} == {p.name for p in folder.iterdir()} - {"out.about.json"}
        for file in about["files"]:
            assert hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest() == file["sha256"]
        assert about["files"][0]["rows"] == done.entries > 0
        for hint in folder.glob("*.dtypes.json"):
            assert set(json.loads(hint.read_text()).values()) <= {"string", "Int64", "Float64", "boolean"}
        if form in TABBED:
            types = json.loads((folder / "out.dtypes.json").read_text())
            assert {types[name] for name in types if "ode" in name and name != "geocode"} <= {"string"} | (
                {"Int64"} if form == "gdelt" else set()
            )


@pytest.mark.parametrize("form", FORMS)
def test_a_failure_leaves_the_old_files(
    archive: Archive, form: Form, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.write_text("old")
    made = export(archive, form)

    def broken() -> Iterator[Any]:
        yield next(made_rows)
        raise OSError(28, "No space left on device")

    made_rows = made.rows
    made.rows = broken()
    with pytest.raises(OSError, match="No space"):
        write(made, out)
    assert out.read_text() == "old"
    assert list(out.parent.iterdir()) == [out]


def test_refusals(archive: Archive) -> None:
    with pytest.raises(DragomanError, match="icews has no room for contacts; it takes: events"):
        export(archive, "icews", "contacts")
    with pytest.raises(TypeError, match="no filter 'colour'"):
        export(archive, "gdelt", colour="red")
    with pytest.raises(ArchiveError, match="IRN"):
        export(archive, "gdelt", actor="Iran!")


def test_filters_are_those_of_the_archive(archive: Archive) -> None:
    assert [row["EventCode"] for row in table(archive, "gdelt", dyad="IRN-QAT")] == ["040", "040", "051"]
    assert len(table(archive, "polecat", limit=2)) == 2
    assert len(table(archive, "icews", category="ACCUSE")) == 1


def test_ids_are_the_same_in_every_format_and_export(archive: Archive) -> None:
    gdelt_ids = [row["GlobalEventID"] for row in table(archive, "gdelt")]
    assert gdelt_ids == [row["Event ID"] for row in table(archive, "icews")]
    assert gdelt_ids[2:4] == [row["GlobalEventID"] for row in table(archive, "gdelt", category="CONSULT")]
    first = next(archive.events()).id
    assert gdelt_ids[0] == str(number_of(first))
    assert table(archive, "polecat")[0]["Event ID"] == first
    assert all(0 < int(number) < 2**63 for number in gdelt_ids)


def test_awkward_characters_stay_in_their_cells(archive: Archive) -> None:
    assert "\t" in MET
    assert "\n" in SENT
    spoken = [row["text"] for row in csv.DictReader(text(archive, "gdelt", spans.SUFFIX).splitlines(keepends=True))]
    assert any("\n" in words for words in spoken)


def test_rows_of_a_merged_event() -> None:
    """Three reports tell one event: one row of events, three mentions; or three rows where tellings are asked for."""
    texts = [f"Iran praised Egypt, no. {number}." for number in range(3)]
    with Archive("sqlite://") as archive:
        archive.add(
            make.record(said, published=f"2024-06-0{number + 1}", publisher=f"Outlet {number % 2}",
                        events=[make.event(said, "Iran", "praised", "Egypt")])
            for number, said in enumerate(texts)
        )  # fmt: skip
        rows = list(archive.events())
        with archive._store.writing() as connection:
            connection.execute(update(tables.events).values(event_id=rows[0].id))
        (event,) = table(archive, "gdelt")
        mentions = table(archive, "gdelt", what="mentions")
        beside = list(csv.DictReader(text(archive, "polecat", spans.SUFFIX).splitlines()))
        later = table(archive, "gdelt", since="2024-06-02")
        tellings = [table(archive, form, unit="report") for form in ("gdelt", "polecat", "icews")]
    assert (event["NumMentions"], event["NumSources"], event["NumArticles"]) == ("3", "2", "3")
    assert {row["GlobalEventID"] for row in mentions} == {event["GlobalEventID"]}
    assert [row["MentionTimeDate"][:8] for row in mentions] == ["20240601", "20240602", "20240603"]
    assert {row["EventTimeDate"][:8] for row in mentions} == {"20240601"}
    assert {row["row"] for row in beside} == {rows[0].id}
    assert len({row["id"] for row in beside}) == 3
    # Also when its first telling is not asked for.
    assert [row["GlobalEventID"] for row in later] == [event["GlobalEventID"]]
    assert [len(rows) for rows in tellings] == [3, 3, 3]


@pytest.mark.parametrize("form", [form for form in FORMS if form != "parquet"])
def test_rows_come_as_they_are_asked_for(archive: Archive, form: Form) -> None:
    """Text flows out of rows that never end, so nothing gathers them."""
    made = export(archive, form)
    first = [row for row in made.rows if row.published]
    taken = 0

    def endless() -> Iterator[Any]:
        nonlocal taken
        for number in count():
            for row in first:
                taken += 1
                day = first[0].published + timedelta(days=number)
                key = f"{row.id[:16]}-e{number}"
                yield replace(row, published=day, id=key, event_id=key, report_id=f"{number}")

    made.rows = endless()
    assert len(list(islice(made.pieces(), 500))) == 500
    assert taken <= 500 + len(first)


def test_exports_follow_judgements() -> None:
    said = "Iran praised Egypt. Iran thanked Egypt."
    events = [make.event(said, "Iran", did, "Egypt") for did in ("praised", "thanked")]
    with Archive("sqlite://") as archive:
        archive.add([make.record(said, published="2024-06-01", events=events)])
        first, second = [row.id for row in archive.events()]
        archive.judge(first, "corrected", correction={"cameo": "055", "category": "CONCEDE"}, by="R. Adeyemi")
        archive.judge(second, "wrong", by="R. Adeyemi")
        assert [row["EventCode"] for row in table(archive, "gdelt")] == ["051", "051"]
        assert [row["EventCode"] for row in table(archive, "gdelt", judged="follow")] == ["055"]
        assert [row["Event Type"] for row in table(archive, "polecat", judged="follow")] == ["CONCEDE"]
