"""Errors: one family, each says what, where and what to do."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

import dragoman
from dragoman import errors


def test_all_are_one_family() -> None:
    found = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]
    assert len(found) == 6
    assert all(issubclass(kind, errors.DragomanError) for kind in found)
    assert issubclass(errors.NotFoundError, errors.ArchiveError)
    assert all(getattr(dragoman, kind.__name__) is kind for kind in found)


def test_a_refused_report_names_source_and_reason() -> None:
    refused = errors.RefusedReport("a.txt", "is empty")
    assert str(refused) == "a.txt: is empty"
    assert (refused.source, refused.reason) == ("a.txt", "is empty")


def test_a_missing_pipeline_says_what_to_do() -> None:
    with pytest.raises(errors.ModelError, match=r"'en_nowhere' cannot be loaded .*install it or name another"):
        dragoman.Reader(model="en_nowhere")


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(errors.ModelError, match="has no dependency parser"):
        dragoman.Reader(model=str(tmp_path / "blank"))


def test_reading_nothing_is_refused(reader: dragoman.Reader) -> None:
    with pytest.raises(errors.RefusedReport, match="is empty; there is nothing to read"):
        reader.read(" \n")
    with pytest.raises(errors.RefusedReport, match="lone surrogate at 5"):
        reader.read("Iran \ud800 said")


def test_a_day_that_is_none_is_refused(reader: dragoman.Reader) -> None:
    with pytest.raises(ValueError, match="month must be in"):
        reader.read("Iran thanked Qatar.", published="2024-13-01")
    with pytest.raises(ValueError, match="is no date"):
        reader.resolve("Iran", date="the day of the frogs")
