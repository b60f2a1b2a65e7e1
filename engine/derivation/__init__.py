"""The calculation of a network as a worked text: chapters of prose and formulas in symbols and in numbers."""

from engine.derivation import blocks, chapters
from engine.derivation.blocks import Chapter
from engine.derivation.chapters.book import book, weight_text
from engine.derivation.chapters.reading_order import reading_order

__all__ = ["Chapter", "blocks", "book", "chapters", "reading_order", "weight_text"]
