"""Models of the planner: trained anew when it is time, tried against the rule, and rolled back."""

import math
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from assistant.domain.errors import UserFacingError
from assistant.planner.learning.finishing import FinishingModel, learn_finishing
from assistant.planner.learning.keeping import from_bytes, refused, to_bytes
from assistant.planner.learning.urgency import RULE, choices_of, learn_order, values_of
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
        return self._workers.in_pool(lambda job: self._train(self._reader.read(), job))

    def retrain_if_due(self) -> Job[bool]:
        """Trains anew where a good part is new or errors have grown; gives whether it did."""

        def work(job: Job[bool]) -> bool:
            past = self._reader.read()
            return self._is_due(past) and bool(self._train(past, job))

        return self._workers.in_pool(work)

    def _train(self, past: Past, job: Job[Any]) -> tuple[ModelVersion, ...]:
        with self._lock:
            made = (
                self._train_durations(past, job),
                self._train_order(past),
                self._train_finishing(past),
            )
        return tuple(one for one in made if one is not None)

    def _is_due(self, past: Past) -> bool:
        from assistant.planner.learning.drift import has_drifted
        from assistant.planner.learning.own_durations import FEWEST

        versions = self._workers.on_store(lambda: self._models().all()).result()
        trained = max(
            (int(one.figures.get("tasks", 0)) for one in versions if one.kind == DURATIONS),
            default=0,
        )
        count = len(past.timed_tasks)
        if count < FEWEST or count <= trained:
            return False
        new = past.timed_tasks[trained:]
        errors = [abs(math.log((one.actual_hours or 1) / one.estimate_hours)) for one in new]
        return count >= trained * _NEW_SHARE or has_drifted(errors)

    def _train_durations(self, past: Past, job: Job[Any]) -> ModelVersion | None:
        from assistant.planner.learning.own_durations import FEWEST, train

        tasks = past.timed_tasks
        if len(tasks) < FEWEST:
            return None
        texts = [task.text for task in tasks]
        model, trial = train(
            tasks, self._meanings.likeness(texts, job), self._meanings.likeness(texts, job)
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
        if model is None or model.against is None:
            return None
        figures = {
            "won": model.against.model_wins,
            "tasks": model.count,
            "later": model.against.count,
            "rule_loss": model.against.rule,
            "model_loss": model.against.model,
        }
        kept = {"on_time": list(model.on_time), "put_off": list(model.put_off)}
        return self._add(FINISHING, past, to_bytes(kept), figures)

    def _add(self, kind: str, past: Past, data: bytes, figures: dict[str, Any]) -> ModelVersion:
        won = bool(figures["won"])
        return self._workers.on_store(
            lambda: self._models().add(kind, past.now, data, figures, live=won)
        ).result()


def durations_of(past: Past) -> "OwnModel | None":
    """The model of durations that is asked; None where the user's figures are."""
    from assistant.planner.learning.own_durations import OwnModel

    kept = _kept(past, DURATIONS)
    try:
        return None if kept is None else OwnModel.of(kept)
    except (KeyError, TypeError, ValueError) as error:
        raise refused("it is another kind of model") from error


def finishing_of(past: Past) -> FinishingModel | None:
    """The model of finishing that is asked; None where the rule is."""
    kept = _kept(past, FINISHING)
    if kept is None:
        return None
    return FinishingModel(tuple(kept["on_time"]), tuple(kept["put_off"]))


def weights_of(past: Past) -> tuple[float, ...]:
    """The weights of urgency: as learnt, else the rule's."""
    kept = _kept(past, ORDER)
    return RULE if kept is None else tuple(kept["weights"])


def _kept(past: Past, kind: str) -> Any:  # noqa: ANN401 - what was kept
    data = past.models.get(kind)
    return None if data is None else from_bytes(data)


def _said_first(past: Past) -> list[tuple[float, ...]]:
    """What was answered to "which comes first"."""
    tasks = {str(task.id): task for task in past.tasks}
    found: list[tuple[float, ...]] = []
    for at, question, answer in past.answers:
        kind, _, rest = question.partition(":")
        pair = rest.split(":")
        if kind != "first" or answer not in pair or not set(pair) <= set(tasks):
            continue
        other = next(one for one in pair if one != answer)
        mine, its = (values_of(tasks[one], at) for one in (answer, other))
        found.append(tuple(a - b for a, b in zip(mine, its, strict=True)))
    return found
