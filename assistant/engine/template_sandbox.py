"""Runs the chat template of a model file, which is a program by a stranger, within bounds.

jinja2's sandbox keeps a template from reaching Python, but not from looping for ever or from
asking for a string of a gigabyte. Here every loop step and every call takes from a budget of
steps and of processor time, and whatever can grow takes from a budget of bytes before it does.
So no process of its own is needed, which would cost more than the rest of a short prompt.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import BuiltinMethodType
from typing import Any, TypeVar, cast

from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from assistant.domain.clock import Clock
from assistant.engine.template_budget import (
    Budget,
    CountedItems,
    TemplateRefused,
    check_width,
    size_of_filter,
    size_of_result,
    size_of_text_call,
)

_BIGGEST_POWER = 64
_Result = TypeVar("_Result")

_LONGEST_SOURCE = 256 * 1024
_FILTERS = frozenset(
    [
        "abs",
        "capitalize",
        "count",
        "d",
        "default",
        "dictsort",
        "e",
        "escape",
        "first",
        "float",
        "groupby",
        "indent",
        "int",
        "items",
        "join",
        "last",
        "length",
        "list",
        "lower",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "replace",
        "reverse",
        "round",
        "safe",
        "select",
        "selectattr",
        "sort",
        "string",
        "sum",
        "title",
        "trim",
        "unique",
        "upper",
    ]
)
_TEXT_METHODS = frozenset(
    [
        "capitalize",
        "count",
        "endswith",
        "find",
        "index",
        "isalnum",
        "isalpha",
        "isdigit",
        "isspace",
        "islower",
        "isupper",
        "join",
        "lower",
        "lstrip",
        "partition",
        "removeprefix",
        "removesuffix",
        "replace",
        "rfind",
        "rindex",
        "rpartition",
        "rsplit",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "swapcase",
        "title",
        "upper",
    ]
)
_TABLE_METHODS = frozenset(("get", "items", "keys", "values", "copy"))
_LIST_METHODS = frozenset(("index", "count"))
_WIDE_FORMAT = re.compile(r"%[^%a-zA-Z]*(\*|\d{3})")
_DATE_FORMAT = re.compile(r"(?:[^%]|%-?[a-zA-Z%]){0,200}")


class _Bounded(NodeTransformer):
    """Sends every loop and every ``~`` through the environment, where they are counted."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - jinja2's name
        """Counts the steps of a loop."""
        self.generic_visit(node)
        node.iter = _call("counted", [node.iter])
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - jinja2's name
        """Counts the bytes of a concatenation."""
        self.generic_visit(node)
        return _call("joined", node.nodes)


def _call(name: str, arguments: Sequence[nodes.Node]) -> nodes.Call:
    return nodes.Call(nodes.EnvironmentAttribute(name), list(arguments), [], None, None)


class _GenerationTag(Extension):
    """``{% generation %}``, with which training code finds the answers; here it is nothing."""

    tags = {"generation"}  # noqa: RUF012 - jinja2 declares it as an instance variable

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Replaces the tag by what is inside."""
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class _Environment(ImmutableSandboxedEnvironment):
    """jinja2's sandbox with a budget."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, clock: Clock) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
            cache_size=0,
            extensions=[loopcontrols, _GenerationTag],
        )
        self.budget = Budget()
        self.concat = self._concat  # pyright: ignore[reportAttributeAccessIssue] - a hook
        words: dict[str, Any] = dict(self.globals)
        words = {name: words[name] for name in ("range", "dict", "namespace", "joiner", "cycler")}

        def strftime_now(wanted: object) -> str:
            return _date(clock, wanted)

        words |= {"raise_exception": _refuse, "strftime_now": strftime_now}
        self.globals = words
        known = self.filters
        self.filters = {name: self._metered(known[name]) for name in _FILTERS}
        self.filters["tojson"] = self._to_json

    def counted(self, items: Any) -> Any:  # noqa: ANN401 - whatever the template loops over
        """What a loop runs over."""
        if hasattr(items, "__len__"):
            return CountedItems(items, self.budget)
        return self.budget.counted(items)

    def joined(self, *parts: object) -> str:
        """What ``~`` makes."""
        return self._concat([str(part) for part in parts])

    def _concat(self, parts: Iterable[str]) -> str:
        kept = list(parts)
        self.budget.take(sum(map(len, kept)))
        return "".join(kept)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - of jinja2
        """Only methods whose result can be bounded."""
        if isinstance(obj, str):
            return attr in _TEXT_METHODS
        if isinstance(obj, dict):
            return attr in _TABLE_METHODS
        if isinstance(obj, list | tuple):
            return attr in _LIST_METHODS
        if isinstance(obj, int | float | bytes | bytearray):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401 - any attribute
        """Leaves ``str.format`` to ``is_safe_attribute``, which refuses it."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - of jinja2
        """Bounds what an operator may make."""
        self.budget.step()
        if operator == "%" and isinstance(left, str):
            if _WIDE_FORMAT.search(left):
                raise TemplateRefused("the chat template takes too much memory")
            self.budget.take(len(left))
        elif operator == "**" and not (abs(left) <= 1 << 32 and abs(right) <= _BIGGEST_POWER):
            raise TemplateRefused("the chat template computes with huge numbers")
        elif operator in "+*":
            self.budget.take(size_of_result(operator, left, right))
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - of jinja2
        """Takes a step, and the bytes that a method of text will make."""
        self.budget.step()
        if isinstance(obj, BuiltinMethodType) and isinstance(obj.__self__, str):
            self.budget.take(size_of_text_call(obj.__self__, obj.__name__, args))
        return super().call(context, obj, *args, **kwargs)

    def _metered(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that takes from the budget, before and after."""
        passes_first = getattr(work, "jinja_pass_arg", None) is not None

        def metered(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any filter
            self.budget.step()
            value = args[1] if passes_first else args[0]
            rest = args[2:] if passes_first else args[1:]
            if work.__name__ == "do_indent":
                check_width((*rest, *kwargs.values()))
            self.budget.take(size_of_filter(work.__name__, value, rest))
            result: Any = work(*args, **kwargs)
            if isinstance(result, Iterator):
                return self.budget.counted(cast("Iterator[Any]", result))
            if isinstance(result, str | list):
                self.budget.take(len(cast("Sequence[Any]", result)))
            return cast("Any", result)

        if passes_first:
            metered.jinja_pass_arg = work.jinja_pass_arg  # pyright: ignore[reportFunctionMemberAccess, reportAttributeAccessIssue] - how jinja2 marks a filter
        return metered

    def _to_json(self, value: object, indent: int | None = None, **options: object) -> str:
        """JSON as chat templates expect it, without HTML escapes."""
        self.budget.step()
        check_width((indent,))
        text = json.dumps(
            value,
            ensure_ascii=False,
            indent=indent,
            sort_keys=bool(options.get("sort_keys")),
        )
        self.budget.take(len(text))
        return text


class CompiledTemplate:
    """A template that is ready to be rendered; one thread at a time."""

    def __init__(self, source: str, clock: Clock) -> None:
        self._environment = _Environment(clock)
        tree = _Bounded().visit(self._environment.parse(source))
        self._template = self._environment.from_string(tree)

    def render(self, messages: Sequence[Mapping[str, str]], **words: str) -> str:
        """Renders a prompt that ends where the assistant's answer begins.

        Args:
            messages: ``role`` and ``content`` of each turn.
            words: Further variables, such as ``bos_token``.

        Raises:
            TemplateRefused: It failed or went beyond its bounds.
        """
        size = sum(len(message["content"]) for message in messages)
        budget = self._environment.budget = Budget(size)
        variables = {"messages": [dict(message) for message in messages], "tools": None}

        def run() -> str:
            parts: list[str] = []
            pieces = self._template.generate(
                **variables, **words, documents=None, add_generation_prompt=True
            )
            for piece in pieces:
                budget.take(len(piece))
                parts.append(piece)
            return "".join(parts)

        return _within_bounds(run)


def compile_template(source: str, clock: Clock) -> CompiledTemplate:
    """Compiles the chat template of a model file.

    Raises:
        TemplateRefused: It is too long or is no valid template.
    """
    if len(source) > _LONGEST_SOURCE:
        raise TemplateRefused("the chat template is too long")
    return _within_bounds(lambda: CompiledTemplate(source, clock))


def _within_bounds(work: Callable[[], _Result]) -> _Result:
    """Turns whatever a template runs into into one error that quotes nothing of its input."""
    try:
        return work()
    except TemplateRefused:
        raise
    except TemplateSyntaxError as error:
        raise TemplateRefused(f"the chat template has a mistake in line {error.lineno}") from None
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise TemplateRefused(f"the chat template fails ({type(error).__name__})") from None
    except (RecursionError, MemoryError, SyntaxError, AttributeError, RuntimeError) as error:
        raise TemplateRefused(f"the chat template fails ({type(error).__name__})") from None


def _refuse(_why: object = "") -> None:
    raise TemplateRefused("the chat template refuses these turns", said_by_template=True)


def _date(clock: Clock, wanted: object) -> str:
    """Today in the user's time zone, as the template wants it written."""
    if not isinstance(wanted, str) or not _DATE_FORMAT.fullmatch(wanted):
        raise TemplateRefused("the chat template writes the date in an odd way")
    return clock.now().astimezone().strftime(wanted)
