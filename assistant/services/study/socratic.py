"""A conversation about the exercise in hand that guides, and never tells before the last rung."""

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from assistant.domain.cancel import CancelToken
from assistant.domain.course import Concept, WorkedExample
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.exercise import AnswerKind
from assistant.domain.generation import GenerationRequest, SamplingParams
from assistant.domain.ids import ExerciseId
from assistant.domain.study import Rung
from assistant.services.completions import Completion
from assistant.services.jobs import Workers
from assistant.services.streams import EventStream, Reading, Text, Waiting
from assistant.services.study.practice import Given, PracticeService
from assistant.services.study.remedies import mistake_in, remedy_of
from assistant.services.study.wording import Wording
from assistant.tutor.hints.held_back import HeldBack
from assistant.tutor.hints.ladder import Ladder
from assistant.tutor.lessons.twins import made_examples
from assistant.tutor.socratic.guesses import HAND_IN, is_guess
from assistant.tutor.socratic.knowledge import Knowledge
from assistant.tutor.socratic.lines import said_of_line
from assistant.tutor.socratic.moves import Move, Talk, asked_about, last_resort, likest, move_for
from assistant.tutor.socratic.prompts import (
    Said,
    Speaker,
    known_of,
    must_try_first,
    turns_for,
)
from assistant.tutor.socratic.watching import Watch, helps, shown
from assistant.tutor.socratic.wishes import Wish, wish_of

_SAMPLING: Final = SamplingParams(temperature=0.5, repeat_penalty=1.1, max_tokens=120)
_LONGEST: Final = 1_000
_MOST_SAID: Final = 12
_MOST_SHOWN: Final = 4
_FOR_THE_IDEA: Final = 3
"""So many replies that help are as much as the second rung."""
_PASSAGES: Final = 2
_MOST_MADE: Final = 4
"""Examples that are made, besides those of the lesson."""
_SILENCE: Final = "What have you tried, and where are you stuck?"
_MOST_WRONG: Final = 3
"""Lines that are called wrong before the next try: after them none is looked at, right or wrong."""
_ENOUGH: Final = (
    "Enough single lines for now. Hand in what you have: then it is looked at as a whole."
)
_RUN_IT: Final = "Run it and hand it in: the tests tell at once."


@dataclass(frozen=True, slots=True)
class GuidedReply:
    """One reply.

    Args:
        text: What is shown; it takes the place of the text so far.
        ladder: Where the learner stands now; its ``credit`` is what a right answer is worth.
        cost: Share of the credit that this reply took: 0 to 1.
        held_back: Whether what the model wrote held the answer and was not shown.
        replaced: Whether a model was asked, and nothing of what it wrote may be shown.
        model: Who was asked; "" where no model was, or none could answer.
        missing: Why no model could answer, in words; "" where one did.
        stopped: Whether it was cancelled before its end.
    """

    text: str
    ladder: Ladder
    cost: float = 0.0
    held_back: bool = False
    replaced: bool = False
    model: str = ""
    missing: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Guided:
    """The last event of a reply."""

    reply: GuidedReply


@dataclass(frozen=True, slots=True)
class NotGuided:
    """The last event where there is no such exercise in hand."""

    error: UserFacingError


GuidedEvent = Waiting | Reading | Text | Guided | NotGuided


class GuidedAnswer(EventStream[GuidedEvent]):
    """A reply under way: any number of Waiting, Reading and Text, then one end.

    Text comes in whole sentences, each looked at before it is shown.
    """

    def __init__(self) -> None:
        super().__init__((Guided, NotGuided))


class SocraticService:
    """Talks about an exercise; what was said is remembered until the program ends.

    “Just tell me” is ``PracticeService.hint(exercise, told=True)``, and recorded as help.

    Args:
        workers: The pool.
        practice: Knows the exercise in hand, and charges for help.
        wording: Has a model write.
        seed: Of the sampling; None draws one for each reply.
    """

    def __init__(
        self,
        workers: Workers,
        practice: PracticeService,
        wording: Wording,
        seed: int | None = None,
    ) -> None:
        self._workers = workers
        self._practice = practice
        self._wording = wording
        self._seed = seed
        self._lock = threading.Lock()
        self._said: dict[ExerciseId, tuple[Said, ...]] = {}
        self._helped: dict[ExerciseId, int] = {}
        self._wrong: dict[tuple[ExerciseId, int], int] = {}
        self._stood: dict[ExerciseId, Ladder] = {}

    def said(self, exercise: ExerciseId) -> tuple[Said, ...]:
        """The conversation about an exercise so far."""
        with self._lock:
            return self._said.get(exercise, ())

    def ask(self, exercise: ExerciseId, message: str) -> GuidedAnswer:
        """Replies to what a learner says about the exercise in hand; never waits.

        What is asked in so many words is done at once, without a model: the next hint, an example
        and a passage of the lesson, what a word means, what was wrong with the last try, how to
        check a result, whether a line in between is right. To read the lesson costs nothing; a
        hint costs what its rung does. A guess gets no verdict: it is to be handed in.

        An open question goes to a model. Before the first try it only asks. A reply that says more
        than a question costs as much as the first rung, the third such reply as much as the
        second.
        """
        answer = GuidedAnswer()
        message = message.strip()[:_LONGEST]

        def work() -> None:
            given = self._practice.helped(exercise, Rung.NONE)  # a placement test has no help
            self._begin_anew(given)
            talk = self._talk(given, message, answer.cancel_token)
            move = self._of_line(talk, given.concept) or _at_once(talk)
            if move is None:
                _Reply(self, answer, given, talk).begin(self._wording, self._workers, self._seed)
                return
            self.end(answer, given, message, GuidedReply(move.text, given.ladder), move.rung)

        self._workers.in_pool(lambda _: work()).on_done(lambda job: _refuse(answer, job.error))
        return answer

    def end(
        self,
        answer: GuidedAnswer,
        given: Given,
        message: str,
        reply: GuidedReply,
        rung: Rung | None = None,
    ) -> None:
        """Charges for a reply, remembers it and ends its stream.

        Args:
            answer: The stream.
            given: The exercise.
            message: What the learner said.
            reply: What is shown.
            rung: What it is worth; None where that is to be seen from its words.
        """
        exercise = given.exercise.id
        if rung is None:
            rung = self._worth(given.ladder, reply.text)
        try:
            ladder = self._practice.helped(exercise, rung).ladder
        except UserFacingError as error:
            answer.put(NotGuided(error))  # it was answered or laid aside meanwhile
            return
        with self._lock:
            new = (Said(Speaker.LEARNER, message), Said(Speaker.TUTOR, reply.text))
            self._said[exercise] = (*self._said.get(exercise, ()), *new)[-_MOST_SAID:]
            self._stood[exercise] = ladder
        cost = max(given.ladder.credit - ladder.credit, 0.0)
        answer.put(Guided(replace(reply, ladder=ladder, cost=cost)))

    def _talk(self, given: Given, message: str, cancel: CancelToken) -> Talk:
        exercise = given.exercise
        tried = self._last_try(given)

        def mistake() -> str:
            grade = self._practice.marker.grade(exercise, tried, cancel)
            return mistake_in(given.concept, exercise, tried, grade)

        def examples() -> Iterator[WorkedExample]:
            yield from likest(exercise, given.concept.lesson.worked)
            generator = exercise.id.partition(":")[0]
            made = made_examples(given.concept, self._practice.maker, generator)
            yield from (example for _, example in islice(made, _MOST_MADE))

        course = self._practice.library.course(given.course)
        return Talk(
            given.ladder,
            Knowledge(course, given.concept),
            examples,
            message,
            self.said(exercise.id),
            tried,
            mistake,
        )

    def _last_try(self, given: Given) -> str:
        """The last answer that was handed in; what is only typed gets no verdict here."""
        if given.ladder.tries == 0:
            return ""
        attempts = self._practice.enrolments.view(given.course).attempts
        own = [one for one in attempts if one.exercise == given.exercise.id]
        return max(own, key=lambda one: one.when).answer if own else ""

    def _begin_anew(self, given: Given) -> None:
        """Forgets what was said of an exercise that is given once more."""
        exercise, ladder = given.exercise.id, given.ladder
        with self._lock:
            before = self._stood.get(exercise, ladder)
            if ladder.tries < before.tries or ladder.rung < before.rung:
                del self._said[exercise], self._stood[exercise]
                self._helped.pop(exercise, None)
                self._wrong = {key: many for key, many in self._wrong.items() if key[0] != exercise}

    def _of_line(self, talk: Talk, concept: Concept) -> Move | None:
        """What is said of a line in between; None where the message has none."""
        line = said_of_line(talk.exercise, talk.message)
        if line is None or line.right is None:
            return Move(line.text) if line is not None else None
        place = talk.exercise.id, talk.ladder.tries
        with self._lock:
            wrong = self._wrong.get(place, 0)
            self._wrong[place] = wrong + (not line.right)
        if wrong >= _MOST_WRONG:
            return Move(_ENOUGH)
        text = f"{line.text} {remedy_of(concept, line.misconception)}".strip()
        return Move(text, Rung.NONE if line.right else None)

    def _worth(self, ladder: Ladder, text: str) -> Rung:
        """Which rung words are worth that help: none where they only ask.

        Before the first try no rung is open, so that none above the first is charged.
        """
        if not helps(text):
            return Rung.NONE
        exercise = ladder.exercise.id
        with self._lock:
            count = self._helped[exercise] = self._helped.get(exercise, 0) + 1
        tried = ladder.tries > 0 or not ladder.attempt_first
        return Rung.IDEA if count >= _FOR_THE_IDEA and tried else Rung.NUDGE


class _Reply:
    """One reply of a model, looked at sentence by sentence before it is shown."""

    def __init__(
        self, service: SocraticService, answer: GuidedAnswer, given: Given, talk: Talk
    ) -> None:
        self._service = service
        self._answer = answer
        self._given = given
        self._talk = talk
        self._held = HeldBack(Watch(given.exercise))
        self._pieces: deque[str] = deque()
        self._shown: list[str] = []
        self._lock = threading.Lock()
        self._writing = CancelToken()
        self._asks_only = must_try_first(given.ladder)
        lesson = given.concept.lesson.explanation
        found = islice(talk.knowledge.about(asked_about(talk.message)), _PASSAGES)
        self._passages = tuple(
            one.text for one in found if Watch(given.exercise).leak(one.text) is None
        )
        self._about = (*known_of(given.ladder, lesson, given.concept.summary), *self._passages)

    def begin(self, wording: Wording, workers: Workers, seed: int | None) -> None:
        """Has it written."""
        given, talk = self._given, self._talk
        turns = turns_for(talk.ladder, talk.said, talk.message, talk.tried, self._passages)
        request = GenerationRequest(
            turns, replace(_SAMPLING, seed=seed), cache_key=f"socratic {given.exercise.id}"
        )
        # The reply is given up with the answer, but not the other way round: a leak ends it too.
        self._answer.cancel_token.watch(self._writing.cancel)

        def hear(event: Waiting | Reading | Text) -> None:
            if not isinstance(event, Text):
                self._answer.put(event)
                return
            self._pieces.append(event.text)
            # Sentences are looked at in the pool: the engine must not wait for it.
            workers.in_pool(lambda _: self._look())

        def done(outcome: Completion | BaseException) -> None:
            self._look()
            self._finish(outcome, wording)

        wording.stream(request, self._writing, hear, done)

    def _look(self) -> None:
        with self._lock:
            while self._pieces:
                self._show(self._held.add(self._pieces.popleft()))
                if self._held.leak is not None:
                    self._writing.cancel()

    def _show(self, piece: str) -> None:
        text = shown(piece, self._about, questions_only=self._asks_only)
        echo = text.strip('"\u201c\u201d ').casefold() in self._talk.message.casefold()
        if text and not echo and text not in self._shown and len(self._shown) < _MOST_SHOWN:
            self._answer.put(Text(f" {text}" if self._shown else text))
            self._shown.append(text)

    def _finish(self, outcome: Completion | BaseException, wording: Wording) -> None:
        with self._lock:
            self._show(self._held.close())
        text = " ".join(self._shown)
        held = self._held.leak is not None
        reply = GuidedReply(text, self._given.ladder, held_back=held)
        if isinstance(outcome, Completion):
            reply = replace(reply, model=wording.name_of(outcome))
        elif self._answer.cancel_token.cancelled:
            self._answer.put(Guided(replace(reply, stopped=True)))
            return
        elif isinstance(outcome, UserFacingError):
            reply = replace(reply, missing=f"{outcome.message} {outcome.hint}".strip())
        rung = None
        if not reply.text or any(one.text == reply.text for one in self._talk.said):
            # Nothing of it may be shown, or it was said before.
            move = move_for(Wish.OTHER, self._talk) or last_resort(self._talk)
            reply, rung = replace(reply, text=move.text, replaced=True), move.rung
        self._service.end(self._answer, self._given, self._talk.message, reply, rung)


def _at_once(talk: Talk) -> Move | None:
    """What needs no model; None where the question is open."""
    if not talk.message:
        return Move(_SILENCE)
    if is_guess(talk.exercise, talk.message):
        return Move(_RUN_IT if talk.exercise.kind is AnswerKind.CODE else HAND_IN)
    wish = wish_of(talk.message)
    return None if wish is Wish.OTHER else move_for(wish, talk)


def _refuse(answer: GuidedAnswer, error: BaseException | None) -> None:
    if error is None or answer.ended:
        return
    if not isinstance(error, UserFacingError):
        stopped = isinstance(error, Cancelled)
        words = "It was given up." if stopped else "Something went wrong in Lamplight."
        error = UserFacingError(words, "Try again.", code="cancelled" if stopped else "internal")
    answer.put(NotGuided(error))
