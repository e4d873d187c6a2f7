"""Files of other event data into an archive: a file at a time, each line either kept or told why not.

In: an archive, a format and paths. Out: counts, and each fault as it is met, with its place, what was wrong and what
was done. Memory holds a batch of rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dragoman.archive import Archive
from dragoman.archive.imported import ImportedEvent, ImportedMention, Source
from dragoman.errors import RefusedReport
from dragoman.imports import gdelt, icews, polecat
from dragoman.imports.fitting import DoesNotFit, cut, fitted, is_header, shape_of
from dragoman.imports.layouts import GDELT, ICEWS, MENTIONS, POLECAT, Shape
from dragoman.imports.lines import Line, lines
from dragoman.imports.mending import Mended

Cells = dict[str, str]
Parse = Callable[[Cells], tuple[Any, list[Mended]]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that was wrong.

    Attributes:
        kind: code, day, tabs, columns, encoding, repeated, header, line or file.
        line: number in the file; 0 for the whole file.
        done: what was made of it; "refused" for a line or file that was left out.
    """

    file: str
    line: int
    kind: str
    what: str
    done: str


@dataclass(slots=True)
class Imported:
    """What an import came to."""

    rows: int = 0
    added: int = 0
    already_there: int = 0
    refused: int = 0
    files: int = 0
    files_refused: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


def import_files(
    archive: Archive, form: Source, paths: Sequence[Path], told: Callable[[Fault], None], *,
    on_the_way: Callable[[int], None] = lambda _: None,
) -> Imported:  # fmt: skip
    """Read files into the archive.

    Args:
        archive: open for writing.
        form: whose files they are; of GDELT it is told by the number of columns which table a file holds.
        paths: the files.
        told: is called with each fault.
        on_the_way: is called with how many more rows are kept.

    Raises:
        ArchiveError: when the archive cannot be written; what was kept before stays.
    """
    done = Imported()

    def tell(fault: Fault) -> None:
        done.kinds[fault.kind] += 1
        told(fault)

    for path in paths:
        try:
            for of_file in lines(path):
                done.files += 1
                for batch in archive.take_in(_rows(of_file, form, done, tell)):
                    done.added += batch.added
                    done.already_there += batch.already_there
                    for row in batch.repeated:
                        what = f"id {row.source_id} stands for another row, too"
                        tell(Fault(row.file, row.line, "repeated", what, "kept beside it"))
                    on_the_way(batch.added + batch.already_there)
        except RefusedReport as error:
            done.files_refused += 1
            tell(Fault(str(path), 0, "file", error.reason, "refused"))
    return done


def _rows(
    of_file: Iterator[Line], form: Source, done: Imported, tell: Callable[[Fault], None]
) -> Iterator[ImportedEvent | ImportedMention]:
    """A file's rows; where it breaks off, those before are kept."""
    try:
        yield from _each(of_file, form, done, tell)
    except RefusedReport as error:
        done.files_refused += 1
        tell(Fault(error.source, 0, "file", error.reason, "refused"))


def _each(
    of_file: Iterator[Line], form: Source, done: Imported, tell: Callable[[Fault], None]
) -> Iterator[ImportedEvent | ImportedMention]:
    shape: Shape | None = None
    dropped: Shape | None = None
    parse: Parse = {"gdelt": gdelt.event, "polecat": polecat.event, "icews": icews.event}[form]
    for line in of_file:
        cells = cut(line.text)
        if shape is None:
            shape, dropped, header = _first(line, cells, form, tell)
            if shape.names == MENTIONS.names:
                parse = gdelt.mention
            if header:
                continue
        done.rows += 1
        mended: list[Mended] = []
        if line.latin:
            mended.append(Mended("encoding", "the line is no UTF-8", "read as ISO-8859-1"))
        wanted = GDELT.get(len(cells), shape) if form == "gdelt" and parse is gdelt.event else shape
        if dropped is not None and len(cells) == len(dropped.names):
            wanted = dropped
        try:
            kept, wrong = fitted(cells, wanted)
        except DoesNotFit as error:
            done.refused += 1
            tell(Fault(line.file, line.number, "line", str(error), "refused"))
            continue
        mended += [wrong] if wrong else []
        row, of_cells = parse({**_empty(form), **dict(zip(wanted.names, kept, strict=True))})
        mended += of_cells
        for one in mended:
            tell(Fault(line.file, line.number, one.kind, one.what, one.done))
        yield replace(
            row, row=line.text, file=line.file, line=line.number, repairs=tuple(f"{m.what}: {m.done}" for m in mended)
        )


def _empty(form: Source) -> Cells:
    """Columns that a file may lack."""
    usual = {"gdelt": GDELT[61], "polecat": POLECAT, "icews": ICEWS}[form]
    return dict.fromkeys(usual.names, "")


def _first(
    line: Line, cells: list[str], form: Source, tell: Callable[[Fault], None]
) -> tuple[Shape, Shape | None, bool]:
    """The file's shape by its first line; the same without columns that only the header has; whether it is a header.

    Raises:
        RefusedReport: for a file of something else.
    """
    if form == "gdelt":
        for usual in (GDELT[61], MENTIONS):
            if is_header(cells, usual):
                return *_by_header(line, cells, usual, tell), True
        usual = MENTIONS if abs(len(cells) - len(MENTIONS.names)) < 8 else GDELT.get(len(cells), GDELT[61])
        if cells[0].isdigit() and len(cells) > 8:
            return usual, None, False
        raise RefusedReport(line.file, "is no file of GDELT's: its first line has no id, or too few columns")
    usual = POLECAT if form == "polecat" else ICEWS
    if is_header(cells, usual):
        return *_by_header(line, cells, usual, tell), True
    if len(cells) == len(usual.names) and not usual.wrong(cells):
        tell(Fault(line.file, line.number, "header", "the file has no header", "read in the published order"))
        return usual, None, False
    raise RefusedReport(line.file, f"is no file of {form.upper()}'s: its first line does not name the columns")


def _by_header(line: Line, cells: list[str], usual: Shape, tell: Callable[[Fault], None]) -> tuple[Shape, Shape | None]:
    shape, strange = shape_of(cells, usual)
    missing = [name for name in usual.names if name not in shape.names]
    if lacking := usual.needed & set(missing):
        raise RefusedReport(line.file, f"its header lacks {', '.join(sorted(lacking))}")
    if missing:
        tell(Fault(line.file, line.number, "header", f"no column {', '.join(missing)}", "taken as empty"))
    if not strange:
        return shape, None
    tell(Fault(line.file, line.number, "header", f"a column that is not published: {', '.join(strange)}", "left out"))
    without = tuple(name for name in shape.names if not name.startswith("?"))
    return shape, Shape(without, usual.patterns, shape.needed)
