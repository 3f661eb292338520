"""Everything of planning, built together, and only once it is asked for."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.domain.schedule import WeekPlan
from assistant.services.completions import Completions
from assistant.services.jobs import Workers
from assistant.services.meaning import MeaningService
from assistant.services.options import CoreOptions
from assistant.services.planning.home_zone import HomeZone
from assistant.services.study.services import StudyServices
from assistant.services.vault import VaultService

if TYPE_CHECKING:
    from assistant.services.planning.acting import ActingService
    from assistant.services.planning.adding import AddingService
    from assistant.services.planning.arranging import ArrangingService
    from assistant.services.planning.asking_model import LineAsker
    from assistant.services.planning.calendar_importing import Shelves
    from assistant.services.planning.calendars import CalendarService
    from assistant.services.planning.colliding import CollidingService
    from assistant.services.planning.completing import CompletingService
    from assistant.services.planning.desk import PlanningDesk
    from assistant.services.planning.editing import EditingService
    from assistant.services.planning.evaluating import EvaluationService
    from assistant.services.planning.learning import LearningService
    from assistant.services.planning.listing import ListingService
    from assistant.services.planning.meanings import Meanings
    from assistant.services.planning.own_words import OwnWords
    from assistant.services.planning.past import PastReader
    from assistant.services.planning.projects import ProjectService
    from assistant.services.planning.proposing import ProposingService
    from assistant.services.planning.questions import QuestionService
    from assistant.services.planning.reading import LineReader
    from assistant.services.planning.remedying import RemedyService
    from assistant.services.planning.scheduling import SchedulingService
    from assistant.services.planning.settings import PlanSettings
    from assistant.services.planning.tasks import TaskService
    from assistant.services.planning.timing import TimeService
    from assistant.services.planning.training import TrainingService
    from assistant.services.structured import StructuredService
    from assistant.store.plan_models import PlanModelRepository
    from assistant.store.plan_settings import PlanSettingsRepository
    from assistant.store.tasks import TaskRepository


class PlanningServices:
    """The services of planning; what is heavy is imported with the first that needs it.

    Args:
        options: Has the clock.
        workers: The pool and the store thread.
        vault: Holds tasks, plans and calendars.
        completions: Where answers of models come from.
        study: Has the lessons and reviews that want room in a week.
        meaning: Has the model that finds tasks by their meaning; made after this.
    """

    def __init__(
        self,
        options: CoreOptions,
        workers: Workers,
        vault: VaultService,
        completions: Completions,
        study: StudyServices,
        meaning: Callable[[], MeaningService],
    ) -> None:
        self.workers = workers
        """Do what the planning rooms of the window draw off its thread."""
        self._options = options
        self._workers = workers
        self._vault = vault
        self._completions = completions
        self._study = study
        self._meaning = meaning
        self.home = HomeZone(options.clock)
        vault.on_opened(self._read_zone)

    @cached_property
    def evaluating(self) -> "EvaluationService":
        """How good predictions are on data from files."""
        from assistant.services.planning.evaluating import EvaluationService

        return EvaluationService(self._workers)

    @cached_property
    def learning(self) -> "LearningService":
        """What is to come, by what was done."""
        from assistant.services.planning.learning import LearningService

        return LearningService(self._workers, self._past, self._meanings, self._plan)

    @cached_property
    def training(self) -> "TrainingService":
        """Models of the user's own."""
        from assistant.services.planning.training import TrainingService

        return TrainingService(self._workers, self._past, self.model_repository, self._meanings)

    @cached_property
    def questions(self) -> "QuestionService":
        """What the planner would like to know."""
        from assistant.services.planning.questions import QuestionService

        return QuestionService(self._workers, self.desk, self._past)

    @cached_property
    def _past(self) -> "PastReader":
        from assistant.services.planning.past import PastReader

        return PastReader(self._workers, self.desk, self.settings_repository, self.model_repository)

    @cached_property
    def _meanings(self) -> "Meanings":
        from assistant.services.planning.meanings import Meanings

        return Meanings(lambda: self._meaning().embedder)

    @cached_property
    def reading(self) -> "LineReader":
        """Lines in the user's own words, read as tasks."""
        from assistant.services.planning.reading import LineReader

        return LineReader(self.now)

    @cached_property
    def desk(self) -> "PlanningDesk":
        """Where all planning is written, undone, and told of."""
        from assistant.services.planning.desk import PlanningDesk

        desk = PlanningDesk(self._workers, self.now, self.task_repository)
        # The zone of home can also change by undoing.
        desk.on_changes(lambda one: self._read_zone() if "plansetting" in one.tables else None)
        return desk

    @cached_property
    def tasks(self) -> "TaskService":
        """Tasks."""
        from assistant.services.planning.tasks import TaskService

        return TaskService(self.desk)

    @cached_property
    def completing(self) -> "CompletingService":
        """Tasks that end."""
        from assistant.services.planning.completing import CompletingService

        return CompletingService(self.desk)

    @cached_property
    def adding(self) -> "AddingService":
        """Lines made tasks."""
        from assistant.services.planning.adding import AddingService

        return AddingService(self.desk, self.reading, self.words)

    @cached_property
    def listing(self) -> "ListingService":
        """Tasks as they are listed, with their parts."""
        from assistant.services.planning.day import DayReader
        from assistant.services.planning.listing import ListingService

        day = DayReader(self._plan, self.calendars.events_now)
        return ListingService(self._workers, self.desk, self.tasks, self._past, day)

    @cached_property
    def arranging(self) -> "ArrangingService":
        """Where tasks stand."""
        from assistant.services.planning.arranging import ArrangingService

        return ArrangingService(self.desk)

    @cached_property
    def editing(self) -> "EditingService":
        """Changes named in words."""
        from assistant.services.planning.editing import EditingService

        return EditingService(self.desk, self.reading, self.words.vocabulary_now)

    @cached_property
    def acting(self) -> "ActingService":
        """Sentences that tell the planner what to do."""
        from assistant.services.planning.acting import ActingService, Means

        means = Means(
            self.adding,
            self.completing,
            lambda: self.scheduling,
            lambda: self.learning,
            self._structured,
            lambda: self._completions.ready,
            lambda: self.home.zone,
            self._options.face,
        )
        return ActingService(self._workers, self.desk, means)

    @cached_property
    def asking(self) -> "LineAsker":
        """Lines that the grammar is unsure of, asked of a model."""
        from assistant.services.planning.asking_model import LineAsker

        return LineAsker(
            self._workers,
            self._structured,
            self.now,
            lambda: self._completions.ready,
            lambda: self._completions.parameters,
        )

    @cached_property
    def words(self) -> "OwnWords":
        """The user's own words."""
        from assistant.services.planning.own_words import OwnWords

        return OwnWords(self.desk, self.settings_repository)

    @cached_property
    def timing(self) -> "TimeService":
        """The time spent on tasks."""
        from assistant.services.planning.timing import TimeService

        return TimeService(self.desk)

    @cached_property
    def projects(self) -> "ProjectService":
        """Projects."""
        from assistant.services.planning.projects import ProjectService

        return ProjectService(self.desk)

    @cached_property
    def settings(self) -> "PlanSettings":
        """Working hours, the zone of home, and the user's answers."""
        from assistant.services.planning.settings import PlanSettings

        return PlanSettings(self.desk, self.settings_repository)

    @cached_property
    def calendars(self) -> "CalendarService":
        """The user's calendars."""
        from assistant.services.planning.calendars import CalendarService

        return CalendarService(
            self._workers, self._shelves, self.desk, lambda: self.home.zone, self._plan
        )

    @cached_property
    def proposing(self) -> "ProposingService":
        """Where a line would get its place."""
        from assistant.services.planning.proposing import ProposingService

        return ProposingService(self._workers, self.desk, self.scheduling, lambda: self.adding)

    @cached_property
    def colliding(self) -> "CollidingService":
        """What takes place where something else stands."""
        from assistant.services.planning.colliding import CollidingService

        return CollidingService(self._workers, self.desk, lambda: self.scheduling)

    @cached_property
    def remedies(self) -> "RemedyService":
        """What would make a task fit, done at a word."""
        from assistant.services.planning.remedying import RemedyService

        return RemedyService(
            self._workers, self.desk, self.scheduling, self.completing, self.settings_repository
        )

    @cached_property
    def scheduling(self) -> "SchedulingService":
        """Weeks and why they are as they are."""
        from assistant.services.planning.gathering import Sources
        from assistant.services.planning.scheduling import SchedulingService
        from assistant.store.plans import PlanRepository

        sources = Sources(
            lambda: PlanRepository(self._vault.opened().engine, self.home.zone),
            self.settings_repository,
            self.settings,
            self.calendars.busy_now,
            self._study.outlook.look_now,
            lambda: self.home.zone,
            self._past.read,
            self.learning.learnt_now,
        )
        return SchedulingService(self._workers, self.desk, sources)

    def _plan(self) -> WeekPlan | None:
        """The plan that counts; on the store thread."""
        from assistant.store.plans import PlanRepository

        return PlanRepository(self._vault.opened().engine, self.home.zone).current()

    def _shelves(self) -> "Shelves":
        """What an import of a calendar writes to; on the store thread."""
        from assistant.services.planning.calendar_importing import Shelves
        from assistant.store.calendars import CalendarRepository
        from assistant.store.plans import PlanRepository

        engine = self._vault.opened().engine
        calendars, plans = CalendarRepository(engine), PlanRepository(engine, self.home.zone)
        return Shelves(calendars, self.task_repository(), self.settings_repository(), plans)

    def now(self) -> datetime:
        """The present moment in the user's zone."""
        return self.home.now()

    def _structured(self) -> "StructuredService":
        from assistant.services.structured import StructuredService

        return StructuredService(self._workers, self._completions)

    def model_repository(self) -> "PlanModelRepository":
        """Models that were learnt; on the store thread."""
        from assistant.store.plan_models import PlanModelRepository

        return PlanModelRepository(self._vault.opened().engine)

    def task_repository(self) -> "TaskRepository":
        """Tasks and the journal of planning; on the store thread."""
        from assistant.store.tasks import TaskRepository

        return TaskRepository(self._vault.opened().engine, self.home.zone)

    def settings_repository(self) -> "PlanSettingsRepository":
        """Settings and the user's own words; on the store thread."""
        from assistant.store.plan_settings import PlanSettingsRepository

        return PlanSettingsRepository(self._vault.opened().engine)

    def _read_zone(self) -> None:
        from assistant.domain.zones import zone_named

        name = self.settings_repository().get("zone")
        self.home.use(zone_named(name) if isinstance(name, str) else None)
