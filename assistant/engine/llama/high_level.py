"""The class ``Llama`` as most programs use it: a yardstick of ``bench engine``."""

import time
from pathlib import Path
from typing import Any


class HighLevel:
    """A model loaded by llama-cpp-python's own class.

    Args:
        path: The model file.
        context_length: Tokens of its context.
        threads: For all work, with the other flags as ours; 0 leaves everything at the class's
            defaults.
    """

    def __init__(self, path: Path, context_length: int, threads: int = 0) -> None:
        from llama_cpp import Llama

        flags: dict[str, Any] = {}
        if threads:
            flags = {"n_threads": threads, "n_threads_batch": threads, "flash_attn": True}
        self._llama: Any = Llama(str(path), n_ctx=context_length, verbose=False, **flags)

    def streamed_rate(self, text: str, max_tokens: int) -> float:
        """Tokens per second after the first, of a greedy chat answer that is streamed."""
        messages = [{"role": "user", "content": text}]
        pieces = self._llama.create_chat_completion(
            messages, stream=True, max_tokens=max_tokens, temperature=0.0, repeat_penalty=1.0
        )
        times = [
            time.perf_counter() for each in pieces if each["choices"][0]["delta"].get("content")
        ]
        return (len(times) - 1) / (times[-1] - times[0])

    def close(self) -> None:
        """Frees it."""
        self._llama.close()
