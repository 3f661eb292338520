"""Whether the formula that a question shows is the one that its key was proved for."""

import random
import re
from collections.abc import Sequence

from generated.arithmetic import Number, UnreadableError, close, mpf, names, value

_FRACTION = re.compile(r"\\d?frac\{([^{}]*)\}\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\{([^{}]*)\}")
_SIGNS = ((r"\times", "*"), (r"\cdot", "*"), (r"\div", "/"), (r"\le", "<="), (r"\ge", ">="))
_OTHER = re.compile(r"\b(?:gone|crosses|cross|meet|meets)\b")
"""Words of questions that ask for something else than the value or the solution of the formula."""
_MIXED = re.compile(r"(?<![\d\w])(\d+)(?=\\frac)")


def plain(tex: str) -> str:
    """LaTeX as plain notation; a number before a fraction of numbers is a mixed number."""
    text = tex
    if re.fullmatch(r"\d+\\frac\{\d+\}\{\d+\}", tex):
        text = _MIXED.sub(r"\1+", tex)
    for _ in range(5):
        text = _ROOT.sub(r"sqrt(\1)", _FRACTION.sub(r"((\1)/(\2))", text))
    for sign, other in (
        (r"\times", "*"),
        (r"\cdot", "*"),
        (r"\div", "/"),
        (r"\le", "<="),
        (r"\ge", ">="),
    ):
        text = text.replace(sign, other)
    return text.replace(r"\,", "").replace("{", "(").replace("}", ")")


def agrees(prompt: str, about: str, data: Sequence[str]) -> bool | None:
    """Whether they are the same; None where the question shows no single formula of that kind."""
    if _OTHER.search(prompt):
        return None
    shown = [plain(each) for each in re.findall(r"\$([^$]+)\$", prompt)]
    if about == "value":
        found = [text for text in shown if not re.search(r"[=<>]", text) and len(text) > 1]
        wanted = data[0]
    elif about in {"solutions", "positive", "inequality"}:
        found = [text for text in shown if re.search(r"[=<>]", text)]
        wanted = data[0]
    else:
        return None
    if len(found) != 1 or any(re.search(r"[=<>]", text) for text in shown if text != found[0]):
        return None
    try:
        return _same(found[0], wanted)
    except UnreadableError:
        return None


def _same(one: str, other: str) -> bool:
    signs = [re.findall(r"<=|>=|[=<>]", text) for text in (one, other)]
    if signs[0] != signs[1]:
        return False
    letters = sorted({*names(_joined(one)), *names(_joined(other))})
    for seed in range(3):
        draw = random.Random(f"{seed}{one}")  # noqa: S311 - only variety is wanted
        there: dict[str, Number] = {letter: mpf(draw.randint(20, 900)) / 97 for letter in letters}
        if not close(_difference(one, there), _difference(other, there)):
            return False
    return True


def _joined(text: str) -> str:
    return re.sub(r"<=|>=|[=<>]", "+", text)


def _difference(text: str, there: dict[str, Number]) -> Number:
    sides = re.split(r"<=|>=|[=<>]", text)
    values = [value(side, there) for side in sides]
    return values[0] - values[1] if len(values) > 1 else values[0]
