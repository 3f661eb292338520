"""An exercise in hand, whatever practice would choose."""

from assistant.domain.exercise import AnswerKind, Exercise
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.study import Working
from assistant.services.core import Core
from tests.helpers.study_stand import NOW


def in_hand(core: Core, course: CourseId, concept: str, kind: AnswerKind) -> Exercise:
    """Puts the first exercise of a kind on a concept in hand, and lays all others aside."""
    about = core.study.library.course(course).concept(ConceptId(concept))
    exercise = next(each for each in about.exercises if each.kind is kind)

    def put() -> None:
        repository = core.study.study_repository()
        for each in repository.working():
            repository.finish(each.exercise)
        repository.keep_working(Working(exercise.id, course, about.id, NOW, 0.7))

    core.workers.on_store(put).result(60)
    return exercise
