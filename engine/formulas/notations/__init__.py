"""The notations in which the same formulas can be written, and what puts a text of ours into one of them."""

from engine.formulas.notations.layout import COLUMNS, Factor, Layout, product
from engine.formulas.notations.record import Notation
from engine.formulas.notations.registry import NOTATIONS, OURS
from engine.formulas.notations.translation import Translation

__all__ = ["COLUMNS", "NOTATIONS", "OURS", "Factor", "Layout", "Notation", "Translation", "product"]
