"""The part of `Archive` that is about stories; see `stories`, `story_acts`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack

from dragoman.archive import stories, story_acts
from dragoman.archive.filters import Filters, question
from dragoman.archive.opening import Store
from dragoman.archive.story_rows import Happening, Story, StoryRow


class StoryMethods:
    """One event, many reports."""

    _store: Store

    def stories(self, *, least: int = 2, **filters: Unpack[Filters]) -> Iterator[StoryRow]:
        """What happened, by the day it was last told; filters as for `reports`, asked of any of its reports.

        Args:
            least: leave out what fewer reports than these tell; 1 for all.
        """
        return stories.stories(self._store, question("reports", filters, caller="stories"), least)

    def story(self, story_id: str) -> Story:
        """A story with all its reports, why they are taken to tell it, and the events they share.

        Args:
            story_id: its id or that of any of its reports, or the beginning of it.

        Raises:
            NotFoundError: when there is none, or several begin like this.
        """
        return stories.story(self._store, story_id)

    def happening(self, event_id: str) -> Happening:
        """One event with every telling, what differs between them, and why they are taken to be one.

        Args:
            event_id: its id or that of the event in any of the reports.

        Raises:
            NotFoundError: when there is no such event.
        """
        return stories.happening(self._store, event_id)

    def split(self, what: str, *, by: str, reason: str | None = None) -> str:
        """Take a report out of its story, or an event out of those it was made one with; it stays apart.

        Args:
            what: id of a report, of an event in a report, or of a mention.
            by: who says so.
            reason: why.

        Returns:
            The id of its own story or event.

        Raises:
            NotFoundError: when there is no such thing.
            ArchiveError: when it stands alone.
        """
        return story_acts.split(self._store, what, by=by, reason=reason)

    def join(self, one: str, other: str, *, by: str, reason: str | None = None) -> str:
        """Let two reports tell of one happening, or two events of reports be one; with all that is joined to either.

        Returns:
            The id of the common story or event.

        Raises:
            NotFoundError: when one is not there.
            ArchiveError: when they are joined already, or are of two kinds.
        """
        return story_acts.join(self._store, one, other, by=by, reason=reason)
