"""How a figure looks, whatever the theme of the window: white, dark, or without a ground."""

from __future__ import annotations

from dataclasses import dataclass

from .theme import DARK, LIGHT, Theme


@dataclass(frozen=True)
class Look:
    """The colours of a figure; `ground` is '#rrggbb', or "none" where it is see-through."""

    key: str
    title: str
    help: str
    theme: Theme
    ground: str


WHITE = Look("white", "White", "Dark ink on white: for papers and most slides", LIGHT, "#ffffff")
LOOKS = {
    look.key: look
    for look in (
        WHITE,
        Look("dark", "Dark", "Light ink on a dark ground: for dark slides", DARK, DARK.plot),
        Look("transparent", "Transparent", "Dark ink, and no ground at all", LIGHT, "none"),
    )
}
