"""One activation and its slope as a small SVG: for a gallery, where fifteen Plotly charts take seconds to mount."""

from engine.formulas.numbers import text
from pages.figures.activations.curves import REACH, Curve, Trace
from pages.figures.theme import Theme

WIDTH, HEIGHT = 340, 150
LEFT, RIGHT, TOP, BOTTOM = 22, 4, 6, 18
LOW, HIGH = -1.6, 2.4


def small_curve(theme: Theme, activation: str) -> str:
    """Return f (solid) and f′ (dashed) with the default parameter, for z from -5 to 5: the shape, not the numbers."""
    curve = Curve(activation)
    grid = [_rule(theme, value, value == 0) for value in (-1, 0, 1, 2)]
    ticks = [_tick(theme, value) for value in (-4, -2, 2, 4)]
    slope = _line(curve.slope_line(-REACH, REACH, 161), theme.muted, 'stroke-width="1.6" stroke-dasharray="3 3"')
    value = _line(curve.line(-REACH, REACH, 161), theme.accent, 'stroke-width="2.4"')
    axis = f'<path d="M{_x(0):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="{theme.muted}"/>'
    clip = (
        f'<clipPath id="c"><rect x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" '
        f'height="{HEIGHT - TOP - BOTTOM}"/></clipPath>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="10" fill="{theme.muted}">'
        f'{clip}{"".join(grid)}{"".join(ticks)}{axis}<g clip-path="url(#c)" fill="none">{slope}{value}</g></svg>'
    )


def _x(z: float) -> float:
    return LEFT + (z + REACH) / (2 * REACH) * (WIDTH - LEFT - RIGHT)


def _y(value: float) -> float:
    return TOP + (HIGH - value) / (HIGH - LOW) * (HEIGHT - TOP - BOTTOM)


def _line(points: Trace, colour: str, style: str) -> str:
    # far outside the picture a number would only be long
    pieces, start = [], "M"
    for z, value in zip(points["x"], points["y"], strict=True):
        if z is None:
            start = "M"
            continue
        pieces.append(f"{start}{_x(z):.1f} {_y(min(max(value, -9.0), 9.0)):.1f}")
        start = "L"
    return f'<path d="{"".join(pieces)}" stroke="{colour}" {style}/>'


def _rule(theme: Theme, value: float, strong: bool) -> str:
    y = _y(value)
    colour = theme.muted if strong else theme.line
    number = text(value)
    return (
        f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{colour}"/>'
        f'<text x="{LEFT - 6}" y="{y + 3.5:.1f}" text-anchor="end">{number}</text>'
    )


def _tick(theme: Theme, z: float) -> str:
    number = text(z)
    return (
        f'<path d="M{_x(z):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="{theme.line}" stroke-dasharray="1 4"/>'
        f'<text x="{_x(z):.1f}" y="{HEIGHT - 4}" text-anchor="middle">{number}</text>'
    )
