"""CAMEO's codes in ours.

Countries: CAMEO has ISO 3166-1 alpha-3 codes but for a few. Sectors: PLOVER has CAMEO's roles but for a few, which its
manual names (INS and SEP are REB, MED is JRN, HLH is MED). Events: the codebook says which category a code falls into.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from dragoman.knowledge.codebook import codebook

COUNTRIES = {"ROM": "ROU", "TMP": "TLS", "KSV": "XKX", "MTN": "MNE", "PAL": "PSE", "GZS": "PSE", "WSB": "PSE"}
"""CAMEO's codes that are not ISO's."""
INTERNATIONAL = {
    "IGO": "IGO", "UNO": "UNO", "EEC": "EUR", "NGO": "NGO", "NGM": "ISM", "IMG": "IMG", "MNC": "MNC",
}  # fmt: skip
"""CAMEO's international actors; its EUR is Europe as a region, PLOVER's the European Union."""
REGIONS = frozenset((
    "AFR", "ASA", "BLK", "CAS", "CAU", "CEU", "CFR", "CRB", "EAF", "EEU", "EIN", "EUR", "LAM", "MDT", "MEA", "NAF",
    "NMR", "PGS", "SAF", "SAM", "SAS", "SCN", "SEA", "WAF", "WST",
))  # fmt: skip
"""CAMEO's codes for parts of the world."""
SECTORS = {
    "INS": "REB", "SEP": "REB", "MED": "JRN", "HLH": "MED", "DEV": "SOC", "ENV": "SOC", "HRI": "SOC", "SET": "CVL",
    **{same: same for same in (
        "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JUD", "LAB", "LEG", "MIL", "OPP", "PRM", "PTY", "REB",
        "REF", "REL", "SPY", "UAF",
    )},
}  # fmt: skip
"""CAMEO's roles and PLOVER's sectors."""


@dataclass(frozen=True, slots=True)
class ActorCode:
    """What a code such as ``USAGOV`` says.

    Attributes:
        country: our code of the country; None where the code names none.
        sectors: PLOVER sectors, in the code's order.
        lost: parts of the code that have no place here.
        wrong: why the code cannot be used at all; empty when it can.
    """

    country: str | None = None
    sectors: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    wrong: str = ""

    @property
    def sector(self) -> str | None:
        """The first sector."""
        return self.sectors[0] if self.sectors else None


def actor_code(code: str, countries: Collection[str]) -> ActorCode:
    """Read an actor's or agent's code, three letters at a time.

    Args:
        code: as it stands in the brackets, without dates.
        countries: codes of the states that are known.
    """
    rest = code.strip().upper().replace("~", "").removeprefix("---")
    if not rest:
        return ActorCode(wrong="it has no code")
    if not re.fullmatch(r"[A-Z]+", rest):
        return ActorCode(wrong=f"{code.strip()!r} is no code of an actor")
    parts = [rest[start : start + 3] for start in range(0, len(rest), 3)]
    country = _country(parts[0], countries)
    if country is None and parts[0] not in SECTORS:
        if parts[0] in REGIONS:
            return ActorCode(wrong=f"{parts[0]} is a part of the world, not a country")
        return ActorCode(wrong=f"{parts[0]} is neither a country nor a sector that is known")
    sectors: list[str] = []
    lost: list[str] = []
    for part in parts[1:] if country else parts:
        if country == "IGO" and part in ("UNO", "EEC"):
            country = INTERNATIONAL[part]
        elif part in SECTORS:
            sectors.append(SECTORS[part])
        else:
            lost.append(part)
    return ActorCode(country, tuple(dict.fromkeys(sectors)), tuple(lost))


def _country(part: str, countries: Collection[str]) -> str | None:
    if part in INTERNATIONAL:
        return INTERNATIONAL[part]
    if part in COUNTRIES:
        return COUNTRIES[part]
    return part if part in countries and part not in REGIONS else None


@dataclass(frozen=True, slots=True)
class EventCode:
    """What a code in a verb dictionary says.

    Attributes:
        cameo: the codebook's code; None where the words mean no event.
        mutual: whether both sides do it: `[040:040]`.
        lost: what of it has no place here; empty where nothing is.
        wrong: why it cannot be used; empty when it can.
    """

    cameo: str | None = None
    mutual: bool = False
    lost: str = ""
    wrong: str = ""


def event_code(code: str) -> EventCode:
    """Read a verb's or pattern's code: `112`, `---`, or one for each side, `050:050`."""
    first, colon, second = (part.strip() for part in code.partition(":"))
    if colon and first != second:
        one = event_code(first)
        if one.cameo is None:
            return EventCode(wrong=one.wrong or f"{code!r}: only the other side acts, which no frame can say")
        return EventCode(one.cameo, lost=f"what the other side does, {second!r}")
    if first in ("", "---"):
        return EventCode()
    known = codebook().cameo
    for tried in (first, f"0{first}", f"{first}0"):
        # A spreadsheet takes the zero off 042; 04 is the root of 040. "10" may be 010 or 100.
        if tried in known and first.isdigit():
            if tried != first and first.isdigit() and 10 <= int(first) <= 20 and len(first) == 2:
                break
            lost = "" if tried == first else f"{first!r} is read as {tried!r}"
            return EventCode(tried, mutual=bool(colon), lost=lost)
    return EventCode(wrong=f"there is no CAMEO code {first!r}")
