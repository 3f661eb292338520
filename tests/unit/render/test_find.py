import pytest

from assistant.render.find import Found, find


@pytest.mark.parametrize(
    ("text", "needle", "places"),
    [
        ("One one ONE", "one", ["One", "one", "ONE"]),
        ("Café, CAFE\u0301, cafe", "cafe", ["Café", "CAFE\u0301", "cafe"]),
        ("cafe", "CAFÉ", ["cafe"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("ß", "s", ["ß"]),
        ("\ufb01nd", "fi", ["\ufb01"]),
        ("one\ntwo\u00a0three", "one two three", ["one\ntwo\u00a0three"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("\u0130stanbul", "istanbul", ["\u0130stanbul"]),
        ("κόσμος ΚΟΣΜΟΣ", "κοσμοσ", ["κόσμος", "ΚΟΣΜΟΣ"]),
        ("a.b", ".", ["."]),
        ("abc", "x", []),
        ("abc", "", []),
        ("abc", "\u0301", []),
        ("", "a", []),
    ],
)
def test_case_and_diacritics_do_not_count(text: str, needle: str, places: list[str]) -> None:
    assert [text[place.start : place.end] for place in find(text, needle)] == places


def test_a_place_counts_characters_of_the_text_as_it_is() -> None:
    assert find("ßß é x", "x") == (Found(5, 6),)
