"""Text to vectors, and to the nearest vectors; knows nothing of documents or answers."""
