"""A page of all formulas of the text, for every case and in every form, drawn as the Derivation page draws them.

Formulas that differ in nothing but numbers and indices are drawn once: to KaTeX they are the same.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine import PRESETS
from engine.derivation import book
from engine.derivation.blocks import Block, Formula, Picture, Program, Prose, Working
from engine.derivation.chapters.ch09_mistakes import mistake_details, mistake_section, possible
from engine.derivation.chapters.ch10_published_numbers import published_section
from engine.formulas.symbols import SHORT
from pages.figures.theme import DARK
from pages.widgets.derivation.text import NEURON, Style, draw
from tests.engine.derivation.cases import CASES
from tests.engine.derivation.reading import blocks, formulas

_NUMBER = re.compile(r"\(?\\[VG]\{((?:[^{}]|\{[^{}]*\})*)\}\)?")


def every_block() -> Iterator[Block]:
    for experiment in CASES.values():
        yield from blocks((*book(experiment), mistake_section(experiment)))
        for mistake in possible(experiment):
            yield from mistake_details(experiment, mistake)
    for preset in PRESETS.values():
        if preset.published:
            yield from published_section(preset).blocks


def drawable(block: Block) -> Iterator[Block]:
    """What is drawn of a block; a step's place is drawn as its formulas, since its key would come twice."""
    if isinstance(block, Working):
        yield from (Formula(latex) for latex in formulas(block) if latex)
    elif isinstance(block, Prose):
        yield replace(block, place="")
    elif not isinstance(block, Picture | Program):
        yield block


def shape(block: Block) -> str:
    return re.sub(r"\d+(\.\d+)?", "1", _NUMBER.sub("number", repr(block).replace("\\\\", "\\")))


distinct = {shape(block): block for outer in every_block() for block in drawable(outer)}
texts: list[str] = []
# hundreds of elements would take the browser longer than the formulas in them
with patch.object(st, "markdown", texts.append):
    for block in distinct.values():
        draw(block, Style(DARK, NEURON, SHORT))
for start in range(0, len(texts), 50):
    st.markdown("\n\n".join(texts[start : start + 50]))
st.title(str(sum(len(list(formulas(block))) for block in distinct.values())), anchor="count")
