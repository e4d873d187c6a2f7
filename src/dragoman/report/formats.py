"""From the content of a source to reports: plain text, HTML, JSON, JSON Lines.

In: bytes or parsed JSON, the name of the source, and what is known about it (`Given`). Out: `Report`s and
`RefusedReport`s, one for each report that the source holds. A refusal is an answer like any other and is yielded.

    text    kept as decoded
    HTML    the article, its title, day and outlet, by trafilatura; paragraphs parted by blank lines
    JSON    one object, a list of objects, or an object with a list under articles, items or reports; refused ones are
            named ``file.json#3`` (counted from 1)
    lines   one object a line, named ``file.jsonl:17``

Text in a JSON field that is marked up as HTML is taken as HTML. Every text passes `decode.clean` and
`language.foreign`.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from dragoman.errors import RefusedReport
from dragoman.report.dates import field_date
from dragoman.report.decode import clean, declared_charset, decode
from dragoman.report.head import prepare, read_head
from dragoman.report.language import foreign
from dragoman.report.options import IntakeOptions
from dragoman.report.report import Report

Outcome = Report | RefusedReport
Kind = Literal["text", "html", "json", "lines"]

_LISTS = ("articles", "items", "reports")
_OTHER_NAMES = {
    "text": ("body", "content", "article", "full_text", "content_text", "content_html", "article_text", "story"),
    "title": ("headline", "heading", "name"),
    "published": ("date", "pub_date", "datetime", "publish_date", "published_at", "publishedAt", "pubDate",
                  "date_published", "datePublished", "published_date", "timestamp"),
    "publisher": ("source", "outlet", "site", "sitename", "site_name", "newspaper", "agency", "publication"),
    "url": ("link", "href", "permalink", "uri"),
    "language": ("lang",),
}  # fmt: skip
_MARKUP = re.compile(r"<(?:p|div|br|article|section|span|html|body|h[1-6])\b[^<>]*/?>", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|\?xml[^>]*\?>\s*<(?:!doctype\s+)?html|html|head|body)\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_ENGLISH = {"en", "eng", "english"}
_TAGS = 40_000  # of which an extractor makes some seconds; articles have a few thousand
_UNREAD = {"script", "style", "noscript", "template", "head", "nav", "footer", "title", "svg"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "cite",
    "em",
    "font",
    "i",
    "mark",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What is known about a report besides its text; None where nothing is."""

    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None

    def over(self, other: Given) -> Given:
        """This, with gaps filled from another."""
        return Given(
            title=self.title or other.title,
            published=self.published or other.published,
            publisher=self.publisher or other.publisher,
            url=self.url or other.url,
            language=self.language or other.language,
        )


def finish(text: str, source: str, given: Given, options: IntakeOptions) -> Report:
    """Clean, check and keep one report's text.

    Raises:
        RefusedReport: when it is empty, binary, too large or not English.
    """
    text = clean(text, source)
    if len(text) > options.max_bytes or len(text.encode()) > options.max_bytes:
        raise too_large(source, options)
    language = foreign(text)
    if language:
        raise RefusedReport(source, f"is not English (it looks like {language!r}); only English is read")
    declared = re.split(r"[-_]", (given.language or "en").strip().lower())[0]
    if declared not in _ENGLISH and sum(char.isalpha() for char in text) < 100:
        raise RefusedReport(source, f"says its language is {given.language!r}; only English is read")
    report = prepare(
        text,
        published=given.published,
        title=given.title,
        url=given.url,
        publisher=given.publisher or options.publisher,
    )
    if report.published is None and options.published is not None:
        # with the default in view, "June 1" in the head is a day too
        day = read_head(text, options.published).published or options.published
        return report.model_copy(update={"published": day})
    return report


def too_large(source: str, options: IntakeOptions) -> RefusedReport:
    """The refusal of a report above the limit."""
    return RefusedReport(
        source, f"is larger than {options.max_bytes:,} bytes; split it into reports, or raise the limit (max_bytes)"
    )


def kind_of(data: bytes | bytearray) -> Kind:
    """What a source without a telling name holds, found by looking at its beginning."""
    start = data[:2000].decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if _PAGE.match(start) or (start.startswith("<") and _MARKUP.search(start)):
        return "html"
    if start[:1] in {"{", "["}:
        first, _, rest = data.lstrip().partition(b"\n")
        try:
            whole = isinstance(json.loads(first), dict)
        except (ValueError, RecursionError):
            whole = False
        if whole and rest.strip():
            return "lines"
        if start[:1] == "{" or re.match(r"\[\s*(?:\{|\])", start):
            return "json"
    return "text"


def read_bytes(
    data: bytes, kind: Kind, source: str, given: Given, options: IntakeOptions, charset: str | None = None
) -> Iterator[Outcome]:
    """Reports in the bytes of one source.

    Args:
        data: all of it.
        kind: what it holds.
        source: its name for refusals.
        given: what is known about it.
        options: limits and defaults.
        charset: character set named by a server.
    """
    try:
        if len(data) > options.max_bytes:
            raise too_large(source, options)
        if kind == "html":
            text = decode(data, source, charset or declared_charset(data))
            yield from_html(text, source, given, options)
            return
        text = decode(data, source, charset)
        if kind == "text":
            yield finish(text, source, given, options)
            return
    except RefusedReport as refused:
        yield refused
        return
    if kind == "lines":
        yield from read_lines(enumerate(text.encode().split(b"\n"), start=1), source, given, options)
    else:
        yield from read_json(text, source, given, options)


def from_html(page: str, source: str, given: Given, options: IntakeOptions) -> Report:
    """The article of an HTML page.

    Raises:
        RefusedReport: when no article is found in it, and as `finish` does.
    """
    if "\x00" in page:
        raise RefusedReport(source, f"is binary (a NUL character at {page.index(chr(0))}); give the report's page")
    if page.count("<") > _TAGS:
        raise RefusedReport(source, f"has more than {_TAGS:,} tags, too many for an article; give its text instead")
    text, found = _article(page)
    if not text:
        raise RefusedReport(source, "no article found in the page (a script may fill it in); give its text instead")
    return finish(text, source, given.over(found), options)


def _article(page: str) -> tuple[str, Given]:
    import trafilatura  # noqa: PLC0415 - slow to load, and only pages need it

    document: Any
    try:
        document = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            deduplicate=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # noqa: BLE001,RUF100 - a page may break the extractor in any way; what it holds may still be read
        document = None
    if document is None or not (document.text or "").strip():
        return _paragraphs(page), Given()
    text = re.sub(r"[ \t]*\n\s*", "\n\n", document.text.strip())
    found = Given(
        title=_words(document.title),
        published=field_date(document.date),
        publisher=_words(document.sitename),
        url=_words(document.url),
    )
    return text, found


def _paragraphs(page: str) -> str:
    """All text of a page or a piece of one, for pages in which no article stands out."""
    html: Any = importlib.import_module("lxml.html")  # comes with trafilatura; has no types
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(page.encode("utf-8", errors="replace"), parser=parser)
        pieces: list[str] = []
        unread = 0
        for event, node in html.etree.iterwalk(tree, events=("start", "end")):
            starts = event == "start"
            unread += (1 if starts else -1) if node.tag in _UNREAD else 0
            if node.tag not in _INLINE:
                pieces.append("\0")
            words = node.text if starts else node.tail
            if words and not unread:
                pieces.append(words)
    except Exception:  # noqa: BLE001,RUF100 - as above
        return ""
    blocks = (" ".join(block.split()) for block in "".join(pieces).split("\0"))
    return "\n\n".join(block for block in blocks if block)


def read_lines(
    numbered: Iterable[tuple[int, bytes | None]], source: str, given: Given, options: IntakeOptions
) -> Iterator[Outcome]:
    """Reports in JSON Lines, one at a time.

    Args:
        numbered: line numbers and lines; None stands for a line that was too long to be kept.
        source, given, options: as in `read_bytes`.
    """
    some = False
    for number, line in numbered:
        place = f"{source}:{number}"
        if line is None or len(line.strip()) > options.max_bytes:
            some = True
            yield too_large(place, options)
            continue
        if not line.strip() or line.strip() == b"\xef\xbb\xbf":
            continue
        some = True
        try:
            text = decode(line, place)
        except RefusedReport as refused:
            yield refused
            continue
        yield from read_json(text, place, given, options)
    if not some:
        yield RefusedReport(source, "is empty; there is nothing to read")


def read_json(text: str, source: str, given: Given, options: IntakeOptions) -> Iterator[Outcome]:
    """Reports in one JSON document: an object, a list of objects, or an object that holds such a list."""
    try:
        value = json.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        yield RefusedReport(source, "is no usable JSON (nested too deep)")
        return
    except json.JSONDecodeError as error:
        yield RefusedReport(
            source, f"is no JSON ({error.msg}, line {error.lineno}, character {error.colno}); repair it"
        )
        return
    except ValueError as error:
        yield RefusedReport(source, f"is no usable JSON ({error}); repair it")
        return
    if isinstance(value, dict) and _pick(value, "text", options) is None:
        value = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), value)
    if isinstance(value, list):
        if not value:
            yield RefusedReport(source, "is an empty list; there is nothing to read")
        for number, entry in enumerate(value, start=1):
            # a list of many: a title or address known for the whole is not that of each
            yield _entry(entry, f"{source}#{number}", replace(given, title=None, url=None), options)
        return
    yield _entry(value, source, given, options)


def _entry(value: Any, source: str, given: Given, options: IntakeOptions) -> Outcome:
    if not isinstance(value, dict):
        return RefusedReport(source, f"is no JSON object but {_kind_word(value)}; give objects with a text field")
    text = _pick(value, "text", options)
    if text is None:
        looked = options.fields.text
        names = ", ".join(str(key)[:30] for key in list(value)[:12]) or "none"
        return RefusedReport(source, f"has no text in a field {looked!r} (fields there: {names}); name the right field")
    own = Given(
        title=_words(_pick(value, "title", options)),
        published=field_date(_pick(value, "published", options)),
        publisher=_words(_pick(value, "publisher", options)),
        url=_words(_pick(value, "url", options)),
        language=_words(_pick(value, "language", options)),
    )
    try:
        if _MARKUP.search(text) and "</" in text:
            return from_html(text, source, own.over(given), options)
        return finish(text, source, own.over(given), options)
    except RefusedReport as refused:
        return refused


def _kind_word(value: Any) -> str:
    if value is None:
        return "null"
    return {list: "a list", str: "a string", bool: "a truth value"}.get(type(value), "a number")


def _pick(entry: dict[str, Any], what: str, options: IntakeOptions) -> Any:
    """The value of a field by its name or, where the name is the default, by the usual other names."""
    name: str = getattr(options.fields, what)
    names = (name, *_OTHER_NAMES[what]) if name == what else (name,)
    for candidate in names:
        value = entry.get(candidate)
        if value is None and "." in candidate:
            value = entry
            for step in candidate.split("."):
                value = value.get(step) if isinstance(value, dict) else None
        if what == "text" and not (isinstance(value, str) and value.strip()):
            continue
        if what == "published" and field_date(value) is None:
            continue
        if what in {"title", "publisher", "url", "language"} and _words(value) is None:
            continue
        return value
    return None


def _words(value: Any) -> str | None:
    """A field's words without white space around them; of {"name": ...} the name."""
    if isinstance(value, dict):
        value = value.get("name")
    if not isinstance(value, str):
        return None
    value = " ".join(value.split())
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return None
    return value or None
