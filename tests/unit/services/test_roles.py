"""Which model serves which role: what the user chose, and what comes nearest."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.errors import UserFacingError
from assistant.domain.health import CheckState
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo, ModelRole
from assistant.hub.catalogue import Catalogue, read_catalogue
from assistant.services.jobs import Workers
from assistant.services.roles import RoleService

CATALOGUE: Catalogue = read_catalogue(resources() / "catalogue.json")
SMALL, MEDIUM, CODE, EMBEDDING = ModelRole


def _named(name: str) -> ModelInfo:
    entry = next(entry for entry in CATALOGUE.entries if entry.name == name)
    return replace(entry.best_source(ModelFormat.GGUF).info, path=Path(name))


STARTER, PHI, QWEN, CODER = map(
    _named, ("SmolLM2 135M", "Phi-3.5 mini", "Qwen2.5 7B", "Qwen2.5 Coder 0.5B")
)


@dataclass
class Stand:
    path: Path
    settings: SettingsFile
    workers: Workers
    here: list[ModelInfo] = field(default_factory=list[ModelInfo])

    def roles(self, *, embedding: bool = True) -> RoleService:
        return RoleService(
            self.settings, self.workers, lambda: self.here, CATALOGUE, embedding_here=embedding
        )

    def served(self, role: ModelRole) -> str:
        model = self.roles().model_for(role)
        return model.name if model is not None else ""


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    workers = Workers()
    path = tmp_path / "settings.json"
    yield Stand(path, SettingsFile(path), workers)
    workers.close()


def test_the_nearest_serves_where_nobody_chose(stand: Stand) -> None:
    assert stand.served(SMALL) == ""
    stand.here = [STARTER]
    assert {stand.served(role) for role in (SMALL, MEDIUM, CODE)} == {"SmolLM2 135M"}
    stand.here = [QWEN, STARTER, PHI]
    assert stand.served(SMALL) == "SmolLM2 135M"
    assert stand.served(MEDIUM) == "Qwen2.5 7B"
    assert stand.served(CODE) == "Qwen2.5 7B"
    stand.here.append(CODER)
    assert stand.served(CODE) == "Qwen2.5 Coder 0.5B"
    stand.here = [PHI, QWEN]
    assert stand.served(SMALL) == "Phi-3.5 mini"


def test_the_model_for_new_chats_of_earlier_versions_becomes_the_medium_one(stand: Stand) -> None:
    stand.here = [STARTER, PHI, QWEN]
    stand.settings.update("models", default_model="phi-3.5 MINI")
    assert stand.served(MEDIUM) == "Phi-3.5 mini"
    stand.settings.update("models", default_model=str(STARTER.id))
    assert stand.served(MEDIUM) == "Qwen2.5 7B", "a small one is no medium one beside larger ones"
    stand.settings.update("models", default_model="gone")
    assert stand.served(MEDIUM) == "Qwen2.5 7B"


def test_what_is_chosen_is_kept_and_serves_while_it_can(stand: Stand) -> None:
    stand.here = [STARTER, PHI, QWEN]
    roles = stand.roles()
    roles.assign(MEDIUM, PHI.id).result(60)
    roles.assign(SMALL, PHI.id).result(60)
    assert SettingsFile(stand.path).current.models.roles == {
        "medium": PHI.id,
        "small": PHI.id,
    }
    again = stand.roles()
    assert again.roles_of(PHI.id) == (SMALL, MEDIUM, CODE)
    rows = {row.role: row for row in again.assigned()}
    assert rows[MEDIUM].chosen
    assert not rows[CODE].chosen

    stand.here = [STARTER, QWEN]
    assert stand.served(MEDIUM) == "Qwen2.5 7B"
    stand.here = [STARTER, QWEN, replace(PHI, trouble="It is gone.")]
    assert stand.served(MEDIUM) == "Qwen2.5 7B"
    stand.here = [STARTER, QWEN, PHI]
    roles.assign(SMALL, None).result(60)
    assert stand.served(SMALL) == "SmolLM2 135M"


def test_only_what_is_here_can_have_a_role(stand: Stand) -> None:
    stand.here = [STARTER, replace(PHI, path=None)]
    with pytest.raises(UserFacingError) as caught:
        stand.roles().assign(MEDIUM, PHI.id).result(60)
    assert caught.value.code == "model_not_installed"
    assert stand.settings.current.models.roles == {}


def test_texts_are_compared_by_the_model_that_ships(stand: Stand) -> None:
    stand.here = [STARTER]
    assert stand.served(EMBEDDING) == CATALOGUE.embedding.name
    assert stand.roles(embedding=False).model_for(EMBEDDING) is None
    with pytest.raises(UserFacingError) as caught:
        stand.roles().assign(EMBEDDING, STARTER.id).result(60)
    assert caught.value.code == "role_fixed"
    stand.roles().assign(EMBEDDING, CATALOGUE.embedding.id).result(60)
    [here], [gone] = stand.roles().checks(), stand.roles(embedding=False).checks()
    assert here.state is CheckState.OK
    assert (gone.state, bool(gone.way_out)) == (CheckState.NOTE, True)


def test_a_role_of_a_model_nobody_knows_does_no_harm(stand: Stand) -> None:
    stand.here = [STARTER]
    stand.settings.update("models", roles={"medium": str(ModelId("nobody")), "strange": "x"})
    assert stand.served(MEDIUM) == "SmolLM2 135M"
