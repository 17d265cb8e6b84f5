"""Plots as inline SVG: numbers in, drawn shapes out. Colours come from the page's style, for light and dark.

All x and y are shares of the plotting area unless a function says otherwise; ElementTree escapes the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

_WIDTH, _HEIGHT = 520, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 92, 14, 40
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_GAP = 17.0


@dataclass(frozen=True, slots=True)
class Line:
    """A named line; each point is x and y."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot with what is said when it is pointed at; `kind` chooses its look."""

    x: float
    y: float
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The words under or beside an axis, and the largest value that it shows."""

    title: str
    most: float = 1.0
    ticks: tuple[float, ...] = _TICKS


def draw_lines(lines: Sequence[Line], *, x: Axis, y: Axis, label: str) -> str:
    """Draw lines, each named at its right end; names are moved apart where they would overlap."""
    svg = _frame(x, y, label)
    places: dict[int, float] = {}
    last = 0.0
    for height, number in sorted((_y(line.points[-1][1], y), n) for n, line in enumerate(lines)):
        last = places[number] = max(height, last + _GAP)
    for number, line in enumerate(lines):
        points = " ".join(f"{_x(px, x):.1f},{_y(py, y):.1f}" for px, py in line.points)
        SubElement(svg, "polyline", {"points": points, "class": f"line c{number}"})
        name = SubElement(svg, "text", _at(_WIDTH - _RIGHT + 6, places[number] + 4, f"name t{number}"))
        name.text = line.name
    return tostring(svg, encoding="unicode")


def draw_dots(dots: Sequence[Dot], *, x: Axis, y: Axis, label: str, curves: Sequence[Line] = ()) -> str:
    """Draw dots that say what they are when pointed at, over faint curves that carry their name."""
    svg = _frame(x, y, label)
    for curve in curves:
        points = " ".join(f"{_x(px, x):.1f},{_y(py, y):.1f}" for px, py in curve.points)
        SubElement(svg, "polyline", {"points": points, "class": "grid dashed"})
        end = curve.points[-1]
        SubElement(svg, "text", _at(_x(end[0], x) + 6, _y(end[1], y) + 4, "tick")).text = curve.name
    for dot in dots:
        place = {"cx": f"{_x(dot.x, x):.1f}", "cy": f"{_y(dot.y, y):.1f}", "r": "4.5"}
        mark = SubElement(svg, "circle", {**place, "class": f"dot {dot.kind}"})
        SubElement(mark, "title").text = dot.label
    return tostring(svg, encoding="unicode")


def draw_rows(rows: Mapping[str, Sequence[Dot]], *, x: Axis, label: str) -> str:
    """Draw rows of dots on one scale, named at the left; dots that would overlap are stacked."""
    height, left = 64 * len(rows) + _BOTTOM, 104
    svg = _canvas(height, label)
    scale = (_WIDTH - left - 16) / x.most
    for tick in x.ticks:
        across = left + tick * scale
        SubElement(svg, "line", {**_line(across, 6, across, height - _BOTTOM), "class": "grid"})
        SubElement(svg, "text", _at(across, height - _BOTTOM + 16, "tick middle")).text = f"{tick:g}"
    SubElement(svg, "text", _at((left + _WIDTH) / 2, height - 6, "title middle")).text = x.title
    for number, (name, dots) in enumerate(rows.items()):
        floor = 64 * (number + 1) - 8
        SubElement(svg, "text", _at(left - 8, floor - 16, "name end")).text = name
        heights: dict[int, int] = {}
        for dot in sorted(dots, key=lambda d: d.x):
            column = round(min(max(dot.x, 0.0), x.most) * scale / 7)
            level = heights[column] = heights.get(column, -1) + 1
            place = {"cx": str(left + column * 7), "cy": str(floor - 7 * level % 50), "r": "3"}
            mark = SubElement(svg, "circle", {**place, "class": f"dot {dot.kind}"})
            SubElement(mark, "title").text = dot.label
    return tostring(svg, encoding="unicode")


def draw_bar(parts: Sequence[tuple[str, float]], *, unit: str, label: str) -> str:
    """Draw one bar of parts side by side, and its legend with the value of each."""
    height = 56 + 20 * ((len(parts) + 1) // 2)
    svg = _canvas(height, label)
    total = sum(value for _, value in parts) or 1.0
    place = 4.0
    for number, (name, value) in enumerate(parts):
        width = (_WIDTH - 8) * value / total
        area = {"x": f"{place:.1f}", "y": "8", "width": f"{max(width - 1, 0.5):.1f}", "height": "28"}
        bar = SubElement(svg, "rect", {**area, "class": f"bar f{number % 6}"})
        SubElement(bar, "title").text = f"{name}: {value:,.1f} {unit}"
        place += width
        x, y = 4 + 260 * (number % 2), 50 + 20 * (number // 2)
        key = {"x": f"{x}", "y": f"{y}", "width": "11", "height": "11"}
        SubElement(svg, "rect", {**key, "class": f"bar f{number % 6}"})
        SubElement(svg, "text", _at(x + 18, y + 10, "name")).text = f"{name}  {value:,.1f} {unit}"
    return tostring(svg, encoding="unicode")


def _canvas(height: float, label: str) -> Element:
    box = {"viewBox": f"0 0 {_WIDTH} {height:g}", "role": "img", "aria-label": label}
    return Element("svg", {**box, "xmlns": "http://www.w3.org/2000/svg"})


def _frame(x: Axis, y: Axis, label: str) -> Element:
    svg = _canvas(_HEIGHT, label)
    for tick in y.ticks:
        height = _y(tick, y)
        SubElement(svg, "line", {**_line(_LEFT, height, _WIDTH - _RIGHT, height), "class": "grid"})
        SubElement(svg, "text", _at(_LEFT - 6, height + 4, "tick end")).text = f"{tick:g}"
    for tick in x.ticks:
        SubElement(svg, "text", _at(_x(tick, x), _HEIGHT - _BOTTOM + 16, "tick middle")).text = f"{tick:g}"
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    SubElement(svg, "text", _at(middle, _HEIGHT - 6, "title middle")).text = x.title
    turned = _at(11, (_HEIGHT - _BOTTOM + _TOP) / 2, "title middle")
    turn = f"rotate(-90 11 {(_HEIGHT - _BOTTOM + _TOP) / 2:g})"
    SubElement(svg, "text", {**turned, "transform": turn}).text = y.title
    return svg


def _x(value: float, axis: Axis) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * value / axis.most


def _y(value: float, axis: Axis) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / axis.most


def _at(x: float, y: float, looks: str) -> dict[str, str]:
    return {"x": f"{x:.1f}", "y": f"{y:.1f}", "class": looks}


def _line(x1: float, y1: float, x2: float, y2: float) -> dict[str, str]:
    return {"x1": f"{x1:.1f}", "y1": f"{y1:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}"}
