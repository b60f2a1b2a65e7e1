"""The matrices of a batch, a record each: what they hold, along which numbers they run, and where they come up."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.formulas.notations import Layout
from engine.gradcheck.by_hand import Problem
from engine.registry import Registry

# along what a matrix runs: the neurons of its layer, those of the layer before, or the examples
OUT, INTO, EXAMPLES = "out", "into", "examples"
_DELTAS = ("delta", "batch_joint_delta")
_FIRST = "¹"


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """A matrix of a layer: `written` is its symbol and `holds` what is in it, by the layout that it is seen in.

    rows and columns: along what they run in the engine. steps: the ops, with all examples at once, of which the first
    that a network has is where it comes up. on_the_way_back: whether a layout has it only in the gradients that go back
    to the layer before.
    """

    name: str
    written: Callable[[str], str]
    holds: Callable[[str, Layout], str]
    rows: str
    columns: str
    steps: tuple[str, ...]
    on_the_way_back: Callable[[Layout], bool] = lambda layout: False

    def shape(self, problem: Problem, number: int) -> tuple[int, int]:
        """Return its rows and columns in a layer, counted from 1."""
        return length(problem, number, self.rows), length(problem, number, self.columns)

    def turned(self, layout: Layout) -> bool:
        """Return whether its rows are columns in a layout."""
        return layout.examples_as_columns if EXAMPLES in (self.rows, self.columns) else layout.inputs_first

    def sides(self, layout: Layout) -> tuple[str, str]:
        """Return along what rows and columns run in a layout."""
        return (self.columns, self.rows) if self.turned(layout) else (self.rows, self.columns)


def length(problem: Problem, number: int, side: str) -> int:
    """Return how many there are of what a matrix of a layer runs along."""
    layer = problem.layer(number)
    return {OUT: layer.n_out, INTO: layer.n_in, EXAMPLES: problem.examples}[side]


def _as_ours(layout: Layout) -> bool:
    """Whether a batch's products stand as with us."""
    return not (layout.inputs_first or layout.examples_as_columns)


def _each(what: str) -> Callable[[str, Layout], str]:
    return lambda l, layout: f"{what}, a {'column' if layout.examples_as_columns else 'row'} an example"


def _before(l: str) -> str:
    """Return the name of what goes into a layer."""
    return "X" if l == _FIRST else "A"


def _turned_weights(l: str, layout: Layout) -> str:
    if _as_ours(layout):
        what = "the inputs" if l == _FIRST else "the activations"
        return f"what {what} are multiplied with in Z⁽{l}⁾ = {_before(l)} Wᵀ + b"
    # nothing goes back to the input
    return "the weights turned around" + ("" if l == _FIRST else ", as the way back takes them")


def _turned_deltas(l: str, layout: Layout) -> str:
    if _as_ours(layout):
        return f"what stands first in ∂L/∂W⁽{l}⁾ = Δᵀ {_before(l)}"
    return "the deltas of all examples, turned around"


MATRICES: Registry[Matrix] = Registry(
    "matrix",
    [
        Matrix(
            name="W",
            written=lambda l: f"W⁽{l}⁾",
            holds=lambda l, layout: f"the weights, {'column' if layout.inputs_first else 'row'} j those into neuron j",
            rows=OUT,
            columns=INTO,
            steps=("weighted_sum",),
        ),
        Matrix(
            name="Wt",
            written=lambda l: f"W⁽{l}⁾ᵀ",
            holds=_turned_weights,
            rows=INTO,
            columns=OUT,
            steps=("weighted_sum",),
            on_the_way_back=lambda layout: not _as_ours(layout),
        ),
        Matrix(
            name="Z",
            written=lambda l: f"Z⁽{l}⁾",
            holds=_each("the weighted sums"),
            rows=EXAMPLES,
            columns=OUT,
            steps=("weighted_sum",),
        ),
        Matrix(
            name="delta",
            written=lambda l: f"Δ⁽{l}⁾",
            holds=_each("the deltas"),
            rows=EXAMPLES,
            columns=OUT,
            steps=_DELTAS,
        ),
        Matrix(
            name="deltat",
            written=lambda l: f"Δ⁽{l}⁾ᵀ",
            holds=_turned_deltas,
            rows=OUT,
            columns=EXAMPLES,
            steps=("weight_gradient",),
        ),
        Matrix(
            name="dw",
            written=lambda l: f"∂L/∂W⁽{l}⁾",
            holds=lambda l, layout: "the gradients of all weights",
            rows=OUT,
            columns=INTO,
            steps=("weight_gradient",),
        ),
    ],
)
