"""The Study place: today, course map, lesson, exercise, review and progress.

May import services, domain, ui.theme and ui.widgets.
"""
