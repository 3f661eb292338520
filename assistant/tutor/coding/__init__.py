"""The code tutor's eye: what a program does and where it goes wrong, read off its structure.

Pure logic over text. It imports ``domain`` alone; nothing here runs a program or starts another.
"""
