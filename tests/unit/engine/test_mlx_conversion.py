"""The folder that tests make of the starter model says what the starter model says."""

from pathlib import Path

import make_mlx_test_model
import pytest

from assistant.domain.model import LoadOptions
from assistant.engine.local import local_engine
from tests.helpers.engine_calls import ask, user

_QUESTION = "Tell me a story about a fox."


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_whole_model_writes_what_libllama_writes(
    starter_model: Path, mlx_model: Path, tmp_path: Path
) -> None:
    """The first tokens: later ones part, because libllama computes with quantised weights."""
    whole = make_mlx_test_model.make(starter_model, tmp_path / "whole")
    engine = local_engine()
    try:
        told: list[tuple[int, str]] = []
        for path in (starter_model, whole):
            engine.load(path, LoadOptions(context_length=512)).result(120)
            counted = engine.count_tokens(user(_QUESTION)).result(60)
            told.append((counted, ask(engine, _QUESTION, max_tokens=10).text))
    finally:
        assert engine.close(60.0)

    assert told[0] == told[1]
    assert len(told[0][1].split()) > 4
