"""What runs inside the sealed component, beside the learner's program; standard library only.

Nothing here is imported by the application: ``scripts/make_sandbox.py`` bakes it, with CPython and
its library, into a WebAssembly component. Whatever of it stands in the learner's own instance is
within the learner's reach, and trusted by nobody.
"""
