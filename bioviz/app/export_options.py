"""What can be chosen of a figure: its panel, what it is for, its format and its look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ..figures.look import LOOKS
from ..figures.preset import PRESETS, Format, Preset
from ..figures.sheet import Sheet
from ..panels._bar import Choice
from ..ui.label import toned

FORMATS = {"png": "PNG picture", "svg": "SVG drawing", "pdf": "PDF"}
FORMAT_TIPS = {
    "png": "Pixels: goes into everything",
    "svg": "Shapes and text that PowerPoint and Inkscape can edit",
    "pdf": "Shapes and text for papers and LaTeX",
}
WIDTH = 236
MM = 25.4


class ExportOptions(QWidget):
    """The choices in a column; it draws nothing itself."""

    panel_chosen = Signal(str)
    changed = Signal()  # another sheet is wished

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._build()
        self._connect()
        self._fit()

    def _build(self) -> None:
        self.panel = Choice("Panel", "Which panel to draw, with what is chosen in it")
        self.preset = Choice("Made for", "Sets size, letters and lines, so that all can be read")
        self.preset.offer({key: preset.title for key, preset in PRESETS.items()})
        self.preset.explain({key: size_of(preset) for key, preset in PRESETS.items()})
        self.form = Choice("Format", "The kind of file")
        self.look = Choice("Ground", "The figure's colours, whatever the theme of the window")
        self.look.offer({key: look.title for key, look in LOOKS.items()})
        self.look.explain({key: look.help for key, look in LOOKS.items()})
        self.network = QCheckBox("With the network beside it")
        self.network.setToolTip(
            "Draw the network diagram and the panel side by side, as one figure"
        )
        self.fine = QCheckBox("4K: twice as many pixels")
        self.fine.setToolTip("3840 × 2160 pixels instead of 1920 × 1080, for large screens")
        self.outlines = QCheckBox("Text as outlines")
        self.outlines.setToolTip(
            "Draw letters as shapes: they look alike everywhere, but cannot be edited or searched"
        )
        self._size = toned("", "muted", wrap=True)
        self._size.setAccessibleName("Size")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for choice in (self.panel, self.preset, self.form, self.look):
            label = toned(choice.accessibleName(), "")
            label.setBuddy(choice)
            column.addWidget(label)
            column.addWidget(choice)
            column.addSpacing(6)
        for widget in (self.network, self.fine, self.outlines, self._size):
            column.addWidget(widget)
        column.addStretch()

    def _connect(self) -> None:
        self.panel.chosen.connect(self.panel_chosen)
        self.network.toggled.connect(self._on_network)
        self.preset.chosen.connect(self._on_preset)
        for choice in (self.form, self.look):
            choice.chosen.connect(self._on_changed)
        for box in (self.fine, self.outlines):
            box.toggled.connect(self._on_changed)

    def offer_panels(self, titles: Mapping[str, str], reasons: Mapping[str, str]) -> None:
        """List the panels; those that have nothing to show say why."""
        self.panel.offer(titles, reasons)

    def keys(self) -> list[str]:
        """The panels that are to be drawn as one figure."""
        key = self.panel.value()
        return ["network", key] if self.network.isChecked() and key != "network" else [key]

    def follow_panel(self) -> None:
        """Offer the network beside any panel but itself."""
        self.network.setEnabled(self.panel.value() != "network")

    def _on_network(self, _on: bool) -> None:
        self.panel_chosen.emit(self.panel.value())

    def sheet(self) -> Sheet:
        """What is chosen now."""
        preset, form = PRESETS[self.preset.value()], cast("Format", self.form.value())
        return Sheet(
            preset,
            form,
            LOOKS[self.look.value()],
            outlines=self.outlines.isChecked() and form != "png",
            fine=self.fine.isChecked() and form == "png" and preset.fine is not None,
        )

    def _on_preset(self, _key: str) -> None:
        self.form.choose(PRESETS[self.preset.value()].formats[0])
        self._on_changed()

    def _on_changed(self, *_: object) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Offer the preset's formats, and only what makes a difference to the chosen one."""
        preset = PRESETS[self.preset.value()]
        self.form.offer({form: FORMATS[form] for form in preset.formats})
        self.form.explain(FORMAT_TIPS)
        png = self.form.value() == "png"
        self.fine.setVisible(png and preset.fine is not None)
        self.outlines.setVisible(not png)
        sheet = self.sheet()
        words = size_of(preset)
        if png:
            wide, high = preset.pixels(fine=sheet.fine)
            words = f"{wide} × {high} pixels\n{words}"
        self._size.setText(words)


def size_of(preset: Preset) -> str:
    """A preset's size and letters in words."""
    wide, high = preset.width, preset.height
    size = f"{wide:.3g} × {high:.3g} in"
    if preset.key in ("column", "two-column", "poster"):
        size = f"{wide * MM:.0f} × {high * MM:.0f} mm"
    return f"{size}\nLetters of {preset.text:g} and {preset.label:g} points"
