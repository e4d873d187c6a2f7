"""From bytes to text, without ever guessing silently.

In: the bytes of one report and the character set its source declares, if any. Out: a str. Tried in this order: a byte
order mark; UTF-16 without one; UTF-8; the declared character set; Windows-1252, if what comes out looks like English
text with a few foreign names and charset_normalizer finds no mess in it. Anything else is a `RefusedReport`: binary
data, broken UTF-8, bytes that fit no character set.

`clean` then settles the few things that may be changed before a text becomes a report: a leading byte order mark goes,
line ends become ``\\n``. Everything else stays as it was. It refuses NUL characters, many control characters, lone
surrogates and texts without a word.
"""

from __future__ import annotations

import codecs
import re

from dragoman.errors import RefusedReport

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"OggS\x00", "a sound or video"),
    (b"ID3", "a sound"),
)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})["']""", re.IGNORECASE)
_BROKEN_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf](?![\x80-\xbf])|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# What Windows-1252 text in English holds besides ASCII: marks of print, and the letters of Western European names.
_MARKS = frozenset("€‚„…†‡‰‹‘’“”•–—˜™›\xa0¡¢£¥§©ª«®°±²³´¶·º»¼½¾¿\xad")
_LETTERS = frozenset("ŠŒŽšœžŸÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿ")
_HIGH = "".join(sorted(_LETTERS))
# What shows that the letters were meant for another character set: three high ones in a row, a capital behind a small
# letter ("cafÃ©"), a sign inside a word ("¿ó³æ"), a currency before a word ("£odzi"), a power behind one ("by³").
_ODD = re.compile(
    rf"[{_HIGH}]{{3}}|[a-zß-ÿ][ŠŒŽŸÀ-Þ]|[^\W\d_][^\w\s\x00-\x7f’‘–—…·\xad\xa0][^\W\d_]|[¢£¥¿¡][a-z](?!n\b)\w"
    r"|(?<!\bm)(?<!\bkm)(?<!\bcm)(?<!\bft)(?<=[^\W\d_])[¹²³¼½¾]"
)


def declared_charset(data: bytes) -> str | None:
    """The character set a page names in its first 4 KB (`<meta charset=...>` or an XML declaration)."""
    match = _META.search(data[:4096]) or _XML.search(data[:300])
    return match.group(1).decode("ascii") if match else None


def decode(data: bytes, source: str, declared: str | None = None) -> str:
    """Text of one report's bytes.

    Args:
        data: all bytes.
        source: what to call it in a refusal.
        declared: character set named by the page or its server.

    Raises:
        RefusedReport: for binary data and for bytes whose character set cannot be told.
    """
    if not data.strip():
        raise RefusedReport(source, "is empty; there is nothing to read")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name, source, f"begins with a mark of {name.upper()}")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise RefusedReport(source, f"is {what}, not text; give its text as .txt, .html or .json")
    wide = _wide(data)
    if wide:
        return _strictly(data, wide, source, f"looks like {wide.upper()}")
    if b"\x00" in data:
        raise RefusedReport(source, f"is binary (a NUL byte at {data.index(0)}); give the report's text instead")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    return _other(data, source, declared, broken)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a NUL in every second byte, always on the same side."""
    sample = data[:2000]
    if len(sample) < 8 or len(data) % 2 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0) / (len(sample) / 2), sample[1::2].count(0) / (len(sample) / 2)
    if odd > 0.7 and even < 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.02 else None


def _strictly(data: bytes, name: str, source: str, because: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise RefusedReport(
            source, f"{because}, but byte {error.start} does not fit it; save the report as UTF-8"
        ) from None


def _other(data: bytes, source: str, declared: str | None, broken: int) -> str:
    if declared:
        name = _codec(declared)
        if name is None:
            raise RefusedReport(source, f"declares the unknown character set {declared!r}; save the report as UTF-8")
        if name != "utf-8":
            return _strictly(data, name, source, f"declares the character set {declared}")
    high = sum(byte > 0x7F for byte in data)
    if _BROKEN_UTF8.search(data) and 2 * sum(len(m) for m in _BROKEN_UTF8.findall(data)) >= high:
        raise RefusedReport(source, f"is UTF-8 with a broken byte at {broken}; save the report again as UTF-8")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if not text or not _western(text) or not _orderly(data):
        raise RefusedReport(source, f"fits no character set for certain (byte {broken}); save the report as UTF-8")
    return text


def _codec(declared: str) -> str | None:
    """Python's name of a declared character set that holds text; Latin-1 and ASCII mean Windows-1252 on the web."""
    try:
        info = codecs.lookup(declared)
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True):
        return None
    return "cp1252" if info.name in {"iso8859-1", "ascii"} else info.name


def _western(text: str) -> bool:
    """Whether the characters beyond ASCII are those of English text with Western European names in it."""
    if _ODD.search(text):
        return False
    high = sum(char in _LETTERS for char in text)
    if any(char >= "\x80" and char not in _LETTERS and char not in _MARKS for char in text):
        return False
    return high <= 0.12 * sum(char.isalpha() for char in text)


def _orderly(data: bytes) -> bool:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only the rare undeclared text needs it

    return from_bytes(data[:50_000], cp_isolation=["cp1252"]).best() is not None


def clean(text: str, source: str) -> str:
    """The text as it will stand in the report: no leading byte order mark, line ends as ``\\n``.

    Raises:
        RefusedReport: for NUL, many control characters, lone surrogates, or a text without a word.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise RefusedReport(source, f"is binary (a NUL character at {text.index(chr(0))}); give the report's text")
    lone = _SURROGATE.search(text)
    if lone:
        raise RefusedReport(source, f"holds half a character (a lone surrogate at {lone.start()}); write it as UTF-8")
    if not any(char.isalnum() for char in text):
        raise RefusedReport(source, "is empty; it holds no words")
    controls = len(_CONTROL.findall(text))
    if controls > max(3, len(text) // 200):
        raise RefusedReport(source, f"is binary ({controls} control characters); give the report's text")
    lost = text.count("\ufffd")
    if lost > max(5, len(text) // 50):
        raise RefusedReport(source, f"has lost {lost} characters (U+FFFD); decode it anew from its origin")
    return text
