"""Sequences of the prompt cache: who gets which, and what is in it after every kind of reuse."""

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.model import LoadOptions
from assistant.engine.llama.context import Context, Decoded, common_prefix
from assistant.engine.llama.kept import KeptState, KeptStates
from assistant.engine.llama.lanes import Lane, Lanes
from assistant.engine.llama.library import library
from assistant.engine.llama.model import LlamaModel, check, open_model
from tests.helpers.dict_shelf import DictShelf

_OPTIONS = LoadOptions(context_length=1024)


@pytest.fixture(scope="module")
def model(starter_model: Path) -> Iterator[LlamaModel]:
    model = open_model(
        library(),
        starter_model,
        _OPTIONS,
        check(starter_model, _OPTIONS),
        on_progress=lambda _: None,
        cancel=CancelToken(),
    )
    yield model
    model.close()


@pytest.fixture
def context(model: LlamaModel) -> Context:
    model.context.clear()
    model.flag.lower_it()
    return model.context


@pytest.fixture
def lanes(context: Context) -> Lanes:
    return Lanes(context, KeptStates("starter", 1 << 28, None))


def tokens(count: int, seed: int = 0) -> "array[int]":
    return array("i", ((at * 7919 + seed * 104729) % 40000 + 100 for at in range(count)))


def read(context: Context, lane: Lane, prompt: "array[int]") -> list[float]:
    """Reads the rest of a prompt; the first logits after it."""
    rest = prompt[len(lane.held) :]
    context.batch.clear()
    place = context.batch.add(rest, len(lane.held), lane.number, last=True)
    assert context.compute() is Decoded.DONE
    lane.held.extend(rest)
    return list(context.logits(place)[:64])


def fresh(context: Context, lanes: Lanes, prompt: "array[int]") -> list[float]:
    """The same logits, computed from nothing in the place of everything else."""
    context.clear()
    lanes.reset()
    lane = Lanes(context, KeptStates("x", 0, None)).open(prompt, "", "", private=False)
    assert not lane.held
    return read(context, lane, prompt)


def close(one: list[float], other: list[float], within: float = 0.35) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < within


def test_a_conversation_that_comes_back_is_restored_whole(context: Context, lanes: Lanes) -> None:
    prompt = tokens(300)
    first = lanes.open(prompt, "a", "", private=False)
    read(context, first, prompt)
    lanes.close(first)
    other = lanes.open(tokens(50, 1), "b", "", private=False)
    read(context, other, tokens(50, 1))
    lanes.close(other)
    assert lanes.kept.size_bytes > 0

    longer = prompt + tokens(5, 2)
    again = lanes.open(longer, "a", "", private=False)

    assert len(again.held) == 300
    logits = read(context, again, longer)
    assert close(logits, fresh(context, lanes, longer))


def test_what_two_begin_with_is_computed_once(context: Context, lanes: Lanes) -> None:
    head = tokens(200)
    one = lanes.open(head + tokens(20, 1), "a", "", private=False)
    read(context, one, head + tokens(20, 1))

    two = lanes.open(head + tokens(20, 2), "b", "", private=False)

    assert two.number != one.number
    assert two.held == head
    logits = read(context, two, head + tokens(20, 2))
    assert close(logits, fresh(context, lanes, head + tokens(20, 2)))


def test_what_was_left_out_is_cut_and_the_rest_moved(context: Context, lanes: Lanes) -> None:
    head, oldest, rest = tokens(40), tokens(150, 1), tokens(200, 2)
    lane = lanes.open(head + oldest + rest, "a", "", private=False)
    read(context, lane, head + oldest + rest)
    lanes.close(lane)

    shorter = head + rest + tokens(10, 3)
    again = lanes.open(shorter, "a", "", private=False)

    assert again.held == head + rest
    assert context.held(again.number) == 240
    read(context, again, shorter)
    assert context.held(again.number) == 250


def test_another_adapter_shares_nothing(context: Context, lanes: Lanes) -> None:
    prompt = tokens(100)
    lane = lanes.open(prompt, "a", "", private=False)
    read(context, lane, prompt)
    lanes.close(lane)

    assert not lanes.open(prompt, "a", "adapter", private=False).held


def test_a_forgotten_conversation_leaves_nothing(context: Context, lanes: Lanes) -> None:
    for key in ("a", "b"):
        lane = lanes.open(tokens(100, ord(key)), key, "", private=False)
        read(context, lane, tokens(100, ord(key)))
        lanes.close(lane)
    lanes.forget("a")  # kept in memory
    lanes.forget("b")  # still in its lane

    assert lanes.kept.size_bytes == 0
    assert not lanes.open(tokens(100, ord("a")), "a", "", private=False).held


def test_a_cache_that_cannot_be_cut_is_read_again(
    context: Context, lanes: Lanes, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane = lanes.open(tokens(20), "a", "", private=False)
    read(context, lane, tokens(20))
    lanes.close(lane)
    cut = context.cut

    def only_whole(sequence: int, begin: int, end: int = -1) -> bool:
        return begin == 0 and cut(sequence, begin, end)

    monkeypatch.setattr(context, "cut", only_whole)
    again = lanes.open(tokens(10) + tokens(10, 1), "a", "", private=False)

    assert not again.held
    assert context.held(again.number) == 0


def test_a_stopped_computation_leaves_what_it_read(context: Context, model: LlamaModel) -> None:
    lanes = Lanes(context, KeptStates("x", 0, None))
    prompt = tokens(700)
    lane = lanes.open(prompt, "a", "", private=False)
    context.batch.clear()
    context.batch.add(prompt[:500], 0, lane.number, last=False)
    model.flag.raise_it()

    assert context.compute() is Decoded.STOPPED

    there = lanes.reconcile(lane, prompt[:500])
    model.flag.lower_it()
    assert there >= 0
    assert lane.held == prompt[:there]
    assert context.held(lane.number) == there


def test_what_does_not_fit_the_memory_goes_to_the_shelf_but_nothing_private(
    context: Context,
) -> None:
    shelf = DictShelf()
    lanes = Lanes(context, KeptStates("starter", 1, shelf))
    for key in ("a", "secret"):
        lane = lanes.open(tokens(100, ord(key[0])), key, "", private=key == "secret")
        read(context, lane, tokens(100, ord(key[0])))
        lanes.close(lane)
    lanes.put_all_away()

    assert [key for key, _ in shelf.states] == ["a"]
    longer = tokens(100, ord("a")) + tokens(3)
    assert len(lanes.open(longer, "a", "", private=False).held) == 100


@pytest.mark.parametrize("spoil", [b"", b"LKV1", b"LKV1\xff\xff\xff\xff", b"x" * 4000])
def test_a_shelf_that_gives_nonsense_is_not_believed(context: Context, spoil: bytes) -> None:
    shelf = DictShelf()
    lanes = Lanes(context, KeptStates("starter", 1, shelf))
    lane = lanes.open(tokens(100), "a", "", private=False)
    read(context, lane, tokens(100))
    lanes.close(lane)
    lanes.put_all_away()
    shelf.states = dict.fromkeys(shelf.states, spoil)

    assert not lanes.open(tokens(100), "a", "", private=False).held


def test_the_oldest_leaves_the_memory_first() -> None:
    def state(key: str) -> KeptState:
        import ctypes

        return KeptState(key, "", tokens(64), (ctypes.c_uint8 * 1000)(), private=False)

    kept = KeptStates("m", 3000, None)
    for key in ("a", "b", "c"):
        kept.keep(state(key))
    assert kept.size_bytes <= 3000
    found, _ = kept.best(tokens(64), "")
    assert found is not None
    assert found.cache_key == "b"


def test_common_prefix() -> None:
    assert common_prefix(array("i", [1, 2, 3]), array("i", [1, 2, 4, 5])) == 2
    assert common_prefix(array("i"), array("i", [1])) == 0
    assert common_prefix(array("i", [1, 2]), array("i", [1, 2])) == 2
