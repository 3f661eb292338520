"""The one style sheet, made from the table of colours.

Short on purpose: Qt matches each widget against every rule. What needs more than colour, a border
of one pixel and a radius is painted by its widget.
"""

from collections.abc import Callable

from assistant.ui.theme.tokens import Tokens

_TEMPLATE = """
QToolTip {{ background: {ink}; color: {page}; border: 0; padding: {p4}px {p8}px; }}
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {{
  background: {card}; color: {ink}; border: 1px solid {line2}; border-radius: {r7}px;
  padding: {p5}px {p9}px; selection-background-color: {selection}; selection-color: {ink};
  placeholder-text-color: {ink3}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QComboBox:focus {{ border: 2px solid {lampline}; padding: {q5}px {q9}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled,
QComboBox:disabled {{ background: {well}; color: {disabled}; border-color: {line}; }}
QLineEdit[wrong="true"] {{ border-color: {bad}; }}
QLineEdit[bare="true"], QPlainTextEdit[bare="true"], QTextEdit[bare="true"] {{
  background: transparent; border: 0; padding: 0; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
QDoubleSpinBox::down-button {{ width: 0; border: 0; }}
QComboBox::drop-down {{ border: 0; width: {p28}px; }}
QComboBox QAbstractItemView {{ background: {card}; border: 1px solid {line2};
  selection-background-color: {press}; selection-color: {ink}; outline: 0; }}
QMenu {{ background: transparent; margin: {p20}px; padding: {p6}px; border: 0; }}
QMenu::item {{ padding: {p5}px {p12}px {p5}px {p38}px; min-height: {p20}px; }}
QMenu::separator {{ height: 1px; margin: {p4}px 0; }}
QScrollArea {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: {p12}px; margin: 0; border: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {p12}px; margin: 0; border: 0; }}
QScrollBar::handle {{ background: {line2}; border-radius: {r3}px; margin: {p3}px; }}
QScrollBar::handle:vertical {{ min-height: {p36}px; }}
QScrollBar::handle:horizontal {{ min-width: {p36}px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {control}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {line}; }}
"""

_PADDINGS = (3, 4, 5, 6, 8, 9, 12, 20, 28, 36, 38)


def stylesheet(tokens: Tokens, px: Callable[[float], int]) -> str:
    """The sheet for ``tokens``, its measures scaled by ``px``."""
    colours = {
        name: getattr(tokens, name)
        for name in (
            *("ink", "ink3", "page", "card", "well", "press", "line", "line2", "control"),
            *("lampline", "disabled", "bad", "selection"),
        )
    }
    paddings = {f"p{n}": px(n) for n in _PADDINGS}
    # A focused field's border is one pixel thicker; its padding gives that pixel up.
    inner = {f"q{n}": px(n) - 1 for n in (5, 9)}
    return _TEMPLATE.format(**colours, **paddings, **inner, r3=px(6) // 2, r7=px(7))
