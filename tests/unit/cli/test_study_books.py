"""Lessons and textbooks from the command line."""

import json
from pathlib import Path

from assistant.domain.course import Concept, Course, Lesson, Unit
from assistant.domain.ids import ConceptId, CourseId
from assistant.engine.scripted import Script, ScriptedAnswer
from assistant.services.core import Core
from tests.helpers.book_files import write_pdf
from tests.unit.cli.conftest import CommandLine


def test_books_are_added_listed_searched_and_removed(cli: CommandLine, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "b.pdf", [["This page is about hysteresis."]])
    assert cli("study", "books", "list", as_json=False).out.startswith("No books yet")
    book = cli("study", "books", "add", str(path)).value["book"]
    assert (book["title"], book["format"], book["pages"]) == ("A small book", "pdf", 1)
    assert cli("study", "books", "list").value["books"] == [book]
    assert "A small book by A. N. Other" in cli("study", "books", "list", as_json=False).out
    [hit] = cli("study", "books", "search", "what", "is", "hysteresis").value["passages"]
    assert (hit["page"], hit["citation"]) == (1, "A small book, p. 1")
    assert "p. 1" in cli("study", "books", "search", "hysteresis", as_json=False).out
    for words in (("list", "x"), ("add",), ("remove", "x")):
        assert cli("study", "books", *words).error["code"] == "usage"
    for words in (("9" * 5000,), ("99",)):
        assert cli("study", "books", "remove", *words).error["code"] == "book_unknown"
    named = cli("study", "books", "rename", str(book["id"]), "Magnets", "and", "iron").value["book"]
    assert named == {**book, "title": "Magnets and iron"}
    assert (
        "  Magnets and iron by A. N. Other: pdf, "
        in cli("study", "books", "list", as_json=False).out
    )
    for title in ("", "x" * 201, "a\tb", "\u202eevil"):
        assert cli("study", "books", "rename", str(book["id"]), title).error["code"] == "book_title"
    assert cli("study", "books", "rename", "99", "x").error["code"] == "book_unknown"
    assert cli("study", "books", "rename", "x", "y").error["code"] == "usage"
    assert cli("study", "books", "remove", str(book["id"])).value["removed"] == book["id"]
    scan = write_pdf(tmp_path / "scan.pdf", [[""]])
    assert cli("study", "books", "add", str(scan)).error["code"] == "book_scanned"


def test_a_lesson_is_shown_and_answers_questions(cli: CommandLine) -> None:
    lesson = cli("study", "lesson", "recursion").value
    assert (lesson["course"], lesson["origin"]) == ("python-from-zero", "authored")
    assert lesson["worked"][0]["steps"]
    words = cli("study", "lesson", "recursion", "--course", "python-from-zero", as_json=False).out
    assert "## Example 1\n" in words
    assert "## Your turn" in words
    assert cli("study", "lesson", "no-such").error["code"] == "concept_unknown"
    wrong = cli("study", "lesson", "no-such", "--course", "music-theory", "--ask", "What?")
    assert wrong.error["code"] == "concept_unknown"
    said = cli("study", "lesson", "recursion", "--ask", "What is a base case?").value
    assert "base case" in said["sentences"][0]["text"]
    assert said["sentences"][0]["support"] == "supported"
    assert said["sources"][0]["where"] == "Lesson: Recursion"
    shown = cli("study", "lesson", "recursion", "--ask", "A base case?", as_json=False).out
    assert "[1] Lesson: Recursion" in shown


def test_a_lesson_that_is_missing_is_written(cli: CommandLine) -> None:
    concept = Concept(ConceptId("sums"), "Sums", "Add them.", Lesson(""))
    units = (Unit("All", (concept.id,)),)
    course = Course(CourseId("own"), 1, "Own", "Sums.", "en", "mathematics", units, (concept,))

    def keep(core: Core) -> None:
        core.vault.open(cli.passphrase.read_text().strip()).result(60)
        core.study.library.keep(course, core.options.clock.now())

    cli.on_core = keep
    assert "no lesson yet" in cli("study", "lesson", "sums").value["missing"]
    cli.on_core = None
    draft = {
        "idea": "The sum of two numbers puts their sizes one behind the other.",
        "way": "Count on from the larger number, a step for each that the smaller one has.",
        "slip": "",
        "problem": "Work out 2 + 3.",
        "steps": [{"shown": "2 + 3 = 5", "why": ""}],
        "answer": "5",
        "practice": [{"question": "Work out 4 + 4.", "answer": "8"}],
    }
    cli.script = Script((ScriptedAnswer(json.dumps(draft)),))
    written = cli("study", "lesson", "sums", "--write").value
    assert (written["origin"], written["practice"]) == ("written", ["Work out 4 + 4."])
    words = cli("study", "lesson", "sums", as_json=False).out
    assert "(Not checked: A model wrote this" in words
    assert "- Work out 4 + 4." in words
    assert cli("study", "lesson", "recursion", "--write").error["code"] == "lesson_exists"


def test_an_exercise_can_be_talked_about(cli: CommandLine) -> None:
    cli("study", "enroll", "algebra-and-arithmetic")
    exercise = cli("study", "next").value["exercise"]
    said = cli("study", "ask", exercise, "just", "tell", "me").value
    assert said["text"].startswith("Have a first try")
    assert (said["cost"], said["credit"], said["replaced"]) == (0.0, 1.0, False)
    cli("study", "answer", exercise, "-987654")
    helped = cli("study", "ask", exercise, "just", "tell", "me", as_json=False).out
    assert "A right answer is worth 95% now." in helped
    assert "Hand that in" in cli("study", "ask", exercise, "-987655", as_json=False).out
    assert cli("study", "ask", "no/such/one", "help").error["code"] == "exercise_unknown"
