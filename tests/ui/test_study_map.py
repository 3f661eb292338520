"""The course map: what lies where, in which light, and how it is walked through."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from assistant.config.paths import resources
from assistant.domain.course import Concept, Course, Lesson, Unit
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.study import Enrolment, Mastery, Standing
from assistant.services.study.today import CourseStanding
from assistant.tutor.courses.graph import requirements_of
from assistant.tutor.courses.layout import map_of
from assistant.tutor.courses.reading import read_course
from assistant.tutor.learner.next_up import Doing, NextUp
from assistant.ui.study.map.card import MapCard
from assistant.ui.study.map.drawing import NODE, MapDrawing, lettering
from assistant.ui.study.map.words import concept_words, fits, in_lines, short_titles
from assistant.ui.study.pictures.colours import light_fill
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from tests.helpers.learner import SetClock
from tests.helpers.pictures import near, picture_of, put, read_table
from tests.helpers.signals import record

STEPS = {
    "names": (Standing.MASTERED, 0.97, 0),
    "numbers": (Standing.FIRM, 0.81, 4),
    "loops": (Standing.GROWING, 0.55, 0),
    "lists": (Standing.BEGUN, 0.2, 0),
    "recursion": (Standing.NOT_STARTED, 0.3, 0),
    "trees": (Standing.NOT_STARTED, 0.3, 0),
}
REQUIRES = {
    "numbers": ("names",),
    "loops": ("names",),
    "lists": ("loops", "numbers"),
    "recursion": ("numbers",),
    "trees": ("recursion", "names"),
}
TITLES = {"lists": "Lists: many values under one name", "trees": "Trees & <b>branches</b>"}


def standing_of(*, upcoming: str | None = "lists", extra: int = 0) -> CourseStanding:
    """A small course; ``extra`` concepts more in a row make it higher than any window."""
    ids = [*STEPS, *(f"more-{number}" for number in range(extra))]
    requires = REQUIRES | {f"more-{n}": (f"more-{n - 1}" if n else "trees",) for n in range(extra)}
    concepts = tuple(
        Concept(
            ConceptId(name),
            TITLES.get(name, name.capitalize()),
            "",
            Lesson(""),
            tuple(ConceptId(one) for one in requires.get(name, ())),
        )
        for name in ids
    )
    units = (Unit("All", tuple(ConceptId(name) for name in ids)),)
    course = Course(CourseId("c"), 1, "A course", "", "en", "programming", units, concepts)
    mastery = tuple(
        Mastery(ConceptId(name), chance, chance - 0.1, min(1.0, chance + 0.03), 3, step, due)
        for name in ids
        for step, chance, due in (STEPS.get(name, (Standing.NOT_STARTED, 0.3, 0)),)
    )
    up = NextUp(ConceptId(upcoming), Doing.PRACTISE, ()) if upcoming else None
    enrolment = Enrolment(course.id, 1, SetClock().now())
    placed = map_of(requirements_of(course))
    return CourseStanding(course, enrolment, mastery, 0.5, (), up, placed)


@pytest.fixture
def card(theme: Theme, qapp: QApplication) -> Iterator[MapCard]:
    shown: list[QWidget] = []
    made = MapCard(theme)
    put(shown, made, 640, 480)
    yield made
    made.close()
    made.deleteLater()


def close_menu() -> None:
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_each_standing_has_its_light_and_what_comes_next_a_ring(
    card: MapCard, theme: Theme, mode: str
) -> None:
    theme.set(mode="dark" if mode == "dark" else "light")
    standing = standing_of()
    card.show_course(standing)
    graph = card.view.graph
    picture = picture_of(graph)
    boxes = MapDrawing(standing).boxes(QRectF(graph.rect()), theme)
    for step, name in enumerate(("lists", "loops", "numbers", "names")):
        corner = boxes[ConceptId(name)].topLeft() + QPointF(9, 5)
        assert near(picture, corner, light_fill(theme, step)), name
    assert near(picture, boxes[ConceptId("trees")].topLeft() + QPointF(9, 5), theme.color("card"))
    ring = boxes[ConceptId("lists")].center() - QPointF(
        0, boxes[ConceptId("lists")].height() / 2 + 4
    )
    assert near(picture, ring, theme.color("lampline"))
    for one in standing.placed.concepts:
        for before in REQUIRES.get(one.concept, ()):
            assert boxes[ConceptId(before)].bottom() < boxes[one.concept].top()


def test_a_small_map_is_seen_as_blocks_without_words(card: MapCard, theme: Theme) -> None:
    standing = standing_of(extra=40)
    card.show_course(standing)
    view = card.view
    assert view.verticalScrollBar().maximum() > 0
    view.zoom_to_fit()
    QApplication.processEvents()
    assert view.graph.zoom < 0.7
    whole = MapDrawing(standing, 0.3)
    assert whole.size(theme).height() < MapDrawing(standing).size(theme).height() / 3
    view.zoom(0)
    assert view.graph.zoom == pytest.approx(1.0)


def test_arrows_walk_enter_opens_and_space_asks(card: MapCard) -> None:
    card.show_course(standing_of())
    graph = card.view.graph
    opened, asked = record(card.lesson_wanted), record(graph.asked)
    graph.setFocus(Qt.FocusReason.TabFocusReason)
    mark = graph.current()
    assert mark is not None
    assert mark.key == "lists", "the keys begin at what comes next"
    QTest.keyClick(graph, Qt.Key.Key_Up)
    above = graph.current()
    assert above is not None
    assert above.key in {"numbers", "loops"}
    QTest.keyClick(graph, Qt.Key.Key_Up)
    QTest.keyClick(graph, Qt.Key.Key_Return)
    assert opened == [("c", "names")]
    assert "Names: mastered, 97" in graph.accessibleDescription()
    QTest.keyClick(graph, Qt.Key.Key_Space)
    assert asked[0][0] == "names"
    close_menu()
    menu = card.menu_of(ConceptId("numbers"))
    assert menu is not None
    practised, reviewed = record(card.practice_wanted), record(card.review_wanted)
    named = {action.text(): action for action in menu.actions()}
    assert list(named) == ["Open the lesson", "Practise", "Review what is due"]
    named["Practise"].trigger()
    named["Review what is due"].trigger()
    assert practised == [("c", "numbers")]
    assert reviewed == [("c",)]
    unseen = card.menu_of(ConceptId("trees"))
    assert unseen is not None
    assert [action.text() for action in unseen.actions()] == [
        "Open the lesson",
        "Try its exercises",
    ]


def test_the_map_is_pulled_clicked_and_zoomed_by_the_mouse(card: MapCard, theme: Theme) -> None:
    standing = standing_of(extra=30)
    card.show_course(standing)
    graph, bar = card.view.graph, card.view.verticalScrollBar()
    asked = record(graph.asked)
    box = MapDrawing(standing).boxes(QRectF(graph.rect()), theme)[ConceptId("lists")]
    at = box.center().toPoint()
    QTest.mouseClick(graph, Qt.MouseButton.LeftButton, pos=at)
    assert [one[0] for one in asked] == ["lists"]
    close_menu()
    before = bar.value()
    QTest.mousePress(graph, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(graph, at - QPoint(0, 40))
    QTest.mouseRelease(graph, Qt.MouseButton.LeftButton, pos=at - QPoint(0, 40))
    assert bar.value() > before
    assert len(asked) == 1, "a pull is no click"
    wheel = QWheelEvent(
        QPointF(at), QPointF(graph.mapToGlobal(at)), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(graph, wheel)
    assert graph.zoom > 1
    QTest.keyClick(graph, Qt.Key.Key_Minus)
    assert graph.zoom == pytest.approx(1.0)
    smaller, larger = (
        each for each in card.findChildren(IconButton) if "map" in each.accessibleName()
    )
    larger.click()
    smaller.click()
    assert graph.zoom == pytest.approx(1.0)


@pytest.mark.parametrize("upcoming", ["basic-0", "basic-4", None])
def test_a_wide_map_opens_without_a_name_cut_at_its_left(
    card: MapCard, theme: Theme, upcoming: str | None
) -> None:
    names = [f"basic-{number}" for number in range(10)]
    concepts = tuple(
        Concept(ConceptId(name), f"Fundamentals {name}", "", Lesson(""), ()) for name in names
    )
    course = Course(
        CourseId("w"), 1, "Wide", "", "en", "programming",
        (Unit("All", tuple(one.id for one in concepts)),), concepts,
    )  # fmt: skip
    mastery = tuple(Mastery(one.id, 0.3, 0.2, 0.4, 0, Standing.NOT_STARTED) for one in concepts)
    up = NextUp(ConceptId(upcoming), Doing.LEARN, ()) if upcoming else None
    placed = map_of(requirements_of(course))
    enrolment = Enrolment(course.id, 1, SetClock().now())
    standing = CourseStanding(course, enrolment, mastery, 0.0, (), up, placed)
    card.show_course(standing)
    view = card.view
    assert view.graph.width() > view.viewport().width() + 100
    left = view.horizontalScrollBar().value()
    boxes = MapDrawing(standing).boxes(QRectF(view.graph.rect()), theme)
    assert not [name for name, box in boxes.items() if box.left() < left < box.right()]
    if upcoming is not None:
        box = boxes[ConceptId(upcoming)]
        assert left <= box.left()
        assert box.right() <= left + view.viewport().width()


def test_a_chain_above_a_wide_row_is_shown_in_the_middle(card: MapCard, theme: Theme) -> None:
    chain = [ConceptId(f"step-{number}") for number in range(9)]
    leaves = [ConceptId(f"leaf-{number}") for number in range(10)]
    before = dict(pairwise(reversed(chain)))  # of each the one that it needs
    concepts = tuple(
        Concept(name, f"Concept {name}", "", Lesson(""), (before[name],) if name in before else ())
        for name in chain
    ) + tuple(Concept(name, f"Concept {name}", "", Lesson(""), (chain[-1],)) for name in leaves)
    course = Course(
        CourseId("chain"), 1, "Chain", "", "en", "programming",
        (Unit("All", tuple(one.id for one in concepts)),), concepts,
    )  # fmt: skip
    mastery = tuple(Mastery(one.id, 0.3, 0.2, 0.4, 0, Standing.NOT_STARTED) for one in concepts)
    placed = map_of(requirements_of(course))
    up = NextUp(chain[0], Doing.LEARN, ())
    enrolment = Enrolment(course.id, 1, SetClock().now())
    standing = CourseStanding(course, enrolment, mastery, 0.0, (), up, placed)
    card.show_course(standing)
    view = card.view
    assert view.graph.width() > view.viewport().width() + 100
    box = MapDrawing(standing).boxes(QRectF(view.graph.rect()), theme)[chain[0]]
    middle = view.horizontalScrollBar().value() + view.viewport().width() / 2
    assert abs(box.center().x() - middle) <= 2


def test_the_map_is_a_table_too_and_says_itself_in_one_sentence(card: MapCard) -> None:
    card.show_course(standing_of())
    graph = card.view.graph
    assert "A course, 6 concepts: 2 not started, 1 begun" in graph.accessibleName()
    assert graph.accessibleName().endswith("Next: Lists: many values under one name.")
    heads, rows = read_table(graph)
    assert heads == ["Concept", "Standing", "Mastery", "Likely", "Due"]
    assert rows[1] == ["Numbers", "Firm", "81\u00a0%", "71 to 84", "4"]
    assert rows[4] == ["Recursion", "Not started", "", "", ""]


def test_the_reached_concept_stays_while_answers_come_in(card: MapCard) -> None:
    standing = standing_of()
    card.show_course(standing)
    graph = card.view.graph
    graph.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(graph, Qt.Key.Key_Up)
    before = graph.current()
    assert before is not None
    better = tuple(replace(one, chance=0.99) for one in standing.mastery)
    card.show_course(replace(standing, mastery=better))
    after = graph.current()
    assert after is not None
    assert after.key == before.key
    card.show_course(standing_of(upcoming=None))
    assert card.view.graph.upcoming_box() is None


@pytest.mark.parametrize("zoom", [0.3, 0.5, 0.64])
@pytest.mark.parametrize("name", ["python-from-zero", "algebra-and-arithmetic", "music-theory"])
def test_where_concepts_have_no_room_for_names_each_unit_has(
    theme: Theme, name: str, zoom: float
) -> None:
    course = read_course(resources() / "courses" / name)
    placed = map_of(requirements_of(course))
    standing = replace(standing_of(), course=course, placed=placed, next_up=None)
    drawing = MapDrawing(standing, zoom)
    area = QRectF(QPointF(0, 0), drawing.size(theme)).united(QRectF(0, 0, 560, 400))
    named = drawing.districts(area, theme)
    assert sorted(words for words, _ in named) == sorted(unit.title for unit in course.units)
    for number, (_, spot) in enumerate(named):
        assert area.contains(spot)
        assert not any(spot.intersects(other) for _, other in named[:number])


def test_the_names_of_units_are_painted_on_a_small_map_alone(card: MapCard, theme: Theme) -> None:
    card.show_course(standing_of())
    graph = card.view.graph

    def dark_at_the_unit() -> bool:
        drawing = MapDrawing(standing_of(), graph.zoom)
        ((_, spot),) = drawing.districts(QRectF(graph.rect()), theme)
        image = picture_of(graph).copy(spot.toAlignedRect())
        colours = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
        }
        return theme.color("ink").name() in colours and near(
            image, QPointF(4, 4), theme.color("card"), 0
        )

    card.view.zoom_to_fit()
    graph.set_zoom(0.5)
    assert dark_at_the_unit()
    graph.set_zoom(1.0)
    assert not dark_at_the_unit()


@pytest.mark.parametrize("name", ["python-from-zero", "algebra-and-arithmetic", "music-theory"])
@pytest.mark.parametrize("zoom", [0.8, 1.0, 1.25])
def test_no_name_of_a_course_is_cut(theme: Theme, name: str, zoom: float) -> None:
    course = read_course(Path(resources()) / "courses" / name)
    width = (NODE.width() - 18) * theme.scale * zoom
    for title in short_titles(course).values():
        font, lines = lettering(theme, title, width, zoom)
        assert " ".join(lines) == title
        assert all(QFontMetricsF(font).horizontalAdvance(line) <= width for line in lines), title
        assert len(lines) <= 3


def test_names_are_short_where_they_stay_clear(theme: Theme) -> None:
    course = standing_of().course
    assert short_titles(course)[ConceptId("lists")] == "Lists"
    twice = replace(
        course,
        concepts=(
            *course.concepts,
            replace(course.concepts[0], id=ConceptId("x"), title="Lists: x"),
        ),
    )
    assert short_titles(twice)[ConceptId("lists")] == TITLES["lists"]
    metrics = QFontMetricsF(theme.font("small_medium"))
    assert in_lines("Adding and subtracting fractions", metrics, 110) == [
        "Adding and",
        "subtracting fractions"
        if metrics.horizontalAdvance("subtracting fractions") <= 110
        else in_lines("Adding and subtracting fractions", metrics, 110)[1],
    ]
    assert fits("Adding and subtracting", metrics, 110)
    assert not fits("Adding and subtracting negative numbers", metrics, 110)
    assert in_lines("Supercalifragilistic" * 3, metrics, 110)[0].endswith("…")
    mastery = standing_of().mastery
    assert concept_words(course, mastery[5]) == (
        "Trees & <b>branches</b>: not started, rests on Recursion and Names"
    )
    assert "4 cards due" in concept_words(course, mastery[1])
    assert concept_words(course, mastery[3], upcoming=ConceptId("lists")).endswith(", next")
