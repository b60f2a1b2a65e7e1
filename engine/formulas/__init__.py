"""Numbers, symbols and formulas in LaTeX: how every step of the calculation is written."""

from engine.formulas import equations, lines, numbers, plain, steps, symbols

__all__ = ["equations", "lines", "numbers", "plain", "steps", "symbols"]
