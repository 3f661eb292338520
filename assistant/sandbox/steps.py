"""Reads the steps of a trace as the component tells them, and believes nothing of their form."""

from typing import Any

from assistant.domain.trace import Frame, Step, StepKind, Variable
from assistant.sandbox.words import Garbled


def steps_of(told: list[Any]) -> list[Step]:
    """The steps in one event.

    Raises:
        Garbled: They are none.
    """
    try:
        return [_step(each) for each in told]
    except (TypeError, ValueError) as error:
        raise Garbled from error


def _step(told: Any) -> Step:  # noqa: ANN401 - what came
    kind, line, frames, printed, value = told
    return Step(
        StepKind(kind), _whole(line), tuple(map(_frame, frames)), _whole(printed), _text(value)
    )


def _frame(told: Any) -> Frame:  # noqa: ANN401 - what came
    name, line, variables = told
    return Frame(_text(name), _whole(line), tuple(map(_variable, variables)))


def _variable(told: Any) -> Variable:  # noqa: ANN401 - what came
    name, value, kind, number = told
    return Variable(_text(name), _text(value), _text(kind), _whole(number))


def _whole(told: Any) -> int:  # noqa: ANN401 - what came
    if type(told) is not int:
        raise TypeError
    return told


def _text(told: Any) -> str:  # noqa: ANN401 - what came
    if type(told) is not str:
        raise TypeError
    return told
