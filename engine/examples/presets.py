"""Named experiments to start from, each with its source and, where there are any, the numbers it published.

The first is what the app opens on.
"""

from dataclasses import dataclass

import numpy as np

from engine.examples.published import Published, Variant
from engine.examples.published_numbers import JAY, JAY_VARIANTS, MAZUR, XOR
from engine.network.model import Experiment, Layer, Network
from engine.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Preset:
    """An experiment with a name that is fit for a link, a title, and two sentences on what there is to see.

    `published` holds the source's numbers beside ours, `remarks` why they differ where they do, in plain text, and
    `variants` other ways to a quantity that the source computes. `url` is empty where the source has no page.
    """

    name: str
    title: str
    description: str
    experiment: Experiment
    source: str
    url: str = ""
    published: tuple[Published, ...] = ()
    remarks: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()


def _layer(W: list[list[float]], b: list[float], activation: str) -> Layer:
    return Layer(np.array(W), np.array(b), activation)


def _experiment(
    layers: list[Layer], loss: str, x: list[float], y: list[float], learning_rate: float, update_biases: bool = True
) -> Experiment:
    return Experiment(Network(layers, loss), np.array(x), np.array(y), learning_rate, update_biases)


def _worked_example() -> Experiment:
    # printed with a row for each neuron that a weight comes from, and so W1.T in our order
    layers = [
        _layer([[0.1, 0.3, 0.4], [0.2, 0.2, 0.3], [0.3, 0.7, 0.9]], [1, 1, 1], "relu"),
        _layer([[0.2, 0.3, 0.6], [0.3, 0.5, 0.4], [0.5, 0.7, 0.8]], [1, 1, 1], "sigmoid"),
        _layer([[0.1, 0.3, 0.5], [0.4, 0.7, 0.2], [0.8, 0.2, 0.9]], [1, 1, 1], "softmax"),
    ]
    return _experiment(layers, "cross_entropy", [0.1, 0.2, 0.7], [1, 0, 0], 0.01)


def _mazur() -> Experiment:
    layers = [
        _layer([[0.15, 0.20], [0.25, 0.30]], [0.35, 0.35], "sigmoid"),
        _layer([[0.40, 0.45], [0.50, 0.55]], [0.60, 0.60], "sigmoid"),
    ]
    return _experiment(layers, "half_squared_error", [0.05, 0.10], [0.01, 0.99], 0.5, update_biases=False)


def _xor() -> Experiment:
    layers = [_layer([[1, 1], [1, 1]], [0, -1], "relu"), _layer([[1, -2]], [0], "identity")]
    return _experiment(layers, "mean_squared_error", [1, 0], [1], 0.1)


def _xor_half_trained() -> Experiment:
    layers = [_layer([[0.8, 0.7], [0.9, 1.1]], [0.1, -0.8], "relu"), _layer([[0.9, -1.4]], [0.1], "identity")]
    return _experiment(layers, "mean_squared_error", [0, 1], [1], 0.1)


def _first_look() -> Experiment:
    layers = [_layer([[0.5]], [0], "relu"), _layer([[3]], [-1], "identity")]
    return _experiment(layers, "half_squared_error", [2], [1], 0.01)


def _vanishing() -> Experiment:
    hidden = [_layer([[0.9, -0.4], [0.3, 0.8]], [0, 0.1], "sigmoid") for _ in range(6)]
    layers = [*hidden, _layer([[1, -0.5]], [0], "sigmoid")]
    return _experiment(layers, "binary_cross_entropy", [1, 0.5], [1], 1)


def _dead_relu() -> Experiment:
    layers = [
        _layer([[0.5, 0.4], [-0.6, -0.2], [0.3, -0.8]], [0.1, -0.1, -0.2], "relu"),
        _layer([[0.7, 0.5, -0.4]], [0.1], "identity"),
    ]
    return _experiment(layers, "half_squared_error", [1, 0.5], [1], 0.1)


PRESETS: Registry[Preset] = Registry(
    "preset",
    [
        Preset(
            name="worked-example",
            title="Worked example: ReLU, sigmoid, softmax",
            description=(
                "Three inputs, two hidden layers and three classes, each layer with another activation, from a "
                "published tutorial. Follow the numbers through the softmax and back, and compare them with those "
                "printed there."
            ),
            experiment=_worked_example(),
            source=(
                "Prakash Jay, “Back-Propagation is very simple. Who made it Complicated?”, Medium, 2017; the same "
                "network in Brian Asimba, “Neural Networks Example, Math and code”, 2019"
            ),
            url="https://medium.com/@14prakash/back-propagation-is-very-simple-who-made-it-complicated-97b794c97e5c",
            published=JAY,
            remarks=(
                "The second hidden layer was printed with two or three digits, and both outputs were computed from "
                "these. The one published first was also normalised without the exponential of the softmax.",
                "The tutorial derives δ of the output from the binary cross-entropy and from the diagonal of the "
                "softmax's Jacobian alone. These are two slips whose product, ŷ − y, happens to be exactly the "
                "gradient of the cross-entropy through the whole Jacobian.",
            ),
            variants=JAY_VARIANTS,
        ),
        Preset(
            name="mazur",
            title="Mazur's step-by-step example",
            description=(
                "Two inputs, two hidden neurons and two outputs, all sigmoid: a worked example of backpropagation that "
                "many tutorials repeat. Apply the update again and again to watch the loss fall; the biases stay as "
                "they are."
            ),
            experiment=_mazur(),
            source="Matt Mazur, “A Step by Step Backpropagation Example”, 2015",
            url="https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/",
            published=MAZUR,
            remarks=(
                "All numbers of the first forward and backward pass agree. Those after the training do not. They come "
                "out if the deltas go back through output weights that are updated already, so the program behind the "
                "text probably did that. The text says, rightly, to use the original weights.",
                "The last total error has a 1 too many: 0.0000351085 for 0.000035085.",
            ),
        ),
        Preset(
            name="xor",
            title="XOR, solved",
            description=(
                "“One or the other, but not both”: no single neuron that is linear or monotonic can say that. These "
                "two ReLU neurons and one output do it exactly. The loss and all gradients are 0, so change a weight "
                "or the target to see the network learn, or take “XOR, half trained”."
            ),
            experiment=_xor(),
            source="Ian Goodfellow, Yoshua Bengio and Aaron Courville, “Deep Learning”, MIT Press, 2016, section 6.1",
            url="https://www.deeplearningbook.org/contents/mlp.html",
            published=XOR,
        ),
        Preset(
            name="xor-half-trained",
            title="XOR, half trained",
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
            description=(
                "One input, one hidden neuron and one output, with numbers you can work out in your head. Every step "
                "of the chain rule stands alone here, since each neuron has a single path to the loss."
            ),
            experiment=_first_look(),
            source="Made for this app",
        ),
        Preset(
            name="vanishing",
            title="Vanishing gradients",
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
    ],
)
