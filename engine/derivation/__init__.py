"""The calculation of a network as a worked text: chapters of prose and formulas in symbols and in numbers."""

from engine.derivation.blocks import Chapter, Working
from engine.derivation.chapters.book import book, weight_text
from engine.derivation.steps.weight_factors import Weight

__all__ = ["Chapter", "Weight", "Working", "book", "weight_text"]
