"""The table of all actions: their words, icons, keys and places in the menus."""

from __future__ import annotations

from dataclasses import dataclass

from ..ui.scale import LEVELS
from .panel_sets import SETS, PanelSet


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
    rule: bool = False  # a line above it in its menu, or above the menu within that it opens
    under: str = ""  # the menu within its menu that it is in


def _set_spec(panels: PanelSet) -> ActionSpec:
    first = panels is SETS[0]
    return ActionSpec(
        f"set_{panels.key}", panels.title, "View", panels.tip, rule=first, under="Panel sets"
    )


def _scale_spec(level: int) -> ActionSpec:
    tip = f"Draw words, controls and icons at {level} per cent of their plain size."
    return ActionSpec(
        f"scale_{level}",
        f"{level} %",
        "View",
        tip,
        checkable=True,
        under="Interface scale",
    )


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
        "Save network, weights and curves, and the history where that is kept in the file.",
        "save",
        ("Ctrl+S",),
        rule=True,
    ),
    ActionSpec(
        "save_as", "Save as…", "File", "Save into another file.", "save-as", ("Ctrl+Shift+S",)
    ),
    ActionSpec(
        "keep_history",
        "Keep the history in the file",
        "File",
        "Save the moments that can be looked at again, and of data that are files the few examples "
        "that are shown: then the run can be replayed where the data are not.",
        checkable=True,
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
        "export_movie",
        "Export movie…",
        "File",
        "Make a GIF or an MP4 of what the run has been so far, of up to four panels.",
        "movie",
        ("Ctrl+Shift+E",),
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
        "palette",
        "Command palette…",
        "Edit",
        "Search every command, panel, network, rule, task and parameter.",
        "palette-search",
        ("Ctrl+K",),
        rule=True,
    ),
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
    ActionSpec(
        "compare",
        "Compare with backprop",
        "Network",
        "Train backprop beside it, from the same initial weights on the same samples.",
        "compare",
        rule=True,
    ),
    ActionSpec(
        "add_beside",
        "Add another rule beside",
        "Network",
        "Train a second network by another rule, from the same weights on the same samples.",
        "beside",
    ),
    ActionSpec(
        "remove_beside",
        "Remove this experiment",
        "Network",
        "Take away the experiment that is looked at; the others go on as they are.",
        "close",
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
        "history_first",
        "Beginning of the run",
        "Run",
        "Look at step 0 again; training goes on.",
        "first",
        rule=True,
    ),
    ActionSpec(
        "history_back",
        "One moment back",
        "Run",
        "Look at an earlier moment of the run; training goes on.",
        keys=("Alt+Left",),
    ),
    ActionSpec("history_on", "One moment on", "Run", "Look at a later one.", keys=("Alt+Right",)),
    ActionSpec(
        "live",
        "Live",
        "Run",
        "Look at the present again.",
        "live",
        ("L",),
        checkable=True,
    ),
    ActionSpec(
        "replay",
        "Replay",
        "Run",
        "Show the whole run from its beginning; once more stops there.",
        "replay",
        ("Shift+L",),
    ),
    ActionSpec(
        "bookmark",
        "Bookmark…",
        "Run",
        "Name the moment that is shown: it is kept, and can be found again.",
        "bookmark",
        ("Ctrl+D",),
    ),
    ActionSpec(
        "branch",
        "Branch here",
        "Run",
        "Train a second network on from the moment that is shown, beside this one.",
        "branch",
        ("Ctrl+B",),
    ),
    ActionSpec(
        "draw_watch",
        "Watch",
        "View",
        "Draw up to 30 times a second.",
        "eye",
        checkable=True,
        rule=True,
        under="Drawing",
    ),
    ActionSpec(
        "draw_fast",
        "Fast",
        "View",
        "Draw less, so that training gets more.",
        checkable=True,
        under="Drawing",
    ),
    ActionSpec(
        "draw_off", "No drawing", "View", "Draw only when paused.", checkable=True, under="Drawing"
    ),
    ActionSpec(
        "theme_light",
        "Light",
        "View",
        "Light theme.",
        "theme-light",
        checkable=True,
        under="Theme",
    ),
    ActionSpec(
        "theme_dark", "Dark", "View", "Dark theme.", "theme-dark", checkable=True, under="Theme"
    ),
    ActionSpec(
        "theme_system",
        "Follow the system",
        "View",
        "The desktop's theme.",
        "theme-system",
        checkable=True,
        under="Theme",
    ),
    *(_scale_spec(level) for level in LEVELS),
    ActionSpec(
        "scale_up",
        "Larger",
        "View",
        "The next larger interface scale.",
        keys=("Ctrl++", "Ctrl+="),
        rule=True,
        under="Interface scale",
    ),
    ActionSpec(
        "scale_down",
        "Smaller",
        "View",
        "The next smaller interface scale.",
        keys=("Ctrl+-",),
        under="Interface scale",
    ),
    ActionSpec(
        "scale_plain",
        "Plain size",
        "View",
        "Back to 100 per cent.",
        keys=("Ctrl+0",),
        under="Interface scale",
    ),
    ActionSpec(
        "reduced_motion",
        "Reduced motion",
        "View",
        "What moves by itself stands still, and panels are drawn at most four times a second.",
        "reduced-motion",
        checkable=True,
    ),
    *map(_set_spec, SETS),
    ActionSpec(
        "maximise",
        "Maximise panel",
        "View",
        "Give the whole window to one panel, or take it back.",
        "maximise",
        ("F",),
    ),
    ActionSpec(
        "reset_layout", "Reset layout", "View", "Put every panel back in its place.", "layout-reset"
    ),
    ActionSpec(
        "present",
        "Presentation mode",
        "View",
        "Fill the screen with up to four panels, in large type; again, everything is as before.",
        "presentation",
        ("F5",),
    ),
    ActionSpec(
        "next_region",
        "Next region",
        "View",
        "Go on to the run bar, the build column, the next panel, the inspector.",
        keys=("F6",),
        rule=True,
        under="Go to",
    ),
    ActionSpec(
        "previous_region",
        "Previous region",
        "View",
        "Go back to the region before.",
        keys=("Shift+F6",),
        under="Go to",
    ),
    ActionSpec(
        "plausibility",
        "Plausibility of all rules",
        "Help",
        "Compare what each learning rule asks of a brain.",
        "plausibility",
    ),
    ActionSpec("keys", "Keys", "Help", "All keyboard shortcuts.", "keyboard", ("?", "F1")),
    ActionSpec("about", "About bioviz", "Help", "Version, licence and data.", "info"),
)
