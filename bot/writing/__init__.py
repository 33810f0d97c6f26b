"""Answers in flowing words by a language model: it is given quotes, and each sentence is held to what they say."""
