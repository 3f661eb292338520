"""A JSON Schema as a grammar that every token has to satisfy.

The schema is turned into llama.cpp's GBNF by the converter that comes with llama-cpp-python. The
grammar sampler looks at the whole vocabulary at every token, which roughly halves the speed.
"""

import json
from typing import Any

from assistant.domain.errors import UserFacingError
from assistant.engine.llama.library import Library

_LONGEST_SCHEMA = 64 * 1024
_LONGEST_GRAMMAR = 512 * 1024


def grammar_sampler(library: Library, vocab: int, json_schema: str) -> Any:  # noqa: ANN401 - a native pointer
    """A sampler that lets nothing through but JSON of this schema; its chain frees it.

    Raises:
        UserFacingError: The schema cannot be kept to (``schema_unusable``).
    """
    from llama_cpp.llama_grammar import json_schema_to_gbnf

    try:
        if len(json_schema) > _LONGEST_SCHEMA or not isinstance(json.loads(json_schema), dict):
            raise _unusable()
        grammar = json_schema_to_gbnf(json_schema)
    # The converter has no error of its own: a schema it does not know ends in one of these.
    except (AssertionError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise _unusable() from error
    except RecursionError as error:
        raise _unusable() from error
    if len(grammar) > _LONGEST_GRAMMAR:
        raise _unusable()
    sampler = library.functions.llama_sampler_init_grammar(vocab, grammar.encode(), b"root")
    # A grammar that cannot be read is a NULL pointer, which using would end the process.
    if not bool(sampler):
        raise _unusable()
    return sampler


def _unusable() -> UserFacingError:
    return UserFacingError(
        "This JSON Schema cannot be kept to while an answer is written.",
        "Use an object schema with types, properties, enums and arrays, and no remote $ref.",
        code="schema_unusable",
    )
