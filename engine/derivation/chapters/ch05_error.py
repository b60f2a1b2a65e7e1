"""The error, its derivative with respect to the output, and from there to the output's weighted sums.

Loss and activation are taken apart first, through the whole Jacobian; only then is the usual shortcut shown.
"""

from engine.derivation import links
from engine.derivation.blocks import Block, Chapter, Formula, Heading, Line, Prose, Reasoning
from engine.derivation.proofs import JOINT_SLOPES, LOSS_SLOPES, joint_name
from engine.derivation.steps import DELTA, Calculation
from engine.formulas.lines import chain
from engine.formulas.steps import PLAIN, put, through_jacobian
from engine.formulas.symbols import array, derivative, gradient, of_neuron
from engine.network.losses import LOSSES
from engine.reasons import stands_in

_ALL, _I, _J = r"\hat{y}", r"\hat{y}_i", r"\hat{y}_j"


def error_chapter(calculation: Calculation) -> Chapter:
    """Return the chapter on the derivative of the error with respect to the output."""
    loss, layer = LOSSES[calculation.network.loss], calculation.last
    slope = LOSS_SLOPES[loss.name]
    blocks: list[Block] = [
        Prose(f"The loss is the **{loss.title}** loss of prediction and target. {loss.remark}"),
        calculation.working("joint_loss" if calculation.joint else "loss", layer, "The loss", explain=True, rule=False),
        Prose(
            r"Now the way back begins. How would $L$ change if one output $\hat{y}_j$ changed a little, and all the "
            "others stayed as they are?"
        ),
        Reasoning(derivative(r"\hat{y}_j"), tuple(_of_output(line, calculation) for line in slope.lines)),
        Prose(slope.remark),
        calculation.working("loss_gradient", layer, "The gradient at the output", rule=False),
        *_no_gradient(calculation),
        *_to_weighted_sums(calculation),
    ]
    return Chapter(
        anchor="error",
        title="The derivative of the loss with respect to the output",
        blocks=tuple(blocks),
        links=links.ERROR,
    )


def _no_gradient(calculation: Calculation) -> list[Block]:
    if not stands_in(calculation.network.loss, calculation.backward.da[-1]):
        return []
    return [
        Prose(
            "A number as large as that is not the true gradient. Its output is so close to 0 or 1 that its digits are "
            "lost, so the smallest 64-bit number of full precision stands in the denominator. The deltas below are "
            "computed without it."
        )
    ]


def _of_output(line: Line, calculation: Calculation) -> Line:
    return Line(put(line.latex, n=str(calculation.network.sizes[-1]), a_j=r"\hat{y}_j", y_j="y_j", **PLAIN), line.why)


def _to_weighted_sums(calculation: Calculation) -> list[Block]:
    record, layer = calculation.record(calculation.last), calculation.last
    heading = Heading("From the output to its weighted sums", "output-delta")
    introduction = Prose(
        rf"The output layer applies the {record.title} function to $z^{{({layer})}}$. The derivative of $L$ with "
        rf"respect to these weighted sums is called $\delta$. {_dependence(calculation)}"
    )
    opening: list[Block] = [heading, introduction, Formula(_rule(calculation))]
    if not calculation.joint:
        return [*opening, calculation.working("delta", layer, "The delta of the output", rule=False)]
    return [*opening, Prose("With the numbers:"), Formula(_long_way(calculation)), *_shortcut(calculation)]


def _dependence(calculation: Calculation) -> str:
    if calculation.record(calculation.last).elementwise:
        return "Each output depends on its own $z_j$ alone, so the chain rule has one product for each:"
    return (
        "Every output depends on every $z_j$. So the contributions of all outputs that a $z_j$ moves are added up: a "
        "product with the whole Jacobian."
    )


def _rule(calculation: Calculation) -> str:
    layer, record = calculation.last, calculation.record(calculation.last)
    delta, z = of_neuron(DELTA, layer, "j"), of_neuron("z", layer, "j")
    if record.elementwise:
        return rf"{delta} = {derivative(z)} = {derivative(_J)}\cdot {record.symbol}'({z})"
    return rf"{delta} = {derivative(z)} = \sum_i {derivative(_I)}\,\frac{{\partial \hat{{y}}_i}}{{\partial {z}}}"


def _long_way(calculation: Calculation) -> str:
    own, z, extent = calculation.network.layers[-1], calculation.forward.z[-1], calculation.extent
    record, da = calculation.record(calculation.last), calculation.backward.da[-1]
    delta, outer = of_neuron(DELTA, calculation.last, None), array(da, extent, gradient)
    result = array(calculation.long_way, extent, gradient)
    if record.elementwise:
        argument = of_neuron("z", calculation.last, None)
        slope = array(record.df(z, own.parameter), extent)
        return chain(
            delta, rf"{derivative(_ALL)} \odot {record.symbol}'({argument})", rf"{outer} \odot {slope}", result
        )
    short, numbers = through_jacobian(record.jacobian(z, own.parameter), derivative(_ALL), da, extent)
    return chain(delta, short, numbers, result)


def _shortcut(calculation: Calculation) -> list[Block]:
    network, layer = calculation.network, calculation.last
    joint = JOINT_SLOPES[joint_name(network.loss, network.layers[-1].activation)]
    lines = [*joint.lines, *([joint.normalised] if joint.normalised and calculation.sheet.normalised else [])]
    return [
        Prose("That was the long way. With formulas instead of numbers, factors cancel:"),
        Reasoning(of_neuron(DELTA, layer, "j"), tuple(_of_output(line, calculation) for line in lines)),
        Prose(joint.remark),
        calculation.working("joint_delta", layer, "The delta of the output", rule=False),
        Prose(_comparison(calculation)),
    ]


def _comparison(calculation: Calculation) -> str:
    if calculation.ways_agree:
        return "Both ways lead to the same numbers."
    here = (
        "an output is so close to 0 or 1 that rounding spoils the long way, but not the short one"
        if calculation.spoiled
        else "an output is so close to its target that rounding shows in its delta, which is almost 0"
    )
    return f"In exact arithmetic both ways lead to the same numbers. Here {here}."
