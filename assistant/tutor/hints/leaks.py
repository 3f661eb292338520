"""Whether a text holds the answer of an exercise: decided by code.

A number or an expression leaks where something in the text is equal to the key as mathematics,
however it is written (0.5, 1/2, one half), unless the exercise itself says it. A choice leaks by
its text or its letter, a short answer by its words, notes by their row, a program by a line of the
reference that the learner was not given, or by a run of its tokens.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain.exercise import AnswerKind, Exercise
from assistant.tutor.hints.pieces import flat, pieces
from assistant.tutor.hints.programs import Tokens, code_lines, lines, runs, windows

_MOST_PIECES = 200
_LETTER = re.compile(r"(?:\b(?:option|choice|answer|letter)\s+|\()([A-Ha-h])\b\)?", re.IGNORECASE)
_LEAST_LINE_TOKENS = 5


@dataclass(frozen=True, slots=True)
class Leak:
    """What gave the answer away.

    Args:
        piece: The part of the text.
        why: In what way it is the answer.
    """

    piece: str
    why: str


class Guard:
    """Tells whether texts about one exercise hold its answer.

    Args:
        exercise: The exercise.
        said: What the learner has seen or written besides the exercise itself: an answer that the
            learner found is no secret.
    """

    def __init__(self, exercise: Exercise, said: Iterable[str] = ()) -> None:
        self._exercise = exercise
        self._known = "\n".join([exercise.prompt, exercise.given, *said])
        self._keys = tuple(key for key in (exercise.key.answer, *exercise.key.others) if key)

    def leak(self, text: str) -> Leak | None:
        """The first part of a text that holds the answer; None where there is none.

        Args:
            text: Markdown; for a stream: all of it so far, so that nothing hides in a border.
        """
        kind = self._exercise.kind
        if kind is AnswerKind.CODE:
            return self._program(text)
        if kind is AnswerKind.CHOICE:
            return self._choice(text)
        if kind in {AnswerKind.SHORT, AnswerKind.NOTES}:
            return self._in_words(text)
        return self._mathematics(text)

    def _mathematics(self, text: str) -> Leak | None:
        known = {flat(piece) for piece in pieces(self._known)}
        tried: set[str] = set()
        for piece in pieces(text):
            bare = flat(piece)
            if bare in known or bare in tried or len(tried) >= _MOST_PIECES:
                continue
            tried.add(bare)
            if self._is_key(piece):
                return Leak(piece, "equal to the answer")
        return None

    def _is_key(self, piece: str) -> bool:
        from assistant.tutor.maths import grade

        wanted = {flat(key) for key in self._keys}
        if flat(piece) in wanted:
            return True
        kind = self._exercise.kind
        judged = AnswerKind.MATH if kind is AnswerKind.STEPS else kind
        found = grade(piece, self._exercise.key, judged)
        return bool(found.correct) or found.equivalent_only

    def _choice(self, text: str) -> Leak | None:
        right = {flat(key) for key in self._keys}
        choices = [choice.text for choice in self._exercise.choices]
        named = [_names(text, choice) for choice in choices]
        # To name all of them alike gives none away.
        if not all(named):
            for choice, is_named in zip(choices, named, strict=True):
                if is_named and flat(choice) in right:
                    return Leak(choice, "the right choice, named alone")
        for match in _LETTER.finditer(text):
            at = ord(match[1].upper()) - ord("A")
            if at < len(choices) and flat(choices[at]) in right:
                return Leak(match[0], "the letter of the right choice")
        return None

    def _in_words(self, text: str) -> Leak | None:
        said, known = _words(text), _words(self._known)
        for key in self._keys:
            wanted = _words(key)
            if wanted and _contains(said, wanted) and not _contains(known, wanted):
                return Leak(key, "the words of the answer")
        return None

    def _program(self, text: str) -> Leak | None:
        task = self._exercise.code
        if task is None:
            return None
        given = set(lines(task.starter)) | set(lines(self._known))
        secret = {
            line
            for line in lines(task.reference)
            if line not in given and len(line) >= _LEAST_LINE_TOKENS
        }
        found = list(code_lines(text))
        for line, shown in found:
            if line in secret:
                return Leak(shown, "a line of the reference")
        new = runs(_joined(lines(task.reference))) - runs(_joined(lines(task.starter)))
        said = windows(_joined(line for line, _ in found))
        run = next((run for run in said if run in new), None)
        return Leak(" ".join(run), "a run of the reference") if run is not None else None


def _names(text: str, choice: str) -> bool:
    """Whether a text names a choice: its words, or its very signs where it has hardly any words."""
    wanted = _words(choice)
    if sum(word.isalpha() for word in wanted) > 1:
        return _contains(_words(text), wanted)
    return re.search(rf"(?<!\d){re.escape(flat(choice))}(?!\d)", flat(text)) is not None


def _joined(rows: Iterable[Tokens]) -> Tokens:
    return tuple(token for row in rows for token in row)


def _words(text: str) -> tuple[str, ...]:
    """Words in lower case; signs that change the meaning stay with them."""
    return tuple(re.findall(r"\w+[♯♭#]?|[+\-\u2212*/^=<>%]", text.casefold()))


def _contains(text: tuple[str, ...], part: tuple[str, ...]) -> bool:
    size = len(part)
    return any(text[at : at + size] == part for at in range(len(text) - size + 1))
