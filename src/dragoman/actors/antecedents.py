"""Pronouns: whom "he", "her" and "they" go back to.

In: a pronoun's place on the `Stage`. Out: the most salient actor named before that the pronoun can mean; None, or no
actor, for "I" and "we", for an "it" that stands for nothing, and where nobody fits.
"""

from __future__ import annotations

from dragoman.actors.cast import Mention, Player
from dragoman.actors.found import Found
from dragoman.actors.speaking import quoting
from dragoman.actors.stage import SUBJECT, Stage
from dragoman.knowledge.reference import reference
from dragoman.reading.words import Word

# Pronouns of the speaker and of the speaker's side.
FIRST_PERSON = frozenset(("i", "me", "my", "we", "us", "our"))


def pronoun(stage: Stage, f: Found) -> list[Player]:
    """Whom a pronoun means; "they" may mean several."""
    if f.label in ("they", "them", "their", "themselves"):
        plural = _plural_antecedent(stage, f)
        if plural:
            return plural
    if f.label in ("it",) and not _refers(stage, f):
        return []
    player = antecedent(stage, f.first, f.label)
    if (
        player is not None
        and player.gender is None
        and player.kind in ("person", "office")
        and reference().pronoun_kind.get(f.label) in ("m", "f")
    ):
        player.gender = reference().pronoun_kind[f.label]
    return [player] if player else []


def antecedent(stage: Stage, at: int, pronoun: str | None) -> Player | None:
    """The most salient actor a pronoun can go back to."""
    if pronoun == "whose":
        return _relative(stage, stage.words[at])
    if pronoun in FIRST_PERSON:
        return quoting(stage, stage.words[at])
    kind = reference().pronoun_kind.get(pronoun or "", "")
    if kind in ("1", "1p") or not kind:
        return None
    word = stage.words[at]
    quoted = stage.reading.quoted(word.start)
    best: Player | None = None
    best_score = 0.0
    seen: set[int] = set()
    for mention in reversed(stage.cast.mentions):
        if mention.first >= at or mention.last >= at:
            continue
        distance = word.sentence - stage.words[mention.first].sentence
        if distance > 4:
            break
        if mention.kind in ("adjective", "place") or len(mention.players) != 1:
            continue
        player = mention.players[0]
        if not _can_mean(kind, player):
            continue
        score = _salience(stage, mention, word, distance)
        if quoted is not None and not quoted.start <= stage.words[mention.first].start < quoted.end and distance == 0:
            score -= 1.5
        if id(player) in seen:
            score += 0.2
        seen.add(id(player))
        if score > best_score:
            best, best_score = player, score
    return best


def _relative(stage: Stage, word: Word) -> Player | None:
    """ "Khartoum, whose ministry ...": the noun that the relative clause hangs on."""
    for above in (word, *word.ancestors()):
        if above.dep == "relcl":
            mention = stage.cast.at(above.head.i)
            return mention.players[0] if mention is not None and len(mention.players) == 1 else None
    return None


def _salience(stage: Stage, mention: Mention, word: Word, distance: int) -> float:
    root = stage.words[mention.root]
    score = 3.0 - 1.1 * distance
    if root.dep in SUBJECT:
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
            and root.head.lemma in reference().saying
        ):
            score += 2.0
        if word.dep in ("dobj", "pobj", "dative") and root.dep in SUBJECT and root.head in _acting_verbs(word):
            score -= 4.0  # "he met him", "A spoke with B and asked him": two people
        if mention.player is not None and word.dep == "poss" and root.dep in SUBJECT:
            score += 0.4
    score += min(1.0, 0.1 * stage.weight[id(mention.players[0])])
    return score


def _plural_antecedent(stage: Stage, f: Found) -> list[Player]:
    word = stage.words[f.first]
    for mention in reversed(stage.cast.mentions):
        if mention.first >= f.first:
            continue
        distance = word.sentence - stage.words[mention.first].sentence
        if distance > 2:
            break
        root = stage.words[mention.root]
        if len(mention.players) > 1:
            return list(mention.players)
        if mention.kind in ("people", "group") and mention.players and (root.dep in SUBJECT or distance == 0):
            return list(mention.players)
        if root.dep == "conj" and mention.players and mention.kind != "adjective":
            first = stage.cast.at(root.head.i)
            if (
                first is not None
                and first is not mention
                and first.players
                and first.kind not in ("adjective", "place")
            ):
                return [*first.players, *mention.players]
    return []


def _refers(stage: Stage, f: Found) -> bool:
    """Leave "it is clear that", "made it possible" alone."""
    word = stage.words[f.first]
    head = word.head
    if (
        word.dep in ("nsubj", "nsubjpass")
        and head.lemma == "be"
        and any(c.dep in ("acomp", "attr") for c in head.children)
    ):
        return not any(c.dep in ("ccomp", "xcomp", "advcl") for c in head.children)
    return word.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "poss")


def _can_mean(kind: str, player: Player) -> bool:
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


def _acting_verbs(word: Word) -> list[Word]:
    """The verbs whose subject does what is done to `word`: its clause's, and those that share their subject with it."""
    verb = next((above for above in word.ancestors() if above.pos in ("VERB", "AUX")), word)
    out = [verb]
    while verb.dep in ("conj", "xcomp", "advcl") and verb.child(*SUBJECT) is None and verb.head is not verb:
        verb = verb.head
        out.append(verb)
    return out
