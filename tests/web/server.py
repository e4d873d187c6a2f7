"""A server of the explorer for browser tests: ``python server.py URL PORT [public] [token=T]``."""

from __future__ import annotations

import sys

import uvicorn
from fastapi import FastAPI

from dragoman.web import mount


def reader(who: object) -> object:
    """The real reader, loaded with the first report."""
    from dragoman.reader import Reader

    return Reader(who=who)  # type: ignore[arg-type]


if __name__ == "__main__":
    url, port, *rest = sys.argv[1:]
    token = next((part.removeprefix("token=") for part in rest if part.startswith("token=")), None)
    app = mount(FastAPI(), url, public="public" in rest, token=token, reader=reader)  # type: ignore[arg-type]
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")
