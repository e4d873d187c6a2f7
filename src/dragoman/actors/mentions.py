"""Finding the stretches that may stand for an actor, before anybody asks who is meant.

In: one sentence's words. Out: `Found`s: what kind of words, whose office, which state, which name. Titles come first,
since they hold names; then people, descriptions, names and pronouns, each of what is left. No words, nothing found.
"""

from __future__ import annotations

from collections.abc import Set

from dragoman.actors import described, named, titles
from dragoman.actors.found import Found, Search, root_of
from dragoman.actors.names import Names
from dragoman.reading.words import Reading, Word


def find_in_sentence(
    reading: Reading,
    names: Names,
    words: list[Word],
    surnames: Set[str] = frozenset(),
    acronyms: Set[str] = frozenset(),
) -> list[Found]:
    """All candidates in a sentence, in text order; those that lie inside a wider one come after it.

    Args:
        surnames: folded single names of persons the report has named before; they count wherever they stand.
        acronyms: short names of bodies the report has made.
    """
    if not words:
        return []
    search = Search(reading.words, names, words, names.find(reading.report.text, words), names.terms(words), surnames)
    for term in search.terms:
        if term.first in search.taken:
            continue
        if term.kind == "office":
            titles.office(search, term)
        elif term.kind == "part":
            described.part(search, term)
    for term in search.terms:
        if term.kind == "people" and term.first not in search.taken:
            described.people(search, term)
    described.together(search)
    described.honoured(search)
    described.ordered(search)
    described.definite(search)
    named.surnames(search)
    named.beside_titles(search)
    for hit in search.hits:
        if hit.first not in search.taken:
            named.name(search, hit)
    named.acronyms(search, acronyms)
    named.entities(search)
    described.pronouns(search)
    for found in search.out:
        found.root = root_of(reading.words, found.first, found.last)
    return sorted(search.out, key=lambda f: (f.first, -f.last))
