"""Dictionaries in PETRARCH's formats, written for these tests: each construct once, and a round through a reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import dragoman
from dragoman.errors import KnowledgeError
from dragoman.knowledge.checks import checked
from dragoman.knowledge.petrarch import Imported, import_dictionaries
from dragoman.knowledge.petrarch.codes import ActorCode, actor_code, event_code
from dragoman.knowledge.petrarch.names import acronyms, is_person, written
from dragoman.knowledge.petrarch.patterns import WIDE, NotAFrame, demand_of

TODAY = date(2024, 6, 1)
STATES = {"NOR", "PER", "ROU", "XKX", "PSE"}


class Folder:
    """A folder to import into, and what came of it."""

    def __init__(self, home: Path) -> None:
        self.home, self.own = home, home / "own"

    def take(self, **dictionaries: str) -> Imported:
        paths: dict[str, list[Path]] = {}
        for kind, text in dictionaries.items():
            paths[kind] = [self.home / f"{kind}.txt"]
            paths[kind][0].write_text(text, encoding="utf-8")
        done = import_dictionaries(self.own, today=TODAY, **paths)
        assert done.read == done.written + done.known + done.left_out
        return done

    def file(self, name: str) -> Any:
        path = self.own / name
        return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None

    def frames(self, category: str) -> list[dict[str, Any]]:
        data = self.file(f"triggers/petrarch_{category}.yaml")
        return data["frames"] if data else []


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def told(done: Imported) -> list[tuple[int, str, str]]:
    return [(left.line, left.fate, left.what) for left in done.left]


# --- codes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("NOR", ActorCode("NOR")),
        ("ROM", ActorCode("ROU")),
        ("KSVGOV", ActorCode("XKX", ("GOV",))),
        ("NORSEP", ActorCode("NOR", ("REB",))),
        ("NORINSSEP", ActorCode("NOR", ("REB",))),
        ("~MED", ActorCode(None, ("JRN",))),
        ("HLH~", ActorCode(None, ("MED",))),
        ("NORGOVOPP", ActorCode("NOR", ("GOV", "OPP"))),
        ("NORGOVXYZ", ActorCode("NOR", ("GOV",), ("XYZ",))),
        ("IGOUNOHLH", ActorCode("UNO", ("MED",))),
        ("IGOEEC", ActorCode("EUR")),
        ("NGM", ActorCode("ISM")),
        ("---GOV", ActorCode(None, ("GOV",))),
        ("EUR", ActorCode(wrong="EUR is a part of the world, not a country")),
        ("QQQGOV", ActorCode(wrong="QQQ is neither a country nor a sector that is known")),
        ("NOR<2001", ActorCode(wrong="'NOR<2001' is no code of an actor")),
        ("---", ActorCode(wrong="it has no code")),
    ],
)
def test_codes_of_actors(code: str, meant: ActorCode) -> None:
    assert actor_code(code, STATES) == meant


@pytest.mark.parametrize(
    ("code", "cameo", "mutual", "lost", "wrong"),
    [
        ("112", "112", False, "", ""),
        ("042", "042", False, "", ""),
        ("42", "042", False, "'42' is read as '042'", ""),
        ("04", "040", False, "'04' is read as '040'", ""),
        ("331", "0331", False, "'331' is read as '0331'", ""),
        ("10", None, False, "", "there is no CAMEO code '10'"),
        ("---", None, False, "", ""),
        ("040:040", "040", True, "", ""),
        ("050:051", "050", False, "what the other side does, '051'", ""),
        ("---:050", None, False, "", "'---:050': only the other side acts, which no frame can say"),
        ("903", None, False, "", "there is no CAMEO code '903'"),
        ("$$", None, False, "", "there is no CAMEO code '$$'"),
    ],
)
def test_codes_of_events(code: str, cameo: str | None, mutual: bool, lost: str, wrong: str) -> None:
    read = event_code(code)
    assert (read.cameo, read.mutual, read.lost, read.wrong) == (cameo, mutual, lost, wrong)


# --- verbs ----------------------------------------------------------------------------------------------------------

SETS = {"&MONEY": ["gold coin", "silver"], "&MANY": [f"word{n}" for n in range(40)]}


def look_up(label: str) -> list[str]:
    return SETS[label]


@pytest.mark.parametrize(
    ("pattern", "demand"),
    [
        ("*", {"recipient": list(WIDE)}),
        ("$ ** +", {"actor": ["subject"], "recipient": ["object", "indirect"]}),
        ("* CEASEFIRE", {"object": ["ceasefire"], "recipient": list(WIDE)}),
        ("* RESTORATION RELATIONS", {"object": ["restoration relations"], "recipient": list(WIDE)}),
        ("* {OLIVE_BRANCH}", {"object": ["olive branch"], "recipient": list(WIDE)}),
        ("* &MONEY", {"object": ["gold coin", "silver"], "recipient": list(WIDE)}),
        ("* {HEAP &MONEY}", {"object": ["heap gold coin", "heap silver"], "recipient": list(WIDE)}),
        ("* AID (TO +)", {"object": ["aid"], "preps": {"to": []}, "recipient": ["to"]}),
        ("* AID TO +", {"object": ["aid"], "preps": {"to": []}, "recipient": ["to"]}),
        ("* (FROM $) (ON {HIGH SEAS})", {"preps": {"from": [], "on": ["high seas"]}, "actor": ["from"]}),
        ("* OUT (AT +)", {"particle": ["out"], "preps": {"at": []}, "recipient": ["at"]}),
        ("* UP", {"particle": ["up"], "recipient": list(WIDE)}),
        ("* TALKS WITH %", {"object": ["talks"], "preps": {"with": []}, "recipient": ["with"], "mutual": True}),
        ("% *", {"recipient": list(WIDE), "mutual": True}),
        ("+ WAS * BY $", {"recipient": ["object"]}),
        ("+ *", {"recipient": ["subject"]}),
        ("* (VIA_)", None),
        ("CROWD * PALACE", None),
        ("* A | B", None),
        ("* ^ TREATY", None),
        ("TREATY", None),
        ("* {TREATY", None),
        ("* NOT TREATY", None),
        ("* THAT + WILL YIELD", None),
        ("* &MANY &MANY", None),
        ("* UP (ON) DOWN", None),
        ("* ()", None),
    ],
)
def test_patterns(pattern: str, demand: dict[str, object] | None) -> None:
    if demand is None:
        with pytest.raises(NotAFrame):
            demand_of(pattern, look_up)
    else:
        assert demand_of(pattern, look_up).keys() == {"recipient": list(WIDE), **demand}


def test_verbs_of_a_block_share_code_and_patterns(folder: Folder) -> None:
    done = folder.take(
        verbs="<!-- own\nwords -->\n&SHINY\n+GOLD_COIN_\n+SILVER\n\n"
        "--- GARLAND [051] ---\nGARLAND # a comment\nWREATHE {WREATHED WROTHE} ; another\n"
        "+FORK_OUT {+FORKED_OUT} [0331]\nCROWN_+TAP\n- * &SHINY [070] # and a third\n"
    )
    assert told(done) == []
    assert (done.read, done.written) == (6, 6)
    lone, shared, behind = folder.frames("support")[0], *folder.frames("aid")
    assert (lone["words"], lone["cameo"]) == (["garland", "wreathe", "wrothe", "crown tap"], "051")
    assert (shared["words"], shared["object"]) == (lone["words"], ["gold coin", "silver"])
    assert (behind["words"], behind["particle"], behind["object"]) == (["fork"], ["out"], ["gold coin", "silver"])
    assert folder.frames("agree")[0] == {
        "words": ["fork"], "particle": ["out"], "recipient": list(WIDE), "cameo": "0331", "contexts": ["economic"],
    }  # fmt: skip


def test_a_block_without_header_has_its_first_verbs_code(folder: Folder) -> None:
    folder.take(verbs="### OLD ###\nSNUB [110]\nSPURN\n- * ENVOY [111]\n\nHAIL [051]\n")
    assert [frame["words"] for frame in folder.frames("accuse")] == [["snub", "spurn"], ["snub", "spurn"]]
    assert [frame["words"] for frame in folder.frames("support")] == [["hail"]]


def test_words_without_event_are_frames_that_mean_nothing(folder: Folder) -> None:
    done = folder.take(verbs="--- GARLAND ---\nGARLAND\n- * NONSENSE [---]\n- * RUMOUR [010]\n- * PREMIER [051]\n")
    assert folder.file("triggers/petrarch_nothing.yaml") == {
        "category": None,
        "frames": [
            {"words": ["garland"]},
            {"words": ["garland"], "object": ["nonsense"]},
            {"words": ["garland"], "object": ["rumour"]},
        ],
    }
    assert [(line, fate) for line, fate, _ in told(done)] == [(4, "in part")]


def test_what_no_frame_can_is_told(folder: Folder) -> None:
    done = folder.take(
        verbs="- * EARLY [040]\n&UNUSED\n+WORD\n&EMPTY\n\n--- HAIL [051] ---\nHAIL\nHALE [999]\n- CROWD * [051]\n"
        "- * &NONE [040]\n- * BROKEN [112]--\n- * BROKEN\n~ a (a b STRIKE) SAY = a b 112\n- * MORE [903]\n)(\n"
    )
    assert [line for line, _, _ in told(done)] == [1, 2, 4, 8, 9, 10, 11, 12, 13, 14, 15]
    assert {fate for _, fate, _ in told(done)} == {"left out"}
    assert done.written == 1


# --- actors ---------------------------------------------------------------------------------------------------------


def test_a_person_with_dated_roles(folder: Folder) -> None:
    done = folder.take(
        actors="OTTO_QUILLFEATHER_ ; a comment\n+O._QUILLFEATHER_\n\t[NORGOV 980101-041231]\n\t[NORELI >041231]\n"
        "INGRID_VON_SPARROWHAWK [NORMIL <20010120] [PEROPP >20010121]\n"
    )
    assert told(done) == []
    assert folder.file("persons/petrarch.yaml") == [
        {
            "name": "Otto Quillfeather", "country": "NOR", "aliases": ["O. Quillfeather"],
            "offices": [{"office": "official", "from": "1998-01-01", "to": "2004-12-31"}],
        },
        {
            "name": "Ingrid von Sparrowhawk", "country": "NOR",
            "offices": [
                {"office": "military officer", "to": "2001-01-20"},
                {"office": "member of the opposition", "from": "2001-01-21", "country": "PER"},
            ],
        },
    ]  # fmt: skip
    assert folder.file("offices.yaml")["heads"][0]["office"] == "member of the opposition"
    assert (done.read, done.written, done.known) == (6, 5, 1)


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ("20050231-20060101", "there is no day 2005-02-31"),
        (">22000101", "2200-01-01 lies more than a year ahead"),
        (">18000101", "1800-01-01 is before 1850"),
        ("060101-050101", "it ends on 2005-01-01, before it begins on 2006-01-01"),
        ("060101-", "its days are written in no way that is known"),
        ("<2005", "'2005' is no day: it must be YYYYMMDD or YYMMDD"),
        ("0601-060601-070101", "'0601' is no day: it must be YYYYMMDD or YYMMDD"),
    ],
)
def test_days_that_cannot_be_are_told_and_left_out(folder: Folder, days: str, why: str) -> None:
    done = folder.take(actors=f"OTTO_QUILLFEATHER [NORGOV]\n\t[NORGOV {days}]\n\t[NORMIL 010101-020202]\n")
    assert (2, "left out", why) in told(done)
    (person,) = folder.file("persons/petrarch.yaml")
    assert [term["office"] for term in person["offices"]] == ["military officer"]


def test_bodies(folder: Folder) -> None:
    done = folder.take(
        actors="FREE_FJORD_FRONT_ [NORSEP]\n+FFF_\n\t[NORGOV >20100101]\nFJORD_HERALD [NORMED]\n"
        "OCEAN_WARDENS [NGOENV]\n"
    )
    assert folder.file("bodies/petrarch.yaml") == [
        {"name": "Free Fjord Front", "acronyms": ["FFF"], "country": "NOR", "sector": "REB", "kind": "armed_group"},
        {"name": "Fjord Herald", "country": "NOR", "sector": "JRN", "kind": "media"},
        {"name": "Ocean Wardens", "country": "NGO", "sector": "SOC", "kind": "ngo"},
    ]
    assert told(done) == [(3, "left out", "only persons have codes for some days only")]


def test_names_of_states(folder: Folder) -> None:
    done = folder.take(actors="NORWAY_ [NOR]\n+NORWEGIAN_\n+THE_FJORD_REALM_\n+PERU\nPERU [PER]\n")
    (norway,) = folder.file("states/petrarch.yaml")
    assert (norway["code"], norway["name"], "The Fjord Realm" in norway["names"]) == ("NOR", "Norway", True)
    assert told(done) == [(1, "in part", "the name is also state Peru (PER)")]
    assert (done.written, done.known) == (1, 1)


def test_a_state_of_the_users_own_is_known(folder: Folder) -> None:
    (folder.own / "states").mkdir(parents=True)
    (folder.own / "states" / "rur.yaml").write_text("{code: RUR, name: Ruritania}\n", encoding="utf-8")
    done = folder.take(actors="RURITANIA [RUR]\n+RURITANIAN\n+STRELSAU_LAND\n")
    assert told(done) == []
    assert folder.file("states/petrarch.yaml") == [
        {"code": "RUR", "name": "Ruritania", "names": ["Strelsau Land"], "adjectives": ["Ruritanian"]}
    ]


def test_who_is_known_keeps_what_is_known(folder: Folder) -> None:
    """A known person gets new names and terms; the days of a known term are ours."""
    (folder.own / "persons").mkdir(parents=True)
    (folder.own / "persons" / "nor.yaml").write_text(
        "name: Otto Quillfeather\ncountry: NOR\noffices: [{office: foreign minister, from: 2010, to: 2012}]\n"
    )
    done = folder.take(
        actors="OTTO_QUILLFEATHER [NORGOV]\n+OTTO_OF_THE_QUILLS\n\t[NORGOV 20100301-20111231]\n"
        "\t[NORJUD 20110101-20110601]\n\t[NORMIL 20150101-20160101]\n"
    )
    (person,) = folder.file("persons/petrarch.yaml")
    assert person["aliases"] == ["Otto of the Quills"]
    assert [term["office"] for term in person["offices"]] == ["foreign minister", "military officer"]
    assert told(done) == [(4, "left out", "ours was foreign minister in that time, 2010 to 2012")]
    assert (done.written, done.known, done.left_out) == (2, 1, 1)


def test_codes_of_persons_for_all_days(folder: Folder) -> None:
    done = folder.take(
        actors="JOHN_QUILL [NORGOVOPPXYZ] [NORMIL]\nOTTO_FEATHER [NORBUS]\n\t[NORGOV 010101-020202]\n"
        "OTTO_FEATHER [NORGOV]\n"
    )
    assert [row.get("sector") for row in folder.file("persons/petrarch.yaml")] == ["GOV", None]
    assert told(done) == [
        (1, "in part", "OPP for all days: it has offices, or another sector"),
        (1, "in part", "XYZ in its code has no place here"),
        (1, "left out", "it has a code for all days already"),
        (2, "in part", "BUS for all days: it has offices, or another sector"),
    ]
    assert (done.written, done.known) == (3, 1)


def test_known_bodies_get_what_is_new(folder: Folder) -> None:
    folder.take(actors="QUILL_WARDENS [NORGOV]\nWARDENS_OF_QUILL [NORMIL]\n+QUILL_WARDENS\nQUILL_WARDENS [NORMILCOP]\n")
    assert folder.file("bodies/petrarch.yaml") == [
        {
            "name": "Quill Wardens", "aliases": ["Wardens of Quill"], "kind": "government_body", "country": "NOR",
            "sector": "MIL", "other_sectors": ["COP"],
        }
    ]  # fmt: skip


def test_actors_that_cannot_be_are_told(folder: Folder) -> None:
    done = folder.take(
        actors="+EARLY\n\t[NORGOV]\nSOMEWHERE [AFR]\nNOBODY\nBROKEN [NOR\nQUILLFEATHER\n\t[NORGOV 010101-020202]\n"
        "\tWORDS [NORGOV]\nOTTO_FEATHER\n\t[NOR 010101-020202]\n\t[NORREF 030101-040202]\n"
    )
    assert [line for line, _, _ in told(done)] == [1, 2, 3, 4, 5, 6, 7, 8, 10, 11]


def test_names() -> None:
    assert written("REPUBLIC OF RURITANIA", person=False) == "Republic of Ruritania"
    assert written("ABU BIN O'HARA-SMITH", person=True) == "Abu bin O'Hara-Smith"
    assert written("PEOPLE'S FRONT", person=False) == "People's Front"
    assert acronyms(["FREE FJORD FRONT", "FFF", "HERALD", "BBT"]) == {"FFF", "BBT"}
    assert is_person(["JOHN QUILL"], dated=False)
    assert not is_person(["QUILL WARDENS"], dated=False)
    assert not is_person(["QUILL FRONT"], dated=True)


# --- agents ---------------------------------------------------------------------------------------------------------


def test_agents(folder: Folder) -> None:
    done = folder.take(
        agents="!PERSON! = MAN, WOMEN\nHARBOUR_WARDEN [~GOV]\nHERDER_OF_ELK {ELKFOLK} [~AGR]\nFJORD_GUARD {} [~MIL]\n"
        "ALDER!PERSON! [LEG~]\nAMBASSADOR {} [~GOV]\n"
    )
    assert told(done) == []
    words = folder.file("offices.yaml")
    assert [head["office"] for head in words["heads"]] == ["harbour warden", "herder of elk", "alderman"]
    assert {"words": ["fjord guard"], "name": "Fjord guard of {state}", "sector": "MIL"} in words["state_words"]
    assert [row["words"] for row in words["people_words"]] == [["elkfolk"], ["harbour wardens"], ["alderwomen"]]


def test_agents_that_cannot_be_are_told(folder: Folder) -> None:
    done = folder.take(
        agents="!UNUSED! = A, B\nWHALER [NOR~]\n!NO!X [~GOV]\njunk\nOTTER_PILGRIMS {} [~RELCHR]\nDOCTOR {} [~QQQ]\n"
        "SAILOR_ENVOY [NORGOV]\n"
    )
    assert told(done) == [
        (1, "left out", "no agent uses this substitution set"),
        (2, "left out", "its code names no sector; NOR without one is no agent here"),
        (3, "left out", "there is no substitution set !NO!"),
        (4, "left out", "this is no line of an agent dictionary"),
        (5, "in part", "CHR, which has no place here"),
        (6, "left out", "QQQ is neither a country nor a sector that is known"),
        (7, "in part", "the country NOR: agents have none of their own"),
    ]


# --- the folder -----------------------------------------------------------------------------------------------------


def test_imported_files_are_replaced_and_the_users_own_are_not(folder: Folder) -> None:
    folder.take(verbs="HAIL [051]\n", agents="HARBOUR_WARDEN [~GOV]\n")
    folder.take(verbs="HALE [112]\n")
    assert sorted(path.name for path in folder.own.rglob("*.yaml")) == ["petrarch_accuse.yaml"]
    (folder.own / "offices.yaml").write_text("heads: []\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="is yours and in the way"):
        folder.take(agents="HARBOUR_WARDEN [~GOV]\n")
    assert (folder.own / "offices.yaml").read_text(encoding="utf-8") == "heads: []\n"
    assert folder.frames("accuse")


def test_what_is_no_text_is_refused(folder: Folder) -> None:
    (folder.home / "bad").write_bytes(b"\0\1")
    for path in (folder.home / "bad", folder.home / "nowhere", folder.home):
        with pytest.raises(KnowledgeError):
            import_dictionaries(folder.own, verbs=[path])
    with pytest.raises(KnowledgeError, match="no folder"):
        import_dictionaries(folder.home / "bad")


def test_old_character_sets_are_read(folder: Folder) -> None:
    path = folder.home / "actors.txt"
    path.write_bytes("JOS\u00c9_QUILL [NORGOV]\r\n".encode("latin-1"))
    import_dictionaries(folder.own, actors=[path], today=TODAY)
    assert folder.file("persons/petrarch.yaml")[0]["name"] == "José Quill"


def test_what_is_imported_has_no_fault_and_reads(folder: Folder) -> None:
    folder.take(
        verbs="&SHINY\n+GOLD_COIN\n\n--- PAY [051] ---\nGARLAND\nPAY\n- * {&SHINY} (TO +) [070]\n- * WREATH [---]\n",
        actors="OTTO_QUILLFEATHER\n\t[NORGOV 980101-041231]\nFREE_FJORD_FRONT [NORSEP]\nNORWAY [NOR]\n+FJORD_REALM\n",
        agents="HARBOUR_WARDEN [~GOV]\nFJORD_GUARD {} [~MIL]\nELKHERDERS {} [~AGR]\n",
    )
    assert [found.text for found in checked(str(folder.own)).findings if str(folder.own) in found.file] == []
    own = dragoman.Reader(knowledge=str(folder.own))

    def coded(text: str) -> list[tuple[str, str | None, list[str | None], list[str | None]]]:
        events = own.read(text, published="2024-06-01").events
        return [
            (e.category, e.cameo, [p.actor.name for p in e.actors], [p.actor.name for p in e.recipients])
            for e in events
        ]

    assert coded("Norway garlanded Peru on Friday.") == [("SUPPORT", "051", ["Norway"], ["Peru"])]
    assert coded("Peru paid gold coins to Norway.") == [("AID", "070", ["Peru"], ["Norway"])]
    assert coded("Peru paid wreaths to Norway.") == []
    realm = own.resolve("Fjord Realm")
    assert realm is not None
    assert realm.country == "NOR"
    front = own.resolve("Free Fjord Front")
    assert front is not None
    assert (front.country, front.sector, front.kind) == ("NOR", "REB", "armed_group")
    for day, status, sector in (("2000-05-05", "incumbent", "GOV"), ("2010-01-01", "former", "ELI")):
        otto = own.resolve("Otto Quillfeather", date=day)
        assert otto is not None
        assert (otto.country, otto.role, otto.role_status, otto.sector) == ("NOR", "official", status, sector)
    warden = own.resolve("the harbour warden of Norway")
    assert warden is not None
    assert (warden.country, warden.sector) == ("NOR", "GOV")
