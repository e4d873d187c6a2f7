"""Pages from the web: limits, redirects, private networks. Nothing leaves this machine."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from dragoman.errors import RefusedReport
from dragoman.report.intake import sources
from dragoman.report.options import IntakeOptions
from dragoman.report.report import Report
from dragoman.report.web import Page, fetch, is_public

NEWS = "The foreign minister of Norway met her counterpart from Chile in Oslo on Tuesday and they agreed to open talks."
OPEN = IntakeOptions(allow_private=True, total_timeout=5, read_timeout=3)
PUBLIC = "93.184.215.14"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path
        if path == "/page":
            self._send(
                f"<html><body><article><p>{NEWS}</p></article></body></html>".encode(), "text/html; charset=utf-8"
            )
        elif path == "/latin":
            self._send("Müller: “no”.".encode("cp1252"), "text/plain; charset=windows-1252")
        elif path == "/json":
            self._send(b'{"text": "Oslo and Lima agree."}', "application/json")
        elif path == "/lines.jsonl":
            self._send(b'{"text": "Oslo agrees."}\n{"text": "Lima agrees."}\n', "text/plain")
        elif path == "/agent":
            self._send(f"{self.headers['User-Agent']} at {self.headers['Host']}".encode(), "text/plain")
        elif path == "/bomb":
            self._send(gzip.compress(b"a" * 30_000_000), "text/plain", {"Content-Encoding": "gzip"})
        elif path == "/gzip":
            self._send(gzip.compress(NEWS.encode()), "text/plain", {"Content-Encoding": "gzip"})
        elif path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self._until_gone(b"word " * 1000, 0)
        elif path == "/drip":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self._until_gone(b"w", 0.05)
        elif path == "/headers":
            self.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
            self._until_gone(b"x", 0.05)
        elif path == "/silent":
            time.sleep(1.2)
        elif path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", path[3:])
            self.end_headers()
        elif path == "/out":
            self.send_response(301)
            self.send_header("Location", "file:///etc/hosts")
            self.end_headers()
        else:
            self.send_error(404)

    def _send(self, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return

    def _until_gone(self, piece: bytes, pause: float) -> None:
        until = time.monotonic() + 4
        try:
            while time.monotonic() < until:
                self.wfile.write(piece)
                time.sleep(pause)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        running.daemon_threads = True
        running.block_on_close = False
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def refusal(url: str, options: IntakeOptions = OPEN) -> str:
    with pytest.raises(RefusedReport) as refused:
        fetch(url, options)
    assert refused.value.source == url
    return refused.value.reason


def test_a_page(server: str) -> None:
    page = fetch(f"{server}/page", OPEN)
    assert (page.url, page.media_type, page.charset) == (f"{server}/page", "text/html", "utf-8")
    (got,) = sources([f"{server}/page"], options=OPEN)
    assert isinstance(got, Report)
    assert (got.text, got.url) == (NEWS, f"{server}/page")


def test_kinds_of_pages(server: str) -> None:
    names = [f"{server}/{name}" for name in ("latin", "json", "lines.jsonl", "gzip", "none")]
    got = list(sources(names, options=OPEN))
    texts = [item.text if isinstance(item, Report) else item.reason for item in got]
    assert texts[:-1] == ["Müller: “no”.", "Oslo and Lima agree.", "Oslo agrees.", "Lima agrees.", NEWS]
    assert "no such page" in texts[-1]


def test_it_says_who_it_is_and_whom_it_asks(server: str) -> None:
    body = fetch(f"{server}/agent", OPEN.model_copy(update={"user_agent": "Reader of the North"})).body.decode()
    assert body == f"Reader of the North at {server.removeprefix('http://')}"


def test_redirects_are_followed_and_counted(server: str) -> None:
    assert fetch(f"{server}/to/page", OPEN).url == f"{server}/page"
    assert fetch(f"{server}" + "/to" * 5 + "/page", OPEN).url == f"{server}/page"
    assert "redirects more than 5 times" in refusal(f"{server}" + "/to" * 6 + "/page")
    assert "redirects more than 0 times" in refusal(f"{server}/to/page", OPEN.model_copy(update={"max_redirects": 0}))


def test_a_redirect_out_of_the_web(server: str) -> None:
    assert "redirects to file:/" in refusal(f"{server}/out")


@pytest.mark.parametrize("path", ["endless", "bomb"])
def test_too_large(server: str, path: str) -> None:
    assert "larger than 100,000 bytes" in refusal(f"{server}/{path}", OPEN.model_copy(update={"max_bytes": 100_000}))


def test_too_large_by_its_own_word(server: str) -> None:
    assert "larger than 50 bytes" in refusal(f"{server}/page", OPEN.model_copy(update={"max_bytes": 50}))


def test_silence(server: str) -> None:
    assert "silent for 0.3 seconds" in refusal(f"{server}/silent", OPEN.model_copy(update={"read_timeout": 0.3}))


@pytest.mark.parametrize("path", ["drip", "headers"])
def test_a_server_that_never_ends(server: str, path: str) -> None:
    began = time.monotonic()
    assert "took longer than 0.4 seconds" in refusal(f"{server}/{path}", OPEN.model_copy(update={"total_timeout": 0.4}))
    assert time.monotonic() - began < 2


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert "no connection" in refusal(f"http://127.0.0.1:{taken.getsockname()[1]}/")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.5.5", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1",
     "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "no address"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "2130706433", "127.1", "0x7f.1", "localhost", "[::ffff:127.0.0.1]"]
)
def test_ways_to_name_this_machine(host: str) -> None:
    assert "private or reserved network" in refusal(f"http://{host}/", IntakeOptions())


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("ftp://np.example/", "not an http or https address"),
        ("http://", "names no host"),
        ("http://user:word@np.example/", "holds a user name"),
        ("http://np.example:99999999/", "no valid address"),
        ("http://np.exa mple\x00/", "no valid address"),
    ],
)
def test_addresses_that_are_none(url: str, word: str) -> None:
    assert word in refusal(url)


# --- without any server -------------------------------------------------------------------------------------------

Answer = Callable[[httpx.Request], httpx.Response]


def ask(answer: Answer, hosts: dict[str, list[str]] | None = None, options: IntakeOptions | None = None) -> Page:
    known = hosts or {"np.example": [PUBLIC]}

    def resolve(host: str, port: int) -> list[str]:
        if host not in known:
            raise OSError("name not known")
        return known[host]

    return fetch("https://np.example/a", options, transport=httpx.MockTransport(answer), resolve=resolve)


def asked(answer: Answer, hosts: dict[str, list[str]] | None = None, options: IntakeOptions | None = None) -> str:
    with pytest.raises(RefusedReport) as refused:
        ask(answer, hosts, options)
    return refused.value.reason


class _Raw(httpx.SyncByteStream):
    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces


def text(words: str = NEWS, kind: str = "text/plain") -> httpx.Response:
    return httpx.Response(200, headers={"Content-Type": kind}, stream=_Raw(words.encode()))


def test_the_checked_address_is_the_one_called() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return text()

    assert ask(answer).body == NEWS.encode()
    (request,) = seen
    assert request.url.host == PUBLIC
    assert request.headers["host"] == "np.example"
    assert request.extensions["sni_hostname"] == "np.example"


def test_one_private_address_among_public_ones_is_enough() -> None:
    assert "np.example is 10.0.0.1" in asked(lambda _: text(), {"np.example": [PUBLIC, "10.0.0.1"]})


def test_a_redirect_to_a_private_address() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["host"] == "np.example"
        return httpx.Response(302, headers={"Location": "http://inside.example/"})

    hosts = {"np.example": [PUBLIC], "inside.example": ["192.168.1.1"]}
    assert "inside.example is 192.168.1.1" in asked(answer, hosts)


def test_a_name_that_moves_between_two_hops_is_looked_at_again() -> None:
    turns = iter([[PUBLIC], ["127.0.0.1"]])
    transport = httpx.MockTransport(lambda _: httpx.Response(307, headers={"Location": "/b"}))
    with pytest.raises(RefusedReport, match=r"is 127\.0\.0\.1"):
        fetch("http://np.example/a", transport=transport, resolve=lambda host, port: next(turns))


def test_redirects_in_a_circle() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "/b" if request.url.path == "/a" else "/a"})

    assert "in a circle" in asked(answer)


def test_the_next_address_is_tried() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == PUBLIC:
            raise httpx.ConnectError("refused", request=request)
        return text()

    assert ask(answer, {"np.example": [PUBLIC, "8.8.8.8"]}).body == NEWS.encode()
    assert "no connection" in asked(answer, {"np.example": [PUBLIC]})


def test_hosts_that_are_not_known() -> None:
    assert "is not known" in asked(lambda _: text(), {"other.example": [PUBLIC]})
    assert "has no address" in asked(lambda _: text(), {"np.example": []})


@pytest.mark.parametrize(
    ("status", "word"),
    [(401, "login"), (403, "does not let"), (404, "no such page"), (410, "taken down"), (429, "asks to wait"),
     (451, "legal"), (500, "has a fault"), (503, "has a fault"), (204, "cannot be read"), (302, "cannot be read")],
)  # fmt: skip
def test_answers_without_a_page(status: int, word: str) -> None:
    said = asked(lambda _: httpx.Response(status))
    assert word in said
    assert f"HTTP {status}" in said


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/octet-stream", "video/mp4"])
def test_kinds_that_are_not_read(kind: str) -> None:
    assert f"is {kind}" in asked(lambda _: httpx.Response(200, headers={"Content-Type": kind}, content=b"x"))


@pytest.mark.parametrize(
    "kind", ["text/html", "text/plain", "application/json", "application/feed+json", "application/xhtml+xml", ""]
)
def test_kinds_that_are_read(kind: str) -> None:
    assert ask(lambda _: text("x", kind)).media_type == kind


def packed(way: str, *pieces: bytes) -> httpx.Response:
    return httpx.Response(200, headers={"Content-Type": "text/plain", "Content-Encoding": way}, stream=_Raw(*pieces))


def test_ways_of_packing() -> None:
    whole = gzip.compress(NEWS.encode())
    bare = zlib.compressobj(wbits=-15)
    assert ask(lambda _: packed("gzip", whole[:20], whole[20:])).body == NEWS.encode()
    assert ask(lambda _: packed("deflate", zlib.compress(NEWS.encode()))).body == NEWS.encode()
    body = bare.compress(NEWS.encode()) + bare.flush()
    assert ask(lambda _: packed("deflate", body)).body == NEWS.encode()
    assert "packed as br" in asked(lambda _: packed("br", whole))
    assert "packed wrongly" in asked(lambda _: packed("gzip", b"no gzip at all"))
    assert "cut off" in asked(lambda _: packed("gzip", whole[:30]))


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (httpx.ConnectTimeout("late"), "no connection within"),
        (httpx.ReadTimeout("late"), "the server was silent"),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] expired"), "cannot be trusted"),
        (httpx.RemoteProtocolError("bad"), "the connection broke"),
        (ValueError("odd"), "cannot be fetched"),
    ],
)
def test_what_goes_wrong_on_the_way(error: Exception, word: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    assert word in asked(answer)


def test_a_name_server_that_never_answers() -> None:
    def resolve(host: str, port: int) -> list[str]:
        time.sleep(1.5)
        return [PUBLIC]

    with pytest.raises(RefusedReport, match="took longer than"):
        fetch("http://np.example/", IntakeOptions(total_timeout=0.1), resolve=resolve)


def test_a_server_that_does_not_speak_tls(server: str) -> None:
    assert "cannot be trusted" in refusal(server.replace("http://", "https://"))
    assert ssl.OPENSSL_VERSION
