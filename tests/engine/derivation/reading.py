"""Takes the formulas of the text apart again: blocks, aligned equations, and their sides."""

import re
from collections.abc import Iterator
from typing import Any

from engine import Experiment
from engine.derivation import book
from engine.derivation.blocks import Aside, Block, Chapter, Formula, Prose, Reasoning, Table, Working
from engine.formulas.symbols import UNFOLDED

_BRACE = re.compile(r"\\underbrace\{(.*?)\}_\{\\text\{\w+\}\}")
_LINE = r"\\[4pt] &= "
_MATH = re.compile(r"\$([^$]+)\$")


def sides(aligned: str) -> list[str]:
    """The left side of an aligned equation, and all that it is equal to."""
    body = aligned.removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}")
    body = _BRACE.sub(r"\1", body).replace(r"\\[4pt] &\quad{} ", " ")
    body = body.partition(r",\\[4pt] &\text{with}")[0]
    left, *lines = body.split("&= ", 1)[0], *body.split("&= ", 1)[1].split(_LINE)
    return [left.strip(), *(side for line in lines for side in line.split(" = "))]


def numeric(aligned: str) -> list[str]:
    """The sides in numbers."""
    return [side for side in sides(aligned)[1:] if r"\V{" in side or r"\G{" in side]


def blocks(chapters: tuple[Chapter, ...]) -> Iterator[Block]:
    """All blocks, those of asides too."""
    for chapter in chapters:
        yield from _within(chapter.blocks)


def _within(some: tuple[Block, ...]) -> Iterator[Block]:
    for block in some:
        if isinstance(block, Aside):
            yield from _within(block.blocks)
        else:
            yield block


def formulas(block: Block) -> Iterator[str]:
    """All LaTeX of a block, in every form."""
    match block:
        case Prose(text):
            yield from _MATH.findall(text)
        case Formula(latex):
            yield latex
        case Reasoning(left, lines):
            yield left
            for line in lines:
                yield from (line.latex, *_MATH.findall(line.why))
        case Table(head, rows):
            for row in (head, *rows):
                yield from (found for cell in row for found in _MATH.findall(cell))
        case Working():
            yield from (block.rule, block.matrices, block.numbers, *(neuron.latex for neuron in block.neurons))


def workings(chapters: tuple[Chapter, ...]) -> dict[tuple[str, int], Working]:
    return {(block.op, block.layer): block for block in blocks(chapters) if isinstance(block, Working)}


def chapter(experiment: Experiment, anchor: str, **more: Any) -> tuple[Block, ...]:
    """The blocks of one chapter, its matrices unfolded."""
    return next(c for c in book(experiment, UNFOLDED, **more) if c.anchor == anchor).blocks


def matrix_formulas(some: tuple[Block, ...]) -> list[str]:
    """The formulas that stand on lines of their own."""
    return [latex for block in some if isinstance(block, Formula) for latex in formulas(block)]
