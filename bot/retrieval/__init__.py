"""Two searches over the same passages, and what their scores mean."""
