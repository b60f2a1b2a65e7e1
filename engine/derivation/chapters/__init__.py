"""The chapters of the text, one a file, numbered in the order in which they are read; `book` puts them together."""

from engine.derivation.chapters import book, ch09_mistakes, ch10_published_numbers, ch11_batch, reading_order

__all__ = ["book", "ch09_mistakes", "ch10_published_numbers", "ch11_batch", "reading_order"]
