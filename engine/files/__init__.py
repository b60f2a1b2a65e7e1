"""Experiments as JSON and as links, and files of weights."""

from engine.files import experiment_json, recipes, strict_json, weights

__all__ = ["experiment_json", "recipes", "strict_json", "weights"]
