"""The last chapter: what the learning step achieved, and the whole calculation as a NumPy program with its output.

The output is written from the engine's own numbers; nothing is executed. That a run of the program prints the same is
held by the tests.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from engine.arrays import Array
from engine.backprop.passes import backward, forward
from engine.derivation import links
from engine.derivation.blocks import Block, Chapter, Program, Prose, place_of
from engine.derivation.steps import Calculation
from engine.errors import InvalidExperiment
from engine.formulas.numbers import digits_between, latex
from engine.programs.numpy_program import assemble, numpy_sections
from engine.programs.sections import Section
from engine.reasons import no_smaller_step

# a program with more of them takes the browser seconds to colour
MOST_WEIGHTS = 1_000


def code_chapter(calculation: Calculation, before: Sequence[Chapter]) -> Chapter:
    """Return the chapter with the program, whose comments name the chapters before."""
    blocks: tuple[Block, ...] = (
        Prose(_achieved(calculation), place_of("new_loss", calculation.last)),
        *_program(calculation, before),
    )
    return Chapter(anchor="code", title="The code", blocks=blocks, links=links.CODE)


def _program(calculation: Calculation, before: Sequence[Chapter]) -> tuple[Block, ...]:
    if calculation.network.weight_count > MOST_WEIGHTS:
        return (
            Prose(
                "All of it is also a program. This network has too many numbers to be printed here: "
                "the Share page has the program as a file."
            ),
        )
    return (
        Prose(
            "And this is all of it as a program. It needs nothing but NumPy, and every line that it prints is a number "
            "or matrix of the chapters above, with all its digits."
        ),
        Program(annotated_program(calculation, before), printed(calculation)),
        Prose(
            "The output stands here as this app has computed it. If you run the program yourself, the last digit of a "
            "number may differ, since NumPy is free to add in another order."
        ),
    )


def annotated_program(calculation: Calculation, before: Sequence[Chapter]) -> str:
    """Return the NumPy program for the experiment, with the chapters' names as comments."""
    titles = {chapter.anchor: f"Chapter {number}: {chapter.title}" for number, chapter in enumerate(before, 1)}
    sections = [_titled(section, titles, calculation.last) for section in numpy_sections(calculation.experiment)]
    return assemble(calculation.experiment, sections, calculation.notation)


def _titled(section: Section, titles: dict[str, str], last: int) -> Section:
    anchors = {"data": "architecture", "forward": f"forward-{section.layer}", "loss": "error"}
    anchors["backward"] = "update" if section.layer == last else f"backward-{section.layer}"
    title = titles.get(anchors.get(section.phase, ""))
    return replace(section, heading=f"{title}\n# {section.heading}") if title else section


def printed(calculation: Calculation) -> str:
    """Return what the program prints, from the engine's numbers."""
    return "".join(f"{name} = {(np.asarray(value) + 0.0).tolist()}\n" for name, value in _named(calculation))


def _named(calculation: Calculation) -> Iterator[tuple[str, Array | float]]:
    experiment, there, back = calculation.experiment, calculation.forward, calculation.backward
    numbers = range(1, calculation.last + 1)
    for number in numbers:
        yield from ((f"z{number}", there.z[number - 1]), (f"a{number}", there.a[number]))
    yield "loss", back.loss
    for number in reversed(numbers):
        gradients = (("delta", back.delta), ("dW", back.dW), ("db", back.db))
        yield from ((f"{name}{number}", values[number - 1]) for name, values in gradients)
    for number, layer in enumerate(calculation.updated.layers, 1):
        yield f"new_W{number}", layer.W
        if experiment.update_biases:
            yield f"new_b{number}", layer.b


def _achieved(calculation: Calculation) -> str:
    experiment, back = calculation.experiment, calculation.backward
    try:
        new = calculation.updated
        loss = backward(new, forward(new, experiment.x), experiment.y).loss
    except InvalidExperiment:
        return "With the new parameters the numbers would grow too large to compute: the learning rate is too high."
    digits = digits_between(back.loss, loss, least=6)
    before, after = (f"${latex(number, digits)}$" for number in (back.loss, loss))
    if loss < back.loss:
        of_all = " of all layers" if calculation.last > 1 else ""
        return f"The step is done. With the new parameters{of_all}, the loss falls from {before} to {after}."
    if loss == back.loss:
        return f"The step is done, and the loss is still {after}: {_why_still(calculation)}"
    rises = f"The step is done, but the loss rises from {before} to {after}"
    if calculation.too_far:
        return f"{rises}: the learning rate is too high. A gradient is accurate only near the present weights."
    return f"{rises}. {no_smaller_step(calculation, loss - back.loss)}"


def _why_still(calculation: Calculation) -> str:
    experiment, back = calculation.experiment, calculation.backward
    used = (*back.dW, *(back.db if experiment.update_biases else ()))
    if experiment.learning_rate == 0:
        return "the learning rate is 0, so no parameter changes."
    if not any(gradient.any() for gradient in used):
        return "all gradients that the update uses are 0, so no parameter changes."
    if calculation.updated == calculation.network:
        return "the change is too small for the digits of a 64-bit number."
    if calculation.too_far:
        return "the step went over a lower place, to one of the same height. A smaller rate can end lower."
    return "the parameters have changed, but the loss comes out as the same 64-bit number."
