"""The frame around the work: the sidebar with the places.

May import ui.theme and ui.widgets.
"""
