"""Programs of learners run here, sealed off: no files, network, processes or environment.

May import the domain and wasmtime. Everything that a program can reach is inside of it.
"""
