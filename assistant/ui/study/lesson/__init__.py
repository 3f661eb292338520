"""A lesson: read, followed step by step, filled in, asked about, then practised.

May import services.study, render, domain, ui.chat.transcript, ui.study.pictures, ui.bridge,
ui.theme and ui.widgets, and the values of the tutor that services hand out.
"""
