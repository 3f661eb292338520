"""What a model proposes for a course is taken only where it could stand in a table of contents."""

from collections.abc import Sequence

from assistant.tutor.courses.proposals import Ballot, cleaned, draft_of, in_parts
from assistant.tutor.courses.syllabus import mended

SUBJECT = "Beekeeping for beginners"


def test_only_titles_are_taken() -> None:
    said = [
        "1. The hive",
        "Chapter 2: Swarms",
        "hives",
        "Beekeeping",
        "Bees are insects",
        "Wax, wax, and more wax",
        "}user",
        "Natural light",
        "III",
        "a very long title that no table of contents would ever show",
        "日本の蜂",
        "",
        "42",
    ]
    borrowed = ("Natural light",)
    assert cleaned(said, SUBJECT, borrowed) == ("The hive", "Swarms", "III", "日本の蜂")


def test_what_is_said_twice_goes_first_and_keeps_its_place() -> None:
    ballot = Ballot(SUBJECT)
    assert ballot.add(["Dinner", "Honey", "Wax", "Honey"]) == ("Dinner", "Honey", "Wax")
    ballot.add(["Swarms", "The honey"])
    assert ballot.proposed == 6

    def near(titles: Sequence[str]) -> list[bool]:
        return [title not in ("Dinner", "Honey") for title in titles]

    assert ballot.elected(9, near) == ("Swarms", "Honey", "Wax")
    assert ballot.elected(1, near) == ("Honey",)
    assert Ballot(SUBJECT).elected(3, near) == ()


def test_a_list_becomes_parts_whose_order_is_what_is_needed() -> None:
    titles = ["Matrices", "Vectors", "Matrix", "Spaces", "Matrix sums", "Bases", "Dual spaces"]
    parts = in_parts(titles)
    assert [len(inside) for _, inside in parts] == [4, 3]
    course = mended(draft_of(parts), "Linear algebra", "en").course
    needs = {str(one.id): one.requires for one in course.concepts}
    assert needs["vectors"] == ("matrices",)
    assert needs["matrix-sums"] == ("matrices", "matrix")
    assert needs["dual-spaces"] == ("bases", "spaces")
    assert in_parts([]) == ()
    assert len(in_parts([f"T{at}" for at in range(80)])) == 10
