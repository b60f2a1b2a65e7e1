"""Long formulas break into lines: between terms and only there."""

import re

from engine import Experiment
from engine.formulas.equations import wrapped
from engine.formulas.lines import NARROW
from tests.engine.formulas.cases import every_case, steps
from tests.latex import require_balanced


@every_case
def test_a_broken_sum_says_the_same_as_the_whole(experiment: Experiment) -> None:
    for _, written in steps(experiment):
        broken = wrapped(written.numbers)
        assert broken.replace(r"\\[2pt] &\quad{} + ", " + ") == written.numbers
        assert written.worked.count(r"\begin{aligned}") == 1


def test_sums_break_between_terms_and_only_there() -> None:
    sum_of_brackets = " + ".join([r"\left(\V{0.1} + \V{0.2}\right) \cdot \frac{1 + x}{2 + y}"] * 6)
    lines = wrapped(sum_of_brackets).split(r"\\[2pt] &\quad{} + ")
    assert len(lines) > 1
    for line in lines:
        require_balanced(line)
        assert len(re.sub(r"\\[a-zA-Z]+|[{}\\^_\s]", "", line.replace(" + ", ""))) <= NARROW
