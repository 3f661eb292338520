"""What is wrong with a course in the content format, all at once.

    python scripts/check_course.py FOLDER [FOLDER …]

Ends with 1 where something is wrong. The format is described in resources/docs/courses.md.
"""

import sys
from pathlib import Path

from assistant.tutor.courses.reading import check_course, read_course


def main(folders: list[str]) -> int:
    """Prints the problems of each folder, or what the course holds."""
    if not folders:
        print(__doc__)
        return 2
    broken = False
    for folder in map(Path, folders):
        problems = check_course(folder)
        broken = broken or bool(problems)
        for problem in problems:
            print(f"{folder.name}/{problem}")
        if not problems:
            print(f"{folder.name}: {_holds(folder)}")
    return int(broken)


def _holds(folder: Path) -> str:
    course = read_course(folder)
    exercises = sum(len(concept.exercises) for concept in course.concepts)
    cards = sum(len(concept.cards) for concept in course.concepts)
    bare = [c.id for c in course.concepts if not c.exercises and not c.generators]
    unwritten = [c.id for c in course.concepts if not c.lesson.explanation]
    words = f"{len(course.concepts)} concepts, {exercises} exercises, {cards} cards"
    words += f"; no lesson in {', '.join(unwritten)}" if unwritten else ""
    return words + (f"; nothing to practise in {', '.join(bare)}" if bare else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
