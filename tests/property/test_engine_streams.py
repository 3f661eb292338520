"""Any split of a stream gives the same text."""

import codecs

import hypothesis.strategies as st
from hypothesis import given

from assistant.engine.scripted import tokens_of
from assistant.engine.stop_strings import StopStrings
from assistant.engine.text_decoder import TextDecoder

_LETTERS = st.text("abc<|> \n", max_size=40)
_STOPS = st.lists(st.text("abc<|> \n", min_size=1, max_size=5), max_size=4)


def _run(stops: list[str], parts: list[str]) -> tuple[str, bool]:
    found = StopStrings(tuple(stops))
    text = "".join(found.feed(part) for part in parts) + found.flush()
    return text, found.stopped


@st.composite
def _split(draw: st.DrawFn, text: str) -> list[str]:
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


@given(_LETTERS, _STOPS, st.data())
def test_stop_strings_do_not_depend_on_the_split(
    text: str, stops: list[str], data: st.DataObject
) -> None:
    parts = data.draw(_split(text))

    assert _run(stops, parts) == _run(stops, [text])


@given(_LETTERS, _STOPS)
def test_the_text_ends_before_the_stop_string_that_is_complete_first(
    text: str, stops: list[str]
) -> None:
    ends = [(at + len(stop), at) for stop in stops if (at := text.find(stop)) >= 0]

    said, stopped = _run(stops, list(text))

    assert stopped == bool(ends)
    assert said == (text[: min(ends)[1]] if ends else text)


@given(_LETTERS, _STOPS, st.data())
def test_nothing_is_held_back_that_cannot_become_a_stop_string(
    text: str, stops: list[str], data: st.DataObject
) -> None:
    found = StopStrings(tuple(stops))
    said = "".join(found.feed(part) for part in data.draw(_split(text)))

    held = text[len(said) :]

    if not found.stopped and held:
        assert any(stop.startswith(held) for stop in stops)


@given(st.binary(max_size=60), st.data())
def test_characters_are_never_cut(data: bytes, draw: st.DataObject) -> None:
    cuts = sorted(draw.draw(st.sets(st.integers(0, len(data)), max_size=12)))
    decoder = TextDecoder()
    parts = [decoder.feed(data[a:b]) for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]

    whole = codecs.getincrementaldecoder("utf-8")("replace").decode(data)

    assert "".join(parts) == whole
    assert decoder.pending == (whole != data.decode("utf-8", "replace"))


@given(st.text(max_size=80))
def test_the_scripted_tokens_are_the_text(text: str) -> None:
    assert "".join(tokens_of(text)) == text
