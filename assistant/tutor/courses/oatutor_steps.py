"""OATutor's steps as exercises: a skill is a concept, a lesson a unit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from assistant.domain.course import Concept, Course, Lesson, Unit
from assistant.domain.exercise import AnswerKind, Choice, Exercise, Key
from assistant.domain.ids import ConceptId, CourseId, ExerciseId
from assistant.tutor.courses.building import AUTHORED
from assistant.tutor.courses.foreign import ForeignFolder, finished
from assistant.tutor.courses.naming import kebab, one_line, plain, unused
from assistant.tutor.courses.revealing import reveals
from assistant.tutor.courses.schema import MOST_ITEMS, MOST_LINE, MOST_TEXT

_FIGURE = re.compile(r"##[^#\n]+##|!\[|<img", re.IGNORECASE)
_VARIABLE = re.compile(r"@\{(\w+)\}")
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d+)*|\.\d+)")
_HINT_RUNGS = 3
_MOST_CONCEPTS = 1000
_MOST_HINTS = 59


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint of a pathway, or a question that leads on, with its answers."""

    title: str
    text: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One question, as OATutor has it."""

    file: str
    """Where it stands, for what is said about it."""
    id: str
    course: str
    lesson: str
    problem: str
    text: tuple[str, ...]
    """Body of the problem, title and body of the step."""
    answers: tuple[str, ...]
    kind: tuple[str, str]
    """``TextBox`` or ``MultipleChoice``, and ``arithmetic``, ``numeric`` or ``string``."""
    choices: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    skills: tuple[str, ...] = ()
    credit: str = ""
    licence: str = ""
    variants: Mapping[str, str] = field(default_factory=dict[str, str])
    """One value for each ``@{name}``."""

    def under(self, course: str, lesson: str, skill: str) -> "Step":
        """The step as one of a lesson and a skill."""
        return replace(self, course=course, lesson=lesson, skills=(skill,))


def course_of_steps(
    title: str, steps: Iterable[Step], source: ForeignFolder, language: str = "en"
) -> Course | None:
    """A course of the steps that can be used; None where there are none.

    OATutor states no order between skills, so no concept requires another; they stand in the order
    of the lessons. Lessons are left to be written.
    """
    name = one_line(title, 200) or "OATutor"
    course_id = CourseId(kebab(name, "oatutor"))
    builder = _Builder(course_id, source)
    kept = [step for step in steps if builder.add(step)]
    if not kept:
        return None
    credited = sorted({_credit(one) for step in kept for one in (step.credit,) if one})
    licences = sorted({_credit(step.licence) for step in kept if step.licence})
    return finished(
        Course(
            id=course_id,
            version=1,
            title=name,
            description=f"{name}, from the content of OATutor.",
            language=language if re.fullmatch(r"[a-z]{2,3}", language) else "en",
            subject="mathematics",
            units=builder.units(),
            concepts=builder.concepts(),
            licence=one_line("; ".join(licences), MOST_LINE),
            source=plain(
                "OATutor (https://www.oatutor.io), by its authors"
                + ("; adapted from " + "; ".join(credited) if credited else "")
                + ". Converted to this format; hints shortened to three, figures left out.",
                MOST_TEXT,
            ),
        )
    )


def _credit(text: str) -> str:
    """``https://… <Name>`` as “Name (https://…)”."""
    found = re.fullmatch(r"\s*(\S+)\s*<([^<>]+)>\s*", text)
    return one_line(f"{found[2]} ({found[1]})" if found else text, 300)


class _Builder:
    def __init__(self, course: CourseId, source: ForeignFolder) -> None:
        self._course = course
        self._source = source
        self._concept_of: dict[str, ConceptId] = {}
        self._titles: dict[ConceptId, str] = {}
        self._lessons: dict[str, list[ConceptId]] = {}
        self._exercises: dict[ConceptId, dict[str, Exercise]] = {}

    def add(self, step: Step) -> bool:
        """Takes a step up, or keeps why not."""
        filled = self._filled(step)
        if filled is None:
            return False
        skill = filled.skills[0] if filled.skills else filled.lesson or filled.problem
        if skill not in self._concept_of and len(self._concept_of) == _MOST_CONCEPTS:
            self._source.skip(step.file, f"Beyond the first {_MOST_CONCEPTS} skills.")
            return False
        title = one_line(skill.replace("_", " "), 200).capitalize() or "Practice"
        concept = self._concept_of.get(skill) or self._named(title)
        inside = self._exercises.get(concept, {})
        if len(inside) == MOST_ITEMS:
            self._source.skip(step.file, f"Beyond the first {MOST_ITEMS} exercises of its skill.")
            return False
        name = unused(kebab(filled.id, "step"), inside)
        exercise = _exercise(filled, ExerciseId(f"{self._course}/{concept}/{name}"), concept)
        if not self._source.sound(step.file, exercise):
            return False
        self._place(skill, concept, title, one_line(filled.lesson, 200) or "Practice")
        self._exercises[concept][name] = exercise
        return True

    def _named(self, title: str) -> ConceptId:
        return ConceptId(unused(kebab(title, "skill"), self._titles))

    def _place(self, skill: str, concept: ConceptId, title: str, lesson: str) -> None:
        if skill in self._concept_of:
            return
        self._concept_of[skill] = concept
        self._titles[concept] = title
        self._exercises[concept] = {}
        key = next((one for one in self._lessons if one.casefold() == lesson.casefold()), lesson)
        self._lessons.setdefault(key, []).append(concept)

    def _filled(self, step: Step) -> Step | None:
        """The step with values for its variables; None where one is missing or a figure needed."""

        def fill(text: str) -> str:
            return _VARIABLE.sub(lambda found: step.variants.get(found[1], found[0]), text)

        filled = replace(
            step,
            text=tuple(fill(one) for one in step.text),
            answers=tuple(fill(one) for one in step.answers),
            choices=tuple(fill(one) for one in step.choices),
            hints=tuple(
                Hint(fill(h.title), fill(h.text), tuple(fill(a) for a in h.answers))
                for h in step.hints
            ),
        )
        asked = [*filled.text, *filled.answers, *filled.choices]
        if any(_VARIABLE.search(one) for one in asked):
            self._source.skip(step.file, "It has variables without values.")
        elif any(_FIGURE.search(one) for one in asked):
            self._source.skip(step.file, "It needs a figure.")
        elif not filled.answers:
            self._source.skip(step.file, "It has no answer.")
        else:
            return filled
        return None

    def units(self) -> tuple[Unit, ...]:
        return tuple(Unit(lesson, tuple(inside)) for lesson, inside in self._lessons.items())

    def concepts(self) -> tuple[Concept, ...]:
        return tuple(
            Concept(
                id=concept,
                title=title,
                summary=f"{title}.",
                lesson=Lesson(""),
                exercises=tuple(self._exercises[concept].values()),
            )
            for concept, title in self._titles.items()
        )


def _exercise(step: Step, name: ExerciseId, concept: ConceptId) -> Exercise:
    choice = step.kind[0] == "MultipleChoice"
    answers = list(dict.fromkeys(_line(one) if choice else _bare(one) for one in step.answers))
    choices = tuple(dict.fromkeys(_line(one) for one in step.choices)) if choice else ()
    rungs = [*_rungs(step, answers), "", "", ""]
    return Exercise(
        id=name,
        concept=concept,
        kind=_kind(step, answers[0]),
        prompt=_text("\n\n".join(one.strip() for one in step.text if one.strip())) or step.problem,
        key=Key(answers[0], others=() if choice else tuple(answers[1:])),
        proof=AUTHORED,
        title=one_line(step.problem, 200),
        nudge=rungs[0],
        idea=rungs[1],
        part=rungs[2],
        solution=(*_worked(step), _answer_line(answers[0], step)),
        choices=tuple(Choice(one) for one in choices),
    )


def _kind(step: Step, answer: str) -> AnswerKind:
    if step.kind[0] == "MultipleChoice":
        return AnswerKind.CHOICE
    if step.kind[1] == "string":
        return AnswerKind.SHORT
    return AnswerKind.NUMBER if _NUMBER.fullmatch(answer) else AnswerKind.MATH


def _rungs(step: Step, answers: list[str]) -> list[str]:
    """The first hints that give nothing away."""
    told = [_text(hint.text) for hint in step.hints]
    fit = [one for one in told if one and not _FIGURE.search(one) and not _VARIABLE.search(one)]
    return [one for one in fit if not any(reveals(one, key) for key in answers)][:_HINT_RUNGS]


def _worked(step: Step) -> list[str]:
    lines: list[str] = []
    for hint in step.hints[:_MOST_HINTS]:
        answer = f" → {_line(hint.answers[0])}" if hint.answers else ""
        line = _text(hint.text) or _text(hint.title)
        if line and not _VARIABLE.search(line + answer):
            lines.append(line + answer)
    return lines


def _answer_line(answer: str, step: Step) -> str:
    mathematical = step.kind[1] != "string" and step.kind[0] != "MultipleChoice"
    return f"The answer: ${answer}$" if mathematical else f"The answer: {answer}"


def _text(text: str) -> str:
    """OATutor's ``$$…$$`` stands within lines; here that is ``$…$``."""
    broken = re.sub(r"<br\s*/?>", "\n\n", text, flags=re.IGNORECASE).replace("\\n", "\n")
    inline = re.sub(r"\$\$(.+?)\$\$", r"$\1$", broken, flags=re.DOTALL)
    return plain(re.sub(r"\n{3,}", "\n\n", inline), MOST_TEXT)


def _line(text: str) -> str:
    return one_line(_text(text), MOST_LINE)


def _bare(text: str) -> str:
    """An answer without the dollar signs around it."""
    line = _line(text)
    whole = re.fullmatch(r"\$([^$]+)\$", line)
    return whole[1].strip() if whole else line
