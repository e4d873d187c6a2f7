"""GDELT's rows in our codes: events of 1.0 and 2.0, and mentions."""

from __future__ import annotations

from functools import lru_cache

from dragoman.archive.imported import ImportedEvent, ImportedMention, ImportedParty
from dragoman.imports import mending
from dragoman.imports.mending import Mended
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.exchange import country_of_fips, exchange, from_gdelt

Row = dict[str, str]


def event(row: Row) -> tuple[ImportedEvent, list[Mended]]:
    """A row of the table of events."""
    day, wrong_day = mending.day(row["Day"])
    score = mending.number(row["GoldsteinScale"])
    code, wrong_code = mending.cameo(row["EventCode"], root=mending.text(row["EventRootCode"]), score=score)
    category, mode = mending.falls_into(code)
    quad = codebook().categories[category].quad if category else mending.whole(row["QuadClass"])
    made = ImportedEvent(
        source="gdelt",
        source_id=row["GlobalEventID"].strip(),
        day=day,
        category=category,
        mode=mode,
        cameo=code,
        quad=quad,
        intensity=score,
        actors=_party(row, "Actor1"),
        recipients=_party(row, "Actor2"),
        place_name=mending.text(row["ActionGeo_Fullname"]),
        place_country=country_of_fips(mending.text(row["ActionGeo_CountryCode"])),
        url=mending.text(row.get("SOURCEURL", "")),
        mentions=mending.whole(row["NumMentions"]),
    )
    return made, [wrong for wrong in (wrong_day, wrong_code) if wrong]


def mention(row: Row) -> tuple[ImportedMention, list[Mended]]:
    """A row of the table of mentions."""
    day, wrong = mending.day(row["MentionTimeDate"][:8])
    confidence = mending.number(row["Confidence"])
    web = row["MentionType"].strip() == "1"
    made = ImportedMention(
        source="gdelt",
        source_id=row["GlobalEventID"].strip(),
        day=day,
        url=mending.text(row["MentionIdentifier"]) if web else None,
        publisher=mending.text(row["MentionSourceName"]),
        sentence=mending.whole(row["SentenceID"]),
        confidence=confidence / 100 if confidence is not None else None,
    )
    return made, [wrong] if wrong else []


def _party(row: Row, actor: str) -> tuple[ImportedParty, ...]:
    cell = {part: mending.text(row[f"{actor}{part}"]) or "" for part in
            ("Code", "Name", "CountryCode", "KnownGroupCode", "Type1Code", "Type2Code", "Type3Code")}  # fmt: skip
    if not cell["Code"] and not cell["Name"]:
        return ()
    kinds = [cell[f"Type{number}Code"] for number in (1, 2, 3)]
    sector = next((sectors()[kind] for kind in kinds if sectors().get(kind)), None)
    country = from_gdelt(cell["CountryCode"], cell["KnownGroupCode"], cell["Type1Code"])
    return (ImportedParty(name=cell["Name"] or None, country=country, sector=sector),)


@lru_cache(maxsize=1)
def sectors() -> dict[str, str | None]:
    """PLOVER's sector for each of CAMEO's roles."""
    known = exchange()
    found: dict[str, str | None] = {}
    for ours, theirs in known.sectors.items():
        if theirs.cameo:
            # PRM is written as UAF, too, and read back as what UAF is of its own.
            found.setdefault(theirs.cameo, theirs.cameo if theirs.cameo == "UAF" else ours)
    return found | known.roles_read
