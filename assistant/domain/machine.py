"""What this machine has to run models on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Memory:
    """Main memory in bytes; ``available`` is what can be had without swapping."""

    available_bytes: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics processor.

    Args:
        name: As its driver says.
        total_bytes: Of its memory; of a unified one, what it may use of the main memory.
        free_bytes: Of that, now.
        unified: It computes in the main memory.
        usable: The engine can compute on it.
    """

    name: str
    total_bytes: int
    free_bytes: int
    unified: bool = False
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Machine:
    """What there is, as of now.

    Args:
        memory: None where the system does not say.
        processor: Its name; empty if unknown.
        cores: On which one answer is computed.
        gpus: The largest first.
        bytes_per_s: What the processor reads from memory; 0 until it was measured.
    """

    memory: Memory | None
    processor: str = ""
    cores: int = 1
    gpus: tuple[Gpu, ...] = ()
    bytes_per_s: float = 0.0

    @property
    def gpu(self) -> Gpu | None:
        """The one that models run on."""
        return next((gpu for gpu in self.gpus if gpu.usable), None)


@dataclass(frozen=True, slots=True)
class MemoryShares:
    """How the memory that models lie in is shared now; all but ``total`` add up to it.

    Args:
        others: Of all other programs and the system.
        ours: Of this application, loaded models included.
        wanted: What a model would take that is being looked at.
        free: What would be left then, never below 0.
    """

    total_bytes: int
    others_bytes: int
    ours_bytes: int
    wanted_bytes: int
    free_bytes: int
