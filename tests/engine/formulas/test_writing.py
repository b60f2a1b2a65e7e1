"""All that the engine writes has its numbers in one way: powers, percent, minus signs, brackets, zeros."""

from collections.abc import Iterator

import pytest

from engine import PRESETS, Experiment, trace
from engine.analysis.inspection import facts
from engine.backprop.learning_step import Computed
from engine.derivation import book
from engine.derivation.blocks import Aside, Block, Formula, Prose, Reasoning, Table, Working
from engine.derivation.chapters.ch09_mistakes import mistake_details, mistake_section, possible
from engine.derivation.chapters.ch10_published_numbers import published_section
from engine.derivation.chapters.ch11_batch import batch_section
from engine.formulas.equations import equation
from engine.network.parameters import parameters
from engine.network.places import LossValue, Neuron, Place, Target
from engine.reasons import why
from tests.nasty import NASTY
from tests.writing import amiss

HARD = (
    "ReLU at 0",
    "weights 0",
    "sigmoid at −800",
    "loss too small",
    "large",
    "negative activations",
    "BCE of a softmax",
)
EXPERIMENTS = {name: preset.experiment for name, preset in PRESETS.items()} | {name: NASTY[name] for name in HARD}
# a network with more has facts for minutes
FEW = 60
Written = Iterator[tuple[str, bool]]


@pytest.mark.parametrize(
    ("written", "what"),
    [
        (r"\V{3} \cdot \V{-2}", "product"),
        ("3 · −2", "product"),
        (r"\V{2} - \G{-3}", "added"),
        ("1e-05", "power"),
        ("50 %", "percent"),
        ("-0", "zero"),
        ("by -2", "hyphen"),
        ("nan", "no number"),
    ],
)
def test_each_is_seen(written: str, what: str) -> None:
    assert any(what in found for found in amiss(written))


@pytest.mark.parametrize("written", [r"\V{3} \cdot (\V{-2})", "−0.5", "2×10⁻⁵", ">99.9%", "$e^{-2}$", "0.05%", "10.0%"])
def test_what_is_right_is_let_pass(written: str) -> None:
    assert not list(amiss(written, formula="\\" in written))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_numbers_are_written_one_way(name: str) -> None:
    experiment = EXPERIMENTS[name]
    wrong = [
        found for text, formula in (*_text(name, experiment), *_steps(experiment)) for found in amiss(text, formula)
    ]
    assert not wrong


def _text(name: str, experiment: Experiment) -> Written:
    chapters = [*book(experiment)]
    if experiment.examples > 1:
        chapters.append(batch_section(experiment))
    if name in PRESETS:
        chapters += [mistake_section(experiment), published_section(PRESETS[name])]
    for chapter in chapters:
        yield from _of(chapter.blocks)
    for mistake in possible(experiment.example(1)) if name in PRESETS else ():
        yield from _of(mistake_details(experiment, mistake))


def _of(blocks: tuple[Block, ...]) -> Written:
    for block in blocks:
        match block:
            case Aside():
                yield from _of(block.blocks)
            case Prose():
                yield block.text, False
            case Formula():
                yield block.latex, True
            case Table():
                yield from ((cell, False) for row in (block.head, *block.rows) for cell in row)
            case Reasoning():
                yield from ((line.why, False) for line in block.lines)
                yield from ((latex, True) for latex in (block.left, *(line.latex for line in block.lines)))
            case Working():
                yield block.why, False
                own = (block.rule, block.matrices, block.numbers, *(neuron.latex for neuron in block.neurons))
                yield from ((latex, True) for latex in own)


def _steps(experiment: Experiment) -> Written:
    looked_at, known = experiment.in_batch(1), Computed(experiment)
    for step in trace(looked_at, "neuron"):
        yield why(step, known), False
        written = equation(step, looked_at)
        yield from ((part, True) for part in (written.numbers, written.result, written.line, *written.notes))
    if experiment.network.parameter_count <= FEW:
        for place in _places(experiment):
            yield from ((fact.latex, True) for fact in facts(experiment, place))


def _places(experiment: Experiment) -> Iterator[Place]:
    sizes = experiment.network.sizes
    yield from parameters(experiment.network)
    yield from (Neuron(layer, j + 1) for layer, size in enumerate(sizes) for j in range(size))
    yield from (Target(j + 1) for j in range(sizes[-1]))
    yield LossValue()
