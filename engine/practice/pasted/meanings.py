"""Which number of a learning step a name means, once it has been taken apart."""

from dataclasses import dataclass, replace

from engine.arrays import Array
from engine.gradcheck.by_hand import Problem
from engine.practice.pasted.names import Named
from engine.practice.quantity import Quantity

# what has been given, and is not asked for
GIVEN_W, GIVEN_B = "W", "b"
_OF_WEIGHTS = ("dw", "new_w", GIVEN_W)
_GRADIENTS = {"z": "delta", "a": "da", "w": "dw", "b": "db", "delta": "delta"}


@dataclass(frozen=True, kw_only=True)
class Style:
    """How names are written: whether the first index of a weight is where it begins, and whether it has one number."""

    source_first: bool = False
    one_number: bool = False


def quantity(name: Named, values: Array, problem: Problem, zero_based: bool, style: Style) -> Quantity | None:
    """Return what of a problem a name means, with kind "W" or "b" for what was given; None for nothing.

    zero_based: whether the names that go with it count layers from 0.
    """
    if name.letter == "loss" and not name.slope:
        return Quantity("loss")
    kind = _kind(name)
    if kind is None:
        return None
    if values.ndim == 0:
        counted = _is_counted(name, kind, style)
        return _through_layers(name, kind, problem) if counted else _cell(name, kind, problem, style)
    layer = _layer(name, problem, zero_based)
    return None if layer is None else Quantity(kind, layer)


def _kind(name: Named) -> str | None:
    if name.letter in ("w", "b"):
        if name.slope:
            return _GRADIENTS[name.letter]
        return f"new_{name.letter}" if name.new else {"w": GIVEN_W, "b": GIVEN_B}[name.letter]
    return _GRADIENTS.get(name.letter) if name.slope else name.letter if name.letter != "loss" else None


def _layer(name: Named, problem: Problem, zero_based: bool) -> int | None:
    last = len(problem.network.layers)
    if name.layer is not None:
        found = name.layer + (zero_based and name.layer < last)
    elif name.numbers:
        found = name.numbers[0] + (zero_based and name.numbers[0] < last)
    elif name.output or last == 1:
        found = last
    elif name.hidden and last == 2:
        found = 1
    else:
        return None
    return found if 1 <= found <= last else None


def _is_counted(name: Named, kind: str, style: Style) -> bool:
    """Whether it has one number through the layers: h4, and with a notation that has it so w11."""
    if name.layer is not None or len(name.numbers) != 1 or name.output:
        return False
    return style.one_number if kind in _OF_WEIGHTS else name.hidden


def _through_layers(name: Named, kind: str, problem: Problem) -> Quantity | None:
    return _counted(kind, name.numbers[0], problem, len(problem.network.layers) - name.hidden)


def _cell(name: Named, kind: str, problem: Problem, style: Style) -> Quantity | None:
    """One neuron's or weight's number: layer and indices, or numbered through all layers."""
    last, numbers = len(problem.network.layers), _digits(name)
    wanted = 2 if kind in _OF_WEIGHTS else 1
    if style.source_first and wanted == 2:
        numbers = (*numbers[:-2], *reversed(numbers[-2:]))
    layer = name.layer
    if layer is None and (name.output or name.hidden):
        layer = last if name.output else 1
    if layer is not None and len(numbers) == wanted:
        return _checked(Quantity(kind, layer, *numbers), problem)
    if layer is not None and not numbers and problem.layer(min(layer, last)).n_out == 1 and wanted == 1:
        return _checked(Quantity(kind, layer, 1), problem)
    if len(numbers) == wanted + 1:
        return _checked(Quantity(kind, *numbers), problem)
    if len(numbers) == 1:
        return _counted(kind, numbers[0], problem)
    return None


def _digits(name: Named) -> tuple[int, ...]:
    # the indices of w₂₁ are written side by side
    numbers = name.numbers
    if len(numbers) == 1 and numbers[0] > 10 and (name.layer is not None or name.letter in ("w", "z", "a")):
        return tuple(int(digit) for digit in str(numbers[0]))
    if len(numbers) == 2 and numbers[1] > 10 and name.letter == "w":
        return (numbers[0], *(int(digit) for digit in str(numbers[1])))
    return numbers


def _checked(found: Quantity, problem: Problem) -> Quantity | None:
    plain = replace(found, kind={GIVEN_W: "dw", GIVEN_B: "db"}.get(found.kind, found.kind))
    return found if plain.within_network(problem) else None


def _counted(kind: str, number: int, problem: Problem, most: int | None = None) -> Quantity | None:
    """The number-th weight, or neuron, of the first layers one after the other, as w₅ is in Mazur's text."""
    layers = list(enumerate(problem.network.layers[:most], start=1))
    if kind in _OF_WEIGHTS:
        places = [Quantity(kind, n, to, s) for n, own in layers for to in _upto(own.n_out) for s in _upto(own.n_in)]
    else:
        places = [Quantity(kind, n, to) for n, own in layers for to in _upto(own.n_out)]
    one_each = all(own.n_out == 1 for _, own in layers)
    if one_each and kind not in _OF_WEIGHTS and number <= len(layers):
        return Quantity(kind, number, 1)
    return places[number - 1] if 1 <= number <= len(places) else None


def _upto(count: int) -> range:
    return range(1, count + 1)
