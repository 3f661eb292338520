"""What a model needs, where it lies, and what is said about it."""

from dataclasses import replace

import pytest

from assistant.domain.machine import Gpu, Machine, Memory
from assistant.domain.model import FitVerdict, KvType, MemoryUse, ModelShape, Speed
from assistant.engine.memory_fit import (
    Need,
    estimate_fit,
    fit_of,
    kv_bytes,
    need_of,
    place,
    refusal,
    slowness,
)

GB = 10**9
SEVEN = ModelShape(
    weights_bytes=4_680_000_000,
    token_bytes=4_400_000_000,
    block_count=28,
    head_count_kv=4,
    key_length=128,
    value_length=128,
    embedding_length=3584,
    vocab_size=152_064,
    feed_forward_length=18_944,
)


def _machine(free: float, total: float = 16.0, *gpus: Gpu) -> Machine:
    return Machine(Memory(int(free * GB), int(total * GB)), gpus=gpus)


def test_the_reasons_are_those_that_people_understand() -> None:
    roomy = estimate_fit(SEVEN, 4096, _machine(9.2))
    assert (roomy.verdict, roomy.why) == (FitVerdict.FITS, "Leaves 4.1 GB for the rest")
    slow = estimate_fit(SEVEN, 4096, _machine(9.2), speed=Speed(2.5, measured=False))
    assert (slow.verdict, slow.why) == (FitVerdict.SLOW, "Half as fast as you read")
    tried = estimate_fit(SEVEN, 4096, _machine(9.2), speed=Speed(17.0, measured=True))
    assert (tried.verdict, tried.why) == (FitVerdict.FITS, "Measured on this machine")
    tight = estimate_fit(SEVEN, 4096, _machine(5.3))
    assert (tight.verdict, tight.why) == (FitVerdict.SLOW, "Leaves only 150 MB for the rest")
    paged = estimate_fit(SEVEN, 4096, _machine(4.9))
    assert paged.verdict is FitVerdict.SLOW
    assert "disk" in paged.why
    too_big = estimate_fit(SEVEN, 4096, _machine(3.0))
    assert (too_big.verdict, too_big.why) == (FitVerdict.WONT_FIT, "Needs 5.1 GB, 3.0 GB is free")
    assert estimate_fit(SEVEN, 4096, Machine(None)).verdict is FitVerdict.UNKNOWN


@pytest.mark.parametrize(
    ("rate", "words"),
    [(4.5, "little slower"), (2.5, "Half"), (1.5, "third"), (1.0, "quarter"), (0.2, "Far")],
)
def test_slowness_is_told_beside_reading(rate: float, words: str) -> None:
    assert words in slowness(rate)


def test_a_context_takes_what_its_numbers_take() -> None:
    full = kv_bytes(SEVEN, 4096)
    assert full == 28 * 4 * 256 * 2 * 4096
    assert kv_bytes(SEVEN, 4096, KvType.Q8_0) == pytest.approx(full * 34 / 64)
    mixed = replace(SEVEN, attention_count=7)
    assert kv_bytes(mixed, 4096) == full // 4


def test_what_a_load_took_corrects_the_estimate_but_for_what_was_counted_twice() -> None:
    laid_out_anew = MemoryUse(2048, 8 * GB, 500_000_000, 200_000_000)
    need = need_of(SEVEN, 4096, laid_out_anew)
    assert need.weights == SEVEN.weights_bytes
    assert need.kv == 1_000_000_000
    assert need.graph == 200_000_000
    smaller = need_of(SEVEN, 4096, laid_out_anew, KvType.Q4_0)
    assert smaller.kv == pytest.approx(1_000_000_000 * 18 / 64, rel=1e-6)


def test_a_graphics_card_takes_all_or_a_part() -> None:
    card = Gpu("A card", 8 * GB, 8 * GB)
    whole = estimate_fit(SEVEN, 4096, _machine(1.0, 16.0, card))
    assert whole.verdict is FitVerdict.FITS
    assert whole.why.endswith("of the graphics card")
    assert whole.available_bytes == 8 * GB

    small = replace(card, free_bytes=3 * GB)
    placement = place(SEVEN, need_of(SEVEN, 4096), small)
    assert 0 < placement.gpu_layers < placement.all_layers == 29
    assert placement.gpu_bytes <= 3 * GB
    part = estimate_fit(SEVEN, 4096, _machine(9.2, 16.0, small))
    assert part.why == f"{placement.gpu_layers} of 29 layers on the graphics card"
    assert part.needed_bytes == placement.host_bytes < need_of(SEVEN, 4096).total

    none = replace(card, free_bytes=GB // 2)
    assert place(SEVEN, need_of(SEVEN, 4096), none).gpu_layers == 0
    unusable = estimate_fit(SEVEN, 4096, _machine(9.2, 16.0, replace(card, usable=False)))
    assert unusable.why.endswith("for the rest")


def test_a_unified_memory_is_counted_once_and_up_to_its_limit() -> None:
    apple = Gpu("M", 12 * GB, 5 * GB, unified=True)
    fit = estimate_fit(SEVEN, 4096, _machine(9.2, 16.0, apple))
    assert fit.verdict is FitVerdict.SLOW
    assert fit.available_bytes == 5 * GB


def test_only_what_cannot_be_is_refused_a_load() -> None:
    need = Need(4 * GB, GB // 2, GB // 4, 0)
    assert refusal(need, None) == ""
    assert refusal(need, Memory(GB, 8 * GB)) == "", "weights are mapped"
    assert "needs 4.8 GB" in refusal(need, Memory(GB // 2, 8 * GB))
    assert "4.0 GB is free" in refusal(need, Memory(4 * GB, 4 * GB))


def test_layers_that_were_asked_for_are_judged_as_asked() -> None:
    card = Gpu("A card", 8 * GB, 8 * GB)
    machine = _machine(9.2, 16.0, card)
    need = need_of(SEVEN, 4096)
    ten = place(SEVEN, need, card, 10)
    assert ten.gpu_layers == 10
    assert fit_of(need, ten, machine).why == f"10 of {ten.all_layers} layers on the graphics card"
    none = place(SEVEN, need, card, 0)
    assert none.gpu_bytes == 0
    assert fit_of(need, none, machine).needed_bytes == need.total
    little = Gpu("A card", 8 * GB, 2 * GB)
    asked = place(SEVEN, need, little, 99)
    assert asked.gpu_layers == asked.all_layers
    refused = fit_of(need, asked, _machine(9.2, 16.0, little))
    assert refused.verdict is FitVerdict.WONT_FIT
    assert refused.why.endswith("2.0 GB is free there")
