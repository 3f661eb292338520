"""The engine with its safeguards: who runs in a process of its own, and a note before each risk."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.config.settings import SettingsFile
from assistant.domain.cancel import CancelToken
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    TextDelta,
    Turn,
)
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.base import Engine, EventSink
from assistant.hub.catalogue import Catalogue
from assistant.services.load_marker import Doing, LoadMarker, Mark

if TYPE_CHECKING:
    from concurrent.futures import Future


_PROVEN = 16


class Trust:
    """Which model files may run in this process.

    Args:
        catalogue: Vouches for the files whose hashes it knows.
        settings: Whether the user wants the others apart.
        key_of: The hash by which the store keeps a file; empty for a file elsewhere, whose name
            anybody may have given to it.
    """

    def __init__(
        self, catalogue: Catalogue, settings: SettingsFile, key_of: Callable[[Path], str]
    ) -> None:
        self._catalogue = catalogue
        self._settings = settings
        self._key_of = key_of

    def covers(self, path: Path) -> bool:
        """Whether this file or folder may."""
        if not self._settings.current.models.isolate_imported:
            return True
        key = self._key_of(path)
        return bool(key) and self._catalogue.by_sha256(key) is not None


class GuardedEngine:
    """An ``Engine`` that decides which models run apart from this process.

    Those are the ones that are not trusted, and the one that an earlier start ended over. Of the
    others a note lies on the disk while they are loaded and until their first words.

    Args:
        engine: Does the work; heeds ``LoadOptions.isolated``.
        marker: Keeps the note.
        trusted: Whether a model file may run in this process.
    """

    def __init__(self, engine: Engine, marker: LoadMarker, trusted: Callable[[Path], bool]) -> None:
        self._engine = engine
        self._marker = marker
        self._trusted = trusted
        self._proven: deque[LoadedModel] = deque(maxlen=_PROVEN)
        """The last of those that have answered; one that has left is watched once more."""

    def suspects(self, path: Path) -> bool:
        """Whether an earlier start ended while the engine was at work on this file."""
        return self._marker.found is not None and self._marker.found.file == path.name

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> "Future[LoadedModel]":
        """See ``Engine.load``."""
        apart = options.isolated or self.suspects(path) or not self._trusted(path)
        key = None if apart else self._marker.begin(Mark(path.name, Doing.LOADING))
        loading = self._engine.load(
            path, replace(options, isolated=apart), on_progress=on_progress, cancel=cancel
        )
        if key is not None:
            loading.add_done_callback(lambda _: self._marker.end(key))
        return loading

    def unload(self, model: LoadedModel | None = None) -> "Future[None]":
        """See ``Engine.unload``."""
        return self._engine.unload(model)

    def generate(
        self,
        request: GenerationRequest,
        sink: EventSink,
        cancel: CancelToken,
        model: LoadedModel | None = None,
    ) -> None:
        """See ``Engine.generate``."""
        if model is None or any(model is known for known in self._proven):
            self._engine.generate(request, sink, cancel, model)
            return
        self._engine.generate(request, self._watched(sink, model), cancel, model)

    def count_tokens(
        self, turns: Sequence[Turn], model: LoadedModel | None = None
    ) -> "Future[int]":
        """See ``Engine.count_tokens``."""
        return self._engine.count_tokens(turns, model)

    def forget(self, cache_key: str) -> "Future[None]":
        """See ``Engine.forget``."""
        return self._engine.forget(cache_key)

    def close(self, timeout_s: float = 5.0) -> bool:
        """See ``Engine.close``."""
        ended = self._engine.close(timeout_s)
        self._marker.close()
        return ended

    def _watched(self, sink: EventSink, model: LoadedModel) -> EventSink:
        """Removes the note at the first words of a model that has not spoken before."""
        mark = Mark(model.path.name, Doing.ANSWERING)
        key = None if model.isolated else self._marker.begin(mark)
        spoke = False

        def watched(event: GenerationEvent) -> None:
            nonlocal spoke
            if not spoke and isinstance(event, TextDelta | GenerationDone | GenerationFailed):
                spoke = True
                if key is not None:
                    self._marker.end(key)
                if isinstance(event, TextDelta):
                    self._prove(model)
            sink(event)

        return watched

    def _prove(self, model: LoadedModel) -> None:
        self._proven.append(model)
        if self.suspects(model.path):
            self._marker.forgive()
