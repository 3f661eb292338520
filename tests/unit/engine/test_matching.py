"""Matching says what the standard library says, and never takes for ever."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.gbnf.matching import Expression
from assistant.engine.gbnf.rules import UnsupportedError

_UNITS = st.sampled_from(
    [
        "a",
        "b",
        ".",
        "[ab]",
        "[^a]",
        r"\w",
        r"\D",
        r"\b",
        r"\B",
        "^",
        "$",
        "(?=a)",
        "(?!b)",
        r"\s",
        "-",
    ]
)
_COUNTS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}", "{0,}", "*?"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})")
    return st.lists(st.tuples(group, _COUNTS).map("".join), min_size=1, max_size=3).map("".join)


_CHARACTERS = st.tuples(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\w", r"\D", r"\s", "-"]), _COUNTS
).map("".join)
_EXPRESSIONS = st.recursive(_CHARACTERS | _UNITS, _larger, max_leaves=8)


@given(_EXPRESSIONS, st.lists(st.text("ab- \n1", min_size=1, max_size=8), min_size=1, max_size=6))
def test_it_says_what_the_library_says(expression: str, texts: list[str]) -> None:
    # There, ``$`` also matches before a last line end, and ``\\B`` not in an empty text.
    library = re.compile(expression.replace("$", r"\Z"), re.ASCII)
    ours = Expression(expression)
    for text in texts:
        assert ours.found_in(text) is (library.search(text) is not None), (expression, text)


@pytest.mark.parametrize(
    "expression", ["^(a+)+$", "^(a|a)*$", "^(a*)*$", "(.*)*b$", "^(?=(a+)+$)a", "^(a?){30}a{30}$"]
)
def test_an_expression_that_would_explode_does_not(expression: str) -> None:
    assert not Expression(expression).found_in("a" * 29 + "!" * 11)


def test_what_would_take_too_long_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="too large"):
        Expression("(((a{99}){99}){99}){99}")
    with pytest.raises(UnsupportedError, match="too long"):
        Expression("a{0,9999}b").found_in("a" * 9999)


def test_characters_are_those_of_the_whole_of_unicode() -> None:
    assert Expression("^[à-ü]{2}.$").found_in("éà😀")
    assert Expression(r"^\s\u00e9$").found_in("\u00a0é")
    assert not Expression(r"^\d$").found_in("٣")
