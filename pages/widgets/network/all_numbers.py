"""All numbers of the learning step at hand, in tables that sort and can be copied: the picture in text."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from engine import Experiment
from engine.formulas.notations import Notation
from engine.formulas.numbers import text
from engine.memory import remembered
from engine.programs import all_numbers as numbers_of
from pages.figures.theme import Theme
from pages.widgets.network.images import images
from pages.widgets.network.printed_numbers import printed_numbers
from pages.widgets.session import shown
from pages.widgets.shared.component import Component

# more than anybody reads; a page with as many rows is still quick
MOST = 2_000
DIGITS = 6

_component = Component.of(Path(__file__).parent, "all_numbers").registered("all_numbers")


def all_numbers(theme: Theme) -> None:
    """Draw an input that is an image as one, what opens the tables, and the tables while they are open."""
    images(theme)
    opened = st.expander("All numbers", key="all_numbers", icon=":material/table:", on_change="rerun")
    experiment = shown.looked_at()
    if not opened.open:
        printed_numbers(experiment, shown.notation())
        return
    with opened:
        if experiment.network.parameter_count > MOST:
            st.caption(
                f"This network has {experiment.network.parameter_count:,} parameters. They are listed for networks of "
                f"up to {MOST:,}. The Share page saves larger ones as a file."
            )
        else:
            _component(key="all_numbers_tables", data=_said(experiment, shown.notation()))


@remembered
def _said(experiment: Experiment, notation: Notation) -> dict[str, Any]:
    tables = numbers_of.tables(experiment, notation)
    return {
        "tables": [asdict(table) | {"texts": [_texts(row) for row in table.numbers]} for table in tables],
        "tsv": numbers_of.as_tsv(tables),
        "numpy": numbers_of.as_numpy(experiment),
    }


def _texts(row: tuple[float | None, ...]) -> list[str]:
    return ["" if number is None else text(number, DIGITS) for number in row]
