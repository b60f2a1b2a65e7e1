"""Draws the blocks of a chapter with Streamlit: one function a kind of block.

A step's place in the text is a container whose key names it, so that the place can be marked without drawing it anew.
"""

from contextlib import nullcontext
from dataclasses import dataclass
from functools import singledispatch

import streamlit as st

from engine.derivation.blocks import (
    Aside,
    Block,
    Formula,
    Heading,
    Link,
    Picture,
    Program,
    Prose,
    Reasoning,
    Table,
    Working,
)
from engine.formulas.notations import OURS, Notation
from engine.formulas.symbols import Extent
from pages.figures.markup import katex
from pages.figures.theme import Theme
from pages.widgets.derivation.overview import overview
from pages.widgets.session import shown

NEURON, LAYER, NUMBERS = "neuron", "layer", "numbers"


@dataclass(frozen=True)
class Style:
    """How formulas are drawn: colours, the form of the steps, how much of a large matrix is shown, and the notation."""

    theme: Theme
    form: str
    extent: Extent
    notation: Notation = OURS


def place_key(place: str) -> str:
    """Return the key of the container that shows a step's place in the text."""
    return f"place-{place}"


@singledispatch
def draw(block: Block, style: Style) -> None:
    """Draw a block of a chapter."""
    raise TypeError(f"There is no way to draw {type(block).__name__}.")


@draw.register
def _(block: Prose, style: Style) -> None:
    with st.container(key=place_key(block.place)) if block.place else nullcontext():
        st.markdown(katex(block.text, style.theme))


@draw.register
def _(block: Heading, style: Style) -> None:
    st.subheader(block.text, anchor=block.anchor)


@draw.register
def _(block: Formula, style: Style) -> None:
    st.markdown(_displayed(block.latex, style))


@draw.register
def _(block: Reasoning, style: Style) -> None:
    # a table without a head (reading.css): the reasons stand beside the lines, and on a narrow screen below them
    lefts = [_cell(block.left, style), *[""] * (len(block.lines) - 1)]
    rows = [
        f"| {left} | {_cell(f'= {line.latex}', style)} | {_barred(line.why)} |"
        for left, line in zip(lefts, block.lines, strict=True)
    ]
    st.markdown("\n".join(["| | | |", "|---|---|---|", *rows]))


@draw.register
def _(block: Table, style: Style) -> None:
    head = f"| {' | '.join(block.head)} |\n|{'---|' * len(block.head)}"
    # a bar within a cell would begin another one
    rows = [f"| {' | '.join(cell.replace('|', '\\|') for cell in row)} |" for row in block.rows]
    st.markdown(katex("\n".join([head, *rows]), style.theme))


@draw.register
def _(block: Working, style: Style) -> None:
    with st.container(key=place_key(block.place)):
        st.markdown("\n\n".join([f"**{block.title}.** {block.why}", *_forms(block, style)]))


@draw.register
def _(block: Picture, style: Style) -> None:
    overview(shown.alone(), style.theme)


@draw.register
def _(block: Program, style: Style) -> None:
    st.code(block.source, language="python", height=480)
    st.markdown("What it prints:")
    st.code(block.output, language="python", height=240)


@draw.register
def _(block: Aside, style: Style) -> None:
    with st.expander(block.title):
        for inner in block.blocks:
            draw(inner, style)


def draw_links(links: tuple[Link, ...]) -> None:
    """Draw where to read on."""
    if links:
        st.markdown(":small[To dig deeper: " + " · ".join(f"[{link.title}]({link.url})" for link in links) + "]")


def lines(block: Working) -> list[str]:
    """Return the formulas of the form for one neuron: the general rule, if there is one, and one a neuron."""
    return [*([block.rule] if block.rule else []), *(neuron.latex for neuron in block.neurons)]


def _forms(block: Working, style: Style) -> list[str]:
    if style.form == LAYER:
        return [_displayed(block.matrices, style)]
    if style.form == NUMBERS:
        return [_displayed(block.numbers, style)]
    return [_displayed(latex, style) for latex in lines(block)]


def _displayed(latex: str, style: Style) -> str:
    return f"$$\n{katex(latex, style.theme)}\n$$"


def _cell(latex: str, style: Style) -> str:
    return rf"$\displaystyle {_barred(katex(latex, style.theme))}$"


def _barred(text: str) -> str:
    # a bar would end the table's cell
    return text.replace("|", r"\vert ")
