"""On what a figure is drawn: its preset, file format and look, and how its text is kept."""

from __future__ import annotations

from dataclasses import dataclass

from .look import WHITE, Look
from .preset import SLIDE, Format, Preset


@dataclass(frozen=True)
class Sheet:
    """All that is chosen of a file, beside what it shows.

    `outlines` turns the text of SVG and PDF into shapes; `fine` takes the larger of two PNG sizes.
    `dpi` is another resolution than the preset's, as for a preview.
    """

    preset: Preset = SLIDE
    form: Format = "png"
    look: Look = WHITE
    outlines: bool = False
    fine: bool = False
    dpi: float | None = None

    @property
    def dots(self) -> float:
        """The dots per inch of a PNG."""
        fine = self.preset.fine if self.fine else None
        return self.dpi or fine or self.preset.dpi
