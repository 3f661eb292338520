"""Inference: the Engine protocol and everything that stands behind it.

May import domain, llama_cpp and (when it comes) mlx_lm; llama_cpp only inside functions.
"""
