"""Finding models on a Hub on loopback, with the real client, and looking at one closely."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.config.settings import SettingsFile
from assistant.domain.clock import FixedClock
from assistant.domain.errors import UserFacingError
from assistant.domain.hub import Gate, HubQuery, HubRepository, HubSort
from assistant.domain.model import FitVerdict, ModelFormat
from assistant.engine.architectures import architecture_trouble, usable_formats
from assistant.services.fitting import Fitting
from assistant.services.hub_search import order_of
from assistant.services.hub_services import HubServices, hub_services
from assistant.services.jobs import Job, Workers
from assistant.services.options import CoreOptions
from tests.helpers.hub import HubDouble
from tests.helpers.hub.faults import Reply

pytestmark = pytest.mark.loopback
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
TOKEN = "hf_thisisasecret"  # noqa: S105 - of no real account
CARD = b"""---
license: mit
---
# A model

<p align="center"><img src="https://example.com/x.png"></p>

![a picture](https://example.com/y.png) and [a page](https://example.com).

```html
<b>code</b>
```
"""


@dataclass
class Stand:
    """Search in a profile of its own, before a Hub of its own."""

    hub: HubDouble
    services: HubServices
    workers: Workers
    settings: SettingsFile
    log: Path

    def look(self, repo: str) -> HubRepository:
        return self.services.search.look(repo).result(60)

    def names(self, query: HubQuery) -> list[str]:
        return [model.repo for model in self.services.search.search(query).result(60)]


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    with HubDouble(tokens={TOKEN: {"owner/Gated-GGUF"}}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        options = CoreOptions(profile_paths(tmp_path), FixedClock(NOW), keyring=False)
        settings = SettingsFile(options.paths.settings)
        settings.update("privacy", offline=False)
        workers = Workers()
        services = hub_services(options, settings, workers, Fitting())
        yield Stand(hub, services, workers, settings, options.paths.state / "connections.jsonl")
        workers.close()
        services.egress.close()


def failing(job: Job[HubRepository]) -> UserFacingError:
    with pytest.raises(UserFacingError) as caught:
        job.result(60)
    return caught.value


def test_search_asks_for_what_was_asked(stand: Stand) -> None:
    for name, downloads, likes, licence in (
        ("owner/Small-1B-GGUF", 5, 9, "mit"),
        ("owner/Large-70B-GGUF", 9, 1, "llama3"),
    ):
        billions = 70 if "70" in name else 1
        stand.hub.add_repo(
            name,
            {"m.gguf": b"x"},
            downloads=downloads,
            likes=likes,
            tags=("gguf", "en", f"license:{licence}"),
            gguf={"total": billions * 10**9, "architecture": "llama"},
            last_modified=f"2026-0{likes}-01T00:00:00.000Z",
        )
    stand.hub.add_repo("owner/Image-GGUF", {"m.gguf": b"x"}, tags=("gguf",))
    stand.hub.repositories["owner/Image-GGUF"].details["pipeline_tag"] = "text-to-image"
    stand.hub.add_repo("owner/" + "x" * 120, {"m.gguf": b"x"}, tags=("gguf",))  # no name for us
    stand.hub.add_repo("owner/Original-1B", {"m.safetensors": b"x"}, tags=("safetensors",))
    large, small = "owner/Large-70B-GGUF", "owner/Small-1B-GGUF"
    assert stand.names(HubQuery()) == [large, small]
    assert stand.names(HubQuery(sort=HubSort.LIKES)) == [small, large]
    assert stand.names(HubQuery(sort=HubSort.NEWEST)) == [small, large]
    assert stand.names(HubQuery("large")) == [large]
    assert stand.names(HubQuery(licences=frozenset({"mit"}))) == [small]
    assert stand.names(HubQuery(licences=frozenset({"mit", "llama3"}))) == [large, small]
    assert stand.names(HubQuery(largest_bytes=2 * 10**9)) == [small]
    assert stand.names(HubQuery("nothing")) == []
    assert stand.names(HubQuery(limit=1)) == [large]
    [found] = stand.services.search.search(HubQuery("small")).result(60)
    assert (found.parameters, found.licence, found.languages) == (10**9, "mit", ("en",))
    assert found.fit is not None
    assert 500_000_000 < found.fit.needed_bytes < 2_500_000_000


def test_a_repository_is_explained_choice_by_choice(stand: Stand, starter_model: Path) -> None:
    stand.hub.add_repo(
        "owner/Starter-135M-GGUF",
        {
            "Starter-Q4_1.gguf": starter_model,
            "Starter-Q8_0-00001-of-00002.gguf": b"GGUF",
            "Starter-Q8_0-00002-of-00002.gguf": b"more",
            "Starter-Q6_K-00001-of-00002.gguf": b"alone",
            "mmproj-Starter-F16.gguf": b"eyes",
            "imatrix.gguf": b"numbers",
            "convert.py": b"print()",
            "README.md": CARD,
        },
        tags=("gguf",),
        gguf={"total": 135_000_000, "architecture": "llama", "context_length": 2048},
    )
    found = stand.look("owner/Starter-135M-GGUF")
    by_name = {choice.quantization: choice for choice in found.choices}
    assert set(by_name) == {"Q4_1", "Q8_0", "Q6_K"}
    assert len(by_name["Q8_0"].files) == 2
    assert by_name["Q6_K"].trouble == "1 of its 2 parts are missing."
    best = by_name["Q4_1"]
    assert best.recommended, "the one that is whole and fits"
    assert "older" in best.explained
    assert best.fit is not None
    assert best.fit.verdict is FitVerdict.FITS
    assert best.shape is not None
    shape = best.shape
    assert (shape.block_count, shape.head_count_kv, shape.key_length) == (30, 3, 64)
    assert (shape.embedding_length, shape.vocab_size) == (576, 49152)
    assert (found.architecture, found.context_length, found.refused) == ("llama", 2048, "")
    assert found.commit == stand.hub.repositories["owner/Starter-135M-GGUF"].head
    assert "license" not in found.card
    assert "example.com/x" not in found.card
    assert "example.com/y" not in found.card
    assert "<b>code</b>" in found.card
    order = order_of(found, best, FixedClock(NOW))
    assert (order.commit, order.files) == (found.commit, best.files)
    assert (order.model.name, order.model.quantization) == ("Starter-135M", "Q4_1")
    # Of the weights themselves nothing was read but their beginning.
    read = sum(row.received_bytes for row in stand.services.connections.newest())
    assert read < 2_000_000


def test_an_architecture_that_is_not_known_is_said_before(stand: Stand) -> None:
    gguf = {"total": 7 * 10**9, "architecture": "brand-new"}
    stand.hub.add_repo("owner/New-GGUF", {"New-Q4_K_M.gguf": b"x"}, tags=("gguf",), gguf=gguf)
    found = stand.look("owner/New-GGUF")
    assert "brand-new" in found.refused
    with pytest.raises(UserFacingError) as caught:
        order_of(found, found.choices[0], FixedClock(NOW))
    assert caught.value.code == "architecture_unknown"


MLX = {
    "config.json": json.dumps(
        {
            "model_type": "llama",
            "hidden_size": 64,
            "num_hidden_layers": 2,
            "num_attention_heads": 4,
            "num_key_value_heads": 2,
            "vocab_size": 100,
            "max_position_embeddings": 512,
        }
    ).encode(),
    "model.safetensors": b"weights",
    "tokenizer.json": b"{}",
    "README.md": b"# It",
}


@pytest.mark.skipif(ModelFormat.MLX not in usable_formats(), reason="MLX is not installed here")
@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, ""),
        ({"modeling_it.py": b""}, "program"),
        ({"training_args.bin": b""}, "run programs"),
        ({"tokenizer_config.json": b'{"auto_map": {"x": "y"}}'}, "auto_map"),
        ({"config.json": b'{"model_type": "llama", "model_file": "x.py"}'}, "model_file"),
        ({"../../evil.json": b""}, "leads out"),
        ({"con.json": b""}, "device"),
    ],
)
def test_a_snapshot_is_refused_for_what_it_would_run(
    stand: Stand, more: dict[str, bytes], reason: str
) -> None:
    stand.hub.add_repo("mlx/It-4bit", {**MLX, **more}, tags=("mlx",))
    found = stand.look("mlx/It-4bit")
    [choice] = found.choices
    assert (choice.format, choice.quantization) == (ModelFormat.MLX, "4-bit")
    if reason:
        assert reason in choice.trouble
        assert found.refused == choice.trouble
        return
    assert choice.trouble == ""
    assert {file.name for file in choice.files} == set(MLX)
    assert choice.shape is not None
    assert (choice.shape.block_count, choice.shape.weights_bytes) == (2, 7)
    assert all(file.sha256 or file.git_sha1 for file in choice.files)


def test_what_is_no_model_for_here_says_why(stand: Stand) -> None:
    stand.hub.add_repo("owner/Original", {"model.safetensors": b"x", "config.json": b"{}"})
    stand.hub.add_repo("owner/Pickle", {"pytorch_model.bin": b"x"})
    stand.hub.add_repo("owner/Empty", {"a.txt": b"x"})
    assert "GGUF" in stand.look("owner/Original").refused
    assert "run programs" in stand.look("owner/Pickle").refused
    assert "no file" in stand.look("owner/Empty").refused


def test_hostile_names_are_shown_and_never_offered(stand: Stand) -> None:
    names = ["../../Evil-Q4_0.gguf", "a\u202eQ5_0.gguf", "nul.Q8_0.gguf", "/etc/Q6_K.gguf"]
    stand.hub.add_repo("owner/Evil-GGUF", dict.fromkeys(names, b"x"), tags=("gguf",))
    found = stand.look("owner/Evil-GGUF")
    assert len(found.choices) == 4
    for choice in found.choices:
        assert choice.trouble
        assert choice.files == ()
        assert choice.name.isprintable()


def test_gated_repositories_are_shown_and_a_token_opens_them(stand: Stand) -> None:
    stand.hub.add_repo(
        "owner/Gated-GGUF",
        {"Gated-Q4_K_M.gguf": b"GGUF", "README.md": CARD},
        gated="manual",
        tags=("gguf",),
        gguf={"total": 10**9, "architecture": "llama", "context_length": 4096},
    )
    found = stand.look("owner/Gated-GGUF")
    assert (found.model.gate, found.card, found.refused) == (Gate.MANUAL, "", "")
    assert stand.services.search.page_of(found.model.repo) == f"{stand.hub.url}/owner/Gated-GGUF"
    state = stand.services.account.set_token(f" {TOKEN}\n").result(60)
    assert (state.there, state.kept, state.name) == (True, False, "reader")
    assert "# A model" in stand.look("owner/Gated-GGUF").card
    assert not stand.services.account.remove_token().result(60).there
    assert TOKEN not in stand.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("token", ["hf_wrongwrong", "", "two words", "hf_é" + "x" * 9, "x" * 300])
def test_a_wrong_token_is_not_kept(stand: Stand, token: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        stand.services.account.set_token(token).result(60)
    assert caught.value.code == "token_wrong"
    assert token == "" or token not in caught.value.message + caught.value.hint
    assert not stand.services.account.state().result(60).there


@pytest.mark.parametrize(
    ("reply", "code", "words"),
    [
        (Reply(404, {"X-Error-Code": "RepoNotFound"}), "repo_unknown", ""),
        (Reply(401, {"X-Error-Code": "RepoNotFound"}), "repo_unknown", ""),
        (Reply(401, {"X-Error-Code": "GatedRepo"}), "gated", "/owner/x,"),
        (Reply(403), "gated", ""),
        (Reply.busy(42), "hub_busy", "42 seconds"),
        (Reply.busy(600, header="RateLimit"), "hub_busy", "10 minutes"),
        (Reply(503), "hub_busy", ""),
        (Reply(418), "hub_unreachable", "418"),
        (Reply(200, {}, b"<html>log in</html>"), "hub_unreachable", "login page"),
        (Reply(200, {}, b'{"id": 5, "siblings": [1]}'), "hub_unreachable", ""),
        (Reply(200, {}, b"[" * 100_000), "hub_unreachable", ""),
        (Reply(200, {}, b"{" + b" " * (17 << 20)), "hub_unreachable", "too long"),
        (Reply(302, {"Location": "https://example.com/"}), "host_refused", "example.com"),
    ],
)
def test_what_goes_wrong_is_a_sentence(stand: Stand, reply: Reply, code: str, words: str) -> None:
    stand.hub.fault("/api/models/owner/x").replies.append(reply)
    error = failing(stand.services.search.look("owner/x"))
    assert error.code == code
    assert words in f"{error.message} {error.hint}"
    assert error.hint
    assert len(stand.hub.requests) == 1, "it is not tried again behind the user's back"


def test_nobody_there_and_offline_are_told_apart(stand: Stand) -> None:
    stand.settings.update("privacy", offline=True)
    assert failing(stand.services.search.look("owner/x")).code == "offline"
    assert stand.hub.requests == []
    stand.hub.add_repo("owner/x", {"a.gguf": b"x"}, tags=("gguf",))
    assert stand.services.search.look("owner/x", allowed=True).result(60).choices


def test_what_is_no_name_never_reaches_the_network(stand: Stand) -> None:
    for name in ("../x", "a", "a/b/c", "a/b?x", ""):
        assert failing(stand.services.search.look(name)).code == "repo_unknown"
    assert stand.hub.requests == []


def test_only_what_was_asked_for_is_asked(stand: Stand) -> None:
    stand.names(HubQuery())
    assert {request.path.partition("?")[0] for request in stand.hub.requests} == {"/api/models"}
    assert "x-amzn-trace-id" not in stand.hub.requests[0].headers
    assert stand.hub.requests[0].headers["user-agent"].startswith("Lamplight/")


@pytest.mark.parametrize(
    ("architecture", "known"),
    [("llama", True), ("qwen2", True), ("bert", False), ("brand-new", False), ("a b\n", False)],
)
def test_the_library_is_asked_what_it_knows(architecture: str, *, known: bool) -> None:
    assert (architecture_trouble(ModelFormat.GGUF, architecture) == "") is known
