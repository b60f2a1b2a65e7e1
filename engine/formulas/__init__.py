"""Numbers, symbols and formulas in LaTeX: how every step of the calculation is written, and how numbers are read."""

from engine.formulas import equations, lines, marks, numbers, plain, steps, symbols
from engine.formulas.typed import parse_number, split_block

__all__ = ["equations", "lines", "marks", "numbers", "parse_number", "plain", "split_block", "steps", "symbols"]
