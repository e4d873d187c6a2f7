"""Who's who: what each report's own words tell of a person.

Records of the first schema say which titles they read only among an actor's reasons. From there it is put into the
records as `told`, where records have it now, so that rows can be cut from records as before.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

from dragoman.archive.migrations import guard

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

PAGE = 50
APPEND_ONLY = (
    "CREATE TRIGGER claims_stay BEFORE UPDATE ON claims BEGIN"
    " SELECT RAISE(ABORT, 'a claim is never changed; it is what its report says'); END",
    "CREATE TRIGGER claims_remain BEFORE DELETE ON claims BEGIN"
    " SELECT RAISE(ABORT, 'a claim is never taken away; it is what its report says'); END",
)
# How the first version put it: "the words 'Norwegian Foreign Minister N.N.' name the office foreign minister".
_TITLE = re.compile(r"""the words (?:'(.*)'|"(.*)") name the office (.+)""", re.DOTALL)
_OFFICE = re.compile(r"""the words (?:'(.*)'|"(.*)") name an office; (.+)""", re.DOTALL)
_STATE = re.compile(r"state ([A-Z]{3}): said")
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "’": "'", "‘": "'", "`": "'"})


def upgrade() -> None:
    """From the first schema."""
    claims = op.create_table(
        "claims",
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), primary_key=True, nullable=False),
        sa.Column("ordinal", sa.Integer, primary_key=True, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "key", "role")),
        *(sa.Column(name, sa.Text) for name in ("role_status", "country", "sector", "day", "publisher")),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("claims_by_key", "claims", ["key", "report_id", "ordinal"])
    _fill(claims)
    if op.get_bind().dialect.name == "postgresql":
        guard.append_only("claims", "a claim is never changed and never taken away; it is what its report says")
        return
    for statement in APPEND_ONLY:
        op.execute(statement)


def downgrade() -> None:
    """Claims are never taken away."""
    raise NotImplementedError("an archive is never taken back to an older schema; keep a copy instead")


def _fill(claims: sa.Table) -> None:
    """Put into the records what they tell, and cut the claims from them."""
    connection = op.get_bind()
    reports = sa.table("reports", *(sa.column(name) for name in ("number", "id", "record")))
    behind = 0
    while True:
        page = sa.select(reports).where(reports.c.number > behind).order_by(reports.c.number).limit(PAGE)
        rows = connection.execute(page).all()
        for row in rows:
            record = json.loads(zlib.decompress(row.record))
            told = _added(record)
            if told:
                kept = zlib.compress(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode())
                connection.execute(sa.update(reports).where(reports.c.number == row.number).values(record=kept))
                if rows_told := _rows(record):
                    connection.execute(sa.insert(claims), rows_told)
        if len(rows) < PAGE:
            return
        behind = rows[-1].number


def _added(record: dict[str, Any]) -> bool:
    """Give the record's actors what they were told to be, wherever they stand; whether there was anything."""
    known: dict[str, list[dict[str, Any]]] = {}
    for actor in record["actors"]:
        told = _told(actor)
        if told:
            known[json.dumps(actor, sort_keys=True)] = told
    if known:
        for kind in ("actors", "events", "contacts", "statements", "commitments"):
            _put(record[kind], known)
    return bool(known)


def _put(part: Any, known: dict[str, list[dict[str, Any]]]) -> None:
    if isinstance(part, list):
        for item in part:
            _put(item, known)
    elif isinstance(part, dict):
        if "mentions" in part:
            told = known.get(json.dumps(part, sort_keys=True))
            if told is not None:
                part["told"] = told
            return
        for item in part.values():
            _put(item, known)


def _told(actor: dict[str, Any]) -> list[dict[str, Any]]:
    """What the reasons say was read from a title, where the words are found again among the mentions."""
    if actor["kind"] != "person" or not actor["role"] or actor.get("told"):
        return []
    facts = [reason["fact"] for reason in actor["reasons"]]
    states = [found[1] for fact in facts if (found := _STATE.fullmatch(fact))]
    apposed = "an apposition names the office" in facts
    said: dict[tuple[str, str | None], dict[str, Any]] = {}
    for fact in facts:
        country: str | None
        if found := _TITLE.fullmatch(fact):
            role, country = found[3], states[0] if len(set(states)) == 1 else None
        elif apposed and (found := _OFFICE.fullmatch(fact)):
            role, country = actor["role"], actor["country"] if found[3] == "said" else None
        else:
            continue
        words = re.sub(r"\s", "", found[1] or found[2] or "")
        span = next((m for m in actor["mentions"] if re.sub(r"\s", "", m["text"]) == words), None)
        if span is not None and "counterpart" not in words.lower() and role == actor["role"]:
            one = {"span": span, "role": role, "role_status": actor["role_status"], "country": country}
            said.setdefault((role, country), one | {"sector": actor["sector"]})
    fuller = {role for role, country in said if country is not None}
    return [one for (role, country), one in said.items() if country is not None or role not in fuller]


def _rows(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The claims as rows; of several about one person, office and state the first."""
    report, rows, seen = record["report"], list[dict[str, Any]](), set[tuple[Any, ...]]()
    for actor in record["actors"]:
        for one in actor.get("told", ()):
            same = (_key(actor["name"]), one["role"], one["country"])
            if not same[0] or same in seen:
                continue
            seen.add(same)
            span = one["span"]
            rows.append(
                {
                    "report_id": report["id"],
                    "ordinal": len(rows),
                    "name": actor["name"],
                    "key": same[0],
                    **{name: one[name] for name in ("role", "role_status", "country", "sector")},
                    "day": report["published"],
                    "publisher": report["publisher"],
                    "start": span["start"],
                    "end": span["end"],
                    "words": span["text"],
                }
            )
    return rows


def _key(name: str) -> str:
    text = unicodedata.normalize("NFKD", name.translate(_DASHES))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = text.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    return "".join(re.findall(r"[^\W_]+", text))
