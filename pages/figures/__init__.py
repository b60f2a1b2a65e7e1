"""Figures: values of the engine in, plain Plotly dicts out."""
