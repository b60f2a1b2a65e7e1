"""Formulas as KaTeX and as pseudo-HTML: complete, balanced, coloured by sign, and free of anything else."""

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import OPS, Experiment, Layer, Network
from engine.backprop.trace import trace
from engine.formulas.equations import equation, line_with_places
from engine.formulas.marks import unmarked
from pages.figures.markup import classed, html, katex, shortened
from pages.figures.theme import DARK, LIGHT, Theme
from tests.engine.formulas.cases import CASES, DETAILS
from tests.latex import marked
from tests.twins import TWINS

both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@cache
def formulas() -> frozenset[str]:
    """Every formula of every case, the lines under the figure and the parts of the derivation."""
    found = {op.rule for op in OPS.values()}
    for experiment in CASES.values():
        for detail in DETAILS:
            for step in trace(experiment, detail):
                written = equation(step, experiment)
                found |= {written.line, written.symbols, written.numbers, written.result, *written.notes}
    assert len(found) > 500
    return frozenset(found)


@cache
def lines() -> frozenset[str]:
    """Every line of the player, with the places of its numbers."""
    return frozenset(
        line_with_places(step, experiment)
        for experiment in CASES.values()
        for detail in DETAILS
        for step in trace(experiment, detail)
    )


class Checked(HTMLParser):
    """Reads HTML and refuses what is not one of the known tags, properly nested."""

    def __init__(self, written: str) -> None:
        super().__init__(convert_charrefs=False)
        self.written, self.open = written, list[str]()
        self.text, self.inks, self.places = "", list[tuple[str, str]](), list[str | None]()
        self.feed(written)
        self.close()
        assert not self.open, written

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("i", "b", "sub", "sup", "span"), self.written
        names = [name for name, _ in attrs]
        assert names in ([], ["style"], ["class"], ["class", "data-of"]), self.written
        self.open.append(tag)
        self.inks += [(value or "", "") for name, value in attrs if name != "data-of"]
        self.places += [dict(attrs).get("data-of") for name in names if name == "class"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, self.written

    def handle_data(self, data: str) -> None:
        assert "<" not in data and ">" not in data, self.written
        self.text += data
        if "span" in self.open:
            ink, before = self.inks[-1]
            self.inks[-1] = (ink, before + data)

    def handle_entityref(self, name: str) -> None:
        assert name in ("lt", "gt", "amp"), self.written
        self.text += unescape(f"&{name};")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(self.written)

    handle_decl = handle_pi = handle_charref = unknown_decl = handle_comment


def shown_number(latex: str) -> str:
    """A number of the engine's LaTeX as plain text."""
    return re.sub(r"\\cdot 10\^\{(.*)\}", r" · 10\1", latex).replace("-", "−")


def test_every_formula_becomes_text_without_a_trace_of_latex() -> None:
    for latex in formulas():
        read = Checked(html(latex, LIGHT))
        assert not re.search(r"[\\^_&]|pt\]|\{\}", read.text), (latex, read.text)
        assert ("{" in read.text) == ("cases" in latex), read.text
        assert read.text.count("(") == read.text.count(")") and read.text.count("[") == read.text.count("]")


@both
def test_every_number_is_there_in_the_colour_of_its_kind_and_sign(theme: Theme) -> None:
    for latex in formulas():
        numbers = marked(latex)
        kinds = re.findall(r"\\([VG])\{", latex)
        palettes = [theme.value if kind == "V" else theme.gradient for kind in kinds]
        inks = [
            palette.ink(-1.0 if number[0] == "-" else 1.0) for palette, number in zip(palettes, numbers, strict=True)
        ]
        expected = [(f"color:{ink}", shown_number(number)) for ink, number in zip(inks, numbers, strict=True)]
        assert Checked(html(latex, theme)).inks == expected
        assert re.findall(r"\\textcolor\{(#\w{6})\}", katex(latex, theme)) == inks


@both
def test_classes_stand_for_the_colours(theme: Theme) -> None:
    for latex in formulas():
        with_colours, with_classes = Checked(html(latex, theme)), Checked(classed(latex, theme))
        assert with_classes.text == with_colours.text
        palettes = {"v": theme.value, "g": theme.gradient}
        for (colour, number), (name, same) in zip(with_colours.inks, with_classes.inks, strict=True):
            assert same == number and colour == f"color:{palettes[name[0]].ink(1.0 if name[1] == 'p' else -1.0)}"


@both
def test_the_player_has_the_place_of_each_number_and_nobody_else_has(theme: Theme) -> None:
    found = 0
    for latex in lines():
        read, without = Checked(classed(latex, theme)), unmarked(latex)
        expected = re.findall(r"\\[VG](?:\[([a-z\d.]+)\])?\{", latex)
        assert read.places == [place or None for place in expected]
        assert (read.text, read.inks) == (Checked(classed(without, theme)).text, Checked(classed(without, theme)).inks)
        assert html(latex, theme) == html(without, theme) and katex(latex, theme) == katex(without, theme)
        found += len([place for place in expected if place])
    assert found > 1000


def test_katex_keeps_the_formula_and_its_braces() -> None:
    for latex in formulas():
        coloured = katex(latex, LIGHT)
        assert not re.search(r"\\[VG]\b", coloured)
        assert re.sub(r"\\textcolor\{#\w{6}\}", "", coloured) == re.sub(r"\\[VG]\{", "{", latex)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"w_{12}^{(1)}\,x_{2} + b_{1}^{(1)}", "w12(1) x2 + b1(1)"),
        (r"\frac{\partial L}{\partial \hat{y}_{1}} = -\frac{y_{1}}{\hat{y}_{1}}", "∂L/∂ŷ1 = −y1/ŷ1"),
        (r"\tfrac{1}{2}\left((\V{0.5} - \V{1})^2\right)", "½((0.5 − 1)2)"),
        (r"\frac{1}{1 + e^{-\V{2}}}", "1/(1 + e−2)"),
        (r"\begin{pmatrix}\V{1} & \V{2}\\[6pt] \V{3} & \V{4}\end{pmatrix}", "[1, 2, 3, 4]"),
        (r"\begin{cases}1 & z > 0\\ 0 & z \le 0\end{cases}", "{1 if z > 0; 0 if z ≤ 0}"),
        (r"\V{2.1\cdot 10^{-5}}", "2.1 · 10−5"),
    ],
)
def test_examples_read_as_they_are_meant(latex: str, text: str) -> None:
    assert Checked(html(latex, LIGHT)).text == text


@given(st.text(alphabet="<>&\"'/=()abcsript \\{}_^#;", max_size=40))
def test_no_text_becomes_a_tag(text: str) -> None:
    """The engine writes no such text; if it ever did, it would still be text."""
    for written in (html(f"{text} x", LIGHT), classed(f"{text} x", LIGHT)):
        tags = re.findall(r"<[^>]*>?", written)
        assert all(re.fullmatch(r"</?(?:i|b|sub|sup|span)>", tag) for tag in tags), written


HUGE = st.floats(-1e100, 1e100)


@given(st.lists(HUGE, min_size=4, max_size=4), HUGE)
def test_of_an_experiment_nothing_but_numbers_gets_into_a_formula(weights: list[float], bias: float) -> None:
    layer = Layer(np.array(weights).reshape(2, 2), [bias, 0.0], "identity")
    experiment = Experiment(Network([layer], "huber"), [0.5, -0.5], [0.0, 1.0], 0.1)
    like = Experiment(Network([Layer([[1.0, 2.0], [3.0, 4.0]], [1.0, 0.0], "identity")], "huber"), [1, 1], [0, 1], 0.1)
    for step, other in zip(trace(experiment), trace(like), strict=True):
        read, expected = (
            re.sub(r"[−(]*[\d.]+( · 10−?\d+)?\)?", "#", Checked(html(equation(s, e).line, LIGHT)).text)
            for s, e in ((step, experiment), (other, like))
        )
        assert set(read) <= set(expected) | set("()−"), (read, expected)


@pytest.mark.parametrize("case", TWINS["shortened"], ids=lambda case: case["what"])
def test_a_long_name_is_shortened_in_the_middle(case: dict[str, Any]) -> None:
    assert shortened(case["name"], case["most"]) == case["shortened"] and len(case["shortened"]) <= case["most"]


def test_a_shortened_name_is_shown_letter_by_letter() -> None:
    assert shortened("<b>" * 20, 7) == "&lt;b&gt;…&lt;b&gt;"
