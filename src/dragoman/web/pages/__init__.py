"""All pages by their paths."""

from dragoman.web.pages import actor, add, atlas, dyad, event, find, home, ledger, network, report, review, sign
from dragoman.web.parts.view import Gather

PAGES: dict[str, Gather] = {
    "/": home.gather,
    "/find": find.gather,
    "/report/{report}": report.gather,
    "/event/{event}": event.gather,
    "/dyad/{pair}": dyad.gather,
    "/actor/{who:path}": actor.gather,
    "/network": network.gather,
    "/map": atlas.gather,
    "/ledger": ledger.gather,
    "/ledger/{entry}": ledger.gather_one,
    "/add": add.gather,
    "/review": review.gather,
    "/sign": sign.gather,
}
