"""All pages by their paths."""

from dragoman.web.pages import actor, atlas, dyad, find, home, ledger, network, report, sign
from dragoman.web.parts.view import Gather

PAGES: dict[str, Gather] = {
    "/": home.gather,
    "/find": find.gather,
    "/report/{report}": report.gather,
    "/dyad/{pair}": dyad.gather,
    "/actor/{who:path}": actor.gather,
    "/network": network.gather,
    "/map": atlas.gather,
    "/ledger": ledger.gather,
    "/ledger/{entry}": ledger.gather_one,
    "/sign": sign.gather,
}
