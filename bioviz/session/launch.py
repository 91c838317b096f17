"""How the window was asked to start."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Launch:
    """The command line's wishes for the window; None leaves a choice to the settings."""

    theme: str | None = None  # "light", "dark" or "system"
    reset_layout: bool = False
