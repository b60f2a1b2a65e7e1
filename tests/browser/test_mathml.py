"""The formula's line as screen readers get it: as MathML, with every token of what is seen."""

import json

import pytest

from engine import PRESETS
from pages.figures.network.message import written
from pages.figures.theme import LIGHT
from tests.browser.modules import Modules

SPOKEN = """async (html) => {
    const { mathml } = await import("/network/mathml.js");
    const line = document.createElement("div");
    line.innerHTML = html;
    const math = mathml(line);
    return [math.namespaceURI, math.innerHTML.replaceAll(' xmlns="http://www.w3.org/1998/Math/MathML"', "")];
}"""


@pytest.mark.parametrize(("html", "spoken"), [
    ("<i>ŷ</i> − 1", "<mi>ŷ</mi><mo>−</mo><mn>1</mn>"),
    ("<i>z</i><sub>1</sub><sup>(2)</sup> = <span class=vn data-of=w.1.1.1>−0.25</span>",
     "<msubsup><mi>z</mi><mn>1</mn><mrow><mo>(</mo><mn>2</mn><mo>)</mo></mrow></msubsup><mo>=</mo><mo>−</mo><mn>0.25</mn>"),
    ("<i>W</i><sup>(2)</sup><sub>j</sub>",
     "<msubsup><mi>W</mi><mi>j</mi><mrow><mo>(</mo><mn>2</mn><mo>)</mo></mrow></msubsup>"),
    ("softmax(3 · 10<sup>−5</sup>)",
     "<mi>softmax</mi><mo>(</mo><mn>3</mn><mo>·</mo><msup><mn>10</mn><mrow><mo>−</mo><mn>5</mn></mrow></msup><mo>)</mo>"),
    ("<sup>2</sup>", "<msup><mrow></mrow><mn>2</mn></msup>"),
    ("∂<i>L</i>/∂<i>w</i> = <b class=asked>?</b>",
     "<mo>∂</mo><mi>L</mi><mo>/</mo><mo>∂</mo><mi>w</mi><mo>=</mo><mo>?</mo>"),
])  # fmt: skip
def test_the_line_is_spoken_as_mathematics(modules: Modules, html: str, spoken: str) -> None:
    assert modules.page.evaluate(SPOKEN, html) == ["http://www.w3.org/1998/Math/MathML", spoken]


def test_no_token_of_any_line_is_lost_where_it_is_spoken(modules: Modules) -> None:
    experiments = [PRESETS[name].experiment for name in ("worked-example", "mazur", "xor-four-rows", "vanishing")]
    lines = [
        frame["formula"]
        for experiment in experiments
        for frame in json.loads(written(experiment, LIGHT, "batch" if experiment.examples > 1 else "neuron"))["frames"]
    ]
    read = modules.page.evaluate(
        """async (lines) => {
        const { mathml } = await import("/network/mathml.js");
        const line = document.createElement("div");
        // an index stands before an exponent
        const bare = (text) => [...text.replace(/\\s/g, "")].sort().join("");
        return lines.map((html) => {
            line.innerHTML = html;
            return bare(mathml(line).textContent) === bare(line.textContent);
        });
    }""",
        lines,
    )
    assert len(read) > 100 and all(read)
