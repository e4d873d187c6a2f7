"""The command line's `serve`: the explorer and the API of an archive, until it is stopped; thin."""

from __future__ import annotations

import ipaddress
from typing import Annotated

import typer

from dragoman.cli_opening import open_archive, reader_of
from dragoman.terminal.guard import Kept
from dragoman.terminal.options import Url

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""What a browser on this machine may call it."""


def serve(
    archive: Url = None,
    host: Annotated[
        str, typer.Option(metavar="HOST", help="Address to listen at; by default only this machine can reach it.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Port; 0 takes a free one.")] = 8000,
    token: Annotated[
        str | None,
        typer.Option(metavar="T", help="What somebody must show before they write; better set DRAGOMAN_TOKEN."),
    ] = None,
    public: Annotated[bool, typer.Option("--public", help="Read only: nothing is ever written.")] = False,
) -> None:
    """Show the archive in a browser, and serve it as a REST API.

    Whoever reaches the server may read. On this machine whoever works at it may write, too; from elsewhere only with
    the token. Ends with Ctrl-C.

    \b
    Example:  dragoman serve
              dragoman serve --host 0.0.0.0 --port 80 --public
    """
    from dragoman.serving import Serving
    from dragoman.serving import serve as run
    from dragoman.settings import settings

    chosen = settings()
    shown = token or chosen.token
    local = _is_local(host)
    with open_archive(archive, read_only=public) as opened:
        url, where, reports = opened.url, opened.where, opened.count("reports")
    asked = Serving(
        archive=url,
        where=where,
        reports=reports,
        host=host,
        port=port,
        token=shown,
        # From elsewhere nobody writes who has no token to show.
        public=public or (shown is None and not local),
        reader=reader_of,
        intake=chosen.intake(),
        knowledge=chosen.own_knowledge,
        hosts=(*LOOPBACK, host) if local else (),
    )
    try:
        run(asked)
    except KeyboardInterrupt:
        raise Kept("Stopped. What was added is kept.") from None


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
