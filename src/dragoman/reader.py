"""The whole way from text to record, on one screen.

report -> reading -> actors, places -> events -> record
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Literal

from dragoman.actors.claims import Who
from dragoman.actors.describe import describe
from dragoman.actors.names import Names, names_of
from dragoman.actors.resolve import resolve
from dragoman.events.judge import Judge
from dragoman.events.network import threads
from dragoman.events.relation import relation
from dragoman.events.rules import Rules
from dragoman.events.scorer import Scorer
from dragoman.events.settle import settle, told_below
from dragoman.events.unnamed import laid_upon
from dragoman.knowledge.lexicon import frames, own_frames
from dragoman.knowledge.world import folded_countries
from dragoman.meaning.gist import gist_of
from dragoman.meaning.sentences import Sentences
from dragoman.places.gazette import find_places
from dragoman.places.known import country_of_place
from dragoman.reading.parse import DEFAULT_MODEL, Grammar
from dragoman.reading.times import day_of
from dragoman.reading.words import Reading
from dragoman.record.assemble import actor_of, assemble
from dragoman.record.entries import Actor, Code, Reason, Record
from dragoman.report.head import noise, prepare, read_head
from dragoman.report.report import Report

Coders = Literal["both", "rules", "model"]


class Reader:
    """Reads reports into records. Loads its models once; may be used for any number of reports.

    Args:
        model: name or path of an English spaCy pipeline with a parser.
        knowledge: a folder of YAML files laid over the built-in knowledge.
        who: answers a name with what other reports told of its bearer, such as `Archive.who`. Asked, as each report
            is read, about people of whom neither it nor the files say what they are; without it, a report is read
            from its own words and the files alone.
        coders: who codes the events of reports: the rules of the lexicon, the model, or both, the model judging
            what the rules find. Marked pairs (`relation`) are always scored by both. With rules alone no model but
            the spaCy pipeline is loaded, and records have no gist.

    Raises:
        ModelError: when the pipeline or the event model cannot be loaded.
        KnowledgeError: when a knowledge file is broken.
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        *,
        knowledge: str | None = None,
        who: Who | None = None,
        coders: Coders = "both",
    ) -> None:
        self._grammar = Grammar(model)
        self._names: Names = names_of(knowledge)
        self._who = who
        self._rules = Rules(frames(knowledge)) if coders != "model" else None
        self._judge = Judge(self._scorer, own=own_frames(knowledge)) if coders != "rules" else None
        self._folded = folded_countries(knowledge)

    @cached_property
    def _scorer(self) -> Scorer:
        """The event model, loaded when it is first asked."""
        return Scorer()

    @cached_property
    def _sentences(self) -> Sentences:
        """The sentence model, loaded when it is first asked."""
        return Sentences()

    @property
    def spacy_model(self) -> str:
        """Name of the spaCy pipeline in use."""
        return self._grammar.model

    def read(
        self,
        text: str,
        published: str | date | None = None,
        title: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
    ) -> Record:
        """Read one report.

        Args:
            text: the report; kept exactly as given.
            published: day of publication (ISO), to resolve "on Tuesday" with.
            title, url, publisher: as known.

        Raises:
            RefusedReport: when the text is empty or holds half a character.
            ValueError: when `published` is no date.
        """
        day = date.fromisoformat(published) if isinstance(published, str) else published
        return next(self.read_many([prepare(text, published=day, title=title, url=url, publisher=publisher)]))

    def read_many(self, reports: Iterable[str | Report]) -> Iterator[Record]:
        """Read reports one after the other: lazy in, lazy out, in order, in bounded memory.

        Raises:
            RefusedReport: for a text that is empty or holds half a character; reading ends there.
        """
        prepared = (prepare(r) if isinstance(r, str) else r for r in reports)
        bodies = ((r, read_head(r.text).body_start, [(a, b) for a, b, _ in noise(r.text)]) for r in prepared)
        for reading in self._grammar.read_many(bodies):
            yield self._record(reading)

    def _record(self, reading: Reading) -> Record:
        # The gist waits for nothing that the reading finds, so it is taken beside it.
        gist = threads().submit(gist_of, reading.report, self._sentences) if self._judge is not None else None
        cast = resolve(reading, self._names, self._who)
        spots = find_places(reading, cast)
        silent: set[int] = set()
        found = self._rules.code(reading, cast, silent) if self._rules is not None else []
        headlines = frozenset(s.number for s in reading.sentences if s.headline)
        codings = laid_upon(reading, cast, spots, settle(found, headlines))
        if self._judge is not None:
            # What settle has folded into another act is told by that one.
            silent |= {c.word.i for c in found if not c.unnamed} - {c.word.i for c in codings}
            codings = told_below(self._judge.judged(reading, cast, spots, codings, silent), headlines)
        record = assemble(reading, cast, spots, codings, self._folded)
        return record.model_copy(update={"gist": gist.result()}) if gist is not None else record

    def relation(self, text: str, actor: tuple[int, int], recipient: tuple[int, int]) -> list[Code]:
        """What the first does to the second, most likely first; ``NONE`` when the words say nothing.

        Args:
            text: a sentence.
            actor, recipient: offsets (code points) of the words that name them.

        Raises:
            ModelError: when the event model cannot be loaded.
        """
        reading = next(self._grammar.read_many([(Report(text=text), 0, [])]))
        scored = relation(reading, resolve(reading, self._names), self._rules, actor, recipient, self._scorer)
        return [
            Code(
                category=s.category,
                mode=s.mode,
                cameo=s.cameo,
                probability=s.probability,
                reasons=(Reason(fact=s.reason),),
            )
            for s in scored
        ]

    def resolve(self, words: str, context: str = "", date: str | None = None) -> Actor | None:
        """The actor that a name or description means, or None.

        Args:
            words: "Iran's acting foreign minister".
            context: text it stands in, read before it.
            date: day, to know who held an office: ISO, or as people write it ("10 May 2015"); today when None.

        Raises:
            ValueError: when `date` is no date.
        """
        day = day_of(date) if date else None
        player = describe(self._grammar, self._names, words, context, day, country_of_place, self._who)
        return actor_of(player, self._folded) if player is not None else None
