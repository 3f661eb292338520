"""Settings as one declarative model, and the paths of a profile.

May import domain, pydantic and platformdirs. Import its modules by name: ``settings`` brings
pydantic, which the window must not wait for.
"""
