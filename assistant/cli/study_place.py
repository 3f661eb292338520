"""``study place``: the placement test, question by question."""

import argparse
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.study_practice import asked_lines, given_value, grade_value, only_course
from assistant.domain.ids import CourseId
from assistant.services.core import Core
from assistant.services.study.placement_values import Placement, PlacementResult


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Asks, takes an answer, or says what was found out."""
    open_vault(core, output)
    placing = core.study.placing
    course = CourseId(arguments.course) if arguments.course else only_course(core)
    seconds = arguments.seconds
    if arguments.end:
        job = placing.end(course)
    elif arguments.answer is not None:
        job = placing.answer(placing.in_hand(course).result(), arguments.answer, seconds)
    elif arguments.skip:
        job = placing.not_known(placing.in_hand(course).result(), seconds)
    else:
        job = placing.begin(course, again=arguments.again)
    place = job.result()
    output.document(_value(place), _words(place))


def _value(place: Placement) -> dict[str, Any]:
    judged, given, result = place.judged, place.given, place.result
    return {
        "course": place.course,
        "number": place.number,
        "most": place.most,
        "judged": None
        if judged is None
        else grade_value(judged.grade) | {"recorded": judged.attempt is not None},
        "question": None if given is None else _question(given_value(given)),
        "result": None if result is None else _result(result),
    }


def _question(value: dict[str, Any]) -> dict[str, Any]:
    """Without what only practice has: hints, and reasons for the choice."""
    return {key: value[key] for key in value if key not in {"rungs", "credit", "doing", "why"}}


def _result(result: PlacementResult) -> dict[str, Any]:
    begin = result.begin
    return {
        "ended": result.ended,
        "replaced": result.replaced,
        "asked": result.asked,
        "right": result.right,
        "concepts": result.concepts,
        "known": [
            {
                "concept": one.concept,
                "title": result.titles[one.concept],
                "chance": round(one.chance, 4),
                "low": round(one.low, 4),
                "high": round(one.high, 4),
            }
            for one in result.known
        ],
        "begin": None
        if begin is None
        else {
            "concept": begin.concept,
            "title": result.titles[begin.concept],
            "doing": begin.doing,
            "why": [reason.words for reason in begin.reasons],
        },
        "words": result.words,
    }


def _words(place: Placement) -> str:
    lines: list[str] = []
    if place.judged is not None:
        lines += [_judged_words(place), ""]
    if place.given is not None:
        lines += [f"Question {place.number} of at most {place.most}", *asked_lines(place.given), ""]
        lines += [f"Answer it with: assistant study place {place.course} --answer YOUR-ANSWER"]
        lines += [f"Or, if you don't know: assistant study place {place.course} --skip"]
    if place.result is not None:
        lines.append(place.result.words)
        lines += [
            f"  {round(one.chance * 100)} %  {place.result.titles[one.concept]}"
            for one in place.result.known
        ]
        if place.result.ended:
            lines += [f"Take it again: assistant study place {place.course} --again"]
    return "\n".join(lines)


def _judged_words(place: Placement) -> str:
    grade = place.judged.grade if place.judged is not None else None
    if grade is None:
        return ""
    if grade.correct:
        return "Right."
    if grade.correct is None:
        return f"Not counted. {grade.words}"
    return grade.words or "Not right."
