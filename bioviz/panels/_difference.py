"""Curves of one experiment minus another's, and the button that turns to them."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from ._bar import toggle

TIP = (
    "Draw each curve minus the first experiment's, over the trials that both recorded: "
    "zero where both are as good"
)


def difference_toggle() -> QToolButton:
    """Return the button; it is there while there are several experiments."""
    button = toggle("difference", TIP)
    button.hide()
    return button


def say_difference(button: QToolButton, *, wide: bool) -> None:
    """Let the button say what it does in a word, or in little room by its symbol."""
    button.setText("difference" if wide else "Δ")
