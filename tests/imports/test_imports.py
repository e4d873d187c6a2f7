"""Other event data read in: what an export wrote comes back, and what files of others get wrong is mended and told."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.archive import Archive
from dragoman.archive.imported import ImportedEvent, Source
from dragoman.exports import gdelt, icews, polecat
from dragoman.exports.files import write
from dragoman.exports.formats import export
from dragoman.imports.intake import Fault, Imported, import_files
from dragoman.knowledge.codebook import codebook
from exports.conftest import records

Read = Callable[..., tuple[Imported, list[Fault]]]
DATA: tuple[Source, ...] = ("gdelt", "polecat", "icews")


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive("sqlite://") as opened:
        yield opened


@pytest.fixture
def read(archive: Archive, tmp_path: Path) -> Read:
    """Reads text as a file of a data set."""

    def reads(form: Source, text: str | bytes, name: str = "file.tsv") -> tuple[Imported, list[Fault]]:
        path, faults = tmp_path / name, list[Fault]()
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_files(archive, form, [path], faults.append), faults

    return reads


def gdelt_line(version: int = 2, **cells: object) -> str:
    given = {
        "GlobalEventID": "1001", "Day": "20240601", "MonthYear": "202406", "Year": "2024", "FractionDate": "2024.4137",
        "Actor1Code": "IRNGOV", "Actor1Name": "IRAN", "Actor1CountryCode": "IRN", "Actor1Type1Code": "GOV",
        "Actor2Code": "QAT", "Actor2Name": "QATAR", "Actor2CountryCode": "QAT", "IsRootEvent": "1",
        "EventCode": "042", "EventBaseCode": "042", "EventRootCode": "04", "QuadClass": "1", "GoldsteinScale": "1.9",
        "NumMentions": "6", "NumSources": "1", "NumArticles": "6", "AvgTone": "-1.5", "Actor1Geo_Type": "0",
        "Actor2Geo_Type": "0", "ActionGeo_Type": "4", "ActionGeo_Fullname": "Doha, Ad Dawhah, Qatar",
        "ActionGeo_CountryCode": "QA", "ActionGeo_Lat": "25.28", "ActionGeo_Long": "51.53",
        "DATEADDED": "20240601120000", "SOURCEURL": "https://example.org/1",
    } | cells  # fmt: skip
    names = [name for name in gdelt.EVENTS.names if version == 2 or not name.endswith("ADM2Code")]
    return "\t".join(str(given.get(name, "")) for name in names)


def polecat_cells(**cells: object) -> dict[str, str]:
    given = {
        "Event ID": "20240601-7-x", "Event Date": "2024-06-01", "Event Type": "CONSULT", "Event Mode": "visit",
        "Intensity": "4.0", "Quad Code": "Verbal Cooperation", "Actor Name": "A. Sadr; B. Sadr",
        "Actor Country": "IRN; IRN", "Actor COW": "630; 630", "Primary Actor Sector": "GOV; MIL",
        "Recipient Name": "Qatar", "Recipient Country": "QAT", "Recipient COW": "694", "Placename": "Doha",
        "Country": "QAT", "Latitude": "25.28", "Longitude": "51.53", "Source": "A Wire",
        "Publication Date": "2024-06-02", "Language": "English", "Version": "NGEC",
    } | {name.replace("_", " "): str(value) for name, value in cells.items()}  # fmt: skip
    return {name: given.get(name, "None") for name in polecat.LAYOUT.names}


def polecat_text(*rows: dict[str, str], quoted: bool = True) -> str:
    header = "\t".join(f'"{name}"' if quoted else name for name in rows[0])
    return "\n".join([header, *("\t".join(row.values()) for row in rows)]) + "\n"


def icews_cells(**cells: object) -> dict[str, str]:
    given = {
        "Event ID": "926685", "Event Date": "2016-01-01", "Source Name": "Citizen (Iran)",
        "Source Sectors": "Social,General Population / Civilian / Social", "Source Country": "Iran",
        "Event Text": "Make a visit", "CAMEO Code": "042", "Intensity": "1.9", "Target Name": "Police (Russia)",
        "Target Sectors": "Government,Police", "Target Country": "Russian Federation", "Story ID": "28235806",
        "Sentence Number": "5", "Publisher": "A Paper", "City": "Doha", "Country": "Qatar", "Latitude": "25.28",
        "Longitude": "51.53",
    } | {name.replace("_", " "): str(value) for name, value in cells.items()}  # fmt: skip
    return {name: given.get(name, "") for name in icews.LAYOUT.names}


def text_of(*rows: dict[str, str]) -> str:
    return "\n".join(["\t".join(rows[0]), *("\t".join(row.values()) for row in rows)]) + "\n"


def only(archive: Archive, **filters: Any) -> ImportedEvent:
    (row,) = archive.imported(**filters)
    return row


# what was exported comes back ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", DATA)
def test_round_trip(archive: Archive, form: Source, tmp_path: Path) -> None:
    with Archive("sqlite://") as source:
        source.add(records())
        rows = list(source.passages())
        written = write(export(source, form), tmp_path / "out")
    faults: list[Fault] = []
    done = import_files(archive, form, [tmp_path / "out"], faults.append)
    assert (faults, done.added, done.refused) == ([], written.entries, 0)
    told = {
        (row.event.category, row.event.quad, form != "polecat" and row.event.cameo)
        for row in rows
        if row.event.status != "negated" and (row.event.cameo or form == "polecat")
    }
    assert {(row.category, row.quad, row.cameo or False) for row in archive.imported()} == told
    met = next(row for row in archive.imported() if row.category == "CONSULT" and row.actors[0].country == "IRN")
    assert met.day == date(2024, 5, 31)
    assert [(party.name or "").casefold() for party in (*met.actors, *met.recipients)] == ["a. sadr", "mr. thani"]
    assert [(party.country, party.sector) for party in (*met.actors, *met.recipients)] == [
        ("IRN", "GOV"),
        ("QAT", "GOV"),
    ]
    assert met.place_country == "QAT"
    un = {party.country for row in archive.imported() for party in row.actors if (party.name or "").upper() == "UN"}
    assert un == {"UNO"}
    last = next(row for row in archive.imported() if row.place_country == "XKX")
    assert last.recipients[0].country == "XKX"


def test_mentions_come_back(archive: Archive, tmp_path: Path) -> None:
    with Archive("sqlite://") as source:
        source.add(records())
        write(export(source, "gdelt"), tmp_path / "out")
    faults: list[Fault] = []
    done = import_files(archive, "gdelt", [tmp_path / "out", tmp_path / "out.mentions.CSV"], faults.append)
    assert (faults, done.files, done.added) == ([], 2, 16)
    met = next(row for row in archive.imported(category="CONSULT"))
    (mention,) = archive.imported_mentions("gdelt", met.source_id)
    assert (mention.url, mention.publisher, mention.sentence) == ("https://www.example.org/a;b", "example.org", 2)
    assert (mention.day, mention.confidence) == (date(2024, 6, 1), 0.9)


# what is read --------------------------------------------------------------------------------------------------------


def test_gdelt_in_our_codes(archive: Archive, read: Read) -> None:
    done, faults = read("gdelt", gdelt_line(Actor1CountryCode="ROM", Actor2Type1Code="MED"))
    assert (done.added, faults) == (1, [])
    row = only(archive)
    assert (row.cameo, row.category, row.mode, row.quad, row.intensity) == ("042", "CONSULT", "visit", 1, 1.9)
    assert (row.actors[0].country, row.actors[0].sector, row.recipients[0].sector) == ("ROU", "GOV", "JRN")
    assert (row.place_name, row.place_country, row.mentions) == ("Doha, Ad Dawhah, Qatar", "QAT", 6)
    assert (row.source, row.source_id, row.file, row.line) == ("gdelt", "1001", "file.tsv", 1)
    assert row.row == gdelt_line(Actor1CountryCode="ROM", Actor2Type1Code="MED")


@pytest.mark.parametrize(("columns", "url"), [(58, "https://example.org/1"), (57, None)])
def test_gdelt_of_older_versions(archive: Archive, read: Read, columns: int, url: str | None) -> None:
    line = "\t".join(gdelt_line(1, DATEADDED="20120601").split("\t")[:columns])
    assert len(line.split("\t")) == columns
    done, faults = read("gdelt", line)
    assert (done.added, faults) == (1, [])
    row = only(archive)
    assert (row.cameo, row.place_country, row.url) == ("042", "QAT", url)


def test_polecat_in_our_codes(archive: Archive, read: Read) -> None:
    done, faults = read("polecat", polecat_text(polecat_cells()))
    assert (done.added, faults) == (1, [])
    row = only(archive)
    assert (row.category, row.mode, row.cameo, row.quad) == ("CONSULT", "visit", None, 1)
    assert [(p.name, p.country, p.sector) for p in row.actors] == [("A. Sadr", "IRN", "GOV"), ("B. Sadr", "IRN", "MIL")]


def test_icews_in_our_codes(archive: Archive, read: Read) -> None:
    done, faults = read("icews", text_of(icews_cells()))
    assert (done.added, faults) == (1, [])
    row = only(archive)
    assert (row.source_id, row.cameo, row.category) == ("926685/2016-01-01", "042", "CONSULT")
    assert (row.actors[0].sector, row.recipients[0].sector, row.recipients[0].country) == ("CVL", "COP", "RUS")


@pytest.mark.parametrize("pack", ["gz", "zip"])
def test_packed_files(archive: Archive, tmp_path: Path, pack: str) -> None:
    path = tmp_path / f"20240601.export.CSV.{pack}"
    if pack == "gz":
        path.write_bytes(gzip.compress(gdelt_line().encode()))
    else:
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("notes.pdf", b"%PDF")
            packed.writestr("20240601.export.CSV", gdelt_line())
    done = import_files(archive, "gdelt", [path], lambda fault: pytest.fail(str(fault)))
    assert done.added == 1
    assert only(archive).file == f"{path.name}/20240601.export.CSV" if pack == "zip" else path.name


# what is mended ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "code", "what"),
    [
        ({"EventCode": "42", "EventBaseCode": "42", "EventRootCode": "4"}, "042", "lost its leading zero"),
        ({"EventCode": "14", "EventRootCode": "1", "GoldsteinScale": "0"}, "014", "lost its leading zero"),
        ({"EventCode": "14", "EventRootCode": "14", "GoldsteinScale": "-6.5"}, "140", "is a root code"),
        ({"EventCode": "211", "EventRootCode": "2", "GoldsteinScale": "3"}, "0211", "lost its leading zero"),
        ({"EventCode": "57.0", "EventRootCode": "5.0", "GoldsteinScale": "8"}, "057", "lost its leading zero"),
        ({"EventCode": "190", "EventRootCode": "19", "GoldsteinScale": "-10", "QuadClass": "4"}, "190", None),
        ({"EventCode": "1124", "EventRootCode": "11", "GoldsteinScale": "-2"}, "1124", None),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_lost_zeros(archive: Archive, read: Read, cells: dict[str, str], code: str, what: str | None) -> None:
    _, faults = read("gdelt", gdelt_line(**cells))
    row = only(archive)
    assert row.cameo == code
    assert row.category == codebook().cameo[code].category
    if what is None:
        assert (faults, row.repairs) == ([], ())
    else:
        (fault,) = faults
        assert (fault.kind, fault.file, fault.line, fault.done) == ("code", "file.tsv", 1, f"read as {code}")
        assert what in fault.what
        assert row.repairs == (f"{fault.what}: {fault.done}",)


def test_every_code_that_lost_its_zero_is_found_again(archive: Archive, read: Read) -> None:
    codes = [code for code in codebook().cameo if code.startswith("0")]
    lines = []
    for number, code in enumerate(codes):
        score = codebook().cameo[code].goldstein
        lines.append(gdelt_line(GlobalEventID=number, EventCode=code[1:], EventRootCode=code[1], GoldsteinScale=score))
    _, faults = read("gdelt", "\n".join(lines))
    assert sorted(row.cameo or "" for row in archive.imported()) == sorted(codes)
    assert len(faults) == len(codes)


def test_a_stray_tab_is_taken_out(archive: Archive, read: Read) -> None:
    good = polecat_cells()
    bad = polecat_cells(Event_ID="20240601-8-x", Placename="Doha\tcity", Actor_Title="minister\t\tof trade")
    bad = {**bad, "Actor Title": "None"}
    done, faults = read("polecat", polecat_text(good, bad))
    assert (done.added, done.refused) == (2, 0)
    (fault,) = faults
    assert (fault.kind, fault.line, fault.done) == ("tabs", 3, "made a blank")
    row = next(row for row in archive.imported() if row.source_id == "20240601-8-x")
    assert (row.place_name, row.place_country, row.publisher) == ("Doha city", "QAT", "A Wire")


def test_two_stray_tabs_in_one_cell(archive: Archive, read: Read) -> None:
    done, faults = read("icews", text_of(icews_cells(Publisher="A\tPaper\tof note")))
    assert (done.added, [fault.what for fault in faults]) == (1, ["2 stray tabs inside a cell"])
    assert only(archive).publisher == "A Paper of note"


def test_a_header_with_a_column_that_the_rows_lack(archive: Archive, read: Read) -> None:
    header = "\t".join([*polecat.LAYOUT.names[:5], "Headline", *polecat.LAYOUT.names[5:]])
    done, faults = read("polecat", f"{header}\n" + "\t".join(polecat_cells().values()))
    assert (done.added, done.refused) == (1, 0)
    assert [(fault.kind, "Headline" in fault.what) for fault in faults] == [("header", True)]
    assert only(archive).category == "CONSULT"


def test_a_header_with_a_column_that_the_rows_have_too(archive: Archive, read: Read) -> None:
    cells = list(polecat_cells().items())
    cells.insert(5, ("Headline", "Minister\tabroad".replace("\t", " ")))
    names, values = zip(*cells, strict=True)
    done, _ = read("polecat", "\t".join(names) + "\n" + "\t".join(values))
    assert done.added == 1
    assert (only(archive).quad, only(archive).actors[0].name) == (1, "A. Sadr")


def test_other_names_of_columns(archive: Archive, read: Read) -> None:
    text = polecat_text(polecat_cells()).replace('"Intensity"', '"Event Intensity"')
    done, faults = read("polecat", text)
    assert (done.added, faults, only(archive).intensity) == (1, [], 4.0)


def test_icews_without_codes_and_with_other_days(archive: Archive, read: Read) -> None:
    cells = {name: cell for name, cell in icews_cells(Event_Date="1/31/2017").items() if name != "CAMEO Code"}
    done, faults = read("icews", text_of(cells))
    assert done.added == 1
    assert [(fault.kind, fault.done) for fault in faults] == [
        ("header", "taken as empty"),
        ("day", "read as 2017-01-31"),
    ]
    row = only(archive)
    assert (row.day, row.cameo, row.category) == (date(2017, 1, 31), None, None)


def test_latin_letters(archive: Archive, read: Read) -> None:
    data = text_of(icews_cells(Source_Name="José Núñez")).encode("iso-8859-1")
    done, faults = read("icews", data)
    assert (done.added, only(archive).actors[0].name) == (1, "José Núñez")
    assert [(fault.kind, fault.done) for fault in faults] == [("encoding", "read as ISO-8859-1")]


def test_a_cut_end_is_taken_as_empty(archive: Archive, read: Read) -> None:
    cells = list(icews_cells(Latitude="", Longitude="").values())
    done, faults = read("icews", text_of(icews_cells()) + "\t".join(cells[:18]) + "\n")
    assert done.added == 2
    assert [(fault.kind, fault.what) for fault in faults] == [
        ("columns", "its last 2 cells are missing"),
        ("repeated", "id 926685/2016-01-01 stands for another row, too"),
    ]


def test_columns_shifted_by_a_stray_tab_and_a_cut_end(archive: Archive, read: Read) -> None:
    cells = gdelt_line(Actor2Name="STATE\tOF QATAR", SOURCEURL="").split("\t")
    done, faults = read("gdelt", "\t".join(cells[:61]))
    assert (done.added, [fault.done for fault in faults]) == (1, ["shifted back"])
    assert only(archive).recipients[0].name == "STATE OF QATAR"


def test_one_id_for_two_rows(archive: Archive, read: Read) -> None:
    done, faults = read("icews", text_of(icews_cells(), icews_cells(Sentence_Number="6"), icews_cells()))
    assert (done.added, done.already_there) == (2, 1)
    assert [(fault.kind, fault.done) for fault in faults] == [("repeated", "kept beside it")]
    assert len({row.id for row in archive.imported()}) == 2


# what is refused -----------------------------------------------------------------------------------------------------


def test_a_line_that_cannot_be_mended_is_refused_and_the_rest_goes_on(archive: Archive, read: Read) -> None:
    lines = [gdelt_line(), "1002\tnonsense\t" + "x\t" * 60, gdelt_line(GlobalEventID="1003")]
    done, faults = read("gdelt", "\n".join(lines))
    assert (done.added, done.refused) == (2, 1)
    assert [(fault.kind, fault.line, fault.done) for fault in faults] == [("line", 2, "refused")]


@pytest.mark.parametrize(
    ("form", "text", "why"),
    [
        ("polecat", "a,b,c\n1,2,3\n", "is no file of POLECAT's: its first line does not name the columns"),
        ("icews", "Event Date\tSource Name\n2016-01-01\tx\n", "its header lacks Event ID"),
        ("gdelt", "hello\n", "is no file of GDELT's: its first line has no id, or too few columns"),
    ],
)
def test_a_file_of_something_else(archive: Archive, read: Read, form: Source, text: str, why: str) -> None:
    done, faults = read(form, text)
    assert (done.added, done.files_refused) == (0, 1)
    assert why in faults[-1].what


def test_a_broken_package(archive: Archive, read: Read) -> None:
    done, faults = read("gdelt", gzip.compress(gdelt_line().encode())[:-12], "broken.gz")
    assert (done.files_refused, faults[-1].done) == (1, "refused")
    assert "cannot be read" in faults[-1].what


# in the archive ------------------------------------------------------------------------------------------------------


def test_the_same_file_twice_adds_nothing(archive: Archive, read: Read) -> None:
    text = "\n".join(gdelt_line(GlobalEventID=number) for number in range(1500))
    assert read("gdelt", text, "one.csv")[0].added == 1500
    done, faults = read("gdelt", text, "renamed.csv")
    assert (done.added, done.already_there, faults) == (0, 1500, [])
    assert sum(1 for _ in archive.imported()) == 1500
    assert archive.check() == []


def test_filters(archive: Archive, read: Read) -> None:
    read("gdelt", gdelt_line())
    read("polecat", polecat_text(polecat_cells()))
    read("icews", text_of(icews_cells()))

    def sources(**filters: Any) -> list[str]:
        return [row.source for row in archive.imported(**filters)]

    assert sources() == ["icews", "gdelt", "polecat"] or sources() == ["icews", "polecat", "gdelt"]
    assert sources(source="polecat") == ["polecat"]
    assert sorted(sources(dyad="QAT-IRN")) == ["gdelt", "polecat"]
    assert sources(recipient="RUS") == ["icews"]
    assert sources(actor="QAT") == []
    assert sorted(sources(category="CONSULT", since="2024-01-01")) == ["gdelt", "polecat"]
    assert sources(cameo="04", until="2020-12-31") == ["icews"]
    assert len(sources(limit=2)) == 2
    with pytest.raises(TypeError, match="no filter 'colour'"):
        archive.imported(colour="red")  # type: ignore[call-arg]


def test_beside_ones_own(archive: Archive, read: Read) -> None:
    archive.add(records())
    read("gdelt", gdelt_line() + "\n" + gdelt_line(GlobalEventID="2", Day="20240501"))
    counts = [(one.month, one.source, one.events) for one in archive.beside(dyad="IRN-QAT")]
    assert counts == [("2024-05", "gdelt", 1), ("2024-05", "own", 1), ("2024-06", "gdelt", 1), ("2024-06", "own", 1)]
    assert {one.source for one in archive.beside(source="gdelt")} == {"gdelt"}


def test_imported_rows_are_never_changed(archive: Archive, read: Read) -> None:
    from sqlalchemy import text

    from dragoman.errors import ArchiveError

    read("gdelt", gdelt_line())
    for change in ("UPDATE imported_events SET cameo = '14'", "DELETE FROM imported_parties"):
        with pytest.raises(ArchiveError, match="never changed"), archive._store.writing() as connection:
            connection.execute(text(change))
