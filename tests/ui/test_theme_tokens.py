"""The contrasts that the design promises, computed from the table."""

import dataclasses
import re
from typing import cast

import pytest

from assistant.ui.theme import tokens as table
from assistant.ui.theme.tokens import Kind, Tokens

_ALL = [table.LIGHT, table.DARK, table.LIGHT_CONTRAST, table.DARK_CONTRAST]
_IDS = ["light", "dark", "light-contrast", "dark-contrast"]
_GROUNDS = ("desk", "page", "card", "well", "press")
_SOFT = {"good": "goodsoft", "caution": "cautionsoft", "bad": "badsoft", "lampink": "lampsoft"}


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ratio(first: str, second: str) -> float:
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _kinds(tokens: Tokens) -> list[Kind]:
    return [tokens.slate, tokens.teal, tokens.plum, tokens.clay]


def _colours(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        parts = cast("tuple[object, ...]", value)
        return [text for part in parts for text in _colours(part)]
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
        return [text for name in names for text in _colours(getattr(value, name))]
    return []


@pytest.mark.parametrize("tokens", _ALL, ids=_IDS)
def test_every_colour_is_a_colour(tokens: Tokens) -> None:
    colours = _colours(tokens)
    assert len(colours) > 50
    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in colours)


@pytest.mark.parametrize("tokens", _ALL, ids=_IDS)
@pytest.mark.parametrize("text", ["ink", "ink2", "ink3", "lampink", "good", "caution", "bad"])
def test_text_can_be_read_on_every_ground(tokens: Tokens, text: str) -> None:
    grounds = [*_GROUNDS, *([_SOFT[text]] if text in _SOFT else [])]
    worst = min(_ratio(getattr(tokens, text), getattr(tokens, ground)) for ground in grounds)
    assert worst >= 4.5


@pytest.mark.parametrize(
    ("token", "light", "dark"),
    [("ink", 12.9, 10.2), ("ink2", 6.4, 6.2), ("ink3", 4.6, 4.6)],
)
def test_inks_keep_the_ratios_of_the_design(token: str, light: float, dark: float) -> None:
    for tokens, wanted in ((table.LIGHT, light), (table.DARK, dark)):
        worst = min(_ratio(getattr(tokens, token), getattr(tokens, g)) for g in _GROUNDS)
        assert round(worst, 1) >= wanted


@pytest.mark.parametrize("tokens", _ALL, ids=_IDS)
@pytest.mark.parametrize("graphic", ["control", "lampline"])
def test_controls_and_focus_can_be_seen(tokens: Tokens, graphic: str) -> None:
    for ground in ("desk", "page", "card", "well"):
        assert _ratio(getattr(tokens, graphic), getattr(tokens, ground)) >= 3.0


@pytest.mark.parametrize("tokens", _ALL, ids=_IDS)
def test_text_on_amber_and_on_selected_text_can_be_read(tokens: Tokens) -> None:
    assert _ratio(tokens.onlamp, tokens.lamp) >= 8.5
    assert _ratio(tokens.onmastery, tokens.mastery[3]) >= 4.5
    assert _ratio(tokens.ink, tokens.selection) >= 4.5


@pytest.mark.parametrize("tokens", _ALL, ids=_IDS)
def test_kinds_can_be_told_on_their_tints(tokens: Tokens) -> None:
    for kind in _kinds(tokens):
        assert _ratio(kind.text, kind.tint) >= 6.0
        assert _ratio(kind.graphic, tokens.card) >= 4.5


@pytest.mark.parametrize("tokens", _ALL, ids=_IDS)
def test_code_can_be_read(tokens: Tokens) -> None:
    code = tokens.code
    for colour in (code.plain, code.keyword, code.string, code.number, code.builtin, code.comment):
        assert _ratio(colour, code.ground) >= 4.5


@pytest.mark.parametrize(
    ("normal", "strong"),
    [(table.LIGHT, table.LIGHT_CONTRAST), (table.DARK, table.DARK_CONTRAST)],
)
def test_high_contrast_has_stronger_borders_and_no_tints(normal: Tokens, strong: Tokens) -> None:
    assert _ratio(strong.line2, strong.card) >= 3.0
    assert _ratio(strong.line, strong.card) >= 3.0
    for token in ("ink", "ink2", "ink3", "line", "line2", "control"):
        before, after = getattr(normal, token), getattr(strong, token)
        assert _ratio(after, strong.press) > _ratio(before, normal.press)
    soft = [strong.goodsoft, strong.cautionsoft, strong.badsoft, strong.lampsoft]
    assert {*soft, *(kind.tint for kind in _kinds(strong))} == {strong.card}


def test_choose_finds_the_table() -> None:
    found = [
        table.choose(dark=dark, high_contrast=strong)
        for strong in (False, True)
        for dark in (False, True)
    ]
    assert found == [table.LIGHT, table.DARK, table.LIGHT_CONTRAST, table.DARK_CONTRAST]
