"""Pronouns: whom "he", "her" and "they" go back to.

In: a pronoun's place on the `Stage`. Out: the most salient actor named before that the pronoun can mean; None, or no
actor, for "I" and "we", for an "it" that stands for nothing, and where nobody fits.
"""

from __future__ import annotations

from dragoman.actors.cast import Mention, Player
from dragoman.actors.found import Found
from dragoman.actors.speaking import quoting, subject_of
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


def cataphor(stage: Stage, f: Found) -> list[Player]:
    """ "Hours after he landed, the president said": a pronoun below the main clause may wait for its subject.

    In a quotation, "he" is whom the verb of saying speaks of: "..., Nazarov said of Osmonov".
    """
    word = stage.words[f.first]
    kind = reference().pronoun_kind.get(f.label, "")
    root = next((a for a in word.ancestors() if a.dep == "ROOT"), None)
    if kind not in ("m", "f") or root is None:
        return []
    quoted = stage.reading.quoted(word.start) is not None
    targets = [c for p in root.childs("prep") if p.lower in ("of", "about") for c in p.childs("pobj")] if quoted else []
    if not quoted and word.head is not root:
        targets = root.childs(*SUBJECT)
    for target in targets:
        mention = stage.cast.at(target.i)
        if mention is not None and mention.first > word.i and mention.kind == "name" and len(mention.players) == 1:
            return list(mention.players) if _can_mean(kind, mention.players[0]) else []
    return []


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
    barred = _barred(stage, word, pronoun or "")
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
        if not _can_mean(kind, player) or any(player is other for other in barred):
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
        if distance and root.head.lemma in reference().saying and stage.words[root.i - 1].lower == ",":
            score -= 2.0  # "..., residents said"
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
        if mention.player is not None and word.dep == "poss" and root.dep in SUBJECT:
            score += 0.4
    score += min(1.0, 0.1 * stage.weight[id(mention.players[0])])
    return score


def _plural_antecedent(stage: Stage, f: Found) -> list[Player]:
    word = stage.words[f.first]
    aside: list[Player] = []
    for mention in reversed(stage.cast.mentions):
        if mention.first >= f.first:
            continue
        distance = word.sentence - stage.words[mention.first].sentence
        if distance > 2:
            break
        root = stage.words[mention.root]
        if len(mention.players) > 1:
            return list(mention.players)
        many = bool(mention.players) and mention.players[0].kind in ("population", "group", "armed_group")
        if many and mention.kind not in ("adjective", "place") and (root.dep in SUBJECT or distance == 0):
            if (
                root.head.lemma in reference().saying
                and root.head.i < root.i + 2
                and root.head.dep == "ROOT"
                and distance
            ):
                aside = aside or list(mention.players)  # "..., residents said. They ...": rather not the residents
                continue
            return list(mention.players)
        if root.dep == "conj" and mention.players and mention.kind not in ("adjective", "place"):
            group = joined_with(stage, mention)
            if len(group) > 1:
                return group
    return _met(stage, word) or aside


def _met(stage: Stage, word: Word) -> list[Player]:
    """ "A met B. They agreed": the subject and the other side of the sentence before."""
    if word.sentence == 0:
        return []
    root = next((w for w in stage.reading.sentence_words(word.sentence - 1) if w.dep == "ROOT"), None)
    subject = root.child(*SUBJECT) if root is not None else None
    if root is None or subject is None:
        return []
    others = [*root.childs("dobj"), *(c for p in root.childs("prep") if p.lower == "with" for c in p.childs("pobj"))]
    others += [c for o in root.childs("dobj") for p in o.childs("prep") if p.lower == "with" for c in p.childs("pobj")]
    mine = stage.cast.at(subject.i)
    for other in others:
        theirs = stage.cast.at(other.i)
        if mine is not None and theirs is not None and mine.kind != "place" and theirs.kind != "place":
            pair = [*mine.players, *(p for p in theirs.players if p not in mine.players)]
            if len({p.country for p in pair}) > 1 or len(pair) > 1:
                return pair
    return []


def _refers(stage: Stage, f: Found) -> bool:
    """Leave "it is clear that", "it was raining", "it is not known when", "made it possible" alone."""
    word = stage.words[f.first]
    head = word.head.head if word.head.dep == "aux" else word.head
    if word.dep in ("nsubj", "nsubjpass"):
        clausal = any(c.dep in ("ccomp", "xcomp", "advcl", "csubj") for c in head.children)
        if head.lemma in reference().weather:
            return False
        if head.lemma == "be" and any(c.dep in ("acomp", "attr") for c in head.children):
            return not clausal
        active = word.dep == "nsubj" and head.lemma in reference().impersonal
        if clausal and (active or (word.dep == "nsubjpass" and head.lemma in reference().impersonal_passive)):
            return False
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


def _barred(stage: Stage, word: Word, pronoun: str) -> list[Player]:
    """Whom a pronoun cannot mean: in "he met him", "A spoke with B and asked him" these are two people.

    In a quotation the speaker is "I", and not "he".
    """
    out: list[Player] = []
    if word.dep in ("dobj", "pobj", "dative") and not pronoun.endswith("self"):
        out += _subjects(stage, word)
    if pronoun in ("he", "she", "him", "her", "his") and (speaker := quoting(stage, word)) is not None:
        out.append(speaker)
    return out


def _subjects(stage: Stage, word: Word) -> list[Player]:
    """Who does what is done to `word`."""
    verb = next((above for above in word.ancestors() if above.pos in ("VERB", "AUX")), word)
    subject = subject_of(verb)
    mention = stage.cast.at(subject.i) if subject is not None else None
    return list(mention.players) if mention is not None else []


def subjects_of(stage: Stage, word: Word) -> list[Player]:
    """Who acts on `word`: "he thanked the visiting minister" names two people."""
    return _subjects(stage, word) if word.dep in ("dobj", "dative") else []


def subjects_countries(stage: Stage, word: Word) -> set[str]:
    """Countries of those who do what is done to `word`: in "Qatar thanked both sides" Qatar is none of them."""
    if word.dep not in ("dobj", "pobj", "dative", "nsubj") or (word.dep == "nsubj" and word.head.dep == "ROOT"):
        return set()
    if word.dep == "nsubj":
        word = word.head
        # "urged the two sides to talk", but not "said the two sides had talked"
        if word.dep not in ("ccomp", "xcomp") or not any(c.dep == "aux" and c.lower == "to" for c in word.children):
            return set()
    return {p.country for p in _subjects(stage, word) if p.country is not None}


def joined_with(stage: Stage, mention: Mention) -> list[Player]:
    """The players of a mention and of those that "and" joins to it before, in text order, each once."""
    group: list[Player] = []
    root = stage.words[mention.root]
    chain = [mention]
    while root.dep == "conj" and root.head is not root:
        root = root.head
        first = stage.cast.at(root.i)
        if first is None or first.kind in ("adjective", "place"):
            break
        if first is not chain[0]:
            chain.insert(0, first)
    for one in chain:
        group += [p for p in one.players if not any(p is q for q in group)]
    return group
