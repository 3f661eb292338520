"""The review screen: one card after the other, by keys alone.

May import services, domain, ui.bridge, ui.study.exercise, ui.theme and ui.widgets.
"""
