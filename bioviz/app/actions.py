"""Every action of the program, as one table: its words, icon, keys and place in the menus."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ..ui import icon
from ..ui.number import NUMBER_KEYS
from ..ui.panel import KeyRow
from ..ui.plot_area import PLOT_KEYS
from .gallery_card import CARD_KEYS
from .layer_row import LAYER_KEYS


@dataclass(frozen=True)
class ActionSpec:
    """One action. `keys` are portable key sequences, the first one shown; `menu` is its menu."""

    key: str
    text: str
    menu: str
    tip: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    checkable: bool = False
    rule: bool = False  # a line above it in its menu


MENUS = ("File", "Edit", "Network", "Run", "View", "Help")

ACTIONS = (
    ActionSpec(
        "new", "New network", "File", "Start from a small empty network.", "new", ("Ctrl+N",)
    ),
    ActionSpec("open", "Open…", "File", "Open a session file.", "open", ("Ctrl+O",)),
    ActionSpec("recent", "Open recent", "File", "Files that were open lately.", "recent"),
    ActionSpec(
        "gallery",
        "Gallery",
        "File",
        "Choose a ready-made network: the start page.",
        "gallery",
        ("Ctrl+G",),
    ),
    ActionSpec(
        "save",
        "Save",
        "File",
        "Save network, weights and history.",
        "save",
        ("Ctrl+S",),
        rule=True,
    ),
    ActionSpec(
        "save_as", "Save as…", "File", "Save into another file.", "save-as", ("Ctrl+Shift+S",)
    ),
    ActionSpec(
        "export_figure",
        "Export figure…",
        "File",
        "Draw a panel for a slide, a paper or a poster.",
        "export-figure",
        ("Ctrl+E",),
    ),
    ActionSpec(
        "own_data",
        "Use your own data…",
        "File",
        "Learn from a table, NumPy arrays, IDX files or a folder of pictures of yours.",
        "data",
        rule=True,
    ),
    ActionSpec(
        "fetch",
        "Download data",
        "File",
        "Fetch a data set that is too large to travel with bioviz.",
        "download",
    ),
    ActionSpec("quit", "Quit", "File", "Close bioviz.", keys=("Ctrl+Q",), rule=True),
    ActionSpec("undo", "Undo", "Edit", "Take back the last change.", "undo", ("Ctrl+Z",)),
    ActionSpec("redo", "Redo", "Edit", "Make it again.", "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec(
        "add_layer",
        "Add layer",
        "Network",
        "Add a hidden layer after the picked one.",
        "add",
        ("Ctrl+L",),
    ),
    ActionSpec(
        "remove_layer",
        "Remove layer",
        "Network",
        "Remove the picked hidden layer.",
        "remove",
        ("Ctrl+Backspace",),
    ),
    ActionSpec("rule_card", "Rule card", "Network", "What the rule says and claims.", "rule"),
    ActionSpec("play", "Play", "Run", "Train, or pause training.", "play", ("Space",)),
    ActionSpec("step", "Step", "Run", "Take the steps chosen beside the button.", "step", (".",)),
    ActionSpec(
        "step_epoch",
        "Step one epoch",
        "Run",
        "Run one pass over the training set, then pause.",
        keys=("Shift+.",),  # alone: Qt takes ">" for the same press, and would obey neither
    ),
    ActionSpec(
        "restart",
        "Restart",
        "Run",
        "Begin again from the same seed: same weights, same order of samples.",
        "restart",
        ("R",),
        rule=True,
    ),
    ActionSpec(
        "new_weights",
        "New weights",
        "Run",
        "Begin again from the next seed: other weights, another order.",
        "new-weights",
        ("Shift+R",),
    ),
    ActionSpec(
        "draw_watch",
        "Watch",
        "View",
        "Draw up to 30 times a second.",
        "eye",
        checkable=True,
        rule=True,
    ),
    ActionSpec(
        "draw_fast", "Fast", "View", "Draw less, so that training gets more.", checkable=True
    ),
    ActionSpec("draw_off", "No drawing", "View", "Draw only when paused.", checkable=True),
    ActionSpec(
        "theme_light", "Light", "View", "Light theme.", "theme-light", checkable=True, rule=True
    ),
    ActionSpec("theme_dark", "Dark", "View", "Dark theme.", "theme-dark", checkable=True),
    ActionSpec(
        "theme_system",
        "Follow the system",
        "View",
        "The desktop's theme.",
        "theme-system",
        checkable=True,
    ),
    ActionSpec(
        "maximise",
        "Maximise panel",
        "View",
        "Give the whole window to one panel, or take it back.",
        "maximise",
        ("F",),
        rule=True,
    ),
    ActionSpec(
        "reset_layout", "Reset layout", "View", "Put every panel back in its place.", "layout-reset"
    ),
    ActionSpec("keys", "Keys", "Help", "All keyboard shortcuts.", "keyboard", ("?", "F1")),
    ActionSpec("about", "About bioviz", "Help", "Version, licence and data.", "info"),
)


def make_actions(owner: QWidget, slots: Mapping[str, Callable[..., object]]) -> dict[str, QAction]:
    """Make every action of the table, each connected to the slot of its key."""
    made = {}
    for spec in ACTIONS:
        action = QAction(spec.text, owner)
        action.setObjectName(spec.key)
        action.setCheckable(spec.checkable)
        if spec.icon:
            icon.tint(action, spec.icon)
        if spec.keys:
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setToolTip(tip(spec.text, spec.tip, spec.keys))
        action.setStatusTip(spec.tip)
        if spec.key in slots:
            action.triggered.connect(slots[spec.key])
        owner.addAction(action)
        made[spec.key] = action
    return made


def tip(text: str, help_: str, keys: tuple[str, ...]) -> str:
    """A tooltip: the words, the key, and what it does."""
    native = QKeySequence.SequenceFormat.NativeText
    shown = f" ({QKeySequence(keys[0]).toString(native)})" if keys else ""
    return f"{text.rstrip('…')}{shown}\n{help_}"


def key_rows(panels: Sequence[KeyRow], own: Sequence[KeyRow]) -> list[KeyRow]:
    """Rows of the sheet of shortcuts; `panels` show one each, `own` work inside them."""
    rows = [
        (spec.menu, spec.text.rstrip("…"), " ".join(_portable(keys) for keys in spec.keys))
        for spec in ACTIONS
        if spec.keys
    ]
    return [*rows, *panels, *LAYER_KEYS, *NUMBER_KEYS, *own, *PLOT_KEYS, *CARD_KEYS]


def _portable(keys: str) -> str:
    return QKeySequence(keys).toString()
