"""Models of the planner: trained anew when it is time, tried against the rule, and rolled back."""

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, TypeVar

from assistant.domain.errors import UserFacingError
from assistant.domain.task import TaskState
from assistant.planner.learning.answered import Choice, Pair, moved, pair_of, still_said
from assistant.planner.learning.finishing import (
    PLAIN,
    RULE_PUT_OFF,
    SEQUENCE,
    FinishingModel,
    deadline,
    learn_finishing,
)
from assistant.planner.learning.keeping import from_bytes, to_bytes
from assistant.planner.learning.ranking import points_of
from assistant.planner.learning.urgency import (
    RULE,
    Chosen,
    blocking,
    choices_of,
    learn_order,
    values_of,
)
from assistant.services.jobs import Job, Workers
from assistant.services.planning.meanings import Meanings
from assistant.services.planning.past import (
    ASSUMED_MIN,
    DURATIONS,
    FINISHING,
    KINDS,
    ORDER,
    Past,
    PastReader,
)
from assistant.store.plan_models import ModelVersion, PlanModelRepository

if TYPE_CHECKING:
    from assistant.planner.learning.own_durations import OwnModel

T = TypeVar("T")
_FEWEST: Final = {DURATIONS: 40, ORDER: 8, FINISHING: 20}
"""What there has to be before it is worth a trial; each model says itself whether it is enough."""
_DONE_FIRST: Final = 0.2
"""What it is worth that one task was done before another, beside having said so."""
_SEEN: Final = "seen"
"""The figure that says how much there was at a training."""
_NEW_SHARE: Final = 1.15
"""How much more there has to be than at the last training."""


class TrainingService:
    """Trains in the pool; a model is asked only where it beat the rule on later tasks.

    Args:
        workers: The pool and the store thread.
        reader: Reads what happened.
        models: Gives the vault's repository of models; on the store thread.
        meanings: Makes likenesses of tasks.
    """

    def __init__(
        self,
        workers: Workers,
        reader: PastReader,
        models: Callable[[], PlanModelRepository],
        meanings: Meanings,
    ) -> None:
        self._workers = workers
        self._reader = reader
        self._models = models
        self._meanings = meanings
        self._lock = threading.Lock()

    def versions(self) -> Job[tuple[ModelVersion, ...]]:
        """Every version of what was learnt."""
        return self._workers.on_store(lambda: self._models().all())

    def roll_back(self, kind: str) -> Job[ModelVersion | None]:
        """Asks the version before; None where the rule is asked from now on.

        Raises (by the job):
            UserFacingError: Nothing of that name is learnt (``model_kind_unknown``).
        """

        def work() -> ModelVersion | None:
            if kind not in KINDS:
                raise UserFacingError(
                    f"Nothing called {kind} is learnt.",
                    f"There are: {', '.join(KINDS)}.",
                    code="model_kind_unknown",
                )
            return self._models().roll_back(kind)

        return self._workers.on_store(work)

    def retrain(self) -> Job[tuple[ModelVersion, ...]]:
        """Trains everything anew of which there is enough; gives the new versions."""

        def work(job: Job[tuple[ModelVersion, ...]]) -> tuple[ModelVersion, ...]:
            with self._lock:
                return self._train(self._reader.read(), KINDS, job)

        return self._workers.in_pool(work)

    def retrain_if_due(self) -> Job[bool]:
        """Trains anew where a good part is new or errors have grown; gives whether it did.

        While something is being trained, nothing else is due.
        """

        def work(job: Job[bool]) -> bool:
            if not self._lock.acquire(blocking=False):
                return False
            try:
                past = self._reader.read()
                return bool(self._train(past, self._due(past, job), job))
            finally:
                self._lock.release()

        return self._workers.in_pool(work)

    def _train(self, past: Past, kinds: Sequence[str], job: Job[Any]) -> tuple[ModelVersion, ...]:
        """Under the lock."""
        ways = {
            DURATIONS: lambda: self._train_durations(past, job),
            ORDER: lambda: self._train_order(past),
            FINISHING: lambda: self._train_finishing(past),
        }
        made: list[ModelVersion] = []
        for kind in kinds:
            job.cancel_token.raise_if_cancelled()
            one = ways[kind]()
            made += [] if one is None else [one]
            if is_lost(past, kind) and not (one and one.live):
                # Else it would stay the one that is asked, and be due for ever.
                self._workers.on_store(lambda kind=kind: self._models().roll_back(kind)).result()
        return tuple(made)

    def _due(self, past: Past, job: Job[Any]) -> tuple[str, ...]:
        """What is to be trained anew: each by how much there is to learn it from."""
        versions = self._workers.on_store(lambda: self._models().all()).result()
        due: list[str] = []
        for kind, count in _to_learn_from(past).items():
            trained = max(
                (int(one.figures.get(_SEEN, 0)) for one in versions if one.kind == kind), default=0
            )
            more = count > trained and count >= trained * _NEW_SHARE
            grown = kind == DURATIONS and self._has_drifted(past, trained, job)
            if count >= _FEWEST[kind] and (more or is_lost(past, kind) or grown):
                due.append(kind)
        return tuple(due)

    def _has_drifted(self, past: Past, trained: int, job: Job[Any]) -> bool:
        """Whether what is said of lengths has become worse since the last training."""
        from assistant.planner.learning.drift import FEWEST, has_drifted
        from assistant.planner.learning.own_durations import said_again

        tasks = past.timed_tasks
        if len(tasks) - trained < FEWEST:
            return False
        model = durations_of(past)
        hours = [task.estimate_hours for task in tasks]
        if model is not None:
            texts = [task.text for task in tasks]
            hours = said_again(model, tasks, self._meanings.likeness(texts, job))
        pairs = list(zip(tasks, hours, strict=True))[trained:]
        return has_drifted(
            [abs(math.log((one.actual_hours or said) / said)) for one, said in pairs]
        )

    def _train_durations(self, past: Past, job: Job[Any]) -> ModelVersion | None:
        from assistant.planner.learning.own_durations import FEWEST, train

        tasks = past.timed_tasks
        if len(tasks) < FEWEST:
            return None
        texts = [task.text for task in tasks]
        model, trial = train(
            tasks,
            self._meanings.likeness(texts, job),
            self._meanings.likeness(texts, job),
            job.cancel_token.raise_if_cancelled,
        )
        figures = {
            "won": trial.won,
            "tasks": len(tasks),
            "later": trial.count,
            "user": asdict(trial.user),
            "model": asdict(trial.model),
            "coverage_80": trial.coverage,
        }
        return self._add(DURATIONS, past, to_bytes(model.kept()), figures)

    def _train_order(self, past: Past) -> ModelVersion | None:
        model = learn_order([*choices_of(past.tasks), *_said_first(past)])
        if model is None:
            return None
        figures = {
            "won": model.against.model_wins,
            "choices": model.choices,
            "later": model.against.count,
            "rule_loss": model.against.rule,
            "model_loss": model.against.model,
        }
        return self._add(ORDER, past, to_bytes({"weights": list(model.weights)}), figures)

    def _train_finishing(self, past: Past) -> ModelVersion | None:
        hours = {task.id: (task.estimate_min or ASSUMED_MIN) / 60 for task in past.tasks}
        model = learn_finishing(past.record, past.now, hours)
        if model is None or model.against is None or model.put_off_against is None:
            return None
        put_off = model.put_off_against
        figures = {
            "won": model.against.model_wins,
            "tasks": model.count,
            "later": model.against.count,
            "rule_loss": model.against.rule,
            "model_loss": model.against.model,
            "put_off_won": put_off.model_wins,
            "put_off_rule_loss": put_off.rule,
            "put_off_model_loss": put_off.model,
        }
        # Each chance has its own trial; where the rule of one was better, that rule stays.
        weights = model.put_off if put_off.model_wins else RULE_PUT_OFF
        kept = {"on_time": list(model.on_time), "put_off": list(weights)}
        return self._add(FINISHING, past, to_bytes(kept), figures)

    def _add(self, kind: str, past: Past, data: bytes, figures: dict[str, Any]) -> ModelVersion:
        won = bool(figures["won"])
        figures = {**figures, _SEEN: _to_learn_from(past)[kind]}
        return self._workers.on_store(
            lambda: self._models().add(kind, past.now, data, figures, live=won)
        ).result()


def durations_of(past: Past) -> "OwnModel | None":
    """The model of durations that is asked; None where the user's figures are."""
    from assistant.planner.learning.own_durations import OwnModel

    return _learnt(past, DURATIONS, OwnModel.of)


def finishing_of(past: Past) -> FinishingModel | None:
    """The model of finishing that is asked; None where the rule is."""
    return _learnt(past, FINISHING, _finishing)


def weights_of(past: Past) -> tuple[float, ...]:
    """The weights of urgency: as learnt, else the rule's; moved by what was chosen since.

    Answers move them at once. What was only done first moves them where that has proved to tell
    something, so not while the rule is asked.
    """
    learnt = _learnt(past, ORDER, _weights)
    since = past.trained.get(ORDER)
    later = [Choice(at, more) for at, more in _said_first(past) if since is None or at > since]
    if not later and learnt is None:
        return RULE
    done = choices_of(past.tasks, since or later[0].at)
    later += [Choice(at, more, _DONE_FIRST, learnt is not None) for at, more in done]
    return moved(learnt or RULE, later)


def first_of(past: Past, weights: Sequence[float]) -> tuple[Pair, ...]:
    """Which of two open tasks the user said to come first, where that still holds."""
    if not any(pair_of(asked, answer) for _, asked, answer in past.answers):
        return ()
    tasks = past.open_tasks
    return still_said(past.answers, points_of(tasks, past.now, blocking(tasks), weights))


def _finishing(kept: Mapping[str, Any]) -> FinishingModel:
    return FinishingModel(_with_new_terms(kept["on_time"]), _with_new_terms(kept["put_off"]))


def _with_new_terms(kept: Sequence[Any]) -> tuple[float, ...]:
    """Weights of finishing; those learnt before there were terms of sequence have none of them."""
    missing = len(SEQUENCE) if len(kept) == len(PLAIN) else 0
    return _numbers((*kept, *(0.0,) * missing), len(RULE_PUT_OFF))


def _weights(kept: Mapping[str, Any]) -> tuple[float, ...]:
    return _numbers(kept["weights"], len(RULE))


def _numbers(kept: Sequence[Any], count: int) -> tuple[float, ...]:
    """Weights that can be counted with.

    Raises:
        TypeError, ValueError: They are not so many, or one is no finite number.
    """
    found = tuple(map(float, kept))
    if len(found) != count or not all(map(math.isfinite, found)):
        raise ValueError("they are no such weights")
    return found


def _learnt(past: Past, kind: str, made: Callable[[Mapping[str, Any]], T]) -> T | None:
    """What is kept of a kind; one that cannot be read, or asked, any more is as good as none."""
    data = past.models.get(kind)
    if data is None:
        return None
    try:
        return made(from_bytes(data))
    except (UserFacingError, KeyError, TypeError, ValueError, AttributeError, IndexError):
        return None


def is_lost(past: Past, kind: str) -> bool:
    """Whether a model of a kind is kept that cannot be asked any more, so that the rule is."""
    ways = {DURATIONS: durations_of, FINISHING: finishing_of}
    if kind not in past.models:
        return False
    if kind in ways:
        return ways[kind](past) is None
    return _learnt(past, kind, _weights) is None


def _to_learn_from(past: Past) -> dict[str, int]:
    """How much there is for each kind: tasks, and for their order also answers."""
    done = sum(task.state is TaskState.DONE for task in past.tasks)
    dated = [
        task.ended or end
        for task in past.tasks
        if (end := deadline(task)) is not None and task.state is not TaskState.DROPPED
    ]
    return {
        DURATIONS: len(past.timed_tasks),
        ORDER: done + sum(asked.startswith("first:") for _, asked, _ in past.answers),
        FINISHING: sum(one < past.now for one in dated),
    }


def _said_first(past: Past) -> list[Chosen]:
    """What was answered to "which comes first"."""
    tasks = {task.id: task for task in past.tasks}
    found: list[Chosen] = []
    for at, question, answer in past.answers:
        pair = pair_of(question, answer)
        if pair is None or not set(pair) <= set(tasks):
            continue
        mine, its = (values_of(tasks[one], at) for one in pair)
        found.append((at, tuple(a - b for a, b in zip(mine, its, strict=True))))
    return found
