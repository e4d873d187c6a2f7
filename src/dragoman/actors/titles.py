"""Titles: an office read piece by piece, `[status] [state or body] [rank] office [of ...] [name]`.

In: the words that name an office. Out: a `Found` with everything that belongs to it: whose office, which standing,
which name. A verb ("to minister"), an adjective ("an official visit") and a bare "leader" are refused.
"""

from __future__ import annotations

from dragoman.actors.found import Found, Search, capital, takes_together
from dragoman.actors.names import TermHit
from dragoman.actors.owners import read_left, read_of, state_behind, take_owner
from dragoman.knowledge.naming import naming
from dragoman.knowledge.reference import reference
from dragoman.knowledge.world import Body, Head, Person, State
from dragoman.reading.words import Word


def office(search: Search, term: TermHit) -> None:
    """An office with all that belongs to it, unless it is a verb, an adjective or a bare "leader"."""
    head = term.thing
    assert isinstance(head, Head)
    w = search.words
    if w[term.last].pos not in ("NOUN", "PROPN", "ADJ", "X", "VERB") or _is_verb_use(search, term):
        return
    if w[term.last].pos == "ADJ" and w[term.last].dep == "amod":
        return  # "an official visit"
    hit = search.hit_at.get(term.last)
    if hit is not None and hit.last > term.last and hit.first <= term.first:
        return
    if hit is not None and hit.first < term.first and isinstance(hit.entries[0].thing, Body):
        return
    if term.plural and takes_together(search, term.first, term.last):
        return
    found = Found(term.first, term.last, "office", heads=[head], plural=term.plural)
    for hit in search.hits:
        if term.first <= hit.first and hit.last <= term.last:
            take_owner(search, found, hit)  # "the UN secretary-general", "Hamas leader"
    read_left(search, found)
    _standing_behind(search, found)
    _second_office(search, found, term)
    read_of(search, found)
    if len(found.heads) == 1:
        _second_office(search, found, term)  # a rank behind "of Defence"
    named = _name_right(search, found)
    whose = found.state is not None or found.body is not None or found.owner is not None
    if w[term.last].lemma in reference().owned_counterparts and found.owner is None:
        return  # "the host city", "visitors"
    if not (named or whose or found.definite or found.status) and head.office in naming().bare_words:
        return
    if found.plural and not named:
        found.count = _count(w, found.first, term.first)
    search.keep(found)


def _standing_behind(search: Search, found: Found) -> None:
    """ "president-elect", "prime minister-designate"."""
    w = search.words
    k = found.last + 1
    if k < search.last and w[k].text == "-" and w[k + 1].lower in ("elect", "designate"):
        found.status = "designate"
        found.last = k + 1


def _is_verb_use(search: Search, term: TermHit) -> bool:
    word = search.words[term.last]
    return word.pos == "VERB" and word.tag.startswith("VB") and word.dep in ("ROOT", "conj", "xcomp", "ccomp", "advcl")


def _rank_at(search: Search, k: int) -> Head | None:
    """A soldier's rank at word `k`, as in "Deputy Minister of Defence Colonel-General N.N."."""
    term = search.term_at.get(k)
    if term is None or term.kind != "office" or term.first != k or term.plural or not capital(search.words[k]):
        return None
    return term.thing if isinstance(term.thing, Head) and term.thing.office in naming().generals else None


def _second_office(search: Search, found: Found, term: TermHit) -> None:
    """ "prime minister and foreign minister": one person with two offices, or two persons (settled later)."""
    w = search.words
    k = found.last + 1
    rank = _rank_at(search, k)
    if rank is not None and not term.plural:
        found.heads.append(rank)
        found.last = search.term_at[k].last
        after = search.term_at.get(found.last + 2)
        if after is not None and w[found.last + 1].text == "-" and after.kind == "office":
            found.last = after.last  # "Colonel-General"
        return
    k = term.last + 1
    while k + 1 <= search.last and w[k].lower in ("and", ",", "-", "/") and found.last == k - 1:
        nxt = search.term_at.get(k + 1)
        while nxt is not None and nxt.kind in ("rank", "status") and nxt.last + 1 <= search.last:
            nxt = search.term_at.get(nxt.last + 1)
        if nxt is None or nxt.kind != "office" or nxt.plural or not isinstance(nxt.thing, Head) or term.plural:
            break
        if w[k].lower == "," and w[k + 1].text[:1].islower() != w[term.first].text[:1].islower():
            break
        found.heads.append(nxt.thing)
        found.last = nxt.last
        k = nxt.last + 1


def _name_right(search: Search, found: Found) -> bool:
    """A person's name right behind the title."""
    w = search.words
    k = found.last + 1
    if k <= search.last and w[k].lower == "," and k < search.last and search.honorific(k + 1):
        return False
    while k <= search.last and search.honorific(k):
        k += search.honorific(k)
    first = k
    while k <= search.last and (
        capital(w[k])
        or (w[k].lower in naming().particles and k > first and search.particle_goes_on(k))
        or (k > first and _hyphen(w, k, search.last))
        or (k > first + 1 and _hyphen(w, k - 1, search.last))
    ):
        # "Hossein Amir-Abdollahian" is no emir.
        joined = (k < search.last and w[k + 1].text == "-") or w[k - 1].text == "-"
        if search.term_at.get(k) is not None and search.term_at[k].kind == "office" and k > first and not joined:
            break
        hit = search.hit_at.get(k)
        if (
            hit is not None
            and isinstance(hit.entries[0].thing, State | Body)
            and w[k].ent != "PERSON"
            and hit.first == k
        ):
            break
        if w[k].ent in ("DATE", "TIME", "CARDINAL") or (
            w[k].pos in ("PRON", "DET", "SCONJ", "ADP", "AUX")
            and w[k].ent != "PERSON"
            and w[k].lower not in naming().particles
        ):
            break
        k += 1
    # An entity of another kind: "Foreign Minister Sahara"? rather not a name, unless the files know the person.
    odd = k == first + 1 and w[first].ent_start and w[first].ent in ("LOC", "NORP", "DATE")
    if k == first or (odd and not _known_person(search, first)):
        return False
    of_state = state_behind(search, k)
    if found.plural and k < search.last and w[k].lower == "and":
        return False
    if of_state is not None and found.state is None:
        found.state = of_state
    found.name = " ".join(x.text for x in w[first:k]).replace(" - ", "-")
    found.last = k - 1
    found.kind = "person"
    return True


def _hyphen(w: list[Word], k: int, last: int) -> bool:
    """ "Seung-woo": a hyphen between two words without a blank."""
    return w[k].text == "-" and k < last and w[k].start == w[k - 1].end and w[k + 1].start == w[k].end


def _known_person(search: Search, i: int) -> bool:
    hit = search.hit_at.get(i)
    return hit is not None and isinstance(hit.entries[0].thing, Person)


def _count(w: list[Word], first: int, before: int) -> int:
    for i in range(first, before):
        if w[i].lower in reference().numbers:
            return reference().numbers[w[i].lower]
    return 0
