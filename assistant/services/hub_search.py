"""Finding models on the Hub, and looking at one before anything of it is downloaded."""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, cast

from assistant.domain.cancel import CancelToken
from assistant.domain.clock import Clock
from assistant.domain.download import DownloadOrder
from assistant.domain.errors import UserFacingError
from assistant.domain.hub import HubChoice, HubModel, HubQuery, HubRepository, HubSort
from assistant.domain.ids import ModelId
from assistant.domain.model import Fit, FitVerdict, ModelFormat, ModelInfo, ModelShape
from assistant.engine.architectures import architecture_trouble, usable_formats
from assistant.engine.from_afar import Glimpse, glimpse_of_config, glimpse_of_gguf, usual_shape
from assistant.hub.card import card_text
from assistant.hub.client import Described, HubClient
from assistant.hub.download import download_id
from assistant.hub.quantizations import stem_of
from assistant.hub.repository import choices_of, config_name, nothing_to_choose, recommend
from assistant.hub.snapshots import manifest_sha256
from assistant.hub.unsafe import code_wanted
from assistant.services.jobs import Job, Workers

__all__ = ["HubSearch", "order_of"]

_HEAD_BYTES = 256 << 10
_CARD_BYTES = 200 << 10
_CONFIG_BYTES = 1 << 20
_MOST_HEADS = 3
_USUAL_BITS = 4.9
_FEWEST_BITS, _MOST_BITS = 1.0, 33.0
"""Of a weight; with others the number of weights belongs to another file."""
_CONFIGS = (config_name, "tokenizer_config.json", "generation_config.json")
_SMALLEST_MEDIUM = 1_000_000_000
JudgeShape = Callable[[ModelShape, int, str], Fit]
"""By shape, longest context in tokens (0 if unknown), and the store's hash (empty if unknown)."""


class HubSearch:
    """Asks the Hub on worker threads; every job gives whole values.

    Args:
        workers: Does the asking.
        client: Of the Hub.
        judge: Whether a model of a shape fits this machine, at the context that is set.
    """

    def __init__(self, workers: Workers, client: HubClient, judge: JudgeShape) -> None:
        self._workers = workers
        self._client = client
        self._judge = judge

    def page_of(self, repo: str) -> str:
        """Address of a repository's page, for people: there its terms are accepted."""
        return f"{self._client.endpoint}/{repo}"

    def search(self, query: HubQuery, *, allowed: bool = False) -> Job[tuple[HubModel, ...]]:
        """Repositories with something to choose, in the order that is asked for.

        The fit of a row is that of the usual four bits, estimated from the number of weights.

        Raises (from the job):
            UserFacingError: ``offline``, ``hub_unreachable``, ``hub_busy``, ``token_wrong``.
        """
        return self._workers.in_pool(lambda job: self._search(query, job, allowed=allowed))

    def look(self, repo: str, commit: str = "", *, allowed: bool = False) -> Job[HubRepository]:
        """One repository: what can be chosen, whether it fits, and its card.

        Raises (from the job):
            UserFacingError: As ``search``, and ``repo_unknown``, ``gated``.
        """
        return self._workers.in_pool(lambda job: self.look_now(repo, commit, job, allowed=allowed))

    def _search(
        self, query: HubQuery, job: Job[tuple[HubModel, ...]], *, allowed: bool
    ) -> tuple[HubModel, ...]:
        formats = sorted((query.formats or usable_formats()) & usable_formats())
        ask = partial(self._client.search, query, allowed=allowed, cancel=job.cancel_token)
        if len(formats) == 1:
            lists = [ask(formats[0])]
        else:
            with ThreadPoolExecutor(len(formats) or 1, thread_name_prefix="search") as threads:
                lists = list(threads.map(ask, formats))
        job.report(0.9, "Judging what fits")
        found = [self._judged(model) for model in _merged(lists, query.sort)]
        return tuple(model for model in found if _wanted(model, query))[: query.limit]

    def _judged(self, model: HubModel) -> HubModel:
        if model.parameters == 0:
            return model
        return replace(model, fit=self._judge(usual_shape(model.parameters, _USUAL_BITS), 0, ""))

    def look_now(self, repo: str, commit: str, job: Job[Any], *, allowed: bool) -> HubRepository:
        """As ``look``, on this thread, as a step of another job."""
        cancel = job.cancel_token
        described = self._client.describe(repo, commit, allowed=allowed, cancel=cancel)
        job.report(0.3, "Reading what it holds")
        choices = choices_of(described)
        read = _Reader(self._client, described, cancel, allowed=allowed)
        choices, glimpse = read.looked_into(choices, lambda: job.report(0.5, "Reading its header"))
        longest = described.context_length or glimpse.context_length
        choices = recommend(
            (self._fitted(choice, longest) for choice in choices), described.model.parameters
        )
        job.report(0.8, "Reading its description")
        card = card_text(read.file("README.md", _CARD_BYTES))
        usable = any(not choice.trouble for choice in choices)
        refused = choices[0].trouble if choices else nothing_to_choose(described)
        best = next((choice for choice in choices if choice.recommended), None)
        model = described.model
        return HubRepository(
            model=replace(model, fit=best.fit if best is not None else None),
            commit=described.commit,
            architecture=glimpse.architecture or described.architecture,
            context_length=longest,
            choices=choices,
            card=card,
            refused="" if usable else refused,
        )

    def _fitted(self, choice: HubChoice, longest: int) -> HubChoice:
        if choice.shape is None:
            return choice
        return replace(choice, fit=self._judge(choice.shape, longest, _store_hash(choice)))


class _Reader:
    """Reads the beginnings of a repository's files.

    Args:
        client: Of the Hub.
        described: The repository.
        cancel: Ends it.
        allowed: The user asked for this.
    """

    def __init__(
        self, client: HubClient, described: Described, cancel: CancelToken, *, allowed: bool
    ) -> None:
        self._client = client
        self._described = described
        self._cancel = cancel
        self._allowed = allowed
        self._closed = False
        self._heads = 0

    def file(self, name: str, most_bytes: int) -> bytes:
        """The beginning of a file; empty where it is not there, or not given to everybody."""
        names = {file.name for file in self._described.files}
        if name not in names or self._closed:
            return b""
        try:
            return self._client.read_file(
                self._described, name, most_bytes, allowed=self._allowed, cancel=self._cancel
            )
        except UserFacingError as error:
            if error.code not in {"gated", "repo_unknown"}:
                raise
            self._closed = True  # its terms are not accepted: what the Hub says must do
            return b""

    def looked_into(
        self, choices: Iterable[HubChoice], on_step: Callable[[], None]
    ) -> tuple[tuple[HubChoice, ...], Glimpse]:
        """Gives each choice its shape and its troubles, by what its files say of themselves."""
        known: dict[str, Glimpse] = {}
        outcome: list[HubChoice] = []
        for choice in choices:
            if choice.trouble:
                outcome.append(choice)
                continue
            on_step()
            if choice.format is ModelFormat.MLX:
                glimpse, trouble = self._snapshot()
                known.setdefault(choice.name, glimpse)
            else:
                glimpse, trouble = self._head_of(choice, known), ""
            outcome.append(self._with(choice, glimpse, trouble))
        return tuple(outcome), next(iter(known.values()), Glimpse())

    def _head_of(self, choice: HubChoice, known: dict[str, Glimpse]) -> Glimpse:
        """What a GGUF file says; files that differ in their quantization say the same."""
        stem = stem_of(choice.files[0].name)
        if stem not in known and self._heads < _MOST_HEADS:
            self._heads += 1
            glimpse = glimpse_of_gguf(self.file(choice.files[0].name, _HEAD_BYTES))
            if glimpse.shape is not None:
                known[stem] = glimpse
        return known.get(stem, Glimpse())

    def _snapshot(self) -> tuple[Glimpse, str]:
        """What the configurations say, and why they are refused."""
        found: Glimpse = Glimpse()
        for name in _CONFIGS:
            config = _json(self.file(name, _CONFIG_BYTES))
            trouble = code_wanted(config, name)
            if trouble:
                return found, trouble
            if name == config_name:
                found = glimpse_of_config(config)
        return found, ""

    def _with(self, choice: HubChoice, glimpse: Glimpse, trouble: str) -> HubChoice:
        weights = sum(
            file.size_bytes
            for file in choice.files
            if file.name.endswith((".gguf", ".safetensors"))
        )
        architecture = glimpse.architecture or self._described.architecture
        trouble = trouble or architecture_trouble(choice.format, architecture)
        shape = glimpse.weighing(weights)
        parameters = self._described.model.parameters
        bits = weights * 8 / parameters if parameters else 0.0
        if shape is None and _FEWEST_BITS <= bits <= _MOST_BITS:
            # Its header is not shown to everybody, or says too little.
            shape = usual_shape(parameters, bits)
        return replace(choice, shape=shape, trouble=trouble)


def _store_hash(choice: HubChoice) -> str:
    """By which the store would know it; empty where the Hub does not name the hash of a file."""
    hashes = {file.name.rpartition("/")[2]: file.sha256 for file in choice.files}
    if not all(hashes.values()):
        return ""
    return manifest_sha256(hashes) if len(hashes) > 1 else "".join(hashes.values())


def order_of(repository: HubRepository, choice: HubChoice, clock: Clock) -> DownloadOrder:
    """What is downloaded when a choice is taken.

    Raises:
        UserFacingError: With code ``repo_refused`` or ``architecture_unknown``; it has a trouble.
    """
    if choice.trouble or not choice.files:
        unknown = "of the kind" in choice.trouble
        raise UserFacingError(
            choice.trouble or "There is nothing to download.",
            "Choose another file or another model.",
            code="architecture_unknown" if unknown else "repo_refused",
        )
    model = repository.model
    return DownloadOrder(
        id=download_id(model.repo, repository.commit, choice.files),
        repo=model.repo,
        commit=repository.commit,
        files=choice.files,
        model=ModelInfo(
            id=ModelId(""),
            name=_name(model.repo),
            format=choice.format,
            architecture=repository.architecture,
            parameters=model.parameters,
            quantization=choice.quantization,
            size_bytes=choice.size_bytes,
            context_length=repository.context_length,
            licence=model.licence,
            sha256="",
            tier="small" if 0 < model.parameters < _SMALLEST_MEDIUM else "medium",
            languages=model.languages,
            repo=model.repo,
            commit=repository.commit,
        ),
        ordered_at=clock.now(),
    )


def _name(repo: str) -> str:
    name = repo.rpartition("/")[2]
    for ending in ("-GGUF", "-gguf", "_GGUF", ".GGUF"):
        name = name.removesuffix(ending)
    return name


def _merged(lists: Iterable[list[HubModel]], sort: HubSort) -> list[HubModel]:
    """One list of several, each in order; a repository that is in two has both formats."""
    known: dict[str, HubModel] = {}
    for model in (model for each in lists for model in each):
        known.setdefault(model.repo, model)

    def rank(model: HubModel) -> float:
        if sort is HubSort.NEWEST:
            return model.updated.timestamp() if model.updated is not None else 0.0
        return float(model.likes if sort is HubSort.LIKES else model.downloads)

    return sorted(known.values(), key=rank, reverse=True)


def _wanted(model: HubModel, query: HubQuery) -> bool:
    if query.licences and model.licence.casefold() not in query.licences:
        return False
    bits = model.parameters * _USUAL_BITS / 8
    if query.largest_bytes and bits > query.largest_bytes:
        return False
    wont_fit = model.fit is not None and model.fit.verdict is FitVerdict.WONT_FIT
    return not (query.fitting_only and wont_fit)


def _json(content: bytes) -> dict[str, object]:
    try:
        found: object = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, object]", found) if isinstance(found, dict) else {}
