"""Puts the Derivation page together: the controls at the bottom, the contents in the sidebar, the text between."""

from pathlib import Path

import streamlit as st

from engine import PRESETS
from engine.derivation import Chapter
from engine.formulas.symbols import SHORT, UNFOLDED
from engine.network.model import Network
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.derivation import cache as library
from pages.widgets.derivation.marker import place
from pages.widgets.derivation.mistakes import mistake_choice
from pages.widgets.derivation.stepper import stepper
from pages.widgets.derivation.text import LAYER, NEURON, NUMBERS, Style, draw, draw_links
from pages.widgets.derivation.weight_picker import WEIGHT, weight_chapter
from pages.widgets.network.editor import editor
from pages.widgets.session import at_hand, shown
from pages.widgets.session.compute_lock import give_way
from pages.widgets.shared.example_picker import said_of_one

STYLE = (Path(__file__).parent / "reading.css").read_text()
FORMS = {NEURON: "One neuron", LAYER: "Whole layer", NUMBERS: "Numbers"}
CONTENTS, EDITOR = "Contents", "Edit the network"


def controls(theme: Theme) -> Style:
    """Draw what stays at the bottom of the window: the form of the steps, and the way through them."""
    with (
        st.bottom,
        st.container(key="reading_controls", horizontal=True, vertical_alignment="bottom", gap="medium"),
    ):
        form = fields.choice(
            st.segmented_control,
            "Show each step for",
            list(FORMS),
            key="form",
            format_func=lambda form: FORMS[form],
            persist_state="session",
            label_visibility="collapsed",
            width="content",
        )
        unfolded = _large(at_hand.experiment().network) and fields.flag(
            "Unfold matrices",
            key="unfolded",
            persist_state="session",
            help=f"Show up to {UNFOLDED.rows} rows and columns of a matrix instead of {SHORT.rows}.",
        )
        stepper()
    return Style(theme, form, UNFOLDED if unfolded else SHORT, shown.notation())


def _large(network: Network) -> bool:
    return max(network.sizes) > SHORT.rows


def text(style: Style) -> None:
    """Draw the text: the chapters, and the two sections after them."""
    st.html(f"<style>{STYLE}</style>")
    with st.container(key="reading"):
        st.header("The whole calculation, step by step", anchor=False)
        st.markdown(_introduction())
        said_of_one("The text works out")
        for number, chapter in enumerate(library.written(shown.alone(), style.extent, style.notation), 1):
            give_way()
            st.header(f"{number}\u2002{chapter.title}", anchor=chapter.anchor)
            if chapter.anchor == WEIGHT:
                weight_chapter(style)
            else:
                _body(chapter, style)
        for section in sections(style):
            give_way()
            st.header(section.title, anchor=section.anchor)
            _body(section, style)


def _body(chapter: Chapter, style: Style) -> None:
    for block in chapter.blocks:
        give_way()
        draw(block, style)
    if chapter.anchor == "mistakes":
        mistake_choice(style)
    draw_links(chapter.links)


def sections(style: Style) -> list[Chapter]:
    """Return the sections after the chapters: a batch at once, the mistakes and, of a preset, the published numbers."""
    experiment = at_hand.experiment()
    several = [library.batch(experiment, style.extent, style.notation)] if experiment.examples > 1 else []
    preset = at_hand.preset()
    published = library.published(preset, style.extent, style.notation) if preset else None
    return [*several, library.mistakes(shown.alone(), style.notation), *([published] if published else [])]


def _introduction() -> str:
    preset = at_hand.preset()
    what = f"**{PRESETS[preset].title}.** {PRESETS[preset].description}" if preset else "**Your own network.**"
    return (
        f"{what}\n\nWhat follows is one forward pass, one backward pass and one learning step, worked out with the "
        "numbers of this network. Read from top to bottom, or walk through it with the keys ← and →."
    )


def sidebar(style: Style) -> None:
    """Draw the small picture with the list of contents, or the editor of the network."""
    with st.sidebar:
        chosen = fields.choice(
            st.segmented_control,
            "Sidebar",
            [CONTENTS, EDITOR],
            key="reading_sidebar",
            label_visibility="collapsed",
        )
        titles = [(section.anchor, section.title) for section in sections(style)]
        place(
            library.written(shown.alone(), style.extent, style.notation),
            titles,
            style.form,
            style.theme,
            chosen == CONTENTS,
        )
        if chosen == EDITOR:
            editor()
