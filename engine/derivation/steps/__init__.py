"""Each kind of step in three forms: neuron by neuron, in symbols of whole layers, and in numbers."""
