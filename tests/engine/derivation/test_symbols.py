"""The table of symbols lists each symbol that the text shows, and none that it does not, in every notation."""

import re
from collections.abc import Iterable

import pytest

from engine import PRESETS, Experiment
from engine.derivation import book
from engine.derivation.blocks import Prose, Table, formulas
from engine.derivation.chapters.ch11_batch import batch_section
from engine.formulas.notations import NOTATIONS
from tests.engine.derivation.cases import CASES
from tests.nasty import NASTY

EXPERIMENTS = CASES | {name: preset.experiment for name, preset in PRESETS.items()} | NASTY
NUMBER = re.compile(r"\\[VG](?:\[[^\]]*\])?\{[^{}]*(?:\{[^{}]*\})?[^{}]*\}")
# marks, frames and words, which mean the same everywhere
PLAIN = re.compile(
    r"\\(?:begin|end)\{\w+\}|\\text(?:tt|bf)?\{[^{}]*\}|\\(?:left|right|frac|tfrac|dfrac|cdot|cdots|dots|ddots|vdots"
    r"|quad|le|ge|ne|approx|to|times|sqrt|underbrace|underset|displaystyle|bigl?|bigr?|vert|in|infty|hat|lVert|rVert)"
    r"(?![A-Za-z])|\[\d+pt\]"
)
BELOW_AND_ABOVE = re.compile(r"(?<!\\lim)(?<!\\sum)[_^](?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\w)")
SYMBOL = re.compile(r"\\operatorname\{\w+\}|\\mathbf\{1\}|\[i = j\]|\\[A-Za-z]+|[A-Za-z]'?")

# they stand below and above letters
INDICES = set("ijkl")


def symbols(latex: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for one in latex:
        bare = PLAIN.sub(" ", NUMBER.sub(" ", one.replace(r"^{\top}", r" \top ").replace(r"^\top", r" \top ")))
        bare = re.sub(r"\\frac\{d\}|(?<![A-Za-z\\])d(?=[zxa\\])", " ", bare)
        found.update(SYMBOL.findall(BELOW_AND_ABOVE.sub(" ", bare)))
    return found


def table(experiment: Experiment) -> Table:
    blocks = next(c for c in book(experiment) if c.anchor == "architecture").blocks
    return next(block for block in blocks if isinstance(block, Table))


def shown(experiment: Experiment) -> list[str]:
    chapters = [*book(experiment), *([batch_section(experiment)] if experiment.examples > 1 else [])]
    own = table(experiment)
    return [latex for chapter in chapters for latex in formulas(block for block in chapter.blocks if block != own)]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_it_lists_what_is_shown_and_nothing_else(name: str) -> None:
    experiment = EXPERIMENTS[name]
    listed = symbols(re.findall(r"\$([^$]+)\$", " ".join(row[0] for row in table(experiment).rows)))
    used = symbols(shown(experiment))
    assert used <= listed, used - listed
    assert listed <= used | INDICES, listed - used


@pytest.mark.parametrize("notation", [name for name in NOTATIONS if name != "ours"])
def test_so_it_does_in_every_notation(notation: str) -> None:
    own = NOTATIONS[notation]
    for experiment in (EXPERIMENTS["worked-example"], EXPERIMENTS["leaky ReLU below 0"], NASTY["batch, mean"]):
        chapters = [*book(experiment, notation=own)]
        if experiment.examples > 1:
            chapters.append(batch_section(experiment, notation=own))
        blocks = [block for chapter in chapters for block in chapter.blocks]
        listing = next(block for block in blocks if isinstance(block, Table))
        listed = symbols(re.findall(r"\$([^$]+)\$", " ".join(row[0] for row in listing.rows)))
        words = Prose(own.words, own_notation=True)
        used = symbols(formulas(block for block in blocks if block not in (listing, words)))
        assert used - INDICES <= listed, used - listed
