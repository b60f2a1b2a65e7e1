"""The forward pass, the backward pass and the learning step, as whole passes and as steps one can walk through."""

from engine.backprop import in_place, learning_step, many_networks, ops, passes, stacked, step, trace

__all__ = ["in_place", "learning_step", "many_networks", "ops", "passes", "stacked", "step", "trace"]
