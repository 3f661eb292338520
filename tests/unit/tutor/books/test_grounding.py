"""What was said is looked up in what was given."""

from assistant.tutor.books.grounding import Support, grounded, quoted
from assistant.tutor.books.ranking import pieces_of, ranked
from assistant.tutor.books.sentences import sentences

PASSAGES = (
    "A recursion needs a base case. Without a base case the calls never stop.",
    "A list keeps its items in order. The list [1, 2] has 2 items.",
)


def test_a_sentence_that_stands_in_a_passage_is_found_there_whatever_it_names() -> None:
    said = "A recursion needs a base case [1]. A list keeps items in order. [1] Lists are blue [7]."
    first, second, third = grounded(said, PASSAGES)
    assert (first.text, first.sources) == ("A recursion needs a base case.", (1,))
    assert (second.text, second.sources) == ("A list keeps items in order.", (2,))
    assert (third.text, third.sources) == ("Lists are blue.", ())
    assert [one.support for one in (first, second, third)] == [
        Support.SUPPORTED,
        Support.SUPPORTED,
        Support.UNCHECKED,
    ]


def test_another_number_or_a_missing_no_is_not_supported() -> None:
    said = "The list has 3 items [2]. Without a base case the calls stop [1]. Do you see it?"
    wrong_number, wrong_sense, question = grounded(said, PASSAGES)
    assert wrong_number.support is Support.UNCHECKED
    assert wrong_sense.support is Support.UNCHECKED
    [nothing] = grounded("A list keeps nothing in order.", PASSAGES)
    assert nothing.support is Support.UNCHECKED
    assert question.support is Support.NO_CLAIM
    assert grounded("", PASSAGES) == ()
    assert grounded("Base cases stop recursions.", ())[0].support is Support.UNCHECKED


ORDER = [
    """Why does multiplication come before addition? Because multiplication packs additions.

    Division and multiplication are equals: take them from left to right."""
]


def test_a_word_of_another_sentence_in_the_place_of_one_of_this_is_not_supported() -> None:
    [right] = grounded("Multiplication comes before addition. [1]", ORDER)
    [wrong] = grounded("Multiplication comes before division. [1]", ORDER)
    assert right.support is Support.SUPPORTED
    assert wrong.support is Support.UNCHECKED
    assert wrong.sources == ()


def test_a_question_in_quotation_marks_claims_nothing() -> None:
    said = 'The answer to the question "Why does multiplication come before division?" [1]'
    [one] = grounded(said, ORDER)
    assert one.support is Support.NO_CLAIM
    assert one.sources == ()


def test_formulas_code_and_abbreviations_are_not_cut() -> None:
    text = "Take $x. y$ first. Use e.g. a loop! Then:\n```\na. b\n\nc\n```\nIt is so. [2] Done."
    assert sentences(text) == (
        "Take $x. y$ first.",
        "Use e.g. a loop!",
        "Then:",
        "```\na. b\n\nc\n```",
        "It is so. [2]",
        "Done.",
    )


def test_the_piece_that_shares_the_rarest_words_comes_first() -> None:
    pieces = pieces_of("\n\n".join(["word " * 100, "the base case stops it", "x " * 400]), 300)
    assert len(pieces) == 3
    assert ranked("What does a base case do?", pieces)[0] == 1
    assert ranked("?", pieces) == (0, 1, 2)


def test_what_is_said_twice_counts_once_and_passages_speak_for_themselves() -> None:
    assert len(grounded("Cats are green. Cats are green.", PASSAGES)) == 1
    [first, second] = quoted("What does a base case do?", PASSAGES)
    assert (first.text, first.sources) == ("A recursion needs a base case.", (1,))
    assert (second.text, second.sources) == ("Without a base case the calls never stop.", (1,))
    assert [one.sources for one in quoted("How many items?", PASSAGES)] == [(2,), (2,)]
    assert quoted("Napoleon?", PASSAGES) == ()
    again = quoted("What does a base case do?", (f"{PASSAGES[0]} {PASSAGES[0]}", PASSAGES[0]))
    assert [one.text for one in again] == [first.text, second.text]
    [once] = quoted("What keeps order?", ("A list keeps its order. A list  keeps its order.",))
    assert once.text == "A list keeps its order."


def test_code_is_left_as_it_is_and_has_to_stand_there_line_by_line() -> None:
    passage = "Take the first:\n\n```python\nfirst = numbers[0]\nprint(first)\n```"
    same = "```python\nfirst = numbers[0]\n```"
    [one] = grounded(same, (passage,))
    assert (one.text, one.support) == (same, Support.SUPPORTED)
    [other] = grounded("```python\nfirst = numbers[1]\n```", (passage,))
    assert other.support is Support.UNCHECKED
    assert grounded("Take `numbers[0]` as the first. [1]", ())[0].text.count("[") == 1
    assert all("```" not in one.text for one in quoted("What is first?", (passage,)))


def test_words_of_two_sentences_about_different_things_are_not_one_claim() -> None:
    passage = (
        "A perfect cadence goes from the dominant to the tonic. It sounds finished to all. "
        "A plagal cadence goes from the subdominant to the tonic. A half cadence stops there."
    )
    close = passage.replace("It sounds finished to all. ", "")
    claim = "The plagal cadence goes from the dominant to the tonic."
    [swapped] = grounded(claim, [close])
    assert swapped.support is Support.UNCHECKED
    [joined] = grounded("A perfect cadence goes to the tonic and sounds finished.", [passage])
    assert joined.support is Support.SUPPORTED
