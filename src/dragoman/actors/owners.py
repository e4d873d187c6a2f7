"""Whose an office or a part of a state is: the words to its left and the "of ..." to its right.

In: the `Search` of a sentence and a `Found` that has its noun. Out: the same `Found` with state, body, owner, standing
and rank, its first and last word moved out. What only says where somebody is sent ("ambassador to Oman") owns nothing.
"""

from __future__ import annotations

from dragoman.actors.found import Found, Search, description_start
from dragoman.actors.names import NameHit
from dragoman.knowledge.naming import naming
from dragoman.knowledge.reference import reference
from dragoman.knowledge.world import Body, State, StatePart

# Relations of a verb that heads a clause.
_CLAUSES = ("ROOT", "ccomp", "csubj", "advcl", "relcl", "parataxis", "conj")


def read_left(search: Search, found: Found) -> None:
    """Status, rank, state, body and plain adjectives before the head, up to a determiner or possessor."""
    w = search.words
    i = found.first - 1
    while i >= search.first and i not in search.taken:
        word = w[i]
        low = word.lower
        hit = search.hit_at.get(i)
        term = search.term_at.get(i)
        if word.pos == "VERB" and word.dep in _CLAUSES and word.tag != "VBN":
            break  # "killed six herders"
        if term is not None and term.kind == "status" and term.last == i and low == "-":
            found.status, found.first = str(term.thing), term.first  # "ex-minister"
            i = term.first - 1
            continue
        if low == "-" and i > search.first and not w[i - 1].text[-1:].isspace() and w[i - 1].end == word.start:
            # "ex-president", "Houthi-appointed minister"
            i -= 1
            continue
        if hit is not None and i <= hit.last:
            if not take_owner(search, found, hit):
                break
            i = hit.first - 1
            found.first = hit.first
            if found.plural and found.state is not None and not found.states:
                i = _states_before(search, found, i)
            continue
        if low in ("'s", "'") and i - 1 >= search.first:
            before = search.hit_at.get(i - 1)
            if before is not None and take_owner(search, found, before):
                i = before.first - 1
                found.first = before.first
                continue
            noun = w[i - 1].lower
            if noun in reference().owning_states and found.state is None:
                found.owner = "country"
                found.owner_word = i - 1
                found.first = description_start(search, i - 1)
                break
            if noun in reference().owning_bodies:
                found.owner = "body"
            else:
                break
            found.owner_word = found.first = i - 1
            i -= 2
            continue
        if term is not None and term.kind in ("status", "rank") and term.last == i:
            if term.kind == "status":
                found.status = str(term.thing)
            elif isinstance(term.thing, int):
                found.level = term.thing
            found.first = term.first
            i = term.first - 1
            continue
        if term is not None and term.kind == "part" and term.last == i and isinstance(term.thing, StatePart):
            found.part = term.thing
            found.first = term.first
            i = term.first - 1
            continue
        if low in reference().possessives:
            found.owner = low
            found.owner_word = i
            found.first = i
            found.definite = True
            break
        if low == "that" and word.tag != "DT":
            break
        if low in reference().determiners:
            found.first = i
            found.definite = low in ("the", "this", "that", "these", "those", "both")
            if i - 1 >= search.first and w[i - 1].lower == "both":
                found.first = i - 1
            break
        if word.pos in ("ADJ", "NUM", "NOUN", "PROPN", "ADV") or word.tag in ("VBG", "VBN"):
            if word.dep in ("nsubj", "ROOT", "dobj", "dative", "pobj", "npadvmod", "tmod") and word.pos != "ADJ":
                break
            if word.pos == "PROPN" and word.ent == "PERSON":
                break
            if word.pos == "ADV" and w[i + 1].pos not in ("ADJ", "VERB"):
                break
            found.first = i
            i -= 1
            continue
        break
    # A trailing plain adverb or verb form at the edge belongs to the sentence, not to the title.
    while (
        found.first < found.last
        and w[found.first].pos in ("ADV", "VERB", "PUNCT")
        and search.term_at.get(found.first) is None
        and w[found.first].dep in ("advmod", "ROOT", "punct", "xcomp", "ccomp", "advcl", "prep")
    ):
        found.first += 1


def _states_before(search: Search, found: Found, i: int) -> int:
    """ "the Polish, Czech and Slovak prime ministers": the adjectives that "and" joins before the last one."""
    w = search.words
    states = [found.state] if found.state is not None else []
    while i > search.first and w[i].lower in ("and", ","):
        k = i - 1 if w[i - 1].lower != "," else i - 2
        hit = search.hit_at.get(k)
        thing = hit.entries[0].thing if hit is not None else None
        if hit is None or not isinstance(thing, State) or hit.last != k or k in search.taken:
            break
        states.insert(0, thing)
        found.first = hit.first
        i = hit.first - 1
    if len(states) > 1:
        found.states = states
    return i


def take_owner(search: Search, found: Found, hit: NameHit) -> bool:
    """Make the state or body of a name the owner, unless there is one; whether the name may stand in a title."""
    for entry in hit.entries:
        thing = entry.thing
        if entry.use == "weak" and search.words[hit.first].lower == "the":
            return False
        if isinstance(thing, State):
            if found.state is None:
                found.state = thing
            return True
        if isinstance(thing, Body):
            if found.body is None:
                found.body = thing
            return True
    return False


def read_of(search: Search, found: Found) -> None:
    """ "of Qatar", "of the Islamic Republic of Iran", "for Turkey's foreign ministry", "to the United Nations"."""
    w = search.words
    k = found.last + 1
    if k > search.last or w[k].lower not in ("of", "for", "to", "at", "in", "with", "from"):
        return
    if w[k].lower == "from" and not found.plural:
        return
    if (
        found.heads
        and found.heads[0].office in ("minister", "deputy minister", "minister of state")
        and w[k].lower in ("of", "for")
    ):
        _portfolio(search, found, k)
        return
    j = k + 1
    owner = -1
    while j <= search.last and w[j].lower in ("the", "its", "his", "her"):
        if w[j].lower != "the":
            owner = j
        j += 1
    hit = search.hit_at.get(j)
    if hit is not None and hit.first == j:
        # "the authorities in Niamey", "a minister in Nouakchott"
        seat = hit.entries[0].use == "seat" and bool(found.heads) and found.heads[0].office not in naming().posted
        at_home = found.part is not None and found.part.name.split(" of ")[0] not in naming().sent
        where = w[k].lower == "in" and (at_home or _lives(found) or seat)
        if (
            w[k].lower in ("to", "in")
            and not where
            and (not found.heads or found.heads[0].office not in naming().posted)
        ):
            return
        state_or_body = hit.entries[0].thing
        last = hit.last
        # "Turkey's foreign ministry", "the Iranian judiciary"
        m = last + 1
        if m <= search.last and w[m].lower in ("'s", "'"):
            m += 1
        part = search.term_at.get(m)
        if part is not None and part.kind == "part" and part.first == m and isinstance(part.thing, StatePart):
            found.part = part.thing
            last = part.last
        elif m > last + 1 and part is not None and part.kind == "office" and part.first == m:
            last = part.last  # "a spokesman for Albania's prime minister"
        elif w[k].lower == "with":
            return  # "a meeting of ministers with U.S. envoys": the state is the other side
        elif m > last + 1 or (
            part is not None and part.kind in ("people", "office") and hit.entries[0].use == "adjective"
        ):
            return
        if isinstance(state_or_body, State):
            if w[k].lower in ("to", "in") and found.heads and not where:
                # An ambassador to Oman is not Oman's.
                found.label = state_or_body.name
                found.abroad = state_or_body.code
            elif found.state is None:
                found.state = state_or_body
            if found.plural and w[k].lower in ("of", "from"):
                last = _more_states(search, found, last)
            if where and (found.people is not None or found.heads):
                return  # the place stays a place of its own
        elif isinstance(state_or_body, Body) and found.body is None:
            found.body = state_or_body
        found.last = last
        return
    part = search.term_at.get(j)
    if (
        part is not None
        and part.first == j
        and part.kind == "part"
        and isinstance(part.thing, StatePart)
        and w[k].lower in ("of", "for", "at", "in", "with")
    ):
        found.part = part.thing
        found.last = part.last
        if owner >= 0 and found.owner is None:
            found.owner, found.owner_word = w[owner].lower, owner  # "a spokesman for its ministry"
        read_of(search, found)
        return
    if w[k].lower == "of" and j <= search.last and w[j].lower in ("country", "republic", "kingdom"):
        found.owner = found.owner or "country"
        found.owner_word = j
        found.last = j


def _lives(found: Found) -> bool:
    """People who belong where they are; soldiers and envoys may be anywhere."""
    return found.kind == "people" and found.people is not None and found.people.sector in ("CVL", "REF", "OPP", "LAB")


def _more_states(search: Search, found: Found, last: int) -> int:
    """ "the foreign ministers of Albania, Malta and Türkiye": each state's."""
    w = search.words
    if found.state is not None:
        found.states.append(found.state)
    while last + 2 <= search.last and w[last + 1].lower in (",", "and"):
        k = last + 2 + (1 if w[last + 2].lower in ("and", "the") else 0)
        hit = search.hit_at.get(k)
        if hit is None or hit.first != k or not isinstance(hit.entries[0].thing, State):
            break
        found.states.append(hit.entries[0].thing)
        last = hit.last
    return last


def _portfolio(search: Search, found: Found, k: int) -> None:
    """ "Minister for Europe and Foreign Affairs of Albania": over the portfolio to the state."""
    w = search.words
    if found.plural and k < search.last and w[k + 1].lower == "the":
        return  # "ministers of the Sahel Forum"
    j = k + 1
    while j <= min(search.last, k + 9) and (
        w[j].pos in ("PROPN", "NOUN", "ADJ", "CCONJ", "DET") or w[j].lower in (",", "and", "&")
    ):
        if w[j].lower == "," and not (
            j + 1 <= search.last and w[j + 1].text[:1].isupper() and any(x.lower == "and" for x in w[j + 1 : j + 5])
        ):
            break
        j += 1
    hit = search.hit_at.get(k + 1) or search.hit_at.get(k + 2)
    if hit is not None and w[k].lower == "of" and hit.last >= j - 1 and isinstance(hit.entries[0].thing, State):
        found.state = found.state or hit.entries[0].thing
        found.last = hit.last
        return
    if any("foreign" in x.lower or x.lower in ("external", "exterior") for x in w[k + 1 : j]):
        found.heads = [h for h in search.names.heads if h.office == "foreign minister"][:1] or found.heads
    if j > k + 1:
        found.last = j - 1
    if j <= search.last and w[j].lower == "of":
        m = j + 1 + (1 if j + 1 <= search.last and w[j + 1].lower == "the" else 0)
        hit = search.hit_at.get(m)
        if hit is not None and isinstance(hit.entries[0].thing, State):
            found.state = found.state or hit.entries[0].thing
            found.last = hit.last


def state_behind(search: Search, k: int) -> State | None:
    """ "President Mateo Xicay of Guatemala", "Minister Keïta (Mali)": the state behind the name."""
    w = search.words
    if k + 1 > search.last or w[k].lower not in ("of", "("):
        return None
    hit = search.hit_at.get(k + 2 if w[k + 1].lower == "the" else k + 1)
    thing = hit.entries[0].thing if hit is not None else None
    if hit is None or not isinstance(thing, State):
        return None
    if w[k].text == "(" and (hit.last + 1 > search.last or w[hit.last + 1].text != ")"):
        return None
    return thing
