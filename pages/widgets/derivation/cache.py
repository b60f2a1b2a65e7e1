"""The text of an experiment, written once and kept: it is the same for all sessions and pure."""

from engine import PRESETS, Experiment
from engine.derivation import Chapter, book, weight_text
from engine.derivation.blocks import Block
from engine.derivation.chapters.ch09_mistakes import mistake_details, mistake_section
from engine.derivation.chapters.ch10_published_numbers import published_section
from engine.derivation.chapters.ch11_batch import batch_section
from engine.formulas.notations import Notation
from engine.formulas.symbols import Extent
from engine.gradcheck.mistakes import MISTAKES
from engine.memory import remembered
from engine.network.places import Weight


@remembered
def written(experiment: Experiment, extent: Extent, notation: Notation) -> tuple[Chapter, ...]:
    """Return the chapters of an experiment."""
    return book(experiment, extent, notation=notation)


@remembered
def weight(experiment: Experiment, extent: Extent, chosen: Weight, notation: Notation) -> Chapter:
    """Return the chapter about one weight."""
    return weight_text(experiment, extent, chosen, notation)


@remembered
def mistakes(experiment: Experiment, notation: Notation) -> Chapter:
    """Return the section on classical mistakes."""
    return mistake_section(experiment, notation)


@remembered
def mistake(experiment: Experiment, name: str, extent: Extent, notation: Notation) -> tuple[Block, ...]:
    """Return what one mistake gives."""
    return mistake_details(experiment, MISTAKES[name], extent, notation)


@remembered
def batch(experiment: Experiment, extent: Extent, notation: Notation) -> Chapter:
    """Return the section on all examples at once, of an experiment with several."""
    return batch_section(experiment, extent, notation)


@remembered
def published(name: str, extent: Extent, notation: Notation) -> Chapter | None:
    """Return the section on the published numbers of a preset, if it has any."""
    return published_section(PRESETS[name], extent, notation) if PRESETS[name].published else None
