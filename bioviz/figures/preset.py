"""What a figure is for: its size, its text, its lines and its file formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Format: TypeAlias = Literal["png", "svg", "pdf"]

FORMATS: Final[tuple[Format, ...]] = ("png", "svg", "pdf")
MM: Final = 1 / 25.4  # inches
FEW_WORDS: Final = 30  # widths of the text, up to which a figure is small


@dataclass(frozen=True)
class Preset:
    """Sizes in inches, text and lines in points; the first of `formats` is the one to offer.

    `text` is of numbers and legends, `label` of axes' names and titles. `dpi` are those of a PNG,
    and `fine` those of a larger one, where there is a choice.
    """

    key: str
    title: str
    width: float
    height: float
    text: float
    label: float
    line: float
    formats: tuple[Format, ...]
    dpi: float
    fine: float | None = None

    @property
    def small(self) -> bool:
        """Whether there is room for few words beside each other."""
        return 72 * self.width < FEW_WORDS * self.text

    def pixels(self, *, fine: bool = False) -> tuple[int, int]:
        """How large a PNG is."""
        dpi = self.fine if fine and self.fine else self.dpi
        return round(self.width * dpi), round(self.height * dpi)


SLIDE = Preset(
    "slide", "Slide 16:9", 40 / 3, 7.5, 20, 24, 2.5, ("png", "svg", "pdf"), 144, fine=288
)
PRESETS = {
    preset.key: preset
    for preset in (
        SLIDE,
        Preset("half-slide", "Half slide", 6.2, 5.2, 18, 20, 2.25, ("png", "svg", "pdf"), 200),
        Preset("column", "One column", 85 * MM, 64 * MM, 7, 8, 0.75, ("pdf", "svg", "png"), 600),
        Preset(
            "two-column", "Two columns", 178 * MM, 90 * MM, 7, 8, 0.75, ("pdf", "svg", "png"), 600
        ),
        Preset("poster", "Poster", 300 * MM, 200 * MM, 24, 28, 3, ("pdf", "svg"), 150),
    )
}
