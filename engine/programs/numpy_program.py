"""An experiment as a NumPy program that runs as it is and prints every number of the learning step.

Only what this network needs is in it: its functions, its numbers, and one line for each thing computed.
"""

from collections.abc import Iterator

from engine.formulas.notations import OURS, Notation
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import Experiment, Layer
from engine.programs.numpy_functions import backward_name, definitions, loss_name
from engine.programs.sections import (
    Section,
    before,
    data_heading,
    docstring,
    given,
    loss_code,
    matrix,
    names_in,
    parameter,
    reduced,
    title,
    vector,
    weighted_sum,
)

_SHOW = '''def show(**numbers):
    """Print each number or array under its name, with all its digits."""
    for name, value in numbers.items():
        print(name, "=", (np.asarray(value) + 0.0).tolist())  # 0.0 has no minus
'''


def numpy_program(experiment: Experiment, notation: Notation = OURS) -> str:
    """Return the source of a program that prints z, a, the loss, deltas, gradients and updated parameters.

    Every line of its output is `name = value`, the value a Python literal with all its digits. Its docstring says what
    another notation calls these names.
    """
    return assemble(experiment, numpy_sections(experiment), notation)


def assemble(experiment: Experiment, sections: list[Section], notation: Notation = OURS) -> str:
    """Return the program that consists of these sections, the imports and functions first."""
    setting, *calculation = sections
    note = "Needs only NumPy. Row j of a W holds the weights into neuron j."
    if experiment.examples > 1:
        note += " Row k of x, y and of every z, a and delta belongs to example k."
    opening = docstring(title(experiment), note, *names_in(notation, experiment))
    parts = [opening, setting.code, *(f"{section.commented}\n" for section in calculation)]
    return "\n".join(parts)


def numpy_sections(experiment: Experiment) -> list[Section]:
    """Return the program in its parts, the imports and functions first."""
    network = experiment.network
    calculation = [
        _data(experiment),
        *(_forward(experiment, layer, number) for number, layer in enumerate(network.layers, 1)),
        _loss(experiment),
        *_backward(experiment),
        _update(experiment),
    ]
    functions = definitions("\n".join(section.code for section in calculation))
    imports = "import math\n\n" if any("math." in function for function in functions) else ""
    code = f"{imports}import numpy as np\n\n\n" + "\n\n".join([*functions, _SHOW]) + "\n"
    return [Section(heading="The functions that this network needs", code=code, phase="setting"), *calculation]


def _data(experiment: Experiment) -> Section:
    lines = given(experiment)
    for number, layer in enumerate(experiment.network.layers, 1):
        lines += [f"W{number} = {matrix(layer.W, 'np.array')}", f"b{number} = {vector(layer.b, 'np.array')}"]
    return Section(heading=data_heading(experiment), code="\n".join(lines), phase="data")


def _forward(experiment: Experiment, layer: Layer, number: int) -> Section:
    code = (
        f"z{number} = {weighted_sum(experiment, number)}\n"
        f"a{number} = {_activation(experiment, layer, number)}\n"
        f"show(z{number}=z{number}, a{number}=a{number})"
    )
    return Section(
        heading=f"Forward through layer {number}: weighted sums, then the activation",
        code=code,
        phase="forward",
        layer=number,
    )


def _activation(experiment: Experiment, layer: Layer, number: int) -> str:
    if experiment.examples > 1 and not ACTIVATIONS[layer.activation].elementwise:
        return _each(layer.activation, f"z{number}")
    return _call(layer.activation, f"z{number}", parameter(layer))


def _loss(experiment: Experiment) -> Section:
    network = experiment.network
    last, (_, joint) = len(network.layers), loss_code(network)
    name, output = loss_name(network.loss, network.layers[-1].activation, joint), f"z{last}" if joint else f"a{last}"
    value = f"loss = {_call(name, output, 'y')}"
    if experiment.examples > 1:
        each = _each(name, output, "y")
        value = f"losses = {each}\nloss = losses.{experiment.reduction}()  # {reduced(experiment)}"
    code = f"{value}\nshow(loss=loss)"
    return Section(heading=f"The loss: {LOSSES[network.loss].title}", code=code, phase="loss", layer=last)


def _backward(experiment: Experiment) -> Iterator[Section]:
    last = len(experiment.network.layers)
    for number in range(last, 0, -1):
        first = _output_delta(experiment) if number == last else _hidden_delta(experiment, number)
        gradients = _gradients(experiment, number)
        code = f"{first}\n{gradients}\nshow(delta{number}=delta{number}, dW{number}=dW{number}, db{number}=db{number})"
        yield Section(
            heading=f"Backward through layer {number}: delta = dL/dz, then the gradients",
            code=code,
            phase="backward",
            layer=number,
        )


def _gradients(experiment: Experiment, number: int) -> str:
    """Return the lines of a layer's gradients, each with its reason where it comes first."""
    if experiment.examples == 1:
        dW, db = f"np.outer(delta{number}, {before(number)})", f"delta{number}"
        reasons = ("dL/dw_ji = delta_j * a_i", "b is added to z as it is")
    else:
        dW, db = f"delta{number}.T @ {before(number)}", f"delta{number}.sum(axis=0)"
        reasons = ("adds delta_j * a_i up over the examples", "the same b is added for every example")
    why_W, why_b = (f"  # {reason}" if number == len(experiment.network.layers) else "" for reason in reasons)
    return f"dW{number} = {dW}{why_W}\ndb{number} = {db}{why_b}"


def _output_delta(experiment: Experiment) -> str:
    network = experiment.network
    layer, last, (_, joint) = network.layers[-1], len(network.layers), loss_code(network)
    name = f"{loss_name(network.loss, layer.activation, joint)}_derivative"
    output = f"z{last}" if joint else f"a{last}"
    value = _call(name, output, "y")
    if experiment.examples > 1:
        value = _each(name, output, "y")
        value += " / len(y)  # each example counts for one part of the mean" if experiment.reduction == "mean" else ""
    return f"delta{last} = {value}" if joint else f"da{last} = {value}\n{_delta(experiment, layer, last)}"


def _hidden_delta(experiment: Experiment, number: int) -> str:
    layers = experiment.network.layers
    why = "  # an a counts through every neuron that it leads to" if number == len(layers) - 1 else ""
    back = f"W{number + 1}.T @ delta{number + 1}"
    if experiment.examples > 1:
        back = f"delta{number + 1} @ W{number + 1}"
    return f"da{number} = {back}{why}\n{_delta(experiment, layers[number - 1], number)}"


def _delta(experiment: Experiment, layer: Layer, number: int) -> str:
    record = ACTIVATIONS[layer.activation]
    z, da = f"z{number}", f"da{number}"
    if record.elementwise:
        return f"delta{number} = {da} * {_call(backward_name(record), z, parameter(layer))}"
    if experiment.examples > 1:
        return f"delta{number} = {_each(backward_name(record), z, da)}"
    return f"delta{number} = {_call(backward_name(record), z, da, parameter(layer))}"


def _update(experiment: Experiment) -> Section:
    names = ["W", "b"] if experiment.update_biases else ["W"]
    lines = []
    for number in range(1, len(experiment.network.layers) + 1):
        lines += [f"new_{name}{number} = {name}{number} - learning_rate * d{name}{number}" for name in names]
        lines.append(f"show({', '.join(f'new_{name}{number}=new_{name}{number}' for name in names)})")
    kept = "" if experiment.update_biases else "; in this experiment the biases stay"
    return Section(
        heading=f"The learning step: downhill, against the gradient{kept}", code="\n".join(lines), phase="update"
    )


def _call(name: str, *arguments: str) -> str:
    return f"{name}({', '.join(argument for argument in arguments if argument)})"


def _each(name: str, *arrays: str) -> str:
    """Return what applies a function of one example to each row of arrays."""
    rows = ["row"] if len(arrays) == 1 else [f"row{number}" for number in range(1, len(arrays) + 1)]
    over = arrays[0] if len(arrays) == 1 else f"zip({', '.join(arrays)})"
    return f"np.array([{name}({', '.join(rows)}) for {', '.join(rows)} in {over}])"
