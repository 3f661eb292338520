"""The parameters of single models in the vault, and how they come through an upgrade."""

import json

import pytest
from sqlalchemy import Engine

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.model import FlashAttention, KvType
from assistant.domain.parameters import ModelParameters, checked
from assistant.store.connection import memory_engine
from assistant.store.migrations import MIGRATIONS, migrate
from assistant.store.parameters import ParametersRepository
from assistant.store.personas import PersonaRepository
from tests.helpers.store_engine import opened

_ALL = ModelParameters(
    context_length=8192,
    kv_type=KvType.Q4_0,
    threads=3,
    batch_threads=4,
    gpu_layers=0,
    flash_attention=FlashAttention.ON,
    mmap=False,
    mlock=True,
    chat_template="{{ messages }} äöü 光",
)
_ONE, _TWO = ModelId("one"), ModelId("two")


def test_every_parameter_comes_back() -> None:
    with opened() as engine:
        repository = ParametersRepository(engine)
        repository.keep(_ONE, _ALL)
        repository.keep(_TWO, ModelParameters(threads=0))
        assert repository.all() == {_ONE: _ALL, _TWO: ModelParameters(threads=0)}
        repository.keep(_ONE, ModelParameters())
        assert list(repository.all()) == [_TWO]
        repository.keep(_ONE, ModelParameters())
        assert list(repository.all()) == [_TWO]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"threads": "many", "mmap": 1, "kv_type": "q1", "new": 3, "gpu_layers": true}',
    ],
)
def test_what_cannot_be_read_is_left_to_the_settings(text: str) -> None:
    with opened() as engine:
        _write(engine, text)
        assert ParametersRepository(engine).all() == {_ONE: ModelParameters()}


def _write(engine: Engine, text: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO parameters VALUES ('one', ?)", (text,))


def test_sampling_from_before_there_were_tasks_is_that_of_chatting() -> None:
    engine = memory_engine()
    migrate(engine, MIGRATIONS[:4])
    with engine.begin() as connection:
        for model, temperature in (("one", 0.1), ("two", 1.2)):
            row = (model, json.dumps({"temperature": temperature}))
            connection.exec_driver_sql("INSERT INTO sampling VALUES (?, ?)", row)
    migrate(engine)
    personas = PersonaRepository(engine)
    found = [personas.sampling_of(model) for model in (_ONE, _TWO)]
    assert [sampling.temperature for sampling in found if sampling] == [0.1, 1.2]
    engine.dispose()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (ModelParameters(context_length=255), "parameter_invalid"),
        (ModelParameters(context_length=1 << 30), "parameter_invalid"),
        (ModelParameters(threads=-1), "parameter_invalid"),
        (ModelParameters(batch_threads=257), "parameter_invalid"),
        (ModelParameters(gpu_layers=-2), "parameter_invalid"),
        (
            ModelParameters(kv_type=KvType.Q8_0, flash_attention=FlashAttention.OFF),
            "kv_needs_flash",
        ),
        (ModelParameters(chat_template="x" * 100_001), "template_unusable"),
    ],
)
def test_wrong_values_are_refused_with_a_way_out(wrong: ModelParameters, code: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        checked(wrong)
    assert refused.value.code == code
    assert refused.value.hint


def test_parameters_can_be_taken_back_one_by_one() -> None:
    assert checked(_ALL) is _ALL
    assert _ALL.without(("threads", "chat_template")).changed == (
        "context_length",
        "kv_type",
        "batch_threads",
        "gpu_layers",
        "flash_attention",
        "mmap",
        "mlock",
    )
