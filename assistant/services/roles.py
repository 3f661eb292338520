"""Which installed model is for what: features ask for a role, not for a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.config.settings import SettingsFile
from assistant.domain.errors import UserFacingError
from assistant.domain.health import Check, CheckState
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelInfo, ModelRole, Skill
from assistant.hub.catalogue import Catalogue
from assistant.services.jobs import Job, Workers

CHOOSABLE = tuple(role for role in ModelRole if role is not ModelRole.EMBEDDING)
"""Roles that any installed model can have."""
_SMALL_WEIGHTS = 2_500_000_000
"""Above this a model is not small, whatever it is called."""


@dataclass(frozen=True, slots=True)
class RoleAssignment:
    """What a role stands for now.

    Args:
        model: The installed model; None where nothing serves.
        chosen: By the user; else it was chosen for them.
    """

    role: ModelRole
    model: ModelInfo | None
    chosen: bool


class RoleService:
    """Says which model serves a role; from any thread.

    Where the user has chosen none, or it is gone, the nearest installed model serves: for the
    small role the starter, for the medium one the model for new chats and else the largest, for
    code one that is good at it, and in the end any that there is.

    Args:
        settings: Keep what was chosen.
        workers: Writes it.
        installed: The models that are here.
        catalogue: Names the starter and the model that texts are compared with.
        embedding_here: Whether that one is installed.
    """

    def __init__(
        self,
        settings: SettingsFile,
        workers: Workers,
        installed: Callable[[], Sequence[ModelInfo]],
        catalogue: Catalogue,
        *,
        embedding_here: bool,
    ) -> None:
        self._settings = settings
        self._workers = workers
        self._installed = installed
        self._catalogue = catalogue
        self._embedding_here = embedding_here

    def model_for(self, role: ModelRole) -> ModelInfo | None:
        """The installed model that serves a role; None where nothing does."""
        return self._serving(role, self._usable())

    def assigned(self) -> tuple[RoleAssignment, ...]:
        """Every role, and what it stands for now."""
        usable = self._usable()
        rows: list[RoleAssignment] = []
        for role in ModelRole:
            model = self._serving(role, usable)
            chosen = self._settings.current.models.roles.get(role.value, "")
            rows.append(RoleAssignment(role, model, model is not None and model.id == chosen))
        return tuple(rows)

    def roles_of(self, model_id: ModelId) -> tuple[ModelRole, ...]:
        """What a model is for now."""
        return tuple(
            row.role
            for row in self.assigned()
            if row.model is not None and row.model.id == model_id
        )

    def assign(self, role: ModelRole, model_id: ModelId | None) -> Job[None]:
        """Gives a role to an installed model, or leaves the choice to us.

        Raises (from the job):
            UserFacingError: The model is not installed, or no other can have this role.
            EnvironmentProblem: It cannot be written down.
        """

        def work() -> None:
            if role is ModelRole.EMBEDDING and model_id not in (None, self._catalogue.embedding.id):
                raise UserFacingError(
                    "Search by meaning works with the model that came with Lamplight alone: what "
                    "another makes of a text cannot be compared with what is stored.",
                    "Leave this role to it.",
                    code="role_fixed",
                )
            if model_id is not None and role is not ModelRole.EMBEDDING:
                self._require(model_id)
            kept = dict(self._settings.current.models.roles)
            kept.pop(role.value, None)
            if model_id is not None:
                kept[role.value] = str(model_id)
            self._settings.update("models", roles=kept)

        return self._workers.on_store(work)

    def checks(self) -> list[Check]:
        """A row for the doctor on the model that texts are compared with."""
        name, model = "Search by meaning", self._catalogue.embedding
        if self._embedding_here:
            return [Check(name, CheckState.OK, f"{model.name} is here.")]
        said = f"{model.name} is not here, so search finds words alone."
        return [Check(name, CheckState.NOTE, said, "Install the application again to have it.")]

    def _require(self, model_id: ModelId) -> None:
        if all(model.id != model_id for model in self._usable()):
            raise UserFacingError(
                "This model is not on this machine, so it can have no role.",
                "Download or import it first.",
                code="model_not_installed",
            )

    def _usable(self) -> list[ModelInfo]:
        return [model for model in self._installed() if model.installed and not model.trouble]

    def _serving(self, role: ModelRole, usable: Sequence[ModelInfo]) -> ModelInfo | None:
        if role is ModelRole.EMBEDDING:
            return self._catalogue.embedding if self._embedding_here else None
        said = self._settings.current.models.roles.get(role.value, "")
        chosen = next((model for model in usable if model.id == said), None)
        return chosen or self._nearest(role, usable)

    def _nearest(self, role: ModelRole, usable: Sequence[ModelInfo]) -> ModelInfo | None:
        ordered = sorted(usable, key=_weight)
        if not ordered:
            return None
        if role is ModelRole.CODE:
            coders = [model for model in ordered if _good_at_code(model)]
            return coders[-1] if coders else self._serving(ModelRole.MEDIUM, usable)
        if role is ModelRole.MEDIUM:
            return self._default(ordered) or ordered[-1]
        starter = next((m for m in ordered if m.id == self._catalogue.starter), None)
        return starter or ordered[0]

    def _default(self, ordered: Sequence[ModelInfo]) -> ModelInfo | None:
        """The model for new chats, as it was set before there were roles, unless it is small."""
        said = self._settings.current.models.default_model.casefold()
        found = next(
            (one for one in ordered if said and said in (one.id.casefold(), one.name.casefold())),
            None,
        )
        larger = found is not None and any(_weight(one) > _SMALL_WEIGHTS for one in ordered)
        return None if larger and found is not None and _weight(found) < _SMALL_WEIGHTS else found


def _weight(model: ModelInfo) -> int:
    return model.parameters or model.size_bytes * 2


def _good_at_code(model: ModelInfo) -> bool:
    if model.skills:
        return model.skills[0] is Skill.CODE
    return "code" in model.name.casefold()
