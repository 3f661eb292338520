"""The picture of reviews to come: bars where they belong, and the same in words."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QWidget

from assistant.ui.study.pictures.due_forecast import DueDay, DueForecast, top_of
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


class TestForecast:
    def test_bars_are_as_high_as_their_numbers_and_today_is_lit(
        self, theme: Theme, shown: list[QWidget]
    ) -> None:
        plot = DueForecast(theme)
        days = [DueDay(TODAY + timedelta(days=at), due) for at, due in enumerate((20, 0, 10, 5))]
        plot.show_days(days)
        put(shown, plot, 400, 200)
        for mode in ("light", "dark"):
            theme.set(mode=mode)
            image = picture_of(plot)
            (bars,) = plot.marks()
            heights = [mark.area.height() for mark in bars if mark.area is not None]
            assert heights[0] == pytest.approx(2 * heights[2]) == pytest.approx(4 * heights[3])
            assert heights[1] == 0
            assert near(image, bars[0].place, theme.color("lampline"), 0)
            assert near(image, bars[2].place, theme.color("plum.graphic"), 0)
            assert not near(image, bars[1].place - QPointF(0, 6), theme.color("plum.graphic"), 2)
        assert bars[0].words == "Today: 20 reviews"
        assert bars[3].words == "Saturday 22 Nov: 5 reviews"
        _, rows = read_table(plot)
        assert rows == [
            ["Wednesday 19 Nov", "20"],
            ["Friday 21 Nov", "10"],
            ["Saturday 22 Nov", "5"],
        ]
        assert "35 reviews in 4 days, 20 today" in plot.accessibleName()

    def test_none_and_very_many(self, theme: Theme, shown: list[QWidget]) -> None:
        plot = DueForecast(theme)
        put(shown, plot, 300, 150)
        plot.show_days([DueDay(TODAY, 0)])
        assert plot.drawing() is None
        plot.show_days([DueDay(TODAY + timedelta(days=at), 99_999) for at in range(1000)])
        assert inked(plot) > 1000
        with pytest.raises(ValueError, match="Less than no"):
            plot.show_days([DueDay(TODAY, -1)])
        assert [top_of(most) for most in (1, 2, 3, 9, 33, 100, 101)] == [2, 2, 5, 10, 50, 100, 200]
