"""Everything of studying, built together, and only once it is asked for."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.config.paths import resources
from assistant.domain.cancel import CancelToken
from assistant.domain.clock import Clock
from assistant.domain.exercise import RunReport
from assistant.services.completions import Completions
from assistant.services.jobs import Workers
from assistant.services.meaning import MeaningService
from assistant.services.options import CoreOptions
from assistant.services.study.book_clearing import BookClearing
from assistant.services.study.grading import GradingService, sandbox_of
from assistant.services.vault import VaultService

if TYPE_CHECKING:
    from assistant.services.study.books import BookService
    from assistant.services.study.bringing import BringingService
    from assistant.services.study.challenges import ChallengeService
    from assistant.services.study.code_tutor import CodeTutor
    from assistant.services.study.course_library import CourseLibrary
    from assistant.services.study.decks import DeckService
    from assistant.services.study.enrolments import EnrolmentService
    from assistant.services.study.generating import GeneratingService
    from assistant.services.study.lesson_writing import LessonWriter
    from assistant.services.study.lessons import LessonService
    from assistant.services.study.outlook import OutlookService
    from assistant.services.study.placing import PlacingService
    from assistant.services.study.planning import PlanningService
    from assistant.services.study.practice import PracticeService
    from assistant.services.study.program_draft import ProgramDraftService
    from assistant.services.study.progress import ProgressService
    from assistant.services.study.proposing import ProposalService, Proposer
    from assistant.services.study.reading import ReadingService
    from assistant.services.study.reviewing import ReviewService
    from assistant.services.study.socratic import SocraticService
    from assistant.services.study.syllabus import SyllabusService
    from assistant.services.study.today import TodayService
    from assistant.services.study.word_problems import WordProblemService
    from assistant.services.study.wording import Wording
    from assistant.store.book_remains import BookRemains
    from assistant.store.books import BookRepository
    from assistant.store.cards import CardRepository
    from assistant.store.proposals import ProposalRepository
    from assistant.store.study import StudyRepository
    from assistant.store.written_lessons import WrittenLessonRepository
    from assistant.tutor.making import ExerciseMaker


class StudyServices:
    """The services of studying; what is heavy is imported with the first that needs it.

    Args:
        workers: The pool and the store thread.
        clock: Tells today.
        vault: Holds what was done.
        grading: Runs programs. This closes it.
        completions: Where answers of models come from.
        meaning: Has the model that finds books by their meaning; made after this.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        vault: VaultService,
        grading: GradingService,
        completions: Completions,
        meaning: Callable[[], MeaningService],
    ) -> None:
        self.grading = grading
        self._completions = completions
        self._meaning = meaning
        self.workers = workers
        """Do what the study rooms of the window draw off its thread."""
        self._workers = workers
        self._clock = clock
        self._vault = vault
        self.book_clearing = BookClearing(workers, self._book_remains)
        """Deletes what is left of textbooks; begun with each opening of the vault."""

    @cached_property
    def library(self) -> "CourseLibrary":
        """The courses there are."""
        from assistant.services.study.course_library import CourseLibrary

        return CourseLibrary(resources() / "courses", self._workers, self.study_repository)

    @cached_property
    def enrolments(self) -> "EnrolmentService":
        """What the learner takes and knows."""
        from assistant.services.study.enrolments import EnrolmentService

        return EnrolmentService(
            self._workers, self._clock, self.library, self.study_repository, self.card_repository
        )

    @cached_property
    def practice(self) -> "PracticeService":
        """Exercises, answers and hints."""
        from assistant.services.study.marking import Marker
        from assistant.services.study.practice import PracticeService

        return PracticeService(
            self._workers,
            self._clock,
            self.enrolments,
            self.study_repository,
            Marker(self._run_tests),
            (self.maker, self.proposals),
        )

    @cached_property
    def proposals(self) -> "ProposalService":
        """Exercises that a model proposes and code proves."""
        from assistant.services.study.proposing import ProposalService

        return ProposalService(self._workers, self._clock, self.library, self.proposer)

    @cached_property
    def proposer(self) -> "Proposer":
        """What proposing stands on."""
        from assistant.sandbox.limits import Limits
        from assistant.services.structured import StructuredService
        from assistant.services.study.proposing import Proposer
        from assistant.services.study.wording import Wording

        return Proposer(
            structured=StructuredService(self._workers, self._completions),
            ready=self._completions.model,
            model_name=Wording(self._completions, self._workers).model_name,
            run=lambda source, cancel: self.grading.sandbox.run(
                source, limits=Limits(seconds=2.0, fuel=2_000_000_000), cancel=cancel
            ),
            maker=self.maker,
            repository=self._proposal_repository,
        )

    @cached_property
    def placing(self) -> "PlacingService":
        """The placement test of a course."""
        from assistant.services.study.placing import PlacingService

        return PlacingService(self._workers, self._clock, self.practice)

    @cached_property
    def maker(self) -> "ExerciseMaker":
        """Makes exercises by chance."""
        from assistant.tutor.making import ExerciseMaker

        return ExerciseMaker(self._printed)

    @cached_property
    def generating(self) -> "GeneratingService":
        """Exercises made by chance, outside of practice."""
        from assistant.services.study.generating import GeneratingService

        return GeneratingService(self._workers, self.library, self.maker)

    @cached_property
    def reviews(self) -> "ReviewService":
        """Cards that are due."""
        from assistant.services.study.reviewing import ReviewService
        from assistant.tutor.learner.memory import Forgetting

        return ReviewService(self._workers, self._clock, self.card_repository, Forgetting)

    @cached_property
    def reading(self) -> "ReadingService":
        """How answers are understood while they are typed."""
        from assistant.services.study.reading import ReadingService

        return ReadingService(self.workers)

    @cached_property
    def bringing(self) -> "BringingService":
        """Courses and decks from elsewhere."""
        from assistant.services.study.bringing import BringingService

        return BringingService(self._workers, self._clock, self.library, self.card_repository)

    @cached_property
    def decks(self) -> "DeckService":
        """Decks that were brought."""
        from assistant.services.study.decks import DeckService

        return DeckService(self._workers, self.study_repository, self.card_repository)

    @cached_property
    def books(self) -> "BookService":
        """The learner's textbooks."""
        from assistant.services.study.books import BookService

        meaning = self._meaning()
        return BookService(
            self._workers,
            self._clock,
            self.book_repository,
            lambda: meaning.embedder,
            meaning.model_sha256,
            self.book_clearing,
        )

    @cached_property
    def lessons(self) -> "LessonService":
        """Lessons, and answers to questions about them."""
        from assistant.services.study.lessons import LessonService
        from assistant.services.study.wording import Wording

        wording = Wording(self._completions, self._workers)
        return LessonService(
            self._workers, self.library, wording, self.books.find, self._lesson_writer(wording)
        )

    @cached_property
    def socratic(self) -> "SocraticService":
        """A conversation about the exercise in hand."""
        from assistant.services.study.socratic import SocraticService
        from assistant.services.study.wording import Wording

        wording = Wording(self._completions, self._workers)
        return SocraticService(self._workers, self.practice, wording)

    @cached_property
    def code_tutor(self) -> "CodeTutor":
        """Programs looked at and explained."""
        from assistant.services.study.code_tutor import CodeTutor
        from assistant.services.study.wording import Wording

        wording = Wording(self._completions, self._workers)
        return CodeTutor(self._workers, self.grading, wording)

    @cached_property
    def program_draft(self) -> "ProgramDraftService":
        """What stands on the page of programs."""
        from assistant.services.study.program_draft import ProgramDraftService

        return ProgramDraftService(self._workers, self._clock, self.study_repository)

    @cached_property
    def word_problems(self) -> "WordProblemService":
        """Word problems, worked in sums that code computes."""
        from assistant.services.study.word_problems import WordProblemService

        return WordProblemService(self._workers, self._completions)

    @cached_property
    def challenges(self) -> "ChallengeService":
        """Programs to write and to mend."""
        from assistant.services.study.challenges import ChallengeService

        return ChallengeService(self._workers, self.library, self.grading.sandbox)

    @cached_property
    def planning(self) -> "PlanningService":
        """The way to a goal, with dates."""
        from assistant.services.study.planning import PlanningService

        return PlanningService(self._workers, self._clock, self.enrolments)

    @cached_property
    def syllabus(self) -> "SyllabusService":
        """Courses of the learner's own."""
        from assistant.services.study.syllabus import SyllabusService

        return SyllabusService(
            self._workers,
            self._clock,
            self.library,
            self._completions,
            lambda: self._meaning().embedder,
        )

    @cached_property
    def today(self) -> "TodayService":
        """What the first page of studying shows."""
        from assistant.services.study.today import TodayService

        return TodayService(
            self._workers,
            self._clock,
            lambda: self.enrolments,
            self.study_repository,
            self.card_repository,
        )

    @cached_property
    def outlook(self) -> "OutlookService":
        """Reviews and lessons of the next days."""
        from assistant.services.study.outlook import OutlookService

        return OutlookService(
            self._workers,
            self._clock,
            self.study_repository,
            self.card_repository,
            self.planning.plan_now,
        )

    @cached_property
    def progress(self) -> "ProgressService":
        """What the pictures of progress show."""
        from assistant.services.study.progress import ProgressService

        return ProgressService(
            self._workers, self._clock, self.enrolments, self.study_repository, self.card_repository
        )

    def close(self) -> None:
        """Ends what is being run, and what nobody waits for."""
        self.book_clearing.close()
        self.grading.close()

    def _printed(self, source: str) -> str:
        """What a program prints, or the name of the error that ends it."""
        done = self.grading.sandbox.run(source)
        return done.output if done.error is None else done.error.kind

    def _run_tests(self, source: str, tests: str, module: str, cancel: CancelToken) -> RunReport:
        return self.grading.sandbox.grade(source, tests, module, cancel=cancel)

    def study_repository(self) -> "StudyRepository":
        """What was done; on the store thread."""
        from assistant.store.study import StudyRepository

        return StudyRepository(self._vault.opened().engine)

    def _lesson_writer(self, wording: "Wording") -> "LessonWriter":
        from assistant.services.structured import StructuredService
        from assistant.services.study.lesson_writing import LessonWriter, Pen

        pen = Pen(
            structured=StructuredService(self._workers, self._completions),
            model_name=wording.model_name,
            search=lambda words, cancel: [one.text for one in self.books.find(words, 2, cancel)],
            run=lambda source, cancel: self.grading.sandbox.run(source, cancel=cancel),
            repository=self.written_lessons,
            maker=self.maker,
        )
        return LessonWriter(self._workers, self._clock, self.library, pen)

    def written_lessons(self) -> "WrittenLessonRepository":
        """Lessons that a model wrote; on the store thread."""
        from assistant.store.written_lessons import WrittenLessonRepository

        return WrittenLessonRepository(self._vault.opened().engine)

    def _proposal_repository(self) -> "ProposalRepository":
        from assistant.store.proposals import ProposalRepository

        return ProposalRepository(self._vault.opened().engine)

    def book_repository(self) -> "BookRepository":
        """The textbooks; on the store thread."""
        from assistant.store.books import BookRepository

        return BookRepository(self._vault.opened().engine)

    def _book_remains(self) -> "BookRemains":
        from assistant.store.book_remains import BookRemains

        return BookRemains(self._vault.opened().engine)

    def card_repository(self) -> "CardRepository":
        """The cards; on the store thread."""
        from assistant.store.cards import CardRepository

        return CardRepository(self._vault.opened().engine)


def study_services(
    options: CoreOptions,
    workers: Workers,
    vault: VaultService,
    completions: Completions,
    meaning: Callable[[], MeaningService],
) -> StudyServices:
    """Builds them; nothing is read or begun yet."""
    grading = GradingService(workers, sandbox_of(options.paths))
    return StudyServices(workers, options.clock, vault, grading, completions, meaning)
