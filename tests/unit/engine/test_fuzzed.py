"""A handful of what ``scripts/fuzz_engine.py`` throws at the engine, on each run of the tests."""

import random
from pathlib import Path

import pytest
from fuzzing import load_path, parameters, rounds
from fuzzing.mutants import damaged
from fuzzing.odd_files import TOKENIZERS, odd, sound

from assistant.domain.generation import GenerationFailed, GenerationRequest, SamplingParams
from assistant.domain.model import LoadOptions
from assistant.engine.gguf_preflight import preflight
from assistant.engine.local import local_engine
from tests.helpers.engine_calls import ask, start, user

_FINE = {
    "refused by its header",
    "refused by the trial",
    "refused by the load",
    "loaded and answered",
    "answered with an error",
}


def _chance(seed: str | int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - it has to be repeatable


def test_odd_and_damaged_files_end_nothing(starter_model: Path) -> None:
    assert starter_model.is_file()
    seen = {outcome for _, outcome, _ in load_path.cases(7, range(24), odd_ones=12)}
    assert seen <= _FINE
    assert "loaded and answered" in seen


def test_a_case_can_be_played_again() -> None:
    one, other = odd(_chance("1-17")), odd(_chance("1-17"))
    assert one[0] == other[0]
    assert one[1].bytes() == other[1].bytes()


def test_a_damaged_file_is_put_right_again(tmp_path: Path) -> None:
    path = tmp_path / "a.gguf"
    data = sound().bytes()
    path.write_bytes(data)
    for seed in range(40):
        with damaged(path, _chance(seed)):
            pass
        assert path.read_bytes() == data


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_the_sound_file_of_every_tokenizer_passes_the_look_at_its_header(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "a.gguf"
    path.write_bytes(sound(kind).bytes())
    assert preflight(path).block_count == 1


def test_random_settings_end_nothing(starter_model: Path) -> None:
    assert starter_model.is_file()
    outcomes = [outcome for _, outcome, _ in parameters.cases(3, range(20))]
    assert len(outcomes) == 20
    assert outcomes.count("answered") > 5


def test_rounds_of_everything_end_nothing_and_leave_no_thread(starter_model: Path) -> None:
    assert starter_model.is_file()
    outcomes = [outcome for _, outcome, _ in rounds.cases(5, range(6))]
    assert set(outcomes) <= {"sound", "sound, with answers"}
    assert "sound, with answers" in outcomes


@pytest.mark.parametrize("temperature", [1e-45, 1e-9, 1e-300])
def test_a_temperature_next_to_nothing_is_none(starter_model: Path, temperature: float) -> None:
    engine = local_engine()
    engine.load(starter_model, LoadOptions(context_length=512)).result(60)
    cold = SamplingParams(temperature=temperature, repeat_penalty=1.0, max_tokens=6)
    heard = start(engine, GenerationRequest(user("Hello"), cold))
    assert heard.done
    assert heard.text == ask(engine, "Hello", max_tokens=6).text
    schema = GenerationRequest(user("Hello"), cold, json_schema='{"const": []}')
    assert not isinstance(start(engine, schema).end, GenerationFailed)
    assert engine.close(30.0)
