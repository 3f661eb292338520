"""A LoRA adapter that changes nothing: for measuring what one costs."""

import struct
from pathlib import Path

from assistant.engine.gguf_preflight import preflight, tensor_shapes

_ALIGNMENT = 32
_TEXT, _FLOAT, _F32 = 8, 6, 0


def write_blank_adapter(model: Path, target: Path, *, rank: int) -> None:
    """Writes an adapter of zeros on the query and value projections of every layer.

    Args:
        model: The GGUF file that it is for.
        target: Where it is written.
        rank: Of the adapter.

    Raises:
        UserFacingError: The model cannot be read.
    """
    shapes: list[tuple[str, tuple[int, int]]] = []
    for name, shape in tensor_shapes(model).items():
        if name.endswith((".attn_q.weight", ".attn_v.weight")):
            shapes.append((f"{name}.lora_a", (shape[0], rank)))
            shapes.append((f"{name}.lora_b", (rank, shape[1])))
    texts = {
        "general.architecture": preflight(model).architecture,
        "general.type": "adapter",
        "adapter.type": "lora",
    }
    head = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(texts) + 1)
    for key, text in texts.items():
        head += _text(key) + struct.pack("<I", _TEXT) + _text(text)
    head += _text("adapter.lora.alpha") + struct.pack("<If", _FLOAT, float(rank))
    offset = 0
    for name, (wide, high) in shapes:
        head += _text(name) + struct.pack("<IQQIQ", 2, wide, high, _F32, offset)
        offset += -(-wide * high * 4 // _ALIGNMENT) * _ALIGNMENT
    head += b"\0" * (-len(head) % _ALIGNMENT)
    target.write_bytes(head + b"\0" * offset)


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data
