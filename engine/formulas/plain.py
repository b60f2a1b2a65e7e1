"""Names, indices and powers in plain text, for menus, tables and charts: w⁽¹⁾₂₃, x₃, a⁽¹⁾₂, 10⁻⁵."""

from engine.network.places import Bias, Neuron, Parameter, Weight

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


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
