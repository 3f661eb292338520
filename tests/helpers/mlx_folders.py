"""Makes model folders in MLX's format, sound and broken, and adapters for them."""

import json
import shutil
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def copied(folder: Path, target: Path) -> Path:
    """A copy that a test may break."""
    shutil.copytree(folder, target)
    return target


def change_config(folder: Path, **values: object) -> None:
    """Sets entries of ``config.json``."""
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def tensors(header: Mapping[str, object], data: bytes = b"") -> bytes:
    """A safetensors file."""
    head = json.dumps(header).encode()
    return struct.pack("<Q", len(head)) + head + data


def random_model(folder: Path, like: Path, **values: Any) -> Path:
    """A tiny model of another kind, with the vocabulary of ``like`` and weights out of a hat."""
    from assistant.engine.mlx.library import mlx, model_module

    library = mlx()
    config: dict[str, Any] = {
        "hidden_size": 64,
        "num_hidden_layers": 4,
        "intermediate_size": 128,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 16,
        "rms_norm_eps": 1e-5,
        "vocab_size": 4096,
        "rope_theta": 10000.0,
        "max_position_embeddings": 4096,
        "tie_word_embeddings": True,
        "eos_token_id": 2,
        **values,
    }
    folder.mkdir()
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(like / name, folder / name)
    (folder / "config.json").write_text(json.dumps(config))
    code = model_module(config["model_type"])
    library.core.random.seed(1)
    module = code.Model(code.ModelArgs.from_dict(config))
    weights = dict(library.trees.tree_flatten(module.parameters()))
    library.core.save_safetensors(str(folder / "model.safetensors"), weights)
    return folder


def quantised(folder: Path, source: Path, *, group_size: int = 32, bits: int = 4) -> Path:
    """The same model with its weights quantised."""
    from assistant.engine.mlx.library import mlx

    core = mlx().core
    copied(source, folder)
    weights: dict[str, Any] = {}
    for name, values in core.load(str(source / "model.safetensors")).items():
        if values.ndim < 2:
            weights[name] = values
            continue
        place = name.removesuffix(".weight")
        packed, scales, biases = core.quantize(values, group_size=group_size, bits=bits)
        weights |= {name: packed, f"{place}.scales": scales, f"{place}.biases": biases}
    core.save_safetensors(str(folder / "model.safetensors"), weights)
    change_config(folder, quantization={"group_size": group_size, "bits": bits})
    return folder


def adapter(folder: Path, width: int, *, layer: int = 0, strength: float = 0.0) -> Path:
    """A LoRA adapter of rank 2 on the queries of one layer; of strength 0 it changes nothing."""
    from assistant.engine.mlx.library import mlx

    core = mlx().core
    folder.mkdir(parents=True)
    place = f"model.layers.{layer}.self_attn.q_proj"
    core.random.seed(3)
    weights = {
        f"{place}.lora_a": core.random.normal((width, 2)),
        f"{place}.lora_b": core.random.normal((2, width)) * strength,
    }
    core.save_safetensors(str(folder / "adapters.safetensors"), weights)
    said = {"fine_tune_type": "lora", "num_layers": 2, "lora_parameters": {"rank": 2, "scale": 2.0}}
    (folder / "adapter_config.json").write_text(json.dumps(said))
    return folder
