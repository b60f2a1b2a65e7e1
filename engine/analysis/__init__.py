"""Questions about a network: sizes through the depth, paths of the chain rule, what another activation would do."""

from engine.analysis import flow, init_experiment, inspection, path_formula, paths, ranges, temperature, what_if

__all__ = ["flow", "init_experiment", "inspection", "path_formula", "paths", "ranges", "temperature", "what_if"]
