"""The clauses of a line: a module for each idea, and `table.py`, which lists them all."""
