"""Personas, presets and the sampling of each model, as the front ends ask for them."""

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.generation import SamplingParams
from assistant.domain.ids import ModelId
from assistant.services.core import Core

WARM = SamplingParams(temperature=1.3)


def test_a_persona_is_made_changed_and_removed(core: Core) -> None:
    builtin = core.personas.personas().result(60)
    assert builtin
    assert all(persona.builtin for persona in builtin)
    made = core.personas.save_persona("  Poet ", "Rhyme.").result(60)
    assert (made.name, made.system_prompt, made.builtin) == ("Poet", "Rhyme.", False)
    changed = core.personas.save_persona("Poet", "Do not rhyme.", made.id).result(60)
    assert core.personas.personas().result(60) == [*builtin, changed]
    core.personas.delete_persona(made.id).result(60)
    assert core.personas.personas().result(60) == builtin


def test_a_built_in_persona_stays_as_it_is(core: Core) -> None:
    before = core.personas.personas().result(60)
    for call in (
        lambda: core.personas.save_persona("Mine now", "x", before[0].id),
        lambda: core.personas.delete_persona(before[0].id),
    ):
        with pytest.raises(UserFacingError):
            call().result(60)
    assert core.personas.personas().result(60) == before


@pytest.mark.parametrize("name", ["", " \t"])
def test_a_name_is_needed(core: Core, name: str) -> None:
    for call in (
        lambda: core.personas.save_persona(name, "Rhyme."),
        lambda: core.personas.save_preset(name, WARM),
    ):
        with pytest.raises(UserFacingError) as caught:
            call().result(60)
        assert caught.value.code == "name_empty"


def test_a_preset_of_the_same_name_is_replaced(core: Core) -> None:
    before = core.personas.presets().result(60)
    core.personas.save_preset("Warm ", WARM).result(60)
    core.personas.save_preset("Warm", SamplingParams(temperature=1.5)).result(60)
    [mine] = [preset for preset in core.personas.presets().result(60) if not preset.builtin]
    assert (mine.name, mine.sampling.temperature) == ("Warm", 1.5)
    core.personas.delete_preset(mine.id).result(60)
    assert core.personas.presets().result(60) == before


def test_sampling_belongs_to_one_model(core: Core) -> None:
    one, other = ModelId("one"), ModelId("other")
    core.personas.set_sampling(one, WARM).result(60)
    assert core.personas.sampling(one).result(60) == WARM
    assert core.personas.sampling(other).result(60) == SamplingParams()
    core.personas.reset_sampling(one).result(60)
    assert core.personas.sampling(one).result(60) == SamplingParams()
