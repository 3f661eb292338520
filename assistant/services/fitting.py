"""Whether a model fits this machine: estimated, and corrected by what it took and reached."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.domain.catalogue import CatalogueSource
from assistant.domain.machine import Machine, MemoryShares
from assistant.domain.model import (
    Fit,
    FitVerdict,
    KvType,
    LoadedModel,
    LoadOptions,
    MemoryUse,
    ModelInfo,
    ModelShape,
    Speed,
)
from assistant.engine.gguf_preflight import preflight
from assistant.engine.machine import own_memory
from assistant.engine.memory_fit import fit_of, kv_bytes, need_of, place
from assistant.engine.mlx.folder_shape import folder_shape
from assistant.engine.speed import (
    EFFICIENCY,
    bytes_per_token,
    estimate_speed,
    reached_bytes_per_s,
    usual,
)
from assistant.services.machine import MachineService

_FILE = "fits.json"
_USUAL_CARD = 120e9
"""Bytes per second that models reach on a modest graphics card, before anything ran on this one."""
_FASTER_SHARE, _SLOWER_SHARE = 0.5, 0.1
"""What a new answer counts: another program makes one slow, and nothing makes one fast."""
_WORTH_WRITING = 0.05


@dataclass(frozen=True, slots=True)
class Experience:
    """What is known of one model on this machine.

    Args:
        use: What its last load took.
        anyway: The user wants it loaded whatever the estimate says.
        tokens_per_second: What its answers reached lately; 0 before the first.
        bytes_per_s: What it read of the memory at that.
        on_gpu: All of it lay on the GPU.
    """

    use: MemoryUse | None = None
    anyway: bool = False
    tokens_per_second: float = 0.0
    bytes_per_s: float = 0.0
    on_gpu: bool = False


@dataclass(frozen=True, slots=True)
class FitAs:
    """How a model would fit that is loaded in a certain way.

    Args:
        thousand_bytes: What 1,024 tokens of its context take; 0 where that is not known.
        machine: That it was judged for.
    """

    fit: Fit
    thousand_bytes: int
    machine: Machine


@dataclass(frozen=True, slots=True)
class _Wish:
    """How a model shall be loaded."""

    context_length: int
    kv_type: KvType = KvType.F16
    gpu_layers: int = -1


@dataclass(frozen=True, slots=True)
class _Stored:
    models: dict[str, Experience] = field(default_factory=dict[str, Experience])


_STORED = TypeAdapter(_Stored)


class Fitting:
    """Judges models by their figures, read once each, and by what they did here before.

    From any thread but that of the window.

    Args:
        folder: Where what is learnt is kept, by the hash of the file; None forgets it.
        machine: Knows what there is.
        shape_of: The figures of a model that is not here, as the catalogue has them.
    """

    def __init__(
        self,
        folder: Path | None = None,
        machine: MachineService | None = None,
        shape_of: Callable[[ModelInfo], ModelShape | None] = lambda _: None,
    ) -> None:
        self.machine = machine or MachineService(folder)
        self._shape_of = shape_of
        self._path = folder / _FILE if folder is not None else None
        self._lock = threading.Lock()
        self._shapes: dict[Path, ModelShape] = {}
        self._loaded: dict[Path, tuple[ModelInfo, LoadedModel]] = {}
        self._known = self._read()

    # Judging

    def judge(
        self,
        model: ModelInfo,
        context_length: int,
        kv_type: KvType = KvType.F16,
        gpu_layers: int = -1,
    ) -> Fit:
        """Whether ``model`` fits what is free now; one that is not here by the catalogue.

        Args:
            model: Here or not.
            context_length: Tokens that it shall be loaded for, at most what it was trained on.
            kv_type: How keys and values shall be kept.
            gpu_layers: That shall lie on a graphics card; -1 for as many as it takes.

        Raises:
            UserFacingError: Its file is broken.
        """
        shape = self._shape(model)
        if shape is None:
            why = "How much memory it needs is not known before it is here"
            return Fit(FitVerdict.UNKNOWN, model.size_bytes, 0, why)
        length = min(context_length, model.context_length or context_length)
        return self._judge(shape, _Wish(length, kv_type, gpu_layers), self.known(model))

    def judge_as(self, model: ModelInfo, options: LoadOptions) -> FitAs:
        """Whether ``model`` fits if it is loaded so.

        Raises:
            UserFacingError: Its file is broken.
        """
        fit = self.judge(model, options.context_length, options.kv_type, options.gpu_layers)
        shape = self._shape(model)
        thousand = kv_bytes(shape, 1024, options.kv_type) if shape is not None else 0
        return FitAs(fit, thousand, self.machine.now())

    def judge_source(self, source: CatalogueSource, model: ModelInfo, context_length: int) -> Fit:
        """Whether a model of a catalogue fits, by what it did here if it is installed.

        Args:
            source: Of the catalogue.
            model: It, as it is installed or would be.
            context_length: Tokens that it would be loaded for.
        """
        length = min(context_length, source.info.context_length)
        return self._judge(source.shape, _Wish(length), self.known(model))

    def judge_shape(
        self,
        shape: ModelShape,
        context_length: int,
        kv_type: KvType = KvType.F16,
        sha256: str = "",
    ) -> Fit:
        """Whether a model of these figures would fit what is free now.

        Args:
            shape: Its figures.
            context_length: Tokens that it would be loaded for.
            kv_type: How it would keep keys and values.
            sha256: By which the store would know it; what it took when it ran here counts.
        """
        with self._lock:
            known = self._known.get(sha256, Experience())
        return self._judge(shape, _Wish(context_length, kv_type), known)

    def _judge(self, shape: ModelShape, wish: _Wish, known: Experience) -> Fit:
        machine = self.machine.now()
        need = need_of(shape, wish.context_length, known.use, wish.kv_type)
        placement = place(shape, need, machine.gpu, wish.gpu_layers)
        speed = self._speed(shape, wish, known, placement.gpu_share)
        return fit_of(need, placement, machine, speed)

    def _speed(
        self, shape: ModelShape, wish: _Wish, known: Experience, gpu_share: float
    ) -> Speed | None:
        machine = self.machine.now()
        as_measured = machine.gpu is None or wish.gpu_layers < 0
        if known.tokens_per_second > 0 and as_measured:
            return Speed(known.tokens_per_second, measured=True)
        with self._lock:
            every = tuple(self._known.values())
        host = usual(
            [one.bytes_per_s for one in every if not one.on_gpu], machine.bytes_per_s * EFFICIENCY
        )
        # Of a model that is divided, the part in main memory sets the pace.
        divided = _USUAL_CARD if 0 < gpu_share < 1 else 0.0
        gpu = usual([one.bytes_per_s for one in every if one.on_gpu], divided)
        read = bytes_per_token(shape, wish.context_length, wish.kv_type)
        return estimate_speed(read, host, gpu_share, gpu)

    def shares(self, wanted_bytes: int = 0) -> MemoryShares | None:
        """How the main memory is shared now, and what would be left beside a model.

        Args:
            wanted_bytes: What a model would take that is being looked at.
        """
        memory = self.machine.now().memory
        if memory is None:
            return None
        resident, private = own_memory()
        used = max(memory.total_bytes - memory.available_bytes - private, 0)
        left = max(memory.total_bytes - used - resident - wanted_bytes, 0)
        return MemoryShares(memory.total_bytes, used, resident, wanted_bytes, left)

    def _shape(self, model: ModelInfo) -> ModelShape | None:
        if model.path is None:
            return self._shape_of(model)
        with self._lock:
            shape = self._shapes.get(model.path)
        if shape is None:
            folder = model.path.is_dir()
            shape = folder_shape(model.path) if folder else preflight(model.path).shape
            with self._lock:
                self._shapes[model.path] = shape
        return shape

    # Learning

    def known(self, model: ModelInfo) -> Experience:
        """What was learnt of a model; nothing of one that was never loaded."""
        with self._lock:
            return self._known.get(model.sha256, Experience())

    def learn(self, model: ModelInfo, loaded: LoadedModel) -> None:
        """Takes what a load took; what cannot be written down is known until the end."""
        with self._lock:
            self._loaded[loaded.path] = model, loaded
        if loaded.memory is not None and loaded.memory.weights_bytes > 0:
            self._keep(model, replace(self.known(model), use=loaded.memory))

    def note_speed(self, path: Path, tokens_per_second: float) -> None:
        """Takes how fast an answer of a loaded model was written."""
        with self._lock:
            model, loaded = self._loaded.get(path, (None, None))
        if model is None or loaded is None or tokens_per_second <= 0:
            return
        shape = self._shape(model)
        if shape is None:
            return
        before = self.known(model)
        old = before.tokens_per_second
        share = _FASTER_SHARE if tokens_per_second > old else _SLOWER_SHARE
        rate = old + (tokens_per_second - old) * share if old > 0 else tokens_per_second
        length = loaded.context_length
        placement = place(shape, need_of(shape, length), self.machine.now().gpu)
        reached = reached_bytes_per_s(bytes_per_token(shape, length), rate)
        after = replace(
            before,
            tokens_per_second=rate,
            bytes_per_s=reached,
            on_gpu=placement.gpu_share == 1,
        )
        self._keep(model, after, worth=old <= 0 or abs(rate - old) > old * _WORTH_WRITING)

    def allow(self, model: ModelInfo) -> None:
        """From now on it is loaded whatever the estimate says."""
        self._keep(model, replace(self.known(model), anyway=True))

    def _keep(self, model: ModelInfo, experience: Experience, *, worth: bool = True) -> None:
        with self._lock:
            if not model.sha256 or self._known.get(model.sha256) == experience:
                return
            self._known[model.sha256] = experience
            if worth:
                self._write()

    def _read(self) -> dict[str, Experience]:
        if self._path is None:
            return {}
        try:
            return dict(_STORED.validate_json(self._path.read_bytes()).models)
        except (OSError, ValidationError):
            return {}  # it is learnt again with the next load

    def _write(self) -> None:
        if self._path is None:
            return
        part = self._path.with_suffix(".part")
        try:
            part.write_bytes(_STORED.dump_json(_Stored(self._known)))
            part.replace(self._path)
        except OSError:
            part.unlink(missing_ok=True)
