"""What a problem of algebra begins with: the equation or expression in its sentence."""

import re
from dataclasses import dataclass
from typing import Final

from assistant.domain.exercise import Form
from assistant.tutor.maths.nodes import Number, Symbol, symbols
from assistant.tutor.maths.shapes import Expression, Relation
from assistant.tutor.steps.bounds import is_bound, parted
from assistant.tutor.steps.prose import expression_asked_about, relations_within
from assistant.tutor.steps.shaping import shape_of
from assistant.tutor.steps.tongues import in_english

_LONGEST: Final = 4_000
_NAMED_SIGNS: Final = {"g": "\u2265", "l": "\u2264", "n": "\u2260"}
_SIGNS: Final = re.compile(r"\\([gln])eq?(?:slant)?(?![A-Za-z])")
_ROWS: Final = re.compile(r"\\\\|\\(?:begin|end)\{[a-z*]+\}(?:\{[lcr]+\})?")
"""Where the lines of a system end: rows of an array."""
_FORMS: Final = (
    (
        re.compile(
            r"\b(?:complet(?:e|ing) the square|rationali[sz]e|partial fractions?|standard form|"
            r"scientific|as an? |in terms of|in the form|round\w*|decimals?|power of)\b",
            re.IGNORECASE,
        ),
        Form.ANY,
    ),
    (re.compile(r"\bfactor(?:i[sz]e)?\b", re.IGNORECASE), Form.FACTORED),
    (re.compile(r"\b(?:expand|multiply out|remove the brackets)\b", re.IGNORECASE), Form.EXPANDED),
)
_DOLLARS: Final = re.compile(r"\$\$?([^$\n]{1,400})\$?\$")
_MARKUP: Final = re.compile(r"\\[()\[\]]")
_WORD: Final = re.compile(r"(?<!\\)[A-Za-z]{3,}")
_RELATION: Final = re.compile(r"[=<>\u2264\u2265]")
_TOGETHER: Final = re.compile(
    r"\b(?:systems?|simultaneous(?:ly)?|pair|both|find [a-z] and [a-z])\b|\\begin\{cases\}|\(II\)",
    re.IGNORECASE,
)
_ROMAN: Final = re.compile(r"\((?:I{1,3}|IV)\)")
_ASKED: Final = re.compile(r"^\s*([^=?A-Za-z]*\d[^=?A-Za-z]*?)\s*=\s*(?:\?|_+|\.{2,})?\s*$")
"""A sum with nothing behind the equals sign: 4 · (18 - 4) + 2 = ?"""
_COMMANDS: Final = re.compile(
    r"\b(?:solve|simplify|expand|factor(?:i[sz]e)?|evaluate|"
    r"find the (?:roots?|zeros?|solutions?))\b",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(r"[(\[]\s*\d{1,3}\s*(?:marks?|points?|pts?)\.?\s*[)\]]", re.IGNORECASE)
"""What an exercise is worth: (2 marks)."""
_MOST: Final = 8
_PLAIN_WORDS: Final = (
    "solve find determine calculate compute work out what is the value values of and or for if "
    "when where given that with by using use to inverse operations step steps factoring "
    "factorising factorizing factorisation factorization completing square quadratic linear "
    "formula check your answer answers solution solutions equation equations inequality "
    "inequalities system systems simultaneous simultaneously pair both all real root roots zeros "
    "following this these please then show working then unknown unknowns variable graphing "
    "which begin substitution elimination method balancing consider it its each algebraically"
)
_PLAIN: Final = frozenset(_PLAIN_WORDS.split())
_ANY_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LETTERS: Final = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")
_FURTHER: Final = re.compile(
    r"\d|[-+*/^\u2212]\s*[A-Za-z](?![A-Za-z])|[A-Za-z](?<![A-Za-z]{2})\s*[-+*/^]"
    r"|\bsquare it\b"
)
_NUMBERING: Final = re.compile(r"^\W*\d{1,3}[.)]\s")
_LABELS: Final = re.compile(
    r"(?<![-+*/^=·\u00d7÷\u2212])(?:^|(?<=\s))(?:\((\d{1,2})\)|\[(\d{1,2})\])"
    r"(?=\s+(?![-+*/^=·\u00d7÷\u2212])|[,;.]|\s*$)",
    re.MULTILINE,
)
"""The number of an equation: (1) 3x + 2y = 16."""
_ITEMS: Final = re.compile(
    r"(?<![-+*/^=·(\u00d7÷\u2212]\s)(?:^|(?<=\s))(?:\d{1,2}|[a-h])\)\s+(?![-+*/^=·\u00d7÷\u2212])"
)
_SENTENCES: Final = re.compile(r"(?<=[.;:?!)])\s+|\n")
_TASK: Final = re.compile(
    r"\W*(?:(?:also|now|and|then)\s+)?"
    r"(?:solve|simplify|expand|factor(?:i[sz]e)?|evaluate|calculate|compute|work out)\b"
    r".*(?:\d|[-+*/^=])",
    re.IGNORECASE,
)
_GAP: Final = re.compile(r"\?\s*[-+*/=<>]|[-+*/]\s*\?|\s:\s|\d:\s?\w|(?<![\w^])[A-Za-z]_?\d")
"""What the readers of relations pass over: 5 + ? = 12, 2 : 3 = 8 : x, a1 = 3."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the first line is held against."""

    text: str = ""
    """An equation, several of a system, or an expression; "" where none was found."""
    unread: bool = False
    """Whether there is one in the problem, but none, or more than one, could be read."""
    values: bool = False
    """Whether all it says is what letters are worth: x = 4."""
    form: Form = Form.SIMPLIFIED
    """How an expression has to look in the end; ``ANY`` where its words ask for another form."""
    bare: bool = True
    """Whether nothing but "solve" and the like stands beside it that could rule solutions out."""


def beginning(problem: str) -> Beginning:
    """Finds the one equation, system or expression that a problem is about.

    It is looked for in the whole text, whatever the words around it are.
    """
    problem = in_english(problem[:_LONGEST])
    text = _MARKUP.sub(" ", _DOLLARS.sub(_plain, _MARKS.sub(" ", _ROMAN.sub("\n", problem))))
    text = _ROWS.sub("\n", _SIGNS.sub(lambda found: _NAMED_SIGNS[found.group(1)], text))
    if _several_tasks(text) or _doubtful_labels(text):
        return Beginning(unread=True)
    text = _LABELS.sub("\n", text)
    text = _ASKED.sub(r"Evaluate \1", text)
    if not _RELATION.search(text):
        return _expression(text)
    found = list(dict.fromkeys(_readable(text)))
    bounded = _with_bounds(found)
    several = len(found) > 1 and not bounded
    one_by_one = several and (len(found) > _MOST or not _TOGETHER.search(problem))
    values = bool(found) and not several and _known_already(found[0])
    if not found or one_by_one or values or _GAP.search(text):
        return Beginning(unread=True, values=values)
    return Beginning(bounded or ", ".join(found), bare=_bare(text))


def _with_bounds(relations: list[str]) -> str:
    """One equation and where its unknown lies, as one text; "" for anything else."""
    shapes = {text: shape_of(text) for text in relations}
    bounds = [text for text, shape in shapes.items() if shape is not None and is_bound(shape)]
    text = ", ".join([each for each in relations if each not in bounds] + bounds)
    shape = shape_of(text) if bounds else None
    return text if shape is not None and parted(shape)[1] else ""


def _expression(text: str) -> Beginning:
    """The beginning that a text without any relation tells."""
    asked = expression_asked_about(text)
    shape = shape_of(asked)
    if isinstance(shape, Expression) and not isinstance(shape.node, Number | Symbol):
        return Beginning(asked, form=_form(text))
    return Beginning(unread=_COMMANDS.search(text) is not None)


def _several_tasks(text: str) -> bool:
    """Whether more than one thing is to be done: 1) Solve this. 2) Solve that."""
    tasks = [sentence for sentence in _SENTENCES.split(text) if _TASK.match(sentence)]
    return len(tasks) > 1 or len(_ITEMS.findall(text)) > 1


def _doubtful_labels(text: str) -> bool:
    """Whether numbers in brackets may be factors: they are not (1) and (2)."""
    labels = [int(found.group(1) or found.group(2)) for found in _LABELS.finditer(text)]
    return len(labels) == 1 or labels != list(range(1, len(labels) + 1))


def _form(text: str) -> Form:
    return next((form for words, form in _FORMS if words.search(text)), Form.SIMPLIFIED)


def _known_already(relation: str) -> bool:
    """Whether it only says what a letter is worth: the radius is r = 3."""
    shape = shape_of(relation)
    return isinstance(shape, Relation) and gives_value(shape)


def gives_value(relation: Relation) -> bool:
    """Whether a letter alone is said to be a number."""
    if relation.signs != ("=",):
        return False
    one, other = relation.sides
    if isinstance(other, Symbol):
        one, other = other, one
    return isinstance(one, Symbol) and not symbols(other)


def _bare(text: str) -> bool:
    """Whether there are only commands around the relations: no "positive", "width" or "mod"."""
    unknowns = set[str]()
    for run in relations_within(text):
        text = text.replace(run, " ")
        unknowns |= set(_LETTERS.findall(run.replace(" ", "")))
    text = _NUMBERING.sub("", text)
    # "Solve 2x = 8, then find -x" asks for more than what x is.
    further = _FURTHER.search(text) or set(_LETTERS.findall(text)) - {"a", "I"} - unknowns
    words = {word.lower() for word in _ANY_WORD.findall(text)}
    return words <= _PLAIN and not further


def _readable(text: str) -> list[str]:
    found: list[str] = []
    for run in relations_within(text):
        if shape_of(run) is not None:
            found.append(run)
        else:
            parts = [part.strip() for part in run.split(",") if _RELATION.search(part)]
            found.extend(part for part in parts if shape_of(part) is not None)
    return found


def _plain(found: re.Match[str]) -> str:
    """What stands between dollar signs, if it is mathematics and no price."""
    inner = found.group(1)
    return found.group() if _WORD.search(inner) else f" {inner} "
