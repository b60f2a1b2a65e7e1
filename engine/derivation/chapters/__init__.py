"""The chapters of the text, one a file, numbered in the order in which they are read; `book` puts them together."""
