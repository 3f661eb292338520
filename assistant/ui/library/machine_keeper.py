"""Keeps the first page and the roles as the services see them."""

from PySide6.QtCore import QObject, QPoint, QTimer

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.machine import MemoryShares
from assistant.domain.model import ModelRole, ModelState
from assistant.services.core import Core
from assistant.services.recommending import Advice, Recommendation
from assistant.services.roles import RoleAssignment
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.library.controller import ModelsController
from assistant.ui.library.entries import Entry
from assistant.ui.library.machine_page import MachineView, Recommended
from assistant.ui.library.place import ModelsPlace
from assistant.ui.library.side_cards import MemoryView
from assistant.ui.library.words import machine_words

_LOOK_MS = 2000


class MachineKeeper(QObject):
    """What is recommended, what the memory holds, and which model is for what.

    Args:
        core: Is asked.
        place: What is shown.
        controller: Knows the models; owns this.
        relay: Brings outcomes to this thread.
    """

    def __init__(
        self, core: Core, place: ModelsPlace, controller: ModelsController, relay: JobRelay
    ) -> None:
        super().__init__(controller)
        self._core = core
        self._place = place
        self._controller = controller
        self._relay = relay
        self._advice: Advice | None = None
        self._roles: tuple[RoleAssignment, ...] = ()
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)
        place.looked_at.connect(self._watch)
        place.role_wanted.connect(self._assign)
        place.role_menu_wanted.connect(self._offer)
        controller.refreshed.connect(self._show)
        controller.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Asks for advice and roles anew."""
        self._relay.watch(self._core.recommending.advise(), self._advised)
        self._read_roles()
        self._look()

    def _read_roles(self) -> None:
        job = self._core.workers.in_pool(lambda _: self._core.roles.assigned())
        self._relay.watch(job, self._take_roles)

    def _advised(self, advice: Advice) -> None:
        self._advice = advice
        self._controller.show()
        self._look()

    def _take_roles(self, roles: tuple[RoleAssignment, ...]) -> None:
        self._roles = roles
        models = {row.role: row.model for row in roles if row.model is not None}
        self._place.sections.show_roles({role: model.name for role, model in models.items()})
        self._controller.collection.roles = {role: model.id for role, model in models.items()}
        self._controller.show()

    # The first page

    def _show(self) -> None:
        advice, collection = self._advice, self._controller.collection
        every = collection.every()
        small = medium = None
        if advice is not None:
            known = {entry.key: entry for entry in every}
            small = _card(advice.small, known)
            medium = _card(advice.medium, known)
        shown = {card.entry.key for card in (small, medium) if card is not None}
        view = MachineView(
            machine_words(advice.machine) if advice is not None else "",
            self._core.settings.current.models.context_length,
            small,
            medium,
            [entry for entry in every if entry.key not in shown],
        )
        self._place.machine.show_machine(view)

    def _watch(self, looked_at: bool) -> None:  # noqa: FBT001 - a slot
        """Nobody asks for the memory while nobody looks."""
        if looked_at:
            self._look()
            self._looking.start()
        else:
            self._looking.stop()

    def _look(self) -> None:
        wanted = self._wanted()
        needed = wanted.fit.needed_bytes if wanted is not None else 0
        job = self._core.workers.in_pool(lambda _: self._core.fitting.shares(needed))
        self._relay.watch(job, self._show_memory)

    def _wanted(self) -> Recommendation | None:
        """The recommended model that is not in the memory yet."""
        medium = self._advice.medium if self._advice is not None else None
        status = self._controller.collection.status
        loaded = status.model if status.state is ModelState.READY else None
        if medium is None or (loaded is not None and loaded.id == medium.model.id):
            return None
        return medium

    def _show_memory(self, shares: MemoryShares | None) -> None:
        card = self._place.machine.memory
        card.setVisible(shares is not None)
        if shares is None:
            return
        wanted, status = self._wanted(), self._controller.collection.status
        loaded = status.model.name if status.model and status.state is ModelState.READY else ""
        named = wanted.model.name if wanted is not None else ""
        card.show_memory(MemoryView(shares, loaded, named))

    # Roles

    def _offer(self, role: ModelRole, corner: QPoint) -> None:
        current = next((row.model for row in self._roles if row.role is role), None)
        models = [entry.model for entry in self._controller.collection.here()]
        if role is ModelRole.EMBEDDING:  # it came with the application and serves alone
            models = [current] if current is not None else []
        key = str(current.id) if current is not None else ""
        self._place.offer_models(role, models, key, corner)

    def _assign(self, role: ModelRole, key: str) -> None:
        self._relay.watch(self._core.roles.assign(role, ModelId(key)), self._assigned, self._fail)

    def _assigned(self, _: None) -> None:
        self._read_roles()

    def _fail(self, error: UserFacingError) -> None:
        self._controller.failed.emit(error)


def _card(wanted: Recommendation | None, known: dict[str, Entry]) -> Recommended | None:
    """A recommendation with all that is known of the model."""
    if wanted is None:
        return None
    entry = known.get(str(wanted.model.id)) or Entry(wanted.model, wanted.fit)
    return Recommended(entry, wanted.why)
