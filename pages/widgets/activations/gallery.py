"""All activation functions as cards: curve, formulas, range, where each saturates, what it is for, where it is from."""

from pathlib import Path

import streamlit as st

from engine.formulas.numbers import text
from engine.formulas.plain import letter
from engine.formulas.steps import put
from engine.network.activations import ACTIVATIONS, Activation
from pages.figures.activations.thumbnail import small_curve
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.session.compute_lock import give_way

# so that two stand beside each other next to the editor, and one on a phone; all of a row share its width
CARD = 400
STYLE = (Path(__file__).parent / "gallery.css").read_text()
FAMILIES = tuple(dict.fromkeys(record.family for record in ACTIVATIONS.values()))


def gallery(theme: Theme) -> None:
    """Draw the search field and the cards of what is found, family by family."""
    with st.container(horizontal=True, gap="medium"):
        words = fields.words("Find", key="gallery_find", placeholder="Name, use or author", width=CARD)
        families = fields.choices(st.pills, "Families", FAMILIES, key="gallery_families", wrap=True)
    st.caption("Solid: the function f. Dashed: its slope f′, by which a gradient is multiplied on its way back.")
    found = [r for r in ACTIVATIONS.values() if _matches(r, words) and (not families or r.family in families)]
    if not found:
        st.info("No function matches. Clear the search field or choose other families.")
    found.sort(key=lambda record: FAMILIES.index(record.family))
    st.html(f"<style>{STYLE}</style>")
    with st.container(horizontal=True, gap="medium", key="gallery_cards"):
        for record in found:
            give_way()
            _card(theme, record)


def _matches(record: Activation, words: str) -> bool:
    described = f"{record.name} {record.title} {record.family} {record.remark} {record.source}".casefold()
    return all(word in described for word in words.casefold().split())


def _card(theme: Theme, record: Activation) -> None:
    with st.container(border=True, width=CARD, key=f"card_{record.name}"):
        st.markdown(f"**{record.title}** &nbsp; :gray[{record.family}]")
        st.image(
            small_curve(theme, record.name),
            width="stretch",
            alt=f"{record.title}: the function, and its slope dashed, for z from −5 to 5",
        )
        st.latex(_formulas(record))
        st.markdown(record.remark)
        st.caption(_facts(record))


def _formulas(record: Activation) -> str:
    symbols = {"z": "z", "p": record.parameter.symbol if record.parameter else ""}
    slope = put(record.slope_latex, **symbols)
    left, slope_of = f"{record.symbol}(z)", rf"{record.symbol}'(z)"
    if not record.elementwise:
        left, slope_of = f"{left}_i", r"\frac{\partial a_i}{\partial z_j}"
    return rf"\begin{{aligned}} {left} &= {put(record.latex, **symbols)}\\[4pt] {slope_of} &= {slope} \end{{aligned}}"


def _facts(record: Activation) -> str:
    low, high = (text(limit, 3) for limit in record.range)
    facts = [f"Range {low} to {high}", f"Saturates {record.saturates}"]
    if record.parameter:
        p = record.parameter
        facts.append(f"{letter(p.symbol)} = {text(p.default)} by default, {text(p.low)} to {text(p.high)}")
    return " · ".join([*facts, *([record.source] if record.source else [])])
