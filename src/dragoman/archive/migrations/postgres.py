"""What PostgreSQL needs in its own way: text that compares by code point, and the index of words.

Used by migrations, so what is here may be added to and never changed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sqlalchemy import Connection, text

_OTHER_ORDER = text(
    "SELECT relname, attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute"
    " JOIN pg_class ON pg_class.oid = attrelid JOIN pg_collation ON pg_collation.oid = attcollation"
    " WHERE relnamespace = to_regnamespace(quote_ident(current_schema())) AND relkind IN ('r', 'p')"
    " AND attnum > 0 AND NOT attisdropped AND collname <> 'C'"
)


def by_code_point(connection: Connection) -> None:
    """Let every column of text compare by code point, as in SQLite; those that do so already are left alone."""
    quoted = connection.dialect.identifier_preparer.quote
    for table, column, type_ in connection.execute(_OTHER_ORDER).all():
        connection.exec_driver_sql(
            f'ALTER TABLE {quoted(table)} ALTER COLUMN {quoted(column)} TYPE {type_} COLLATE "C"'
        )


def index_words(connection: Connection) -> None:
    """Keep the words of titles and texts in `reports.words`, found by the same rules as SQLite's index has.

    A word is a stretch of letters and digits, whatever its accents and capitals, cut to its stem by Porter's rules; no
    word is too common. Positions beyond 16,383 words are not told apart, and of a text with more different words than
    an index entry holds (1 MB) as much is indexed as fits.
    """
    for statement in _words(connection):
        connection.exec_driver_sql(statement)


def _words(connection: Connection) -> Iterator[str]:
    yield "CREATE TEXT SEARCH DICTIONARY dragoman_stem (TEMPLATE = pg_catalog.snowball, LANGUAGE = porter)"
    yield 'CREATE TEXT SEARCH CONFIGURATION dragoman (PARSER = pg_catalog."default")'
    yield (
        "ALTER TEXT SEARCH CONFIGURATION dragoman ADD MAPPING FOR asciiword, word, numword, int, uint, float, sfloat,"
        " version, hword, asciihword, numhword, hword_part, hword_asciipart, hword_numpart WITH dragoman_stem"
    )
    # Where the server has Unicode's own rules for capitals, they do not depend on where it stands.
    unicode_rules = connection.exec_driver_sql("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'").scalar()
    order = ' COLLATE "und-x-icu"' if unicode_rules else ""
    yield (
        "CREATE FUNCTION dragoman_plain(said text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$"
        r" SELECT regexp_replace(lower(regexp_replace(regexp_replace("
        r"normalize(said, NFD), '[\u0300-\u036f]+', '', 'g'),"
        f" '[{_separators()}]+', ' ', 'g'){order}),"
        # Porter's rules are not for words of two letters, but the server would make "u" of "US"; a digit wards it off.
        r" '(^| )([a-z0-9][a-z])(?= |$)', '\1\20', 'g') $$"
    )
    # A title ends before its text begins: a word that no text can hold stands between them, and is taken out again.
    yield """
        CREATE FUNCTION dragoman_words(title text, body text) RETURNS tsvector
        IMMUTABLE PARALLEL SAFE LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
        DECLARE
            head text := left(dragoman_plain(coalesce(title, '')), 100000);
            heading tsvector := setweight(to_tsvector('dragoman', head), 'A');
            said text := dragoman_plain(body);
        BEGIN
            LOOP
                BEGIN
                    RETURN ts_delete(heading || '''. .'':1'::tsvector || to_tsvector('dragoman', said), '. .');
                EXCEPTION WHEN program_limit_exceeded THEN
                    said := left(said, length(said) / 2);
                END;
            END LOOP;
        END $$"""
    yield (
        "ALTER TABLE reports ADD COLUMN words tsvector NOT NULL"
        " GENERATED ALWAYS AS (dragoman_words(title, text)) STORED"
    )
    yield "CREATE INDEX reports_by_words ON reports USING gin (words)"


def _separators() -> str:
    """All signs that are neither letter nor digit nor mark, as ranges for a regular expression, in ASCII."""
    ranges: list[list[int]] = []
    joined = False
    # Beyond the first two planes there are ideographs, and tags.
    for code in (*range(0x80, 0x20000), *range(0xE0000, 0xE0100)):
        category = unicodedata.category(chr(code))
        if category in {"Cn", "Cs"}:
            continue
        if category[0] in "LNM" or category == "Co":
            joined = False
        elif joined:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
            joined = True
    return r"\x01-/:-@\[-`{-\x7f" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
