"""From a name to what is downloaded: of a repository, or of the catalogue."""

import re
from dataclasses import dataclass, replace

from assistant.domain.catalogue import CatalogueSource
from assistant.domain.clock import Clock
from assistant.domain.download import DownloadOrder
from assistant.domain.errors import UserFacingError
from assistant.domain.hub import HubChoice, HubRepository, HubSource
from assistant.domain.model import FitVerdict, ModelInfo
from assistant.hub.download.staging import flat_name
from assistant.hub.snapshots import manifest_sha256
from assistant.services.hub_search import HubSearch, order_of
from assistant.services.jobs import Job, Workers

__all__ = ["HubName", "HubOrders", "choice_named", "hub_name"]

_NAME = re.compile(r"(?P<repo>[^/:\s]+/[^/:\s]+)(?::(?P<choice>.+))?")
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class HubName:
    """A repository by name, and perhaps what is meant of it.

    Args:
        choice: A file or a quantization; empty for the one that suits this machine.
    """

    repo: str
    choice: str = ""


def hub_name(text: str) -> HubName | None:
    """Reads ``owner/name`` or ``owner/name:file or quantization``; None for anything else."""
    found = _NAME.fullmatch(text.strip())
    return None if found is None else HubName(found["repo"], found["choice"] or "")


def choice_named(repository: HubRepository, wanted: str) -> HubChoice:
    """The choice that a file's name or a quantization means, or the recommended one.

    Raises:
        UserFacingError: ``choice_unknown``; ``model_wont_fit`` where nothing is recommended; as
            ``order_of`` where there is nothing to choose.
    """
    low = wanted.casefold()
    for choice in repository.choices:
        names = {choice.name.casefold(), choice.quantization.casefold()}
        names |= {file.name.rpartition("/")[2].casefold() for file in choice.files}
        if (low in names) if wanted else choice.recommended:
            return choice
    usable = [choice for choice in repository.choices if not choice.trouble]
    if not usable:
        raise UserFacingError(
            repository.refused or "There is nothing to download.",
            "Choose another model.",
            code="repo_refused",
        )
    names = [choice.quantization or choice.name for choice in usable]
    some = ", ".join(names[:_SHOWN]) + (
        f" and {rest} more" if (rest := len(names) - _SHOWN) > 0 else ""
    )
    if wanted:
        raise UserFacingError(
            f"{repository.model.repo} has no file that is called so.",
            f"It has {some}.",
            code="choice_unknown",
        )
    fit = usable[0].fit
    raise UserFacingError(
        f"Nothing of {repository.model.repo} fits this machine. {fit.why}"
        if fit is not None and fit.needed_bytes > 0
        else f"What {repository.model.repo} needs is not known, so none was chosen.",
        f"Name a file to have it anyway, as {repository.model.repo}:{names[0]}. It has {some}.",
        code="model_wont_fit",
    )


class HubOrders:
    """Makes orders out of names; looks at the repository first, at the commit that is pinned.

    Args:
        search: Looks.
        workers: Does it off the caller's thread.
        clock: Dates the orders.
    """

    def __init__(self, search: HubSearch, workers: Workers, clock: Clock) -> None:
        self._search = search
        self._workers = workers
        self._clock = clock

    def of_name(
        self, name: HubName, *, anyway: bool = False, allowed: bool = False
    ) -> Job[DownloadOrder]:
        """What is downloaded by a name.

        Args:
            name: What is wanted.
            anyway: Also where it seems not to fit.
            allowed: The user asked for this connection.

        Raises (from the job):
            UserFacingError: As ``HubSearch.look``, ``choice_named`` and ``order_of``.
        """

        def work(job: Job[DownloadOrder]) -> DownloadOrder:
            repository = self._search.look_now(name.repo, "", job, allowed=allowed)
            choice = choice_named(repository, name.choice)
            fit = choice.fit
            if fit is not None and fit.verdict is FitVerdict.WONT_FIT and not anyway:
                raise UserFacingError(
                    f"{choice.name} does not fit this machine. {fit.why}",
                    "Choose a smaller one, or say that you want it anyway.",
                    code="model_wont_fit",
                )
            return order_of(repository, choice, self._clock)

        return self._workers.in_pool(work)

    def of_model(self, model: ModelInfo, *, allowed: bool = False) -> Job[DownloadOrder]:
        """What is downloaded to have an installed model once more, byte for byte.

        Args:
            model: With the repository that it came from, and its hash.
            allowed: The user asked for this connection.

        Raises (from the job):
            UserFacingError: As ``HubSearch.look``; ``revision_moved`` where the repository does
                not have these bytes any more.
        """

        def work(job: Job[DownloadOrder]) -> DownloadOrder:
            repository = self._search.look_now(model.repo, model.commit, job, allowed=allowed)
            order = order_of(repository, _same_files(repository, model), self._clock)
            again = replace(
                model, path=None, sha256="", size_bytes=order.size_bytes, commit=repository.commit
            )
            return replace(order, model=again)

        return self._workers.in_pool(work)

    def of_catalogue(self, source: CatalogueSource, *, allowed: bool = False) -> Job[DownloadOrder]:
        """What is downloaded of a model that the catalogue names.

        The names, the licence and the rest are the catalogue's; sizes and hashes are the Hub's,
        and have to be those of the catalogue where it has them.

        Raises (from the job):
            UserFacingError: As ``HubSearch.look``; ``hash_mismatch`` where the Hub has another
                file than the catalogue; ``repo_refused`` where it is withheld.
        """
        origin = source.origin
        if origin is None:
            raise UserFacingError(
                "This model comes with Lamplight.", "Choose Use.", code="model_installed"
            )

        def work(job: Job[DownloadOrder]) -> DownloadOrder:
            if source.withheld:
                raise UserFacingError(
                    source.withheld, "Take the same model in GGUF format.", code="repo_refused"
                )
            repository = self._search.look_now(origin.repo, origin.commit, job, allowed=allowed)
            choice = _of_origin(repository, origin, source.info)
            order = order_of(repository, choice, self._clock)
            said = source.info.sha256
            if said and len(choice.files) == 1 and choice.files[0].sha256 != said:
                raise UserFacingError(
                    "The Hub has another file than the one that was reviewed.",
                    "Look for a newer catalogue, or search the Hub for the model itself.",
                    code="hash_mismatch",
                )
            model = replace(
                source.info,
                size_bytes=choice.size_bytes,
                repo=origin.repo,
                commit=repository.commit,
            )
            return replace(order, model=model)

        return self._workers.in_pool(work)


def _same_files(repository: HubRepository, model: ModelInfo) -> HubChoice:
    """The choice whose files are those of a model, by their hashes."""
    for choice in repository.choices:
        hashes = {flat_name(file): file.sha256 for file in choice.files}
        if model.sha256 in {*hashes.values(), manifest_sha256(hashes)}:
            return choice
    for choice in repository.choices:  # small files of a snapshot have no hash on the Hub
        same = (choice.format, choice.size_bytes) == (model.format, model.size_bytes)
        if same and len(choice.files) > 1:
            return choice
    if repository.refused:
        raise UserFacingError(repository.refused, "Choose another model.", code="repo_refused")
    raise UserFacingError(
        f"{model.name} is no longer on the Hub as it was.",
        f"Search the Hub for {model.repo} and choose another of its files.",
        code="revision_moved",
    )


def _of_origin(repository: HubRepository, origin: HubSource, info: ModelInfo) -> HubChoice:
    for choice in repository.choices:
        names = {file.name for file in choice.files}
        if choice.format is info.format and (not origin.files or names == set(origin.files)):
            return choice
    if repository.refused:
        raise UserFacingError(repository.refused, "Choose another model.", code="repo_refused")
    raise UserFacingError(
        f"{info.name} is no longer on the Hub as the catalogue knows it.",
        "Look for a newer catalogue, or search the Hub for the model itself.",
        code="revision_moved",
    )
