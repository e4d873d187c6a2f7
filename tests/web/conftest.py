"""What the explorer's tests share: the demo archive, read once for all workers, a server on it, and a browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

CHROMIUM = Path("/usr/bin/chromium")
SERVER = Path(__file__).parent / "server.py"


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the sample world; the first worker that asks reads it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "web-demo"
    done = shared / "done"
    try:
        shared.mkdir()
    except FileExistsError:
        until = time.monotonic() + 300
        while not done.exists():
            assert time.monotonic() < until, "the worker that reads the sample world did not come to an end"
            time.sleep(0.1)
        return shared / "demo.db"
    from dragoman.archive import Archive
    from dragoman.demo import stories
    from dragoman.reader import Reader

    with Archive(f"sqlite:///{shared / 'demo.db'}") as archive:
        archive.add(Reader().read_many(report for story in stories() for report in story.reports))
    done.touch()
    return shared / "demo.db"


@contextmanager
def serving(url: str, *rest: str, log: Path) -> Iterator[str]:
    """A server of an archive; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
    with log.open("w") as kept:
        command = [sys.executable, str(SERVER), url, str(port), *rest]
        process = subprocess.Popen(command, env=environment, stdout=kept, stderr=kept)
        try:
            address = f"http://127.0.0.1:{port}"
            until = time.monotonic() + 60
            while True:
                try:
                    if httpx.get(f"{address}/desk/sign", timeout=5).status_code == 200:
                        break
                except httpx.TransportError:
                    pass
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < until, f"the server does not answer: {log.read_text()}"
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def demo(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample world, served to everybody, to be looked at only."""
    folder = tmp_path_factory.mktemp("looked-at")
    shutil.copy(demo_file, folder / "demo.db")
    with serving(f"sqlite:///{folder / 'demo.db'}", log=folder / "log") as address:
        yield address


@pytest.fixture(scope="session")
def own(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The sample world, served from a copy that may be changed; address and file. Each test signs with its own name."""
    folder = tmp_path_factory.mktemp("changed")
    file = folder / "own.db"
    shutil.copy(demo_file, file)
    with serving(f"sqlite:///{file}", log=folder / "log") as address:
        yield address, file


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser without a window."""
    if not CHROMIUM.exists():
        pytest.skip(f"left out: there is no {CHROMIUM}; install Debian's package chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()
