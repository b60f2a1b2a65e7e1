r"""The steps that only a run has, told: what each is called, its line of formula, and why it comes out so.

One function an op, in TOLD. All is in our own notation, and is put into another one where it is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.backprop.ops import OF_A_RUN, OPS
from engine.backprop.step import Step
from engine.formulas import plain
from engine.formulas.lines import apart
from engine.formulas.numbers import digits_between, text
from engine.formulas.symbols import layer_name, value
from engine.network.model import Network
from engine.registry import for_every
from engine.training.worked_update import most_changed, worked

# as many as the formula has
_DIGITS = 4


@dataclass(frozen=True, kw_only=True)
class Told:
    """A step in words and LaTeX: `line` is one line of formula, `why` a sentence in plain text."""

    title: str
    line: str
    why: str


def told(step: Step, network: Network) -> Told:
    """Return how a step that only a run has is told."""
    return TOLD[step.op](step, network)


def _update(step: Step, network: Network) -> Told:
    """The rule of the optimizer with the numbers of the parameter that changes most."""
    optimizer, old, *_ = step.operands
    done = worked(step)
    kind = "weights" if old.ndim == 2 else "biases"
    return Told(
        title=f"Update · {layer_name(network, step.layer)} · {kind}, by {optimizer.title}",
        line=rf"{done.name}:\quad " + r",\quad ".join(done.brief),
        why=_moved(step, kind),
    )


def _moved(step: Step, kind: str) -> str:
    optimizer, old, slope, *_, penalties = step.operands
    place, index = most_changed(step)
    before, g, after = (float(table[index]) for table in (old, slope, step.value))
    if before == after:
        return f"None of these {kind} changes." if old.size > 1 else f"{plain.parameter(place)} does not change."
    name, digits = plain.parameter(place), digits_between(before, after)
    way, change = "up" if after > before else "down", f"{text(before, digits)} → {text(after, digits)}"
    most = f"Of these {kind}, {name} changes most: {change}." if old.size > 1 else f"{name} changes: {change}."
    slope_text = text(g, _DIGITS, signed=True)
    if g * (after - before) < 0:
        return f"{most} It goes {way}, against its gradient of {slope_text}."
    remembered = f"what {optimizer.title} remembers of the steps before, or" if optimizer.memory else ""
    taken_off = "the penalty on the weights" if any(penalties) else "takes off the weights"
    stronger = f"{remembered} {taken_off}{',' if remembered else ''} counts for more".strip()
    return (
        f"{most} It goes {way}, though this mini-batch alone, with a gradient of {slope_text}, would not move it "
        f"there: {stronger}."
    )


def _loss(step: Step, network: Network) -> Told:
    """The loss after the step, held against the one before and against what the gradient promised."""
    before, promised, *_ = step.operands
    after = float(step.value)
    new = r"L_{\text{new}}"
    line = (
        rf"{new} = {apart(after, before)},\quad {new} - L = {value(after - before)},"
        rf"\quad \sum \frac{{\partial L}}{{\partial \theta}}\,\Delta\theta = {value(promised)}"
    )
    op = OPS[step.op]
    return Told(title=f"{op.phase.capitalize()} · {op.title}", line=line, why=_held(before, after, promised))


def _held(before: float, after: float, promised: float) -> str:
    digits = digits_between(before, after)
    went = "went down" if after < before else "went up" if after > before else "stayed as it was"
    change = f"{text(before, digits)} → {text(after, digits)}, {text(after - before, _DIGITS, signed=True)}"
    expected = f"Gradients times changes, added up, promised {text(promised, _DIGITS, signed=True)}."
    why = " The steps before lead it uphill here, or the step is too large for the promise." if after > before else ""
    return f"The loss of this mini-batch {went}: {change}. {expected}{why}"


TOLD: Mapping[str, Callable[[Step, Network], Told]] = for_every(
    OF_A_RUN, {"optimizer_update": _update, "optimizer_loss": _loss}, __name__
)
