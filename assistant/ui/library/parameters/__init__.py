"""How one model is loaded, sampled and spoken to: the panel at the right of the models place."""
