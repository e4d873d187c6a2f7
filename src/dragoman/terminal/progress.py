"""The bar: shown on standard error, only on a terminal, and only for what takes longer than two seconds."""

from __future__ import annotations

from threading import RLock, Timer
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text
from rich.theme import Theme

from dragoman.terminal.screen import aside
from dragoman.terminal.wording import line, safe

DELAY = 2.0
_CALM = Theme({"progress.elapsed": "none", "bar.finished": "none"}, inherit=False)


class Meter:
    """Counts what is done and, after `DELAY` seconds, shows it.

    Args:
        doing: what is going on: "Loading the language model".
        total: how many there are, when known.
        console: where to show it; standard error by default.
        delay: seconds before the bar appears.
    """

    def __init__(
        self, doing: str, *, total: int | None = None, console: Console | None = None, delay: float = DELAY
    ) -> None:
        self.console = console or aside()
        self._lock = RLock()
        self._stopped = self._shown = False
        columns = (
            SpinnerColumn(style="none"),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24, style="dim", complete_style="none", pulse_style="none"),
            TextColumn("{task.completed} done"),
            TimeElapsedColumn(),
        )
        self.console.push_theme(_CALM)
        self._bar = Progress(*columns, console=self.console, transient=True)
        self._task = self._bar.add_task(safe(doing), total=total)
        self._timer = Timer(delay, self._appear)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        # FORCE_COLOR makes any console a terminal; a bar in a file would still be noise.
        if self.console.is_terminal and self.console.file.isatty():
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def now(self, doing: str) -> None:
        """Say what is going on now."""
        self._bar.update(self._task, description=safe(doing))

    def refused(self, source: str, reason: str) -> None:
        """Say that a source could not be read, and why."""
        self.console.print(Text(f"{line(source)}: {line(reason)}"), soft_wrap=True)

    def advance(self, by: int = 1) -> None:
        """One more is done, or so many."""
        self._bar.advance(self._task, by)

    def stop(self) -> None:
        """Take the bar away, for good."""
        with self._lock:
            self._stopped = True
            self._timer.cancel()
            # Stopping a bar that never came would print an empty line.
            if self._shown:
                self._bar.stop()
                self._shown = False

    def _appear(self) -> None:
        with self._lock:
            if not self._stopped:
                self._shown = True
                self._bar.start()
