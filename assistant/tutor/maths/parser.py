"""From signs to the tree of one expression, by precedence.

From loose to tight: sum, product and division, sign, power, what stands after (!, %, °).
"""

from typing import Final

from assistant.tutor.maths.names import FUNCTIONS, INVERSES, UNARY_SIGNS
from assistant.tutor.maths.nodes import (
    ONE,
    ZERO,
    Call,
    Constant,
    Mixed,
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    depth_of,
)
from assistant.tutor.maths.tokens import Kind, Token
from assistant.tutor.maths.trouble import Unreadable

DEEPEST: Final = 40
"""Brackets in brackets that an answer may have."""
_DEEPEST_TREE: Final = 60
_MOST_SIGNS: Final = 4

_END: Final = Token(Kind.BREAK, "")
_CLOSERS: Final = {"(": ")", "[": "]", "{": "}", "⦃": "⦄", "⟨": "⟩"}
_CONSTANTS: Final = frozenset({"pi", "e", "i", "inf"})


class ExpressionParser:
    """Reads one expression.

    Args:
        tokens: All of it, and nothing else.
        tight: Whether 1/2x is 1/(2x): a product without a sign binds before a division.
        grouped: Whether the braces of {ab}^2 count, though they are not shown.
    """

    def __init__(
        self, tokens: tuple[Token, ...], *, tight: bool = False, grouped: bool = False
    ) -> None:
        self._grouped = grouped
        self._tokens = tokens
        self._tight = tight
        self._at = 0
        self._depth = 0
        self._bars = 0

    def whole(self) -> Node:
        """The expression.

        Raises:
            Unreadable: It is none, or brackets lie too deep in each other.
        """
        node = self._sum()
        if self._at < len(self._tokens):
            raise Unreadable(_unexpected(self._peek()))
        if depth_of(node) > _DEEPEST_TREE:
            raise Unreadable("The answer has too many steps in each other.")
        return node

    def _peek(self, ahead: int = 0) -> Token:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else _END

    def _next(self) -> Token:
        token = self._peek()
        self._at += 1
        return token

    def _is(self, *signs: str) -> bool:
        token = self._peek()
        return token.kind is Kind.SIGN and token.text in signs

    def _sum(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable("There are too many brackets in each other.")
        terms: list[Node] = [self._product()]
        while self._is("+", "-", "±", "∓"):
            sign = self._next().text
            term = self._product()
            if sign in "±∓":
                left = terms[0] if len(terms) == 1 else Sum(tuple(terms))
                terms = [PlusMinus(left, term if sign == "±" else Negative(term))]
            else:
                terms.append(term if sign == "+" else Negative(term))
        self._depth -= 1
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def _product(self) -> Node:
        node = self._tight_product() if self._tight else self._signed()
        while True:
            if self._is("*"):
                self._next()
                node = times(node, self._operand())
            elif self._is("/", ":"):
                self._next()
                node = Quotient(node, self._operand())
            elif not self._tight and self._begins_factor():
                node = times(node, self._power())
            else:
                return node

    def _operand(self) -> Node:
        return self._tight_product() if self._tight else self._signed()

    def _tight_product(self) -> Node:
        node = self._signed()
        while self._begins_factor():
            node = times(node, self._power())
        return node

    def _begins_factor(self) -> bool:
        """Whether something follows that is multiplied without a sign between."""
        token = self._peek()
        if token.kind is Kind.NUMBER:
            before = self._tokens[self._at - 1]
            if before.kind is Kind.NUMBER:
                raise Unreadable("Two numbers stand side by side with no sign between them.")
            return True
        if token.kind is Kind.SIGN:
            return token.text == "√" or (token.text == "|" and not self._bars)
        if token.kind is Kind.COMMAND:
            return token.text in {"frac", "sqrt", "binom"}
        return token.kind in {Kind.NAME, Kind.FUNCTION, Kind.OPEN}

    def _signed(self) -> Node:
        signs = self._signs()
        node = self._power()
        for sign in reversed(signs):
            if sign == "-":
                node = Negative(node)
            elif sign in "±∓":
                node = PlusMinus(ZERO, node if sign == "±" else Negative(node))
        return node

    def _signs(self) -> list[str]:
        """The signs before a number, from left to right."""
        signs: list[str] = []
        while self._is(*UNARY_SIGNS):
            signs.append(self._next().text)
            if len(signs) > _MOST_SIGNS:
                raise Unreadable("There are too many signs before a number.")
        return signs

    def _power(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable("There are too many brackets in each other.")
        braced = self._group_unseen()
        base = self._after(self._atom())
        if self._is("^"):
            self._next()
            exponent = self._exponent()
            base = raised(base, exponent) if braced else Power(base, exponent)
            base = self._after(base)
        self._depth -= 1
        return base

    def _group_unseen(self) -> bool:
        """Whether LaTeX's braces come next, which nobody sees, with no brackets right in them."""
        if self._grouped or self._peek().text != "{":
            return False
        depth = 0
        for at in range(self._at, len(self._tokens)):
            kind = self._tokens[at].kind
            depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
            if depth == 1 and kind is Kind.CLOSE and self._peek(1).kind is Kind.OPEN:
                return self._peek(at + 1 - self._at).text != "}"  # {(x + 1)}^2 and {6(5)}^x
            if not depth:
                break
        return True

    def _after(self, node: Node) -> Node:
        while self._is("!", "%", "°", "'"):
            sign = self._next().text
            name = {"!": "factorial", "%": "percent", "°": "degrees"}.get(sign)
            if name is None:
                raise Unreadable("There is a stroke after something that is no name.")
            node = Call(name, (node,))
        return node

    def _exponent(self) -> Node:
        negative = self._signs().count("-") % 2 == 1
        inner = self._power()
        return Negative(inner) if negative else inner

    def _atom(self) -> Node:
        token = self._next()
        if token.kind is Kind.NUMBER:
            return self._mixed(token)
        if token.kind is Kind.NAME:
            return self._name(token.text)
        if token.kind is Kind.FUNCTION:
            return self._function(token.text)
        if token.kind is Kind.COMMAND:
            return self._command(token.text)
        return self._enclosed(token)

    def _enclosed(self, token: Token) -> Node:
        if token.kind is Kind.OPEN:
            inner = self._sum()
            closer = self._next()
            if closer.kind is not Kind.CLOSE or closer.text != _CLOSERS[token.text]:
                raise Unreadable(_not_closed(closer))
            return inner
        if token.text == "√":
            return Call("sqrt", (self._exponent(),))
        if token.text == "|":
            self._bars += 1
            inner = self._sum()
            self._bars -= 1
            if not self._is("|"):
                raise Unreadable("A bar | has no second one.")
            self._next()
            return Call("abs", (inner,))
        self._at -= 1
        raise Unreadable(_unexpected(self._peek()))

    def _mixed(self, token: Token) -> Node:
        """A number, or a mixed one: 1 1/2."""
        if token.places is None and token.value.denominator == 1:
            first, slash, second = self._peek(), self._peek(1), self._peek(2)
            if (
                first.kind is Kind.NUMBER
                and first.spaced
                and slash.text == "/"
                and second.kind is Kind.NUMBER
                and self._peek(3).text != "^"
            ):
                return self._made_mixed(token, first, second, 3)
            if first.kind is Kind.COMMAND and first.text == "frac":
                top, bottom = self._peek(2), self._peek(5)
                closers = (self._peek(1), self._peek(3), self._peek(4), self._peek(6))
                if "".join(each.text for each in closers) == "{}{}":
                    return self._made_mixed(token, top, bottom, 7)
        return Number(token.value, token.places)

    def _made_mixed(self, whole: Token, top: Token, bottom: Token, length: int) -> Node:
        numbers = (top, bottom)
        plain = all(
            each.kind is Kind.NUMBER and each.places is None and each.value.denominator == 1
            for each in numbers
        )
        if not plain or not top.value < bottom.value:
            return Number(whole.value)
        self._at += length
        return Mixed(int(whole.value), int(top.value), int(bottom.value))

    def _name(self, name: str) -> Node:
        if self._is("_"):
            self._next()
            name = f"{name}_{self._subscript()}"
        while self._is("'"):
            self._next()
            name += "'"
        return Constant(name) if name in _CONSTANTS else Symbol(name)

    def _subscript(self) -> str:
        """What stands below a name, or nothing but its letters and digits."""
        token = self._next()
        if token.text != "{":
            if token.kind not in {Kind.NAME, Kind.NUMBER}:
                raise Unreadable("Nothing that can be read stands below a name.")
            return token.text
        text = ""
        while self._peek().text != "}":
            part = self._next()
            if part is _END or part.kind in {Kind.OPEN, Kind.COMMAND, Kind.RELATION}:
                raise Unreadable("What stands below a name cannot be read.")
            text += part.text
        self._next()
        return text

    def _function(self, name: str) -> Node:
        base = self._log_base(name)
        exponent: Node | None = None
        if self._is("^"):
            self._next()
            exponent = self._exponent()
        argument = self._argument()
        name = FUNCTIONS[name]
        if exponent == Negative(ONE) and name in INVERSES:
            return Call(INVERSES[name], argument)
        call = Call(name, (*argument, base)) if base is not None else Call(name, argument)
        return Power(call, exponent) if exponent is not None else call

    def _log_base(self, name: str) -> Node | None:
        if FUNCTIONS[name] != "log":
            return None
        if self._is("_"):
            self._next()
            return self._group_or_atom()
        plain = self._peek().kind is Kind.NUMBER and not self._peek().spaced
        follows = self._peek(1)
        apart = follows.spaced and follows.kind in {Kind.NUMBER, Kind.NAME}
        if plain and (follows.text == "(" or apart):
            return self._atom()  # log2(x), log2 8, log10 x
        braced = self._peek().text == "{" and self._peek(2).text == "}"
        if braced and self._peek(3).text in {"(", "{"}:  # log{3}(x)
            return self._group_or_atom()
        return None

    def _argument(self) -> tuple[Node, ...]:
        """What a function is taken of: the brackets, or the factors up to the next function."""
        if self._peek().text in _CLOSERS and self._peek().kind is Kind.OPEN:
            return self._arguments()
        negative = self._signs().count("-") % 2 == 1
        node = self._power()
        while self._begins_factor() and self._peek().kind is not Kind.FUNCTION:
            if self._peek().kind is Kind.OPEN:
                break
            node = times(node, self._power())
        if self._is("/") and self._peek(1).kind is Kind.NUMBER:  # sin x/2, sin pi/6
            self._next()
            node = Quotient(node, self._power())
        return (Negative(node) if negative else node,)

    def _arguments(self) -> tuple[Node, ...]:
        opener = self._next().text
        bars, self._bars = self._bars, 0
        found = [self._sum()]
        while self._peek().kind is Kind.BREAK and self._peek().text in {",", ";"}:
            self._next()
            found.append(self._sum())
        self._bars = bars
        if self._next().text != _CLOSERS[opener]:
            raise Unreadable(
                _not_closed(self._tokens[self._at - 1] if self._at <= len(self._tokens) else _END)
            )
        return tuple(found)

    def _command(self, name: str) -> Node:
        if name == "frac":
            top = self._group_or_atom()
            return Quotient(top, self._group_or_atom())
        if name == "binom":
            top = self._group_or_atom()
            return Call("binomial", (top, self._group_or_atom()))
        if name == "sqrt":
            index: Node | None = None
            if self._peek().text == "[":
                index = self._enclosed(self._next())
            inner = self._group_or_atom()
            return Call("sqrt", (inner,) if index is None else (inner, index))
        raise Unreadable("There is a command in the answer that is not known here.")

    def _group_or_atom(self) -> Node:
        if self._peek().kind is Kind.OPEN and self._peek().text == "{":
            return self._enclosed(self._next())
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable("There are too many brackets in each other.")
        atom = self._atom()
        self._depth -= 1
        return atom


def times(left: Node, right: Node) -> Node:
    """A product, kept flat."""
    if isinstance(left, Product):
        return Product((*left.factors, right))
    return Product((left, right))


def raised(base: Node, exponent: Node) -> Node:
    """The power of a group in LaTeX's braces, which nobody sees: {ab}^2 is shown as ab²."""
    if isinstance(base, Product):
        return Product((*base.factors[:-1], raised(base.factors[-1], exponent)))
    if isinstance(base, Negative):
        return Negative(raised(base.of, exponent))
    return Power(base, exponent)


def _not_closed(token: Token) -> str:
    """Why a bracket does not end where its content does."""
    if token is _END:
        return "A bracket is not closed."
    if token.kind is Kind.CLOSE:
        return "A bracket is closed by one of another kind."
    if token.kind is Kind.BREAK:
        return f"There is “{token.text}” between brackets where one value was expected."
    return f"“{token.text}” stands between brackets where it cannot be read."


def _unexpected(token: Token) -> str:
    if token is _END:
        return "The answer ends too early: something is missing."
    if token.kind is Kind.CLOSE:
        return "A bracket is closed that was never opened."
    return f"“{token.text}” stands where a number or a name was expected."
