"""What the generated programs share: how numbers, names and sections are written as Python source.

A program and the notebook are made of the same sections, so the notebook's code is the program's.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from engine.arrays import Array
from engine.formulas.notations import OURS, Notation, Translation
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import Experiment, Layer, Network
from engine.network.reductions import REDUCTIONS
from engine.network.source import Code


@dataclass(frozen=True, kw_only=True)
class Section:
    """Some lines of code that belong together: a heading, a remark on why, and the place in the calculation.

    phase is "setting", "data" or a phase of the trace's steps; layer counts from 1, or is None.
    """

    heading: str
    code: str
    phase: str
    layer: int | None = None

    @property
    def commented(self) -> str:
        """The code under its heading as a comment."""
        return f"# {self.heading}\n{self.code}"


def sizes(network: Network) -> str:
    """Return the neurons per layer as 3-3-3-3."""
    return "-".join(str(size) for size in network.sizes)


def title(experiment: Experiment) -> str:
    """Return a sentence that names the network: its sizes, activations and loss."""
    network = experiment.network
    activations = ", ".join(ACTIVATIONS[layer.activation].title for layer in network.layers)
    which = f"{_article(network.sizes[0])} {sizes(network)} network"
    said = f"One step of gradient descent for {which}: {activations}; {LOSSES[network.loss].title}"
    if experiment.examples == 1:
        return f"{said}."
    return f"{said}, {REDUCTIONS[experiment.reduction].title} of {experiment.examples} examples."


def _article(number: int) -> str:
    """Return the article of a number as it is spoken: an 8, an 11, an 18,000, a 100."""
    first = f"{number:,}".partition(",")[0]
    return "an" if first in ("11", "18") or first.startswith("8") else "a"


def data_heading(experiment: Experiment) -> str:
    """Return the heading of what the calculation starts from."""
    what = "The input x, the target y" if experiment.examples == 1 else "The inputs x, the targets y"
    return f"{what}, and the parameters of each layer"


def names_in(notation: Notation, experiment: Experiment) -> tuple[str, ...]:
    """Return a paragraph for the docstring that says what a notation calls the names of a program; none for our own."""
    if notation == OURS:
        return ()
    own = Translation(notation, experiment.network.sizes)
    called = {name: own.words(symbol) for name, symbol in _names(experiment).items()}
    pairs = [f"{name} is {symbol}" for name, symbol in called.items() if name != symbol]
    last = len(experiment.network.layers)
    if last > 1:
        pairs[-1] += f", and so on for the other layers; a{last}, the prediction, is {own.words(_output(experiment))}"
    named = f"In the notation of {notation.title}: {', '.join(pairs)}."
    return (" ".join([named, *_differences(notation, experiment)]),)


def _names(experiment: Experiment) -> dict[str, str]:
    """Return names of a program, those of the first layer last, and what they are in formulas of ours."""
    z, a, delta = ("z", "a", "δ") if experiment.examples == 1 else ("Z", "A", "Δ")
    activation = f"{a}⁽¹⁾" if len(experiment.network.layers) > 1 else _output(experiment)
    return {
        "loss": "L", "learning_rate": "η", "W1": "W⁽¹⁾", "z1": f"{z}⁽¹⁾", "a1": activation, "delta1": f"{delta}⁽¹⁾",
        "dW1": "∂L/∂W⁽¹⁾", "db1": "∂L/∂b⁽¹⁾",
    }  # fmt: skip


def _output(experiment: Experiment) -> str:
    return "ŷ" if experiment.examples == 1 else "Ŷ"


def _differences(notation: Notation, experiment: Experiment) -> Iterator[str]:
    """Yield what else differs between a program and a notation."""
    if notation.first != 1:
        yield f"The first layer with weights, layer 1 in the program, is layer {notation.first} there."
    if notation.layout.inputs_first:
        yield "Matrices of weights and their gradients are transposed there: a row is an input's."
    if notation.layout.examples_as_columns and experiment.examples > 1:
        yield "Matrices of examples are transposed there: a column is an example's."


def docstring(*paragraphs: str) -> str:
    """Return the docstring at the top of a program."""
    text = "\n\n".join(textwrap.fill(paragraph, 100) for paragraph in paragraphs)
    return f'"""{text}\n"""\n'


def vector(values: Array, call: str) -> str:
    """Return `call([1.0, 2.0])`, every number with all its digits."""
    return f"{call}({values.tolist()})"


def matrix(values: Array, call: str, options: str = "") -> str:
    """Return `call([[1.0, 2.0], ...])`, a row of the matrix on each line."""
    rows = "".join(f"    {row},\n" for row in values.tolist())
    return f"{call}([\n{rows}]{options})"


def given(experiment: Experiment) -> list[str]:
    """Return the lines of a NumPy program that hold the example or the batch, and the learning rate."""
    return [*examples(experiment, "np.array"), f"learning_rate = {experiment.learning_rate!r}"]


def examples(experiment: Experiment, call: str) -> list[str]:
    """Return the lines that hold x and y, of a batch with a row for each example."""
    write = vector if experiment.examples == 1 else matrix
    return [f"x = {write(experiment.x, call)}", f"y = {write(experiment.y, call)}"]


def reduced(experiment: Experiment) -> str:
    """Return what a comment says of the reduction over a batch."""
    how = REDUCTIONS[experiment.reduction].name
    return f"reduction over the batch: the {how} of the {experiment.examples} losses"


def parameter(layer: Layer) -> str:
    """Return the activation's own number as source, or an empty text where it has none."""
    return "" if layer.parameter is None else repr(layer.parameter)


def put_in(expression: str, **names: str) -> str:
    """Return the expression with names in it replaced."""
    return re.sub(rf"\b({'|'.join(names)})\b", lambda match: names[match[0]], expression)


def before(layer: int) -> str:
    """Return the name of what goes into a layer: x, a1, a2, ..."""
    return "x" if layer == 1 else f"a{layer - 1}"


def weighted_sum(experiment: Experiment, layer: int) -> str:
    """Return the expression of a layer's z: of a batch, with its examples as rows, Z = A Wᵀ + b."""
    if experiment.examples == 1:
        return f"W{layer} @ {before(layer)} + b{layer}"
    return f"{before(layer)} @ W{layer}.T + b{layer}"


def loss_code(network: Network) -> tuple[Code, bool]:
    """Return the code of the loss and whether it is the joint form, in z and y; else it is in a and y."""
    if network.joint_form:
        return network.joint_form.code, True
    loss = LOSSES[network.loss]
    assert loss.code is not None
    return loss.code, False
