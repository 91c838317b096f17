"""What each action of the table does, by its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ..core.status import Stride
from ..ui.pump import SHARES
from .panel_sets import SETS

if TYPE_CHECKING:
    from .window import Window

THEMES = ("light", "dark", "system")


def slots_of(window: Window) -> dict[str, Any]:
    """The slots of a window's actions; those that parts of it connect themselves are left out."""
    controller, memory, stack = window.controller, window.memory, window.document.undo_stack
    picking, sheets = window.picking, window.sheets
    return {
        "new": window.new,
        "open": window.files.open,
        "gallery": window.centre.show_start_page,
        "save": partial(window.saving, window.files.save),
        "save_as": partial(window.saving, window.files.save_as),
        "export_figure": window.export.ask,
        "export_movie": window.movies.ask,
        "own_data": window.data_choice.ask_again,
        "quit": window.close,
        "undo": stack.undo,
        "redo": stack.redo,
        "add_layer": picking.add_layer,
        "remove_layer": picking.remove_layer,
        "rule_card": window.views.show_card,
        "play": controller.toggle,
        "step": window.step,
        "step_epoch": partial(controller.step, 1, Stride.EPOCH),
        "restart": controller.restart,
        "new_weights": controller.new_weights,
        **{f"draw_{name}": partial(memory.set_drawing, name) for name in SHARES},
        **{f"theme_{name}": partial(memory.set_theme, name) for name in THEMES},
        **window.sizing.slots(),
        **{f"set_{one.key}": partial(window.centre.arrange, one) for one in SETS},
        "palette": window.finder.open,
        "present": window.presentation.toggle,
        "maximise": window.workspace.maximise_focused,
        "reset_layout": window.centre.reset_layout,
        "plausibility": sheets.show_plausibility,
        "keys": sheets.show_keys,
        "about": sheets.show_about,
    }
