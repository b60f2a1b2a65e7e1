"""Published numbers: each number that a preset's source printed beside ours, and why the two differ where they do."""

from collections.abc import Iterator
from dataclasses import replace

from engine.derivation.blocks import Block, Chapter, Formula, Link, Prose, Table
from engine.derivation.translated import chapter_in
from engine.derivation.words import listed
from engine.examples import Preset, Published, Variant
from engine.formulas.notations import OURS, Notation, Translation
from engine.formulas.numbers import latex
from engine.formulas.symbols import SHORT, Extent, array, gradient
from engine.network.model import Experiment

# of the computed numbers: more than any source printed
DIGITS = 9
# numbers that a slip is told of by name
FEW = 3


def published_section(preset: Preset, extent: Extent = SHORT, notation: Notation = OURS) -> Chapter:
    """Return the section for a preset that has published numbers."""
    laid_out = replace(extent, layout=notation.layout)
    rows = tuple(_row(number, preset.experiment) for number in preset.published)
    agreeing = sum(number.agrees(number.ours(preset.experiment)) for number in preset.published)
    head = ("quantity", "symbol", "published", "computed here", "published less computed", "verdict")
    blocks: tuple[Block, ...] = (
        Prose(
            f"This network comes from {preset.source}. {len(preset.published)} of the numbers printed there are "
            f"compared here; {_agree(agreeing)}."
        ),
        Table(head, rows),
        *_truncated(preset),
        *_slips(preset),
        *(Prose(remark) for remark in preset.remarks),
        *(block for variant in preset.variants for block in _variant(variant, preset.experiment, laid_out)),
    )
    links = (Link(preset.source, preset.url),) if preset.url else ()
    section = Chapter(anchor="published", title="Published numbers", blocks=blocks, links=links)
    return chapter_in(section, Translation(notation, preset.experiment.network.sizes))


def _truncated(preset: Preset) -> Iterator[Prose]:
    """Say which of the numbers that agree were not rounded."""
    labels = [number.label for number in preset.published if number.truncates(number.ours(preset.experiment))]
    if labels:
        yield Prose(f"**Truncated**, and not rounded, in the source: {listed(labels)}.")


def _slips(preset: Preset) -> Iterator[Prose]:
    """Say why numbers differ, once for all that share a slip."""
    differing = [number for number in preset.published if number.remark]
    for remark in dict.fromkeys(number.remark for number in differing):
        labels = [number.label for number in differing if number.remark == remark]
        # labels have commas of their own
        told = "; ".join(labels) if len(labels) <= FEW else f"{labels[0]} and {len(labels) - 1} more"
        yield Prose(f"**{_begun(told)}.** {remark}")


def _agree(count: int) -> str:
    if count == 1:
        return "1 agrees with ours in all its digits"
    return f"{count or 'none'} agree with ours in all their digits"


def _begun(label: str) -> str:
    """Return a label as it begins a sentence: a word with a capital, but a name as it is, such as w5 or dW2."""
    first = label.split(maxsplit=1)[0]
    name = any(letter.isdigit() for letter in first) or not first.islower()
    return label if name else f"{label[0].upper()}{label[1:]}"


def _row(number: Published, experiment: Experiment) -> tuple[str, ...]:
    ours = number.ours(experiment)
    verdict = "agrees" if number.agrees(ours) else _explanation(number, experiment)
    # an exact 0 for what differs only in digits that were not printed would say too much
    difference = f"${latex(number.value - ours, 2)}$"
    return (
        number.label,
        f"${number.latex}$",
        number.printed.replace("-", "−"),
        f"${latex(ours, DIGITS)}$",
        difference,
        verdict,
    )


def _explanation(number: Published, experiment: Experiment) -> str:
    if number.explained is None:
        return "**differs**; see below"
    return f"**differs**; the slip below gives ${latex(number.explained(experiment), DIGITS)}$"


def _variant(variant: Variant, experiment: Experiment, extent: Extent) -> tuple[Block, ...]:
    numbers = array(variant.compute(experiment), extent, gradient)
    return (
        Prose(f"**{_begun(variant.label)}.** {variant.remark}"),
        Formula(variant.latex),
        Formula(rf"{variant.latex.partition('=')[0].replace('_j', '')} = {numbers}"),
    )
