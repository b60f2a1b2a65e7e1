"""What a network is made of: activations, losses, initializers, and the values Layer, Network and Experiment."""

from engine.network import activations, editing, initializers, losses, model, parameters, places, reductions, source

__all__ = ["activations", "editing", "initializers", "losses", "model", "parameters", "places", "reductions", "source"]
