"""The explorer: the archive in a browser, for people.

In: an archive and a FastAPI app. Out: pages under ``/desk``. Everything is served by this process; no page loads
anything from another host. Every view has an address that holds its filters. The room's parts:

    mount       puts the explorer onto an app
    pages       one file a page: each gathers a `View` from what its address asks
    parts       what pages share: the desk, addresses, the frame, marks in a text, charts, what can be taken away
    templates   the HTML; everything in it is escaped
    static      style, script, outlines of countries, made for these pages

Refuses to write in public mode, and without the token where the server has one. Loads no language model until the
first report is added.
"""

from dragoman.web.mount import mount

__all__ = ["mount"]
