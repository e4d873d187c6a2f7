"""The columns of each data set's files, and by what a cell that slipped into another column is told.

Names are those of the exporters' layouts; GDELT 1.0 has no ADM2 columns and, in its oldest files, no SOURCEURL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dragoman.exports import gdelt, icews, polecat

_WHOLE = r"[+-]?\d+(\.0)?"
_NUMBER = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
_DAY = r"\d{4}-\d\d-\d\d([T ].*)?|\d{8}(\.0)?|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}-?[A-Za-z]{3}-?\d{4}|\d{4}/\d\d/\d\d"
_CODES_OF_ACTORS = (
    "CountryCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_MISSING = r"|None|NULL|NA|nan"


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns in order, patterns of those that can be checked, and those that must hold something."""

    names: tuple[str, ...]
    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()

    def wrong(self, cells: list[str]) -> int:
        """How many cells cannot be what their column holds."""
        return sum(1 for name, cell in zip(self.names, cells, strict=True) if not self._fits(name, cell.strip()))

    def _fits(self, name: str, cell: str) -> bool:
        if not cell:
            return name not in self.needed
        pattern = self.patterns.get(name)
        return pattern is None or pattern.fullmatch(cell) is not None


def _compiled(patterns: dict[str, str], needed: frozenset[str]) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(pattern if name in needed else f"(?:{pattern}){_MISSING}")
        for name, pattern in patterns.items()
    }


def _gdelt_patterns() -> dict[str, str]:
    patterns = {
        "GlobalEventID": r"\d+",
        "Day": r"\d{8}(\.0)?",
        "MonthYear": r"\d{6}(\.0)?",
        "Year": r"\d{4}(\.0)?",
        "FractionDate": _NUMBER,
        "IsRootEvent": r"[01](\.0)?",
        "EventCode": r"\d{1,4}(\.0)?|---",
        "EventBaseCode": r"\d{1,4}(\.0)?|---",
        "EventRootCode": r"\d{1,2}(\.0)?|--",
        "QuadClass": r"[1-4](\.0)?",
        "GoldsteinScale": _NUMBER,
        "NumMentions": _WHOLE,
        "NumSources": _WHOLE,
        "NumArticles": _WHOLE,
        "AvgTone": _NUMBER,
        "DATEADDED": r"\d{8}(\d{6})?(\.0)?",
        "SOURCEURL": r"\S+",
    }
    for actor in ("Actor1", "Actor2"):
        patterns |= {
            f"{actor}{part}": r"[A-Za-z]{2,3}"
            for part in (
                "CountryCode",
                "EthnicCode",
                "Religion1Code",
                "Religion2Code",
                "Type1Code",
                "Type2Code",
                "Type3Code",
            )
        }
        patterns |= {f"{actor}Code": "(?:[A-Za-z]{3})+", f"{actor}KnownGroupCode": "[A-Za-z]{3}"}
    for place in ("Actor1Geo", "Actor2Geo", "ActionGeo"):
        patterns |= {
            f"{place}_Type": r"[0-5](\.0)?",
            f"{place}_CountryCode": r"[A-Z0-9]{2}",
            f"{place}_ADM1Code": r"\w{2,8}",
            f"{place}_ADM2Code": r"\w{1,10}",
            f"{place}_FeatureID": r"-?\w{1,12}",
            f"{place}_Lat": _NUMBER,
            f"{place}_Long": _NUMBER,
        }
    return patterns


_GDELT_NEEDED = frozenset(("GlobalEventID", "EventCode", "QuadClass"))
_GDELT = _compiled(_gdelt_patterns(), _GDELT_NEEDED)
_V1 = tuple(name for name in gdelt.EVENTS.names if not name.endswith("_ADM2Code"))
GDELT = {
    61: Shape(gdelt.EVENTS.names, _GDELT, _GDELT_NEEDED),
    58: Shape(_V1, _GDELT, _GDELT_NEEDED),
    57: Shape(_V1[:-1], _GDELT, _GDELT_NEEDED),
}
"""By the number of columns: 2.0, 1.0, and 1.0 before April 2013."""
_MENTION_NEEDED = frozenset(("GlobalEventID", "MentionType", "MentionIdentifier"))
MENTIONS = Shape(
    gdelt.MENTIONS.names,
    _compiled(
        {
            "GlobalEventID": r"\d+",
            "EventTimeDate": r"\d{8}(\d{6})?",
            "MentionTimeDate": r"\d{8}(\d{6})?",
            "MentionType": "[1-6]",
            "SentenceID": _WHOLE,
            "Actor1CharOffset": _WHOLE,
            "Actor2CharOffset": _WHOLE,
            "ActionCharOffset": _WHOLE,
            "InRawText": "[01]",
            "Confidence": r"\d{1,3}",
            "MentionDocLen": r"\d+",
            "MentionDocTone": _NUMBER,
        },
        _MENTION_NEEDED,
    ),
    _MENTION_NEEDED,
)
_CODES = r"([A-Z]{3}|None)(; ?([A-Z]{3}|None))*"
_NUMBERS = r"(\d+(\.0)?|None)(; ?(\d+(\.0)?|None))*"
_POLECAT_NEEDED = frozenset(("Event ID", "Event Type"))
_POLECAT = _compiled(
    {
        "Event Date": _DAY,
        "Event Type": "[A-Za-z]+",
        "Event Mode": r"[A-Za-z-]+",
        "Intensity": _NUMBER,
        "Actor Country": _CODES,
        "Actor COW": _NUMBERS,
        "Recipient Country": _CODES,
        "Recipient COW": _NUMBERS,
        "Country": _CODES,
        "Latitude": _NUMBER,
        "Longitude": _NUMBER,
        "GeoNames ID": _WHOLE,
        "Publication Date": _DAY,
    },
    _POLECAT_NEEDED,
)
_ICEWS_NEEDED = frozenset(("Event ID",))
_ICEWS = _compiled(
    {
        "Event ID": r"\d+(\.0)?",
        "Event Date": _DAY,
        "CAMEO Code": r"\d{1,4}(\.0)?",
        "Intensity": _NUMBER,
        "Sentence Number": _WHOLE,
        "Latitude": _NUMBER,
        "Longitude": _NUMBER,
    },
    _ICEWS_NEEDED,
)
POLECAT = Shape(polecat.LAYOUT.names, _POLECAT, _POLECAT_NEEDED)
ICEWS = Shape(icews.LAYOUT.names, _ICEWS, _ICEWS_NEEDED)
OTHER_NAMES = {"event intensity": "Intensity", "cameo": "CAMEO Code", "sqldate": "Day", "eventid": "Event ID"}
"""What columns are called in some releases, lower case."""
