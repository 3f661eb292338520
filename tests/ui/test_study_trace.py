"""A run step by step: what a step changed, which names share an object, how a call ends."""

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.trace import Frame, ProgramRun, Step, StepKind, Trace, Variable
from assistant.ui.study.exercise.trace_card import TraceCard
from assistant.ui.theme.theme import Theme

_LIST = 7


def _frame(name: str, line: int, *variables: tuple[str, str, int]) -> Frame:
    made = (Variable(n, v, "list" if o else "int", o) for n, v, o in variables)
    return Frame(name, line, tuple(made))


def _step(*frames: Frame, kind: StepKind = StepKind.LINE, value: str = "") -> Step:
    return Step(kind, frames[-1].line, frames, 0, value)


@pytest.fixture
def card(theme: Theme, qtbot: QtBot) -> TraceCard:
    made = TraceCard(theme)
    qtbot.addWidget(made)
    made.open_with("", 20)
    return made


def _show(card: TraceCard, *steps: Step) -> None:
    card.show_trace(Trace(steps, ProgramRun("")))


def test_what_a_step_changed_is_marked_wherever_one_came_from(card: TraceCard) -> None:
    _show(
        card,
        _step(_frame("<module>", 1)),
        _step(_frame("<module>", 2, ("n", "1", 0))),
        _step(_frame("<module>", 3, ("n", "1", 0), ("m", "2", 0))),
        _step(_frame("<module>", 2, ("n", "5", 0), ("m", "2", 0))),
    )
    assert card.variables.changed == ()
    card.slider.setValue(1)
    assert card.variables.changed == ("n",), "the first name that there is, is new too"
    card.slider.setValue(3)
    assert card.variables.changed == ("n",)
    card.slider.setValue(2)
    assert card.variables.changed == ("m",), "stepping back marks what this step did"


def test_names_for_one_list_are_told_from_names_for_two(card: TraceCard) -> None:
    a, b, c = ("a", "[1]", _LIST), ("b", "[1]", _LIST), ("c", "[1]", _LIST + 1)
    _show(card, _step(_frame("<module>", 4, a, b, c), _frame("grow", 2, ("xs", "[1]", _LIST))))
    words = card.variables.words.split("\n")
    assert words[1:4] == ["a = [1]", "b = [1] (the same list as a)", "c = [1]"]
    assert words[5] == "xs = [1] (the same as a in the program)"
    assert card.variables.accessibleName() == card.variables.words
    assert not card.variables.grab().isNull()


def test_a_name_that_is_bound_to_another_list_of_the_same_look_is_marked(card: TraceCard) -> None:
    _show(
        card,
        _step(_frame("<module>", 1, ("a", "[1]", _LIST))),
        _step(_frame("<module>", 2, ("a", "[1]", _LIST + 1))),
    )
    card.slider.setValue(1)
    assert card.variables.changed == ("a",)


def test_a_function_that_an_error_ends_gives_nothing_back(card: TraceCard) -> None:
    outer, inner = _frame("<module>", 6), _frame("f", 2)
    _show(
        card,
        _step(outer, inner, kind=StepKind.EXCEPTION, value="IndexError"),
        _step(outer, inner, kind=StepKind.RETURN, value="None"),
        _step(outer, kind=StepKind.EXCEPTION, value="IndexError"),
        _step(outer, inner, kind=StepKind.RETURN, value="None"),
        _step(outer),
    )
    card.slider.setValue(1)
    assert card.doing.text() == "f() is left"
    card.slider.setValue(3)
    assert card.doing.text() == "f() gives back None"


def test_calls_further_out_are_counted_only_where_all_were_kept(card: TraceCard) -> None:
    calls = [_frame("f", 2, ("n", str(at), 0)) for at in range(40)]
    _show(card, _step(_frame("<module>", 9), *calls[:9]), _step(*calls))
    assert card.variables.words.startswith("2 calls further out")
    card.slider.setValue(1)
    assert card.variables.words.startswith("More calls further out")
