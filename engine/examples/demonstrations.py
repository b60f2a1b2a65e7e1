"""Examples made for this app: the first looks, and networks in which something goes wrong."""

from engine.examples.preset import Preset, batch, dense, one_example
from engine.network.model import Experiment


def _first_look() -> Experiment:
    layers = [dense([[0.5]], [0], "relu"), dense([[3]], [-1], "identity")]
    return one_example(layers, "half_squared_error", [2], [1], 0.01)


def _xor_half_trained() -> Experiment:
    layers = [dense([[0.8, 0.7], [0.9, 1.1]], [0.1, -0.8], "relu"), dense([[0.9, -1.4]], [0.1], "identity")]
    return one_example(layers, "mean_squared_error", [0, 1], [1], 0.1)


_FOUR_ROWS = ((0, 0), (0, 1), (1, 0), (1, 1))


def _and_four_rows() -> Experiment:
    layers = [dense([[0.5, 0.5]], [-0.5], "sigmoid")]
    return batch(layers, "binary_cross_entropy", _FOUR_ROWS, [[0], [0], [0], [1]], 0.5, "mean")


def _xor_four_rows() -> Experiment:
    # half of the way: three of four answers lean the right way, and no gradient is 0
    layers = [dense([[1.5, -1.25], [-1.25, 1.5]], [-0.25, -0.5], "tanh"), dense([[1.25, 1.0]], [0.5], "sigmoid")]
    return batch(layers, "binary_cross_entropy", _FOUR_ROWS, [[0], [1], [1], [0]], 0.5, "mean")


def _vanishing() -> Experiment:
    hidden = [dense([[0.9, -0.4], [0.3, 0.8]], [0, 0.1], "sigmoid") for _ in range(6)]
    layers = [*hidden, dense([[1, -0.5]], [0], "sigmoid")]
    return one_example(layers, "binary_cross_entropy", [1, 0.5], [1], 1)


def _dead_relu() -> Experiment:
    layers = [
        dense([[0.5, 0.4], [-0.6, -0.2], [0.3, -0.8]], [0.1, -0.1, -0.2], "relu"),
        dense([[0.7, 0.5, -0.4]], [0.1], "identity"),
    ]
    return one_example(layers, "half_squared_error", [1, 0.5], [1], 0.1)


FIRST_LOOKS = (
    Preset(
        name="xor-half-trained",
        title="XOR, half trained",
        group="first_looks",
        description=(
            "The network of “XOR, solved” on its way there: for 0 and 1 it still says 0.4 where 1 is right, so "
            "there are gradients to follow. Apply the update a few times and watch the loss fall."
        ),
        experiment=_xor_half_trained(),
        source="Made for this app, with the network of “XOR, solved”",
    ),
    Preset(
        name="first-look",
        title="First look: one neuron after another",
        group="first_looks",
        description=(
            "One input, one hidden neuron and one output, with numbers you can work out in your head. Every step "
            "of the chain rule stands alone here, since each neuron has a single path to the loss."
        ),
        experiment=_first_look(),
        source="Made for this app",
    ),
    Preset(
        name="and-four-rows",
        title="AND: four rows, one neuron",
        group="first_looks",
        description=(
            "One neuron learns AND from all four rows of its table at once. Choose a row below the picture, or play "
            "the whole batch: at the end of the way back the rows' gradients meet, and their mean is the step."
        ),
        experiment=_and_four_rows(),
        source="Made for this app",
    ),
    Preset(
        name="xor-four-rows",
        title="XOR: four rows, half trained",
        group="first_looks",
        description=(
            "Two hidden neurons on the way to XOR learn from all four rows at once. Three rows already lean the right "
            "way; the rows pull at the same weights in different directions, and the mean of their gradients decides."
        ),
        experiment=_xor_four_rows(),
        source="Made for this app",
    ),
)

EXPERIMENTS = (
    Preset(
        name="vanishing",
        title="Vanishing gradients",
        group="experiments",
        description=(
            "Six hidden layers of two sigmoid neurons, one after the other. On the way back each one multiplies "
            "the gradient by a slope of at most ¼, so the first layer hardly learns anything."
        ),
        experiment=_vanishing(),
        source=(
            "Made for this app; the effect was described by Sepp Hochreiter, “Untersuchungen zu dynamischen "
            "neuronalen Netzen”, 1991, and by Yoshua Bengio, Patrice Simard and Paolo Frasconi, “Learning "
            "long-term dependencies with gradient descent is difficult”, 1994"
        ),
    ),
    Preset(
        name="dead-relu",
        title="Dead ReLUs",
        group="experiments",
        description=(
            "Two of three hidden neurons have a negative weighted sum, so their ReLU passes on 0 and lets no "
            "gradient back: their weights do not change. The second one would stay silent for every input from 0 "
            "upwards."
        ),
        experiment=_dead_relu(),
        source=(
            "Made for this app; the effect is described by Andrew Maas, Awni Hannun and Andrew Ng, “Rectifier "
            "nonlinearities improve neural network acoustic models”, 2013"
        ),
    ),
)
