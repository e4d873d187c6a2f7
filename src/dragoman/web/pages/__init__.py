"""All pages by their paths."""

from dragoman.web.pages import dyad, find, home, ledger, report, sign
from dragoman.web.parts.view import Gather

PAGES: dict[str, Gather] = {
    "/": home.gather,
    "/find": find.gather,
    "/report/{report}": report.gather,
    "/dyad/{pair}": dyad.gather,
    "/ledger": ledger.gather,
    "/ledger/{entry}": ledger.gather_one,
    "/sign": sign.gather,
}
