"""Character sets and languages: what is read, and what is refused rather than guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import RefusedReport
from dragoman.report.decode import clean, declared_charset, decode
from dragoman.report.language import foreign

TEXT = "“No,” said Mr Müller – the café talks in São Paulo failed… again. The two sides left without a word."


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_told_without_a_declaration(name: str) -> None:
    assert decode(TEXT.encode(name), "a.txt") == TEXT


@pytest.mark.parametrize(
    ("words", "name", "declared"),
    [
        ("Łódź and Kraków", "iso8859-2", "ISO-8859-2"),
        ("Gül ve Erdoğan", "cp1254", "windows-1254"),
        ("Москва said no", "koi8-r", "KOI8-R"),
        ("北京 said no", "gb18030", "gb18030"),
        ("He said “no” in Köln", "cp1252", "latin-1"),
        ("He said “no” in Köln", "cp1252", "us-ascii"),
        ("utf-8 goes before: Köln", "utf-8", "windows-1251"),
    ],
)
def test_told_by_a_declaration(words: str, name: str, declared: str) -> None:
    assert decode(words.encode(name), "a.html", declared) == words


@pytest.mark.parametrize(
    ("data", "declared", "word"),
    [
        ("Министр принял коллегу в Москве".encode("cp1251"), None, "fits no character set"),
        ("Türkiye dışişleri bakanı".encode("cp1254"), None, "fits no character set"),
        ("Prezydent był w Łodzi, święto".encode("cp1250"), None, "fits no character set"),
        ("日本の外務大臣".encode("shift_jis"), None, "fits no character set"),
        (b"caf\xe9 \x81 talks", None, "fits no character set"),
        ("“Nothing” – yet".encode() + b" \xe9 talks", None, "UTF-8 with a broken byte"),
        (b"caf\xe9 talks", "klingon", "unknown character set 'klingon'"),
        (b"caf\xe9 talks", "rot13", "unknown character set 'rot13'"),
        (b"caf\xe9 talks", "shift_jis", "declares the character set shift_jis"),
        (b"\xff\xfea\x00\x00\xd8", None, "begins with a mark of UTF-16-LE"),
        (b"\xef\xbb\xbfcaf\xe9", None, "begins with a mark of UTF-8"),
    ],
)
def test_refused_rather_than_guessed(data: bytes, declared: str | None, word: str) -> None:
    with pytest.raises(RefusedReport) as refused:
        decode(data, "a.txt", declared)
    assert word in refused.value.reason
    assert refused.value.source == "a.txt"


def test_the_declaration_of_a_page() -> None:
    assert declared_charset(b'<html><meta charset="windows-1251">') == "windows-1251"
    assert declared_charset(b'<meta http-equiv="x" content="text/html; charset=koi8-r">') == "koi8-r"
    assert declared_charset(b'<?xml version="1.0" encoding="iso-8859-2"?><html>') == "iso-8859-2"
    assert declared_charset(b"<html><p>charset=none") is None


@given(st.text())
def test_cleaning_changes_line_ends_only(text: str) -> None:
    expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        outcome = clean(text, "a.txt")
    except RefusedReport as refused:
        outcome = refused.source
        expected = "a.txt"
    assert outcome == expected


FOREIGN = {
    "de": (
        "Der Außenminister empfing am Dienstag in Oslo seinen chilenischen Amtskollegen, um über die "
        "Fischerei in den südlichen Meeren und die Beziehungen der beiden Länder zu sprechen."
    ),
    "nl": (
        "De minister van Buitenlandse Zaken ontving dinsdag in Oslo zijn Chileense ambtgenoot om te "
        "spreken over de visserij in de zuidelijke zeeën en de betrekkingen tussen de twee landen."
    ),
    "no": (
        "Utenriksministeren tok tirsdag imot sin chilenske kollega i Oslo for å snakke om fisket i de "
        "sørlige havområdene og om hvordan de to landene kan arbeide bedre sammen."
    ),
    "es": (
        "El ministro de Asuntos Exteriores recibió el martes en Oslo a su homólogo chileno para hablar de"
        " la pesca en los mares del sur y de las relaciones entre los dos países."
    ),
    "ru": (
        "Министр иностранных дел принял во вторник в Осло своего чилийского коллегу, чтобы обсудить "
        "рыболовство в южных морях и отношения между двумя странами."
    ),
    "ar": (
        "استقبل وزير الخارجية يوم الثلاثاء في أوسلو نظيره التشيلي لبحث الصيد في البحار الجنوبية والعلاقات"
        " بين البلدين وسبل تعزيزها في جميع المجالات"
    ),
    "tr": (
        "Dışişleri Bakanı salı günü Oslo'da Şilili mevkidaşını kabul ederek güney denizlerinde "
        "balıkçılığı ve iki ülke arasındaki ilişkileri ele aldı, görüşmeler sürecek."
    ),
}


@pytest.mark.parametrize(("code", "text"), FOREIGN.items(), ids=FOREIGN)
def test_foreign_texts(code: str, text: str) -> None:
    assert foreign(text) == code
    assert foreign(" ".join([text] * 20)) == code


ENGLISH = {
    "short": "Oslo y Lima: acuerdo.",
    "names only": (
        "Ulan Bator, Dushanbe, Ashgabat: Rahmon, Berdimuhamedow, Khurelsukh, Tokayev, Japarov, "
        "Mirziyoyev, Aliyev, Pashinyan, Kobakhidze, Zourabichvili, Sandu, Lukashenka"
    ),
    "many names": (
        "Present were Mohammed bin Abdulrahman Al Thani, Abdelfattah Burhan, Isaias Afwerki, Hakainde "
        "Hichilema, Teodoro Obiang Nguema Mbasogo, Denis Sassou Nguesso and Faure Gnassingbé."
    ),
    "readout": (
        "Phone call. Xi Jinping, Luiz Inácio Lula da Silva. Topics: trade, soy, Amazônia, BRICS. Lula "
        "invited Xi. Xi accepted. Date open. Next: Itamaraty, Zhongnanhai aides."
    ),
    "foreign quotation": (
        "The minister said: “Nous ne céderons pas, ni aujourd'hui ni demain, et la France le sait.” He "
        "left the hall and did not take any questions from the reporters who had waited."
    ),
}


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_texts_that_must_not_be_refused(text: str) -> None:
    assert foreign(text) is None


def test_a_report_with_its_translation_is_kept() -> None:
    assert foreign(TEXT * 20 + FOREIGN["es"] * 12) is None
