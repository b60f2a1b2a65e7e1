r"""What a chapter of the derivation is made of: plain values, which whoever shows them draws in a way of its own.

Prose is Markdown with formulas between dollar signs; in all formulas `\V{...}` and `\G{...}` mark numbers.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


def place_of(op: str, layer: int) -> str:
    """Return the name of a step's place in the text, fit for an anchor."""
    return f"{op.replace('_', '-')}-{layer}"


@dataclass(frozen=True)
class Prose:
    """A paragraph or two; where it is all that the text has of a step, `place` is that step's (`place_of`).

    One about a notation is in it already: `own_notation`.
    """

    text: str
    place: str = ""
    own_notation: bool = False


@dataclass(frozen=True)
class Heading:
    """The heading of a part of a chapter, with an anchor of its own."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Formula:
    """A displayed formula."""

    latex: str


@dataclass(frozen=True)
class Line:
    """One expression of a chain of equal ones, and why it equals the one before."""

    latex: str
    why: str


@dataclass(frozen=True)
class Reasoning:
    """left = first line = second line = ..., each with its reason."""

    left: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """A table of Markdown cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Neuron:
    """One neuron's equation; `number` is None where a step belongs to the whole layer."""

    number: int | None
    latex: str


@dataclass(frozen=True, kw_only=True)
class Working:
    """One kind of step in one layer, in three forms.

    `neurons` is the index form, one equation a neuron, after the general `rule`; `matrices` says the same with
    matrices of symbols, `numbers` with matrices of numbers. It covers the trace's steps with this op and layer.
    """

    op: str
    layer: int
    title: str
    why: str
    rule: str
    neurons: tuple[Neuron, ...]
    matrices: str
    numbers: str

    @property
    def place(self) -> str:
        """A name for this place in the text, fit for an anchor."""
        return place_of(self.op, self.layer)


@dataclass(frozen=True)
class Picture:
    """The place of a picture of the network."""


@dataclass(frozen=True)
class Program:
    """A program and what it prints."""

    source: str
    output: str


@dataclass(frozen=True)
class Aside:
    """Something on the side, offered under its title."""

    title: str
    blocks: tuple["Block", ...]


Block: TypeAlias = Prose | Heading | Formula | Reasoning | Table | Working | Picture | Program | Aside


_INLINE = re.compile(r"\$([^$]+)\$")


def formulas(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the LaTeX of all formulas of some blocks, those within prose too."""
    for block in blocks:
        yield from _LATEX.get(type(block), _no_latex)(block)


def _of_reasoning(block: Reasoning) -> Iterator[str]:
    yield block.left
    for line in block.lines:
        yield from (line.latex, *_INLINE.findall(line.why))


def _of_table(block: Table) -> Iterator[str]:
    for row in (block.head, *block.rows):
        yield from _INLINE.findall(" ".join(row))


def _no_latex(block: Block) -> Iterator[str]:
    return iter(())


_LATEX: Mapping[type[Any], Callable[[Any], Iterable[str]]] = {
    Aside: lambda block: formulas(block.blocks),
    Formula: lambda block: (block.latex,),
    Prose: lambda block: _INLINE.findall(block.text),
    Reasoning: _of_reasoning,
    Table: _of_table,
    Working: lambda block: (block.rule, block.matrices, block.numbers, *(one.latex for one in block.neurons)),
}


@dataclass(frozen=True)
class Link:
    """A source to read on in."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter: its anchor in the address, its title, what it consists of, and where to read on."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()

    @property
    def workings(self) -> Iterator[Working]:
        """The steps worked out in this chapter."""
        return (block for block in self.blocks if isinstance(block, Working))
