"""The functions at the top of a NumPy program: of all that the registries know, only those that it calls.

Each comes from the record of its activation or loss; which ones call which follows from their text.
"""

import re
from collections.abc import Iterator

from engine.network.activations import ACTIVATIONS, Activation
from engine.network.losses import LOSSES, JointForm, Loss

_CALL = re.compile(r"\b([a-z]\w*)\(")


def definitions(code: str) -> list[str]:
    """Return the definitions that `code` needs, each after those that it calls itself."""
    library = _library()
    found: dict[str, str] = {}

    def collect(text: str) -> None:
        for name in _CALL.findall(text):
            if name in library and name not in found:
                # taken out first, so that a function's own name in its text leads nowhere
                source = library.pop(name)
                collect(source)
                found[name] = source

    collect(code)
    return list(found.values())


def backward_name(activation: Activation) -> str:
    """Return the name of the activation's function for the way back."""
    return f"{activation.name}_derivative" if activation.elementwise else f"{activation.name}_backward"


def loss_name(loss: str, activation: str, joint: bool) -> str:
    """Return the name of the loss's function, which in the joint form contains the activation."""
    return f"{loss}_of_{activation}" if joint else loss


def _library() -> dict[str, str]:
    activations = (pair for activation in ACTIVATIONS.values() for pair in _of_activation(activation))
    losses = (pair for loss in LOSSES.values() for pair in _of_loss(loss))
    return dict([*activations, *losses])


def _of_activation(activation: Activation) -> Iterator[tuple[str, str]]:
    arguments = "z" if activation.parameter is None else f"z, {activation.parameter.name}"
    yield _definition(
        activation.name, arguments, f"{capital(activation.title)}. {_first(activation.remark)}", activation.code.numpy
    )
    name = backward_name(activation)
    remark = f"The derivative of {activation.title}.{activation.code.why and f' {activation.code.why}'}"
    if not activation.elementwise:
        arguments = f"z, da{arguments[1:]}"
        remark = f"From dL/da to dL/dz: through the Jacobian of {activation.title}, each z counts for every a."
    yield _definition(name, arguments, remark, activation.code.numpy_derivative)


def _of_loss(loss: Loss) -> Iterator[tuple[str, str]]:
    if loss.code is not None:
        yield _definition(loss.name, "a, y", f"{capital(loss.title)}. {_first(loss.remark)}", loss.code.numpy)
        yield _definition(f"{loss.name}_derivative", "a, y", "dL/da, for each output.", loss.code.numpy_derivative)
    for activation, form in loss.joint.items():
        yield from _of_joint_form(loss, ACTIVATIONS[activation], form)


def _of_joint_form(loss: Loss, activation: Activation, form: JointForm) -> Iterator[tuple[str, str]]:
    name = loss_name(loss.name, activation.name, joint=True)
    together = f"{capital(loss.title)} of {activation.title}(z), worked out in one"
    remark = f"{together}: exact even where the output rounds to 0 or 1."
    yield _definition(name, "z, y", remark, form.code.numpy)
    yield _definition(f"{name}_derivative", "z, y", f"{together}, as dL/dz.", form.code.numpy_derivative)


def capital(text: str) -> str:
    """Return the text with its first letter, and no other, made a capital."""
    return text[0].upper() + text[1:]


def _first(remark: str) -> str:
    """The first sentence, which a docstring has room for."""
    return f"{remark.rstrip('.').split('. ')[0]}."


def _definition(name: str, arguments: str, docstring: str, body: str) -> tuple[str, str]:
    *lines, value = body.splitlines()
    inside = "".join(f"    {line}\n" for line in (*lines, f"return {value}"))
    return name, f'def {name}({arguments}):\n    """{docstring}"""\n{inside}'
