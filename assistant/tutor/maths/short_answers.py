"""Answers in words: a choice, a term, a few words."""

import re
import unicodedata
from typing import Final

from assistant.domain.exercise import Grade, Key, ProvedBy
from assistant.tutor.maths.code_choices import is_code, plain_code
from assistant.tutor.maths.letter_case import told_apart_by_case
from assistant.tutor.maths.near_words import are_two_terms, is_slip
from assistant.tutor.maths.reading import readings
from assistant.tutor.maths.trouble import Trouble
from assistant.tutor.maths.verdicts import right, wrong

_ARTICLES: Final = frozenset({"a", "an", "the"})
_NUMBERS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_NUMBER_WORDS: Final = {word: str(value) for value, word in enumerate(_NUMBERS.split())}
_SPELLINGS: Final = {
    "colour": "color", "centre": "center", "metre": "meter", "litre": "liter", "grey": "gray",
}  # fmt: skip
_DRESS: Final = re.compile(r"\$|\\(?:text|mathrm|textbf|left|right|,|;|!)(?![A-Za-z])|[{}]")
_PUNCTUATION: Final = re.compile(r"[^\w\s+\-*/^=<>%#♯♭]+")
_FEWEST_LETTERS: Final = 5
_CAPITALS: Final = "Here capital and small letters are two things."
_RAISED: Final = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+")
_PLAIN: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")
_SIGNS: Final = str.maketrans({"−": "-", "♭": "b", "♯": "#"})  # noqa: RUF001 - the sign itself is meant
_ARROW: Final = re.compile(r"\\(?:to|rightarrow|longrightarrow)(?![A-Za-z])|-->|->|⟶")
_LOWERED: Final = re.compile(r"(?<=[A-Za-z)])_(?=\d)")
_FIGURED: Final = re.compile(r"(?<=[IViv°øm])\^(?=[679])")
"""Of a bass: V⁷ is V7."""
_CHARGE: Final = re.compile(r"\^([+-])(?![\dA-Za-z(])")
_ANOTHER_TERM: Final = "What you wrote is another term, which is spelled nearly alike."
_LABEL: Final = re.compile(
    r"(?:(?:option|choice|answer|letter|number)\s*[:.]?\s*)?[(\[]?([a-z]|\d{1,2})[.):\]]?\)?"
)

_LABELLED: Final = re.compile(r"\s*[(\[]?([A-Ha-h])[).:\]]\s+(?=\S)")
"""The letter of a choice before its text: C) 4x."""


def grade_choice(answer: str, key: Key) -> Grade:
    """A choice is right where it is the text of the right one, in LaTeX or as typed.

    What is equal as mathematics but written otherwise is another choice. Where a choice is a line
    of a program, only spaces that mean nothing there are passed over.
    """
    accepted = (key.answer, *key.others)
    if any(answer.strip() == each.strip() for each in accepted):
        return right(by=ProvedBy.AUTHOR)
    idea = next((idea for text, idea in key.wrong if _alike(text, answer)), None)
    if idea is not None:
        return wrong(misconception=idea, by=ProvedBy.AUTHOR)
    if any(_same_choice(each, answer) for each in accepted):
        return right(by=ProvedBy.AUTHOR)
    remark = ""
    if any(plain_choice(each) == plain_choice(answer) for each in accepted):
        code = any(_alike(each, answer) for each in accepted)
        remark = "In a program capitals and spaces count." if code else _CAPITALS
    return wrong(remark, by=ProvedBy.AUTHOR)


def _same_choice(key: str, answer: str) -> bool:
    if is_code(key) or is_code(answer):
        return plain_code(key) == plain_code(answer)
    if told_apart_by_case(_undressed(key), _undressed(answer)):
        return False
    if plain_choice(answer) in _labelled(key) or plain_choice(key) in _labelled(answer):
        return True
    return plain_choice(key) == plain_choice(answer) or same_writing(answer, key)


def _labelled(text: str) -> tuple[str, ...]:
    """The letter and the text of “C) 4x”, each of which says which choice it is; else nothing."""
    label = _LABELLED.match(text)
    return () if label is None else (plain_choice(label[1]), plain_choice(text[label.end() :]))


def _alike(one: str, other: str) -> bool:
    """Whether two choices are one, up to spaces, LaTeX's dress, and case where it says nothing."""
    if plain_choice(one) != plain_choice(other):
        return False
    return not told_apart_by_case(_undressed(one), _undressed(other))


def grade_short(answer: str, key: Key) -> Grade:
    """A few words are right but for case, accents, articles, and one slip in a long word."""
    accepted = (key.answer, *key.others)
    given = bare(answer)
    same = [each for each in accepted if bare(each) == given]
    idea = _named_wrong(answer, key, same=bool(same))
    if idea is not None:
        return wrong(misconception=idea, by=ProvedBy.AUTHOR)
    if same:
        other = all(told_apart_by_case(_undressed(each), _undressed(answer)) for each in same)
        by = ProvedBy.AUTHOR
        return wrong(_CAPITALS, by=by) if other else right(by=by)
    if any(one_slip(bare(each), given) for each in accepted):
        return right("Mind the spelling.", by=ProvedBy.AUTHOR)
    if any(same_writing(answer, each) for each in accepted):
        return right(by=ProvedBy.AUTHOR)
    another = any(_is_another_term(bare(each), given) for each in accepted)
    return wrong(_ANOTHER_TERM if another else "", by=ProvedBy.AUTHOR)


def _named_wrong(answer: str, key: Key, *, same: bool) -> str | None:
    """The idea behind an answer that the key names as wrong; None where it names none.

    Sign by sign it is wrong even where it is the ``same`` as the key in bare words: "False" in
    quotes is no False, (1, 2) no [1, 2].
    """
    for glue in (" ", ""):  # a key of 42 may name 4 2 as wrong
        given = glue.join(answer.split())
        if given in [glue.join(each.split()) for each in (key.answer, *key.others)]:
            return None
        idea = next((idea for text, idea in key.wrong if glue.join(text.split()) == given), None)
        if idea is not None:
            return idea
    named = (idea for text, idea in key.wrong if bare(text) == bare(answer))
    return None if same else next(named, None)


def same_writing(answer: str, key: str) -> bool:
    """Whether two texts are the same mathematics sign by sign, as LaTeX and as plain typing."""
    first, second = readings(answer), readings(key)
    if isinstance(first, Trouble) or isinstance(second, Trouble):
        return False
    return first[0].shape == second[0].shape


def bare(text: str) -> str:
    """A text without what does not count: case, accents, spaces, points, articles."""
    text = unicodedata.normalize("NFKC", text)
    text = _DRESS.sub(" ", text).replace("−", "-").replace("–", "-")  # noqa: RUF001 - the sign itself is meant
    text = "".join(s for s in unicodedata.normalize("NFD", text) if not unicodedata.combining(s))
    words = _PUNCTUATION.sub(" ", text.casefold()).replace("_", " ").split()
    kept = [word for word in words if word not in _ARTICLES] or words
    return " ".join(_SPELLINGS.get(word, _NUMBER_WORDS.get(word, word)) for word in kept)


def plain_choice(text: str) -> str:
    """A choice without case, spaces and LaTeX's dress; its signs all count.

    But for those around a choice's letter, (B) or b., and the full stop after a sentence.
    """
    text = _undressed(text).casefold()
    label = _LABEL.fullmatch(text)
    if label:
        return label[1]
    if text[-2:-1].isalpha():
        text = text.removesuffix(".")
    return "".join(text.split())


def _undressed(text: str) -> str:
    """A text without LaTeX's dress, its raised and lowered signs typed: SO4^2-, x^2, CO2."""
    text = _RAISED.sub(lambda run: f"^{run[0].translate(_PLAIN)}", text)
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    text = _DRESS.sub("", _ARROW.sub("→", text))
    return _CHARGE.sub(r"\1", _FIGURED.sub("", _LOWERED.sub("", text))).strip()


def one_slip(key: str, answer: str) -> bool:
    """Whether an answer is the key but for one slip of the fingers in one long word.

    A word with a number in it, a short one, and a slip in a first letter do not count: a wrong
    first letter makes other words (typical, atypical). Nor does what makes another term.

    Args:
        key: As ``bare`` gives it.
        answer: As well.
    """
    keys, answers = key.split(), answer.split()
    if len(keys) != len(answers):
        return False
    differing = [pair for pair in zip(keys, answers, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    wanted, given = differing[0]
    long = len(wanted) >= _FEWEST_LETTERS and wanted.isalpha() and given.isalpha()
    near = long and wanted[0] == given[0] and _slipped(wanted, given)
    return near and not are_two_terms(wanted, given)


def _is_another_term(key: str, answer: str) -> bool:
    pairs = list(zip(key.split(), answer.split(), strict=False))
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    return len(differing) == 1 and are_two_terms(*differing[0])


def _slipped(wanted: str, given: str) -> bool:
    """One letter missing, too many, wrong, or two that changed places."""
    if abs(len(wanted) - len(given)) > 1:
        return False
    at = next(
        (i for i, (a, b) in enumerate(zip(wanted, given, strict=False)) if a != b),
        min(len(wanted), len(given)),
    )
    rest, other = wanted[at:], given[at:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    if rest[1:] == other[1:] and rest and other:
        return is_slip(rest[0], other[0])
    return rest[1:] == other or rest == other[1:] or swapped
