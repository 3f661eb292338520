"""One small model and one medium one for this machine, and why these."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.config.settings import SettingsFile
from assistant.domain.catalogue import CatalogueEntry, CatalogueSource
from assistant.domain.machine import Machine
from assistant.domain.model import Fit, FitVerdict, ModelInfo, ModelRole, Skill
from assistant.engine.memory_fit import READING_SPEED
from assistant.hub.catalogue import preferred_format
from assistant.services.fitting import Fitting
from assistant.services.jobs import Job, Workers

AT_ONCE = 20.0
"""Tokens per second, four times what people read, from which nobody waits for a short answer."""
SHORT_MEMORY = 4096
"""Tokens; a model that reads fewer is recommended to nobody."""
DIVIDED_PACE = 8.0
"""Tokens per second that a model has to reach which only partly lies on the graphics card, where
another would lie there as a whole and answer much quicker."""
_STEADY = 0.15
"""So much slower than it should be, what was recommended in this run stays; so much quicker than
it has to be is a stronger one that takes its place. Else each busy moment named another."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A model that is recommended.

    Args:
        role: ``SMALL`` or ``MEDIUM``.
        model: As it is installed, or would be.
        source: Where it can be had.
        fit: On this machine, at the context length of the settings.
        why: One sentence.
    """

    role: ModelRole
    model: ModelInfo
    source: CatalogueSource
    fit: Fit
    why: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What is recommended for this machine.

    Args:
        machine: That it is recommended for.
        small: None where not even the smallest fits.
        medium: None where nothing better than the small one fits.
    """

    machine: Machine
    small: Recommendation | None
    medium: Recommendation | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    entry: CatalogueEntry
    source: CatalogueSource
    model: ModelInfo
    fit: Fit

    @property
    def medium(self) -> bool:
        return self.model.tier == "medium"

    @property
    def whole(self) -> bool:
        """All of it would lie on a graphics card."""
        return self.fit.gpu_share == 1

    @property
    def divided(self) -> bool:
        """A part would lie on a graphics card, and a part in main memory."""
        return 0 < self.fit.gpu_share < 1

    @property
    def sound(self) -> bool:
        """It has room here, whether it is quick or not."""
        return self.fit.verdict in (FitVerdict.FITS, FitVerdict.SLOW)

    @property
    def pace(self) -> float:
        return self.fit.speed.tokens_per_second if self.fit.speed is not None else AT_ONCE


class Recommending:
    """Chooses from the catalogue; the strongest that this machine runs well.

    Args:
        workers: Measures and judges.
        settings: The context length that memory is figured for.
        fitting: Judges.
        entries: The catalogue, the weakest at general tasks first.
        installed: The models that are here.
    """

    def __init__(
        self,
        workers: Workers,
        settings: SettingsFile,
        fitting: Fitting,
        entries: Callable[[], Sequence[CatalogueEntry]],
        installed: Callable[[], Sequence[ModelInfo]],
    ) -> None:
        self._workers = workers
        self._settings = settings
        self._fitting = fitting
        self._entries = entries
        self._installed = installed
        self._lock = threading.Lock()
        self._named: dict[ModelRole, str] = {}

    def advise(self) -> Job[Advice]:
        """What is recommended now; the first time it measures the memory for half a second."""
        return self._workers.in_pool(lambda _: self.advise_now())

    def advise_now(self) -> Advice:
        """As ``advise``, on this thread."""
        machine = self._fitting.machine.measured()
        candidates = self._candidates()
        with self._lock:
            small = self._steady(_small(candidates), candidates, AT_ONCE)
            medium = self._steady(_medium(candidates), candidates, READING_SPEED)
        if small is not None and medium is not None and medium.model.id == small.model.id:
            medium = None
        return Advice(machine, small, medium)

    def _steady(
        self, wanted: Recommendation | None, candidates: Sequence[_Candidate], pace: float
    ) -> Recommendation | None:
        """What was named before in this run, as long as little speaks against it.

        Args:
            wanted: What would be named by what is known this second.
            candidates: The weakest first.
            pace: Tokens per second that it should reach.
        """
        if wanted is None:
            return None
        places = {one.entry.name: place for place, one in enumerate(candidates)}
        before = places.get(self._named.get(wanted.role, ""))
        chosen = next(p for p, one in enumerate(candidates) if one.source is wanted.source)
        if before is not None and before != chosen:
            stays, comes = candidates[before], candidates[chosen]
            better = chosen > before and comes.pace >= pace * (1 + _STEADY)
            if not better and stays.sound and stays.pace >= pace * (1 - _STEADY):
                small = wanted.role is ModelRole.SMALL
                why = stays.model.summary if small else "Writes about as fast as you read."
                return _recommend(wanted.role, stays, why)
        self._named[wanted.role] = candidates[chosen].entry.name
        return wanted

    def _candidates(self) -> list[_Candidate]:
        length = self._settings.current.models.context_length
        here = {model.id: model for model in self._installed()}
        found: list[_Candidate] = []
        for entry in self._entries():
            source = entry.best_source(preferred_format())
            skills = source.info.skills
            if skills and skills[0] is Skill.CODE:
                continue  # it serves its own role
            if source.info.context_length < min(length, SHORT_MEMORY):
                continue  # a chat would soon be cut; it is there for those who ask for it
            model = next(
                (here[one.info.id] for one in entry.sources if one.info.id in here), source.info
            )
            fit = self._fitting.judge_source(source, model, length)
            found.append(_Candidate(entry, source, model, fit))
        return found


def _small(candidates: Sequence[_Candidate]) -> Recommendation | None:
    """The strongest small one that answers at once; else the quickest."""
    fitting = [one for one in candidates if not one.medium and _fits(one, FitVerdict.FITS)]
    quick = [one for one in fitting if one.pace >= AT_ONCE]
    if quick:
        return _recommend(ModelRole.SMALL, quick[-1], quick[-1].model.summary)
    loose = fitting or [one for one in candidates if _fits(one, FitVerdict.SLOW)]
    if not loose:
        return None
    why = "The quickest there is for this machine"
    return _recommend(ModelRole.SMALL, max(loose, key=lambda one: one.pace), f"{why}.")


def _medium(candidates: Sequence[_Candidate]) -> Recommendation | None:
    """The strongest that writes as fast as people read; else what comes nearest to it."""
    for verdict, medium, why in (
        (FitVerdict.FITS, True, "The strongest that still writes as fast as you read."),
        (FitVerdict.FITS, False, "The strongest that this machine has room and speed for."),
        (FitVerdict.SLOW, True, "The quickest of the strong ones; it takes its time."),
    ):
        fitting = [one for one in candidates if one.medium is medium and _fits(one, verdict)]
        if any(one.whole for one in fitting):
            fitting = [one for one in fitting if not one.divided or one.pace >= DIVIDED_PACE]
        if fitting:
            best = fitting[-1]
            if verdict is FitVerdict.SLOW:
                best = max(fitting, key=lambda one: one.pace)
            return _recommend(ModelRole.MEDIUM, best, why)
    return None


def _fits(candidate: _Candidate, verdict: FitVerdict) -> bool:
    said = candidate.fit.verdict
    return said is verdict or (said is FitVerdict.UNKNOWN and verdict is FitVerdict.SLOW)


def _recommend(role: ModelRole, candidate: _Candidate, why: str) -> Recommendation:
    return Recommendation(role, candidate.model, candidate.source, candidate.fit, why)
