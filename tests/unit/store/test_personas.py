"""Personas, presets and the sampling of each model."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from assistant.domain.clock import FixedClock
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import SamplingParams, Task
from assistant.domain.ids import ModelId, PersonaId, PresetId
from assistant.store.history import HistoryRepository
from assistant.store.personas import PersonaRepository
from tests.helpers.store_engine import opened

HOT = SamplingParams(temperature=1.5, top_k=0, seed=7)


@pytest.fixture
def engine() -> Iterator[Engine]:
    with opened() as engine:
        yield engine


@pytest.fixture
def personas(engine: Engine) -> PersonaRepository:
    return PersonaRepository(engine)


def test_a_new_vault_has_the_builtin_ones(personas: PersonaRepository) -> None:
    found = personas.list_personas()
    assert [p.name for p in found] == ["Lamplight", "Patient tutor", "Code reviewer", "Planner"]
    assert all(p.builtin and 40 < len(p.system_prompt) < 300 for p in found)
    presets = personas.list_presets()
    assert [p.name for p in presets] == ["Precise", "Balanced", "Creative"]
    assert presets[1].sampling == SamplingParams()
    temperatures = [p.sampling.temperature for p in presets]
    assert temperatures == sorted(temperatures)


def test_own_personas_come_after_by_name(personas: PersonaRepository) -> None:
    zoe = personas.save_persona("zoe", "Rhyme.")
    personas.save_persona("Adam", "Count.")
    assert [p.name for p in personas.list_personas()][4:] == ["Adam", "zoe"]
    changed = personas.save_persona("Bea", "Rhyme well.", zoe.id)
    assert (changed.id, changed.name, changed.builtin) == (zoe.id, "Bea", False)
    assert personas.list_personas()[5] == changed


def test_builtin_ones_stay_as_they_are(personas: PersonaRepository) -> None:
    before = personas.list_personas(), personas.list_presets()
    first, preset = before[0][0].id, before[1][0].id
    for call in (
        lambda: personas.save_persona("x", "y", first),
        lambda: personas.delete_persona(first),
        lambda: personas.save_preset("Precise", HOT),
        lambda: personas.delete_preset(preset),
    ):
        with pytest.raises(UserFacingError) as caught:
            call()
        assert caught.value.code == "builtin_fixed"
    assert (personas.list_personas(), personas.list_presets()) == before


def test_what_is_gone_is_a_sentence(personas: PersonaRepository) -> None:
    with pytest.raises(UserFacingError) as caught:
        personas.save_persona("x", "y", PersonaId(99))
    assert caught.value.code == "persona_unknown"
    with pytest.raises(UserFacingError) as caught:
        personas.delete_preset(PresetId(99))
    assert caught.value.code == "preset_unknown"


def test_chats_keep_the_words_of_a_deleted_persona(
    engine: Engine, personas: PersonaRepository
) -> None:
    history = HistoryRepository(engine, FixedClock(datetime(2024, 5, 1, tzinfo=UTC)))
    persona = personas.save_persona("Pirate", "Say arr.")
    chat = history.create_conversation(persona_id=persona.id, system_prompt="Say arr.")
    personas.delete_persona(persona.id)
    kept = history.get(chat.id)
    assert (kept.persona_id, kept.system_prompt) == (None, "Say arr.")
    assert personas.save_persona("Next", "").id != persona.id


def test_a_preset_of_the_same_name_is_replaced(personas: PersonaRepository) -> None:
    first = personas.save_preset("Mine", SamplingParams())
    second = personas.save_preset("Mine", HOT)
    assert first.id == second.id
    assert personas.list_presets()[3:] == [second]
    assert second.sampling == HOT
    personas.delete_preset(second.id)
    assert len(personas.list_presets()) == 3


def test_each_model_has_its_own_sampling(personas: PersonaRepository) -> None:
    one, two = ModelId("one"), ModelId("two")
    personas.set_sampling(one, HOT)
    personas.set_sampling(one, SamplingParams(top_p=0.5))
    assert personas.sampling_of(one) == SamplingParams(top_p=0.5)
    assert personas.sampling_of(two) is None
    personas.reset_sampling(one)
    personas.reset_sampling(two)
    assert personas.sampling_of(one) is None


def test_each_task_has_its_own_sampling(personas: PersonaRepository) -> None:
    model = ModelId("one")
    personas.set_sampling(model, HOT)
    personas.set_sampling(model, SamplingParams(top_p=0.5), Task.CODE)
    assert personas.sampling_of(model) == HOT
    assert personas.sampling_of(model, Task.CODE) == SamplingParams(top_p=0.5)
    assert personas.sampling_of(model, Task.WRITING) is None
    personas.reset_sampling(model)
    assert personas.sampling_of(model) is None
    assert personas.sampling_of(model, Task.CODE) == SamplingParams(top_p=0.5)


def test_sampling_of_another_version_is_read(engine: Engine, personas: PersonaRepository) -> None:
    text = json.dumps({"temperature": 0.1, "no_longer_known": 3})
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO sampling VALUES ('m', 'chat', ?)", (text,))
    assert personas.sampling_of(ModelId("m")) == SamplingParams(temperature=0.1)
