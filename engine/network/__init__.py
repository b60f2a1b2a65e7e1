"""What a network is made of: activations, losses, initializers, and the values Layer, Network and Experiment."""
