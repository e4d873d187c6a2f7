"""The archive over HTTP: everything can be read, reports and judgements can be added.

In: an archive's address, a token, and what makes a reader. Out: a FastAPI app with JSON answers, an OpenAPI document
and a page that shows it. The room's parts:

    app        puts it together
    routes_*   the routes: entries, pairs of states, the ledger, adding, exporting
    shelf      what all routes share: the archive, the reader, who may write
    filters    the archive's filters as query parameters
    shown      the shape of the answers
    problems   every error as ``application/problem+json``
    limits     sizes, rates and times
    security   the token, the headers, the hosts that are answered for
    etags      answers that a client has already are not sent again
    cursors    places in lists that are counted through
    openapi    the document, completed; page: the page that shows it

Refuses to write without the token, and in public mode altogether. Loads no language model until the first report is
added, and then by what the caller has handed in.
"""

from dragoman.api.app import build
from dragoman.api.limits import Limits

__all__ = ["Limits", "build"]
