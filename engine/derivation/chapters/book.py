"""The whole calculation of an experiment as a text: its chapters in the order of the tutorial that the app grew from.

Pure: an experiment in, plain values out. The pages draw them.
"""

from collections.abc import Iterator

from engine.derivation.blocks import Chapter
from engine.derivation.chapters.ch01_architecture import architecture
from engine.derivation.chapters.ch02_forward import forward_chapter
from engine.derivation.chapters.ch03_activation_slopes import slope_chapter
from engine.derivation.chapters.ch04_softmax import softmax_chapter
from engine.derivation.chapters.ch05_error import error_chapter
from engine.derivation.chapters.ch06_weight import weight_chapter
from engine.derivation.chapters.ch07_backward import backward_chapter, output_update
from engine.derivation.chapters.ch08_code import code_chapter
from engine.derivation.chapters.ch11_batch import batch_section
from engine.derivation.steps import Calculation
from engine.derivation.translated import chapter_in
from engine.formulas.notations import OURS, Notation
from engine.formulas.symbols import SHORT, Extent
from engine.network.model import Experiment
from engine.network.places import Weight


def book(
    experiment: Experiment, extent: Extent = SHORT, weight: Weight | None = None, notation: Notation = OURS
) -> tuple[Chapter, ...]:
    """Return the chapters for an experiment in a notation; `weight` is what the chapter on a weight is about.

    Of a batch they are those of its first example alone.

    Raises InvalidExperiment for a weight that the network does not have, and where its numbers overflow.
    """
    calculation = Calculation.of(experiment.example(1), extent, notation)
    text = tuple(_calculation(calculation, weight))
    batch = (batch_section(experiment, extent),) if experiment.examples > 1 else ()
    first = architecture(calculation, (*text, *batch))
    chapters = (first, *text, code_chapter(calculation, (first, *text)))
    return tuple(chapter_in(chapter, calculation.translation) for chapter in chapters)


def weight_text(experiment: Experiment, extent: Extent, weight: Weight, notation: Notation = OURS) -> Chapter:
    """Return the chapter about this weight alone; raises InvalidExperiment as `book` does."""
    calculation = Calculation.of(experiment.example(1), extent, notation)
    return chapter_in(weight_chapter(calculation, weight), calculation.translation)


def _calculation(calculation: Calculation, weight: Weight | None) -> Iterator[Chapter]:
    for layer in range(1, calculation.last + 1):
        yield forward_chapter(calculation, layer)
    yield slope_chapter(calculation)
    yield softmax_chapter(calculation)
    yield error_chapter(calculation)
    yield weight_chapter(calculation, weight)
    yield output_update(calculation)
    for layer in range(calculation.last - 1, 0, -1):
        yield backward_chapter(calculation, layer)
