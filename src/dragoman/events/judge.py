"""What the model says of codings and pairs: rules propose, the model scores, what is left is what both can answer for.

In: the settled codings of the rules, a `Reading`, its `Cast`, its places and a `Scorer`. Out: the same codings with the
model's view in their confidence and reasons: some with a recipient that no rule found, some with another code, some
gone; and codings of pairs that no rule joined. Only pairs inside one sentence are scored.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.cast import Cast
from dragoman.events.calibration import Calibration
from dragoman.events.candidates import Candidate, candidates, joined
from dragoman.events.coding import Coding
from dragoman.events.scorer import ROOT_OF, Scorer, Scores
from dragoman.events.sheets import Pair
from dragoman.events.status import Standing, is_background, standing_of
from dragoman.events.unnamed import beside
from dragoman.events.views import Verdict, View, root_of_code, root_shares, verdict
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.grammar import wordings
from dragoman.places.gazette import Spot
from dragoman.reading.words import Reading, Word

# Bounds of the decisions below; chosen on the lines of the corpus set aside, see docs/measurements.md.
SURE_OF_OTHER = 0.8
RULE_UNSEEN = 0.06
RULE_SURE = 0.8
SURE_OF_NOTHING = 0.95
FILLS = 0.4
FILLS_TOO = 0.55
MOVES = 0.6
MOVED = 0.12
PROPOSES = 0.55
NOTED = 0.03
# Pairs that are scored in one sentence.
MOST_PAIRS = 12

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "poss"))


class Judge:
    """Scores what the rules found, and what they did not."""

    def __init__(
        self, scorer: Scorer, calibration: Calibration | None = None, own: frozenset[str] = frozenset()
    ) -> None:
        # Names of the frames that are a user's own.
        self._own = own
        self._scorer = scorer
        self._calibration = calibration or Calibration.shipped()

    def views(self, reading: Reading, cast: Cast, spots: list[Spot], codings: Sequence[Coding] = ()) -> list[View]:
        """Every sentence with its parties and the model's view of their pairs."""
        views = [View(s, candidates(reading, cast, spots, s)) for s in reading.sentences]
        asked: list[tuple[str, list[Pair]]] = []
        keys: list[list[tuple[int, int]]] = []
        for view in views:
            pairs = _pairs(reading, view, [c for c in codings if c.word.sentence == view.sentence.number])
            s = view.sentence
            at = [(c.mention.span.start - s.start, c.mention.span.end - s.start) for c in view.parties]
            keys.append(pairs)
            asked.append((reading.report.text[s.start : s.end], [(at[a], at[r]) for a, r in pairs]))
        for view, pairs, scores in zip(views, keys, self._scorer.of_sentences(asked), strict=True):
            view.scores = dict(zip(pairs, scores, strict=True))
        return views

    def judged(
        self, reading: Reading, cast: Cast, spots: list[Spot], codings: list[Coding], silent: set[int]
    ) -> list[Coding]:
        """Codings with the model's view, and new ones.

        Args:
            silent: numbers of the words of which a rule says that they mean nothing.
        """
        for coding in codings:
            coding.own = coding.frame in self._own
        unnamed = [c for c in codings if c.unnamed]
        codings = [c for c in codings if not c.unnamed]
        views = self.views(reading, cast, spots, codings)
        kept: list[Coding] = []
        for coding in codings:
            view = views[coding.word.sentence]
            if coding.frame.startswith("speech_acts"):
                kept.append(coding)  # done by words that stand far from who says them; the model knows no such pairs
                continue
            _moved(cast, view, coding, codings)
            _filled(reading, cast, view, coding)
            if _weighed(view, coding):
                kept.append(coding)
        for view in views:
            here = [c for c in kept if c.word.sentence == view.sentence.number]
            kept += _proposed(reading, cast, view, here, silent)
        for coding in (*kept, *unnamed):
            coding.confidence = self._calibration.confidence(coding)
        return beside([c for c in kept if self._calibration.says(c)], [c for c in unnamed if self._calibration.says(c)])


def _pairs(reading: Reading, view: View, codings: list[Coding]) -> list[tuple[int, int]]:
    """The pairs that are asked: those of the codings, and those whose first stands where somebody acts.

    Where they are too many, those of the codings go first, then those whose first is a subject, then the near ones.
    """
    parties = view.parties
    told: set[tuple[int, int]] = set()
    acting: set[int] = set()
    for coding in codings:
        actors, recipients = view.numbers(coding.actors), view.numbers(coding.recipients)
        told |= {(a, r) for a in actors for r in recipients}
        acting |= set(actors)
        if coding.reciprocal:
            told |= {(r, a) for a in actors for r in recipients} | {(a, b) for a in actors for b in actors}
    roots = [reading.words[c.mention.root] for c in parties]
    out = [
        (a, r)
        for a, one in enumerate(parties)
        for r, other in enumerate(parties)
        if a != r and one.acts and not one.overlaps(other) and not one.shares(other)
        if (a, r) in told or a in acting or _acts_here(roots[a])
    ]
    if len(out) > MOST_PAIRS:
        doing = {a for a in range(len(parties)) if a in acting or roots[a].dep in _SUBJECTS}
        out.sort(key=lambda p: (p not in told, p[0] not in doing, abs(roots[p[0]].i - roots[p[1]].i)))
        out = sorted(out[:MOST_PAIRS])
    return out


def _acts_here(word: Word) -> bool:
    """Whether words stand where somebody may act: not "cold fronts from Russia", unless it is a part of it."""
    if word.dep != "pobj":
        return True
    above = word.head.head
    if above.pos in ("NOUN", "PROPN") and word.head.lower != "by":
        return above.lemma in wordings().parts or above.lemma in wordings().collectives
    return word.head.lower in _ACTING or word.head.dep == "agent"


def _roots(coding: Coding) -> set[str]:
    """The roots under which the model may see a coding: of its CAMEO code, and of its category where they part ways."""
    return {root_of_code(coding.category, coding.cameo), ROOT_OF.get(coding.category, "NONE")}


def _share(scores: Scores, coding: Coding) -> float:
    """What the model gives a coding: its roots or its category, whichever is more ("imposed a ban": 163 or 172)."""
    shares = root_shares(scores)
    return max(sum(shares.get(root, 0.0) for root in _roots(coding)), scores.category.get(coding.category, 0.0))


def _moved(cast: Cast, view: View, coding: Coding, codings: list[Coding]) -> None:
    """Give a coding another side where the model sees nothing of its kind between its own, and much beside them."""
    if coding.reciprocal or not coding.recipients or not coding.actors:
        return
    actors, recipients = view.numbers(coding.actors), view.numbers(coding.recipients)
    own = view.of(actors, recipients)
    roots = _roots(coding)
    if not own or max(_share(s, coding) for s in own) >= MOVED:
        return
    rest = [c for c in codings if c is not coding]
    others = [
        (_share(s, coding), a, r)
        for (a, r), s in view.scores.items()
        if (a in actors) != (r in recipients) and not _home(view, coding, a, r) and not _told(view, rest, a, r, roots)
    ]
    if not others:
        return
    share, a, r = max(others)
    if share < MOVES:
        return
    if a in actors:
        coding.recipients = joined(cast, view.parties[r])
        who = view.parties[r].mention.span.text
    else:
        coding.actors = joined(cast, view.parties[a])
        who = view.parties[a].mention.span.text
    coding.reasons.append((f"the model sees the {coding.category} with {who!r}, not with whom the rule has", share))


def _home(view: View, coding: Coding, actor: int, recipient: int) -> bool:
    """Whether an accusation would go to its own state: "Oman traced the hack of a ministry to a gang"."""
    if coding.category != "ACCUSE":
        return False
    home = {s.player.country for s in coding.actors} & {s.player.country for s in coding.recipients}
    return not home and bool(view.parties[actor].countries & view.parties[recipient].countries)


def _filled(reading: Reading, cast: Cast, view: View, coding: Coding) -> None:
    """A recipient for a coding that has none, where the model sees the same act towards somebody of its sentence."""
    if coding.recipients or not coding.actors:
        return
    actors = view.numbers(coding.actors)
    shares: dict[int, float] = {}
    for (a, r), scores in view.scores.items():
        if a in actors and r not in actors and not _own_adjective(view, coding, r):
            shares[r] = max(shares.get(r, 0.0), _share(scores, coding))
    if not shares:
        return
    best = max(shares, key=shares.__getitem__)
    if shares[best] < FILLS:
        return
    chosen = [best]
    chosen += [r for r, share in shares.items() if r != best and share >= FILLS_TOO and _beside(reading, view, best, r)]
    own = {id(s.player) for s in coding.actors}
    for r in sorted(chosen):
        coding.recipients += [s for s in joined(cast, view.parties[r]) if id(s.player) not in own]
    named = ", ".join(repr(view.parties[r].mention.span.text) for r in sorted(chosen))
    coding.reasons.append((f"the model sees the {coding.category} towards {named}", shares[best]))
    _stretch(coding)


def _own_adjective(view: View, coding: Coding, party: int) -> bool:
    """Whether words only name the actor's own state before something of its: "threatened to cut Malian funding"."""
    one = view.parties[party]
    home = {s.player.country for s in coding.actors if s.player.country}
    return one.mention.kind == "adjective" and bool(one.countries & home)


def _beside(reading: Reading, view: View, one: int, other: int) -> bool:
    """Whether two parties stand in one list: "Peru and Chile"."""
    a, b = (reading.words[view.parties[n].mention.root] for n in (one, other))
    return (a.dep == "conj" and (a.head is b or a.head is b.head)) or (b.dep == "conj" and b.head is a)


def _stretch(coding: Coding) -> None:
    """The evidence takes in every side."""
    numbers = [n for s in (*coding.actors, *coding.recipients) for n in (s.mention.first, s.mention.last)]
    coding.evidence = min(coding.evidence[0], *numbers), max(coding.evidence[1], *numbers)


def _weighed(view: View, coding: Coding) -> bool:
    """Put the model's view into a coding; whether it stays."""
    actors, recipients = view.numbers(coding.actors), view.numbers(coding.recipients)
    own = view.of(actors, recipients) or (view.of(recipients, actors) if coding.reciprocal else [])
    if not own and len(actors) > 1 and coding.reciprocal:
        own = view.of(actors[:1], actors[1:])
    if not own:
        return True
    roots = _roots(coding)
    scores = max(own, key=lambda s: _share(s, coding))
    same, nothing = _share(scores, coding), scores.root["NONE"]
    top = verdict(scores)
    weak = coding.confidence < RULE_SURE and top.category != coding.category and not coding.own
    if top.probability >= SURE_OF_OTHER and same < RULE_UNSEEN and weak:
        coding.reasons.append((f"the rule says {coding.category} {coding.cameo or ''}".rstrip(), 0.0))
        coding.category, coding.mode, coding.cameo = top.category, top.mode, top.cameo
        coding.contexts = ()
        coding.reasons.append((f"the model reads {top.category} {top.cameo} between the two", top.probability))
        roots, same = {top.root}, top.probability
    elif nothing >= SURE_OF_NOTHING and coding.confidence < RULE_SURE and not coding.own:
        return False
    coding.seen = same, nothing
    coding.reasons.append(
        (f"the model gives the code {same:.2f}, nothing between the two {nothing:.2f}", same - nothing)
    )
    coding.reasons += _runner_up(scores, roots)
    return True


def _runner_up(scores: Scores, roots: set[str]) -> list[tuple[str, float]]:
    """The code that comes next, where the model gives it any weight."""
    shares = {r: p for r, p in root_shares(scores).items() if r not in (*roots, "NONE")}
    other = max(shares, key=shares.__getitem__)
    if shares[other] < NOTED:
        return []
    next_one = verdict(scores, other)
    coded = " ".join(filter(None, (next_one.category, next_one.mode, next_one.cameo)))
    return [(f"runner-up: {coded}, to which the model gives {shares[other]:.2f}", 0.0)]


def _proposed(reading: Reading, cast: Cast, view: View, codings: list[Coding], silent: set[int]) -> list[Coding]:
    """Codings of pairs that no rule joined, where the model is sure; the surest first."""
    out: list[Coding] = []
    words = {c.word.i for c in codings}
    ranked = sorted(view.scores.items(), key=lambda row: row[1].root["NONE"])
    for (a, r), scores in ranked:
        top = verdict(scores)
        if top.probability < PROPOSES:
            break
        one, other = view.parties[a], view.parties[r]
        if _told(view, [*codings, *out], a, r, {top.root}, top.category):
            continue
        word = _word_at(reading, view, scores) or _linking(reading, one, other)
        if word is None or word.i in silent or word.i in words or _across_quotation(reading, one, other):
            continue
        if word.pos not in ("VERB", "NOUN", "ADJ") or word.lemma in _EMPTY:
            continue
        if not _plausible(reading, one, other, top.category):
            continue
        again = next((c for c in out if c.category == top.category and c.word is word), None)
        if again is not None:
            _joins(cast, view, again, a, r)
            continue
        numbers = [word.i, one.mention.first, one.mention.last, other.mention.first, other.mention.last]
        standing = standing_of(word)
        if standing.status == "attempted" or (standing.status == "negated" and word.pos == "NOUN"):
            continue  # "rejected Venezuela's demand": what is told is the refusal
        coding = Coding(
            word=word, category=top.category, mode=top.mode, cameo=top.cameo, contexts=(),
            actors=joined(cast, one), recipients=joined(cast, other), trigger=(word.i, word.i),
            evidence=(min(numbers), max(numbers)), frame="model", weight=top.probability,
        )  # fmt: skip
        _stands(coding, top, standing, is_background(word, view.sentence.number == 0))
        coding.confidence, coding.seen = top.probability, (top.probability, scores.root["NONE"])
        coding.reasons.append(
            (f"the model reads {top.category} {top.cameo} between the two; no rule does", top.probability)
        )
        coding.reasons += _runner_up(scores, {top.root})
        if coding.category in codebook().categories:
            out.append(coding)
    return out


# Statuses that are part of the code the model gives: a future visit is the AGREE that announces it.
_FOLDED = frozenset(("AGREE", "CONCEDE", "REQUEST", "REJECT", "THREATEN"))


def _stands(coding: Coding, top: Verdict, standing: Standing, older: str | None) -> None:
    """Status of a coding of the model's: by the grammar where it says anything, else by the model."""
    status = standing.status if standing.status != "occurred" else top.status
    if status == "background":
        status, older = "occurred", older or "as the model reads it"
    if coding.category in _FOLDED and status in ("planned", "requested"):
        status = top.status if top.status in ("occurred", "negated", "hypothetical") else "occurred"
    coding.status = status
    if standing.because and status == standing.status:
        coding.reasons.append((f"status {status}: the words {standing.because!r}", 0.0))
    elif status != "occurred":
        coding.reasons.append((f"status {status}: as the model reads it", 0.0))
    if older is not None and status == "occurred":
        coding.background = True
        coding.reasons.append((f"older than the news: the words {older!r}", 0.0))


def _told(
    view: View, codings: list[Coding], actor: int, recipient: int, roots: set[str], category: str | None = None
) -> bool:
    """Whether a coding tells already what the model reads between two parties, in this direction or both."""
    for coding in codings:
        if coding.word.sentence != view.sentence.number:
            continue
        actors, recipients = view.numbers(coding.actors), view.numbers(coding.recipients)
        straight = actor in actors and recipient in recipients
        around = actor in recipients and recipient in actors
        within = actor in (*actors, *recipients) and recipient in (*actors, *recipients)
        same = bool(_roots(coding) & roots) or coding.category == category
        if category is None:
            if same and (straight or (coding.reciprocal and within)):
                return True
            continue
        if straight or (coding.reciprocal and within) or (same and around):
            return True
        if same and _same_states(view, coding, actor, recipient):
            return True
        if same and actor in actors and coding.recipients and coding.frame != "model":
            return True  # the rule knows whom this act is done to
    return False


def _same_states(view: View, coding: Coding, actor: int, recipient: int) -> bool:
    """Whether a coding is between the same states: "Wang said that China" speaks once for China."""
    who = {s.player.country for s in coding.actors if s.player.country}
    whom = {s.player.country for s in coding.recipients if s.player.country}
    return bool(who & view.parties[actor].countries) and bool(whom & view.parties[recipient].countries)


def _joins(cast: Cast, view: View, coding: Coding, a: int, r: int) -> None:
    """One more party to an act the model has told: the same word, the same code."""
    actors, recipients = view.numbers(coding.actors), view.numbers(coding.recipients)
    if a in recipients or r in actors:
        if len(actors) == len(recipients) == 1:
            coding.reciprocal = True
        return
    if a in actors and r not in recipients:
        coding.recipients += joined(cast, view.parties[r])
    elif r in recipients and a not in actors:
        coding.actors += joined(cast, view.parties[a])
    _stretch(coding)


# Verbs that tell nothing by themselves.
_EMPTY = frozenset(("be", "have", "do", "say", "tell", "become", "seem"))
# What one side of a state does not do to another that speaks for the same state.
_BETWEEN_STATES = frozenset(("AGREE", "COOPERATE", "SUPPORT", "REQUEST"))
# What between a firm and others is business.
_BUSINESS = frozenset(("AGREE", "COOPERATE", "CONSULT"))
# Prepositions under a verb behind which somebody acts: "received arms from Chad".
_ACTING = frozenset(("by", "from", "between", "among", "with"))


def _plausible(reading: Reading, one: Candidate, other: Candidate, category: str) -> bool:
    """Whether the model alone may be believed that one does this to the other."""
    if one.countries & other.countries and category in _BETWEEN_STATES:
        return False  # "on behalf of the government": a minister and his own side
    if not one.countries and not other.countries:
        return False  # nobody of any state takes part
    if category in _BUSINESS and any(s.player.kind == "company" for s in (*one.sides, *other.sides)):
        return False
    return _acts_here(reading.words[one.mention.root])


def _across_quotation(reading: Reading, a: Candidate, b: Candidate) -> bool:
    """Whether one stands inside a quotation and the other outside: what is said is not done."""
    one, other = reading.quoted(a.mention.span.start), reading.quoted(b.mention.span.start)
    return (one is None) != (other is None)


def _word_at(reading: Reading, view: View, scores: Scores) -> Word | None:
    """The word that the model points at as telling the event."""
    if scores.word < 0:
        return None
    where = view.sentence.start + scores.word
    return next((w for w in reading.words[view.sentence.first : view.sentence.last] if w.start <= where < w.end), None)


def _linking(reading: Reading, a: Candidate, b: Candidate) -> Word | None:
    """The verb or noun below which both stand."""
    one, other = reading.words[a.mention.root], reading.words[b.mention.root]
    beneath = {id(w) for w in (other, *other.ancestors())}
    return next((w for w in (one, *one.ancestors()) if id(w) in beneath and w.pos in ("VERB", "NOUN", "AUX")), None)
