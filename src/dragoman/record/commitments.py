"""What a report says somebody is bound to, or wants to bind others to: promises, agreements, proposals, demands, ...

In: a reading, its cast, codings, statements and contacts. Out: `Bound`, in text order, each once: where two words tell
the same commitment ("extended an invitation, inviting ...") the surer telling stays and takes the other's parties.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.actors.cast import Cast
from dragoman.events.coding import Coding, Side
from dragoman.events.status import is_background
from dragoman.knowledge.commitments import binding_words
from dragoman.reading.words import Reading, Sentence
from dragoman.record.around import affairs_between_states, public
from dragoman.record.bindings import Bindings
from dragoman.record.contacts import Met
from dragoman.record.occasions import old_date
from dragoman.record.statements import Said
from dragoman.record.terms import condition_of, due_of, refers_to
from dragoman.record.voices import Binding

THRESHOLD = 0.5


@dataclass(slots=True, eq=False)
class Bound:
    """A commitment while the record is put together; `start`, `end` are offsets of its content.

    Attributes as in `dragoman.record.entries.Commitment`.
    """

    kind: str
    by: list[Side]
    to: list[Side]
    start: int
    end: int
    status: str = "open"
    addressee: Side | None = None
    due: str | None = None
    condition: str | None = None
    refers_to: str | None = None
    background: bool = False
    confidence: float = 0.5
    reasons: list[tuple[str, float]] = field(default_factory=list)


def find_commitments(
    reading: Reading, cast: Cast, codings: list[Coding], said: list[Said], met: list[Met]
) -> list[Bound]:
    """All commitments of a report, in text order."""
    found = Bindings(reading, cast, codings, said).find()
    for binding in found:
        if binding.kind == "agreement" and not binding.by:
            _fill(binding, met, reading.sentences[binding.cue.sentence])
    found = [b for b in found if b.by and b.last >= b.first]
    kept = _once([b for b in found if not _only_announced(reading, b, found)])
    foreign = affairs_between_states(cast)
    out = [_bound(reading, b, foreign) for b in kept]
    return sorted((b for b in out if b.confidence >= THRESHOLD), key=lambda b: (b.start, b.end))


def _fill(binding: Binding, met: list[Met], sentence: Sentence) -> None:
    """ "They agreed on ...", "it was agreed at the talks": the parties of the contact told there or before."""
    here = range(sentence.first, sentence.last)
    done = [m for m in met if m.status == "occurred" and not m.background]
    before = [m for m in done if m.evidence[0] <= binding.cue.i]
    beside = [m for m in done if m.evidence[0] in here and len(m.participants) > 1]
    if beside or before:
        binding.by = list((beside or before)[-1].participants)
        binding.to = binding.by
        binding.why.append("its parties are those of the contact told there")


def _only_announced(reading: Reading, binding: Binding, found: list[Binding]) -> bool:
    """A headline's commitment that the body tells in full."""
    if not reading.sentences[binding.cue.sentence].headline:
        return False
    return any(
        b.kind == binding.kind and not reading.sentences[b.cue.sentence].headline and b.status == binding.status
        for b in found
    )


def _accepted(reading: Reading, binding: Binding) -> bool:
    """ "invited the premier to Porto, an invitation he accepted"."""
    for number in (binding.cue.sentence, binding.cue.sentence + 1):
        if number >= len(reading.sentences):
            break
        for word in reading.sentence_words(number):
            if word.lemma != "accept" or word.pos != "VERB" or any(c.dep == "neg" for c in word.children):
                continue
            near = reading.words[max(0, word.i - 6) : word.i + 8]
            if any(w.lemma in ("invitation", "invite") for w in near) or (
                number != binding.cue.sentence and any(w.lower == "it" for w in near)
            ):
                return True
    return False


def _once(found: list[Binding]) -> list[Binding]:
    """Each commitment once: of two whose words overlap the surer stays; demands do not swallow promises."""
    kept: list[Binding] = []
    for binding in sorted(found, key=lambda b: (-b.certain, b.first)):
        twin = next((k for k in kept if _same(k, binding)), None)
        if twin is None:
            kept.append(binding)
            continue
        if not twin.to:
            twin.to = binding.to
        if (
            twin.status in ("open", "proposed")
            and binding.kind == twin.kind
            and binding.status not in ("open", "proposed")
        ):
            twin.status = binding.status
        twin.why += binding.why
    return kept


def _same(a: Binding, b: Binding) -> bool:
    if a.last < b.first or b.last < a.first:
        return False
    if a.kind == b.kind:
        return True
    # One inside the other: what somebody asks, offers or promises is told by the word nearest above it.
    if a.cue is b.cue:
        return True
    return (a.first == b.first and a.last == b.last) or (a.kind, b.kind) in _CLOSE or (b.kind, a.kind) in _CLOSE


_CLOSE = frozenset(
    (
        ("promise", "offer"),
        ("promise", "warning"),
        ("proposal", "offer"),
        ("agreement", "promise"),
        ("demand", "warning"),
        ("proposal", "demand"),
    )
)


def _bound(reading: Reading, b: Binding, foreign: bool) -> Bound:
    """The entry of one binding; `foreign` tells that the report is about more than one state."""
    words = reading.words
    lead = words[b.cue.i].sentence == 0
    background = is_background(b.cue, lead) if b.cue.pos in ("VERB", "AUX") else None
    old = background or old_date(reading, b.cue)
    status = b.status
    affirmed = next((a for a in list(b.cue.ancestors())[:2] if a.lemma in binding_words().file.affirming), None)
    if affirmed is not None and status == "open" and b.kind in ("promise", "offer", "demand"):
        status = "affirmed"
    if b.kind == "invitation" and status in ("open", "affirmed") and _accepted(reading, b):
        status = "agreed"
        b.why.append("the invitation was accepted")
    if all(s.player.country is None and s.player.kind not in ("igo", "armed_group", "party") for s in b.by):
        b.certain -= 0.12
        b.why.append("whose state or body it is, is not known")
    if not any(public(s) for s in b.by):
        person = foreign and any(s.player.kind == "person" for s in b.by)
        b.certain -= 0.0 if person else 0.3
        b.why.append("nobody who acts in public affairs is bound")
    condition = condition_of(reading, b.head, b.cue)
    out = Bound(
        kind=b.kind,
        by=b.by,
        to=b.to,
        start=words[b.first].start,
        end=words[b.last].end,
        status=status,
        addressee=b.addressee,
        due=due_of(reading, b.first, b.last) if b.status not in ("broken", "fulfilled") else None,
        condition=condition,
        refers_to=refers_to(reading, b.first, b.last, b.head),
        background=old is not None,
        confidence=round(b.certain, 3),
    )
    out.reasons += [(why, b.certain) for why in b.why]
    out.reasons.append((f"status {status}", 0.0))
    if old is not None:
        out.reasons.append((f"older than the news: the words {old!r}", 0.0))
    if condition is not None:
        out.reasons.append((f"on condition: {condition!r}", 0.0))
    return out
