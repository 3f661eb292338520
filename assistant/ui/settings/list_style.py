"""How a short list of backups looks, in the settings and before a damaged history."""

from assistant.ui.theme.theme import Theme


def list_style(theme: Theme) -> str:
    """The style sheet of a plain list: a field's box, rows with room, one of them pressed."""
    tokens, px = theme.tokens, theme.px
    return (
        f"QListWidget {{ background: {tokens.card}; color: {tokens.ink}; outline: 0;"
        f" border: 1px solid {tokens.line2}; border-radius: {px(7)}px; padding: {px(4)}px; }}"
        f"QListWidget:focus {{ border: 2px solid {tokens.lampline}; padding: {px(4) - 1}px; }}"
        f"QListWidget::item {{ padding: {px(6)}px {px(8)}px; border-radius: {px(5)}px; }}"
        f"QListWidget::item:hover {{ background: {tokens.well}; }}"
        f"QListWidget::item:selected {{ background: {tokens.press}; color: {tokens.ink}; }}"
    )
