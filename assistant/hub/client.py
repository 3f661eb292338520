"""The Hub, asked with its own library: lists, descriptions, and who a token belongs to."""

import re
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from assistant.domain.cancel import CancelToken
from assistant.domain.connection import Purpose
from assistant.domain.errors import UserFacingError
from assistant.domain.hub import Gate, HubModel, HubQuery, HubSort
from assistant.domain.model import ModelFormat
from assistant.hub.egress import Egress, Grant
from assistant.hub.failures import garbled, of_network, of_status
from assistant.hub.names import checked_commit, checked_repo, is_repo
from assistant.hub.remote_file import read_part

if TYPE_CHECKING:
    import huggingface_hub as hf

__all__ = ["Described", "HubClient", "RemoteFile"]

_SORTS = {
    HubSort.DOWNLOADS: "downloads",
    HubSort.LIKES: "likes",
    HubSort.NEWEST: "last_modified",
}
_LISTED = (
    *("downloads", "likes", "lastModified", "gated", "tags", "gguf", "safetensors"),
    *("pipeline_tag", "private", "disabled"),
)
_MOST_LISTED = 100
_MOST_FILES = 5000
_MOST_WORDS = 200
_SIZE_IN_NAME = re.compile(r"(?<![A-Za-z0-9.])(\d{1,4}(?:\.\d{1,3})?)([bBmM])(?![A-Za-z0-9])")
_MISSHAPEN = (ValueError, KeyError, TypeError, AttributeError)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TEXT = ("", "text-generation", "image-text-to-text", "text2text-generation", "any-to-any")
"""Tasks of models that answer in words; many a repository names none."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file as the Hub lists it; nothing of it is checked yet.

    Args:
        name: As it stands there.
        sha256: Of its LFS record, empty without one.
        git_sha1: Of the git blob.
    """

    name: str
    size_bytes: int
    sha256: str
    git_sha1: str


@dataclass(frozen=True, slots=True)
class Described:
    """A repository as the Hub describes it, at one commit.

    Args:
        architecture: As the Hub read it out of a GGUF file or the configuration.
    """

    model: HubModel
    commit: str
    files: tuple[RemoteFile, ...]
    architecture: str
    context_length: int


class HubClient:
    """Asks under a grant of its own each time; blocks, and belongs on a worker's thread.

    Args:
        egress: The gate.
        token: The user's token for the Hub, empty without one.
    """

    def __init__(self, egress: Egress, token: Callable[[], str]) -> None:
        self._egress = egress
        self._token = token

    @property
    def endpoint(self) -> str:
        """Address of the Hub."""
        return self._egress.endpoint

    def search(
        self,
        query: HubQuery,
        format_: ModelFormat,
        *,
        allowed: bool,
        cancel: CancelToken | None = None,
    ) -> list[HubModel]:
        """Repositories with files of one format.

        Args:
            query: What is looked for; its licences and sizes are looked at in the outcome.
            format_: GGUF or MLX.
            allowed: The user asked for just this, also where work is offline.
            cancel: Ends the request, whatever it waits for.

        Raises:
            Cancelled: It was.
            UserFacingError: ``offline``, ``hub_unreachable``, ``hub_busy``, ``token_wrong``.
        """
        filters = [format_.value]
        if len(query.licences) == 1:
            filters.append(f"license:{next(iter(query.licences))}")
        with self._library("A search for models", allowed=allowed, cancel=cancel) as api:
            found = api.list_models(
                search=query.words.strip()[:_MOST_WORDS] or None,
                filter=filters,
                sort=cast("Any", _SORTS[query.sort]),
                limit=min(query.limit * (1 + _is_narrow(query)) + 10, _MOST_LISTED),
                expand=cast("Any", list(_LISTED)),
            )
            return [model for model in (_listed(info) for info in found) if model is not None]

    def describe(
        self, repo: str, commit: str = "", *, allowed: bool, cancel: CancelToken | None = None
    ) -> Described:
        """A repository with all its files, as of its newest commit or of the one that is named.

        Raises:
            UserFacingError: As ``search``, and ``repo_unknown``, ``gated``.
        """
        checked_repo(repo)
        with self._library(repo, allowed=allowed, cancel=cancel) as api:
            info = api.model_info(repo, revision=commit or None, files_metadata=True)
            return _described(repo, info)

    def who_am_i(self, token: str, *, allowed: bool) -> str:
        """The name of the account that a token belongs to.

        Raises:
            UserFacingError: As ``search``; ``token_wrong`` where the Hub does not know it.
        """
        with self._library("Your account", allowed=allowed) as api:
            return str(cast("Any", api).whoami(token=token)["name"])

    def read_file(
        self,
        described: Described,
        name: str,
        most_bytes: int,
        *,
        allowed: bool,
        cancel: CancelToken | None = None,
    ) -> bytes:
        """The beginning of a file at a commit; empty where there is no such file.

        Raises:
            UserFacingError: As ``describe``.
        """
        repo, commit = checked_repo(described.model.repo), checked_commit(described.commit)
        grant = self._egress.grant(Purpose.DOWNLOAD, repo, allowed=allowed)
        with grant, _until(cancel, grant), self._egress.client(grant) as client:
            address = f"{self.endpoint}/{repo}/resolve/{commit}/"
            headers = self._egress.authorization(self._token())
            return read_part(client, address, name, most_bytes, headers)

    @contextmanager
    def _library(
        self, why: str, *, allowed: bool, cancel: CancelToken | None = None
    ) -> "Generator[hf.HfApi]":
        with self._egress.grant(Purpose.SEARCH, why, allowed=allowed) as grant:
            from huggingface_hub import HfApi

            api = HfApi(endpoint=self.endpoint, token=self._token() or False)
            with _until(cancel, grant), self._egress.library(grant), _in_sentences():
                yield api


@contextmanager
def _until(cancel: CancelToken | None, grant: Grant) -> Generator[None]:
    """Cuts what goes on inside as soon as it is cancelled."""
    if cancel is None:
        yield
        return
    cancel.watch(grant.cut)
    try:
        yield
    except UserFacingError:
        cancel.raise_if_cancelled()
        raise
    finally:
        cancel.unwatch(grant.cut)


@contextmanager
def _in_sentences() -> Generator[None]:
    """Turns what the library raises into what a user can read."""
    import httpx2
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        yield
    except HfHubHTTPError as error:
        response = error.response
        raise of_status(response.status_code, response.headers) or garbled() from None
    except httpx2.HTTPError as error:
        raise of_network(error) from None
    except (HFValidationError, RecursionError, *_MISSHAPEN) as error:
        # Whoever answers here need not be a Hub: the library trusts the shape of what comes.
        raise garbled() from error


def _listed(info: "hf.ModelInfo") -> HubModel | None:
    """A row of a list; None for what does not answer in words, or has a name that is none."""
    if (info.pipeline_tag or "") not in _TEXT or info.disabled or not is_repo(info.id):
        return None
    tags = _tags(info)
    return HubModel(
        repo=info.id,
        parameters=_parameters(info),
        downloads=_count(info.downloads),
        likes=_count(info.likes),
        updated=_in_utc(info.last_modified),
        licence=next((tag.partition(":")[2] for tag in tags if tag.startswith("license:")), ""),
        gate=_gate(info.gated),
        formats=tuple(format_ for format_ in ModelFormat if format_.value in tags),
        languages=tuple(tag for tag in tags if _LANGUAGE.fullmatch(tag) and tag != "mlx"),
    )


def _described(repo: str, info: "hf.ModelInfo") -> Described:
    siblings = info.siblings or []
    if len(siblings) > _MOST_FILES:
        raise garbled()
    gguf, config = _facts(info, "gguf"), _facts(info, "config")
    listed = _listed(info)
    model = listed if listed is not None else _bare(repo, info)
    return Described(
        model=model,
        commit=checked_commit(info.sha or ""),
        files=tuple(
            RemoteFile(
                str(file.rfilename),
                _count(file.lfs.size if file.lfs is not None else file.size),
                str(file.lfs.sha256) if file.lfs is not None else "",
                str(file.blob_id or ""),
            )
            for file in siblings
        ),
        architecture=str(gguf.get("architecture") or config.get("model_type") or ""),
        context_length=_count(gguf.get("context_length")),
    )


def _bare(repo: str, info: "hf.ModelInfo") -> HubModel:
    updated = _in_utc(info.last_modified)
    gate = _gate(info.gated)
    return HubModel(repo, 0, _count(info.downloads), _count(info.likes), updated, "", gate, ())


def _tags(info: "hf.ModelInfo") -> list[str]:
    return [tag for tag in cast("Iterable[object]", info.tags or []) if isinstance(tag, str)]


def _parameters(info: "hf.ModelInfo") -> int:
    """As the Hub counts them, or as the name says."""
    counted = _count(_facts(info, "gguf").get("total")) or _count(
        getattr(info.safetensors, "total", 0)
    )
    quantised = "mlx" in _tags(info)
    said = _SIZE_IN_NAME.findall(info.id.rpartition("/")[2])
    named = int(float(said[0][0]) * (1e9 if said[0][1] in "bB" else 1e6)) if said else 0
    # Of quantised weights in safetensors the Hub counts the packed numbers, not the weights.
    return (named or counted) if quantised else (counted or named)


def _facts(info: "hf.ModelInfo", name: str) -> dict[str, object]:
    return cast("dict[str, object]", getattr(info, name) or {})


def _is_narrow(query: HubQuery) -> bool:
    """Whether much of what is found will be left out here."""
    return bool(query.largest_bytes or query.fitting_only or len(query.licences) > 1)


def _count(value: object) -> int:
    return max(value, 0) if isinstance(value, int) and not isinstance(value, bool) else 0


def _gate(gated: object) -> Gate:
    if gated == "manual":
        return Gate.MANUAL
    return Gate.AUTOMATIC if gated else Gate.OPEN


def _in_utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
