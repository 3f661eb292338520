"""A repository with names that have no end stays inside of its page."""

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.hub import Gate, HubChoice, HubFile, HubModel, HubRepository
from assistant.domain.model import ModelFormat
from assistant.ui.library.search.page import SearchPage
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.chip import Pill
from tests.helpers.model_entries import FITS, WONT_FIT

SEAMS = "A-Very-Long_Name.Instruct-2507-Distill-Reasoning-i1-GGUF-" * 2
SEAMLESS = "averyveryverylongname" * 5
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def repository(name: str) -> HubRepository:
    model = HubModel(f"{name}/{name}", 10**9, 5, 5, NOW, "mit", Gate.OPEN, (ModelFormat.GGUF,))
    files = (HubFile("a.gguf", 10**9, "0" * 64),)
    choices = tuple(
        HubChoice(f"{name}.gguf", ModelFormat.GGUF, quantization, "Four bits.", files, fit=fit)
        for quantization, fit in (("Q4_K_M", FITS), ("", FITS), ("Q8_0", WONT_FIT))
    )
    refused = HubChoice("c.bin", ModelFormat.GGUF, "", "", files, trouble="It is a pickle. " * 4)
    return HubRepository(model, "c" * 40, "llama", 4096, (*choices, refused))


def fits_of(page: SearchPage) -> list[Pill]:
    words = {"Fits", "Won't fit", "Refused"}
    return [pill for pill in page.repository.findChildren(Pill) if pill.text() in words]


@pytest.mark.parametrize("name", [SEAMS, SEAMLESS])
@pytest.mark.parametrize(("width", "size"), [(1000, 16), (600, 16), (560, 22)])
def test_long_names_do_not_push_buttons_out_of_the_page(
    qtbot: QtBot, theme: Theme, name: str, width: int, size: int
) -> None:
    theme.set(text_size=size)
    page = SearchPage(theme)
    qtbot.addWidget(page)
    page.resize(width, 800)
    page.show()
    page.show_repository(repository(name), has_token=False)
    body = page.scroller.widget()
    assert body is not None
    inside = page.scroller.viewport().width()
    qtbot.waitUntil(lambda: body.minimumSizeHint().width() <= inside)
    assert page.repository.rows[0].isVisible()
    buttons = [b for b in page.repository.findChildren(Button) if b.isVisible()]
    assert len(buttons) == 5
    for button in buttons:
        right = button.mapTo(page, button.rect().bottomRight()).x()
        assert right < page.width(), button.text()
    downloads = {b.mapTo(page, b.rect().topRight()).x() for b in buttons if b is not buttons[0]}
    assert len({x for x in downloads if x > width // 2}) <= 2, "they stand below each other"
    pills = {pill.mapTo(page, pill.rect().topLeft()).x() for pill in fits_of(page)}
    assert len(pills) == 1, "also where there is no button beside it"
