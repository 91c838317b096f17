"""A theme as Qt's palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from ..figures.theme import Theme


def palette(theme: Theme) -> QPalette:
    """Return a palette with every role set: Qt's own derivations clash with ours."""
    role = QPalette.ColorRole
    shades = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.alternate,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.base,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.Light: theme.base,
        role.Midlight: theme.alternate,
        role.Mid: theme.outline,
        role.Dark: theme.disabled,
        role.Shadow: theme.outline,
        role.ToolTipBase: theme.base,
        role.ToolTipText: theme.text,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
    }
    colours = QPalette()
    for where, shade in shades.items():
        colours.setColor(where, QColor(shade))
    dim = QPalette.ColorGroup.Disabled
    for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        colours.setColor(dim, where, QColor(theme.disabled))
    for where in (role.Highlight, role.Accent):
        colours.setColor(dim, where, QColor(theme.border))
    return colours
