"""The catalogue that ships: sound, and true to itself."""

import json
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.config.paths import resources
from assistant.domain.errors import Bug
from assistant.domain.model import ModelFormat
from assistant.hub.catalogue import Catalogue, parse_catalogue, read_catalogue

FILE = resources() / "catalogue.json"
RAW: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(FILE)


def _weights(entry: dict[str, Any]) -> int:
    """Parameters of a dense transformer with gated feed-forward layers, norms left out."""
    shape = entry["shape"]
    width, head = shape["embedding_length"], shape["head_length"]
    attention = width * head * 2 * (shape["head_count"] + shape["head_count_kv"])
    forward = 3 * width * shape["feed_forward_length"]
    tables = shape["vocab_size"] * width * (1 if shape["tied"] else 2)
    return shape["block_count"] * (attention + forward) + tables


@pytest.mark.parametrize("entry", RAW["models"], ids=lambda entry: entry["id"])
def test_the_figures_of_a_model_give_its_parameters_and_its_size(entry: dict[str, Any]) -> None:
    if "attention_count" not in entry["shape"]:  # else other layers stand between
        assert _weights(entry) == pytest.approx(entry["parameters"], rel=0.01)
    for source in entry["sources"]:
        if source["format"] == "gguf":
            bits = source["size_bytes"] * 8 / entry["parameters"]
            assert 4.5 <= bits <= 6.5, "about four bits a weight, the tables somewhat more"


def test_it_holds_what_was_promised(catalogue: Catalogue) -> None:
    by_name = {entry.name: entry for entry in catalogue.entries}
    assert len(by_name) >= 10
    for name in ("Phi-3.5 mini", "Qwen2.5 7B"):
        formats = {source.info.format: source.info for source in by_name[name].sources}
        assert formats[ModelFormat.GGUF].quantization == "Q4_K_M"
        assert formats[ModelFormat.MLX].quantization == "4-bit"
    for name in ("TinyLlama 1.1B Chat", "Mistral 7B v0.3", "Llama 3.2 3B", "Qwen2.5 Coder 7B"):
        assert name in by_name
    sizes = [model.parameters for model in catalogue.models]
    assert min(sizes) < 200_000_000
    assert max(sizes) > 14_000_000_000
    for entry in catalogue.entries:
        for source in entry.sources:
            assert source.origin is None or source.seen_in.startswith("https://")


def test_a_source_that_is_withheld_is_listed_and_not_offered(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    phi = next(entry for entry in catalogue.entries if entry.name == "Phi-3.5 mini")
    withheld = [source for source in phi.sources if source.withheld]
    assert [source.info.format for source in withheld] == [ModelFormat.MLX]
    assert "auto_map" in withheld[0].withheld
    assert phi.best_source(ModelFormat.MLX).info.format is ModelFormat.GGUF
    others = [entry for entry in catalogue.entries if entry is not phi]
    assert not any(source.withheld for entry in others for source in entry.sources)

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    offered = {model.name: model.format for model in read_catalogue(FILE).models}
    assert offered["Phi-3.5 mini"] is ModelFormat.GGUF
    assert offered["Qwen2.5 7B"] is ModelFormat.MLX


def test_the_starter_is_as_it_was(catalogue: Catalogue) -> None:
    starter = next(model for model in catalogue.models if model.id == catalogue.starter)
    assert starter.id == "smollm2-135m-instruct-q4_1"
    assert starter.size_bytes == 98_362_432
    assert not starter.size_estimated
    assert catalogue.by_sha256(starter.sha256) == starter
    assert catalogue.embedding.sha256.startswith("c57d618b")


def test_a_hash_that_is_not_known_stands_for_nothing(catalogue: Catalogue) -> None:
    assert catalogue.by_sha256("") is None
    assert catalogue.by_sha256("0" * 64) is None


def test_a_size_nobody_stated_is_estimated_and_says_so(catalogue: Catalogue) -> None:
    entry = next(entry for entry in catalogue.entries if entry.name == "Mistral 7B v0.3")
    gguf, mlx = (entry.best_source(form) for form in (ModelFormat.GGUF, ModelFormat.MLX))
    assert mlx.info.size_estimated
    assert mlx.info.size_bytes == pytest.approx(7_248_023_552 * 4.5 / 8, rel=1e-6)
    assert gguf.shape.token_bytes < gguf.shape.weights_bytes == gguf.info.size_bytes
    assert catalogue.source_of(gguf.info) is gguf


def _twice(raw: dict[str, Any]) -> None:
    raw["models"].append(raw["models"][0])


def _broken_figures() -> list[Callable[[dict[str, Any]], object]]:
    return [
        lambda raw: raw.update(version=3),
        lambda raw: raw.update(edition=0),
        lambda raw: raw.update(surprise=1),
        lambda raw: raw["models"].clear(),
        lambda raw: raw["models"][1].update(parameters="many"),
        lambda raw: raw["models"][1].update(tier="huge"),
        lambda raw: raw["models"][1]["sources"][0].update(sha256="abc"),
        lambda raw: raw["models"][1]["sources"][0].update(repo="../../x"),
        lambda raw: raw["models"][1]["sources"][0].update(files=["../x.gguf"]),
        lambda raw: raw["models"][1]["sources"][0].pop("seen_in"),
        lambda raw: raw["models"][1]["sources"][0].update(seen_in="http://somewhere"),
        lambda raw: raw["models"][0].pop("starter"),
        lambda raw: raw["models"][1]["shape"].pop("vocab_size"),
        lambda raw: raw.pop("embedding"),
        _twice,
    ]


@pytest.mark.parametrize("spoil", _broken_figures())
def test_what_is_not_sound_is_refused(
    spoil: Callable[[dict[str, Any]], object], tmp_path: Path
) -> None:
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    spoil(raw)
    text = json.dumps(raw).encode()
    with pytest.raises(ValueError, match=r"."):
        parse_catalogue(text)
    broken = tmp_path / "catalogue.json"
    broken.write_bytes(text)
    with pytest.raises(Bug, match="shipped catalogue"):
        read_catalogue(broken)
    with pytest.raises(Bug):
        read_catalogue(tmp_path / "missing.json")
    with pytest.raises(ValueError, match="too large"):
        parse_catalogue(b" " * (5 << 20))
