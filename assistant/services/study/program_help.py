"""What helps where a program of an exercise cannot be run, in words for a beginner."""

from assistant.domain.code_review import Weight
from assistant.domain.exercise import Grade


def program_help(source: str, grade: Grade) -> str:
    """Says what the interpreter's message means and what to do; the answer stays out of it.

    Args:
        source: The learner's program.
        grade: What its tests said.

    Returns:
        Markdown; "" where the program ran, or nothing more is known than what the message says.
    """
    if grade.correct or grade.tests is None or not grade.tests.trouble:
        return ""
    from assistant.tutor.coding.reading import read_code

    reading = read_code(source)
    refused = reading.unreadable
    if refused is not None:
        at = f"Line {refused.line}: " if refused.line else ""
        return f"{at}{refused.words} {refused.remedy}".strip()
    wrong = next((one for one in reading.findings if one.weight is Weight.ERROR), None)
    return f"Line {wrong.line}: {wrong.words} {wrong.remedy}".strip() if wrong is not None else ""
