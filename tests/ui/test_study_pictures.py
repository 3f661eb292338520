"""The pictures of study: what is drawn where, the same in words, and how the keys move."""

import math
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from assistant.domain.study import Standing
from assistant.services.study.progress import (
    Calibration,
    CalibrationBin,
    MasteryPoint,
    StudyDay,
    calibration,
)
from assistant.ui.study.pictures import axes, colours
from assistant.ui.study.pictures.calibration_plot import CalibrationPlot, likely_range, verdict
from assistant.ui.study.pictures.forgetting_curve import Forgetting, ForgettingCurve
from assistant.ui.study.pictures.marks import Mark, percent_words
from assistant.ui.study.pictures.mastery_plot import MasteryCourse, MasteryPlot
from assistant.ui.study.pictures.picture import paint_callout
from assistant.ui.study.pictures.seven_days import SevenDays
from assistant.ui.study.pictures.stack_bar import StackBar, StackPart
from assistant.ui.study.pictures.study_calendar import StudyCalendar, step_of
from assistant.ui.theme.theme import Theme
from tests.helpers.pictures import inked, near, picture_of, put, read_table

TODAY = date(2025, 11, 19)


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[list[QWidget]]:
    widgets: list[QWidget] = []
    yield widgets
    for widget in widgets:
        widget.close()
        widget.deleteLater()


def points(count: int, top: float = 0.8, every: int = 1) -> tuple[MasteryPoint, ...]:
    first = TODAY - timedelta(days=(count - 1) * every)
    return tuple(
        MasteryPoint(first + timedelta(days=at * every), chance, chance * 0.8, min(1, chance + 0.1))
        for at in range(count)
        for chance in (top * (at + 1) / count,)
    )


class TestMastery:
    def test_lines_band_and_names_are_where_they_belong_in_both_themes(
        self, theme: Theme, shown: list[QWidget]
    ) -> None:
        plot = MasteryPlot(theme)
        plot.show_courses(
            [MasteryCourse("Python", points(12, 0.6), "py"), MasteryCourse("Algebra", points(9))]
        )
        put(shown, plot)
        for mode in ("light", "dark"):
            theme.set(mode=mode)
            QApplication.processEvents()
            image = picture_of(plot)
            lit, other = plot.marks()
            for mark in lit:
                assert near(image, mark.place, theme.color("lampline"))
            assert near(image, other[-1].place, theme.color("slate.graphic"))
            # Between the line and its upper end lies the band: neither ground nor line.
            band = lit[-1].place - QPointF(1, 8)
            ground = image.pixelColor(image.width() - 1, image.height() - 1)
            assert not near(image, band, ground, 0)

    def test_its_table_and_its_name_say_the_same(self, theme: Theme, shown: list[QWidget]) -> None:
        plot = MasteryPlot(theme)
        plot.show_courses([MasteryCourse("Python", points(3, 0.6))])
        put(shown, plot)
        assert "Python 60" in plot.accessibleName()
        heads, rows = read_table(plot)
        assert heads == ["Course", "Day", "Mastery", "80 % band"]
        assert rows[0] == [
            "Python",
            "19 Nov 2025",
            percent_words(0.6),
            f"48 to {percent_words(0.7)}",
        ]
        assert len(rows) == 3

    @pytest.mark.parametrize("count", [1, 4000])
    def test_one_point_and_thousands(self, theme: Theme, shown: list[QWidget], count: int) -> None:
        plot = MasteryPlot(theme)
        plot.show_courses([MasteryCourse("A course with a very long name indeed", points(count))])
        put(shown, plot, 200, 140)
        mark = plot.marks()[0][-1]
        assert near(picture_of(plot), mark.place, theme.color("lampline"))
        assert len(plot.marks()[0]) == count
        assert plot.rect().contains(mark.place.toPoint())

    def test_without_a_point_it_says_what_will_come(
        self, theme: Theme, shown: list[QWidget]
    ) -> None:
        plot = MasteryPlot(theme)
        plot.show_courses([MasteryCourse("Python", ())])
        put(shown, plot)
        assert plot.drawing() is None
        assert "after the first exercise" in plot.accessibleName()
        assert inked(plot) > 50
        plot.show_table(shown=True)
        assert plot.table() is None

    @pytest.mark.parametrize(
        "wrong",
        [
            (MasteryPoint(TODAY, 1.2, 0.1, 1.0),),
            (MasteryPoint(TODAY, 0.5, 0.6, 0.4),),
            (MasteryPoint(TODAY, math.nan, 0.1, 0.9),),
            (*points(2), MasteryPoint(TODAY, 0.5, 0.4, 0.6)),
        ],
    )
    def test_values_that_make_no_sense_are_refused(
        self, theme: Theme, wrong: tuple[MasteryPoint, ...]
    ) -> None:
        plot = MasteryPlot(theme)
        with pytest.raises(ValueError, match="Python"):
            plot.show_courses([MasteryCourse("Python", wrong)])


class TestKeys:
    def test_arrows_move_enter_opens_and_t_turns_it_into_a_table(
        self, theme: Theme, shown: list[QWidget]
    ) -> None:
        plot = MasteryPlot(theme)
        plot.show_courses(
            [MasteryCourse("Python", points(12, 0.6), "py"), MasteryCourse("Algebra", points(9))]
        )
        put(shown, plot)
        opened: list[object] = []
        plot.activated.connect(opened.append)
        plot.clearFocus()
        plot.setFocus(Qt.FocusReason.TabFocusReason)
        began = plot.current()
        assert began is not None
        assert began.words.startswith("Python, 19 Nov")
        QTest.keyClick(plot, Qt.Key.Key_Left)
        assert "18 Nov" in plot.accessibleDescription()
        for key, words in (
            (Qt.Key.Key_Home, "Python, 8 Nov"),
            (Qt.Key.Key_PageDown, "Python, 9 Nov"),
            (Qt.Key.Key_End, "Python, 19 Nov"),
            (Qt.Key.Key_Down, "Algebra, 19 Nov"),
            (Qt.Key.Key_Down, "Algebra, 19 Nov"),
            (Qt.Key.Key_Up, "Python, 19 Nov"),
        ):
            QTest.keyClick(plot, key)
            mark = plot.current()
            assert mark is not None
            assert mark.words.startswith(words)
        QTest.keyClick(plot, Qt.Key.Key_Return)
        assert opened == ["py"]
        QTest.keyClick(plot, Qt.Key.Key_T)
        table = plot.table()
        assert table is not None
        assert table.isVisible()
        QTest.keyClick(table, Qt.Key.Key_Escape)
        assert not table.isVisible()

    def test_the_mouse_says_what_is_under_it_and_opens_it(
        self, theme: Theme, shown: list[QWidget]
    ) -> None:
        bar = StackBar(theme)
        bar.show_parts([StackPart("Python", 11, "py"), StackPart("Music", 4)])
        put(shown, bar)
        opened: list[object] = []
        bar.activated.connect(opened.append)
        before = picture_of(bar)
        first, second = bar.marks()[0]
        QTest.mouseMove(bar, first.place.toPoint())
        assert bar.cursor().shape() == Qt.CursorShape.PointingHandCursor
        assert picture_of(bar) != before
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=first.place.toPoint())
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=second.place.toPoint())
        assert opened == ["py"]


def card(reviewed: bool = True) -> Forgetting:
    def kept(days: float) -> float:
        return (1 + 19 / 81 * days / 12) ** -0.5

    return Forgetting(
        since=date(2025, 11, 12),
        kept=tuple((day / 4, kept(day / 4)) for day in range(49)),
        now=(7.0, kept(7)),
        after=tuple((12.0 + day, kept(day / 2)) for day in range(29)) if reviewed else (),
        left_alone=tuple((12.0 + day, kept(12 + day)) for day in range(29)) if reviewed else (),
        goal=0.9,
    )


class TestForgetting:
    def test_the_three_lines_and_the_present_are_drawn(
        self, theme: Theme, shown: list[QWidget]
    ) -> None:
        curve = ForgettingCurve(theme)
        curve.show_card(card())
        put(shown, curve)
        image = picture_of(curve)
        kept, after, left_alone = curve.marks()
        assert near(image, kept[3].place, theme.color("lampline"))
        assert near(image, after[len(after) // 2].place, theme.color("teal.graphic"))
        dashes = [near(image, mark.place, theme.color("control"), 2) for mark in left_alone]
        assert any(dashes)
        now = QPointF(kept[28].place)
        assert near(image, now, theme.color("lamp"))
        assert "Now 94" in curve.accessibleName()
        assert "left alone" in curve.accessibleName()

    def test_the_words_about_now_do_not_lie_on_the_line_of_the_goal(
        self, theme: Theme, shown: list[QWidget]
    ) -> None:
        curve = ForgettingCurve(theme)
        curve.show_card(card())
        put(shown, curve, 360, 190)
        image = picture_of(curve)
        kept = curve.marks()[0]
        level = round(kept[-1].place.y())  # the review is placed at the goal
        ink = theme.color("ink")
        left, right = round(kept[0].place.x()) + 2, round(kept[28].place.x())
        assert not any(near(image, QPointF(x, level), ink, 0) for x in range(left, right))

    def test_no_card_one_point_and_a_card_that_is_not_reviewed(
        self, theme: Theme, shown: list[QWidget]
    ) -> None:
        curve = ForgettingCurve(theme)
        put(shown, curve)
        curve.show_card(None)
        assert curve.drawing() is None
        curve.show_card(card(reviewed=False))
        heads, rows = read_table(curve)
        assert heads == ["", "Day", "Chance"]
        assert rows[0] == ["Now", "19 Nov", percent_words(card().now[1])]
        assert all(row[0] in {"Now", "Until the review"} for row in rows)
        curve.show_table(shown=False)
        curve.show_card(Forgetting(TODAY, ((0.0, 1.0),), (0.0, 1.0), (), (), 0.9))
        assert near(picture_of(curve), curve.marks()[0][0].place, theme.color("lamp"))

    def test_days_that_run_backwards_are_refused(self, theme: Theme) -> None:
        curve = ForgettingCurve(theme)
        for kept in (((2.0, 0.9), (1.0, 0.8)), ((math.inf, 0.9),), ((0.0, 2.0),)):
            with pytest.raises(ValueError, match=r"[Dd]ay|chance"):
                curve.show_card(Forgetting(TODAY, kept, (0.0, 1.0), (), (), 0.9))


class TestCalibration:
    def test_points_lie_where_foretold_meets_came(self, theme: Theme, shown: list[QWidget]) -> None:
        plot = CalibrationPlot(theme)
        found = calibration(
            [(0.8, n % 25 < 19) for n in range(100)] + [(0.35, n < 12) for n in range(40)]
        )
        plot.show_calibration(found)
        put(shown, plot)
        image = picture_of(plot)
        low, high = plot.marks()[0]
        assert low.place.x() < high.place.x()
        assert low.place.y() > high.place.y()
        for mark in (low, high):
            assert near(image, mark.place, theme.color("lampline"), 1)
        assert (
            high.words
            == f"Foretold {percent_words(0.8)}, came {percent_words(0.76)} of 100 answers"
        )
        _, rows = read_table(plot)
        assert [row[:3] for row in rows] == [
            [percent_words(0.35), percent_words(0.3), "40"],
            [percent_words(0.8), percent_words(0.76), "100"],
        ]

    def test_what_is_said_of_it(self) -> None:
        def found(*bins: tuple[float, float, int]) -> str:
            count = sum(one[2] for one in bins)
            error = sum(abs(told - came) * many for told, came, many in bins) / count
            return verdict(Calibration(tuple(CalibrationBin(*one) for one in bins), error, count))

        assert found((0.8, 0.1, 5)) == "Too few answers to tell yet"
        few = ((0.2, 0.0, 2), (0.3, 0.33, 3), (0.5, 1.0, 2), (0.6, 0.6, 5), (0.7, 1.0, 2))
        by_chance = (*few, (0.74, 0.71, 7), (0.8, 0.5, 4))
        assert found(*by_chance) == "Too few answers to tell yet", "chance alone brings so much"
        assert found((0.8, 0.78, 100)) == "It foretells you well"
        assert found((0.8, 0.72, 100)) == "It foretells you fairly well"
        assert found((0.8, 0.5, 100)) == "It expects too much of you"
        assert found((0.5, 0.8, 100)) == "You do better than it expects"
        assert found((0.5, 0.8, 100), (0.9, 0.6, 100)) == "It often misjudges you"

    def test_nothing_one_bin_and_values_that_make_no_sense(
        self, theme: Theme, shown: list[QWidget]
    ) -> None:
        plot = CalibrationPlot(theme, "Reviews foretold")
        put(shown, plot)
        plot.show_calibration(calibration([]))
        assert plot.drawing() is None
        plot.show_calibration(calibration([(0.9, True)]))
        assert near(picture_of(plot), plot.marks()[0][0].place, theme.color("lampline"))
        with pytest.raises(ValueError, match="bin"):
            plot.show_calibration(Calibration((CalibrationBin(0.5, 0.5, 0),), 0.0, 0))

    def test_the_band_narrows_with_the_number_of_answers(self) -> None:
        few, many = likely_range(0.5, 10), likely_range(0.5, 1000)
        assert few[0] < many[0] < 0.5 < many[1] < few[1]
        # Wilson's interval for 5 of 10 at 80 %: 0.31 to 0.69.
        assert few == pytest.approx((0.312, 0.688), abs=0.002)


class TestCalendar:
    def test_each_day_is_lit_by_its_minutes(self, theme: Theme, shown: list[QWidget]) -> None:
        calendar = StudyCalendar(theme)
        done = [
            StudyDay(TODAY - timedelta(days=ago), 3, 1, minutes)
            for ago, minutes in ((1, 5.0), (2, 12.0), (8, 30.0), (9, 200.0))
        ]
        calendar.show_days(done, TODAY)
        put(shown, calendar, 560, 200)
        for mode in ("light", "dark"):
            theme.set(mode=mode)
            QApplication.processEvents()
            image = picture_of(calendar)
            boxes = {mark.key: mark.area for series in calendar.marks() for mark in series}
            for day in done:
                box = boxes[day.day]
                assert isinstance(box, QRectF)
                fill = colours.light_fill(theme, step_of(day.minutes))
                assert near(image, box.center(), fill, 0)
            today = boxes[TODAY]
            assert isinstance(today, QRectF)
            assert near(image, QPointF(today.center().x(), today.top()), theme.color("lampline"), 1)
            assert near(image, today.center(), theme.color("well"), 0)
        assert [step_of(one) for one in (0.0, 9.9, 10, 24, 25, 45, 999)] == [0, 0, 1, 1, 2, 3, 3]

    def test_a_cell_says_its_day_and_the_table_all_of_them(
        self, theme: Theme, shown: list[QWidget]
    ) -> None:
        calendar = StudyCalendar(theme)
        calendar.show_days([StudyDay(TODAY, 3, 1, 5.0), StudyDay(date(2026, 1, 1), 1, 1, 1)], TODAY)
        put(shown, calendar, 560, 200)
        words = {mark.key: mark.words for series in calendar.marks() for mark in series}
        assert words[TODAY] == "Wednesday 19 Nov: 5 min, 3 answers, 1 review"
        assert words[TODAY - timedelta(days=1)] == "Tuesday 18 Nov: nothing"
        assert date(2026, 1, 1) not in words
        _, rows = read_table(calendar)
        assert rows == [["Wednesday 19 Nov 2025", "5", "3", "1"]]

    def test_ten_years_nothing_and_no_minutes(self, theme: Theme, shown: list[QWidget]) -> None:
        calendar = StudyCalendar(theme)
        put(shown, calendar, 1400, 200)
        calendar.show_days([], TODAY)
        assert calendar.drawing() is None
        days = [StudyDay(TODAY - timedelta(days=ago), 1, 1, 20.0) for ago in range(3650)]
        calendar.show_days(days, TODAY)
        assert max(len(series) for series in calendar.marks()) <= 53
        assert "3,650 days" in calendar.accessibleName()
        assert inked(calendar) > 1000
        with pytest.raises(ValueError, match="minutes"):
            calendar.show_days([StudyDay(TODAY, 1, 1, -1.0)], TODAY)


class TestSmallOnes:
    def test_seven_days_are_rings_and_dots(self, theme: Theme, shown: list[QWidget]) -> None:
        seven = SevenDays(theme)
        seven.show_days([True, True, False, True, True, False, True], TODAY)
        seven.resize(seven.sizeHint())
        put(shown, seven, seven.sizeHint().width(), seven.sizeHint().height())
        assert seven.words() == "5 of the last 7 days"
        assert "Wednesday" in seven.accessibleName()
        assert "Saturday" not in seven.accessibleName()
        image = picture_of(seven)
        tips: dict[str, QPointF] = {}
        for x in range(seven.width()):
            place = QPointF(x, seven.height() / 2)
            if words := seven.tip(place):
                tips.setdefault(words, place + QPointF(7, 0))
        assert len(tips) == 7
        for words, place in tips.items():
            assert near(image, place, theme.color("ink2"), 1) == words.endswith("studied")
        with pytest.raises(ValueError, match="Seven"):
            seven.show_days([True], TODAY)

    def test_the_bar_is_divided_by_the_counts(self, theme: Theme, shown: list[QWidget]) -> None:
        bar = StackBar(theme)
        parts = [StackPart("Python", 30, "py"), StackPart("None", 0), StackPart("Music", 10)]
        bar.show_parts(parts)
        put(shown, bar, 400, 60)
        image = picture_of(bar)
        assert near(image, QPointF(150, 3), theme.color("lampline"), 0)
        assert near(image, QPointF(380, 3), theme.color("plum.graphic"), 0)
        _, rows = read_table(bar)
        assert rows == [["Python", "30", percent_words(0.75)], ["Music", "10", percent_words(0.25)]]
        bar.show_parts([StackPart("Python", 0)])
        assert bar.accessibleName() == "Reviews today. Nothing is due."
        with pytest.raises(ValueError, match="nothing"):
            bar.show_parts([StackPart("Python", -1)])

    def test_names_that_need_more_lines_get_them(self, theme: Theme, shown: list[QWidget]) -> None:
        bar = StackBar(theme)
        bar.show_parts([StackPart(f"Course number {n}", n + 1) for n in range(6)])
        put(shown, bar, 200, 60)
        assert bar.minimumSizeHint().height() > bar.heightForWidth(2000)
        assert bar.sizeHint().height() == bar.heightForWidth(200)
        bar.resize(200, bar.heightForWidth(200))
        for mark in bar.marks()[0]:
            assert mark.area is not None
            assert QRectF(bar.rect()).contains(mark.area)

    def test_the_first_course_is_lit_and_others_take_turns(self) -> None:
        assert [colours.course_colour(n, 1) for n in range(4)] == [
            "slate.graphic",
            "lampline",
            "plum.graphic",
            "teal.graphic",
        ]
        steps = [colours.standing_step(one) for one in colours.STANDING_WORDS]
        assert steps == [None, 0, 1, 2, 3]

    def test_ink_can_be_read_on_each_standing(self, theme: Theme) -> None:
        def light(colour: QColor) -> float:
            parts = [
                part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
                for part in (colour.redF(), colour.greenF(), colour.blueF())
            ]
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

        for mode in ("light", "dark"):
            theme.set(mode=mode)
            for standing in Standing:
                step = colours.standing_step(standing)
                ground = theme.color("card") if step is None else colours.light_fill(theme, step)
                bright = sorted([light(ground), light(colours.standing_ink(theme, standing))])
                assert (bright[1] + 0.05) / (bright[0] + 0.05) >= 4.5
        assert colours.light_edge(theme, 0) != colours.light_fill(theme, 0)
        theme.set(high_contrast=True)
        assert colours.light_edge(theme, 0) == theme.color("control")


class TestAxes:
    def test_ticks_fit_their_span(self) -> None:
        def named(days: int, most: int = 4) -> list[str]:
            return [words for _, words in axes.date_ticks(TODAY - timedelta(days), TODAY, most)]

        assert named(0) == ["19 Nov"]
        assert named(7) == ["12 Nov", "19 Nov"]
        assert named(30) == ["20 Oct", "4 Nov", "19 Nov"]
        assert named(79) == ["Sep", "Oct", "Nov"]
        assert named(365) == ["Nov", "Mar", "Jul", "Nov"]
        assert named(2000) == ["2021", "2023", "2025"]

    def test_names_that_would_touch_are_moved_apart(self) -> None:
        assert axes.spread([], 16, 0, 100) == []
        moved = axes.spread([50, 52, 10], 16, 0, 100)
        assert moved[1] - moved[0] == pytest.approx(16)
        assert moved[2] == 10
        assert all(0 <= one <= 100 for one in axes.spread([99, 100, 98], 16, 0, 100))
        assert list(axes.thinned(range(10), 4)) == [0, 3, 6, 9]

    def test_words_of_a_point_stay_inside(self, theme: Theme, shown: list[QWidget]) -> None:
        curve = ForgettingCurve(theme)
        curve.show_card(card())
        put(shown, curve, 200, 130)
        curve.setFocus(Qt.FocusReason.TabFocusReason)
        for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            QTest.keyClick(curve, key)
            mark = curve.current()
            assert isinstance(mark, Mark)
            canvas = QImage(200, 130, QImage.Format.Format_RGB32)
            canvas.fill(theme.color("card"))
            painter = QPainter(canvas)
            frame = paint_callout(painter, theme, QRectF(canvas.rect()), mark, 8)
            painter.end()
            assert QRectF(canvas.rect()).contains(frame)
            assert near(canvas, frame.center(), theme.color("ink"), 6)
            assert near(picture_of(curve), frame.topLeft() + QPointF(5, 2), theme.color("ink"), 2)
