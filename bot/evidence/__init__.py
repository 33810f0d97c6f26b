"""Which sentences support an answer, and how sure that is."""
