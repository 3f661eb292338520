"""Fresh instances of the component, one for each program, and how each of them ended."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from wasmtime import Engine, ExitTrap, Store, WasiConfig, WasmtimeError
from wasmtime.component import Component, Linker

Exchange = Callable[[str], str]
Report = Callable[[str], None]
Refill = Callable[[int], int | None]
"""Is told how much fuel is left when the other half has answered; gives what it is to be."""

FUEL, EXIT, STACK, CRASH = "fuel", "exit", "stack", "crash"
MOST_CHARS: Final = 32 << 20
"""Of an answer or a message; what is longer was made to fill the memory of who reads it."""
_MOST_EVENT_CHARS: Final = 4 << 20
"""Of what is told meanwhile and parsed here: brackets become lists of many times their size."""
_MOST_TABLES: Final = 100
_MOST_ELEMENTS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Ended:
    """How an instance ended.

    Args:
        answer: What it returned; None if it did not come to that.
        how: ``FUEL``, ``EXIT``, ``STACK`` or ``CRASH``; "" where it returned.
    """

    answer: Any = None
    how: str = ""


class Role:
    """Makes instances that are wired alike; used by one thread at a time.

    An instance gets a clock, random numbers and two functions. It is given no folder, no
    environment, no arguments and no streams, and every address is refused.
    """

    def __init__(self, engine: Engine, component: Component) -> None:
        self._engine = engine
        self._component = component
        self._linker = Linker(engine)
        self._linker.add_wasip2()
        self._exchange: Exchange = _nobody
        self._report: Report = _silence
        self._refill: Refill = _as_it_is
        self._store: Store | None = None
        with self._linker.root() as root:
            root.add_func("exchange", self._exchanged)
            root.add_func("report", self._reported)

    def run(
        self,
        order: dict[str, Any],
        *,
        fuel: int,
        memory_bytes: int,
        report: Report,
        exchange: Exchange | None = None,
        refill: Refill | None = None,
    ) -> Ended:
        """Does an order in a fresh instance.

        Args:
            order: For the component's ``start``.
            fuel: Instructions that it may take.
            memory_bytes: Memory that it may take.
            report: Takes what it tells; text that was written by the program, of any kind.
            exchange: Hands a message to its other half; without one it ends at the first.
            refill: Sets the fuel anew whenever the other half has answered.
        """
        self._exchange, self._report = exchange or _nobody, report
        self._refill = refill or _as_it_is
        self._store = store = self._new_store(fuel, memory_bytes)
        try:
            return self._answer(store, order)
        except ExitTrap:
            return Ended(how=EXIT)
        except WasmtimeError as error:
            return Ended(how=_reason(store, error))
        except (ValueError, RecursionError):
            return Ended(how=CRASH)  # it answered, but not in JSON
        finally:
            self._exchange, self._report, self._refill = _nobody, _silence, _as_it_is
            self._store = None
            store.close()

    def _new_store(self, fuel: int, memory_bytes: int) -> Store:
        store = Store(self._engine)
        store.set_wasi(WasiConfig())
        store.set_fuel(fuel)
        store.set_limits(
            memory_size=memory_bytes,
            table_elements=_MOST_ELEMENTS,
            tables=_MOST_TABLES,
        )
        return store

    def _answer(self, store: Store, order: dict[str, Any]) -> Ended:
        instance = self._linker.instantiate(store, self._component)
        start = instance.get_func(store, "start")
        if start is None:
            return Ended(how=CRASH)
        answer = start(store, json.dumps(order))
        if len(answer) > MOST_CHARS:
            return Ended(how=CRASH)
        return Ended(json.loads(answer))

    def _exchanged(self, _context: object, message: str) -> str:
        if len(message) > MOST_CHARS:
            raise NobodyThere
        answer = self._exchange(message)
        fuel = None if self._store is None else self._refill(self._store.get_fuel())
        if fuel is not None and self._store is not None:
            self._store.set_fuel(fuel)
        return answer

    def _reported(self, _context: object, event: str) -> None:
        if len(event) <= _MOST_EVENT_CHARS:
            self._report(event)


def _reason(store: Store, error: WasmtimeError) -> str:
    if store.get_fuel() == 0:
        return FUEL
    return STACK if "call stack exhausted" in str(error) else CRASH


class NobodyThere(WasmtimeError):  # noqa: N818 - it says what is so
    """There is no other half, or none any more: ends an instance from within a call of its own.

    WORKAROUND(https://github.com/bytecodealliance/wasmtime-py/blob/main/wasmtime/component/_enter.py):
    any other exception of a host function is kept in one global for all threads.
    """

    def __init__(self) -> None:
        super().__init__("nobody is there")


def _nobody(_message: str) -> str:
    raise NobodyThere


def _silence(_event: str) -> None:
    return


def _as_it_is(_left: int) -> int | None:
    return None
