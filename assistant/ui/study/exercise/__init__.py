"""The exercise screen: what is asked, a place to answer it, hints, and what came of the answer.

May import services, render, domain, ui.bridge, ui.chat.transcript, ui.theme and ui.widgets, and
the values of the tutor that services hand out.
"""
