"""The learning step applied by hand: of a batch with all examples, with some of them, or with one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import streamlit as st

from engine import InvalidExperiment
from engine.backprop.learning_step import learning_step
from engine.formulas.numbers import text
from engine.network.editing import of_examples
from pages.figures.network.loss_history import loss_history
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.session import at_hand, changes
from pages.widgets.session.slots import Slot
from pages.widgets.shared.chart import chart

MAX_LOSSES = 1_000


@dataclass(frozen=True)
class Course:
    """The losses on the way to an experiment by learning steps alone, its own the last, and with what each was made.

    Of the experiment only the hash.
    """

    owner: int | None = None
    losses: tuple[float, ...] = ()
    made: tuple[str, ...] = ()


_course: Slot[Course] = Slot("losses", Course())
# how many examples one step is made with, 0 for all, and how many groups of so many were taken
_size: Slot[int] = Slot("learning_size", 0)
_taken: Slot[int] = Slot("learning_taken", 0)


def apply_update() -> None:
    """Draw the button that applies the learning step and, of a batch, with which of its examples."""
    if st.button(
        "Apply the update",
        icon=":material/trending_down:",
        key="apply_update",
        width="stretch",
        help="The weights become those after the learning step. Press it again and again: what becomes of the loss?",
    ):
        _learn()
    count = at_hand.experiment().examples
    if count > 1:
        fields.choice(
            st.selectbox,
            "Each step is made with",
            _sizes(count),
            key=f"learning_size_of_{count}",
            held=_chosen_size(count),
            format_func=lambda size: _words(size, count),
            take=_take_size,
            label_visibility="collapsed",
        )


def order_of_learning() -> None:
    """Say in which order examples are taken, and whose turn it is; nothing where all are taken at once."""
    groups = _groups()
    if len(groups) < 2:
        return
    now = _taken.get() % len(groups)
    order = ", ".join(f"**{_listed(group)}**" if turn == now else _listed(group) for turn, group in enumerate(groups))
    st.caption(f"The next step is made with the bold one of: {order}. The update in the picture is that of all.")


def learning_history(theme: Theme) -> None:
    """Draw the loss over the steps that were applied, and say with what they were made."""
    course, count = _course.get(), at_hand.experiment().examples
    if course.owner != hash(at_hand.experiment()) or len(course.losses) < 2:
        return
    losses = course.losses
    steps = f"{len(losses) - 1} learning step{'s' if len(losses) > 2 else ''}"
    with_what = "" if count == 1 else f", made with {_kinds(course.made)}; it is the loss of all {count} examples"
    chart(
        loss_history(theme, losses, course.made if count > 1 else ()),
        key="loss_history",
        alt=f"The loss over {steps}, from {text(losses[0])} to {text(losses[-1])}{with_what}",
    )
    if with_what:
        st.caption(f"The loss over {steps}{with_what}.")


def _learn() -> None:
    experiment, groups = at_hand.experiment(), _groups()
    chosen = groups[_taken.get() % len(groups)]
    part = of_examples(experiment, chosen) if len(groups) > 1 else experiment
    course = _course.get()
    if course.owner != hash(experiment):
        course = Course(losses=(learning_step(experiment).backward.loss,))
    try:
        # as the steps of the trace have it
        new = replace(experiment, network=learning_step(part.in_batch(1)).updated)
        changes.adopt(new)
    except InvalidExperiment as error:
        st.toast(str(error), icon=":material/error:")
        return
    losses = (*course.losses, learning_step(new).backward.loss)
    made = (*course.made, _made_with(chosen, experiment.examples))
    _course.set(Course(hash(new), losses[-MAX_LOSSES:], made[1 - MAX_LOSSES :]))
    _taken.set(_taken.get() + 1)
    # the whole page, not only the player's part, shows the weights
    st.rerun()


def _sizes(count: int) -> list[int]:
    return [0, 1, *range(2, count)]


def _chosen_size(count: int) -> int:
    # the batch may have become smaller
    return _size.get() if _size.get() in _sizes(count) else 0


def _words(size: int, count: int) -> str:
    if size == 0:
        return f"all {count} examples"
    return "one after the other" if size == 1 else f"mini-batches of {size}"


def _take_size(size: int) -> None:
    _size.set(size)
    _taken.set(0)


def _groups() -> list[list[int]]:
    """Return the examples of each step, in the order in which they are taken."""
    count = at_hand.experiment().examples
    ends = [*range(0, count, _chosen_size(count) or count), count]
    return [list(range(start + 1, end + 1)) for start, end in pairwise(ends)]


def _listed(group: Sequence[int]) -> str:
    return str(group[0]) if len(group) == 1 else f"{group[0]}–{group[-1]}"


def _made_with(group: Sequence[int], count: int) -> str:
    if len(group) == count:
        return "all examples"
    return f"example {group[0]}" if len(group) == 1 else f"examples {_listed(group)}"


def _kinds(made: Sequence[str]) -> str:
    """Return in words with what the steps were made, each once and in the order of its first time."""
    return ", ".join(dict.fromkeys(made))
