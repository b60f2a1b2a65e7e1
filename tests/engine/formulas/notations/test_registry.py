"""Each notation writes the formulas by which whoever knows it recognises it."""

from itertools import pairwise

import pytest

from engine import PRESETS, trace
from engine.formulas.equations import equation
from engine.formulas.notations import NOTATIONS, Translation
from engine.formulas.rules import rule
from engine.gradcheck.mistakes import MISTAKES

MAZUR = PRESETS["mazur"].experiment
SUM, DELTA, WEIGHT = (
    r"z_j^{(l)} = \sum_i w_{ji}^{(l)}\,a_i^{(l-1)} + b_j^{(l)}",
    r"\delta_j^{(l)} = \frac{\partial L}{\partial z_j^{(l)}} = \frac{\partial L}{\partial a_j^{(l)}}\,f'(z_j^{(l)})",
    r"\frac{\partial L}{\partial w_{ji}^{(l)}} = \delta_j^{(l)}\,a_i^{(l-1)}",
)
BACK = r"\frac{\partial L}{\partial a_i^{(l)}} = \sum_k w_{ki}^{(l+1)}\,\delta_k^{(l+1)}"
KNOWN = {
    ("nielsen", SUM): r"z_{j}^{l} = \sum_k w_{jk}^{l}\,a_{k}^{l-1} + b_{j}^{l}",
    ("nielsen", WEIGHT): r"\frac{\partial C}{\partial w_{jk}^{l}} = \delta_{j}^{l}\,a_{k}^{l-1}",
    ("nielsen", BACK): r"\frac{\partial C}{\partial a_{j}^{l}} = \sum_k w_{kj}^{l+1}\,\delta_{k}^{l+1}",
    ("ng", SUM): r"z_{j}^{[l]} = \sum_i w_{ji}^{[l]}\,a_{i}^{[l-1]} + b_{j}^{[l]}",
    ("ng", DELTA): r"dz_{j}^{[l]} = da_{j}^{[l]}\,g'(z_{j}^{[l]})",
    ("ng", WEIGHT): r"dw_{ji}^{[l]} = dz_{j}^{[l]}\,a_{i}^{[l-1]}",
    ("pytorch", WEIGHT): r"\text{weight.grad}_{ji}^{(l)} = z\text{.grad}_{j}^{(l)}\,a_{i}^{(l-1)}",
    ("keras", SUM): r"z_{j}^{[l]} = \sum_i w_{ij}^{[l]}\,a_{i}^{[l-1]} + b_{j}^{[l]}",
}


@pytest.mark.parametrize(("name", "ours"), KNOWN)
def test_a_notation_writes_the_formulas_it_is_known_by(name: str, ours: str) -> None:
    assert Translation(NOTATIONS[name], (2, 2, 2)).formula(ours) == KNOWN[name, ours]


@pytest.mark.parametrize(
    ("name", "forward", "back", "gradient"),
    [
        ("ours", r"W^{(l)}\,a^{(l-1)} + b^{(l)}", r"{W^{(l+1)}}^{\top}\,\delta^{(l+1)}",
         r"\delta^{(l)}\,{a^{(l-1)}}^{\top}"),
        ("nielsen", r"w^{l}\,a^{l-1} + b^{l}", r"{w^{l+1}}^{\top}\,\delta^{l+1}", r"\delta^{l}\,{a^{l-1}}^{\top}"),
        ("ng", r"W^{[l]}\,a^{[l-1]} + b^{[l]}", r"{W^{[l+1]}}^{\top}\,dz^{[l+1]}", r"dz^{[l]}\,{a^{[l-1]}}^{\top}"),
        ("pytorch", r"a^{(l-1)}\,{W^{(l)}}^{\top} + b^{(l)}", r"z\text{.grad}^{(l+1)}\,W^{(l+1)}",
         r"{z\text{.grad}^{(l)}}^{\top}\,a^{(l-1)}"),
        ("keras", r"a^{[l-1]}\,W^{[l]} + b^{[l]}", r"\delta^{[l+1]}\,{W^{[l+1]}}^{\top}",
         r"{a^{[l-1]}}^{\top}\,\delta^{[l]}"),
    ],
)  # fmt: skip
def test_the_layer_rules_multiply_in_the_notations_order(name: str, forward: str, back: str, gradient: str) -> None:
    notation = NOTATIONS[name]
    own = Translation(notation, MAZUR.network.sizes)
    for op, right in (("weighted_sum", forward), ("summed_gradient", back), ("weight_gradient", gradient)):
        assert own.formula(rule(op, 1, MAZUR, indexed=False, layout=notation.layout)).partition(" = ")[2] == right


def test_mazurs_first_steps_read_as_he_printed_them() -> None:
    lines = [equation(step, MAZUR, notation=NOTATIONS["mazur"]) for step in trace(MAZUR)]
    assert lines[0].left == r"\text{net}_{h1}"
    assert lines[0].symbols == r"w_{1}\,\text{i}_{1} + w_{2}\,\text{i}_{2} + b_{1,1}"
    own = Translation(NOTATIONS["mazur"], MAZUR.network.sizes)
    # his w5 leads from h1 to o1, and w8 from h2 to o2
    assert own.formula("w_{11}^{(2)} + w_{22}^{(2)}") == "w_{5} + w_{8}"
    assert own.formula(r"\frac{\partial L}{\partial w_{11}^{(2)}}") == (
        r"\frac{\partial E_{\text{total}}}{\partial w_{5}}"
    )


def test_mazurs_numbers_go_through_any_network_once() -> None:
    sizes = (3, 12, 2, 1)
    own = Translation(NOTATIONS["mazur"], sizes)
    layers = [(layer, n_in, n_out) for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1)]
    index = [f"{j},{i}" if j > 9 or i > 9 else f"{j}{i}" for j in range(1, 13) for i in range(1, 13)]
    found = [
        own.formula(f"w_{{{index[(j - 1) * 12 + i - 1]}}}^{{({layer})}}")
        for layer, n_in, n_out in layers
        for j in range(1, n_out + 1)
        for i in range(1, n_in + 1)
    ]
    assert found == [f"w_{{{number}}}" for number in range(1, 3 * 12 + 12 * 2 + 2 + 1)]
    # neurons of the second hidden layer are counted on
    assert own.formula("a_{2}^{(2)} + z_{1}^{(3)}") == r"\text{out}_{h14} + \text{net}_{o1}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ours", "z⁽¹⁾₂ = w⁽¹⁾₂₁ · x₁ + b⁽¹⁾₂; a₂ and ŷ₁ are a pair (δ = 0.1), ∂L/∂a = 2, its z"),
        ("nielsen", "z²₂ = w²₂₁ · x₁ + b²₂; a²₂ and a³₁ are a pair (δ = 0.1), ∂C/∂a = 2, its z"),
        ("ng", "z[1]₂ = w[1]₂₁ · x₁ + b[1]₂; a[1]₂ and ŷ₁ are a pair (dz = 0.1), da = 2, its z"),
        ("mazur", "net_h2 = w₃ · i₁ + b₁,₂; out_h2 and out_o1 are a pair (δ = 0.1), ∂E/∂out = 2, its net"),
        ("pytorch", "z⁽¹⁾₂ = w⁽¹⁾₂₁ · x₁ + b⁽¹⁾₂; a⁽¹⁾₂ and ŷ₁ are a pair (z.grad = 0.1), a.grad = 2, its z"),
        ("keras", "z[0]₂ = w[0]₁₂ · x₁ + b[0]₂; a[0]₂ and ŷ₁ are a pair (δ = 0.1), ∂L/∂a = 2, its z"),
    ],
)
def test_names_in_sentences_are_the_notations_too(name: str, words: str) -> None:
    ours = "z⁽¹⁾₂ = w⁽¹⁾₂₁ · x₁ + b⁽¹⁾₂; a₂ and ŷ₁ are a pair (δ = 0.1), ∂L/∂a = 2, its z"
    assert Translation(NOTATIONS[name], (2, 2, 2)).words(ours) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ours", "Row k of X, then Row k of A holds it: Δᵀ is 2 × 3, A is 3 × 4, Xᵀ too; A neuron. Ŷ, Δᵀ A"),
        ("mazur", "Row k of I, then Row k of Out holds it: Δᵀ is 2 × 3, Out is 3 × 4, Iᵀ too; A neuron. Out, Δᵀ Out"),
        (
            "pytorch",
            "Row k of X, then Row k of A holds it: Z.gradᵀ is 2 × 3, A is 3 × 4, Xᵀ too; A neuron. Ŷ, Z.gradᵀ A",
        ),
    ],
)
def test_the_matrices_of_a_batch_have_the_notations_names_in_sentences(name: str, words: str) -> None:
    ours = "Row k of X, then Row k of A holds it: Δᵀ is 2 × 3, A is 3 × 4, Xᵀ too; A neuron. Ŷ, Δᵀ A"
    assert Translation(NOTATIONS[name], (2, 2, 2)).words(ours) == words


def test_words_that_only_look_like_symbols_stay() -> None:
    text = 'A layer has a bias: W and b; "Hidden 1" shows a softmax, L₂ no, e.g. an ŷ-axis; 10⁻⁵.'
    own = Translation(NOTATIONS["mazur"], (2, 2, 2))
    assert "A layer has a bias" in own.words(text) and "shows a softmax" in own.words(text)
    assert "e.g. an" in own.words(text) and own.words(text).endswith("10⁻⁵.")


def test_a_delta_of_kronecker_is_no_delta() -> None:
    latex = r"\hat{y}_i\,(\delta_{ij} - \hat{y}_j)"
    assert r"\delta_{ij}" in Translation(NOTATIONS["ng"], (2, 2)).formula(latex)
    assert Translation(NOTATIONS["ng"], (2, 12)).formula(r"\delta_{10}^{(1)}") == "dz_{10}^{[1]}"


def test_a_change_of_the_parameters_is_no_delta() -> None:
    ng = Translation(NOTATIONS["ng"], (2, 2))
    assert (
        ng.formula(r"\frac{\partial L}{\partial \theta}\,\Delta\theta")
        == r"\frac{\partial J}{\partial \theta}\,\Delta\theta"
    )
    assert ng.formula(r"\Delta^{(1)}\,\Delta") == r"dZ^{[1]}\,dZ"


@pytest.mark.parametrize("name", NOTATIONS)
def test_a_mistake_differs_from_what_is_right_in_every_notation(name: str) -> None:
    own = Translation(NOTATIONS[name], MAZUR.network.sizes)
    for record in MISTAKES.values():
        made, due = (own.formula(one).partition(" = ") for one in record.formulas(own.notation.layout))
        assert made[0] == due[0] and made[2] and due[2] and made[2] != due[2], record.name


def test_functions_and_variables_have_the_notations_letters_everywhere() -> None:
    ng, mazur = (Translation(NOTATIONS[name], MAZUR.network.sizes) for name in ("ng", "mazur"))
    assert ng.prose("as if $f'$ were 1, with any $f$; f′ of z, f′(z)") == (
        "as if $g'$ were 1, with any $g$; g′ of z, g′(z)"
    )
    assert mazur.formula(r"\frac{d}{dz}\,z") == r"\frac{d}{d\text{net}}\,\text{net}"
    assert ng.formula(r"\delta^{(\text{out})} = 0") == r"dz^{[\text{out}]} = 0"
    # beside the learning rate α, the parameter of a function is none
    assert ng.formula(r"z - \eta\,\alpha") == r"z - \alpha\,c"


def test_a_power_is_no_layer_where_layers_have_no_brackets() -> None:
    nielsen, keras = (Translation(NOTATIONS[name], (2, 3, 1)) for name in ("nielsen", "keras"))
    ours = r"e^{-z_j^2} + \tanh^2(z) - a^2 + z_1^{(1)} + e^{-z^2/2}"
    assert nielsen.formula(ours) == r"e^{-(z_{j})^2} + \tanh^2(z) - (a)^2 + z_{1}^{2} + e^{-(z)^2/2}"
    assert keras.formula("1 - a^2") == "1 - a^2"


def test_without_a_letter_of_its_own_the_output_has_the_number_of_its_layer() -> None:
    own = Translation(NOTATIONS["nielsen"], (2, 3, 1))
    assert own.formula(r"\hat{y}_1 = f(z_1^{(2)})") == r"a_{1}^{3} = f(z_{1}^{3})"
    assert (
        own.formula(r"\delta_j^{(\text{out})} = \hat{y}_j^{\text{new}}") == r"\delta_{j}^{3} = a_{j,\,\text{new}}^{3}"
    )
