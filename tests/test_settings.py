"""Settings: what the environment may say, and what it may not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.report.options import IntakeOptions
from dragoman.settings import Settings, SettingsError, settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DRAGOMAN_{name.upper()}", raising=False)


def test_without_an_environment_the_limits_are_the_intakes_own() -> None:
    assert settings().intake() == IntakeOptions()
    assert settings().archive is None


def test_the_environment_is_read_each_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DRAGOMAN_MAX_BYTES", "7")
    monkeypatch.setenv("DRAGOMAN_USER_AGENT", "Ours")
    monkeypatch.setenv("DRAGOMAN_KNOWLEDGE", str(tmp_path))
    monkeypatch.setenv("DRAGOMAN_ARCHIVE", "")
    found = settings()
    assert found.intake(date(2024, 6, 1)) == IntakeOptions(max_bytes=7, user_agent="Ours", published=date(2024, 6, 1))
    assert (found.knowledge, found.archive) == (tmp_path, None)


@pytest.mark.parametrize(
    ("name", "value"), [("MAX_BYTES", "-1"), ("READ_TIMEOUT", "soon"), ("KNOWLEDGE", "/no/such/folder")]
)
def test_a_value_that_cannot_be_meant_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"DRAGOMAN_{name}", value)
    with pytest.raises(SettingsError, match=f"DRAGOMAN_{name}='{value}'"):
        settings()
