"""``study progress``: mastery, days of study, and how well the app foretells."""

import argparse
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.services.core import Core
from assistant.services.study.progress import Calibration, CourseProgress


def run(core: Core, _: argparse.Namespace, output: Output) -> None:
    """Everything that the pictures of progress show, as figures."""
    open_vault(core, output)
    progress = core.study.progress.look().result()
    value = {
        "courses": [_course(course) for course in progress.courses],
        "answers": _calibration(progress.answers),
        "reviews": _calibration(progress.reviews),
        "days": [
            {
                "day": day.day.isoformat(),
                "answers": day.answers,
                "reviews": day.reviews,
                "minutes": round(day.minutes, 1),
            }
            for day in progress.days
        ],
        "last_seven": list(progress.last_seven),
    }
    lines = [
        f"{round(course.share * 100):>3} %  {course.course.title}: {course.mastered} of "
        f"{len(course.mastery)} concepts mastered"
        for course in progress.courses
    ]
    lines.append(f"Studied on {sum(progress.last_seven)} of the last 7 days.")
    output.document(value, "\n".join(lines))


def _course(progress: CourseProgress) -> dict[str, Any]:
    return {
        "course": progress.course.id,
        "title": progress.course.title,
        "share": round(progress.share, 4),
        "mastered": progress.mastered,
        "concepts": [
            {
                "concept": one.concept,
                "chance": round(one.chance, 4),
                "low": round(one.low, 4),
                "high": round(one.high, 4),
                "attempts": one.attempts,
                "standing": one.standing,
                "due": one.due,
            }
            for one in progress.mastery
        ],
        "over_time": [
            {
                "day": point.day.isoformat(),
                "chance": round(point.chance, 4),
                "low": round(point.low, 4),
                "high": round(point.high, 4),
            }
            for point in progress.over_time
        ],
    }


def _calibration(calibration: Calibration) -> dict[str, Any]:
    return {
        "error": round(calibration.error, 4),
        "count": calibration.count,
        "bins": [
            {"foretold": round(one.foretold, 4), "came": round(one.came, 4), "count": one.count}
            for one in calibration.bins
        ],
    }
