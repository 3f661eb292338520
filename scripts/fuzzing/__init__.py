"""What ``scripts/fuzz_engine.py`` throws at the engine, each case made from a seed alone."""
