"""The pane in which an exercise is answered, by the kind of its answer."""

from assistant.domain.exercise import AnswerKind
from assistant.ui.bridge.background import WorkersBackground
from assistant.ui.study.exercise.choice_pane import ChoicePane
from assistant.ui.study.exercise.code_pane import CodePane
from assistant.ui.study.exercise.markdown_view import Drawing
from assistant.ui.study.exercise.maths_pane import MathsPane
from assistant.ui.study.exercise.pane import AnswerPane
from assistant.ui.study.exercise.steps_pane import StepsPane
from assistant.ui.study.exercise.words_pane import WordsPane
from assistant.ui.theme.theme import Theme


def pane_for(
    kind: AnswerKind, theme: Theme, drawing: Drawing, background: WorkersBackground
) -> AnswerPane:
    """Makes the pane that suits an answer.

    Args:
        kind: Of the answer.
        theme: The theme in force.
        drawing: Draws formulas and notes.
        background: Does slow work.
    """
    match kind:
        case AnswerKind.CODE:
            return CodePane(theme, background)
        case AnswerKind.STEPS:
            return StepsPane(theme, drawing)
        case AnswerKind.CHOICE:
            return ChoicePane(theme, drawing)
        case AnswerKind.NUMBER | AnswerKind.MATH:
            return MathsPane(theme, drawing)
        case _:
            return WordsPane(theme)
