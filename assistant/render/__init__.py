"""Markdown to blocks, code to coloured spans, LaTeX to SVG; no Qt.

May import domain, markdown_it, pygments and ziamath.
"""
