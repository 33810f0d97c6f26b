"""Words and characters: folding, numerals, the lexicon of word classes, kinds of answer. Knows of no document."""
