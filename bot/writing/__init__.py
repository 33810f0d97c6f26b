"""Answers in flowing words: what a language model wrote, and its proof."""
