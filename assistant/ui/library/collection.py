"""All that is known of models, from several services, put together for the pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assistant.domain.download import Download, DownloadState
from assistant.domain.ids import ModelId
from assistant.domain.model import Fit, ModelInfo, ModelRole, ModelState, ModelStatus
from assistant.services.engine_health import ModelHealth
from assistant.ui.library.entries import Entry, state_in

Judged = tuple[ModelInfo, Fit | None]


@dataclass(slots=True)
class Collection:
    """Keeps what each service told last. No Qt and no thread: the controller fills it.

    Args:
        offered: Of the catalogue, as far as it is not installed.
        in_catalogue: Ids of all forms of its models.
    """

    installed: Sequence[Judged] = ()
    offered: Sequence[Judged] = ()
    in_catalogue: frozenset[ModelId] = frozenset()
    downloads: Sequence[Download] = ()
    status: ModelStatus = ModelStatus(ModelState.NONE)  # noqa: RUF009 - it is frozen
    health: Sequence[ModelHealth] = ()
    roles: Mapping[ModelRole, ModelId] = field(default_factory=dict[ModelRole, ModelId])
    last_used: Mapping[ModelId, datetime] = field(default_factory=dict[ModelId, datetime])

    def here(self) -> list[Entry]:
        """What is installed."""
        return [self._entry(model, fit) for model, fit in self.installed]

    def known(self) -> list[Entry]:
        """The whole catalogue; what is installed of it as it is installed."""
        return [entry for entry in self.every() if entry.model.id in self.in_catalogue]

    def every(self) -> list[Entry]:
        """What is installed, and what of the catalogue is not."""
        return self.here() + [self._entry(model, fit) for model, fit in self.offered]

    def find(self, key: str) -> Entry | None:
        """The entry of a model."""
        return next((entry for entry in self.every() if entry.key == key), None)

    def under_way(self) -> int:
        """Downloads that are not done."""
        return sum(download.state is not DownloadState.DONE for download in self.downloads)

    def _entry(self, model: ModelInfo, fit: Fit | None) -> Entry:
        state, progress, detail = state_in(self.status, model)
        return Entry(
            model,
            fit,
            None if model.installed else self._download_of(model),
            state,
            progress,
            detail,
            next((each for each in self.health if each.id == model.id), None),
            tuple(role for role in ModelRole if self.roles.get(role) == model.id),
            self.last_used.get(model.id),
        )

    def _download_of(self, model: ModelInfo) -> Download | None:
        for download in self.downloads:
            if download.state is not DownloadState.DONE and becomes(download, model):
                return download
        return None


def becomes(download: Download, model: ModelInfo) -> bool:
    """Whether a download, once it is done, is this model."""
    ordered = download.order.model
    if ordered.id and ordered.id == model.id:
        return True
    same_repo = bool(model.repo) and download.order.repo == model.repo
    return same_repo and ordered.quantization == model.quantization
