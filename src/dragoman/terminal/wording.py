"""What codes, dates and parties are called in print; text made safe to print.

In: entries of a record, and strings from anywhere. Out: plain strings. Control characters, marks that turn the
direction of writing and halves of characters never pass: they could steer a terminal or hide words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from dragoman.knowledge.codebook import codebook
from dragoman.record.entries import Actor, Event, Party

NONE = "-"
"""The letter in an entry's id, as the archive has it."""
# Line feed and tab are left to the caller; carriage returns go.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# In JSON the ASCII ones are escaped already.
_UNSAFE_IN_JSON = re.compile(r"[^\x00-\x7e]")


def safe(text: str) -> str:
    """Text without anything that steers a terminal; line feeds stay, tabs become spaces."""
    return _UNSAFE.sub("", text).replace("\t", " ")


def safe_with_offsets(text: str) -> tuple[str, list[int]]:
    """Safe text, and for each offset in `text` (its end included) the one in the safe text."""
    offsets: list[int] = []
    kept: list[str] = []
    for sign in text:
        offsets.append(len(kept))
        if not _UNSAFE.fullmatch(sign):
            kept.append(" " if sign == "\t" else sign)
    offsets.append(len(kept))
    return "".join(kept), offsets


def line(text: str | None) -> str:
    """Safe text on one line; `NONE` when there is none."""
    return " ".join(safe((text or "").replace("\r", " ").replace("\u2028", " ")).split()) or NONE


def json_text(data: Any) -> str:
    """JSON on one line that no terminal can misread; as JSON it says exactly the same."""
    text = json.dumps(data, ensure_ascii=False)
    return _UNSAFE_IN_JSON.sub(lambda found: _escaped(found[0]), text).replace("\x7f", "\\u007f")


def _escaped(sign: str) -> str:
    return json.dumps(sign)[1:-1] if _UNSAFE.fullmatch(sign) else sign


def actor_name(actor: Actor) -> str:
    """An actor's name, with its country unless it is that country itself: ``Graziella Aquilina (MLT)``."""
    name = line(actor.name)
    return name if actor.kind == "state" or not actor.country else f"{name} ({actor.country})"


def names(parties: Iterable[Party]) -> str:
    """Names of parties, each once."""
    return ", ".join(dict.fromkeys(actor_name(party.actor) for party in parties))


def role(actor: Actor) -> str:
    """What somebody is, in words: ``former foreign minister``."""
    status = "" if actor.role_status in {None, "incumbent"} else f"{actor.role_status} "
    return f"{status}{line(actor.role)}" if actor.role else ""


def day(stated: str | None) -> str:
    """A date or interval: ``2024-06-01``, ``2024-06-01 to 2024-06-03``; empty when not known."""
    if not stated:
        return ""
    first, slash, last = line(stated).partition("/")
    if not slash or first == last:
        return first
    if first in {"", ".."}:
        return f"until {last}"
    return f"since {first}" if last in {"", ".."} else f"{first} to {last}"


def code(event: Event) -> str:
    """Category and mode: ``ACCUSE disapprove``."""
    return f"{event.category} {event.mode}" if event.mode else event.category


def cameo_words(cameo: str | None) -> str:
    """What a CAMEO code means, in words; empty for none."""
    entry = codebook().cameo.get(cameo) if cameo else None
    return entry.gloss if entry else ""


def standing(event: Event) -> str:
    """How far an event came, and whether it is news: ``planned``, ``occurred, earlier``."""
    return f"{event.status}, earlier" if event.background else event.status


def state_words(status: str) -> str:
    """A status without its underscore: ``under way``."""
    return status.replace("_", " ")


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 report``, ``1,200 reports``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
