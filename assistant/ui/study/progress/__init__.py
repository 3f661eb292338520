"""How it goes: mastery, how well the app foretells, days and minutes, concepts, hard cards.

May import services.study, domain, ui.study.pictures, ui.bridge, ui.theme and ui.widgets.
"""
