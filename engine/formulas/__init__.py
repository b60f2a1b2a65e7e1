"""Numbers, symbols and formulas in LaTeX: how every step is written, in which notation, and how numbers are read."""

from engine.formulas import equations, lines, notations, numbers, plain, steps, symbols
from engine.formulas.typed import parse_number, split_block

__all__ = ["equations", "lines", "notations", "numbers", "parse_number", "plain", "split_block", "steps", "symbols"]
