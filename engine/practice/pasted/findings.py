"""Numbers that somebody computed beside the engine's, each with a verdict, and the first that is wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.formulas.notations import OURS, Layout, Notation
from engine.gradcheck.by_hand import KINDS, Problem, Worked, computed
from engine.network.model import Experiment
from engine.practice.pasted import counting, meanings, names
from engine.practice.pasted.cells import Entry
from engine.practice.pasted.scanning import entries
from engine.practice.pasted.verdicts import CONSISTENT, GIVEN, MISFIT, ROUNDED, SLIP, WRONG, Judge, written_to
from engine.practice.quantity import OF_NEURONS, OF_WEIGHTS, Quantity
from engine.practice.tolerance import same

# in a larger network, slips are looked for at the first so many that are off: each costs as much as a pass
MOST_PARAMETERS, MOST_EXPLAINED = 5_000, 12


@dataclass(frozen=True, eq=False, kw_only=True)
class Finding:
    """One pasted number or table.

    kind: "right", "rounded" (right to some digits), "consistent" (follows from an earlier one that is off), "slip",
    "wrong", "misfit" (another shape than this network's) or "given" (a weight or bias as it is). `ours` is of the shape
    of `theirs` where they can be compared, else as the network has it.
    """

    name: str
    asked: Quantity | None
    written: str
    theirs: Array
    ours: Array
    kind: str
    message: str
    slip: str | None = None

    @property
    def fits(self) -> bool:
        """Whether it can be compared with ours, and taken on."""
        return self.theirs.shape == self.ours.shape and bool(np.isfinite(self.theirs).all())

    @property
    def holds_weights(self) -> bool:
        """Whether it is of the shape of a matrix of weights, which notations show in two ways."""
        return self.asked is not None and self.ours.ndim == 2 and self.asked.kind in (*OF_WEIGHTS, meanings.GIVEN_W)

    @property
    def is_off(self) -> bool:
        """Whether it is wrong by itself, and not only by what was wrong before."""
        return self.kind in (SLIP, WRONG)


@dataclass(frozen=True, eq=False, kw_only=True)
class Report:
    """What was pasted, in the order of the calculation, the names not understood, and what a whole pass has besides."""

    findings: tuple[Finding, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def first_wrong(self) -> Finding | None:
        """The first that is wrong, in the order of the calculation."""
        return next((finding for finding in self.findings if finding.is_off), None)

    @property
    def compared(self) -> tuple[Finding, ...]:
        """What was computed, and can be compared with ours."""
        return tuple(finding for finding in self.findings if finding.kind not in (GIVEN, MISFIT))

    @property
    def is_right(self) -> bool:
        """Whether something could be compared, and nothing is wrong."""
        return bool(self.compared) and not self.first_wrong

    @property
    def summary(self) -> str:
        """One sentence: the first that differs and why, or that all is right, or that nothing was understood."""
        return self.summary_in(str)

    def summary_in(self, say: Callable[[str], str]) -> str:
        """Return the summary with names as `say` has them, which are ours otherwise."""
        first = self.first_wrong
        if first:
            message = say(first.message)
            why = f": {message[0].lower()}{message[1:]}" if first.kind == SLIP else "."
            return f"Your {say(first.written)} is the first that differs{why}"
        return self._all_right() if self.compared else self._nothing_to_compare()

    def _all_right(self) -> str:
        count, misfits = len(self.compared), self._misfits
        all_right = "What was found is right" if count == 1 else f"All {count} are right"
        rounded = any(finding.kind == ROUNDED for finding in self.compared)
        others = f" {misfits} more cannot be compared: the table says why." if misfits else ""
        return f"{all_right}{', as far as the digits go' if rounded else ''}.{others}"

    def _nothing_to_compare(self) -> str:
        if self._misfits:
            return (
                f"Nothing can be compared ({self._misfits} found): the table says why. "
                "Is the network at hand the one that you computed?"
            )
        if self.findings:
            return "These are the numbers that the calculation begins with. Paste what you computed, too."
        return "No numbers of this calculation were found. Write a name before each, as in z1 = [0.1, 0.2]."

    @property
    def _misfits(self) -> int:
        return sum(finding.kind == MISFIT for finding in self.findings)


def check_numbers(experiment: Experiment, text: str, notation: Notation = OURS) -> Report:
    """Return the report on what a text says of an experiment's learning step; the notation says how layers are counted.

    Raises InvalidExperiment for a text that is too long, and where the experiment's own numbers overflow.
    """
    problem = Problem.of(experiment)
    found = entries(text)
    understood, unknown = _understood(found, problem, notation)
    right = computed(problem)
    findings, own = list[Finding](), dict[Quantity, Array]()
    turned = _stands_turned(understood, right, notation.layout)
    few = problem.network.parameter_count < MOST_PARAMETERS
    for asked, entry in sorted(understood, key=lambda one: _order(one[0])):
        explains = few or len(own) < MOST_EXPLAINED
        finding = _finding(asked, entry, right, own if explains else {}, turned, explains)
        findings.append(finding)
        if finding.kind in (SLIP, WRONG, CONSISTENT, ROUNDED) and asked.kind in KINDS and finding.fits:
            own[asked] = finding.theirs
    return Report(findings=tuple(findings), unknown=unknown, missing=_missing(findings, problem))


def _understood(
    found: Sequence[Entry], problem: Problem, notation: Notation
) -> tuple[list[tuple[Quantity, Entry]], tuple[str, ...]]:
    called = [entry.name for entry in found]
    as_ours = counting.as_ours(called, notation, len(problem.network.layers))
    from_zero = names.counting_from_zero(map(as_ours, called))
    # names that count layers as the notation does have its indices, too
    source_first = notation.source_first and as_ours is not counting.AS_IT_IS
    style = meanings.Style(source_first=source_first, one_number=notation.one_number)
    understood, unknown = dict[Quantity, Entry](), list[str]()
    for entry in found:
        ours = as_ours(entry.name)
        name, zero_based = names.named(ours), names.beginning(ours) in from_zero
        asked = meanings.quantity(name, entry.values, problem, zero_based, style) if name else None
        if asked is None:
            unknown += [] if names.not_asked(entry.name) else [entry.name]
            continue
        # a program that prints its weights again prints the new ones
        again = {meanings.GIVEN_W: "new_w", meanings.GIVEN_B: "new_b"}.get(asked.kind)
        if again and asked in understood:
            asked = replace(asked, kind=again)
        understood.setdefault(asked, entry)
    return list(understood.items()), tuple(dict.fromkeys(unknown))


def _order(asked: Quantity) -> Any:
    return (-1,) if asked.kind in (meanings.GIVEN_W, meanings.GIVEN_B) else asked.order()


def _of(asked: Quantity, worked: Worked) -> Array:
    if asked.kind in (meanings.GIVEN_W, meanings.GIVEN_B):
        layer = worked.problem.layer(asked.layer)
        return np.asarray((layer.W if asked.kind == meanings.GIVEN_W else layer.b)[asked.index])
    return asked.of(worked)


def _fitted(theirs: Array, ours: Array) -> Array | None:
    """Their numbers in the shape of ours, where only axes of length 1 differ; None where they do not fit."""
    if theirs.shape == ours.shape:
        return theirs
    squeezed = [length for length in theirs.shape if length != 1]
    if squeezed == [length for length in ours.shape if length != 1]:
        return theirs.reshape(ours.shape)
    return None


def _stands_turned(understood: list[tuple[Quantity, Entry]], right: Worked, layout: Layout) -> bool:
    """Whether all their matrices of weights stand as (n_in, n_out), as in Keras: a layout, and no mistake."""
    votes = list[bool]()
    for asked, entry in understood:
        ours = _of(asked, right)
        if asked.kind not in (*OF_WEIGHTS, meanings.GIVEN_W) or ours.ndim != 2:
            continue
        if same(entry.values, ours):
            return False
        # a square one alone may as well be a slip, where the notation has them as we do
        if entry.values.shape == ours.T.shape and same(entry.values.T, ours):
            votes.append(layout.inputs_first or ours.shape[0] != ours.shape[1] or asked.kind == meanings.GIVEN_W)
    return any(votes)


def _finding(
    asked: Quantity, entry: Entry, right: Worked, own: Mapping[Quantity, Array], turned: bool, explains: bool
) -> Finding:
    ours, theirs, units = _of(asked, right), entry.values, written_to(entry)
    weights = turned and ours.ndim == 2 and asked.kind in (*OF_WEIGHTS, meanings.GIVEN_W)
    examples_as_columns = asked.kind in OF_NEURONS and ours.ndim == 2 and theirs.shape == ours.T.shape != ours.shape
    if weights or examples_as_columns:
        theirs, units = theirs.T, units.T
    fitted = _fitted(theirs, ours)
    units = units if fitted is None else units.reshape(fitted.shape)
    judge = Judge(asked=asked, right=right, ours=ours, own=own, units=units, explains=explains)
    kind, slip, message = judge.misfit(entry, ours) if fitted is None or entry.cut else judge.verdict(fitted, ours)
    return Finding(
        name=entry.name,
        asked=asked,
        written=_written(asked, right.problem),
        theirs=theirs if fitted is None else fitted,
        ours=ours,
        kind=kind,
        slip=slip,
        message=message,
    )


def _written(asked: Quantity, problem: Problem) -> str:
    if asked.kind in (meanings.GIVEN_W, meanings.GIVEN_B):
        return replace(asked, kind="dw" if asked.kind == meanings.GIVEN_W else "db").name(problem).removeprefix("∂L/∂")
    return asked.name(problem)


def _missing(findings: Sequence[Finding], problem: Problem) -> tuple[str, ...]:
    """Names of what a whole pass has and was not pasted, a layer at a time; da and new biases are nobody's duty."""
    there = {(finding.asked.kind, finding.asked.layer) for finding in findings if finding.asked}
    wanted = [("loss", 0)] if ("loss", 0) not in there else []
    for kind in KINDS:
        if kind not in ("loss", "da", "new_w", "new_b"):
            wanted += [
                (kind, layer) for layer in range(1, len(problem.network.layers) + 1) if (kind, layer) not in there
            ]
    return tuple(Quantity(kind, layer).name(problem) for kind, layer in wanted)
