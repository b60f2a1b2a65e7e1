"""Gradients found by moving parameters a little, and mistakes that this finds."""

from engine.gradcheck import by_hand, check, mistakes, schemes, step_size

__all__ = ["by_hand", "check", "mistakes", "schemes", "step_size"]
