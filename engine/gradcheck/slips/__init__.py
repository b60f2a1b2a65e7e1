"""Mistakes of one step each, by family; engine.gradcheck.mistakes joins them with those of whole passes."""

from engine.gradcheck.slips import batches, chain, functions, record, sums, updates

__all__ = ["batches", "chain", "functions", "record", "sums", "updates"]
