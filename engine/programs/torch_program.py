"""An experiment as a PyTorch program that prints the same numbers as the NumPy program, found by autograd.

It is in float64, PyTorch's own default being float32, so that all digits can be compared.
"""

from engine.formulas.notations import OURS, Notation
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import Experiment, Layer
from engine.programs.sections import (
    Section,
    data_heading,
    docstring,
    examples,
    loss_code,
    matrix,
    names_in,
    parameter,
    put_in,
    reduced,
    title,
    weighted_sum,
)

_LIBRARY = {"torch.": "import torch", "F.": "import torch.nn.functional as F"}
_SHOW = '''

def show(**tensors):
    """Print each tensor under its name, with all its digits."""
    for name, tensor in tensors.items():
        print(name, "=", (tensor + 0.0).tolist())  # 0.0 has no minus

'''


def torch_program(experiment: Experiment, notation: Notation = OURS) -> str:
    """Return the source of a program that prints z, a, the loss, deltas, gradients and updated parameters.

    Every line of its output is `name = value`, the value a Python literal with all its digits.
    """
    network = experiment.network
    sections = [
        _data(experiment),
        *(_forward(experiment, layer, number) for number, layer in enumerate(network.layers, 1)),
        _loss(experiment),
        _backward(experiment),
        _update(experiment),
    ]
    body = "\n".join(f"{section.commented}\n" for section in sections)
    opening = docstring(
        title(experiment), "Needs only PyTorch, which finds the gradients by itself.", *names_in(notation, experiment)
    )
    imports = "\n".join(line for call, line in _LIBRARY.items() if call in body)
    precision = "torch.set_default_dtype(torch.float64)  # float32 by default\n"
    return f"{opening}\n{imports}\n\n{precision}{_SHOW}\n{body}"


def _data(experiment: Experiment) -> Section:
    lines = [
        *examples(experiment, "torch.tensor"),
        f"learning_rate = {experiment.learning_rate!r}",
    ]
    for number, layer in enumerate(experiment.network.layers, 1):
        lines.append(f"W{number} = {matrix(layer.W, 'torch.tensor', ', requires_grad=True')}")
        lines.append(f"b{number} = torch.tensor({layer.b.tolist()}, requires_grad=True)")
    return Section(heading=data_heading(experiment), code="\n".join(lines), phase="data")


def _forward(experiment: Experiment, layer: Layer, number: int) -> Section:
    record = ACTIVATIONS[layer.activation]
    own = {record.parameter.name: parameter(layer)} if record.parameter else {}
    activation = put_in(record.code.torch, z=f"z{number}", **own)
    code = (
        f"z{number} = {weighted_sum(experiment, number)}\n"
        f"a{number} = {activation}\n"
        f"show(z{number}=z{number}, a{number}=a{number})"
    )
    return Section(
        heading=f"Forward through layer {number}: weighted sums, then the activation",
        code=code,
        phase="forward",
        layer=number,
    )


def _loss(experiment: Experiment) -> Section:
    network = experiment.network
    last, (code, joint) = len(network.layers), loss_code(network)
    output = ACTIVATIONS[network.layers[-1].activation].title
    inside = f"; from z{last}, since {output} and loss are worked out in one" if joint else ""
    expression = put_in(code.torch, z=f"z{last}", a=f"a{last}")
    heading = f"The loss: {LOSSES[network.loss].title}{inside}"
    lines = f"loss = {expression}" if experiment.examples == 1 else _over_batch(experiment, expression)
    return Section(heading=heading, code=f"{lines}\nshow(loss=loss)", phase="loss", layer=last)


def _over_batch(experiment: Experiment, of_one: str) -> str:
    """Return the lines that compute every example's loss, and one of them."""
    last = len(experiment.network.layers)
    row = put_in(of_one, y="y[k]", **{f"z{last}": f"z{last}[k]", f"a{last}": f"a{last}[k]"})
    return (
        f"losses = torch.stack([{row} for k in range(len(y))])  # each example's own\n"
        f"loss = losses.{experiment.reduction}()  # {reduced(experiment)}"
    )


def _backward(experiment: Experiment) -> Section:
    numbers = range(len(experiment.network.layers), 0, -1)
    kept = ", ".join(f"z{number}" for number in numbers)
    shown = [f"show(delta{n}=z{n}.grad, dW{n}=W{n}.grad, db{n}=b{n}.grad)" for n in numbers]
    lines = [f"for z in [{kept}]:", "    z.retain_grad()  # to see delta = dL/dz", "loss.backward()", *shown]
    return Section(
        heading="Backward: autograd goes through all layers at once", code="\n".join(lines), phase="backward"
    )


def _update(experiment: Experiment) -> Section:
    numbers = range(1, len(experiment.network.layers) + 1)
    names = ["W", "b"] if experiment.update_biases else ["W"]
    parameters = ", ".join(f"{name}{number}" for number in numbers for name in names)
    shown = [f"show({', '.join(f'new_{name}{n}={name}{n}' for name in names)})" for n in numbers]
    lines = [f"torch.optim.SGD([{parameters}], lr=learning_rate).step()", *shown]
    kept = "" if experiment.update_biases else "; in this experiment the biases stay"
    return Section(
        heading=f"The learning step: downhill, against the gradient{kept}", code="\n".join(lines), phase="update"
    )
