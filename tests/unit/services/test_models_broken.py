"""A load that breaks in a way that nobody foresaw."""

from concurrent.futures import Future
from pathlib import Path

import pytest

from assistant.config.paths import shared_models
from assistant.domain.model import LoadedModel, ModelState
from assistant.engine.scripted import scripted_engine
from tests.helpers.library_stand import library


def test_it_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starter_model: Path
) -> None:
    assert starter_model.is_file()
    engine = scripted_engine()

    def broken(*_: object, **__: object) -> Future[LoadedModel]:
        outcome: Future[LoadedModel] = Future()
        outcome.set_exception(ZeroDivisionError())
        return outcome

    monkeypatch.setattr(engine, "load", broken)
    with library(tmp_path, shared_models(), lambda: engine) as stand:
        [model, *_] = stand.models.installed()
        with pytest.raises(ZeroDivisionError):
            stand.models.use(model.id).result(60)
        said = stand.models.status
    assert said.state is ModelState.FAILED
    assert said.detail == "Something went wrong in Lamplight while it was loaded. Load it again."
