"""Making the actions of the table, their tooltips, and the sheet of shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ..ui import icon
from ..ui.number import NUMBER_KEYS
from ..ui.panel import KeyRow
from ..ui.plot_area import PLOT_KEYS
from .action_table import ACTIONS
from .gallery_card import CARD_KEYS
from .history_bar import HISTORY_KEYS
from .layer_row import LAYER_KEYS
from .stage import STAGE_KEYS


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


def tip_of(key: str) -> str:
    """The tooltip of an action of the table."""
    spec = next(spec for spec in ACTIONS if spec.key == key)
    return tip(spec.text, spec.tip, spec.keys)


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
    parts = (LAYER_KEYS, NUMBER_KEYS, own, PLOT_KEYS, CARD_KEYS, STAGE_KEYS)
    return [*rows, *HISTORY_KEYS, *panels, *chain.from_iterable(parts)]


def _portable(keys: str) -> str:
    return QKeySequence(keys).toString()
