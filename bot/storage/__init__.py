"""What is kept in the home folder: the store in SQLite, and the lexical index that is derived from it."""
