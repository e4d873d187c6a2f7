"""The forms behind adding: what a browser sends, checked and laid down, and how far a job has come.

Refuses whoever may not write, more than `MOST` in all, and a form without anything in it; each with a sentence.
"""

from __future__ import annotations

import shutil
from datetime import date
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from nicegui import run
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from dragoman.web.parts import jobs
from dragoman.web.parts.desk import desk
from dragoman.web.parts.signing import hand

MOST = 64_000_000
"""Bytes that may be sent at once; each report has the intake's own limit."""
FILES = 500


async def take(request: Request) -> JSONResponse:
    """Begin to add what a form holds; answers with the job."""
    if not hand(request, desk()).writes:
        return _fault(403, "This server is open to read only." if desk().public else "Sign in before you add reports.")
    if int(request.headers.get("content-length") or MOST + 1) > MOST:
        return _fault(413, f"That is more than {MOST // 1_000_000} MB at once; send less, or use: dragoman add FOLDER")
    try:
        async with request.form(max_files=FILES, max_part_size=desk().intake.max_bytes * 4 + 1) as form:
            given, published, fault = await _given(dict(form), form.getlist("files"))
    except MultiPartException as error:
        return _fault(413, f"The form cannot be taken: {error.message}")
    if fault or not given.number:
        if given.folder is not None:
            await run.io_bound(shutil.rmtree, given.folder, ignore_errors=True)
        return _fault(400, fault or "Nothing was given: paste a text, choose files, or give an address.")
    publisher = str(form.get("publisher") or "").strip() or None
    return JSONResponse(jobs.begin(desk(), given, published, publisher).facts, status_code=202)


def progress(number: str) -> JSONResponse:
    """How far a job has come."""
    job = jobs.job_of(number)
    return JSONResponse(job.facts) if job else _fault(404, "This job is not known any more.")


async def _given(form: dict[str, Any], files: list[Any]) -> tuple[jobs.Given, date | None, str | None]:
    given = jobs.Given(text=str(form.get("text") or "").strip() or None)
    given.urls = str(form.get("urls") or "").split()
    day = str(form.get("published") or "").strip()
    try:
        published = date.fromisoformat(day) if day else None
    except ValueError:
        return given, None, f"“{day[:40]}” is no day; write it as 2024-06-01."
    wrong = next((url for url in given.urls if not url.startswith(("http://", "https://"))), None)
    if wrong:
        return given, None, f"“{wrong[:80]}” is no web address; it begins with https://"
    named = [file for file in files if isinstance(file, UploadFile) and file.filename]
    if named:
        given.folder = jobs.room()
    for number, file in enumerate(named):
        assert given.folder is not None
        # Only the ending of a name means anything, so nothing else of it is used.
        name = str(file.filename).replace("\\", "/").rpartition("/")[2]
        ending = "".join(
            part for part in name[-12:].partition(".")[1:] if part.replace(".", "").isalnum() or part == "."
        )
        path = given.folder / f"{number}{ending}"
        await run.io_bound(_lay_down, file, path)
        given.files.append((name, path))
    return given, published, None


def _lay_down(file: UploadFile, path: Any) -> None:
    with path.open("wb") as kept:
        shutil.copyfileobj(file.file, kept)


def _fault(status: int, says: str) -> JSONResponse:
    return JSONResponse({"fault": says}, status_code=status)
