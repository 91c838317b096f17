"""How much room words and axes take in a figure, in points."""

from __future__ import annotations

from typing import Any

from matplotlib.font_manager import FontProperties


class Measure:
    """Measures in one figure; axes have a size once the figure has been laid out."""

    def __init__(self, figure: Any) -> None:
        self._figure = figure
        self._renderer = figure._get_renderer()
        self._known: dict[tuple[str, float, bool], float] = {}

    @property
    def page(self) -> tuple[float, float]:
        """The figure's width and height."""
        wide, high = self._figure.get_size_inches()
        return 72 * float(wide), 72 * float(high)

    def width(self, words: str, size: float, *, strong: bool = False) -> float:
        """The width of the longest line of some words."""
        key = (words, size, strong)
        if key not in self._known:
            font = FontProperties(size=size, weight="bold" if strong else "normal")
            lines = words.split("\n")
            self._known[key] = max(self._line(line, font) for line in lines)
        return self._known[key]

    def _line(self, words: str, font: FontProperties) -> float:
        wide, _, _ = self._renderer.get_text_width_height_descent(words, font, False)
        return float(wide) * 72 / float(self._figure.dpi)

    def size(
        self, axes: Any, width: float | None = None, height: float | None = None
    ) -> tuple[float, float]:
        """The width and height of some axes, or of a box in their units."""
        box, scale = axes.get_window_extent(), 72 / self._figure.dpi
        wide, high = box.width * scale, box.height * scale
        if width is None or height is None:
            return float(wide), float(high)
        (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
        return abs(wide * width / (x1 - x0)), abs(high * height / (y1 - y0))

    def wrap(self, words: str, room: float, size: float, *, strong: bool = False) -> str:
        """Words in as many lines as they need in so much room, broken between words."""
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size, strong=strong) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return "\n".join(lines)
