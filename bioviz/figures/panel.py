"""What every panel's figure is: a Qt-free account of what the panel shows, for files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ..core.catalogue import Catalogue
from ..core.registry import Registry
from ..core.snapshot import NOTHING, Snapshot, Wanted
from .spec import FigureSpec


class PanelFigure:
    """One panel as a figure: what it wants to see, and what is drawn of it.

    Subclasses give `key` (the panel's and the file's) and `title`. `options` are those that the
    panel of the same key keeps in a session; unknown or ill-fitting ones are left alone. `earlier`
    are the runs that ended before, as the curves show them.
    """

    key: ClassVar[str]
    title: ClassVar[str]

    def __init__(
        self,
        catalogue: Catalogue,
        options: Mapping[str, Any] | None = None,
        earlier: tuple[Any, ...] = (),
    ) -> None:
        self.catalogue = catalogue
        self.options = dict(options or {})
        self.earlier = earlier
        self.begin()

    def begin(self) -> None:
        """Choose from the catalogue and the options what is to be drawn, once and for all."""

    def why_not(self) -> str:
        """Why there is nothing to draw of these experiments, in a sentence; "" where there is."""
        return ""

    def wanted(self) -> Wanted:
        """What the snapshot must contain."""
        return NOTHING

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        """Describe what is drawn; ValueError says why there is nothing yet."""
        raise NotImplementedError


FIGURES: Registry[PanelFigure] = Registry("figure", "bioviz.figures.panels")
