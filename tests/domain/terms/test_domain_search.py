"""People are found however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.terms.search import matches, search_key


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("やまだ", "ヤマダ タロウ"),
        ("ヤマダ", "やまだ たろう"),
        ("ﾔﾏﾀﾞ", "ヤマダ タロウ"),
        ("がく", "ガク"),
        ("ヴ", "ゔ"),
        ("ｶﾞｸ", "がく"),
        ("山田", "山田　太郎"),
        ("山田太郎", "山田 太郎"),
        ("ＹＡＭＡＤＡ", "yamada"),
        ("０１２３", "A-0123"),
        ("a0123", "A-0123"),
        ("A‐0123", "a-0123"),
        ("straße", "STRASSE"),
        ("コーヒー", "こーひー"),
        ("", "anyone"),
        ("  ", "anyone"),
    ],
)
def test_found(query: str, field: str) -> None:
    assert matches(query, field)


@pytest.mark.parametrize(
    ("query", "field"), [("やまだ", "ヤマタ"), ("は", "ば"), ("12", "13"), ("太", "犬")]
)
def test_not_found(query: str, field: str) -> None:
    assert not matches(query, field)


def test_every_word_must_be_somewhere() -> None:
    fields = ("山田 太郎", "ヤマダ タロウ", "A-0123")
    assert matches("やまだ 0123", *fields)
    assert matches("太郎　山田", *fields)
    assert not matches("やまだ 9999", *fields)
    assert not matches("山田0123", *fields)


kana = st.characters(min_codepoint=0x30A1, max_codepoint=0x30FA)
typed = st.text(
    alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Zs"], max_codepoint=0x24F) | kana
)


@given(typed)
def test_a_key_is_its_own_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x3041, max_codepoint=0x3096), min_size=1))
def test_all_hiragana_has_its_katakana(text: str) -> None:
    assert matches(text, "".join(chr(ord(c) + 0x60) for c in text))
