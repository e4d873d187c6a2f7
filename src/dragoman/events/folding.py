"""PLOVER's folding: what an act becomes when it is ahead, asked for, refused or promised.

In: one `Coding`, and the act it is about. Out: the same coding with category, mode and CAMEO code that fit; a code the
codebook does not have is never set.
"""

from __future__ import annotations

from dragoman.events.coding import Coding
from dragoman.knowledge.codebook import codebook

_COOPERATIVE = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID"))
_PROMISED = {"CONSULT": "036", "SUPPORT": "032", "COOPERATE": "031", "AID": "033", "CONCEDE": "035", "RETREAT": "035"}
_ASKED_MODE = {
    "CONSULT": "meet",
    "COOPERATE": "assist",
    "AID": "assist",
    "SUPPORT": "assist",
    "RETREAT": "yield",
    "CONCEDE": "yield",
}
_ASKED_DEMAND = {
    "CONSULT": "106",
    "COOPERATE": "101",
    "AID": "103",
    "SUPPORT": "102",
    "RETREAT": "105",
    "CONCEDE": "105",
}
_ASKED_APPEAL = {
    "CONSULT": "026",
    "COOPERATE": "021",
    "AID": "023",
    "SUPPORT": "022",
    "RETREAT": "025",
    "CONCEDE": "025",
}
_REFUSED = {"CONSULT": "125", "COOPERATE": "121", "AID": "122", "SUPPORT": "121", "RETREAT": "124", "CONCEDE": "124"}
_THREATENED = {
    "ASSAULT": ("violence", "138"), "MOBILIZE": ("violence", "138"), "SANCTION": ("relations", "131"),
    "COERCE": ("restrict", "132"), "PROTEST": ("restrict", "133"), "REJECT": ("relations", "134"),
}  # fmt: skip
# CAMEO counts an announced hostile act among the threats; PLOVER keeps the act's own category.
_ANNOUNCED = {
    "PROTEST": "133", "ASSAULT": "138", "MOBILIZE": "138", "COERCE": "132", "SANCTION": "131",
}  # fmt: skip
_ANNOUNCED_DEEPER = {
    "1721": "1321", "1722": "1322", "1723": "1323", "1724": "1324", "161": "1313", "162": "1311", "163": "1312",
    "172": "1312", "166": "136", "191": "1381", "192": "1382", "164": "134", "165": "135", "175": "137", "174": "136",
}  # fmt: skip
_WILL = ("will", "would", "shall", "'ll", "wo")
# Last digit of a promised, asked or refused concession by the CAMEO code of the concession itself.
_YIELDED = {"081": "1", "082": "2", "084": "3", "085": "4", "086": "5", "087": "6"}


def refine(coding: Coding, inner: Coding) -> None:
    """What is agreed, asked, refused or threatened decides mode and CAMEO code."""
    book = codebook()
    kind = inner.category
    before = (coding.mode, coding.cameo)
    root = (coding.cameo or "")[:2]
    general = coding.cameo is None or coding.cameo.endswith("0") or len(coding.cameo) <= 3
    match coding.category:
        case "AGREE" if kind in ("RETREAT", "CONCEDE"):
            coding.category, coding.mode, coding.cameo = "CONCEDE", None, _deeper("035", inner)
            coding.reasons.append(("a concession that is promised is a CONCEDE (PLOVER)", 0.0))
        case "AGREE":
            if inner.cameo == "045":
                coding.cameo = "039"
            elif kind in _PROMISED and general:
                coding.cameo = _deeper(_PROMISED[kind], inner)
        case "REQUEST":
            coding.mode = _ASKED_MODE.get(kind, coding.mode)
            table = _ASKED_DEMAND if root == "10" else _ASKED_APPEAL
            coding.cameo = _deeper(table.get(kind, coding.cameo or ""), inner) or coding.cameo
        case "REJECT":
            coding.mode = _ASKED_MODE.get(kind, coding.mode)
            coding.cameo = _deeper(_REFUSED[kind], inner) if kind in _REFUSED else coding.cameo
        case "THREATEN":
            if kind in _THREATENED:
                coding.mode, coding.cameo = _THREATENED[kind]
        case _:
            return
    if coding.cameo not in book.cameo:
        coding.cameo = before[1]
    if coding.mode not in book.modes[coding.category]:
        coding.mode = before[0]
    if (coding.mode, coding.cameo) != before:
        coding.reasons.append((f"what it is about is {kind}: {inner.word.text!r}", 0.1))
    if not coding.recipients and inner.recipients:
        coding.recipients = [s for s in inner.recipients if all(s.player is not a.player for a in coding.actors)]
    if not coding.recipients and coding.category in ("REQUEST", "THREATEN") and inner.actors:
        coding.recipients = [s for s in inner.actors if all(s.player is not a.player for a in coding.actors)]


def _deeper(code: str, inner: Coding) -> str:
    """0331 from 033 when the inner act's own code says economic, military, relief."""
    if code in ("035", "025", "105", "124") and inner.cameo and inner.cameo[:3] in _YIELDED:
        return code + _YIELDED[inner.cameo[:3]]
    if code in ("033", "023", "103") and inner.cameo in ("071", "072", "073", "074"):
        return f"{code}{inner.cameo[-1]}"
    if code in ("031", "021", "101") and inner.cameo in ("061", "062", "063", "064"):
        return f"{code}{inner.cameo[-1]}"
    return code


def folded(coding: Coding) -> Coding:
    """PLOVER's folding of what is ahead or asked for."""
    category, status = coding.category, coding.status
    if (
        category == "AGREE"
        and status == "negated"
        and coding.word.lemma in ("accept", "agree", "consent", "commit", "undertake")
    ):
        coding.category, coding.mode, coding.cameo, coding.status = "REJECT", None, "120", "occurred"
        coding.reasons.append(("not accepting is refusing", 0.0))
        return coding
    if status == "planned" and category in _COOPERATIVE:
        coding.cameo = _deeper(_PROMISED[category], coding)
        coding.category, coding.mode = "AGREE", None
        if _will(coding):
            # "will provide": said, so the commitment stands; "is expected to": it does not yet.
            coding.status = "occurred"
        coding.reasons.append((f"a {category} that is ahead is the AGREE that announces it (PLOVER)", 0.0))
    elif status == "planned" and category == "RETREAT":
        coding.cameo = _deeper("035", coding)
        coding.category, coding.mode = "CONCEDE", None
        if _will(coding):
            coding.status = "occurred"
        coding.reasons.append(("a retreat that is ahead is a CONCEDE (PLOVER)", 0.0))
    elif status == "planned" and category in _ANNOUNCED:
        coding.cameo = _announced(category, coding.cameo)
        coding.reasons.append(("a hostile act that is announced is among CAMEO's threats", 0.0))
    elif status == "negated" and category in _REFUSED and _will(coding):
        coding.cameo = _deeper(_REFUSED[category], coding)
        coding.mode = _ASKED_MODE.get(category)
        coding.category, coding.status = "REJECT", "occurred"
        coding.reasons.append(("what one will not do one refuses", 0.0))
    elif status == "requested" and category in _ASKED_MODE:
        coding.mode = _ASKED_MODE[category]
        coding.cameo = _ASKED_APPEAL[category]
        coding.category = "REQUEST"
        if coding.asker:
            # "demanding that Lilongwe reopen the gates": who demands acts, who is to reopen receives.
            asked = [s for s in coding.actors if all(s.player is not a.player for a in coding.asker)]
            coding.actors, coding.recipients = coding.asker, asked or coding.recipients
            coding.status = "occurred"
    return coding


def _will(coding: Coding) -> bool:
    """Whether an auxiliary says that it is to come: "will provide", "would not lift"."""
    return any(c.tag == "MD" and c.lower in _WILL for c in coding.word.children)


def _announced(category: str, cameo: str | None) -> str:
    code = cameo or ""
    return next((_ANNOUNCED_DEEPER[k] for k in (code, code[:3]) if k in _ANNOUNCED_DEEPER), _ANNOUNCED[category])


def official(coding: Coding) -> Coding:
    """A state that protests complains: PLOVER keeps PROTEST for people in the street."""
    if (
        coding.category == "PROTEST"
        and coding.actors
        and all(
            s.player.kind in ("state", "igo", "office")
            or (s.player.kind in ("person", "government_body") and s.player.sector == "GOV")
            for s in coding.actors
        )
    ):
        coding.category, coding.mode, coding.cameo = "ACCUSE", "disapprove", "114"
        coding.reasons.append(("a state's protest is a complaint (PLOVER)", 0.0))
    return coding
