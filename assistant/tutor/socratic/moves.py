"""What a tutor does for a wish: a hint, a passage, an example, a check; all written or proved.

None of it is a model's: it is there at once, and true. It is looked at for the answer all the same,
for a lesson may happen to hold it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.domain.course import WorkedExample
from assistant.domain.exercise import AnswerKind, Exercise, Form
from assistant.domain.study import Rung
from assistant.tutor.courses.goals import stems
from assistant.tutor.hints.ladder import Ladder, RungState
from assistant.tutor.socratic.knowledge import Knowledge
from assistant.tutor.socratic.plain_words import plain_words
from assistant.tutor.socratic.prompts import Said, Speaker, hint_of, must_try_first
from assistant.tutor.socratic.small_talk import answer_to
from assistant.tutor.socratic.watching import OF_ANY_TASK, Watch
from assistant.tutor.socratic.wishes import Wish, term_of

_TRY: Final = "Have a first try, however rough; then there are hints. "
_KEPT: Final = "The answer stays back; what you find yourself, you keep. "
_BEGIN: Final = {
    AnswerKind.NUMBER: ("What do you know, and what is asked for?", "What would a sketch show?"),
    AnswerKind.MATH: ("What do you know, and what is asked for?", "What would you do first?"),
    AnswerKind.STEPS: ("What would you do to both sides first?", "What is in the way?"),
    AnswerKind.CHOICE: ("Which of them can you rule out, and why?", "What sets them apart?"),
    AnswerKind.SHORT: ("What does it have to do with the lesson?", "How would you say it loosely?"),
    AnswerKind.CODE: ("What goes in, and what has to come out?", "What is the smallest case?"),
    AnswerKind.NOTES: ("Where would you begin counting?", "Which notes are sure?"),
}
_WANTED: Final = {
    AnswerKind.NUMBER: "A number is wanted",
    AnswerKind.MATH: "An expression is wanted",
    AnswerKind.STEPS: "A way is wanted: a line for every step, and the solution in the last",
    AnswerKind.CHOICE: "One of the choices is right, and each of the others wrong in some way",
    AnswerKind.SHORT: "A word, a number or a few of them are wanted",
    AnswerKind.CODE: "A program is wanted. It is right when all of its tests pass",
    AnswerKind.NOTES: "Notes, chords or the like are wanted, in their order",
}
_WANTED_FORMULAS: Final = (
    (re.compile(r"[<>\u2264\u2265]|\\[lg]e"), "An inequality, or the interval it means, is wanted"),
    (
        re.compile(r"\bor\b|^\s*[A-Za-z]\s*=[^A-Za-z]*$"),
        "All solutions are wanted; write “or” between several",
    ),
    (re.compile(r"^\s*\(.*,.*\)\s*$"), "A pair is wanted, in brackets: (1, 2)"),
    (re.compile(r"="), "An equation is wanted"),
)
_FORMS: Final = {
    Form.SIMPLIFIED: ", as simple as it can be",
    Form.FACTORED: ", as a product",
    Form.EXPANDED: ", without brackets",
    Form.LOWEST_TERMS: ", in lowest terms",
}
_CHECKS: Final = {
    AnswerKind.NUMBER: "Estimate first how large it must be, then go the way back: undo what you "
    "did and see whether you come out where you began.",
    AnswerKind.MATH: "Put a small number for the letter into what is given and into what you have: "
    "both have to give the same.",
    AnswerKind.STEPS: "Put what you found into the line you began with: both sides must be equal.",
    AnswerKind.CHOICE: "Go through all of them and say of each what makes it right or wrong; one "
    "has to be left.",
    AnswerKind.SHORT: "Say in your own words how you came to it, and look at each step of that.",
    AnswerKind.CODE: "Run it: each test tells what was called, what was wanted and what came.",
    AnswerKind.NOTES: "Count the letters first, then the semitones between them.",
}
_CHECK_OUTPUT: Final = (
    "Go through the program line by line, and write down after each what every name stands for."
)
_UNSEEN: Final = "That is not right yet. Where it goes wrong cannot be seen from the answer alone. "
_CHECK_INEQUALITY: Final = (
    "Put two numbers into what is given: one that your answer takes in has to make it true, and "
    "one that it leaves out has to make it false."
)
_NO_EXAMPLE: Final = "The lesson has no further example. Read it again, or ask for a hint."
_NOT_TRIED: Final = (
    "Nothing was handed in yet. Hand in what you have: it is looked at line by line."
)
_INEQUALITY: Final = re.compile(r"[<>\u2264\u2265]|\\[lg]e")
_THAT: Final = re.compile(
    r"\b(?:that|it|this)\s+mean|\b(?:get|understand)\s+(?:it|that|this)\b", re.I
)
_ASKING: Final = OF_ANY_TASK | stems(
    "why how come what does do did when where which reason understand get please again work its "
    "may way you"
)
"""Words of a question that do not tell what it is about."""
_MOST_TERMS: Final = 2


@dataclass(frozen=True, slots=True)
class Move:
    """What is said.

    Args:
        text: Markdown.
        rung: What it is worth as help; None where that is to be seen from its words.
    """

    text: str
    rung: Rung | None = Rung.NONE


@dataclass(frozen=True, slots=True)
class Talk:
    """Where a conversation stands.

    Args:
        ladder: Of the exercise in hand.
        knowledge: What its course says.
        examples: The worked examples of its lesson, then some that are made; each once.
        message: What the learner says now.
        said: The conversation before it.
        tried: The last answer that was handed in, which was wrong; "" for none.
        mistake: Tells what was wrong with the last try, in words; "" where nothing is known.
    """

    ladder: Ladder
    knowledge: Knowledge
    examples: Callable[[], Iterator[WorkedExample]]
    message: str
    said: Sequence[Said] = ()
    tried: str = ""
    mistake: Callable[[], str] = field(default=lambda: "")

    @property
    def exercise(self) -> Exercise:
        """The exercise in hand."""
        return self.ladder.exercise


def move_for(wish: Wish, talk: Talk) -> Move | None:
    """What is done for a wish; None where nothing was written that fits.

    Nothing is said twice in a row of replies, and nothing that holds the answer.
    """
    watch = Watch(talk.exercise)
    before = {one.text for one in talk.said if one.by is Speaker.TUTOR}
    again = wish is Wish.SMALL
    fitting = (one for one in _MOVES[wish](talk) if one.text and (again or one.text not in before))
    return next((one for one in fitting if watch.leak(one.text) is None), None)


def last_resort(talk: Talk) -> Move:
    """What is said where nothing else may be: a hint that is open, or a question."""
    return move_for(Wish.NEXT, talk) or Move(_question(talk))


def _answer(talk: Talk) -> Iterator[Move]:
    kept = "" if any(one.text.startswith(_KEPT) for one in talk.said) else _KEPT
    if must_try_first(talk.ladder):
        yield Move(_TRY + _question(talk))
        return
    yield from (Move(kept + one.text, one.rung) for one in _next(talk))


def _next(talk: Talk) -> Iterator[Move]:
    if must_try_first(talk.ladder):
        yield Move(_TRY + _question(talk))
        return
    for view in talk.ladder.rungs:
        if view.state is RungState.OPEN and view.rung is not Rung.SOLUTION:
            yield Move(talk.ladder.text_of(view.rung), view.rung)
            break
    yield from _example(talk)
    yield from _passages(talk, f"{talk.exercise.idea} {talk.exercise.nudge}", own=True)
    yield Move(_question(talk))


def _mistake(talk: Talk) -> Iterator[Move]:
    if talk.ladder.tries == 0:
        yield Move(_NOT_TRIED)
        return
    yield Move(talk.mistake())
    yield Move(_UNSEEN + _how_to_check(talk.exercise))
    yield Move(_UNSEEN + _question(talk))


def _check(talk: Talk) -> Iterator[Move]:
    general = Move(_how_to_check(talk.exercise))
    if talk.exercise.kind in {AnswerKind.NOTES, AnswerKind.CHOICE, AnswerKind.SHORT}:
        yield from (Move(one.words(own=True)) for one in talk.knowledge.check())
    yield general


def _how_to_check(exercise: Exercise) -> str:
    from assistant.tutor.steps.beginning import beginning

    given = exercise.given or beginning(exercise.prompt).text
    if exercise.kind in {AnswerKind.NUMBER, AnswerKind.STEPS, AnswerKind.MATH}:
        if _INEQUALITY.search(given):
            return _CHECK_INEQUALITY
        if given.count("=") == 1:
            return f"Put what you have into `{given}`: both sides have to be equal."
    if exercise.kind is AnswerKind.SHORT and "```" in exercise.prompt:
        return _CHECK_OUTPUT
    return _CHECKS[exercise.kind]


def _example(talk: Talk) -> Iterator[Move]:
    exercise = talk.exercise
    numeric = exercise.kind in {AnswerKind.NUMBER, AnswerKind.MATH, AnswerKind.STEPS}
    number = re.escape(exercise.key.answer)
    # A number that happens to be the answer as well would be taken for it.
    says_it = re.compile(rf"(?<![\d.]){number}(?!\.?\d)" if numeric and number else r"(?!)")
    for one in talk.examples():
        text = _told(one)
        if not says_it.search(text):
            yield Move(f"{text}\n\nNow yours.")


def _asked_for_example(talk: Talk) -> Iterator[Move]:
    yield from _example(talk)
    yield Move(_NO_EXAMPLE)


def _meaning(talk: Talk) -> Iterator[Move]:
    term = term_of(talk.message)
    if term:
        yield from (Move(one.words(own=False)) for one in talk.knowledge.meaning(term))
        return
    if _THAT.search(talk.message) and talk.said:
        yield from _reason(talk)
        return
    exercise = talk.exercise
    unit = f" in {exercise.key.unit}" if exercise.key.unit else ""
    # A number is as simple as it can be.
    form = "" if exercise.kind is AnswerKind.NUMBER else _FORMS.get(exercise.key.form, "")
    wanted = f"{_wanted(exercise)}{unit}{form}."
    told = [
        next(talk.knowledge.meaning(word), None)
        for word in talk.knowledge.terms_in(f"{exercise.prompt}\n{exercise.given}")[:_MOST_TERMS]
    ]
    watch = Watch(exercise)
    meanings = [one.words(own=False) for one in told if one is not None]
    clean = [one for one in meanings if watch.leak(one) is None]
    yield Move("\n\n".join([wanted, *clean]))


def _wanted(exercise: Exercise) -> str:
    key = exercise.key.answer
    if exercise.kind is AnswerKind.MATH:
        for pattern, words in _WANTED_FORMULAS:
            if pattern.search(key):
                return words
    return _WANTED[exercise.kind]


def _reason(talk: Talk) -> Iterator[Move]:
    yield from _passages(talk, talk.message)
    last = next((one.text for one in reversed(talk.said) if one.by is Speaker.TUTOR), "")
    hint = "" if must_try_first(talk.ladder) else hint_of(talk.ladder)
    for words in (f"{last} {hint} {talk.exercise.idea}", talk.exercise.prompt):
        yield from _passages(talk, words, own=True)
    yield Move(talk.knowledge.gist())


def _small(talk: Talk) -> Iterator[Move]:
    """Thanks, a greeting, anger: a word back, which a learner may hear twice."""
    yield Move(answer_to(plain_words(talk.message)))


def _other(talk: Talk) -> Iterator[Move]:
    """What the course says of the words of an open question; a model is asked first."""
    yield from _passages(talk, talk.message)


def _passages(talk: Talk, words: str, *, own: bool = False) -> Iterator[Move]:
    for one in talk.knowledge.about(asked_about(words), reasons=True):
        if one.away == 0 or not own:
            yield Move(one.words(own=one.away == 0))


def _question(talk: Talk) -> str:
    begin = _BEGIN[talk.exercise.kind]
    return begin[sum(one.text.endswith(begin[0]) for one in talk.said) % len(begin)]


def asked_about(words: str) -> frozenset[str]:
    """Stems of the words that tell what a question is about."""
    return stems(words) - _ASKING


def likest(exercise: Exercise, examples: Sequence[WorkedExample]) -> Sequence[WorkedExample]:
    """Examples, that first which shares most words with an exercise."""
    wanted = stems(f"{exercise.prompt} {exercise.given} {exercise.idea}")
    return sorted(examples, key=lambda one: -len(wanted & stems(_told(one))))


def _told(example: WorkedExample) -> str:
    """An example as it is read: a numbered list, or programs with what is said of each."""
    programs = any("```" in step.shown for step in example.steps)
    lines = [example.problem, ""]
    for place, step in enumerate(example.steps, start=1):
        if programs:
            lines += [step.shown.strip(), "", step.why, ""]
        else:
            lines.append(f"{place}. {step.shown}{f' ({step.why})' if step.why else ''}")
    return "\n".join(lines).strip()


_MOVES: Final[dict[Wish, Callable[[Talk], Iterator[Move]]]] = {
    Wish.ANSWER: _answer,
    Wish.MISTAKE: _mistake,
    Wish.CHECK: _check,
    Wish.EXAMPLE: _asked_for_example,
    Wish.MEANING: _meaning,
    Wish.REASON: _reason,
    Wish.NEXT: _next,
    Wish.SMALL: _small,
    Wish.OTHER: _other,
}
