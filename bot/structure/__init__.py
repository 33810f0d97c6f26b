"""Walks what stands in documents: articles, lists, outlines, places, occurrences."""
