"""Sentences that a program gives the lie to, and those that it does not."""

import ast

import pytest

from assistant.tutor.coding.claims import objection

TREE = ast.parse(
    "def total(xs):\n    sum = 0\n    for x in xs:\n        sum += x\n    return sum\n\n"
    "print(total([1]).bit_length())\n"
)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The `sum` function adds them up.", "`sum` is no function"),
        ("It calls the function sum on the list.", "`sum` is no function"),
        ("It uses the function `average` to do so.", "no function `average`"),
        ("It makes an object of the class `Dog`.", "no class `Dog`"),
        ("The `Dog` class is used.", "no class `Dog`"),
        ("This is a recursive function.", "calls itself"),
        ("The function calls itself until it is done.", "calls itself"),
        ("The list is sorted first.", "sorted"),
        ("It opens and reads a file.", "No file"),
        ("It asks the user for a number.", "typed"),
        ("It defines a class for numbers.", "No class"),
        ("It imports a module.", "imported"),
        ("It catches all errors.", "caught"),
    ],
)
def test_what_is_not_so_is_objected_to(sentence: str, words: str) -> None:
    assert words in objection(sentence, TREE)


@pytest.mark.parametrize(
    "sentence",
    [
        "The function `total` adds up the list.",
        "The `total` function takes `xs` and the function prints it.",
        "It defines a function that loops over the list.",
        "The method `bit_length` is called, and `print` shows the result.",
        "The function returns the sum, and print shows it.",
        "It does not sort the list, and it is not recursive.",
        "A recursive function would be slower.",
    ],
)
def test_what_may_be_so_is_left_alone(sentence: str) -> None:
    assert objection(sentence, TREE) == ""


def test_functions_that_call_each_other_are_recursive() -> None:
    tree = ast.parse("def a(n): return b(n)\ndef b(n): return n and a(n - 1)\n")
    assert objection("It is recursive.", tree) == ""
    assert "no loop" in objection("It loops.", tree).casefold()
    assert "printed" in objection("It prints the result.", tree)
    assert "No function" in objection("It defines a function.", ast.parse("x = 1"))
