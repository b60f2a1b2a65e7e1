"""All numbers of the step on paper, also while the box that has them on the screen is closed."""

from html import escape

import streamlit as st

from engine import Experiment
from engine.formulas.notations import Notation
from engine.formulas.numbers import text
from engine.memory import remembered
from engine.programs import all_numbers as numbers_of
from engine.programs.all_numbers import NumberTable

# as many as are worked out with each edit without anybody waiting for it, and fill some six sheets
MOST, DIGITS = 400, 6
STYLE = """
.st-key-printed_numbers {display: none}
@media print {
  .st-key-printed_numbers {display: block}
  .st-key-printed_numbers table {break-inside: auto; border-collapse: collapse; margin-top: 1rem}
  .st-key-printed_numbers :is(th, td) {padding: 0.15rem 0.8rem; text-align: right}
  .st-key-printed_numbers caption {padding-top: 1rem}
  .st-key-printed_numbers :is(caption, tr > :first-child) {text-align: left; font-weight: 600}
}"""


def printed_numbers(experiment: Experiment, notation: Notation) -> None:
    """Draw the tables that are seen on paper only, or for a large network how to have them there."""
    with st.container(key="printed_numbers"):
        count = experiment.network.parameter_count
        if count > MOST:
            told = f"<p>The {count:,} parameters are printed where “All numbers” is open on the page.</p>"
            st.html(f"<style>{STYLE}</style>{told}")
        else:
            st.html(f"<style>{STYLE}</style>{_tables(experiment, notation)}")


@remembered
def _tables(experiment: Experiment, notation: Notation) -> str:
    return "".join(_table(table) for table in numbers_of.tables(experiment, notation))


def _table(table: NumberTable) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = "".join(_row(name, row) for name, row in zip(table.names, table.numbers, strict=True))
    caption = f"<caption>{escape(table.title)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(name: str, numbers: tuple[float | None, ...]) -> str:
    cells = "".join(f"<td>{'' if number is None else text(number, DIGITS)}</td>" for number in numbers)
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
