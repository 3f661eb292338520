"""How many layers go to a graphics card."""

from dataclasses import dataclass

import pytest

from assistant.domain.machine import Gpu
from assistant.domain.model import LoadOptions, ModelShape
from assistant.engine.llama.offload import layers_for
from assistant.engine.llama.settings import ContextSettings

GB = 10**9
SHAPE = ModelShape(4_680_000_000, 4_400_000_000, 28, 4, 128, 128, 3584, 152_064, 0, 18_944)
SETTINGS = ContextSettings(4096, (2, 2))


@dataclass
class _Library:
    offloads: bool = True

    def llama_supports_gpu_offload(self) -> bool:
        return self.offloads


def _layers(*cards: Gpu, chosen: int = -1, offloads: bool = True) -> int:
    options = LoadOptions(gpu_layers=chosen)
    return layers_for(options, SHAPE, SETTINGS, _Library(offloads), lambda: cards)


def test_what_is_chosen_holds() -> None:
    assert _layers(Gpu("card", 8 * GB, 8 * GB), chosen=7) == 7
    assert _layers(Gpu("card", 8 * GB, 8 * GB), chosen=0) == 0


def test_a_library_that_cannot_is_asked_for_nothing() -> None:
    assert _layers(Gpu("card", 8 * GB, 8 * GB), offloads=False) == 0


@pytest.mark.parametrize(
    ("free_gb", "least", "most"), [(8.0, -1, -1), (3.0, 5, 20), (1.5, 0, 5), (0.2, 0, 0)]
)
def test_as_many_go_there_as_fit(free_gb: float, least: int, most: int) -> None:
    assert least <= _layers(Gpu("card", 8 * GB, int(free_gb * GB))) <= most


def test_where_there_is_one_memory_or_nobody_knows_the_library_decides() -> None:
    assert _layers(Gpu("chip", 8 * GB, GB, unified=True)) == -1
    assert _layers() == -1
