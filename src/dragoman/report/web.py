"""One page from the web, fetched with care.

In: an http or https address. Out: a `Page` with its bytes, or a `RefusedReport` that says why not. Every hop is looked
at by hand: its host is resolved once, every address found must be a public one (unless private ones are allowed), and
the connection goes to that very address with the host's name in the Host header and the TLS handshake, so a name that
resolves to another address a moment later changes nothing. Redirects are counted, and a circle is seen. Size is
bounded while bytes come in, packed and unpacked; time is bounded for the connection, for each piece, and for all of it.
Only text, HTML and JSON are taken. Proxies named in the environment are not used.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx

from dragoman.errors import RefusedReport
from dragoman.report.options import IntakeOptions

Resolve = Callable[[str, int], list[str]]

_REDIRECTS = {301, 302, 303, 307, 308}
_TYPES = {
    "application/xhtml+xml",
    "application/json",
    "application/x-ndjson",
    "application/jsonl",
    "application/x-jsonl",
}
_REASONS = {
    401: "asks for a login; save the page and read the file",
    403: "the server does not let programs read it; save the page and read the file",
    404: "there is no such page; check the address",
    410: "the page has been taken down",
    429: "the server asks to wait; try again later",
    451: "the page is blocked for legal reasons",
}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched.

    Attributes:
        url: the address it came from at last, behind all redirects.
        media_type: as the server names it, in small letters, without parameters; "" when it names none.
        charset: as the server names it, or None.
        body: the bytes, unpacked; at most `IntakeOptions.max_bytes`.
    """

    url: str
    media_type: str
    charset: str | None
    body: bytes


def fetch(
    url: str,
    options: IntakeOptions | None = None,
    *,
    transport: httpx.BaseTransport | None = None,
    resolve: Resolve | None = None,
) -> Page:
    """Fetch one page.

    Args:
        url: an http or https address.
        options: limits; see `IntakeOptions`.
        transport: another way to send requests than the network, for tests.
        resolve: another way to turn host and port into addresses, for tests.

    Raises:
        RefusedReport: for whatever reason it cannot be read, with that reason.
    """
    options = options or IntakeOptions()
    results: queue.SimpleQueue[Page | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            results.put(_fetch(url, options, transport, resolve or _resolve))
        except Exception as error:  # noqa: BLE001,RUF100 - handed to the caller, whatever it is
            results.put(error)

    # A thread of its own, since neither a name server nor a trickle of headers can be bounded otherwise.
    threading.Thread(target=work, name="dragoman-fetch", daemon=True).start()
    try:
        result = results.get(timeout=options.total_timeout + 0.5)
    except queue.Empty:
        raise _slow(url, options) from None
    if isinstance(result, Page):
        return result
    if isinstance(result, RefusedReport):
        raise result
    raise RefusedReport(url, _reason(result, options)) from result


def _slow(url: str, options: IntakeOptions) -> RefusedReport:
    return RefusedReport(url, f"took longer than {options.total_timeout:g} seconds; try again later")


def _reason(error: Exception, options: IntakeOptions) -> str:
    words = str(error) or type(error).__name__
    if isinstance(error, httpx.ConnectTimeout):
        return f"no connection within {options.connect_timeout:g} seconds; try again later"
    if isinstance(error, httpx.TimeoutException):
        return f"the server was silent for {options.read_timeout:g} seconds; try again later"
    if isinstance(error, httpx.TransportError) and any(sign in words for sign in ("CERTIFICATE", "SSL", "TLS")):
        return f"the encrypted connection cannot be trusted ({words}); check the address"
    if isinstance(error, httpx.ConnectError):
        return f"no connection ({words}); check the address"
    if isinstance(error, httpx.TransportError):
        return f"the connection broke ({words}); try again later"
    return f"cannot be fetched ({words}); check the address"


def _fetch(url: str, options: IntakeOptions, transport: httpx.BaseTransport | None, resolve: Resolve) -> Page:
    deadline = time.monotonic() + options.total_timeout
    current, seen = _address(url, url), {url}
    way = transport or httpx.HTTPTransport(verify=httpx.create_ssl_context(trust_env=True), trust_env=False, retries=0)
    with httpx.Client(transport=way, trust_env=False, follow_redirects=False) as client:
        for hop in range(options.max_redirects + 1):
            found = _one(client, url, current, options, resolve, deadline)
            if isinstance(found, Page):
                return found
            current = _address(url, str(current.join(found)))
            if str(current) in seen:
                raise RefusedReport(url, f"redirects in a circle (back to {current})")
            seen.add(str(current))
            if hop == options.max_redirects:
                break
    raise RefusedReport(url, f"redirects more than {options.max_redirects} times; give the last address")


def _address(source: str, url: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedReport(source, f"is no valid address ({error})") from None
    where = "" if source == url else f"redirects to {url}, which "
    if address.scheme not in {"http", "https"}:
        raise RefusedReport(source, f"{where}is not an http or https address; only those are fetched")
    if not address.host:
        raise RefusedReport(source, f"{where}names no host; check the address")
    if address.port is not None and not 0 < address.port < 65536:
        raise RefusedReport(source, f"{where}is no valid address (port {address.port}); check it")
    if address.userinfo:
        raise RefusedReport(source, f"{where}holds a user name; give the address without it")
    return address


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet; addresses wrapped in IPv6 are judged by what they wrap."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local)


def _checked(source: str, url: httpx.URL, options: IntakeOptions, resolve: Resolve) -> list[str]:
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        addresses = resolve(url.host, port)
    except (OSError, UnicodeError) as error:
        raise RefusedReport(source, f"the host {url.host} is not known ({error}); check the address") from None
    if not addresses:
        raise RefusedReport(source, f"the host {url.host} has no address; check the address")
    inside = next((address for address in addresses if not is_public(address)), None)
    if inside and not options.allow_private:
        raise RefusedReport(
            source,
            f"{url.host} is {inside}, an address in a private or reserved network; allow private ones to read it",
        )
    return addresses


def _one(
    client: httpx.Client, source: str, url: httpx.URL, options: IntakeOptions, resolve: Resolve, deadline: float
) -> Page | str:
    """One hop: the page, or where it redirects to."""
    addresses = _checked(source, url, options, resolve)
    for number, address in enumerate(addresses[:3]):
        left = deadline - time.monotonic()
        if left <= 0:
            raise _slow(source, options)
        request = client.build_request(
            "GET",
            url.copy_with(host=address),
            headers={
                "Host": url.netloc.decode("ascii"),
                "User-Agent": options.user_agent,
                "Accept": "text/html,application/xhtml+xml,text/plain,application/json;q=0.9,*/*;q=0.1",
                "Accept-Language": "en",
                "Accept-Encoding": "gzip, deflate",
            },
            timeout=httpx.Timeout(min(options.read_timeout, left), connect=min(options.connect_timeout, left)),
            extensions={"sni_hostname": url.host},
        )
        try:
            response = client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            if number + 1 == len(addresses[:3]):
                raise
            continue
        try:
            return _answer(response, source, url, options, deadline)
        finally:
            response.close()
    raise RefusedReport(source, "no connection; check the address")


def _answer(
    response: httpx.Response, source: str, url: httpx.URL, options: IntakeOptions, deadline: float
) -> Page | str:
    status = response.status_code
    if status in _REDIRECTS and response.headers.get("location"):
        return str(response.headers["location"])
    if status != 200:
        kind = "the server has a fault; try again later" if status >= 500 else "the page cannot be read"
        raise RefusedReport(source, f"{_REASONS.get(status, kind)} (HTTP {status})")
    media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    fits = not media_type or media_type.startswith("text/") or media_type in _TYPES or media_type.endswith("+json")
    if not fits:
        raise RefusedReport(source, f"is {media_type}; only text, HTML and JSON are read")
    length = response.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > options.max_bytes:
        raise _large(source, options)
    body = bytearray()
    packing = response.headers.get("content-encoding", "").strip().lower()
    for piece in _unpacked(_pieces(response, source, options, deadline), packing, source, options.max_bytes):
        body += piece
        if len(body) > options.max_bytes:
            raise _large(source, options)
    return Page(str(url), media_type, response.charset_encoding, bytes(body))


def _large(source: str, options: IntakeOptions) -> RefusedReport:
    return RefusedReport(source, f"is larger than {options.max_bytes:,} bytes; raise the limit to read it")


def _pieces(response: httpx.Response, source: str, options: IntakeOptions, deadline: float) -> Iterator[bytes]:
    for piece in response.iter_raw():
        if time.monotonic() > deadline:
            raise _slow(source, options)
        yield piece


def _unpacked(pieces: Iterator[bytes], packing: str, source: str, limit: int) -> Iterator[bytes]:
    """Unpack gzip and deflate in steps of at most 64 KB, so that a small body cannot grow without end."""
    if packing in {"", "identity"}:
        yield from pieces
        return
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise RefusedReport(source, f"is packed as {packing}, which was not asked for")
    unpack, first = zlib.decompressobj(47 if packing != "deflate" else zlib.MAX_WBITS), True
    try:
        for piece in pieces:
            if first and packing == "deflate" and piece and (piece[0] & 0x0F) != 8:
                unpack = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers leave the zlib header out
            first = first and not piece
            while piece:
                yield unpack.decompress(piece, min(65536, limit + 1))
                piece = unpack.unconsumed_tail
        yield unpack.flush()
    except zlib.error as error:
        raise RefusedReport(source, f"is packed wrongly ({error}); try again later") from None
    if not unpack.eof:
        raise RefusedReport(source, "was cut off on the way; try again")
