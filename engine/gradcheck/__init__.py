"""Gradients found by moving parameters a little, and mistakes that this finds."""
