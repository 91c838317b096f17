"""The colours and sizes of the program and of its figures: light and dark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """Every colour and size that a view may use; colours are '#rrggbb', sizes logical pixels."""

    name: str
    dark: bool
    window: str
    base: str
    alternate: str
    hover: str
    text: str
    muted: str
    disabled: str
    faded: str  # a tone beside `muted`, for lines: still 3:1 on `plot`
    border: str
    outline: str
    accent: str
    accent_text: str
    accent_soft: str
    good: str
    warning: str
    danger: str
    plot: str
    grid: str
    axis: str
    missing: str  # the colour of NaN, found in none of the maps
    series: tuple[str, ...]  # distinct in the three kinds of colour blindness, 3:1 on `plot`
    forward: str
    feedback: str
    lateral: str
    inhibitory: str
    diverging: str
    sequential: str
    control: int = 28
    icon: int = 18
    radius: int = 5
    gap: int = 8
    margin: int = 12
    scale: float = 1.0  # of the whole interface: words, controls and icons
    stroke: float = 1.0  # pixels that a curve is thick at least: more for a lecture hall

    def __hash__(self) -> int:
        return hash(self.name)  # asked for many times a beat; all fields take ten times as long


LIGHT = Theme(
    name="light",
    dark=False,
    window="#f7f8fa",
    base="#ffffff",
    alternate="#f0f2f5",
    hover="#e8ebf0",
    text="#1f2328",
    muted="#5b6472",
    disabled="#9aa2ad",
    faded="#8d95a1",
    border="#dde1e7",
    outline="#c3c9d2",
    accent="#3f51d1",
    accent_text="#ffffff",
    accent_soft="#e2e6fb",
    good="#1a7f4b",
    warning="#946000",
    danger="#c62839",
    plot="#ffffff",
    grid="#eceff3",
    axis="#4a5260",
    missing="#aab0b8",
    series=(
        "#2b45e0",
        "#dd7411",
        "#2f9a6c",
        "#c463c2",
        "#5f4102",
        "#4f86f7",
        "#3c3a66",
        "#84193e",
    ),
    forward="#3b5b92",
    feedback="#c2570c",
    lateral="#6b7280",
    inhibitory="#8b2f8f",
    diverging="colorbrewer:RdBu_r",
    sequential="cmocean:dense",
)

DARK = Theme(
    name="dark",
    dark=True,
    window="#1b1e23",
    base="#22262c",
    alternate="#282d34",
    hover="#323842",
    text="#e4e7eb",
    muted="#9aa4b2",
    disabled="#656e7a",
    faded="#757f8d",
    border="#343a43",
    outline="#47505c",
    accent="#8b9bff",
    accent_text="#14171b",
    accent_soft="#313860",
    good="#4cc38a",
    warning="#e0ac3f",
    danger="#ff7b72",
    plot="#202429",
    grid="#2b3037",
    axis="#aeb6c2",
    missing="#5d6570",
    series=(
        "#4a9dff",
        "#ffc61a",
        "#33dfa4",
        "#d77ab4",
        "#dcf08c",
        "#b5cdff",
        "#b08c7c",
        "#ff6a42",
    ),
    forward="#8fb4e8",
    feedback="#ffa657",
    lateral="#8b949e",
    inhibitory="#dd9be6",
    diverging="crameri:berlin",
    sequential="cmocean:ice",
)
