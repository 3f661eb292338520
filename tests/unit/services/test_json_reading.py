"""JSON as models write it is read where nothing is guessed, and closed where it was cut."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.services.json_reading import candidates, closed

WANTED = {"a": 1, "b": ["x", None, True]}


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "b": ["x", null, true]}',
        'Here it is:\n```json\n{"a": 1, "b": ["x", null, true]}\n```\nDone.',
        'Sure! {"a": 1, "b": ["x", null, true],} I hope that helps {or not}.',
        "{'a': 1, 'b': ['x', None, True]}",
        '{a: 1, b: ["x", null, true]}',
        '{// the first\n"a": 1, /* then */ "b": ["x", null, true,], # end\n}',
        "```\n{“a”: 1, “b”: [“x”, null, true]}",
    ],
)
def test_what_models_write_is_read(text: str) -> None:
    assert next(candidates(text)) == WANTED


@pytest.mark.parametrize(
    "text", ["", "No.", '{"a": 1', "{a b}", "[1 2]", "{" * 5000, '{"a": maybe}']
)
def test_what_is_not_there_is_not_made_up(text: str) -> None:
    assert list(candidates(text)) == []


def test_each_value_in_a_text_is_tried_in_turn() -> None:
    assert list(candidates("First [1], then {'a': 2}.")) == [[1], {"a": 2}]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ('{"a": "some te', '{"a": "some te"}'),
        ('{"a": "x\\', '{"a": "x"}'),
        ('{"a": "x\\u00', '{"a": "x"}'),
        ('{"a": "x\\\\', '{"a": "x\\\\"}'),
        ('{"a": 1, "b": 12', '{"a": 1}'),
        ('{"a": 1, "b": tr', '{"a": 1}'),
        ('{"a": 1, "b', '{"a": 1}'),
        ('{"a": 1, "b": ', '{"a": 1}'),
        ('{"a": [1, {"b": "c"}, ', '{"a": [1, {"b": "c"}]}'),
        ('[{"a": {', '[{"a": {}}]'),
        ('{"a": 1}', '{"a": 1}'),
        ("", ""),
        ("12", ""),
    ],
)
def test_what_was_cut_is_closed_at_its_last_sound_place(text: str, whole: str) -> None:
    assert closed(text) == whole


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values.filter(lambda value: isinstance(value, dict | list)), st.data())
def test_json_that_was_cut_anywhere_is_json_again(value: object, data: st.DataObject) -> None:
    text = json.dumps(value)
    cut = text[: data.draw(st.integers(1, len(text)))]
    json.loads(closed(cut))
    assert closed(text) == text
    assert next(candidates(text)) == value
