"""Any text and any part of it."""

import itertools

from hypothesis import example, given
from hypothesis import strategies as st

from assistant.render.find import find

WORDS = st.text(
    "aAb\u00e9\u00c9e\u0301\u00dfsS \n\u0130\ufb01f\ud55c\u1112\u03a3\u03c3", max_size=30
)


@example("AAAS\u00df\u00df", 5, 1)
@given(WORDS, st.integers(0, 30), st.integers(1, 6))
def test_every_part_is_found_where_it_stands_or_within_a_place_before(
    text: str, start: int, length: int
) -> None:
    needle = text[start : start + length]
    places = find(text, needle)
    for before, after in itertools.pairwise(places):
        assert before.end <= after.start
    assert all(0 <= place.start < place.end <= len(text) for place in places)
    bare = needle.strip("\u0301")
    if bare == needle and needle:
        assert any(place.start < start + length and place.end > start for place in places)
