"""Who speaks: the sides behind a subject, named or not.

In: the word that heads a subject phrase. Out: `Side`s. A speaker known by no name ("a witness", "sources close to the
talks") joins the cast as a person or an unknown party, so that anonymous sources are kept. A pronoun that nothing
explains gives no speaker: none is better than a wrong one.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast, Mention, Player
from dragoman.events.arguments import joined
from dragoman.events.coding import Side
from dragoman.events.parties import hidden_sides, sides_at
from dragoman.knowledge.speech import sayings
from dragoman.reading.words import Reading, Word

# Longest name, in words, given to a speaker who has none.
LONGEST_NAME = 14
# How many sentences back "the statement" may go to the one who made it.
REACH = 4
_PRONOUNS = frozenset(("PRP", "PRP$", "WP", "WDT", "WP$", "EX"))
_LOOSE = frozenset(("relcl", "appos", "punct", "advcl", "parataxis", "conj", "cc", "acl"))
_OWN = ("by", "from", "of")


class Speakers:
    """Finds who a subject stands for, and keeps those without a name.

    Args:
        reading: the report.
        cast: its actors; speakers without a name are added to it.
    """

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self._reading = reading
        self._cast = cast
        self._nameless: dict[str, Player] = {}
        self._made: dict[int, Side] = {}
        self.spoke_in_writing: tuple[int, list[Side]] | None = None

    def of(self, heads: list[Word]) -> list[Side]:
        """The sides of a subject's heads, each player once."""
        found: list[Side] = []
        for head in heads:
            for side in self._one(head):
                if all(side.player is not known.player for known in found):
                    found.append(side)
        return found

    def _one(self, head: Word) -> list[Side]:
        named = sides_at(self._cast, head)
        if named:
            return self._prefer_exact(head, named)
        if head.tag in _PRONOUNS or head.lower in ("it", "this", "that", "there", "nobody", "none"):
            return []
        if head.lemma in sayings().speech.documents:
            return self._author(head) or self._nameless_side(head)
        if head.pos in ("NOUN", "PROPN", "NUM") or head.lower in ("some", "others", "many", "several", "few"):
            return self._nameless_side(head)
        if head.pos in ("ADJ", "DET") and head.tag in ("DT", "JJ", "JJS", "NNS", "JJR"):
            return self._nameless_side(head)
        return []

    def _prefer_exact(self, head: Word, named: list[Side]) -> list[Side]:
        """ "Iranian sources said": the mention covers the noun only where it hangs by it or is a name."""
        mention = named[0].mention
        if mention.first <= head.i <= mention.last:
            return named
        return []

    def _author(self, paper: Word) -> list[Side]:
        """Whose statement: its owner, the one it is by, or who spoke in writing a few sentences before."""
        for child in paper.children:
            if child.dep == "poss":
                return self.of(joined(child))
        for child in paper.children:
            if child.dep in ("prep", "agent") and child.lower in _OWN:
                for obj in child.children:
                    if obj.dep == "pobj" and (found := [s for w in joined(obj) for s in sides_at(self._cast, w)]):
                        return found
        for child in paper.children:
            if child.dep in ("compound", "amod", "nmod") and (found := sides_at(self._cast, child)):
                return found
        definite = any(c.dep == "det" and c.lower in ("the", "this") for c in paper.children)
        if definite and self.spoke_in_writing is not None and paper.sentence - self.spoke_in_writing[0] <= REACH:
            return self.spoke_in_writing[1]
        return []

    def _nameless_side(self, head: Word) -> list[Side]:
        if head.i in self._made:
            return [self._made[head.i]]
        if not head.text[0].isalnum() or head.tag[:1] == "V" or any(c.tag == "WP$" for c in head.children):
            return []
        first, last = self._phrase(head)
        span = self._reading.span_of(first, last)
        people = sayings().speech.people
        definite = self._reading.words[first].lower in ("the", "this", "that", "these", "those")
        player = self._nameless.get(head.lemma) if definite else None
        if player is None:
            singular = head.tag in ("NN", "NNP") and (head.lemma in people or head.ent == "PERSON")
            player = Player(name=self._name(first, last), kind="person" if singular else "unknown")
            player.reasons.append((f"speaker known only as {span.text!r}", 0.4))
            within = hidden_sides(self._cast, head)
            if within and within[0].player.kind in ("state", "government_body", "igo"):
                player.country = within[0].player.country
            self._cast.players.append(player)
        self._nameless[head.lemma] = player
        mention = Mention(first, last, head.i, "title", span, [player])
        player.mentions.append(mention)
        self._cast.mentions.append(mention)
        for i in range(first, last + 1):
            if i < len(self._cast.outer) and self._cast.outer[i] is None:
                self._cast.outer[i] = mention
                self._cast.inner[i] = mention
        side = Side(player, mention)
        self._made[head.i] = side
        return [side]

    def _phrase(self, head: Word) -> tuple[int, int]:
        """First and last word of the noun phrase: its determiners and close phrases, no clauses."""
        numbers = [head.i]
        stack = [head]
        while stack:
            word = stack.pop()
            for child in word.children:
                if child.dep not in _LOOSE:
                    numbers.append(child.i)
                    stack.append(child)
        first, last = head.i, head.i
        kept = set(numbers)
        # Only what is joined without a gap belongs to the name.
        while first - 1 in kept and head.i - first < LONGEST_NAME:
            first -= 1
        while last + 1 in kept and last - first < LONGEST_NAME:
            last += 1
        return first, last

    def _name(self, first: int, last: int) -> str:
        words = self._reading.words
        if words[first].lower in ("the", "a", "an") and last > first:
            first += 1
        return self._reading.span_of(first, last).text
