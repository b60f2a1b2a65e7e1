"""Chapters, which are written in our own notation, put into another one: prose, formulas and tables."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from engine.derivation.blocks import (
    Aside,
    Block,
    Chapter,
    Formula,
    Heading,
    Line,
    Neuron,
    Picture,
    Program,
    Prose,
    Reasoning,
    Table,
    Working,
)
from engine.formulas.notations import OURS, Translation

# a sign that no cell has
_BETWEEN = "\x1f"


def chapter_in(chapter: Chapter, own: Translation) -> Chapter:
    """Return a chapter in a notation."""
    return chapter if own.notation == OURS else replace(chapter, blocks=blocks_in(chapter.blocks, own))


def blocks_in(blocks: tuple[Block, ...], own: Translation) -> tuple[Block, ...]:
    """Return blocks in a notation."""
    if own.notation == OURS:
        return blocks
    return tuple(_WAYS[type(block)](block, own) for block in blocks)


def _prose(block: Prose, own: Translation) -> Prose:
    return block if block.own_notation else replace(block, text=own.prose(block.text))


def _formula(block: Formula, own: Translation) -> Formula:
    return Formula(own.formula(block.latex))


def _reasoning(block: Reasoning, own: Translation) -> Reasoning:
    # one equation, so that its running indices are the same ones in every line
    left, *lines = own.formulas(block.left, *(line.latex for line in block.lines))
    reasons = (own.prose(line.why) for line in block.lines)
    return Reasoning(left, tuple(Line(latex, why) for latex, why in zip(lines, reasons, strict=True)))


def _table(block: Table, own: Translation) -> Table:
    head, *rows = (_row(row, own) for row in (block.head, *block.rows))
    return Table(head, tuple(rows))


def _row(cells: tuple[str, ...], own: Translation) -> tuple[str, ...]:
    # one text, so that an index is the same one in every cell
    return tuple(own.prose(_BETWEEN.join(cells)).split(_BETWEEN))


def _working(block: Working, own: Translation) -> Working:
    return replace(
        block,
        why=own.prose(block.why),
        rule=own.formula(block.rule),
        neurons=tuple(Neuron(neuron.number, own.formula(neuron.latex)) for neuron in block.neurons),
        matrices=own.formula(block.matrices),
        numbers=own.formula(block.numbers),
    )


def _aside(block: Aside, own: Translation) -> Aside:
    return Aside(block.title, blocks_in(block.blocks, own))


def _as_it_is(block: Block, own: Translation) -> Block:
    return block


_WAYS: Mapping[type[Any], Callable[[Any, Translation], Block]] = {
    Prose: _prose,
    Formula: _formula,
    Reasoning: _reasoning,
    Table: _table,
    Working: _working,
    Aside: _aside,
    Heading: _as_it_is,
    Picture: _as_it_is,
    Program: _as_it_is,
}
