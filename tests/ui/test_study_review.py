"""Reviewing by keys alone, over a real vault; the queue behind it and the times in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CardId, ConceptId, CourseId
from assistant.domain.study import Card, Memory, Recall
from assistant.services.core import Core
from assistant.services.study.reviewing import Shown
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.study.review.controller import ReviewController
from assistant.ui.study.review.queue import ReviewQueue
from assistant.ui.study.review.words import done_words, moment_words, span_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.scroll import ScrollArea
from tests.helpers.signals import record
from tests.helpers.study_stand import ALGEBRA, MUSIC, NOW, PYTHON, all_threads, enrol, studying

Key = Qt.Key
CARD = Card(CardId(1), ALGEBRA, ConceptId("c"), "?", "!", NOW)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    with studying(tmp_path_factory.mktemp("profile")) as made:
        enrol(made, ALGEBRA)
        enrol(made, PYTHON)
        for course_id, concept in ((ALGEBRA, "quadratic-formula"), (PYTHON, "recursion")):
            course = made.study.library.course(course_id)
            made.study.reviews.take_in(course, [ConceptId(concept)]).result(60)
        all_threads(made)
        yield made


class Stand:
    """The screen in a window of its own, and what it said."""

    def __init__(self, qtbot: QtBot, theme: Theme, core: Core) -> None:
        self.bot = qtbot
        self.core = core
        self.window = QWidget()
        self.window.resize(900, 600)
        self.relay = JobRelay(self.window)
        self.controller = ReviewController(theme, core.study, self.relay, self.window)
        self.screen = self.controller.widget
        self.screen.setParent(self.window)
        self.screen.resize(900, 600)
        self.said = record(self.controller.said)
        self.left = record(self.controller.left)
        self.ended = record(self.controller.ended)
        self.onward = record(self.controller.learn_wanted)
        self.failed = record(self.controller.failed)
        self.window.show()

    def key(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        QTest.keyClick(widget or self.screen, key)

    def card(self) -> Card:
        card = self.controller.queue.current
        assert card is not None
        return card

    def until_asked(self, left: int) -> None:
        self.bot.waitUntil(lambda: self.controller.queue.left == left and self.asked())

    def asked(self) -> bool:
        """Whether the card in hand is the one that is seen: until then no key counts."""
        card, screen = self.controller.queue.current, self.screen
        seen = card is not None and screen.card.front.text == card.front
        return seen and screen.show_button.isVisible()

    def title_of(self, concept: ConceptId) -> str:
        return self.core.study.library.course(ALGEBRA).concept(concept).title

    def words(self) -> str:
        labels = self.screen.findChildren(PlainLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def button(self, text: str) -> Button:
        found = [b for b in self.screen.findChildren(Button) if b.text() == text and b.isVisible()]
        assert len(found) == 1, text
        return found[0]


@pytest.fixture
def stand(qtbot: QtBot, theme: Theme, core: Core) -> Iterator[Stand]:
    made = Stand(qtbot, theme, core)
    yield made
    made.controller.close()
    made.relay.close()
    made.window.close()
    made.window.deleteLater()


def test_a_card_is_asked_graded_and_taken_back_by_keys(stand: Stand) -> None:
    screen = stand.screen
    stand.controller.open(ALGEBRA)
    stand.until_asked(4)
    first = stand.card()
    assert screen.card.front.text == first.front
    assert not screen.card.back.isVisible(), "an answer is looked for before it is looked at"
    assert screen.focus_shape()[0].isEmpty(), "no ring around the whole screen"
    stand.key(Key.Key_3)
    assert stand.controller.queue.done == 0, "nothing is graded unseen"
    stand.key(Key.Key_Space)
    assert screen.card.back.isVisible()
    times = [button.when for button in screen.grades.buttons]
    assert len(set(times)) == 4
    stand.key(Key.Key_4)
    stand.until_asked(3)
    kept = stand.core.workers.on_store(
        lambda: stand.core.study.card_repository().get(first.id)
    ).result(60)
    assert kept is not None
    assert kept.memory is not None
    assert span_words(kept.memory.due - NOW) == times[3], "as the button had it"
    assert screen.bar.left.text() == "3 left"
    stand.key(Key.Key_U)
    stand.until_asked(4)
    assert stand.card().id == first.id
    assert stand.said == [("The last answer was taken back.",)]
    again = stand.core.workers.on_store(
        lambda: stand.core.study.card_repository().get(first.id)
    ).result(60)
    assert again is not None
    assert again.memory is None


def test_a_card_is_rewritten_and_one_that_is_suspended_is_asked_no_more(stand: Stand) -> None:
    screen = stand.screen
    stand.controller.open(PYTHON)
    stand.until_asked(5)
    card = stand.card()
    stand.key(Key.Key_E)
    assert screen.editing
    screen.editor.front.setPlainText("")
    assert not screen.editor.save.isEnabled(), "a card needs both sides"
    screen.editor.front.setPlainText("What ends a recursion?")
    QTest.keyClick(screen.editor.back, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stand.bot.waitUntil(lambda: screen.card.front.text == "What ends a recursion?")
    assert stand.card().id == card.id
    assert ("The card was rewritten.",) in stand.said
    stand.key(Key.Key_E)
    stand.key(Key.Key_Escape, screen.editor.front)
    assert not screen.editing
    assert not stand.left, "Escape leaves the editor first"
    stand.key(Key.Key_S)
    stand.until_asked(4)
    suspended = stand.core.study.reviews.show(card.id).result(60).card
    assert suspended.suspended
    stand.key(Key.Key_Escape)
    assert stand.left


def test_a_card_that_does_not_stay_is_offered_to_be_rewritten(stand: Stand) -> None:
    stand.controller.open(ALGEBRA)
    stand.until_asked(4)
    hard = replace(stand.card(), lapses=8, leech=True)
    stand.core.workers.on_store(lambda: stand.core.study.card_repository().keep(hard)).result(60)
    stand.key(Key.Key_Space)
    stand.key(Key.Key_1)
    stand.bot.waitUntil(lambda: "was forgotten 8 times" in stand.words())
    stand.button("Rewrite").click()
    assert stand.screen.editing
    assert stand.screen.editor.front.toPlainText() == hard.front
    stand.key(Key.Key_Escape, stand.screen.editor.front)
    assert stand.controller.queue.left == 4, "one that was forgotten comes back"


def test_what_is_said_of_a_card_that_does_not_stay_is_answered_by_keys(stand: Stand) -> None:
    stand.controller.open(ALGEBRA)
    stand.bot.waitUntil(stand.asked)
    left = stand.controller.queue.left
    hard = _soon_hard(stand)
    stand.key(Key.Key_Space)
    stand.key(Key.Key_1)
    stand.bot.waitUntil(lambda: "rewrite it (R), split it, or lay it aside (L)" in stand.words())
    stand.key(Key.Key_R)
    assert stand.screen.editor.front.toPlainText() == hard.front
    stand.key(Key.Key_Escape, stand.screen.editor.front)
    stand.key(Key.Key_U)
    stand.bot.waitUntil(lambda: stand.said[-1:] == [("The last answer was taken back.",)])
    stand.bot.waitUntil(lambda: stand.card().id == hard.id and stand.asked())
    stand.key(Key.Key_Space)
    stand.key(Key.Key_1)
    stand.bot.waitUntil(lambda: "(L)" in stand.words())
    stand.key(Key.Key_L)
    stand.bot.waitUntil(lambda: stand.controller.queue.left == left - 1)
    assert "(L)" not in stand.words()
    assert stand.core.study.reviews.show(hard.id).result(60).card.suspended
    stand.key(Key.Key_U)
    stand.until_asked(left)
    assert stand.card().id == hard.id


def test_a_card_that_does_not_stay_leads_to_the_lesson_that_explains_it(stand: Stand) -> None:
    wanted = record(stand.controller.lesson_wanted)
    stand.controller.open(ALGEBRA)
    stand.bot.waitUntil(stand.asked)
    hard = _soon_hard(stand)
    stand.key(Key.Key_Space)
    stand.key(Key.Key_1)
    stand.bot.waitUntil(lambda: "Read “The quadratic formula” again (O)." in stand.words())
    named = [each for each in stand.screen.findChildren(Button) if each.text() == "Open its lesson"]
    assert len(named) == 1
    stand.bot.waitUntil(named[0].isVisible)  # a row of buttons is laid out in the next turn
    stand.key(Key.Key_O)
    assert wanted == [(ALGEBRA, "quadratic-formula")]
    stand.core.study.reviews.undo().result(60)
    assert not stand.core.study.reviews.show(hard.id).result(60).card.leech


def test_a_card_of_a_deck_that_does_not_stay_has_no_lesson(stand: Stand) -> None:
    assert len(stand.screen.show_leech(CARD, "")) == 2
    stand.key(Key.Key_O)
    assert "(O)" not in stand.words()
    lone = replace(CARD, course=CourseId("deck-of-mine"))
    assert stand.controller._lesson_of(lone) == ""  # pyright: ignore[reportPrivateUsage] - a deck is no course


def _soon_hard(stand: Stand) -> Card:
    """The card in hand, one lapse before it is called hard."""
    memory = Memory(9.0, 5.0, NOW, NOW - timedelta(days=9))
    hard = replace(stand.card(), lapses=5, memory=memory, leech=False)
    stand.core.workers.on_store(lambda: stand.core.study.card_repository().keep(hard)).result(60)
    return hard


def test_a_long_card_is_read_by_keys_and_its_sides_never_lie_on_each_other(stand: Stand) -> None:
    screen = stand.screen
    bar = screen.findChildren(ScrollArea)[0].verticalScrollBar()
    long = replace(CARD, front="Why is it so? " * 160, back="It follows from this. " * 160)
    screen.show_card(Shown(long, {}, 0.5), "Algebra")
    stand.bot.waitUntil(lambda: bar.maximum() > 0)
    stand.key(Key.Key_End)
    assert bar.value() == bar.maximum()
    stand.key(Key.Key_Home)
    stand.key(Key.Key_Space)
    front, back = screen.card.front, screen.card.back
    stand.bot.waitUntil(back.isVisible)
    stand.bot.waitUntil(lambda: front.geometry().bottom() < back.geometry().top())
    top = back.mapTo(screen, back.rect().topLeft()).y()
    assert screen.bar.height() < top < screen.height() / 2, "the answer has come into view"
    stand.key(Key.Key_PageDown)
    assert back.mapTo(screen, back.rect().topLeft()).y() < top


def test_a_card_put_aside_by_a_slip_is_brought_back_by_the_key_that_takes_back(
    stand: Stand,
) -> None:
    stand.controller.open(ALGEBRA)
    stand.bot.waitUntil(stand.asked)
    left, card = stand.controller.queue.left, stand.card()
    stand.key(Key.Key_S)
    stand.until_asked(left - 1)
    assert stand.said[-1] == ("The card is asked no more. U takes that back; Progress keeps it.",)
    aside = stand.core.study.reviews.to_mend().result(60)
    assert card.id in {one.id for one in aside}
    assert stand.screen.bar.undo.isEnabled()
    stand.key(Key.Key_U)
    stand.until_asked(left)
    assert stand.card().id == card.id
    assert stand.said[-1] == ("The card is asked again.",)
    assert not stand.core.study.reviews.show(card.id).result(60).card.suspended


def test_taking_an_answer_back_keeps_what_was_written_on_the_card_since(stand: Stand) -> None:
    stand.controller.open(ALGEBRA)
    stand.bot.waitUntil(stand.asked)
    left, card = stand.controller.queue.left, stand.card()
    stand.key(Key.Key_Space)
    stand.key(Key.Key_4)
    stand.until_asked(left - 1)
    stand.core.study.reviews.rewrite(card.id, "In other words?", "So it is.").result(60)
    stand.key(Key.Key_U)
    stand.until_asked(left)
    assert stand.card().front == "In other words?"


def test_at_the_end_it_says_what_was_done_and_when_the_next_is_due(stand: Stand) -> None:
    stand.controller.open(ALGEBRA)
    stand.bot.waitUntil(stand.asked)
    count = stand.controller.queue.left
    while stand.controller.queue.current is not None:
        left = stand.controller.queue.left
        stand.key(Key.Key_Space)
        stand.key(Key.Key_4)
        stand.bot.waitUntil(lambda at=left: stand.controller.queue.left < at)
        if stand.controller.queue.left:
            stand.bot.waitUntil(stand.asked)
    stand.bot.waitUntil(lambda: "All reviewed" in stand.words())
    assert f"{count} cards in less than a minute: {count} easy." in stand.words()
    assert "The next is due" in stand.words()
    assert stand.ended
    stand.key(Key.Key_U)
    stand.until_asked(1)
    stand.key(Key.Key_Space)
    stand.key(Key.Key_1)
    stand.until_asked(1)
    stand.key(Key.Key_Space)
    stand.key(Key.Key_4)
    stand.bot.waitUntil(lambda: "All reviewed" in stand.words())
    again = f"{count} cards, {count + 1} answers in less than a minute: 1 again, {count} easy."
    assert again in stand.words(), "a card that is asked again is no other card"
    view = stand.core.workers.in_pool(lambda _: stand.core.study.enrolments.view(ALGEBRA))
    up = view.result(60).next_up()
    assert up is not None
    stand.button(f"Go on with “{stand.title_of(up.concept)}”").click()
    assert stand.onward == [(ALGEBRA, up.concept)]
    stand.button("Done").click()
    assert stand.left


def test_nothing_due_says_so(stand: Stand) -> None:
    stand.controller.open(MUSIC)
    stand.bot.waitUntil(lambda: "Nothing is due" in stand.words())
    assert "Cards come with the lessons" in stand.words()
    assert stand.core.study.reviews.next_due(MUSIC).result(60) is None


def test_a_card_that_is_gone_is_said_and_the_keys_go_on(stand: Stand) -> None:
    stand.controller.open(PYTHON)
    stand.bot.waitUntil(stand.asked)
    card = stand.card()
    stand.core.workers.on_store(
        lambda: stand.core.study.card_repository().remove([card.id])
    ).result(60)
    stand.key(Key.Key_Space)
    stand.key(Key.Key_3)
    stand.bot.waitUntil(lambda: bool(stand.failed))
    error = stand.failed[0][0]
    assert isinstance(error, UserFacingError)
    assert error.code == "card_unknown"
    assert error.hint == "Leave the review and open it again.", "no command helps here"


# The queue and the words


def card(number: int, **changes: object) -> Card:
    made = Card(CardId(number), ALGEBRA, ConceptId("c"), f"{number}?", "!", NOW)
    return replace(made, **changes)  # pyright: ignore[reportArgumentType] - names of fields


def test_a_card_on_a_short_step_comes_back_before_the_end() -> None:
    queue = ReviewQueue([card(n) for n in range(12)])
    short = Memory(1.0, 5.0, NOW, NOW, learning_step=0)
    queue.answered(card(0, memory=short), Recall.AGAIN, 3.0)
    assert queue.left == 12
    long = Memory(9.0, 5.0, NOW, NOW)
    for number in range(1, 9):
        assert queue.current is not None
        assert queue.current.id == number
        queue.answered(card(number, memory=long), Recall.GOOD, 2.0)
    assert queue.current is not None
    assert queue.current.id == 0
    assert queue.counts == {"Again": 1, "Hard": 0, "Good": 8, "Easy": 0}
    assert queue.seconds == pytest.approx(19.0)
    queue.changed(card(0, front="Other words?"))
    changed = queue.current
    assert changed is not None
    assert changed.front == "Other words?"
    queue.undone(card(8))
    again = queue.current
    assert again is not None
    assert again.id == 8
    assert queue.done == 8


def test_times_are_said_as_people_say_them() -> None:
    spans = {
        timedelta(seconds=20): "1 min", timedelta(minutes=10): "10 min", timedelta(hours=5): "5 h",
        timedelta(days=8): "8 d", timedelta(days=64): "2.1 mo", timedelta(days=800): "2.2 y",
    }  # fmt: skip
    assert {span_words(span): words for span, words in spans.items()} == {
        words: words for words in spans.values()
    }
    noon = datetime(2025, 11, 19, 12, 0, tzinfo=UTC)
    assert moment_words(noon, noon) == "now"
    assert moment_words(noon + timedelta(minutes=9), noon) == "in 9 minutes"
    assert moment_words(noon + timedelta(hours=24), noon) == "tomorrow"
    assert moment_words(noon + timedelta(days=3), noon) == "on Saturday"
    assert moment_words(noon + timedelta(days=20), noon) == "on 9 December"
    assert moment_words(noon + timedelta(days=90), noon) == "on 17 February 2026"
    assert done_words(1, {"Again": 0, "Good": 1}, 130) == "1 card in 2 minutes: 1 good."
    assert done_words(0, {}, 0) == "No card was reviewed."
    counts = {"Again": 1, "Good": 2}
    assert done_words(2, counts, 50) == "2 cards, 3 answers in 1 minute: 1 again, 2 good."
