"""The command line of ``study``: what may be said of studying, and nothing of what it does.

An action is a function here that adds it, in ``_ACTIONS``, and a line in ``assistant.cli.study``.
"""

import argparse
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

_LARGEST_CARD: Final = 2**63 - 1
_NEGATIVE: Final = re.compile(r"^-(?!-)")
Add = Callable[..., argparse.ArgumentParser]
"""Adds an action by its name, a line of help, and a longer description."""


def add_study_actions(add: Add) -> None:
    """Adds every action of ``study``."""
    for action in _ACTIONS:
        action(add)


def _add_grade(add: Add) -> None:
    grade = add(
        "grade",
        "run tests against a program",
        "Runs unittest or plain test functions that import the program by its name, both sealed "
        "off from this machine and from each other.",
    )
    grade.add_argument("file", type=Path, metavar="FILE", help="the program, such as flatten.py")
    grade.add_argument("--tests", type=Path, metavar="FILE", required=True)


def _add_locate(add: Add) -> None:
    locate = add(
        "locate",
        "find the first wrong step of a way to an answer",
        'FILE holds JSON: {"problem", "steps": [...], "reference_solution"?}.',
    )
    locate.add_argument("file", type=Path, metavar="FILE")
    locate.add_argument(
        "--with-model",
        action="store_true",
        help="where FILE has no right way to compare with, have the model propose one",
    )


def _add_work(add: Add) -> None:
    work = add(
        "work",
        "work a word problem",
        "The model proposes which sums to do, several times; code computes them and says how far "
        "the proposals agree.",
    )
    work.add_argument("words", nargs="+", metavar="PROBLEM")


def _add_check(add: Add) -> None:
    check = add(
        "check",
        "grade one answer",
        "Compares an answer with the expected one: as mathematics, as a number with its unit, as "
        "the text of a choice, as a few words, or as music.",
    )
    # WORKAROUND(https://github.com/python/cpython/issues/53580): -3x is an answer, not an option.
    vars(check)["_negative_number_matcher"] = _NEGATIVE
    check.add_argument("--answer", required=True, metavar="TEXT")
    check.add_argument("--expected", required=True, metavar="TEXT")
    check.add_argument(
        "--kind", required=True, choices=("math", "number", "choice", "short", "notes")
    )
    check.add_argument(
        "--form",
        default="any",
        choices=("any", "simplified", "factored", "expanded", "lowest_terms"),
        help="what an equal answer has to look like besides",
    )
    check.add_argument("--unit", default="", metavar="UNIT", help="such as cm or m/s")
    check.add_argument(
        "--tolerance", type=_tolerance, default=0.0, metavar="X", help="relative: 0.01 is 1 %%"
    )


def _tolerance(text: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("the tolerance is not a number") from error
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError("the tolerance is not from 0 to below 1")
    return value


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("the seconds are not a number") from error
    if not 0 <= value < math.inf:
        raise argparse.ArgumentTypeError("the seconds are not 0 or more")
    return value


def _hours(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("the hours are not a number") from error


def _card(text: str) -> int:
    try:
        value = int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("the card is not a number") from error
    if abs(value) > _LARGEST_CARD:
        raise argparse.ArgumentTypeError("there is no such card")
    return value


def _add_courses(add: Add) -> None:
    courses = add(
        "courses", "list the courses", "Without COURSE all of them; with it its concepts."
    )
    courses.add_argument("course", nargs="?", metavar="COURSE")
    enroll = add("enroll", "take a course", "What was done in it before counts.")
    enroll.add_argument("course", metavar="COURSE")
    enroll.add_argument("--by", metavar="DAY", help="until when: 2026-12-19, “in 3 weeks”")
    enroll.add_argument("--hours", type=_hours, metavar="H", help="a week")
    leave = add("leave", "take a course no longer", "What was done in it is kept.")
    leave.add_argument("course", metavar="COURSE")
    leave.add_argument("--forget", action="store_true", help="forget what was done in it as well")
    plan = add(
        "plan",
        "plan the way to a goal",
        "From what is known to the goal, in sessions with dates; and what would help where the "
        "goal can't be reached in time.",
    )
    plan.add_argument("course", metavar="COURSE")
    plan.add_argument("--learn", metavar="WORDS", help="the goal in your own words")
    plan.add_argument("--goal", action="append", metavar="CONCEPT", help="may be given again")
    plan.add_argument("--by", metavar="DAY", help="until when: 2026-12-19, “in 3 weeks”")
    plan.add_argument("--hours", type=_hours, metavar="H", help="a week")


def _add_syllabus(add: Add) -> None:
    draft = add(
        "draft",
        "draft a course of your own",
        "For a subject that has no course: the model proposes, its proposals are checked and "
        "mended, and you change what you like. Without a model there is an outline to fill in.",
    )
    draft.add_argument("subject", metavar="SUBJECT")
    draft.add_argument("--concepts", type=int, default=12, metavar="N", help="about how many")
    draft.add_argument("--language", default="en", metavar="CODE")
    draft.add_argument("--title", action="append", metavar="TITLE", help="your own concepts")
    draft.add_argument("--outline", action="store_true", help="ask no model")
    draft.add_argument("--show", action="store_true", help="do not keep it")
    edit = add(
        "edit",
        "change a course of your own",
        "rename CONCEPT TITLE; add TITLE; remove CONCEPT; move CONCEPT --unit N; requires CONCEPT "
        "[CONCEPT ...]; unit N TITLE.",
    )
    edit.add_argument("course", metavar="COURSE")
    edit.add_argument("change", choices=("rename", "add", "remove", "move", "requires", "unit"))
    edit.add_argument("what", metavar="CONCEPT")
    edit.add_argument("words", nargs="*", metavar="WORDS")
    edit.add_argument("--unit", type=int, metavar="N", help="counted from 1")
    edit.add_argument("--position", type=int, metavar="N", help="in the unit, counted from 1")
    edit.add_argument("--unit-title", metavar="TITLE", help="of a new unit")
    edit.add_argument("--summary", metavar="TEXT", help="what one can do who has learnt it")
    edit.add_argument("--requires", action="append", metavar="CONCEPT", help="may be given again")
    discard = add("discard", "throw a course of your own away", "What was done in it is kept.")
    discard.add_argument("course", metavar="COURSE")


def _add_practice(add: Add) -> None:
    following = add(
        "next", "give the next exercise", "The one in hand, where there is one, or the next."
    )
    following.add_argument(
        "course", nargs="?", metavar="COURSE", help="the one begun last if left out"
    )
    following.add_argument("--concept", metavar="CONCEPT", help="about this concept")
    following.add_argument("--skip", action="store_true", help="lay the one in hand aside")
    following.add_argument(
        "--proposed",
        action="store_true",
        help="another kind: the model proposes one, and it is shown once code has proved its key",
    )
    answer = add("answer", "answer an exercise", "Grades the answer and records it.")
    # WORKAROUND(https://github.com/python/cpython/issues/53580): -3x is an answer, not an option.
    vars(answer)["_negative_number_matcher"] = _NEGATIVE
    answer.add_argument("exercise", metavar="EXERCISE", help="its id, as “study next” gave it")
    answer.add_argument("words", nargs="*", metavar="TEXT")
    answer.add_argument(
        "--file", type=Path, metavar="FILE", help="the answer; - for standard input"
    )
    answer.add_argument("--seconds", type=_seconds, metavar="S", help="how long it took")
    hint = add("hint", "show the next hint", "An attempt comes first; each hint costs credit.")
    hint.add_argument("exercise", metavar="EXERCISE")
    hint.add_argument("--tell", action="store_true", help="show the whole solution at once")


def _add_placement(add: Add) -> None:
    place = add(
        "place",
        "find out where to begin in a course",
        "A placement test: a few questions, without hints, until it is known which lessons can be "
        "left out. Without an option it gives the question in hand, the next one, or the result; "
        "it can be left at any time and gone on with. It can be taken again at any time: once that "
        "is ended, it takes the place of the test before; what practice earned stays.",
    )
    place.add_argument("course", nargs="?", metavar="COURSE", help="the one begun last if left out")
    # WORKAROUND(https://github.com/python/cpython/issues/53580): -3x is an answer, not an option.
    vars(place)["_negative_number_matcher"] = _NEGATIVE
    ways = place.add_mutually_exclusive_group()
    ways.add_argument("--answer", metavar="TEXT", help="the answer to the question in hand")
    ways.add_argument("--skip", action="store_true", help="“I don't know”: this is an answer too")
    ways.add_argument("--end", action="store_true", help="stop here, and say what was found out")
    ways.add_argument(
        "--again", action="store_true", help="from the first question, with others where there are"
    )
    place.add_argument("--seconds", type=_seconds, metavar="S", help="how long it took")


def _add_lessons(add: Add) -> None:
    lesson = add(
        "lesson",
        "show the lesson of a concept",
        "With --ask a question about it is answered, from the lesson and from your books, and "
        "every sentence is looked up in them.",
    )
    lesson.add_argument("concept", metavar="CONCEPT")
    lesson.add_argument("--course", metavar="COURSE", help="the first that has it if left out")
    lesson.add_argument("--ask", metavar="TEXT", help="what you want to know")
    lesson.add_argument(
        "--write", action="store_true", help="have a model write it, where there is none"
    )
    ask = add(
        "ask",
        "talk about the exercise in hand",
        "Replies guide and do not hold the answer; one that helps costs what a hint costs.",
    )
    # WORKAROUND(https://github.com/python/cpython/issues/53580): -3x may be said, and is no option.
    vars(ask)["_negative_number_matcher"] = _NEGATIVE
    ask.add_argument("exercise", metavar="EXERCISE")
    ask.add_argument("words", nargs="+", metavar="TEXT")
    books = add(
        "books",
        "keep textbooks",
        "list; add FILE (a PDF, an EPUB, Markdown or text); rename ID TITLE; remove ID; search "
        "WORDS.",
    )
    books.add_argument("what", choices=("list", "add", "rename", "remove", "search"))
    books.add_argument("words", nargs="*", metavar="WORDS")


def _add_exchange(add: Add) -> None:
    bring = add(
        "import",
        "bring a course or a deck in",
        "FILE is a folder or a .zip with a course.toml, Exercism's Python track or OATutor's "
        "content; or a deck of Anki's (.apkg).",
    )
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--name", metavar="COURSE", help="which one, where there are several")
    bring.add_argument(
        "--replace", action="store_true", help="take the place of a course of yours with its id"
    )
    export = add("export", "write cards for Anki", "The cards of a course as a deck (.apkg).")
    export.add_argument("course", metavar="COURSE")
    export.add_argument("file", type=Path, metavar="FILE")


def _add_generate(add: Add) -> None:
    generate = add(
        "generate",
        "make exercises by chance",
        "Each has a key that was proved on another way than it was made, and a difficulty.",
    )
    generate.add_argument("--course", metavar="COURSE", help="all courses if left out")
    generate.add_argument("--concept", metavar="CONCEPT", help="all in turn if left out")
    generate.add_argument("--count", type=int, metavar="N", default=10, help="10 if left out")
    generate.add_argument(
        "--difficulty", type=float, metavar="D", help="from 1 to 5; all in turn if left out"
    )


def _add_looking_back(add: Add) -> None:
    review = add(
        "review",
        "review what is due",
        "Without CARD what is due; with it, how well the card came back.",
    )
    review.add_argument("card", nargs="?", type=_card, metavar="CARD")
    review.add_argument("recall", nargs="?", choices=("again", "hard", "good", "easy"))
    review.add_argument("--course", metavar="COURSE")
    review.add_argument("--seconds", type=_seconds, metavar="S", help="how long it took")
    add("progress", "show what is known", "Mastery, days of study, and how well it was foretold.")


def _add_code(add: Add) -> None:
    analyse = add(
        "analyse",
        "look at a program",
        "What it does, what goes wrong, style, how involved it is: read off its structure, by "
        "ruff, and from a run that is sealed off from this machine. With --explain a model says it "
        "in words, each sentence held against what was found.",
    )
    analyse.add_argument("file", type=Path, metavar="FILE", help="a program; - for standard input")
    analyse.add_argument("--typed", type=Path, metavar="FILE", help="what is typed into it")
    analyse.add_argument("--no-run", action="store_true", help="do not run it")
    analyse.add_argument("--explain", action="store_true", help="have a model explain it")
    analyse.add_argument(
        "--for",
        dest="level",
        choices=("beginner", "intermediate", "advanced"),
        default="beginner",
        help="to whom",
    )
    trace = add(
        "trace",
        "run a program step by step",
        "Each step with its line, what changed, and the variables; the program is sealed off.",
    )
    trace.add_argument("file", type=Path, metavar="FILE", help="a program; - for standard input")
    trace.add_argument("--typed", type=Path, metavar="FILE", help="what is typed into it")
    challenge = add(
        "challenge",
        "give a program to write or to mend",
        "Drawn by --seed from the courses and from tasks that are made by chance; each was proved "
        "to be solvable. Grade it with “study grade”.",
    )
    challenge.add_argument("--level", type=int, choices=range(1, 6), metavar="N", help="1 to 5")
    challenge.add_argument("--topic", default="", metavar="T", help="such as recursion")
    challenge.add_argument("--debug", action="store_true", help="a broken program, to be mended")
    challenge.add_argument("--list", action="store_true", help="list those to write")
    challenge.add_argument(
        "--to", type=Path, metavar="FOLDER", help="write the program and its tests there"
    )


_ACTIONS: Final[tuple[Callable[[Add], None], ...]] = (
    _add_courses,
    _add_syllabus,
    _add_practice,
    _add_placement,
    _add_lessons,
    _add_exchange,
    _add_looking_back,
    _add_generate,
    _add_check,
    _add_grade,
    _add_locate,
    _add_work,
    _add_code,
)
