"""A JSON Schema as a native grammar that every token has to satisfy."""

from typing import Any

from assistant.engine.gbnf.rules import UnsupportedError
from assistant.engine.gbnf.schema import gbnf_of
from assistant.engine.llama.library import Library

_LONGEST_SCHEMA = 64 * 1024
_LONGEST_GRAMMAR = 512 * 1024


def grammar_sampler(library: Library, vocab: int, json_schema: str) -> Any:  # noqa: ANN401 - a native pointer
    """A sampler that lets nothing through but JSON of this schema; its chain frees it.

    Raises:
        UserFacingError: The schema cannot be kept to (``schema_unusable``).
    """
    if len(json_schema) > _LONGEST_SCHEMA:
        raise UnsupportedError("it is too long")
    grammar = gbnf_of(json_schema)
    if len(grammar) > _LONGEST_GRAMMAR:
        raise UnsupportedError("its grammar is too long")
    sampler = library.functions.llama_sampler_init_grammar(vocab, grammar.encode(), b"root")
    # A grammar that cannot be read is a NULL pointer, which using would end the process.
    if not bool(sampler):
        raise UnsupportedError("its grammar leads to itself")
    return sampler
