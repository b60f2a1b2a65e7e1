"""What is said of a question about the shape of a matrix, or about its transpose, in any notation."""

from dataclasses import dataclass

from engine.arrays import Array
from engine.backprop.learning_step import Computed
from engine.backprop.trace import Level, plan
from engine.formulas.equations import equation
from engine.formulas.notations import OURS, Layout, Notation, Translation
from engine.formulas.numbers import text
from engine.formulas.plain import superscript
from engine.formulas.symbols import layer_name
from engine.gradcheck.by_hand import Problem
from engine.practice.hints import Hints
from engine.practice.matrices import EXAMPLES, INTO, MATRICES, OUT, Matrix, length
from engine.practice.moments import Moment
from engine.practice.words import written
from engine.reasons import why

_LETTERS = {OUT: "n_out", INTO: "n_in", EXAMPLES: "m"}
# one of them, and several
_COUNTED = {
    OUT: ("neuron of the layer", "neurons of the layer"),
    INTO: ("of the layer before", "of the layer before"),
    EXAMPLES: ("example", "examples"),
}
_SAID = {OUT: "n_out neurons of the layer", INTO: "n_in of the layer before", EXAMPLES: "m examples"}


@dataclass(frozen=True, eq=False, kw_only=True)
class OfMatrix:
    """The wording of a question for the shape of a matrix; layers count from 1."""

    problem: Problem
    number: int
    matrix: Matrix

    def text(self, notation: Notation = OURS) -> str:
        """Return the question."""
        sizes = "-".join(map(str, self.problem.network.sizes))
        holds = self.matrix.holds(superscript(self.number), notation.layout)
        where = layer_name(self.problem.network, self.number)
        own = _translation(self.problem, notation)
        return (
            f"The network has {sizes} neurons, and a batch has {self.problem.examples} examples. What is the shape of "
            f"{self._name(notation)} ({where}): {own.words(holds)}? Type rows × columns."
        )

    def setting(self, notation: Notation = OURS) -> str:
        """Return nothing: the question says all."""
        return ""

    def hints(self, notation: Notation = OURS) -> Hints:
        """Return the rule, along what it runs, and how many those are."""
        rows, columns = self.matrix.sides(notation.layout)
        meant = ", ".join(dict.fromkeys((_SAID[rows], _SAID[columns])))
        own = _translation(self.problem, notation)
        weights = "column" if notation.layout.inputs_first else "row"
        examples = "column" if notation.layout.examples_as_columns else "row"
        return (
            f"The rule: rows × columns. {own.words('W')} has a {weights} for each neuron of its layer; "
            f"a batch has a {examples} for each example.",
            f"With symbols: {self._name(notation)} is {_LETTERS[rows]} × {_LETTERS[columns]}: {meant}.",
            f"With numbers: {self._sides(notation)}.",
        )

    def solution(self, notation: Notation = OURS) -> tuple[str, str]:
        """Return the equation in which it stands, with all shapes, and how its own comes about."""
        back = self.number > 1 and self.matrix.on_the_way_back(notation.layout)
        at = _moment(self.problem, self.number - 1, ("summed_gradient",)) if back else self.moment()
        made = equation(at.step, at.experiment, notation=notation)
        told = why(at.step, Computed(at.experiment, pictured=False), notation)
        return f"{made.left} = {made.symbols}", f"Of {self._name(notation)}, {self._sides(notation)}. {told}"

    def turned(self, layout: Layout) -> bool:
        """Return whether its rows are columns in a layout."""
        return self.matrix.turned(layout)

    def moment(self) -> Moment:
        """Return the step, of all examples at once, in which it comes up."""
        return _moment(self.problem, self.number, self.matrix.steps)

    def _name(self, notation: Notation) -> str:
        return _translation(self.problem, notation).words(self.matrix.written(superscript(self.number)))

    def _sides(self, notation: Notation) -> str:
        rows, columns = self.matrix.sides(notation.layout)
        return f"the rows are {self._counted(rows)}, the columns {self._counted(columns)}"

    def _counted(self, side: str) -> str:
        count = length(self.problem, self.number, side)
        one, many = _COUNTED[side]
        return f"the one {one}" if count == 1 else f"the {count} {many}"


@dataclass(frozen=True, eq=False, kw_only=True)
class OfTranspose:
    """The wording of a question for a matrix of weights turned around."""

    problem: Problem
    number: int

    def text(self, notation: Notation = OURS) -> str:
        """Return the question."""
        name = self._name(notation)
        return f"Write the transpose {name}ᵀ of {name} as a table, one row a line."

    def setting(self, notation: Notation = OURS) -> str:
        """Return the matrix."""
        return f"{self._name(notation)} = {written(self._shown(notation))}"

    def hints(self, notation: Notation = OURS) -> Hints:
        """Return what a transpose is, by its rows, by its entries, and its first row."""
        name = self._name(notation)
        return (
            "The rule: the first row of a transpose is the first column of the matrix.",
            f"With symbols: what stands in row i and column j of {name}ᵀ stands in row j and column i of {name}.",
            f"With numbers: {self._first_row(notation)}.",
        )

    def solution(self, notation: Notation = OURS) -> tuple[str, str]:
        """Return no equation, and the first row."""
        first = self._first_row(notation)
        return "", f"{first[0].upper()}{first[1:]}: it is the first column of {self._name(notation)}."

    def turned(self, layout: Layout) -> bool:
        """Return whether the matrix is shown the other way round in a layout."""
        return layout.inputs_first

    def moment(self) -> Moment:
        """Return the step in which the matrix comes up first."""
        return _moment(self.problem, self.number, MATRICES["Wt"].steps)

    def _first_row(self, notation: Notation) -> str:
        column = self._shown(notation)[:, 0]
        return f"the first row of {self._name(notation)}ᵀ is {' '.join(map(text, column))}"

    def _name(self, notation: Notation) -> str:
        return _translation(self.problem, notation).words(f"W⁽{superscript(self.number)}⁾")

    def _shown(self, notation: Notation) -> Array:
        return notation.layout.weights(self.problem.layer(self.number).W)


def _translation(problem: Problem, notation: Notation) -> Translation:
    return Translation(notation, problem.network.sizes)


def _moment(problem: Problem, number: int, ops: tuple[str, ...]) -> Moment:
    level: Level = "batch" if problem.examples > 1 else "layer"
    steps = plan(problem.experiment, level)
    found = next(index for index, step in enumerate(steps) if step.op in ops and step.layer == number)
    return Moment(experiment=problem.experiment, level=level, number=found + 1)
