"""A stretch of work in which Python does not look for garbage.

Many small objects are made of a page of records and let go at once. Python's search for unreachable ones would be set
off by them again and again, and would each time go through everything that the process holds, which takes longer than
the page. What is let go is freed all the same; only circles wait until the next search.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Held:
    def __init__(self) -> None:
        self.lock = Lock()
        self.depth = 0
        self.turned_off = False


_HELD = _Held()


@contextmanager
def unwatched() -> Iterator[None]:
    """Let nothing be searched for within; several threads may be in here at once."""
    with _HELD.lock:
        if _HELD.depth == 0:
            # Whoever has turned it off before us goes on having it off.
            _HELD.turned_off = gc.isenabled()
            gc.disable()
        _HELD.depth += 1
    try:
        yield
    finally:
        with _HELD.lock:
            _HELD.depth -= 1
            if _HELD.depth == 0 and _HELD.turned_off:
                gc.enable()
