"""The calculation of a network as a worked text: chapters of prose and formulas in symbols and in numbers."""

from engine.derivation import blocks, chapters
from engine.derivation.blocks import Chapter
from engine.derivation.chapters.book import book, weight_text

__all__ = ["Chapter", "blocks", "book", "chapters", "weight_text"]
