"""Citations in the answers about a lesson."""

from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from assistant.domain.ids import BookId, ConceptId
from assistant.services.study.lesson_values import LessonReply, Source
from assistant.tutor.books.grounding import Sentence, Support
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.study.lesson.ask import SentenceRow, SourceRow
from assistant.ui.study.lesson.controller import LessonController
from assistant.ui.theme.theme import Theme
from tests.helpers.pictures import put
from tests.helpers.signals import record
from tests.helpers.study_stand import ALGEBRA, studying


def test_a_citation_shows_its_passage_where_it_is_seen(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    with studying(tmp_path) as core:
        owner = QObject()
        lesson = LessonController(theme, core.study, JobRelay(owner), owner)
        put([], lesson.widget, 1040, 800)
        with qtbot.waitSignal(lesson.opened):
            lesson.open(ALGEBRA, ConceptId("ratio-and-proportion"))
        _click_through(lesson, qtbot)
        lesson.close()
        lesson.widget.close()
        lesson.widget.deleteLater()
        owner.deleteLater()


def _click_through(lesson: LessonController, qtbot: QtBot) -> None:
    card = lesson.widget.ask
    assert card is not None
    long = "A ratio compares two amounts. " * 20
    book = Source(2, "Arithmetic, p. 12", long, book=BookId(1), page=12)
    first, second = (
        Sentence("A ratio compares.", (1,), Support.SUPPORTED),
        Sentence("It has no unit.", (1, 2), Support.SUPPORTED),
    )
    card.show_reply(LessonReply((first, second), (Source(1, "Lesson: Ratio", long), book)))
    lesson.widget.show_answer()
    one, two = (part for part in card.parts if isinstance(part, SourceRow))
    marks = [part.marks for part in card.parts if isinstance(part, SentenceRow)]
    assert [[mark.text() for mark in row] for row in marks] == [["[1]"], ["[1]", "[2]"]]
    assert marks[1][1].accessibleName() == "Show passage 2: Arithmetic, p. 12"
    for mark, row in ((marks[0][0], one), (marks[1][1], two), (marks[1][0], one)):
        mark.click()
        assert row.passage.isVisibleTo(row)
        qtbot.waitUntil(lambda at=row: at.visibleRegion().boundingRect() == at.rect())
    wanted = record(card.book_wanted)
    two.page.click()
    assert wanted == [(book,)]
