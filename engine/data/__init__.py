"""Data sets: generated ones, and tables of the reader's own."""
