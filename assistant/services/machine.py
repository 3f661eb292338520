"""What this machine has: looked up when asked, its memory's speed measured once and kept."""

import hashlib
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.domain.health import Check, CheckState
from assistant.domain.machine import Gpu, Machine
from assistant.engine.devices import find_gpus, machine_now
from assistant.engine.machine import memory_now
from assistant.engine.speed import read_speed

_FILE = "machine.json"
_FRESH_S = 1.0
_ANEW = 3
_ALIKE = 0.1


@dataclass(frozen=True, slots=True)
class _Measured:
    machine: str
    bytes_per_s: float


_STORED = TypeAdapter(_Measured)


class MachineService:
    """Knows the machine; from any thread but the one of the window, as a look takes a moment.

    Args:
        folder: Where the measured speed is kept; None forgets it.
        clock: Seconds that only ever grow.
        look: Looks for graphics processors.
        read: Measures bytes per second for a number of threads.
    """

    def __init__(
        self,
        folder: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        look: Callable[[], tuple[Gpu, ...]] = find_gpus,
        read: Callable[[int], float] = read_speed,
    ) -> None:
        self._path = folder / _FILE if folder is not None else None
        self._clock = clock
        self._look = look
        self._measure = read
        self._lock = threading.Lock()
        self._measuring = threading.Lock()
        self._machine: Machine | None = None
        self._looked_at = -math.inf
        self._anew_left = _ANEW

    def now(self) -> Machine:
        """The machine as of this second: lists ask two hundred times in a row."""
        with self._lock:
            if self._machine is None:
                fresh = machine_now(gpus=self._look())
                self._machine = replace(fresh, bytes_per_s=self._kept(fresh))
            elif self._clock() - self._looked_at > _FRESH_S:
                gpus = self._machine.gpus
                again = self._look() if any(gpu.usable for gpu in gpus) else gpus
                self._machine = replace(self._machine, memory=memory_now(), gpus=again)
            else:
                return self._machine
            self._looked_at = self._clock()
            return self._machine

    def measured(self) -> Machine:
        """As ``now``, with the speed of the memory, which takes half a second the first time."""
        machine = self.now()
        if machine.bytes_per_s > 0:
            return machine
        with self._measuring:
            if self.now().bytes_per_s <= 0:
                speed = self._measure(machine.cores)
                with self._lock:
                    self._machine = replace(self._machine or machine, bytes_per_s=speed)
                self._keep(machine, speed)
        return self.now()

    def checks(self) -> list[Check]:
        """Rows for the doctor; the first time it measures for half a second."""
        machine = self.measured()
        return [_memory_check(machine), _card_check(machine)]

    def measure_anew(self) -> None:
        """Measures again, and keeps what is faster than was known; a few times in a run.

        Another program that was busy made the memory look slow; nothing makes it look fast. Two
        measurements that agree are the machine's own, and end it.
        """
        known = self.measured()
        with self._measuring:
            if not self._anew_left:
                return
            speed = self._measure(known.cores)
            alike = abs(speed - known.bytes_per_s) <= known.bytes_per_s * _ALIKE
            self._anew_left = 0 if alike else self._anew_left - 1
            if speed <= known.bytes_per_s:
                return
            with self._lock:
                self._machine = replace(self._machine or known, bytes_per_s=speed)
            self._keep(known, speed)

    def _kept(self, machine: Machine) -> float:
        if self._path is None:
            return 0.0
        try:
            kept = _STORED.validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return 0.0  # it is measured again
        return kept.bytes_per_s if kept.machine == _name(machine) else 0.0

    def _keep(self, machine: Machine, speed: float) -> None:
        if self._path is None:
            return
        part = self._path.with_suffix(".part")
        try:
            part.write_bytes(_STORED.dump_json(_Measured(_name(machine), speed)))
            part.replace(self._path)
        except OSError:
            part.unlink(missing_ok=True)


def _name(machine: Machine) -> str:
    """Tells machines apart that a profile is carried between."""
    total = machine.memory.total_bytes if machine.memory else 0
    said = f"{machine.processor}\n{machine.cores}\n{total >> 30}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _memory_check(machine: Machine) -> Check:
    speed = f"read at {machine.bytes_per_s / 1e9:.0f} GB/s" if machine.bytes_per_s > 0 else ""
    memory = machine.memory
    if memory is None:
        said = "The system does not say how much there is"
        return Check("Memory", CheckState.NOTE, f"{said}; {speed}." if speed else f"{said}.")
    sizes = f"{memory.available_bytes / 1e9:.1f} of {memory.total_bytes / 1e9:.1f} GB are free"
    return Check("Memory", CheckState.OK, f"{sizes}, {speed}." if speed else f"{sizes}.")


def _card_check(machine: Machine) -> Check:
    """A machine without a card is as well as any: it is only said."""
    name, gpu = "Graphics card", machine.gpu
    if gpu is None and machine.gpus:
        other = machine.gpus[0].name
        said = f"{other} is there, but this version cannot compute on it; the processor does."
        return Check(name, CheckState.NOTE, said)
    if gpu is None:
        return Check(name, CheckState.OK, "None was found: everything runs on the processor.")
    shared = " of the main memory" if gpu.unified else ""
    sizes = f"{gpu.free_bytes / 1e9:.1f} of {gpu.total_bytes / 1e9:.1f} GB{shared} are free"
    return Check(name, CheckState.OK, f"{gpu.name}, {sizes}.")
