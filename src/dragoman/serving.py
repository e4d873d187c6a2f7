"""One server for the API and the explorer, on one port, until it is stopped.

In: an archive's address, where to listen, who may write. Out: lines that say where to look. Refuses a port that is
taken, and to start where the extra `web` is not installed.
"""

from __future__ import annotations

import gc
import os
import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.archive import Archive
from dragoman.errors import DragomanError
from dragoman.report.options import IntakeOptions
from dragoman.terminal.screen import screen
from dragoman.terminal.wording import counted, safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What is served, where, to whom.

    Attributes:
        archive: its SQLAlchemy URL, with the password if it has one.
        where: the same, to be shown.
        reports: how many it holds.
        host, port: where to listen; port 0 takes a free one.
        token: what somebody must show before they write.
        public: nothing is ever written.
        reader: makes what reads reports that are added.
        intake: limits of what is taken in.
        knowledge: folder of the user's own knowledge.
        hosts: names the server answers for; all when empty.
    """

    archive: str
    where: str
    reports: int
    host: str
    port: int
    token: str | None
    public: bool
    reader: Callable[[Any], Any]
    intake: IntakeOptions
    knowledge: str | None
    hosts: Sequence[str] = ()


def serve(asked: Serving) -> None:
    """Serve until stopped.

    Raises:
        DragomanError: when the extra is missing, or the address cannot be listened at.
        KeyboardInterrupt: when it is stopped.
    """
    try:
        import uvicorn  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise _missing(error) from error
    with _listening(asked.host, asked.port) as heard, Archive(asked.archive, read_only=asked.public) as archive:
        # Made for this run where nobody chose one: pages of other hosts must not be able to write by way of a browser.
        token = asked.token or secrets.token_urlsafe(18)
        served = app(asked, archive, token)
        for line in _told(asked, heard.getsockname()[1], token):
            screen().print(safe(line), soft_wrap=True)
        # What is loaded by now stays: a search for garbage need not go through all of it again while somebody waits.
        gc.collect()
        gc.freeze()
        config = uvicorn.Config(served, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[heard])


def app(asked: Serving, archive: Archive, token: str) -> FastAPI:
    """The API with the explorer on it.

    Args:
        asked: what is served.
        archive: the archive, open for both, so that what either keeps in memory is there once.
        token: what somebody must show before they write through the API.

    Raises:
        DragomanError: when the extra is missing.
    """
    try:
        from dragoman.api import build  # noqa: PLC0415
        from dragoman.web import mount  # noqa: PLC0415

        made = build(
            archive,
            token=token,
            public=asked.public,
            reader=asked.reader,
            intake=asked.intake,
            knowledge=asked.knowledge,
            hosts=asked.hosts,
        )
        return mount(
            made,
            archive,
            token=asked.token,
            public=asked.public,
            reader=asked.reader,
            intake=asked.intake,
            knowledge=asked.knowledge,
        )
    except ImportError as error:
        raise _missing(error) from error


def _missing(error: ImportError) -> DragomanError:
    return DragomanError(
        f"{error.name} is not installed; the explorer and the API need it: pip install 'dragoman[web]'"
    )


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        says = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        told = f"cannot listen at {host}, port {port}: {says}"
        raise DragomanError(f"{told}. Choose another with --port or --host.") from error


def _told(asked: Serving, port: int, token: str) -> list[str]:
    host = f"[{asked.host}]" if ":" in asked.host else asked.host
    address = f"http://{host}:{port}"
    if asked.public:
        writing = "nobody; this server is open to read only"
        if asked.token is None and not asked.hosts:
            writing += " (set DRAGOMAN_TOKEN to let those write who know it)"
    elif asked.token:
        writing = "whoever shows the token"
    else:
        writing = f"whoever works at this machine; through the API with the token {token}"
    return [
        f"{asked.where}: {counted(asked.reports, 'report')}",
        f"Explorer  {address}/",
        f"API       {address}/docs",
        f"Writing   {writing}",
        "Ctrl-C stops it.",
    ]
