"""An experiment as a NumPy program that runs as it is and prints every number of the learning step.

Only what this network needs is in it: its functions, its numbers, and one line for each thing computed.
"""

from collections.abc import Iterator

from engine.formulas.notations import OURS, Notation
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import Experiment, Layer, Network
from engine.programs.numpy_functions import backward_name, definitions, loss_name
from engine.programs.sections import (
    Section,
    before,
    docstring,
    given,
    loss_code,
    matrix,
    names_in,
    parameter,
    title,
    vector,
)

_SHOW = '''def show(**numbers):
    """Print each number or array under its name, with all its digits."""
    for name, value in numbers.items():
        print(name, "=", np.asarray(value).tolist())
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
    opening = docstring(title(experiment), note, *names_in(notation, experiment.network))
    parts = [opening, setting.code, *(f"{section.commented}\n" for section in calculation)]
    return "\n".join(parts)


def numpy_sections(experiment: Experiment) -> list[Section]:
    """Return the program in its parts, the imports and functions first."""
    network = experiment.network
    calculation = [
        _data(experiment),
        *(_forward(layer, number) for number, layer in enumerate(network.layers, 1)),
        _loss(network),
        *_backward(network),
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
    return Section(
        heading="The input x, the target y, and the parameters of each layer", code="\n".join(lines), phase="data"
    )


def _forward(layer: Layer, number: int) -> Section:
    code = (
        f"z{number} = W{number} @ {before(number)} + b{number}\n"
        f"a{number} = {_call(layer.activation, f'z{number}', parameter(layer))}\n"
        f"show(z{number}=z{number}, a{number}=a{number})"
    )
    return Section(
        heading=f"Forward through layer {number}: weighted sums, then the activation",
        code=code,
        phase="forward",
        layer=number,
    )


def _loss(network: Network) -> Section:
    last, (_, joint) = len(network.layers), loss_code(network)
    name = loss_name(network.loss, network.layers[-1].activation, joint)
    code = f"loss = {_call(name, f'z{last}' if joint else f'a{last}', 'y')}\nshow(loss=loss)"
    return Section(heading=f"The loss: {LOSSES[network.loss].title}", code=code, phase="loss", layer=last)


def _backward(network: Network) -> Iterator[Section]:
    last = len(network.layers)
    for number in range(last, 0, -1):
        layer = network.layers[number - 1]
        first = _output_delta(network) if number == last else _hidden_delta(layer, number, last)
        # each kind of line is explained where it comes first
        why_W, why_b = ("  # dL/dw_ji = delta_j * a_i", "  # b is added to z as it is") if number == last else ("", "")
        code = (
            f"{first}\n"
            f"dW{number} = np.outer(delta{number}, {before(number)}){why_W}\n"
            f"db{number} = delta{number}{why_b}\n"
            f"show(delta{number}=delta{number}, dW{number}=dW{number}, db{number}=db{number})"
        )
        yield Section(
            heading=f"Backward through layer {number}: delta = dL/dz, then the gradients",
            code=code,
            phase="backward",
            layer=number,
        )


def _output_delta(network: Network) -> str:
    layer, last, (_, joint) = network.layers[-1], len(network.layers), loss_code(network)
    name = f"{loss_name(network.loss, layer.activation, joint)}_derivative"
    if joint:
        return f"delta{last} = {_call(name, f'z{last}', 'y')}"
    return f"da{last} = {_call(name, f'a{last}', 'y')}\n{_delta(layer, last)}"


def _hidden_delta(layer: Layer, number: int, last: int) -> str:
    why = "  # an a counts through every neuron that it leads to" if number == last - 1 else ""
    return f"da{number} = W{number + 1}.T @ delta{number + 1}{why}\n{_delta(layer, number)}"


def _delta(layer: Layer, number: int) -> str:
    record = ACTIVATIONS[layer.activation]
    z, da = f"z{number}", f"da{number}"
    if record.elementwise:
        return f"delta{number} = {da} * {_call(backward_name(record), z, parameter(layer))}"
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
