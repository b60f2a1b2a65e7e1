"""The text of an experiment, written once and kept: it is the same for all sessions and pure."""

from functools import lru_cache

from engine import PRESETS, Experiment
from engine.derivation import Chapter, Weight, chapters
from engine.derivation.blocks import Block
from engine.derivation.mistake_section import mistake_details, mistake_section
from engine.derivation.published_section import published_section
from engine.mistakes import MISTAKES
from engine.symbols import Extent


@lru_cache(maxsize=64)
def written(experiment: Experiment, extent: Extent, weight: Weight | None = None) -> tuple[Chapter, ...]:
    """Return the chapters of an experiment."""
    return chapters(experiment, extent, weight)


@lru_cache(maxsize=64)
def mistakes(experiment: Experiment) -> Chapter:
    """Return the section on classical mistakes."""
    return mistake_section(experiment)


@lru_cache(maxsize=64)
def mistake(experiment: Experiment, name: str, extent: Extent) -> tuple[Block, ...]:
    """Return what one mistake gives."""
    return mistake_details(experiment, MISTAKES[name], extent)


@lru_cache(maxsize=16)
def published(name: str, extent: Extent) -> Chapter | None:
    """Return the section on the published numbers of a preset, if it has any."""
    return published_section(PRESETS[name], extent) if PRESETS[name].published else None
