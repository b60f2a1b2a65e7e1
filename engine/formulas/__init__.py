"""Numbers, symbols and formulas in LaTeX: how every step of the calculation is written."""
