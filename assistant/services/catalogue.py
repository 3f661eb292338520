"""The models that are offered, and how a newer list of them comes in."""

from pathlib import Path

from assistant.config.settings import SettingsFile
from assistant.domain.catalogue import CatalogueEntry, CatalogueNews, CatalogueState
from assistant.domain.connection import Purpose
from assistant.domain.errors import UserFacingError
from assistant.domain.health import Check, CheckState
from assistant.hub.catalogue_refresh import LARGEST_ENVELOPE_BYTES, CatalogueKeeper
from assistant.hub.egress import Egress
from assistant.services.jobs import Job, Workers


class CatalogueService:
    """Offers the catalogue, and refreshes it from where the user says.

    Args:
        workers: Fetches and checks.
        settings: Name the file or the address.
        keeper: Holds what is offered.
        egress: The gate to the network.
    """

    def __init__(
        self, workers: Workers, settings: SettingsFile, keeper: CatalogueKeeper, egress: Egress
    ) -> None:
        self._workers = workers
        self._settings = settings
        self._keeper = keeper
        self._egress = egress

    def entries(self) -> tuple[CatalogueEntry, ...]:
        """The models that are offered, the weakest at general tasks first."""
        return self._keeper.current.entries

    @property
    def edition(self) -> int:
        """Of the catalogue that is offered."""
        return self._keeper.current.edition

    def state(self) -> Job[CatalogueState]:
        """What is offered now, and where a newer one would come from."""

        def work(_: Job[CatalogueState]) -> CatalogueState:
            current = self._keeper.current
            return CatalogueState(
                current.edition,
                current.issued,
                len(current.entries),
                self.source,
                self._keeper.signed_by,
                self._keeper.pinned,
                self._keeper.problem,
            )

        return self._workers.in_pool(work)

    @property
    def source(self) -> str:
        """The file or address in the settings; empty where there is none."""
        return self._settings.current.models.catalogue_source.strip()

    def refresh(
        self, source: str = "", *, accept: str = "", allowed: bool = False
    ) -> Job[CatalogueNews]:
        """Gets the catalogue from a file or an address.

        Args:
            source: Path or address; empty takes the one in the settings.
            accept: The fingerprint that the user has compared, where its key was unknown.
            allowed: The user has allowed this connection.

        Raises (from the job):
            UserFacingError: There is none, or it is not taken; see ``CatalogueKeeper.take``. It
                cannot be had: ``offline``, ``catalogue_unreachable``.
        """
        wanted = source.strip() or self.source

        def work(_: Job[CatalogueNews]) -> CatalogueNews:
            if not wanted:
                raise UserFacingError(
                    "No place is set that a newer catalogue comes from.",
                    "Choose a file, or name an https address in the settings, under Models.",
                    code="catalogue_nowhere",
                )
            fetched = self._fetch(wanted, allowed=allowed) if "://" in wanted else _read(wanted)
            return self._keeper.take(fetched, accept)

        return self._workers.in_pool(work)

    def forget_key(self) -> Job[None]:
        """Trusts the key that was accepted no longer."""
        return self._workers.in_pool(lambda _: self._keeper.forget_key())

    def checks(self) -> list[Check]:
        """A row for the doctor."""
        problem = self._keeper.problem
        state = CheckState.PROBLEM if problem else CheckState.OK
        current = self._keeper.current
        day = f" of {current.issued.isoformat()}" if current.issued is not None else ""
        whose = "signed with an accepted key" if self._keeper.signed_by else "came with Lamplight"
        said = problem or f"Edition {self.edition}{day}, {len(current.entries)} models; {whose}."
        way_out = "Refresh it in Models, or remove its address from the settings."
        return [Check("Catalogue", state, said, way_out if problem else "")]

    def _fetch(self, address: str, *, allowed: bool) -> bytes:
        import httpx2

        parts: list[bytes] = []
        size = 0
        try:
            with (
                self._egress.grant(
                    Purpose.CATALOGUE, "A newer catalogue", allowed=allowed, address=address
                ) as grant,
                self._egress.client(grant) as client,
                client.stream("GET", address) as answer,
            ):
                answer.raise_for_status()
                for part in answer.iter_bytes(1 << 16):
                    size += len(part)
                    parts.append(part)
                    if size > LARGEST_ENVELOPE_BYTES:
                        raise _too_large()
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise UserFacingError(
                "The catalogue could not be fetched.",
                "Check its address and the connection, then try again. The old one stays.",
                code="catalogue_unreachable",
            ) from error
        return b"".join(parts)


def _read(path: str) -> bytes:
    try:
        with Path(path).expanduser().open("rb") as reader:
            text = reader.read(LARGEST_ENVELOPE_BYTES + 1)
    except OSError as error:
        raise UserFacingError(
            "The file of the catalogue cannot be read.",
            "Check that it is there and may be read. The old catalogue stays.",
            code="catalogue_unreachable",
        ) from error
    if len(text) > LARGEST_ENVELOPE_BYTES:
        raise _too_large()
    return text


def _too_large() -> UserFacingError:
    return UserFacingError(
        "What was to be the catalogue is far too large for one.",
        "Check its address. The old one stays.",
        code="catalogue_broken",
    )
