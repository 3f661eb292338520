"""The machine: its processors, and how fast its memory is."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.model import KvType, ModelShape
from assistant.engine import speed
from assistant.engine.devices import (
    amd_cards,
    find_gpus,
    machine_now,
    read_nvidia,
    reported,
)
from assistant.engine.machine import own_memory
from assistant.engine.speed import (
    bytes_per_token,
    estimate_speed,
    reached_bytes_per_s,
    read_speed,
    undisturbed,
    usual,
)

SHAPE = ModelShape(500_000_000, 480_000_000, 24, 2, 64, 64, 896, 151_936)


def test_the_machine_is_described() -> None:
    machine = machine_now(gpus=())
    assert machine.memory is not None
    assert machine.cores >= 1
    assert machine.gpu is None


def test_graphics_processors_are_looked_for_without_failing() -> None:
    for gpu in find_gpus():
        assert gpu.name
        assert 0 <= gpu.free_bytes <= gpu.total_bytes


def test_what_the_drivers_tool_says_is_read() -> None:
    said = "NVIDIA GeForce RTX 4080, 16376, 15012\nGarbage\nOld card, N/A, N/A\n"
    [card] = read_nvidia(said)
    assert (card.name, card.total_bytes >> 20, card.free_bytes >> 20) == (
        "NVIDIA GeForce RTX 4080",
        16376,
        15012,
    )
    assert not card.usable, "a library that was built for it reports it itself"
    assert read_nvidia("") == ()


def test_what_the_kernel_says_of_amds_cards_is_read(tmp_path: Path) -> None:
    for index, vendor in enumerate(("0x1002", "0x8086", "0x1002")):
        device = tmp_path / f"card{index}" / "device"
        device.mkdir(parents=True)
        (device / "vendor").write_text(f"{vendor}\n", encoding="ascii")
        if index < 2:
            (device / "mem_info_vram_total").write_text("8589934592\n", encoding="ascii")
            (device / "mem_info_vram_used").write_text("1073741824\n", encoding="ascii")
    [card] = amd_cards(tmp_path)
    assert (card.total_bytes, card.free_bytes) == (8 << 30, 7 << 30)


class _Function:
    """Stands for a function of a C library, whose types are set before it is called."""

    def __init__(self, work: Callable[..., object]) -> None:
        self.work = work
        self.restype: object = None
        self.argtypes: object = None

    def __call__(self, *given: object) -> object:
        return self.work(*given)


def _memory_of(_: int, free: Any, total: Any) -> None:
    free._obj.value, total._obj.value = 6 << 30, 8 << 30


def _kind_of(device: int) -> int:
    return device - 100


def _device(index: int) -> int:
    return 100 + index


class _Ggml:
    """Two devices, as ggml reports them: the processor and a card."""

    def __init__(self) -> None:
        self.ggml_backend_dev_count = _Function(lambda: 2)
        self.ggml_backend_dev_get = _Function(_device)
        self.ggml_backend_dev_type = _Function(_kind_of)
        self.ggml_backend_dev_description = _Function(lambda *_: b"A card")
        self.ggml_backend_dev_memory = _Function(_memory_of)


def test_what_the_engine_reports_is_believed() -> None:
    [card] = reported(_Ggml())
    assert (card.name, card.free_bytes, card.total_bytes) == ("A card", 6 << 30, 8 << 30)
    assert card.usable


def test_the_speed_of_the_memory_is_measured() -> None:
    assert 1e8 < read_speed(2, 4 << 20) < 1e13
    assert undisturbed([20.0, 21.0, 39.0, 20.0, 40.0, 99.0]) == 40.0, "most passes were disturbed"
    assert undisturbed([20.0]) == 20.0


def test_a_thread_that_never_comes_to_the_start_holds_nobody_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[threading.Thread] = []
    start = threading.Thread.start

    def all_but_the_second(thread: threading.Thread) -> None:
        begun.append(thread)
        if len(begun) == 2:
            thread.run = lambda: None
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", all_but_the_second)
    monkeypatch.setattr(speed, "_START_S", 0.2)
    assert read_speed(2, 1 << 20) > 0
    assert len(begun) > 2


def test_a_token_reads_the_weights_and_what_was_said() -> None:
    assert bytes_per_token(SHAPE, 0) == SHAPE.token_bytes
    half = bytes_per_token(SHAPE, 4096, KvType.Q8_0) - SHAPE.token_bytes
    assert half == pytest.approx((bytes_per_token(SHAPE, 4096) - SHAPE.token_bytes) * 34 / 64)


def test_speed_follows_from_the_memory_and_back() -> None:
    read = bytes_per_token(SHAPE, 4096)
    guessed = estimate_speed(read, 18e9)
    assert guessed is not None
    assert not guessed.measured
    assert 30 < guessed.tokens_per_second < 40
    assert reached_bytes_per_s(read, guessed.tokens_per_second) == pytest.approx(18e9)
    assert estimate_speed(read, 0) is None
    assert estimate_speed(read, 18e9, gpu_share=0.5) is None, "never seen on this card"
    both = estimate_speed(read, 18e9, 0.5, 500e9)
    assert both is not None
    assert both.tokens_per_second > guessed.tokens_per_second * 1.5
    assert reached_bytes_per_s(read, 0) == 0
    assert usual([], 7.0) == 7.0
    assert usual([3.0, 0.0, 9.0, 4.0], 7.0) == 4.0


def test_a_process_knows_what_it_holds() -> None:
    everything, private = own_memory()
    assert 10 << 20 < private <= everything < 1 << 40
