"""The programs and the notebook: shown, and as files."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from engine import Experiment, numpy_program, torch_program
from engine.formulas.notations import Notation
from engine.programs.notebook import notebook
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.session import at_hand, shown

# more than this is offered as a file only
MAX_SHOWN = 60_000


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program: its name, what is to be said about it, how it is made, and the file that it is saved in."""

    name: str
    remark: str
    make: Callable[[Experiment, Notation], str]
    file: str
    mime: str
    language: str | None


PROGRAMS = (
    Program(
        name="NumPy",
        remark="Every step of the calculation in a line of its own. Needs Python and NumPy.",
        make=numpy_program,
        file="backprop_numpy.py",
        mime="text/x-python",
        language="python",
    ),
    Program(
        name="PyTorch",
        remark="The same numbers, the gradients found by PyTorch. To 12 digits they agree with what you see here.",
        make=torch_program,
        file="backprop_torch.py",
        mime="text/x-python",
        language="python",
    ),
    Program(
        name="Notebook",
        remark="The NumPy program for Jupyter, with the derivation of each result above the code that computes it.",
        make=notebook,
        file="backprop.ipynb",
        mime="application/x-ipynb+json",
        language=None,
    ),
)


def programs(_: Theme) -> None:
    """Draw the programs for the experiment at hand."""
    names = [program.name for program in PROGRAMS]
    chosen = fields.choice(st.segmented_control, "Program", names, key="program")
    program = next(program for program in PROGRAMS if program.name == chosen)
    st.markdown(program.remark)
    experiment, notation = at_hand.experiment(), shown.notation()
    text = program.make(experiment, notation)
    st.download_button(
        f"Download {program.file}",
        # not `text`, which the server would keep as long as the page shows the button
        lambda: program.make(experiment, notation),
        program.file,
        program.mime,
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{program.name}",
    )
    if program.language and len(text) <= MAX_SHOWN:
        st.code(text, program.language)
