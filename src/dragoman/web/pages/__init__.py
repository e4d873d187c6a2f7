"""All pages by their paths."""

from dragoman.errors import NotFoundError
from dragoman.web.pages import actor, add, atlas, dyad, event, find, home, ledger, network, report, review, sign, story
from dragoman.web.parts.address import Query, to
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.view import Gather, View


def nowhere(desk: Desk, query: Query) -> View:
    """What is shown at an address that no page has."""
    raise NotFoundError(
        f"no page has the address {to()}{query.path['other']}; look for what you want in the search box"
    )


PAGES: dict[str, Gather] = {
    "/": home.gather,
    "/find": find.gather,
    "/report/{report}": report.gather,
    "/event/{event}": event.gather,
    "/story/{story}": story.gather,
    "/dyad/{pair}": dyad.gather,
    "/actor/{who:path}": actor.gather,
    "/network": network.gather,
    "/map": atlas.gather,
    "/ledger": ledger.gather,
    "/ledger/{entry}": ledger.gather_one,
    "/add": add.gather,
    "/review": review.gather,
    "/sign": sign.gather,
    # Last: whatever else is asked for.
    "/{other:path}": nowhere,
}
