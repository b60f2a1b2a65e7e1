"""How layers, numbers of things and lists are put into words in the chapters' prose."""

from collections.abc import Sequence

from engine.network.model import Network

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def layer_words(network: Network, layer: int) -> str:
    """Return "the input", "hidden layer 2" or "the output layer" for a layer counted from 0, the input."""
    if layer == 0:
        return "the input"
    return "the output layer" if layer == len(network.layers) else f"hidden layer {layer}"


def layer_title(network: Network, layer: int) -> str:
    """Return the same without the article, for a heading."""
    return layer_words(network, layer).removeprefix("the ")


def count(number: int, thing: str, things: str = "") -> str:
    """Return "one neuron", "three neurons", "12 neurons"; `things` is the plural where it is not regular."""
    word = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{word} {thing}" if number == 1 else f"{word} {things or thing + 's'}"


def listed(words: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
