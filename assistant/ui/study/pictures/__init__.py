"""The pictures of the Study place, drawn from plain values.

Each takes the theme first, shows what it is handed, moves a point by the arrow keys, says it in
words, and can turn itself into a table. May import domain, values of services.study.progress,
ui.theme and ui.widgets.
"""
