"""Dictionaries read, made ours and written.

In: paths of dictionaries, a folder. Out: how many entries were read, written, known and left out, each loss with its
place and reason, and the files written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.errors import KnowledgeError
from dragoman.knowledge.petrarch import folder as folders
from dragoman.knowledge.petrarch.actors import read_actors
from dragoman.knowledge.petrarch.agents import read_agents
from dragoman.knowledge.petrarch.frames import Frames
from dragoman.knowledge.petrarch.known import Known
from dragoman.knowledge.petrarch.ledger import Ledger, Left
from dragoman.knowledge.petrarch.offices import OfficeWords, add_agents
from dragoman.knowledge.petrarch.people import Entries
from dragoman.knowledge.petrarch.verbs import read_verbs
from dragoman.knowledge.world import world


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Attributes:
        read, written, known, left_out: how many entries; the last three add up to the first.
        in_part: how many losses there were in entries that were written or known.
        left: all of both, by file and line.
        files: the files written.
    """

    read: int
    written: int
    known: int
    left_out: int
    in_part: int
    left: tuple[Left, ...]
    files: tuple[Path, ...]


def import_dictionaries(
    folder: Path,
    *,
    verbs: Sequence[Path] = (),
    actors: Sequence[Path] = (),
    agents: Sequence[Path] = (),
    today: date | None = None,
) -> Imported:
    """Import dictionaries into a folder, to be laid over ours.

    Args:
        folder: where to; made when it is not there. Files of the user's own in it are known, and left alone.
        verbs, actors, agents: dictionaries.
        today: from when a date counts as far ahead; the clock's day when None.

    Raises:
        KnowledgeError: when a dictionary cannot be read, or a file of the user's own is wrong or in the way.
    """
    if folder.exists() and not folder.is_dir():
        raise KnowledgeError(f"{folder}: this is no folder")
    ledger = Ledger()
    with folders.own_files(folder) as own:
        known = Known(world(own))
    offices = OfficeWords(known.world.offices)
    entries = Entries(known, offices, ledger)
    files: dict[str, Any] = {}
    for path in agents:
        add_agents(read_agents(path, ledger), offices, known.states, ledger)
    day = today or date.today()  # noqa: DTZ011 - the user's day
    for actor in [actor for path in actors for actor in read_actors(path, ledger, day)]:
        entries.add(actor)
    for path in verbs:
        for category, rows in Frames(read_verbs(path, ledger), ledger).make().items():
            name = f"triggers/petrarch_{(category or 'nothing').lower()}.yaml"
            files.setdefault(name, {"category": category, "frames": []})["frames"] += rows
    for room, made in (("states", entries.states), ("bodies", entries.bodies), ("persons", entries.persons)):
        if made:
            files[f"{room}/petrarch.yaml"] = list(made.values())
    if words := offices.rows():
        files["offices.yaml"] = words
    written = folders.write(folder, files)
    return Imported(
        ledger.read, ledger.written, ledger.known, ledger.left_out, ledger.in_part, tuple(sorted(ledger.left)),
        tuple(written),
    )  # fmt: skip
