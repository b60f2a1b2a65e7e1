"""Up to what size a network is drawn and played neuron by neuron; a larger one is summarised, layer by layer."""

MOST_NEURONS = 10
# all layers together: more steps than anybody would play neuron by neuron
MOST_IN_ALL = 100
# of numbers: a figure's scale has to hold the square of one
LARGEST = 1e100


def is_large(sizes: tuple[int, ...]) -> bool:
    """Return whether a network of these layer sizes is summarised."""
    return max(sizes) > MOST_NEURONS or sum(sizes) > MOST_IN_ALL
