"""``bench engine``: what our loop, caches and batches give, beside libllama itself in one run."""

from assistant.services.engine_bench.suite import measure

__all__ = ["measure"]
