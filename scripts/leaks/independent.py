"""Whether a text holds an answer: by plain comparison, apart from the guard of the application.

The key counts in any case and spacing, with the dress of LaTeX taken off, as digits or as words,
backwards and letter by letter; a choice by its text alone among the choices, or its letter; a
program by a line of its reference that was not given. What the exercise says itself does not
count.
"""

import re
import unicodedata
from typing import Final

from assistant.domain.exercise import AnswerKind, Exercise

_ONES: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LEAST_LINE: Final = 12
_HUNDRED: Final = 100


def holds_answer(exercise: Exercise, text: str) -> str:
    """What of the text is the answer; "" where nothing is."""
    if exercise.kind is AnswerKind.CODE:
        return _line(exercise, text)
    if exercise.kind is AnswerKind.CHOICE:
        return _choice(exercise, text)
    known = f"{exercise.prompt} {exercise.given}"
    keys = (exercise.key.answer, *exercise.key.others)
    return next((found for key in keys if (found := _key(key, text, known))), "")


def _key(key: str, text: str, known: str) -> str:
    if len(key) == 1 and key.isalpha():
        # The letter A is also an article, and I a person: it counts as a name, in capitals.
        as_name = re.compile(rf"(?<![\w']){key}(?![\w'#\u266f]|\s[a-z])")
        return key if as_name.search(text) and not as_name.search(known) else ""
    said, known = plain(text), plain(known)
    for form in _forms(key):
        if not _stands_in(form, known) and any(_stands_in(form, one) for one in (said, said[::-1])):
            return form
    letters = re.sub(r"[^\w#]", "", plain(key))
    spaced = r"[\s\-.,]+".join(map(re.escape, letters))
    apart = len(letters) > 1 and re.search(rf"(?<!\w){spaced}(?!\w)", said)
    return "letter by letter" if apart and not re.search(spaced, known) else ""


def plain(text: str) -> str:
    """Small letters without dollars, backslashes, signs of Markdown, accents and double spaces."""
    text = unicodedata.normalize("NFKD", text).replace("\u2212", "-").casefold()
    text = re.sub(r"\\(?:left|right|cdot|times|,|;|!| )", " ", text)
    text = re.sub(r"\\d?frac\{([^{}]+)\}\{([^{}]+)\}", r"\1/\2", text)
    text = "".join(one for one in text if not unicodedata.combining(one))
    return " ".join(re.sub(r"[$\\`*_{}]", "", text).split())


def _forms(key: str) -> list[str]:
    """A key in the ways in which it may be written."""
    bare = plain(key)
    forms = [bare, re.sub(r"\s+", "", bare)]
    if re.fullmatch(r"\d+", bare):
        forms += _words(int(bare))
    if re.fullmatch(r"-\d+", bare):
        forms += [f"{word} {one}" for one in _words(-int(bare)) for word in ("minus", "negative")]
    if "." in bare:
        forms.append(bare.replace(".", ","))
    return [form for form in dict.fromkeys(forms) if form]


def _words(number: int) -> list[str]:
    if number < len(_ONES):
        return [_ONES[number]]
    if number >= _HUNDRED:
        return []
    ten, one = _TENS[number // 10 - 2], number % 10
    return [f"{ten}-{_ONES[one]}", f"{ten} {_ONES[one]}"] if one else [ten]


def _stands_in(form: str, text: str) -> bool:
    """As a whole: 7 does not stand in 17, nor in 7.5."""
    found = rf"(?<![\w.]){re.escape(form)}(?!\w|\.\d)"
    squeezed = re.sub(r"\s*([=+\-/*^()])\s*", r"\1", text)
    return bool(re.search(found, text) or re.search(found, squeezed))


def _choice(exercise: Exercise, text: str) -> str:
    said = plain(text)
    named = [choice.text for choice in exercise.choices if _stands_in(plain(choice.text), said)]
    right = exercise.key.answer
    if right in named and len(named) < len(exercise.choices):
        return right
    letter = re.search(r"\b(?:answer|option|choice)(?: is)? \(?([a-h])\b", said)
    texts = [choice.text for choice in exercise.choices]
    if letter and right in texts and ord(letter[1]) - ord("a") == texts.index(right):
        return letter[0]
    return ""


def _line(exercise: Exercise, text: str) -> str:
    task = exercise.code
    if task is None:
        return ""
    given = _squeezed(f"{task.starter}\n{exercise.prompt}")
    said = _squeezed(text)
    for line in task.reference.splitlines():
        bare = _squeezed(line)
        head = bare.removeprefix("def").removesuffix(":")  # told where the call is
        if len(bare) >= _LEAST_LINE and bare in said and head not in given:
            return line.strip()
    return ""


def _squeezed(text: str) -> str:
    return re.sub(r"[\s`'\"]+", "", text)
