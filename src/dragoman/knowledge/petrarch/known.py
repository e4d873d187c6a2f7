"""What is known already: ours, and the user's own files beside the imported ones; and what each name stands for."""

from __future__ import annotations

from dragoman.knowledge.folding import name_key
from dragoman.knowledge.world import Body, Named, Person, State, World, shown


class Known:
    """Strong names and what bears them, as `dragoman knowledge check` tells them apart; imported things are added."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.states = {state.code: state for state in reversed(world.states) if state.kind != "partly_recognised"}
        for state in world.states:
            self.states.setdefault(state.code, state)
        self._bearers: dict[str, list[Named]] = {}
        things: tuple[Named, ...] = (*world.states, *world.bodies, *world.groupings, *world.persons)
        for thing in things:
            self.add(thing)

    def add(self, thing: Named) -> None:
        """Let a thing bear its names."""
        for name in thing.strong:
            bearers = self._bearers.setdefault(name_key(name), [])
            if not any(each is thing for each in bearers):
                bearers.append(thing)

    def drop(self, thing: Named) -> None:
        """Let a thing bear no name any more."""
        for name in thing.strong:
            bearers = self._bearers.get(name_key(name), [])
            bearers[:] = [each for each in bearers if each is not thing]

    def person(self, names: list[str], country: str | None) -> Person | None:
        """The person of one of these names in a state."""
        for name in names:
            if " " not in name:
                continue
            for thing in self._bearers.get(name_key(name), ()):
                if isinstance(thing, Person) and thing.country == country:
                    return thing
        return None

    def body(self, names: list[str]) -> Body | None:
        """The body of one of these names."""
        for name in names:
            for thing in self._bearers.get(name_key(name), ()):
                if isinstance(thing, Body):
                    return thing
        return None

    def other(self, name: str, own: Named | None, *, person: bool, country: str | None) -> str:
        """What else bears a name, in words; empty when it may be given to this thing.

        Args:
            name: the name.
            own: the thing itself, where it is known.
            person: whether the thing is a person.
            country: its country.
        """
        for thing in self._bearers.get(name_key(name), ()):
            if thing is own:
                continue
            if person and isinstance(thing, Person) and thing.country != country:
                continue
            if person != isinstance(thing, Person) and " " not in name:
                continue
            return shown(thing)
        return ""

    def has(self, thing: Named, name: str) -> bool:
        """Whether a thing bears a name already, also a weak one, an adjective or the name of a seat."""
        more: tuple[str, ...] = ()
        if isinstance(thing, State):
            more = (
                *thing.weak, *thing.adjectives, *thing.shared_adjectives, *thing.people, *thing.opponents,
                *thing.seated,
            )  # fmt: skip
        elif isinstance(thing, Body):
            more = (*thing.weak, *thing.seats)
        elif isinstance(thing, Person):
            more = (thing.name.split()[-1],)
        return name_key(name) in {name_key(each) for each in (*thing.strong, *more)}
