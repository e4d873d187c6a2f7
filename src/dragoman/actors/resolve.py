"""Who is meant: every stretch found becomes a mention of one or more actors.

Read in text order, as a reader does: a full name opens an actor; surname, title, "the minister", "he", "his country",
"both sides" go back to those already on the stage, the most salient first. What the files know about the world names
offices and persons at the day of publication; what the report says goes before it.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from dragoman.actors.cast import Cast, Mention, MentionKind, Player
from dragoman.actors.mentions import PRONOUNS, Found, find_in_sentence
from dragoman.actors.names import GENERIC_PEOPLE, Names, fold
from dragoman.actors.offices import role_words, same_office, status_at, term_at
from dragoman.knowledge.world import Body, Grouping, Head, Person, State
from dragoman.reading.words import Reading, Word

_SUBJECT = ("nsubj", "nsubjpass", "csubj")
_PLACE_PREPS = frozenset(
    ["in", "at", "near", "outside", "around", "across", "from", "to", "into", "inside", "through", "via", "over", "toward", "towards", "throughout"]
)
_SAYING = frozenset(
    ["say", "tell", "add", "note", "claim", "insist", "announce", "assert", "stress", "state", "declare", "warn", "believe", "think", "hope", "argue", "reply"]
)
_SMALL = frozenset(["bin", "ibn", "al", "el", "de", "da", "di", "del", "der", "den", "van", "von", "ter", "bint", "abu", "la", "le", "du", "dos", "el-", "al-"])


def resolve(reading: Reading, names: Names) -> Cast:
    """Find and resolve all mentions of a report."""
    return _Resolver(reading, names).run()


class _Resolver:
    def __init__(self, reading: Reading, names: Names) -> None:
        self.r = reading
        self.w = reading.words
        self.names = names
        self.date: date | None = reading.report.published
        self.cast = Cast(outer=[None] * len(reading.words), inner=[None] * len(reading.words))
        self.keyed: dict[object, Player] = {}
        self.persons: list[Player] = []
        self.weight: Counter[int] = Counter()
        self.surnames: set[str] = set()
        self.home = self._home_state()

    # -- the walk ------------------------------------------------------------------------------------------------

    def run(self) -> Cast:
        for sentence in self.r.sentences:
            founds = find_in_sentence(self.r, self.names, self.w[sentence.first : sentence.last], self.surnames)
            # Named first, then the rest, so that "his counterpart Cho" is known when "they" in the same sentence asks.
            for found in founds:
                self._one(found)
            self._appositions(sentence.first, sentence.last)
            self._own_side(sentence.first, sentence.last)
        self._number()
        return self.cast

    def _one(self, found: Found) -> None:
        players = self._players(found)
        players = [p for i, p in enumerate(players) if p not in players[:i]]
        kind = self._mention_kind(found)
        mention = Mention(found.first, found.last, found.root, kind, self.r.span_of(found.first, found.last), players)
        self.cast.add(mention)
        for player in players:
            if kind not in ("adjective", "place"):
                player.mentions.append(mention)
            self.weight[id(player)] += 1

    def _mention_kind(self, found: Found) -> MentionKind:
        if found.kind == "state" and self._locative(found):
            return "place"
        table: dict[str, MentionKind] = {
            "person": "name", "office": "title", "part": "body", "people": "people", "state": "state", "body": "body",
            "grouping": "group", "adjective": "adjective", "pronoun": "pronoun", "both": "group", "definite": "title",
            "unknown": "name",
        }  # fmt: skip
        return table[found.kind]

    def _locative(self, found: Found) -> bool:
        """ "in Seoul", "to Tehran": a place, not the government."""
        root = self.w[found.root]
        if root.dep == "pobj" and root.head.lower in _PLACE_PREPS:
            entry = found.entry
            seat = entry is not None and entry.use == "seat"
            return seat or root.head.lower in (
                "in",
                "at",
                "near",
                "outside",
                "inside",
                "throughout",
                "across",
                "around",
                "into",
            )
        if root.dep == "conj":
            head = root.head
            return head.dep == "pobj" and head.head.lower in (
                "in",
                "at",
                "near",
                "outside",
                "inside",
                "throughout",
                "across",
            )
        return False

    def _players(self, f: Found) -> list[Player]:
        match f.kind:
            case "person":
                return self._person(f)
            case "office":
                return self._office(f)
            case "part":
                return self._part(f)
            case "people":
                return self._people(f)
            case "state" | "adjective":
                state = self._choose_state(f)
                return [self._state(state)] if state else []
            case "body":
                thing = f.entry.thing if f.entry else None
                return [self._body(thing, f)] if isinstance(thing, Body) else []
            case "grouping":
                thing = f.entry.thing if f.entry else None
                return [self._grouping(thing)] if isinstance(thing, Grouping) else []
            case "pronoun":
                return self._pronoun(f)
            case "both":
                return self._both(f)
            case "definite":
                return self._definite(f)
            case "unknown":
                return [self._unknown(f)]
        return []

    # -- persons and offices -------------------------------------------------------------------------------------

    def _person(self, f: Found) -> list[Player]:
        country, source = self._country_of_title(f) if f.heads or f.state or f.body or f.owner else (None, "")
        name = f.name or ""
        known = None
        player = None
        if f.entry is not None and isinstance(f.entry.thing, Person):
            known = self._right_person([e.thing for e in f.entries if isinstance(e.thing, Person)])
        elif name:
            # A bare surname goes back to whom the report has named before it means anybody else in the world.
            player = self._on_stage(name, f, country)
            if player is None:
                known = self._person_in_files(name, f, country)
        if known is not None:
            player = self.keyed.get(("person", known.name))
        if player is None:
            player = self._on_stage(name, f, country)
        if player is None:
            player = self._waiting_for_name(f, country)
        if player is None:
            player = Player(name=known.name if known else name, kind="person")
            self.persons.append(player)
        if known is not None:
            self.keyed["person", known.name] = player
            self._know(player, known)
        if (
            player.kind == "office"
            or not player.names
            or (len(name) > len(player.name) and player.name != (known.name if known else ""))
        ):
            player.name = name if " " in name or known is None else known.name
        player.kind = "person"
        player.presumed = False
        player.gender = player.gender or _gender_of_words([x.lower for x in self.w[f.first : f.last + 1]])
        player.names.add(name)
        parts = [p for p in fold(name).replace("-", " ").split() if p not in _SMALL and len(p) > 2]
        if len(parts) > 1:
            self.surnames.update((parts[-1], parts[0]) if len(parts) == 3 and parts[0] in _FAMILY_FIRST else parts[-1:])
        if player.country in _FAMILY_FIRST_STATES and parts:
            self.surnames.add(parts[0])
        if known is not None:
            player.names.update((known.name, *known.aliases))
        self._title(player, f, country, source)
        return [player]

    def _title(self, player: Player, f: Found, country: str | None, source: str) -> None:
        """What the words say of role, state and standing goes before what the files say."""
        heads = [h for h in f.heads if h.office != "counterpart"]
        for head in heads:
            if head.office not in player.offices:
                player.offices.append(head.office)
            if player.rank is None or head.rank < player.rank:
                player.rank = head.rank
        if heads and (player.role is None or f.name):
            player.role = role_words(heads, f.level, f.part)
            player.sector = "ELI" if f.status == "former" else heads[0].sector or player.sector
            player.reasons.append((f"the words {self._words(f)!r} name the office {player.role}", 0.6))
        if f.status and (f.status != "incumbent" or player.role_status is None):
            player.role_status = f.status
        elif heads and player.role_status is None:
            player.role_status = "incumbent"
        if f.body is not None and not f.state:
            if player.country is None or player.guessed:
                player.country, player.guessed = f.body.country, False
            if player.sector in (None, "GOV") and f.body.sector and heads and heads[0].of == "body":
                player.sector = f.body.sector
        elif country and (player.country is None or source == "said"):
            if player.country not in (None, country) and not player.guessed and f.state is None:
                return
            if player.country not in (None, country) and not player.guessed:
                player.reasons.append((f"the report says {country}, the files {player.country}", -0.2))
            player.country, player.guessed = country, source != "said"
            player.reasons.append((f"state {country}: {source}", 0.5 if source == "said" else 0.2))
        if f.part is not None and player.sector in (None, "GOV") and f.part.sector:
            player.sector = f.part.sector

    def _know(self, player: Player, person: Person) -> None:
        player.qid = player.qid or person.qid
        player.gender = player.gender or person.gender
        if player.country is None or player.guessed:
            player.country, player.guessed = person.country, False
        term = term_at(person, self.date)
        if term is not None and player.role is None:
            player.role = term.office
            player.role_status = status_at(person, term, self.date)
            player.offices.append(term.office)
            head = next((h for h in self._heads() if h.office == term.office), None)
            player.rank = head.rank if head else None
            player.sector = player.sector or (
                "ELI" if player.role_status == "former" else person.sector or (head.sector if head else None)
            )
            player.reasons.append((f"the files know {person.name} as {term.office}", 0.5))
        elif player.sector is None:
            player.sector = person.sector

    def _heads(self) -> tuple[Head, ...]:
        from dragoman.knowledge.world import world  # noqa: PLC0415

        return world().offices.heads

    def _right_person(self, persons: list[Person]) -> Person | None:
        """Of several who bear the name, the one in office on the day."""
        for person in persons:
            if (term := term_at(person, self.date)) and status_at(person, term, self.date) in ("incumbent", "acting"):
                return person
        return persons[0] if persons else None

    def _person_in_files(self, name: str, f: Found, country: str | None) -> Person | None:
        found = self.names.person_named(name)
        if not found and " " in name and f.heads:
            # "S Jaishankar", "Antonio M. Tajani": surname and first letter, and the office must agree
            first = fold(name)[:1]
            found = [p for p in self.names.person_named(name.rsplit(maxsplit=1)[-1]) if fold(p.name).startswith(first)]
            found = [p for p in found if any(same_office(h.office, t.office) for h in f.heads for t in p.offices)]
        said = f.state is not None or f.body is not None or f.owner is not None
        fits = [p for p in found if country is None or not said or p.country == country]
        if f.heads:
            fits = [p for p in fits if any(same_office(h.office, t.office) for h in f.heads for t in p.offices)] or (
                fits if " " in name else []
            )
        return self._right_person(fits) if len(fits) == 1 or " " in name else None

    def _on_stage(self, name: str, f: Found, country: str | None) -> Player | None:
        """Somebody already named whose name holds this one, or the other way round."""
        mine = _name_parts(name)
        if not mine:
            return None
        best: Player | None = None
        for player in reversed(self._by_recency()):
            for other in player.names:
                theirs = _name_parts(other)
                if not theirs or not (mine <= theirs or theirs <= mine):
                    continue
                if mine != theirs and min(len(mine), len(theirs)) == 1 and not _edge(name, other):
                    continue
                if country and player.country and country != player.country and f.state is not None:
                    continue
                return player
        return best

    def _waiting_for_name(self, f: Found, country: str | None) -> Player | None:
        """ "Iran's acting foreign minister ... Ali Bagheri": an unnamed office that this name may fill."""
        for player in reversed(self.persons):
            if player.presumed and f.heads and any(same_office(h.office, o) for h in f.heads for o in player.offices):
                if country is None or player.country in (None, country):
                    # The files name another holder of this office than the report does: the report is right.
                    player.reasons.append((f"the report names {f.name}, the files {player.name}", 0.2))
                    player.kind, player.qid, player.gender, player.names, player.presumed = "office", None, None, set(), False
                    return player
            if player.kind != "office" or player.names:
                continue
            if f.heads and any(same_office(h.office, o) for h in f.heads for o in player.offices):
                if country is None or player.country in (None, country):
                    return player
            elif not f.heads and self._only_unnamed(player):
                return player
        return None

    def _only_unnamed(self, player: Player) -> bool:
        """A bare full name in a report whose subject so far is one unnamed office holder of the lead."""
        first = player.mentions[0] if player.mentions else None
        if first is None or player.rank is None or player.rank > 4:
            return False
        root = self.w[first.root]
        return (
            self.w[first.first].sentence <= 1
            and root.dep in _SUBJECT
            and not any(p.names and p.rank == player.rank and p.country == player.country for p in self.persons)
            and len(
                [
                    p
                    for p in self.persons
                    if p.kind == "office" and not p.names and p.mentions and self.w[p.mentions[0].root].dep in _SUBJECT
                ]
            )
            == 1
        )

    def _office(self, f: Found) -> list[Player]:
        if any(h.office == "counterpart" for h in f.heads):
            return self._counterparts(f) if f.plural else self._counterpart(f)
        if f.plural:
            return self._plural_office(f)
        country, source = self._country_of_title(f)
        explicit = f.state is not None or f.owner is not None or f.body is not None
        if len(f.heads) > 1:
            one = self._holder_of_all(f, country)
            if one is not None:
                self._title_status(one, f)
                return [one]
            return [self._holder(f, [head], country, source, explicit) for head in f.heads]
        return [self._holder(f, f.heads, country, source, explicit)]

    def _title_status(self, player: Player, f: Found) -> None:
        if f.status and f.status != "incumbent":
            player.role_status = f.status

    def _holder_of_all(self, f: Found, country: str | None) -> Player | None:
        for player in reversed(self._by_recency()):
            if player.country == country and all(
                any(same_office(h.office, o) for o in player.offices) for h in f.heads
            ):
                return player
        return None

    def _holder(self, f: Found, heads: list[Head], country: str | None, source: str, explicit: bool) -> Player:
        head = heads[0]
        recent = list(reversed(self._by_recency()))
        if not explicit:
            # "the minister" of a readout is the one it is about, not the one named last
            here = self.w[f.first].sentence
            recent.sort(key=lambda p: -self._standing(p, here))
        if f.status and f.status != "incumbent":
            recent.sort(key=lambda p: p.role_status != f.status)
        for player in recent:
            if player.kind not in ("person", "office"):
                continue
            if not any(same_office(head.office, o) for o in player.offices):
                continue
            if explicit and country is not None and player.country not in (None, country):
                continue
            if f.body is not None and player.country not in (None, f.body.country):
                continue
            if f.status in ("late", "former", "acting") and player.role_status not in (None, f.status, "incumbent"):
                continue
            if (
                f.status is None
                and explicit
                and player.role_status in ("late", "former")
                and f.definite
                and head.rank <= 3
            ):
                continue
            if not f.definite and f.owner is None and not explicit:
                continue
            if f.status and f.status != "incumbent":
                player.role_status = f.status
            if explicit and player.country is None:
                player.country = country
            return player
        known = self._known_holder(head, country, f) if explicit or f.definite else None
        if known is not None:
            player = self.keyed.get(("person", known.name))
            if player is None:
                player = Player(name=known.name, kind="person", names={known.name}, presumed=True)
                self.persons.append(player)
                self.keyed["person", known.name] = player
                self._know(player, known)
                player.reasons.append((f"{known.name} held the office of {head.office} on the day", 0.4))
            self._title_status(player, f)
            return player
        state = self.names.by_code.get(country or "")
        role = role_words(heads, f.level, f.part)
        where = state.name if state else f.body.name if f.body else ""
        player = Player(
            name=f"{_upper(role)} of {where}" if where else _upper(role),
            kind="office" if head.rank <= 3 or head.of == "state" else "person",
            country=(f.body.country if f.body is not None and f.state is None else country),
            sector="ELI" if f.status == "former" else head.sector,
            role=role,
            role_status=f.status or "incumbent",
            offices=[h.office for h in heads],
            rank=head.rank,
        )
        if f.body is not None and f.body.sector and f.state is None and head.of == "body":
            player.sector = f.body.sector
        if f.part is not None and player.sector in (None, "GOV") and f.part.sector:
            player.sector = f.part.sector
        if head.rank > 3 or head.of != "state":
            player.kind = "person"
        if not player.names and head.rank <= 3:
            player.kind = "office"
        player.reasons.append((f"the words {self._words(f)!r} name an office; {source}", 0.5))
        self.persons.append(player)
        return player

    def _known_holder(self, head: Head, country: str | None, f: Found) -> Person | None:
        if head.rank > 3 or head.office in (
            "minister",
            "leader",
            "president" if f.body else "minister",
            "member",
            "official",
        ):
            return None  # there is one president of a state, but more than one ambassador
        if (
            country is None
            or self.date is None
            or f.status in ("former", "late", "designate")
            or f.level is not None
            or f.body
        ):
            return None
        return self.names.holder(head.office, country, self.date)

    def _plural_office(self, f: Found) -> list[Player]:
        """ "the foreign ministers of Iran and Qatar", "Qatari officials", "senior diplomats"."""
        head = f.heads[0]
        if len(f.states) > 1:
            out: list[Player] = []
            for state in f.states:
                one = Found(f.first, f.last, "office", root=f.root, heads=f.heads, state=state, definite=True)
                out.append(self._holder(one, f.heads, state.code, "said", True))
            return out
        country, _ = self._country_of_title(f) if (f.state or f.owner or f.body) else (None, "")
        if f.count == 2 or (f.definite and f.state is None and f.body is None and f.count):
            players = [p for p in reversed(self._by_recency()) if any(same_office(head.office, o) for o in p.offices)]
            if len(players) >= f.count:
                return players[: f.count]
        if f.definite and f.state is None and f.body is None and f.owner is None:
            # "the ministers", of whom two were named before
            players = [
                p
                for p in reversed(self._by_recency())
                if any(same_office(head.office, o) for o in p.offices) and p.mentions
            ]
            pair = [p for i, p in enumerate(players) if p.country not in {q.country for q in players[:i]}]
            if len(pair) >= 2:
                return pair[: max(2, f.count)]
        state = self.names.by_code.get(country or "")
        key = ("offices", country or (f.body.name if f.body else None), head.office)
        player = self.keyed.get(key)
        if player is None:
            where = state.name if state else f.body.name if f.body else ""
            label = self.w[f.last].lower if not where else f"{head.office}s of {where}"
            player = Player(
                name=_upper(label), kind="group", country=f.body.country if f.body and not f.state else country,
                sector=head.sector, role=head.office, offices=[], rank=head.rank,
            )  # fmt: skip
            self.keyed[key] = player
        return [player]

    def _counterparts(self, f: Found) -> list[Player]:
        """"both of his colleagues": the others who hold the same office."""
        owner = self._antecedent(f.owner_word, f.owner) if f.owner else self._last_person()
        if owner is None:
            return []
        return [
            p for p in self.persons
            if p is not owner and p.mentions and any(same_office(o, q) for o in owner.offices[:1] for q in p.offices)
        ]  # fmt: skip

    def _counterpart(self, f: Found) -> list[Player]:
        """ "her South Korean counterpart Cho Tae Yul" has the office of the one whose counterpart she or he is."""
        owner = self._antecedent(f.owner_word, f.owner) if f.owner else self._last_person()
        country, source = self._country_of_title(f)
        heads = [h for h in self._heads() if owner is not None and h.office in owner.offices][:1]
        if not heads:
            return []
        g = Found(
            f.first,
            f.last,
            f.kind,
            root=f.root,
            heads=heads,
            state=f.state,
            body=f.body,
            name=f.name,
            definite=True,
            status=f.status,
        )
        if f.name:
            return self._person(g)
        return [self._holder(g, heads, country, source, f.state is not None)]

    # -- parts, people, states, bodies ---------------------------------------------------------------------------

    def _part(self, f: Found) -> list[Player]:
        assert f.part is not None
        country, _ = self._country_of_title(f)
        if f.body is not None and f.state is None:
            return [self._body(f.body, f)]
        explicit = f.state is not None or f.owner is not None
        if not explicit:
            for mention in reversed(self.cast.mentions):
                for player in mention.players:
                    if player.kind == f.part.kind and f.part.name.split(" of ")[0] in player.name and player.country:
                        return [player]
        state = f.state or self.names.by_code.get(country or "")
        if state is None:
            key: object = ("part", None, f.part.name)
            player = self.keyed.get(key)
            if player is None:
                player = Player(name=self._words(f), kind=f.part.kind, sector=f.part.sector)
                player.reasons.append(
                    (f"{self._words(f)!r} names a part of a state that the report does not name", 0.3)
                )
                self.keyed[key] = player
            return [player]
        if self.w[f.last].lower in ("regime", "regimes"):
            return [self._state(state)]
        key = ("part", state.name, f.part.name)
        player = self.keyed.get(key)
        if player is None:
            player = Player(
                name=f.part.name.format(state=state.name), kind=f.part.kind, country=state.code, sector=f.part.sector,
                reasons=[(f"{self._words(f)!r} names a part of {state.name}", 0.6)],
            )  # fmt: skip
            self.keyed[key] = player
        return [player]

    def _people(self, f: Found) -> list[Player]:
        assert f.people is not None
        state = f.state
        if state is None and f.owner:
            country, _ = self._country_of_title(f)
            state = self.names.by_code.get(country or "")
        if state is None and f.body is None and f.people.sector in ("JUD", "COP"):
            # Prosecutors and policemen that nobody is named for belong to the state the report is in.
            state = self.names.by_code.get(self._acting_country(f.first) or "")
        label = "people" if f.people.word in GENERIC_PEOPLE else self.w[f.last].lower
        owner = state.name if state else f.body.name if f.body else None
        if owner is None:
            for mention in reversed(self.cast.mentions):
                for player in mention.players:
                    if f.definite and player.kind == f.people.kind and player.role == label:
                        return [player]
        key = ("people", owner, label)
        player = self.keyed.get(key)
        if player is None:
            if state is not None and label == "people":
                name = state.people[-1] if state.people else f"People of {state.name}"
            else:
                name = f"{_upper(label)} of {owner}" if owner else _upper(label)
            player = Player(
                name=name, kind=f.people.kind if f.people.kind in ("population", "group", "armed_group") else "population",
                country=state.code if state else f.body.country if f.body else None,
                sector=f.people.sector or "CVL", role=label,
            )  # fmt: skip
            player.reasons.append((f"{self._words(f)!r} names unnamed people", 0.5))
            self.keyed[key] = player
        return [player]

    def _choose_state(self, f: Found) -> State | None:
        states = [e.thing for e in f.entries if isinstance(e.thing, State)]
        if not states:
            return None
        if f.label == "weak":
            # "the North", "the kingdom": only a state that the report has already named.
            named = {p.country for p in self.cast.players if p.kind in ("state", "person", "government_body")}
            states = [s for s in states if s.code in named]
            if not states:
                return None
        if len(states) > 1:
            seen = {p.country for p in self.cast.players}
            strong = [s for s, e in zip(states, f.entries, strict=False) if e.use in ("name", "opponent")]
            for state in strong or states:
                if state.code in seen:
                    return state
            return (strong or states)[0]
        return states[0]

    def _state(self, state: State) -> Player:
        key = ("state", state.name)
        player = self.keyed.get(key)
        if player is None:
            player = Player(name=state.name, kind="state", country=state.code, qid=state.qid)
            player.reasons.append((f"a name of {state.name} ({state.code})", 0.8))
            if state.kind == "partly_recognised":
                player.other_sectors.append("PRE")
            self.keyed[key] = player
        return player

    def _body(self, body: Body, f: Found) -> Player:
        key = ("body", body.name)
        player = self.keyed.get(key)
        if player is None:
            player = Player(
                name=body.name, kind=body.kind, country=body.country, sector=body.sector,
                other_sectors=list(body.other_sectors), qid=body.qid,
            )  # fmt: skip
            player.reasons.append((f"{self._words(f)!r} is a name of {body.name}", 0.8))
            self.keyed[key] = player
        return player

    def _grouping(self, grouping: Grouping) -> Player:
        key = ("grouping", grouping.name)
        player = self.keyed.get(key)
        if player is None:
            player = Player(name=grouping.name, kind=grouping.kind, country=grouping.country)
            player.reasons.append((f"a name of the grouping {grouping.name}", 0.7))
            self.keyed[key] = player
        return player

    def _unknown(self, f: Found) -> Player:
        label = fold(f.label)
        for player in self.cast.players:
            if player.kind in (
                "unknown",
                "igo",
                "ngo",
                "armed_group",
                "party",
                "company",
                "media",
                "government_body",
            ) and (fold(player.name) == label or label in {fold(n) for n in player.names}):
                return player
        player = Player(name=f.label, kind="unknown", country=f.state.code if f.state else None)
        player.names.add(f.label)
        initials = "".join(w[0] for w in f.label.split() if w[:1].isupper())
        if len(initials) > 1:
            player.names.add(initials)
        return player

    # -- words that go back --------------------------------------------------------------------------------------

    def _country_of_title(self, f: Found) -> tuple[str | None, str]:
        """State of an office or part, and on what ground."""
        if f.state is not None:
            return f.state.code, "said"
        if f.body is not None:
            return f.body.country, "said"
        if f.heads and all(h.of == "body" for h in f.heads):
            if any(h.office in _EUROPEAN for h in f.heads):
                return "EUR", "said"
            for mention in reversed(self.cast.mentions):
                if mention.player is not None and mention.player.kind in ("igo", "armed_group", "ngo", "party") and mention.first < f.first:
                    return mention.player.country, "the body named last"
            return None, ""
        if f.owner in ("his", "her", "their", "its"):
            owner = self._antecedent(f.owner_word, f.owner)
            if owner is not None and owner.country:
                return owner.country, "said"
        if f.owner == "country":
            country = self._last_country(f.first)
            if country:
                return country, "said"
        joined = self._joined(f)
        if joined:
            return joined, "shared with the office it is joined to"
        place = self._place_in_sentence(f)
        if place:
            return place, "the seat of government named in the sentence"
        if self.home:
            # An outlet names its own state's ministers without the state.
            return self.home, "the state the report is written in"
        acting = self._acting_country(f.first)
        if acting:
            return acting, "the state that acts in the sentences before"
        return self._main_country() or self._last_country(f.first), "the state most spoken of"

    def _place_in_sentence(self, f: Found) -> str | None:
        """ "Speaking in Addis Ababa, foreign ministry spokesperson N.N. said": the seat tells the state."""
        sentence = self.w[f.first].sentence
        for mention in reversed(self.cast.mentions):
            if self.w[mention.first].sentence != sentence:
                break
            if mention.kind == "place" and mention.player and mention.player.kind == "state":
                clause = self.w[mention.root].head.head
                if clause.pos in ("VERB", "AUX") and clause.dep in ("advcl", "ROOT"):
                    return mention.player.country
        return None

    def _acting_country(self, before: int) -> str | None:
        """The state behind the last subject of a main clause."""
        for mention in reversed(self.cast.mentions):
            if mention.first >= before or mention.kind in ("pronoun", "adjective", "place", "group"):
                continue
            root = self.w[mention.root]
            if root.dep in _SUBJECT and root.head.dep in ("ROOT", "ccomp") and len(mention.players) == 1:
                country = mention.players[0].country
                if country in self.names.by_code:
                    return country
        return None

    def _joined(self, f: Found) -> str | None:
        """ "Iranian President Raisi and Foreign Minister Amirabdollahian": the second shares the first's state."""
        i = f.first - 1
        seen_and = False
        while i >= 0 and self.w[i].lower in ("and", ",", "the"):
            seen_and |= self.w[i].lower == "and"
            i -= 1
        if i < 0 or not seen_and or self.w[i].sentence != self.w[f.first].sentence:
            return None
        mention = self.cast.outer[i]
        if (
            mention is not None
            and mention.kind in ("name", "title")
            and mention.player
            and mention.player.kind in ("person", "office")
        ):
            return mention.player.country
        return None

    def _last_country(self, before: int, *, same_sentence: bool = False) -> str | None:
        sentence = self.w[before].sentence if before < len(self.w) else -1
        for mention in reversed(self.cast.mentions):
            if mention.first >= before:
                continue
            if same_sentence and self.w[mention.first].sentence != sentence:
                return None
            player = mention.player
            if (
                mention.kind != "pronoun"
                and player is not None
                and player.country
                and player.country in self.names.by_code
            ):
                return player.country
        return None

    def _main_country(self) -> str | None:
        counts: Counter[str] = Counter()
        for player in self.cast.players:
            if player.country in self.names.by_code and player.country:
                counts[player.country] += self.weight[id(player)]
        return counts.most_common(1)[0][0] if counts else None

    def _home_state(self) -> str | None:
        """The state whose ministry or agency speaks: told by the publisher's name, or the dateline's seat of power."""
        publisher = self.r.report.publisher
        if publisher:
            for state in self.names.by_code.values():
                if any(re.search(rf"\b{re.escape(n)}\b", publisher) for n in (state.name, *state.adjectives)):
                    return state.code
        line = self.r.report.dateline
        if line is not None and line.place:
            state = self.names.state_of_seat(line.place)
            # "BRUSSELS" over a report that never speaks of Belgium tells only where the agency has its desk.
            if state is not None and any(n in self.r.report.text for n in (state.name, *state.adjectives)):
                return state.code
        return None

    def _by_recency(self) -> list[Player]:
        """Persons, least recent first."""
        return sorted(self.persons, key=lambda p: p.mentions[-1].first if p.mentions else -1)

    def _last_person(self) -> Player | None:
        recent = [p for p in self._by_recency() if p.mentions]
        return recent[-1] if recent else None

    def _antecedent(self, at: int, pronoun: str | None) -> Player | None:
        """The most salient actor a pronoun can go back to."""
        kind = PRONOUNS.get(pronoun or "", "")
        if kind in ("1", "1p") or not kind:
            return None
        word = self.w[at]
        quoted = self.r.quoted(word.start)
        best: Player | None = None
        best_score = 0.0
        seen: set[int] = set()
        for mention in reversed(self.cast.mentions):
            if mention.first >= at or mention.last >= at:
                continue
            distance = word.sentence - self.w[mention.first].sentence
            if distance > 4:
                break
            if mention.kind in ("adjective", "place") or len(mention.players) != 1:
                continue
            player = mention.players[0]
            if not _fits(kind, player):
                continue
            score = self._salience(mention, word, distance)
            if quoted is not None and not quoted.start <= self.w[mention.first].start < quoted.end and distance == 0:
                score -= 1.5
            if id(player) in seen:
                score += 0.2
            seen.add(id(player))
            if score > best_score:
                best, best_score = player, score
        return best

    def _salience(self, mention: Mention, word: Word, distance: int) -> float:
        root = self.w[mention.root]
        score = 3.0 - 1.1 * distance
        if root.dep in _SUBJECT:
            score += 1.6 if distance else 1.2
            if root.head.dep == "ROOT":
                score += 0.6
        elif root.dep in ("poss", "compound", "appos", "attr"):
            score -= 0.6
        elif root.dep == "pobj" and root.head.dep == "agent":
            score += 0.8
        if distance == 0:
            if (
                word.dep in ("nsubj", "nsubjpass")
                and root.head in list(word.head.ancestors())
                and root.head.lemma in _SAYING
            ):
                score += 2.0
            if word.dep in ("dobj", "pobj", "dative") and root.dep in _SUBJECT and _clause(word) is root.head:
                score -= 4.0  # "he met him": two people
            if mention.player is not None and word.dep == "poss" and root.dep in _SUBJECT:
                score += 0.4
        score += min(1.0, 0.1 * self.weight[id(mention.players[0])])
        return score

    def _pronoun(self, f: Found) -> list[Player]:
        if f.label in ("they", "them", "their", "themselves"):
            plural = self._plural_antecedent(f)
            if plural:
                return plural
        if f.label in ("it",) and not self._refers(f):
            return []
        player = self._antecedent(f.first, f.label)
        if player is not None and player.gender is None and player.kind in ("person", "office") and PRONOUNS.get(f.label) in ("m", "f"):
            player.gender = PRONOUNS[f.label]
        return [player] if player else []

    def _refers(self, f: Found) -> bool:
        """Leave "it is clear that", "made it possible" alone."""
        word = self.w[f.first]
        head = word.head
        if (
            word.dep in ("nsubj", "nsubjpass")
            and head.lemma == "be"
            and any(c.dep in ("acomp", "attr") for c in head.children)
        ):
            return not any(c.dep in ("ccomp", "xcomp", "advcl") for c in head.children)
        return word.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "poss")

    def _plural_antecedent(self, f: Found) -> list[Player]:
        word = self.w[f.first]
        for mention in reversed(self.cast.mentions):
            if mention.first >= f.first:
                continue
            distance = word.sentence - self.w[mention.first].sentence
            if distance > 2:
                break
            root = self.w[mention.root]
            if len(mention.players) > 1:
                return list(mention.players)
            if mention.kind in ("people", "group") and mention.players and (root.dep in _SUBJECT or distance == 0):
                return list(mention.players)
            if root.dep == "conj" and mention.players and mention.kind != "adjective":
                first = self.cast.at(root.head.i)
                if (
                    first is not None
                    and first is not mention
                    and first.players
                    and first.kind not in ("adjective", "place")
                ):
                    return [*first.players, *mention.players]
        return []

    def _both(self, f: Found) -> list[Player]:
        """The two (three ...) most salient countries or persons of the report so far."""
        score: Counter[str] = Counter()
        here = self.w[f.first].sentence
        for mention in self.cast.mentions:
            distance = here - self.w[mention.first].sentence
            near = 2.5 if distance <= 1 else 1.0
            subject = 1.5 if self.w[mention.root].dep in _SUBJECT else 1.0
            for player in mention.players:
                if (
                    player.country
                    and (player.country in self.names.by_code or f.label == "party")
                    and player.kind != "population"
                ):
                    weight = 0.4 if mention.kind in ("place", "adjective") else 1.0
                    lead = 1.5 if self.w[mention.first].sentence <= 1 else 1.0
                    score[player.country] += near * subject * weight * lead  # type: ignore[assignment]
        countries = [c for c, _ in score.most_common(f.count)]
        if len(countries) < 2:
            return []
        out: list[Player] = []
        for country in countries:
            people = [
                p
                for p in self.persons
                if p.country == country and p.mentions and p.role_status not in ("late", "former")
            ]
            person = max(people, key=lambda p: self._standing(p, here), default=None)
            if f.label in ("person", "any", "party") and person is not None:
                out.append(person)
            else:
                state = self.names.by_code.get(country)
                if state is not None:
                    out.append(self._state(state))
        return out

    def _standing(self, player: Player, here: int) -> float:
        total = 0.0
        for mention in player.mentions:
            near = 2.5 if here - self.w[mention.first].sentence <= 1 else 1.0
            total += (
                near
                * (1.5 if self.w[mention.root].dep in _SUBJECT else 1.0)
                * (1.5 if self.w[mention.first].sentence == 0 else 1.0)
            )
        return total

    def _definite(self, f: Found) -> list[Player]:
        if f.label == "other":
            owner = self._antecedent(f.owner_word, f.owner) if f.owner else None
            mine = owner.country if owner else self._last_country(f.first)
            counts = Counter({p.country: self.weight[id(p)] for p in self.cast.players if p.kind == "state" and p.country != mine})
            state = self.names.by_code.get(counts.most_common(1)[0][0] or "") if counts else None
            return [self._state(state)] if state else []
        if f.label == "state":
            country: str | None = None
            if f.owner:
                owner = self._antecedent(f.owner_word, f.owner)
                country = owner.country if owner else None
            else:
                country = self._last_country(f.first)
            state = self.names.by_code.get(country or "")
            return [self._state(state)] if state else []
        noun = self.w[f.last].lemma
        for mention in reversed(self.cast.mentions):
            for player in mention.players:
                if player.kind in (
                    "igo",
                    "ngo",
                    "armed_group",
                    "party",
                    "company",
                    "media",
                    "government_body",
                    "unknown",
                ) and _is_a(noun, player):
                    return [player]
        kind, sector = _NOUN_KINDS.get(noun, (None, None))
        if kind is None or f.owner:
            return []
        key = ("definite", noun)
        player = self.keyed.get(key)
        if player is None:
            player = Player(name=self._words(f), kind=kind, sector=sector)
            player.reasons.append((f"{self._words(f)!r}: the report does not name it", 0.2))
            self.keyed[key] = player
        return [player]

    # -- after a sentence ----------------------------------------------------------------------------------------

    def _appositions(self, first: int, last: int) -> None:
        """ "the Qatari Emir, His Excellency Sheikh Tamim", "Abu Zeid, spokesman for the ministry": one actor."""
        mentions = [
            m
            for m in self.cast.mentions
            if first <= m.first < last and m.kind in ("name", "title") and len(m.players) == 1
        ]
        for a, b in zip(mentions, mentions[1:], strict=False):
            pa, pb = a.players[0], b.players[0]
            if pa is pb or b.first <= a.last:
                continue
            between = [x.lower for x in self.w[a.last + 1 : b.first]]
            if len(between) > 3 and between[0] == "(" and ")" in between:
                between = between[between.index(")") + 1 :]  # "... of American States (OAS), Camille ..."
            if between != [","]:
                continue
            if {pa.kind, pb.kind} <= {"person", "office"} and self._may_be_one(pa, pb) and self._is_apposition(a, b):
                self._merge(pa, pb)

    def _own_side(self, first: int, last: int) -> None:
        """"Minister Aquilina conveyed Malta's concern": whose concern a minister voices tells whose minister it is."""
        for i in range(first, last):
            verb = self.w[i]
            if verb.lemma not in _VOICING or verb.pos != "VERB":
                continue
            thing, speaker = verb.child("dobj"), verb.child("nsubj")
            owner = thing.child("poss") if thing is not None else None
            if owner is None or speaker is None:
                continue
            whose, who = self.cast.at(owner.i), self.cast.at(speaker.i)
            if whose is None or who is None or len(whose.players) != 1 or len(who.players) != 1:
                continue
            player = who.players[0]
            if player.guessed and whose.players[0].kind == "state":
                player.country, player.guessed = whose.players[0].country, False
                player.reasons.append((f"voices {whose.players[0].name}'s {thing.text if thing else ''}", 0.5))

    def _is_apposition(self, a: Mention, b: Mention) -> bool:
        after = self.w[b.last + 1].lower if b.last + 1 < len(self.w) else "."
        if a.kind == "name" and b.kind == "name":
            return False
        return (
            after in (",", ".", ";", ")", "said", "told", "who", "and", "has", "in", "on")
            or self.w[b.root].dep == "appos"
        )

    def _may_be_one(self, a: Player, b: Player) -> bool:
        if a.names and b.names and not (a.presumed or b.presumed):
            return False
        return a.country is None or b.country is None or a.country == b.country or not (a.names and a.offices)

    def _merge(self, a: Player, b: Player) -> None:
        """Make two actors one; the named one stays."""
        if a.presumed != b.presumed:
            keep, drop = (b, a) if a.presumed else (a, b)
            drop.gender, drop.qid = None, None
        else:
            keep, drop = (a, b) if a.names or not b.names else (b, a)
        for mention in self.cast.mentions:
            if drop in mention.players:
                mention.players = [keep if p is drop else p for p in mention.players]
        keep.mentions = sorted({*keep.mentions, *drop.mentions}, key=lambda m: m.first)
        keep.offices = [*keep.offices, *(o for o in drop.offices if o not in keep.offices)]
        if keep.role is None or (drop.rank is not None and (keep.rank is None or drop.rank < keep.rank)):
            keep.role = drop.role or keep.role
            keep.rank = drop.rank if drop.rank is not None else keep.rank
        keep.country = drop.country if drop.country and not keep.offices[:-1] else keep.country or drop.country
        keep.sector = keep.sector or drop.sector
        if keep.role_status in (None, "incumbent") and drop.role_status:
            keep.role_status = drop.role_status
        keep.qid = keep.qid or drop.qid
        keep.reasons = [*keep.reasons, *drop.reasons, ("an apposition names the office", 0.6)]
        for key, player in list(self.keyed.items()):
            if player is drop:
                self.keyed[key] = keep
        self.persons = [p for p in self.persons if p is not drop]
        self.cast.players = [p for p in self.cast.players if p is not drop]
        self.weight[id(keep)] += self.weight.pop(id(drop), 0)

    def _number(self) -> None:
        for player in self.cast.players:
            player.mentions.sort(key=lambda m: (m.first, m.last))

    def _words(self, f: Found) -> str:
        return " ".join(x.text for x in self.w[f.first : f.last + 1])


# Where the family name comes first, the first name is what later sentences use.
_FAMILY_FIRST_STATES = frozenset(("CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "HKG", "HUN", "SGP", "MMR"))
_FAMILY_FIRST = frozenset(
    ["kim", "lee", "park", "choi", "chung", "cho", "jung", "kang", "yoon", "moon", "han", "shin", "oh", "seo", "kwon", "hwang", "ahn", "song", "hong", "xi", "wang", "li", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "ma", "hu", "guo", "lin", "he", "gao", "luo", "nguyen", "tran", "le", "pham", "hun"]
)
_VOICING = frozenset(
    ("convey", "voice", "express", "reiterate", "reaffirm", "stress", "underline", "announce", "affirm", "renew", "outline", "explain",
     "deliver", "emphasise", "emphasize", "underscore", "highlight", "confirm", "present", "communicate", "assert")
)  # fmt: skip
# Offices that only the European Union has.
_EUROPEAN = frozenset(("high representative", "commission president", "european commissioner", "european parliament president", "council president", "eu ambassador", "eu spokesperson"))
_NOUN_KINDS = {
    "militia": ("armed_group", "UAF"), "faction": ("armed_group", "UAF"), "movement": ("group", None), "group": ("group", None),
    "party": ("party", "PTY"), "union": ("ngo", "LAB"), "court": ("government_body", "JUD"), "tribunal": ("government_body", "JUD"),
    "agency": ("government_body", "GOV"), "commission": ("government_body", "GOV"), "council": ("government_body", "GOV"),
    "organisation": ("ngo", None), "organization": ("ngo", None), "watchdog": ("ngo", None), "league": ("igo", None),
    "bloc": ("igo", None), "alliance": ("igo", None),
}  # fmt: skip


_MALE = frozenset(("mr", "mr.", "sir", "king", "prince", "sheikh", "emir", "sultan", "lord", "spokesman", "chairman", "congressman", "father", "herr", "monsieur", "don", "señor", "his"))
_FEMALE = frozenset(("mrs", "mrs.", "ms", "ms.", "miss", "madam", "madame", "dame", "queen", "princess", "lady", "spokeswoman", "chairwoman", "congresswoman", "sister", "frau", "doña", "señora", "sheikha"))


def _gender_of_words(words: list[str]) -> str | None:
    """What a title tells: Ms, King, spokeswoman."""
    if any(w in _FEMALE for w in words):
        return "f"
    return "m" if any(w in _MALE and w != "his" for w in words) else None


def _upper(label: str) -> str:
    return label[:1].upper() + label[1:]


def _name_parts(name: str) -> frozenset[str]:
    return frozenset(
        p
        for p in fold(name).replace("-", " ").replace("'", " ").replace(".", " ").split()
        if p not in _SMALL and len(p) > 1
    )


def _edge(a: str, b: str) -> bool:
    """A single name must be the other's first or last."""
    short, long = sorted((fold(a).replace("-", " ").split(), fold(b).replace("-", " ").split()), key=len)
    long = [p for p in long if p not in _SMALL]
    short = [p for p in short if p not in _SMALL]
    return bool(short and long) and (short[-1] in (long[-1], long[0]) or long[-len(short) :] == short)


def _fits(kind: str, player: Player) -> bool:
    if kind in ("m", "f"):
        return player.kind in ("person", "office") and player.gender in (None, kind)
    if kind == "n":
        return player.kind not in ("person", "office", "population", "group")
    if kind == "p":
        return player.kind in (
            "population",
            "group",
            "armed_group",
            "party",
            "igo",
            "government_body",
            "ngo",
            "company",
        )
    return False


def _clause(word: Word) -> Word:
    for above in word.ancestors():
        if above.pos in ("VERB", "AUX"):
            return above
    return word


def _is_a(noun: str, player: Player) -> bool:
    name = fold(player.name)
    if (
        noun in name
        or (noun == "organization" and "organisation" in name)
        or (noun == "organisation" and "organization" in name)
    ):
        return True
    kinds = {
        "bloc": ("igo",), "alliance": ("igo",), "group": ("armed_group", "ngo", "unknown"), "movement": ("armed_group", "party"),
        "party": ("party",), "militia": ("armed_group",), "faction": ("armed_group", "party"), "organisation": ("igo", "ngo"),
        "organization": ("igo", "ngo"), "agency": ("media",), "body": ("igo",), "watchdog": ("igo",),
    }  # fmt: skip
    return player.kind in kinds.get(noun, ())
