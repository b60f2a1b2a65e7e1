"""Names, indices, powers and letters in plain text, for menus, tables and charts: w⁽¹⁾₂₃, x₃, a⁽¹⁾₂, 10⁻⁵, α."""

from engine.network.places import Bias, Neuron, Parameter, Weight

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

# by LaTeX's command; of the letters with two shapes, those that it calls so
GREEK = {
    r"\alpha": "α", r"\beta": "β", r"\gamma": "γ", r"\delta": "δ", r"\epsilon": "ϵ", r"\varepsilon": "ε", r"\zeta": "ζ",
    r"\eta": "η", r"\theta": "θ", r"\iota": "ι", r"\kappa": "κ", r"\lambda": "λ", r"\mu": "μ", r"\nu": "ν", r"\xi": "ξ",
    r"\pi": "π", r"\rho": "ρ", r"\sigma": "σ", r"\tau": "τ", r"\upsilon": "υ", r"\phi": "ϕ", r"\varphi": "φ",
    r"\chi": "χ", r"\psi": "ψ", r"\omega": "ω", r"\Gamma": "Γ", r"\Delta": "Δ", r"\Theta": "Θ", r"\Lambda": "Λ",
    r"\Xi": "Ξ", r"\Pi": "Π", r"\Sigma": "Σ", r"\Phi": "Φ", r"\Psi": "Ψ", r"\Omega": "Ω",
}  # fmt: skip


def letter(symbol: str) -> str:
    r"""Return a letter of LaTeX in plain text: α for \alpha, and c for c."""
    return GREEK.get(symbol, symbol)


def superscript(number: int) -> str:
    """Return a whole number as a superscript: ⁻⁵."""
    return str(number).translate(_SUPERSCRIPTS)


def subscript(*indices: int) -> str:
    """Return indices as a subscript, ₂₃, with a comma between them where one has two digits: ₂,₁₀."""
    return indexed(*indices).translate(_SUBSCRIPTS)


def indexed(*indices: int | str) -> str:
    """Return indices beside each other, with a comma between them where one has two digits."""
    words = [str(index) for index in indices]
    return ("," if any(len(word) > 1 for word in words) else "").join(words)


def power_of_ten(exponent: int) -> str:
    """Return 10⁻⁵."""
    return f"10{superscript(exponent)}"


def of_neuron(letter: str, neuron: Neuron) -> str:
    """Return a neuron's quantity with layer and index: z⁽¹⁾₂."""
    return f"{letter}⁽{superscript(neuron.layer)}⁾{subscript(neuron.number)}"


def activation(neuron: Neuron, last: int) -> str:
    """Return x₃ for an input, ŷ₁ for an output (of the layer `last`), a⁽¹⁾₂ between."""
    return short_activation(neuron, last) if neuron.layer in (0, last) else of_neuron("a", neuron)


def short_activation(neuron: Neuron, last: int) -> str:
    """Return the same without the layer, where that is said beside it: x₃, a₂, ŷ₁."""
    letter = {0: "x", last: "ŷ"}.get(neuron.layer, "a")
    return f"{letter}{subscript(neuron.number)}"


def parameter(place: Parameter) -> str:
    """Return the name of a weight or a bias: w⁽¹⁾₂₃, b⁽¹⁾₂."""
    match place:
        case Weight(layer, to, source):
            return f"w⁽{superscript(layer)}⁾{subscript(to, source)}"
        case Bias():
            return of_neuron("b", place.neuron)
