"""The rows of ``bench engine``: what they compare, on the starter model where that is quick."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.model import LoadOptions
from assistant.engine.llama.blank_adapter import write_blank_adapter
from assistant.engine.llama.raw_loop import RawLoop
from assistant.engine.local import local_engine
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.engine_bench import caches, speed, together
from assistant.services.engine_bench.asking import Asker, paired, request

_OPTIONS = LoadOptions(context_length=4096)


@pytest.fixture
def asker(starter_model: Path) -> Iterator[Asker]:
    engine = local_engine()
    engine.load(starter_model, _OPTIONS).result(60)
    yield Asker(engine)
    assert engine.close(30.0)


def test_a_row_is_the_median_of_the_ratios_of_its_pairs() -> None:
    row = paired("x", "s", ([1.0, 9.0, 4.0], [2.0, 3.0, 4.0]), goal=0.9, at_least=True)

    assert row.ratio == 1.0
    assert (row.value, row.reference) == (4.0, 3.0)
    assert row.met is True
    assert "3 pairs, 0.500 to 3.000" in row.note
    assert paired("x", "s", ([2.0], [1.0]), goal=1.2).met is False


def test_writing_reading_and_adapters_are_measured_beside_bare_libllama(
    asker: Asker, starter_model: Path, tmp_path: Path
) -> None:
    with RawLoop(starter_model, 1024) as raw:
        rows = [
            speed.decode(asker, raw, tokens=12, repeats=1, goal=0.95),
            speed.prefill(asker, raw, repeats=1),
            *together.different_batch(asker, raw, count=2, repeats=1),
            *together.adapters(asker, raw, starter_model, tmp_path, repeats=1),
        ]
        assert raw.end_tokens()
    assert "decode under an adapter / bare libllama" in [row.name for row in rows]
    assert all(row.value > 0 for row in rows)
    assert all(row.ratio for row in rows if row.reference is not None)


def test_what_is_typed_and_switched_is_measured(asker: Asker, starter_model: Path) -> None:
    typed = caches.typing(asker, repeats=1)
    assert typed.ratio is not None
    assert typed.ratio > 0
    stopped = caches.stopping(asker, repeats=2)
    assert stopped.value > 0
    ratio, slowest = caches.switch(asker, starter_model, _OPTIONS, repeats=1)
    assert ratio.ratio is not None
    assert ratio.ratio > 0
    assert slowest.value > 0


def test_a_batch_with_a_common_beginning_is_measured_beside_one_by_one(
    asker: Asker, starter_model: Path
) -> None:
    with RawLoop(starter_model, 1024) as raw:
        row = together.shared_batch(asker, raw, count=2, repeats=1, shared=300)

    assert row.ratio is not None
    assert row.ratio > 0


def test_json_is_measured_beside_free_writing(asker: Asker) -> None:
    assert together.structured(asker, tokens=12, repeats=1).value > 0


def test_a_failed_answer_ends_the_measurement() -> None:
    failing = ScriptedAnswer("no", fails_with=UserFacingError("It broke.", code="broken"))
    engine = scripted_engine(Script((failing,)))
    engine.load(Path(__file__), _OPTIONS).result(60)
    try:
        with pytest.raises(UserFacingError, match="It broke"):
            Asker(engine).ask(request("Hello", 4))
    finally:
        assert engine.close(10.0)


def test_a_blank_adapter_names_a_pair_for_each_projection(
    starter_model: Path, tmp_path: Path
) -> None:
    from assistant.engine.gguf_preflight import preflight_adapter

    path = tmp_path / "blank.gguf"
    write_blank_adapter(starter_model, path, rank=4)

    preflight_adapter(path, "llama")
    assert path.stat().st_size > 30 * 2 * 2 * 4 * 576
