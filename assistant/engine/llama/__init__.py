"""The backend over libllama, on its low-level functions; llama_cpp only inside functions."""
