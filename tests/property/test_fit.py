"""Verdicts are total, and never better with less memory or with a longer context."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.machine import Gpu, Machine, Memory
from assistant.domain.model import FitVerdict, KvType, ModelShape, Speed
from assistant.engine.memory_fit import estimate_fit, need_of, place

RANK = {FitVerdict.FITS: 2, FitVerdict.SLOW: 1, FitVerdict.WONT_FIT: 0}
shapes = st.builds(
    ModelShape,
    weights_bytes=st.integers(1, 1 << 40),
    token_bytes=st.integers(0, 1 << 40),
    block_count=st.integers(1, 512),
    head_count_kv=st.integers(0, 128),
    key_length=st.integers(1, 1024),
    value_length=st.integers(1, 1024),
    embedding_length=st.integers(1, 1 << 16),
    vocab_size=st.integers(0, 1 << 19),
    attention_count=st.integers(0, 512),
    feed_forward_length=st.integers(0, 1 << 18),
)
lengths = st.integers(1, 1 << 20)
sizes = st.integers(0, 1 << 41)
kinds = st.sampled_from(KvType)
speeds = st.none() | st.builds(Speed, st.floats(0.001, 10_000), st.booleans())


def _machine(free: int, total: int) -> Machine:
    return Machine(Memory(min(free, total), total))


@given(shapes, lengths, st.none() | sizes, sizes, kinds, speeds)
def test_there_is_a_verdict_for_everything(
    shape: ModelShape,
    length: int,
    free: int | None,
    total: int,
    kind: KvType,
    speed: Speed | None,
) -> None:
    machine = Machine(None) if free is None else _machine(free, total)
    fit = estimate_fit(shape, length, machine, None, kind, speed)
    assert fit.why
    assert not fit.why.endswith(".")
    assert (fit.verdict is FitVerdict.UNKNOWN) == (free is None)
    assert fit.needed_bytes >= shape.weights_bytes


@given(shapes, lengths, lengths, sizes, sizes, speeds)
def test_a_longer_context_never_fits_better(
    shape: ModelShape, one: int, two: int, free: int, total: int, speed: Speed | None
) -> None:
    short, long = sorted((one, two))
    machine = _machine(free, total)
    easy = estimate_fit(shape, short, machine, speed=speed)
    hard = estimate_fit(shape, long, machine, speed=speed)
    assert easy.needed_bytes <= hard.needed_bytes
    assert RANK[easy.verdict] >= RANK[hard.verdict]


@given(shapes, lengths, sizes, sizes, sizes, speeds)
def test_more_free_memory_never_fits_worse(
    shape: ModelShape, length: int, one: int, two: int, total: int, speed: Speed | None
) -> None:
    little, much = sorted((one, two))
    less = estimate_fit(shape, length, _machine(little, total), speed=speed)
    more = estimate_fit(shape, length, _machine(much, total), speed=speed)
    assert RANK[less.verdict] <= RANK[more.verdict]


@given(shapes, lengths, sizes)
def test_keys_of_fewer_bits_never_take_more(shape: ModelShape, length: int, free: int) -> None:
    needs = [need_of(shape, length, None, kind).total for kind in KvType]
    assert needs == sorted(needs, reverse=True)


@given(shapes, lengths, sizes, sizes)
def test_no_more_is_put_on_a_card_than_it_has(
    shape: ModelShape, length: int, free: int, total: int
) -> None:
    need = need_of(shape, length)
    placement = place(shape, need, Gpu("card", max(free, total), free))
    assert 0 <= placement.gpu_layers <= placement.all_layers
    assert placement.gpu_bytes <= max(free, 0)
    assert placement.host_bytes + placement.gpu_bytes >= need.total
    more = place(shape, need, Gpu("card", max(free, total), free * 2))
    assert more.gpu_layers >= placement.gpu_layers
