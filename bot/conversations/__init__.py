"""What was asked and answered, kept: turns, ratings, links to citations, transcripts."""
