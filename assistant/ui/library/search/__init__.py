"""Finding models on the Hub, and looking at one before it is downloaded."""
