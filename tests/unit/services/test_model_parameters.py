"""What is set for one model: checked, kept in the vault, and heeded by the next load."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import SamplingParams, Task
from assistant.domain.model import KvType, ModelInfo
from assistant.domain.parameters import CONTEXT_FIELDS, ModelParameters
from assistant.domain.vault import VaultState
from assistant.engine.local import local_engine
from assistant.services.core import Core, CoreOptions
from assistant.services.model_parameters import NAMED_FORMATS
from assistant.services.task_presets import preset_of
from tests.helpers.hostile_templates import HOSTILE
from tests.unit.services.conftest import PASSPHRASE, MakeCore

_OWN = ModelParameters(
    context_length=1024, kv_type=KvType.Q8_0, threads=1, chat_template=NAMED_FORMATS[0].source
)


def opened(make_core: MakeCore) -> tuple[Core, ModelInfo]:
    core = make_core()
    assert core.vault.open(PASSPHRASE).result(60).state is VaultState.OPEN
    return core, core.models.chosen()


def test_what_is_set_is_heeded_and_found_at_the_next_start(make_core: MakeCore) -> None:
    core, model = opened(make_core)
    before = core.models.options_of(model)
    core.model_parameters.set(model, _OWN).result(60)

    options = core.models.options_of(model)
    assert options.context_length == 1024
    assert options.kv_type is KvType.Q8_0
    assert options.threads == 1
    assert options.chat_template == NAMED_FORMATS[0].source
    core.close()

    later = make_core()
    assert later.models.options_of(model) == before
    assert later.vault.open(PASSPHRASE).result(60).state is VaultState.OPEN
    assert later.models.options_of(model) == options
    later.model_parameters.reset(model, CONTEXT_FIELDS).result(60)
    assert later.model_parameters.of(model.id) == replace(_OWN, context_length=None, kv_type=None)
    later.model_parameters.reset(model).result(60)
    assert later.models.options_of(model) == before


def test_a_model_that_was_loaded_before_the_vault_was_open_is_loaded_anew(
    make_core: MakeCore,
) -> None:
    core, model = opened(make_core)
    core.model_parameters.set(model, ModelParameters(context_length=1024)).result(60)
    core.close()
    later = make_core()
    assert later.models.ensure().result(60).context_length == 4096
    again = threading.Event()
    later.models.on_status(lambda status: again.set() if status.context_length == 1024 else None)

    later.vault.open(PASSPHRASE).result(60)

    assert again.wait(60)
    assert later.models.ensure().result(60).context_length == 1024
    assert not later.models.loaded_otherwise(model)


def test_a_loaded_model_is_loaded_anew_when_it_is_asked_for(make_core: MakeCore) -> None:
    core, model = opened(make_core)
    core.models.ensure().result(60)
    assert not core.models.loaded_otherwise(model)
    core.model_parameters.set(model, ModelParameters(context_length=2048)).result(60)
    assert core.models.loaded_otherwise(model)
    assert core.models.status.context_length == 4096

    core.models.reload_changed()

    assert core.models.ensure().result(60).context_length == 2048
    assert not core.models.loaded_otherwise(model)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_template_is_never_kept(make_core: MakeCore, name: str) -> None:
    core, model = opened(make_core)

    with pytest.raises(UserFacingError) as refused:
        core.model_parameters.set(model, ModelParameters(chat_template=HOSTILE[name])).result(60)

    assert refused.value.code == "template_unusable"
    assert refused.value.hint
    assert core.model_parameters.of(model.id) == ModelParameters()


def test_a_template_that_leaves_words_out_is_refused_and_an_empty_one_is_the_models_own(
    make_core: MakeCore,
) -> None:
    core, model = opened(make_core)
    forgetful = ModelParameters(chat_template="{{ messages[0].content }}")

    with pytest.raises(UserFacingError, match="leaves out"):
        core.model_parameters.set(model, forgetful).result(60)

    kept = core.model_parameters.set(model, ModelParameters(chat_template=" \n")).result(60)
    assert kept == ModelParameters()


def test_the_models_own_template_and_every_named_one_can_be_previewed(
    make_core: MakeCore, starter_model: Path
) -> None:
    core, model = opened(make_core)
    assert model.path == starter_model
    view = core.model_parameters.template(model).result(60)

    assert view.bos == "<|im_start|>"
    assert view.eos == "<|im_end|>"
    own = core.model_parameters.preview(view.own, view).result(60)
    assert own.count("<|im_start|>") == 5
    for each in NAMED_FORMATS:
        shown = core.model_parameters.preview(each.source, view).result(60)
        assert shown.index("capital of France") < shown.index("It is Paris.") < shown.index("Italy")


def test_each_task_has_its_sampling_and_the_users_comes_first(make_core: MakeCore) -> None:
    core, model = opened(make_core)
    for task in Task:
        assert core.personas.sampling_for(model.id, task).result(60) == preset_of(task)
    mine = SamplingParams(temperature=0.3)
    core.personas.set_sampling(model.id, mine, Task.SUMMARY).result(60)

    assert core.personas.sampling_for(model.id, Task.SUMMARY).result(60) == mine
    assert core.personas.sampling(model.id).result(60) == SamplingParams()
    chosen = core.personas.samplings(model.id).result(60)
    assert chosen == {**dict.fromkeys(Task), Task.SUMMARY: mine}
    core.personas.reset_sampling(model.id, Task.SUMMARY).result(60)
    assert core.personas.sampling_for(model.id, Task.SUMMARY).result(60) == preset_of(Task.SUMMARY)


def test_what_a_model_could_not_be_given_is_told(tmp_path: Path, starter_model: Path) -> None:
    assert starter_model.is_file()
    core = Core(CoreOptions(profile_paths(tmp_path / "real"), keyring=False), local_engine())
    try:
        _spoil(core)
    finally:
        core.close()


def _spoil(core: Core) -> None:
    assert core.vault.open(PASSPHRASE).result(60).state is VaultState.OPEN
    model = core.models.chosen()
    said: list[UserFacingError] = []
    told = threading.Event()

    def hear(error: UserFacingError) -> None:
        said.append(error)
        told.set()

    core.on_trouble(hear)
    spoilt = (
        "{% for m in messages %}{{ m.content }}{% if 'secret' in m.content %}"
        "{{ 1 // 0 }}{% endif %}{% endfor %}"
    )
    core.model_parameters.set(model, ModelParameters(chat_template=spoilt)).result(60)
    chat = core.history.create().result(60)

    assert list(core.chat.send(chat.id, "A secret."))

    assert told.wait(60)
    assert [error.code for error in said] == ["model_notice"]
    assert "Your chat template cannot be used" in said[0].message


def test_the_doctor_says_what_is_set_and_nothing_of_the_template(make_core: MakeCore) -> None:
    core, model = opened(make_core)
    assert core.model_parameters.checks([model]) == []
    core.model_parameters.set(model, _OWN).result(60)

    report = core.diagnostics().result(60)

    assert "Set for it: context length, kv type, threads, chat template." in report
    assert "im_start" not in report
