"""Bytes to text: Unicode in all its forms, what the author names, and what is refused."""

import codecs

import pytest
import russian
from hypothesis import given
from hypothesis import strategies as st

from builder.decoding import Undecodable, decode
from builder.source import Source, Span

QUIZ = "# Тест\n\n- [x] Да ✅\n- [ ] Нет 👍🏽\n"


def text_of(data, encoding=None):
    source = decode("quiz.md", data, encoding)
    assert isinstance(source, Source), source
    return source.text


# Unicode ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (QUIZ.encode(), "utf-8"),
        (codecs.BOM_UTF8 + QUIZ.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + QUIZ.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + QUIZ.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + QUIZ.encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + QUIZ.encode("utf-32-be"), "utf-32-be"),
        (QUIZ.encode("utf-16-le"), "utf-16-le"),
        (QUIZ.encode("utf-16-be"), "utf-16-be"),
        (QUIZ.encode("utf-32-le"), "utf-32-le"),
        (QUIZ.encode("utf-32-be"), "utf-32-be"),
        (b"", "utf-8"),
    ],
)
def test_unicode_is_read_with_and_without_a_mark(data, encoding):
    assert decode("quiz.md", data) == Source("quiz.md", QUIZ if data else "", encoding)


@pytest.mark.parametrize(
    "text", ["Which layer?\n", "Без букв латиницы", "層はどれですか？\n答えは二つ\n"]
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_high_bytes(text, encoding):
    assert decode("quiz.md", text.encode(encoding)) == Source("quiz.md", text, encoding)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_become_lf(end):
    assert text_of(QUIZ.replace("\n", end).encode()) == QUIZ


def test_line_ends_may_be_mixed():
    assert text_of(b"a\r\nb\rc\n\r\nd") == "a\nb\nc\n\nd"


@pytest.mark.parametrize(
    "character", ["\x85", "\u2028", "\ufeff", "\u200b", "\xad", "\x1b", "\x0c"]
)
def test_what_ends_no_line_stays_where_it_is(character):
    assert text_of(f"да{character}нет".encode()) == f"да{character}нет"


def test_nul_becomes_a_replacement_character_and_is_told():
    source = decode("quiz.md", b"Which layer\0 has no weights?\n")
    assert source.text == "Which layer\ufffd has no weights?\n"
    [repair] = source.repairs
    assert (repair.span, repair.cause, repair.certain) == (Span(11, 12), "NUL", False)


def test_half_a_character_of_utf_16_is_replaced_and_told():
    source = decode("quiz.md", codecs.BOM_UTF16_LE + "да\n".encode("utf-16-le") + b"\x00\xd8A")
    assert source.text == "да\n\ufffd\ufffd"
    assert {repair.cause for repair in source.repairs} == {"half a character"}


# What the author names -------------------------------------------------------------------------


def test_a_named_encoding_is_believed_however_short_the_text():
    assert text_of("Да".encode("cp866"), "cp866") == "Да"
    assert decode("quiz.md", "Да".encode("cp866"), "CP866").encoding == "cp866"


def test_a_named_encoding_of_several_bytes_a_character_is_believed():
    assert text_of("哪一层没有参数？".encode("gbk"), "gbk") == "哪一层没有参数？"


def test_unicode_goes_before_the_name():
    """The name is for those files of a folder that are not Unicode."""
    assert text_of(QUIZ.encode(), "cp1251") == QUIZ
    assert text_of(QUIZ.encode("utf-16"), "cp1251") == QUIZ


def test_what_does_not_fit_the_name_is_refused_with_its_place():
    data = "# Тест\n\nДа".encode("cp1251") + b"\x98"
    found = decode("quiz.md", data, "cp1251")
    assert isinstance(found, Undecodable)
    assert (found.line, found.offset) == (3, 10)
    assert found.reason == "this is neither UTF-8 nor cp1251, which deck.toml names"


@pytest.mark.parametrize("name", ["rot13", "no such name", "base64", "a\0b", "undefined"])
def test_a_name_of_no_encoding_is_refused(name):
    assert isinstance(decode("quiz.md", b"\xc4\xe0", name), Undecodable)


# What is no text -------------------------------------------------------------------------------


def test_a_picture_is_refused():
    found = decode("quiz.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0")
    assert found == Undecodable("quiz.md", "this is not text", "leave the file out", 3, 8)


# Foreign bytes in UTF-8 ------------------------------------------------------------------------


def test_a_line_of_another_encoding_is_read_where_there_is_evidence():
    first, second = "Какой слой ничего не учит?\n", "Ответ: слой подвыборки и прореживание\n"
    source = decode("quiz.md", first.encode() + second.encode("cp1251"))
    assert source.text == first + second
    [repair] = source.repairs
    assert (repair.cause, repair.certain) == ("cp1251 amid UTF-8", True)
    assert repair.before.startswith("\\xce\\xf2\\xe2\\xe5\\xf2: \\xf1\\xeb\\xee\\xe9 ")
    assert repair.after == "Ответ: слой подвыборки и"


def test_neighbouring_lines_of_another_encoding_are_told_once():
    lines = "Ответ: слой подвыборки\n\nMaxPooling\nи ещё прореживание весов\n".encode("koi8-r")
    source = decode("quiz.md", QUIZ.encode() + lines + QUIZ.encode())
    [repair] = source.repairs
    assert (
        source.text[repair.span.start : repair.span.end].splitlines()[0] == "Ответ: слой подвыборки"
    )
    assert source.line_range(repair.span) == range(5, 9)


def test_a_line_in_the_named_encoding_needs_no_evidence():
    data = QUIZ.encode() + "Да\n".encode("koi8-r")
    assert text_of(data, "koi8-r") == QUIZ + "Да\n"


SLIPS = [
    (b"caf\xe9", "café", "é"),
    (b"\xc6sir", "Æsir", "Æ"),
    (b"\x93one\x94 \x96 it\x92s", "“one” – it’s", "“”–’"),
    (b"\xff", "\ufffd", "\ufffd"),
    (b"a \xe9 b", "a \ufffd b", "\ufffd"),
    (b"don\xd5t", "don\ufffdt", "\ufffd"),
    (b"t\xfdm", "t\ufffdm", "\ufffd"),  # no language of cp1252 writes ý, many of others do
    ("сет".encode() + b"\xd0", "сет\ufffd", "\ufffd"),
    ("не".encode() + b"\xe9" + "т".encode(), "не\ufffdт", "\ufffd"),
]


@pytest.mark.parametrize(("data", "text", "doubtful"), SLIPS)
def test_a_slip_of_a_byte_is_guessed_or_replaced_and_told_at_its_place(data, text, doubtful):
    source = decode("quiz.md", QUIZ.encode() * 9 + data)
    assert source.text == QUIZ * 9 + text
    assert [source.text[r.span.start : r.span.end] for r in source.repairs] == list(doubtful)
    assert not any(repair.certain for repair in source.repairs)


def test_a_text_with_too_much_that_cannot_be_read_is_refused():
    assert isinstance(
        decode("quiz.md", QUIZ.encode() + "Ответ: слой".encode("cp1251")), Undecodable
    )


# Laws ------------------------------------------------------------------------------------------

NAMES = st.sampled_from([None, "cp1251", "utf-8", "utf-16", "gbk", "no such name"])
PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(["Ответ", "–û—Ç–≤–µ—Ç", "РћС‚РІРµС‚", "\n", "`", "```\n", "✅"]).map(
        str.encode
    ),
    st.sampled_from([word.encode("cp1251") for word in ("Какой слой", "весов", "нет")]),
)


@given(st.lists(PIECES).map(b"".join), NAMES)
def test_whatever_the_bytes_there_is_a_text_with_places_or_a_refusal_with_one(data, encoding):
    found = decode("quiz.md", data, encoding)
    if isinstance(found, Undecodable):
        assert 0 <= found.offset < len(data)
        assert found.line >= 1
    else:
        assert not set(found.text) & {"\0", "\r"}
        assert found.text.encode().decode() == found.text
        assert all(repair.span.end <= len(found.text) for repair in found.repairs)
        assert list(found.repairs) == sorted(found.repairs, key=lambda repair: repair.span)


@given(
    st.lists(st.sampled_from(russian.PROSE.split() + list("✅❌—«»…€éñ∞👍"))).map(" ".join),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_unicode_comes_back_as_it_was_written(text, encoding):
    assert decode("quiz.md", text.encode(encoding)).text == text


@given(st.sampled_from(["cp1251", "koi8-r", "cp866"]), st.integers(0, 40), st.integers(1, 20))
def test_what_was_read_reads_the_same_when_saved_as_utf_8(encoding, start, length):
    words = " ".join(russian.PROSE.split()[start : start + length])
    found = decode("quiz.md", words.encode(encoding, "replace"))
    if isinstance(found, Source):
        assert decode("quiz.md", found.text.encode()) == Source("quiz.md", found.text)
