"""How fast the memory is: measured once, kept, and measured anew where it may have been busy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.services.machine import MachineService


def _reading(*speeds: float) -> tuple[Callable[[int], float], list[int]]:
    asked: list[int] = []

    def read(threads: int) -> float:
        asked.append(threads)
        return speeds[len(asked) - 1]

    return read, asked


def _service(folder: Path, read: Callable[[int], float]) -> MachineService:
    return MachineService(folder, look=tuple, read=read)


def test_it_is_measured_once_and_known_at_the_next_start(tmp_path: Path) -> None:
    read, asked = _reading(10e9)
    assert _service(tmp_path, read).measured().bytes_per_s == 10e9
    assert _service(tmp_path, read).measured().bytes_per_s == 10e9
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("later", "known", "times"),
    [
        ((25e9, 26e9, 1e9), 26e9, 2),
        ((4e9, 10.5e9, 1e9), 10.5e9, 2),
        ((4e9, 3e9, 25e9, 99e9), 25e9, 3),
    ],
)
def test_quieter_moments_correct_it_until_two_agree(
    tmp_path: Path, later: tuple[float, ...], known: float, times: int
) -> None:
    read, asked = _reading(10e9, *later)
    machine = _service(tmp_path, read)
    machine.measured()
    for _ in range(5):
        machine.measure_anew()
    assert machine.now().bytes_per_s == known
    assert _service(tmp_path, read).measured().bytes_per_s == known
    assert len(asked) == 1 + times
