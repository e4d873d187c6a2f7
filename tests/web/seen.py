"""A page as a person sees it, with everything that goes wrong behind it: console, script faults, foreign requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit


class Seen:
    """A tab of a browser, watched.

    Attributes:
        page: the tab.
        faults: what went wrong so far, in words.
    """

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("dialog", self._dialog)

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
            self.faults.append(f"asks another host: {request.url}")

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def open(self, path: str) -> Any:
        """Go to an address of the explorer and wait until it stands."""
        self.page.goto(self.address + path)
        self.stands()
        return self.page

    def stands(self) -> None:
        """Wait until the page has its content, its frame and its charts."""
        self.page.wait_for_selector("#content")
        self.page.wait_for_selector(".foot-line")
        self.page.wait_for_function("!document.querySelector('.chart') || document.querySelector('.chart canvas')")

    def sign(self, name: str = "R. Adeyemi") -> None:
        """Sign in under a name."""
        self.open("/desk/sign")
        self.page.fill("[name=called]", name)
        self.page.click("button.main")
        self.page.wait_for_url("**/desk/")
        self.stands()

    def text(self, selector: str = "main") -> str:
        """What can be read there."""
        return str(self.page.inner_text(selector))


@contextmanager
def seen(browser: Any, address: str, *, width: int = 1280, height: int = 800, theme: str = "light") -> Iterator[Seen]:
    """A tab in a context of its own: no cookies, nothing kept."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    try:
        yield Seen(context.new_page(), address)
    finally:
        context.close()
