"""The program on the page of programs is kept in the vault, and nowhere in the clear."""

from collections.abc import Callable

from assistant.domain.ids import CourseId
from assistant.engine.scripted import Script
from assistant.services.core import Core
from assistant.services.study.program_draft import ProgramDraft

WAIT_S = 60


def test_it_is_kept_read_again_and_let_go(core_that_says: Callable[[Script], Core]) -> None:
    core = core_that_says(Script(()))
    drafts = core.study.program_draft
    assert drafts.read().result(WAIT_S) is None
    draft = ProgramDraft("a.py", "print('zebra crossing', input())\n\ud800", "Ada\n")
    drafts.keep(draft).result(WAIT_S)
    found = drafts.read().result(WAIT_S)
    assert found == ProgramDraft("a.py", "print('zebra crossing', input())\n\ud800", "Ada\n")
    core.study.enrolments.enrol(CourseId("music-theory")).result(WAIT_S)
    given = core.study.practice.next(CourseId("music-theory")).result(WAIT_S)
    assert given.draft == ""
    drafts.keep(ProgramDraft("b.py", "  \n")).result(WAIT_S)
    assert drafts.read().result(WAIT_S) is None


def test_it_is_not_on_the_disk_in_the_clear(core_that_says: Callable[[Script], Core]) -> None:
    core = core_that_says(Script(()))
    words = "a_name_that_stands_nowhere_else"
    core.study.program_draft.keep(ProgramDraft("a.py", f"{words} = 1\n")).result(WAIT_S)
    core.close()
    folder = core.options.paths.data
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if words.encode() in path.read_bytes()]
