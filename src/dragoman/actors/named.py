"""Names: those the files know, those the parser marks, those a title or a verb of speaking gives away.

In: the `Search` of a sentence. Out: `Found`s of persons, states, bodies, groupings and unknown organisations. A weak
name counts only where the grammar takes it for a country; "Jordan Henderson" is no state.
"""

from __future__ import annotations

from collections.abc import Set

from dragoman.actors.found import Found, FoundKind, Search, capital, root_of
from dragoman.actors.names import NameHit, People
from dragoman.actors.owners import state_behind
from dragoman.knowledge.folding import fold
from dragoman.knowledge.naming import naming
from dragoman.knowledge.speech_acts import speech_acts
from dragoman.knowledge.world import Body, Grouping, Person, State


def name(search: Search, hit: NameHit) -> None:
    """A name the files know."""
    w = search.words
    entry = hit.entries[0]
    thing = entry.thing
    first = hit.first
    if isinstance(thing, Person):
        beyond = w[hit.last + 1] if hit.last < search.last else None
        if beyond is not None and beyond.ent == "PERSON" and not beyond.ent_start and capital(beyond):
            return  # "Juan Carlos Jobet" is not Juan Carlos
        if entry.use == "weak" and not _alone(search, hit):
            return
        while n := search.honorific_before(first):
            first -= n
        words = " ".join(x.text for x in w[hit.first : hit.last + 1]).replace(" - ", "-")
        search.keep(Found(first, hit.last, "person", entry=entry, entries=hit.entries, name=words))
        return
    if (
        w[hit.last].ent == "PERSON"
        and entry.use in ("weak", "name", "seat")
        and not (
            w[first].ent_start
            and (
                hit.last == search.last
                or w[hit.last + 1].ent != "PERSON"
                or w[hit.last + 1].ent_start
                or not capital(w[hit.last + 1])
            )
        )
    ):
        return  # "Jordan Henderson"
    kind: FoundKind
    if isinstance(thing, State):
        word = w[hit.last]
        if _names_something_else(search, hit):
            return
        modifies = word.dep in ("amod", "compound", "nmod") and word.head.i > word.i
        if entry.use == "adjective" and not (
            word.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "conj") and word.tag in ("NNPS", "NNP", "NNS")
        ):
            kind = "adjective"
        elif entry.use == "people" or (entry.use == "adjective" and not modifies):
            kind = "adjective" if modifies else "people"
        else:
            kind = "state"
        if entry.use == "weak" and not _weak_name_fits(search, hit):
            return
    elif isinstance(thing, Body):
        kind = "body"
    elif isinstance(thing, Grouping):
        kind = "grouping"
    if w[max(search.first, first - 1)].lower == "the" and first - 1 >= search.first and first - 1 not in search.taken:
        first -= 1
    if (
        kind == "adjective"
        and hit.last < search.last
        and w[hit.last + 1].lower in ("side", "leadership")
        and isinstance(thing, State)
    ):
        search.keep(Found(first, hit.last + 1, "state", entry=entry, entries=hit.entries, state=thing))
        return
    found = Found(
        first, hit.last, kind, entry=entry, entries=hit.entries, state=thing if isinstance(thing, State) else None
    )
    if entry.use == "weak" and w[hit.first].lower == "the":
        found.label = "weak"
    if kind == "people":
        found.people = People("people", "CVL", "population")
        found.plural = True
    # "(OIC)" behind the full name
    k = hit.last + 1
    if (
        kind in ("body", "state")
        and k + 2 <= search.last
        and w[k].text == "("
        and w[k + 2].text == ")"
        and w[k + 1].text.isupper()
    ):
        found.last = k + 2
        found.label = w[k + 1].text if kind == "body" else found.label
    search.keep(found)


def _alone(search: Search, hit: NameHit) -> bool:
    """Whether a single name that the press uses alone ("Putin") stands alone, where a person may stand."""
    w = search.words
    word = w[hit.last]
    if word.pos != "PROPN" or word.ent in ("GPE", "LOC", "DATE", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT"):
        return False
    before = w[hit.first - 1] if hit.first > search.first else None
    after = w[hit.last + 1] if hit.last < search.last else None
    joined = [
        x for x in (before, after) if x is not None and x.pos == "PROPN" and capital(x) and x.i not in search.taken
    ]
    return not joined and word.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "dative", "appos", "ROOT")


def _names_something_else(search: Search, hit: NameHit) -> bool:
    """ "US dollars", "the Vienna Convention", "Savannah, Georgia": the name only qualifies, or means another place."""
    w = search.words
    after = w[hit.last + 1] if hit.last < search.last else None
    use = hit.entries[0].use
    if after is not None and after.lemma in naming().currencies:
        return True
    if use == "seat" and after is not None and after.pos == "PROPN" and w[hit.last].dep == "compound":
        titled = search.term_at.get(after.i) is not None or after.ent == "PERSON" or after.i in search.taken
        return not titled and after.ent not in ("GPE", "DATE", "NORP") and capital(after) and after.i in (
            w[hit.last].head.i, hit.last + 1
        ) and after.lemma in naming().accords  # fmt: skip
    return False


# How many words back a short name may have been given.
_NEAR = 2_000


def _in_brackets(search: Search, text: str) -> bool:
    near = search.words[max(1, search.last - _NEAR) : search.last + 1]
    return any(x.text == text and search.words[x.i - 1].text == "(" for x in near)


def _weak_name_fits(search: Search, hit: NameHit) -> bool:
    """A name that may mean something else ("Georgia", "the North") counts where the grammar takes it for a country."""
    w = search.words
    word = w[hit.last]
    if word.text.isupper() and _in_brackets(search, word.text):
        return True  # "the Central African Republic (CAR)"
    if hit.first > search.first + 1 and w[hit.first - 1].lower == "," and w[hit.first - 2].ent == "GPE":
        beside = search.hit_at.get(hit.first - 2)
        if beside is None:
            return False  # "Savannah, Georgia"
    if word.pos != "PROPN" or (
        word.dep in ("compound", "amod", "nmod") and word.head.i == word.i + 1 and word.head.pos == "PROPN"
    ):
        return False
    if w[hit.first].lower == "the":
        return word.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj") and word.head.i <= search.last
    return word.ent in ("GPE", "NORP", "")


def entities(search: Search) -> None:
    """Persons and organisations that the entity recogniser marks and nobody has taken yet."""
    w = search.words
    i = search.first
    while i <= search.last:
        word = w[i]
        if not word.ent_start or word.ent not in ("PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"):
            i += 1
            continue
        j = i
        while j + 1 <= search.last and w[j + 1].ent == word.ent and not w[j + 1].ent_start:
            j += 1
        a, b = i, j
        i = j + 1
        while b > a and w[b].lower in ("'s", "'", ".", ",", ")", "("):
            b -= 1
        while a < b and (w[a].lower in ("the", "'s", "(") or search.honorific(a)):
            a += 1
        if any(k in search.taken for k in range(a, b + 1)):
            continue
        nominal = w[a].pos in ("PROPN", "NOUN", "ADJ", "X")
        while word.ent == "PERSON" and (n := search.honorific_before(a)):
            a -= n
        if word.ent == "PERSON" and any(capital(x) for x in w[a : b + 1]) and nominal:
            _person_named(search, a, b)
        elif word.ent == "ORG" and capital(w[a]) and w[b].pos in ("PROPN", "NOUN"):
            found = Found(a, b, "unknown", label=" ".join(x.text for x in w[a : b + 1]))
            for k in range(a, b + 1):
                hit = search.hit_at.get(k)
                if hit is not None and isinstance(hit.entries[0].thing, State):
                    found.state = hit.entries[0].thing
            if search.first <= a - 1 and w[a - 1].lower == "the":
                found.first, found.definite = a - 1, True
            elif w[a].lower == "the":
                found.definite, found.label = True, " ".join(x.text for x in w[a + 1 : b + 1]) or found.label
            if b + 3 <= search.last and w[b + 1].text == "(" and w[b + 3].text == ")" and _short_name(w[b + 2].text):
                found.last, found.name = b + 3, w[b + 2].text
            search.keep(found)


def _short_name(text: str) -> bool:
    return 2 <= len(text) <= 9 and text[0].isupper() and sum(c.isupper() for c in text) >= 2


def acronyms(search: Search, known: Set[str]) -> None:
    """Short names that the report has given in brackets."""
    for i in range(search.first, search.last + 1):
        word = search.words[i]
        if i in search.taken or word.text not in known:
            continue
        first = i - 1 if i > search.first and search.words[i - 1].lower == "the" else i
        search.keep(Found(first, i, "unknown", label=word.text))


def surnames(search: Search) -> None:
    """A name already on the stage, whatever the entity recogniser takes it for."""
    for i in range(search.first, search.last + 1):
        word = search.words[i]
        if (
            i not in search.taken
            and word.text[:1].isupper()
            and fold(word.text) in search.surnames
            and word.ent in ("", "PERSON", "ORG", "GPE", "NORP", "PRODUCT", "FAC", "LOC", "WORK_OF_ART")
        ):
            search.keep(Found(i, i, "person", name=word.text))


def beside_titles(search: Search) -> None:
    """ "Nihat Sarpkaya, the Turkish foreign minister": a name nobody marked, told by the title beside it.

    The same for names behind an honorific and for the subject of a verb of speaking.
    """
    w = search.words
    i = search.first
    while i <= search.last:
        hit = search.hit_at.get(i)
        if (
            i in search.taken
            or (hit is not None and not isinstance(hit.entries[0].thing, Person) and hit.entries[0].use != "weak")
            or w[i].pos != "PROPN"
            or not capital(w[i])
            or w[i].ent in ("DATE", "TIME", "MONEY", "EVENT")
        ):
            i += 1
            continue
        j = i
        while _name_goes_on(search, j + 1):
            j += 1
        titled = any(
            f.kind == "office"
            and ((f.first == j + 2 and w[j + 1].lower == ",") or (f.last == i - 2 and w[i - 1].lower == ","))
            for f in search.out
        )
        honoured = bool(search.honorific_before(i))
        if w[i].ent in ("GPE", "LOC", "NORP") and not (titled and j > i):
            i = j + 1
            continue
        root = w[root_of(w, i, j)]
        speaks = j > i and root.dep == "nsubj" and root.head.lemma in speech_acts().saying
        if titled or honoured or speaks:
            first = i
            while n := search.honorific_before(first):
                first -= n
            _person_named(search, first, j)
        i = j + 1


def _name_goes_on(search: Search, k: int) -> bool:
    """Whether word `k` belongs to the name before it: a capital, a hyphen between capitals, a particle."""
    if k > search.last or k in search.taken:
        return False
    word = search.words[k]
    if word.pos == "PROPN" and capital(word):
        return True
    if word.text == "-" and k < search.last and word.start == search.words[k - 1].end:
        return capital(search.words[k + 1])
    return word.lower in naming().particles and search.particle_goes_on(k)


def _person_named(search: Search, first: int, last: int) -> None:
    """Keep a person's name, with the state before it: "Türkiye's Nihat Sarpkaya"."""
    w = search.words
    found = Found(first, last, "person", name=_bare_name(search, first, last))
    before = first - 1
    if before > search.first and w[before].lower in ("'s", "'"):
        hit = search.hit_at.get(before - 1)
        if hit is not None and isinstance(hit.entries[0].thing, State) and hit.last == before - 1:
            found.state = hit.entries[0].thing
            if before - 1 not in search.taken:
                found.first = hit.first
    after = state_behind(search, last + 1)
    if after is not None and found.state is None:
        found.state = after  # "Levon Tumanyan of Armenia"
    earlier = search.out[-1] if search.out else None
    if (
        earlier is not None
        and earlier.plural
        and earlier.heads
        and earlier.kind == "person"
        and w[found.first - 1].lower in ("and", ",")
    ):
        found.heads = list(earlier.heads)  # "foreign ministers Tamar Lomidze of Georgia and Levon Tumanyan of Armenia"
    search.keep(found)


def _bare_name(search: Search, a: int, b: int) -> str:
    while a < b and (n := search.honorific(a)):
        a += n
    return " ".join(x.text for x in search.words[a : b + 1]).replace(" - ", "-")
