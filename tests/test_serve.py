"""`dragoman serve` as it is started: what it says, who may write, how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

import make
from dragoman.archive import Archive
from dragoman.cli import app

# What is started in the background has Ctrl-C ignored, unless it says otherwise.
COMMAND = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from dragoman.cli import main; main()"
)
TOKEN = "a token for tests"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = f"sqlite:///{tmp_path_factory.mktemp('serve') / 'record.db'}"
    with Archive(address) as archive:
        archive.add(make.synthetic(3))
    return address


def started(*args: str, **variables: str) -> subprocess.Popen[str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("DRAGOMAN_")}
    own |= {"PYTHONPATH": os.pathsep.join(part for part in sys.path if part), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "serve", *args],
        env=own | variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


@contextmanager
def serving(*args: str, **variables: str) -> Iterator[tuple[str, str, subprocess.Popen[str]]]:
    """A server: its address, what it said, its process."""
    process = started("--port", "0", *args, **variables)
    assert process.stdout is not None
    try:
        said = ""
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        address = re.search(r"Explorer +(http://\S+?)/$", said, re.MULTILINE)
        assert address, said
        yield address[1], said, process
    finally:
        process.kill()
        process.communicate(timeout=20)


def add(address: str, token: str) -> int:
    """The status of an answer to adding what cannot be read; 401 and 403 come before that is seen."""
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.post(f"{address}/reports", json={"text": ""}, headers=headers, timeout=30).status_code


@pytest.mark.slow
def test_on_this_machine(url: str) -> None:
    with serving("--archive", url) as (address, said, process):
        assert "3 reports" in said
        assert httpx.get(f"{address}/about", timeout=30).json()["writes"] is True
        home = httpx.get(f"{address}/", follow_redirects=True, timeout=30)
        assert (home.status_code, home.url.path) == (200, "/desk/")
        assert "list_events" in httpx.get(f"{address}/docs", timeout=30).text
        assert httpx.get(f"{address}/about", headers={"Host": "rebound.example"}, timeout=30).status_code == 400
        token = re.search(r"with the token (\S+)", said)
        assert token
        assert (add(address, token[1]), add(address, "guessed")) == (422, 401)
        # A page of another host sends a form by way of the browser of who works here.
        form = httpx.post(
            f"{address}/desk/add/take", data={"text": "x"}, headers={"Origin": "https://evil.example"}, timeout=30
        )
        assert form.status_code == 403
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        assert "Stopped. What was added is kept." in process.stdout.read()
        assert process.wait(timeout=20) == 130


@pytest.mark.slow
def test_from_elsewhere_only_with_the_token(url: str) -> None:
    with serving("--archive", url, "--host", "0.0.0.0") as (address, said, _):
        own = address.replace("0.0.0.0", "127.0.0.1")
        assert "nobody; this server is open to read only" in said
        assert add(own, "anything at all") == 403
    with serving("--archive", url, "--host", "0.0.0.0", DRAGOMAN_TOKEN=TOKEN) as (address, said, _):
        own = address.replace("0.0.0.0", "127.0.0.1")
        assert TOKEN not in said
        assert (add(own, TOKEN), add(own, "guessed")) == (422, 401)


def test_what_cannot_be_served_is_told(tmp_path: Path, url: str) -> None:
    def refused(*args: str) -> str:
        result = CliRunner().invoke(app, ["serve", *args])
        assert result.exit_code == 1
        return result.stderr

    assert "there is no" in refused("--archive", f"sqlite:///{tmp_path}/none/record.db")
    assert "cannot listen at 203.0.113.7" in refused("--archive", url, "--host", "203.0.113.7")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = refused("--archive", url, "--port", str(taken.getsockname()[1]))
    assert "Address already in use. Choose another with --port or --host." in said
