"""What the web chat is drawn with: its words, its style and scripts, and the HTML of a message."""
