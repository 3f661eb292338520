"""Models on disk: the catalogue and the model store.

May import domain and huggingface_hub; the only room that may touch the network.
"""
