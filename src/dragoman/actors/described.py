"""Common nouns and pronouns that stand for somebody: "the ministry", "protesters", "both sides", "his country", "he".

In: the `Search` of a sentence. Out: `Found`s. A part of a state that nothing marks as one ("parliament" in small
letters, without a state or article) is left out; so is the outlet's "this agency".
"""

from __future__ import annotations

from dragoman.actors.found import OPPOSED, Found, Search, capital, description_start, takes_together
from dragoman.actors.names import People, TermHit
from dragoman.actors.owners import read_left, read_of
from dragoman.knowledge.folding import fold
from dragoman.knowledge.reference import reference
from dragoman.knowledge.world import StatePart


def part(search: Search, term: TermHit) -> None:
    """A part of a state by its common nouns: "the Iranian judiciary", "the ministry"."""
    thing = term.thing
    assert isinstance(thing, StatePart)
    w = search.words
    if w[term.last].pos not in ("NOUN", "PROPN", "ADJ", "X"):
        return
    hit = search.hit_at.get(term.last)
    if hit is not None and (hit.first < term.first or hit.last > term.last):
        return
    if term.plural and takes_together(search, term.first, term.last):
        return  # "the delegations", "the two governments"
    found = Found(term.first, term.last, "part", part=thing, plural=term.plural)
    if hit is not None and hit.entries[0].use == "weak":
        found.entries = hit.entries  # "the Congress" may be a party, where the report is about its country
    read_left(search, found)
    if found.state is None and found.body is None:
        read_of(search, found)
    if found.state is None and found.body is None and found.owner is None:
        _led_by(search, found)
        found.beside = search.joined_country(found.last)
    if (
        found.state is None
        and found.body is None
        and found.owner is None
        and not found.definite
        and not capital(w[term.first])
    ):
        return
    search.keep(found)


def _led_by(search: Search, found: Found) -> None:
    """ "the Modi government", "the Raisi administration": whose government it is tells which."""
    w = search.words
    i = found.last - 1
    if found.part is None or found.part.sector != "GOV" or i < search.first:
        return
    if w[i].pos != "PROPN" or not capital(w[i]) or i in search.taken or search.term_at.get(i) is not None:
        return
    if not (w[i].ent == "PERSON" or fold(w[i].text) in search.surnames or search.names.person_named(w[i].text)):
        return
    found.name = w[i].text
    found.first = i
    if i > search.first and w[i - 1].lower in ("the", "this", "that"):
        found.first, found.definite = i - 1, True


def people(search: Search, term: TermHit) -> None:
    """Unnamed people: "Iranian citizens", "three fishermen", "the protesters"."""
    thing = term.thing
    assert isinstance(thing, People)
    w = search.words
    word = w[term.last]
    owned = term.first > search.first and w[term.first - 1].lower in ("'s", "'")
    noun = word.pos in ("NOUN", "PROPN") or (word.lower in reference().nominal and (owned or word.dep in _ROLES))
    if not noun or word.dep in ("compound", "amod", "npadvmod"):
        return
    hit = search.hit_at.get(term.last)
    if hit is not None and hit.first <= term.first:
        return
    if takes_together(search, term.first, term.last):
        return  # "the two officials", "the two women"
    found = Found(term.first, term.last, "people", people=thing, plural=True, label=word.lower)
    read_left(search, found)
    read_of(search, found)
    whose = found.state is not None or found.body is not None or found.owner is not None
    plain = word.dep in ("nsubj", "nsubjpass", "dobj", "pobj") and word.tag != "NN"
    if whose or plain or thing.word not in reference().generic_people:
        search.keep(found)


# Relations in which only a noun can stand.
_ROLES = ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "poss")
# Determiners that take in all of those named.
_ALL = ("both", "the", "these", "each")


def together(search: Search) -> None:
    """ "both sides", "the two ministers", "the three countries", "the ministers", "the two"."""
    w = search.words
    nouns, numbers = reference().together_kind, reference().numbers
    for i in range(search.first, search.last + 1):
        word = w[i]
        if i in search.taken and word.lemma != "side":
            continue
        if (
            word.lower == "both"
            and word.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "dative")
            and not any(c.dep in ("prep", "conj") for c in word.children)
        ):
            search.keep(Found(i, i, "both", count=2, label="any"))
            continue
        noun = nouns.get(word.lemma)
        if noun is not None and word.tag == "NN" and w[max(search.first, i - 1)].lower == "each":
            search.keep(Found(i - 1, i, "both", count=2, label=noun))
            continue
        if (
            noun is None
            and word.lower in ("two", "pair")
            and word.dep in ("nsubj", "pobj", "dobj", "nsubjpass")
            and w[max(search.first, i - 1)].lower == "the"
        ):
            search.keep(Found(i - 1, i, "both", count=2, label="any"))
            continue
        if noun is None or word.tag not in ("NNS", "NN", "NNPS") or (word.tag == "NN" and word.lemma != "pair"):
            continue
        k = i - 1
        count = 0
        while (
            k >= search.first
            and (w[k].pos in ("ADJ", "NOUN", "NUM", "VERB") or w[k].lower in _ALL)
            and search.hit_at.get(k) is None
        ):
            count = numbers.get(w[k].lower, count)
            k -= 1
            if w[k + 1].lower in _ALL and w[k].lower != "both":
                break
        first = k + 1
        if first > i or w[first].lower not in ("both", "the", "these", "two"):
            continue
        if any(x.lower in ("dozen", "hundred", "thousand", "million", "dozens") for x in w[first:i]):
            continue  # "two dozen men"
        if not count and w[i - 1].lower in OPPOSED:
            count = 2
        if not count and not (w[first].lower in ("the", "these") and first == i - 1 and noun in ("person", "party")):
            continue
        search.keep(Found(first, i, "both", count=count or 2, label=noun))


def definite(search: Search) -> None:
    """ "his country", "the West African kingdom", "the bloc", "the council": somebody named before."""
    w = search.words
    kinds, owners = reference().definite_kind, reference().possessives
    for i in range(search.first, search.last + 1):
        word = w[i]
        if i in search.taken or word.tag != "NN" or i == search.first:
            continue
        kind = kinds.get(word.lemma)
        first = description_start(search, i) if kind in ("state", "body") else i - 1
        before = w[first].lower
        if kind is None or (before not in owners and before not in ("the", "that", "this")):
            continue
        if word.lemma == "agency" and before == "this":
            continue  # the outlet speaks of itself; it is never an actor
        if word.dep in ("compound", "amod", "nmod") or (i + 1 <= search.last and w[i + 1].lower == "of"):
            continue
        owner = before if before in owners else None
        search.keep(Found(first, i, "definite", label=kind, owner=owner, owner_word=first))


def honoured(search: Search) -> None:
    """ "His Excellency wished ...": an honorific without a name, for somebody named before."""
    w = search.words
    for i in range(search.first, search.last + 1):
        if i in search.taken or w[i].lower not in ("his", "her") or not capital(w[i]):
            continue
        last = i + search.honorific(i) - 1
        if last > i and (last == search.last or not capital(w[last + 1])):
            search.keep(Found(i, last, "definite", label="honoured", owner=w[i].lower))


def ordered(search: Search) -> None:
    """ "the former", "the latter", "the first", "the second": one of two just named."""
    w = search.words
    for i in range(search.first + 1, search.last + 1):
        place = reference().ordered.get(w[i].lower)
        alone = w[i].dep in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "conj") and i not in search.taken
        if place is None or w[i - 1].lower != "the" or not alone or search.hit_at.get(i) is not None:
            continue
        if any(c.i > i and c.dep in ("prep", "relcl") for c in w[i].children):
            continue  # "the first of June", "the first to speak"
        search.keep(Found(i - 1, i, "definite", label=place))


def pronouns(search: Search) -> None:
    """Pronouns, and the possessive ones inside what is taken already; "His Excellency" is none, nor is a mere "it"."""
    w = search.words
    kinds, owners = reference().pronoun_kind, reference().possessives
    for i in range(search.first, search.last + 1):
        word = w[i]
        if word.text[:1].isupper() and word.lower in ("his", "her", "their") and search.honorific(i) > 1:
            continue
        if word.lower in ("each", "one") and i < search.last and w[i + 1].lower in ("other", "another"):
            search.out.append(Found(i, i + 1, "pronoun", label="they"))  # "each other's soldiers"
        if word.pos == "PRON" and word.lower in kinds and i not in search.taken:
            if word.lower == "it" and word.dep == "expl":
                continue
            search.out.append(Found(i, i, "pronoun", label=word.lower))
        elif i in search.taken and word.lower in owners and word.pos in ("PRON", "DET"):
            search.out.append(Found(i, i, "pronoun", label=word.lower))
