"""The words of mathematics: functions, constants, Greek letters."""

from typing import Final

FUNCTIONS: Final = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc",
    "cosec": "csc", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "asin": "asin",
    "acos": "acos", "atan": "atan", "arccot": "acot", "arcsec": "asec", "arccsc": "acsc",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "ln": "ln", "log": "log", "lg": "log",
    "exp": "exp", "sqrt": "sqrt", "root": "sqrt", "cbrt": "cbrt",
    "cuberoot": "cbrt", "abs": "abs",
    "floor": "floor", "ceil": "ceil", "gcd": "gcd", "lcm": "lcm", "sgn": "sign", "sign": "sign",
    "sen": "sin", "tg": "tan", "ctg": "cot", "arctg": "atan",
}  # fmt: skip
"""As it is typed, with or without a backslash, and the one name it has in the tree."""

INVERSES: Final = {
    "sin": "asin", "cos": "acos", "tan": "atan", "cot": "acot", "sec": "asec", "csc": "acsc",
}  # fmt: skip
"""What sin^{-1} means."""

GREEK: Final = (
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta",
    "vartheta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho", "varrho", "sigma", "tau",
    "upsilon", "phi", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi",
    "Sigma", "Phi", "Psi", "Omega",
)  # fmt: skip

GREEK_SIGNS: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",  # noqa: RUF001 - the sign itself is meant
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa",  # noqa: RUF001 - the sign itself is meant
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ρ": "rho", "σ": "sigma", "τ": "tau",  # noqa: RUF001 - the sign itself is meant
    "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma",  # noqa: RUF001 - the sign itself is meant
    "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega",
}  # fmt: skip

VARIANTS: Final = {
    "varepsilon": "epsilon", "vartheta": "theta", "varrho": "rho", "varphi": "phi",
}  # fmt: skip

CONSTANTS: Final = {"pi": "pi", "π": "pi", "infinity": "inf", "infty": "inf", "inf": "inf",
                    "oo": "inf", "∞": "inf"}  # fmt: skip

UNARY_SIGNS: Final = frozenset({"-", "+", "±", "∓"})

KNOWN: Final = tuple(
    sorted({*FUNCTIONS, *GREEK, "pi", "infinity", "infty", "inf", "degrees", "degree"},
           key=len, reverse=True)
)  # fmt: skip
"""What a run of letters is searched for, longest first."""
