"""The table of symbols lists each symbol that the text shows, and none that it does not, in every notation."""

import re
from collections.abc import Iterable

import pytest

from engine import PRESETS, Experiment
from engine.derivation import book
from engine.derivation.blocks import Prose, Table, formulas
from engine.derivation.chapters.ch11_batch import batch_section
from engine.formulas.notations import NOTATIONS, OURS, Notation
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


def told(experiment: Experiment, notation: Notation = OURS) -> tuple[set[str], set[str]]:
    """The symbols that the table lists, and those that all the rest of the text shows."""
    chapters = [*book(experiment, notation=notation)]
    if experiment.examples > 1:
        chapters.append(batch_section(experiment, notation=notation))
    blocks = [block for chapter in chapters for block in chapter.blocks]
    listing = next(block for block in blocks if isinstance(block, Table))
    # what explains a notation has symbols for other networks too
    aside = (listing, Prose(notation.words, own_notation=True))
    listed = symbols(re.findall(r"\$([^$]+)\$", " ".join(row[0] for row in listing.rows)))
    return listed, symbols(formulas(block for block in blocks if block not in aside))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_it_lists_what_is_shown_and_nothing_else(name: str) -> None:
    listed, used = told(EXPERIMENTS[name])
    assert used - INDICES <= listed, used - listed
    assert listed <= used | INDICES, listed - used


@pytest.mark.parametrize("notation", [name for name in NOTATIONS if name != "ours"])
def test_so_it_does_in_every_notation(notation: str) -> None:
    for experiment in (EXPERIMENTS["worked-example"], EXPERIMENTS["leaky ReLU below 0"], NASTY["batch, mean"]):
        listed, used = told(experiment, NOTATIONS[notation])
        assert used - INDICES <= listed, used - listed
