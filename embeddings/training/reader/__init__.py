"""How the model that reads in context was made: base, learning, export."""
