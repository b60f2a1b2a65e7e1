"""Gradients found by moving parameters a little, and mistakes that this finds."""

from engine.gradcheck import check, mistakes, schemes, step_size

__all__ = ["check", "mistakes", "schemes", "step_size"]
