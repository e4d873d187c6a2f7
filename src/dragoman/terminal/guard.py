"""From errors to plain sentences and exit codes: no command ever ends in a traceback.

0    done; also when whoever reads our output has seen enough
1    something could not be read, found, opened or written
2    wrong usage
130  interrupted
"""

from __future__ import annotations

import os
from typing import Any

import typer
from typer.core import TyperGroup

from dragoman.errors import DragomanError
from dragoman.terminal.screen import hush
from dragoman.terminal.wording import line, safe

FAILED, USAGE, INTERRUPTED = 1, 2, 130


class Kept(Exception):  # noqa: N818 - no error: an interruption, and what is kept
    """Raised in place of KeyboardInterrupt where there is something to say about what was kept."""


class Guarded(TyperGroup):
    """A group of commands that turns whatever goes wrong in them into a sentence and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Kept as kept:
            complain(str(kept))
            raise typer.Exit(INTERRUPTED) from None
        except KeyboardInterrupt:
            complain("Interrupted.")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            hush()
            raise typer.Exit(0) from None
        except DragomanError as error:
            complain(str(error))
            raise typer.Exit(FAILED) from error
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            complain(
                f"{where}{error.strerror or error}. Check that it is there, may be used, and that the disk has room."
            )
            raise typer.Exit(FAILED) from error
        except Exception as error:
            # Typer's own (usage, exit) know their exit code.
            if hasattr(error, "exit_code") or os.environ.get("DRAGOMAN_DEBUG"):
                raise
            complain(
                f"Dragoman met a fault of its own ({type(error).__name__}: {error}). "
                "What was stored before is kept. Set DRAGOMAN_DEBUG=1 to see where it arose, and please report it."
            )
            raise typer.Exit(FAILED) from error


def complain(words: str) -> None:
    """One or two sentences on standard error."""
    typer.echo(line(safe(words)), err=True)
