"""The history bar: looking back while training goes on, bookmarks, replay and branches."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QInputDialog,
    QMenu,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from ..core.history import History
from ..core.status import Mode, Status
from ..core.trainer import Trainer
from ..ui import icon, theme
from ..ui.label import Steady, run
from ..ui.panel import KeyRow
from .history_line import HistoryLine
from .looking_back import LookingBack

EDGE = 4  # pixels between the last button and the window's edge
STEPS = (-10, -1, 1, 10)
LONG = {10.0: "10 s", 20.0: "20 s", 60.0: "1 min", 180.0: "3 min"}
SHOW = 20.0  # seconds that a replay takes at first
KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}
HISTORY_KEYS: tuple[KeyRow, ...] = (
    ("History", "One moment back, or on, where nothing is picked", "Left Right"),
    ("History", "The same, whatever has the focus", "Alt+Left Alt+Right"),
    ("History", "Ten moments back, or on", "PgUp PgDown"),
    ("History", "The beginning of the run", "Home"),
)
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class HistoryBar(QToolBar):
    """One row at the window's foot. It shows what is so, and asks `looking` for what is wished."""

    branch_asked = Signal(int)  # from which trial

    def __init__(
        self,
        looking: LookingBack,
        trainer: Trainer,
        actions: dict[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("History bar", parent)
        self.setObjectName("history bar")
        self.setMovable(False)
        self._looking = looking
        self._trainer = trainer
        self._now = 0
        self._playing = False
        self._build(actions)
        self._connect(actions)

    # ---- building --------------------------------------------------------------------------

    def _build(self, actions: dict[str, QAction]) -> None:
        size = theme.current().icon
        self.setIconSize(QSize(size, size))
        self.addAction(actions["history_first"])
        for count in STEPS[:2]:
            self.addWidget(self._stepper(count))
        self.line = HistoryLine()
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addWidget(self.line)
        for count in STEPS[2:]:
            self.addWidget(self._stepper(count))
        self.addAction(actions["live"])
        live = self.widgetForAction(actions["live"])
        assert isinstance(live, QToolButton)  # noqa: S101  (told to the type checker)
        live.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.words = Steady()
        self.words.setAccessibleName("Moment that is shown")
        self.words.setContentsMargins(6, 0, 6, 0)
        self.addWidget(self.words)
        self.addSeparator()
        self._build_replay(actions)
        self._build_marks(actions)
        for key in ("history_first", "live", "replay", "branch"):
            self.widgetForAction(actions[key]).setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _build_replay(self, actions: dict[str, QAction]) -> None:
        self.addAction(actions["replay"])
        self.long = QComboBox()
        self.long.setAccessibleName("How long a replay takes")
        self.long.setToolTip("How long a replay takes, however long the run took.")
        for seconds, words in LONG.items():
            self.long.addItem(words, seconds)
        self.long.setCurrentIndex(list(LONG).index(SHOW))
        self.addWidget(self.long)
        self.log = self._button("log", "Log time")
        self.log.setCheckable(True)
        self.log.setToolTip(
            "Lay trials out by their logarithm, on the line and in a replay: much is learned early."
        )
        self.addWidget(self.log)
        self.addSeparator()

    def _build_marks(self, actions: dict[str, QAction]) -> None:
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._mark = actions["bookmark"]
        button = self._button("", "Bookmarks")
        icon.tint(button, "bookmark")
        button.setToolTip("Bookmarks: name the moment that is shown, or go to one with a name.")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self._menu)
        self.addWidget(button)
        self.addAction(actions["branch"])
        edge = QWidget()
        edge.setFixedWidth(EDGE)
        self.addWidget(edge)

    def _stepper(self, count: int) -> QToolButton:
        words = f"{abs(count)} moment{'s' * (abs(count) > 1)} {'back' if count < 0 else 'on'}"
        button = self._button(f"{count:+d}".replace("-", "−"), words[:1].upper() + words[1:])
        button.setToolTip(f"Go {words}; past the last one lies the present.")
        button.setAutoRepeat(True)
        button.clicked.connect(partial(run, partial(self._looking.step, count)))
        return button

    def _button(self, text: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _connect(self, actions: dict[str, QAction]) -> None:
        slots: dict[str, Callable[[], object]] = {
            "history_first": partial(self._looking.look, 0),
            "history_back": partial(self._looking.step, -1),
            "history_on": partial(self._looking.step, 1),
            "live": self._looking.live,
            "replay": self._replay,
            "bookmark": self._ask_name,
            "branch": self._branch,
        }
        for key, slot in slots.items():
            actions[key].triggered.connect(partial(run, slot))
        self._live, self._show_action = actions["live"], actions["replay"]
        self.line.looked.connect(self._looking.look)
        self.line.live_asked.connect(self._looking.live)
        self.log.toggled.connect(self.line.set_log)
        self._looking.changed.connect(self.show_now)
        self._looking.noted.connect(self.show_now)
        self._menu.aboutToShow.connect(self._fill_menu)

    # ---- what the window tells -------------------------------------------------------------

    def show_status(self, status: Status) -> None:
        """Follow the run."""
        self._now = status.positions[0].trial if status.positions else 0
        self._playing = status.mode is Mode.PLAYING
        self.show_now()

    def show_now(self) -> None:
        """Say which moment is looked at, and what there is to look at."""
        history, looking = self._looking.history, self._looking.trial
        self.line.set_history(history.trials, self._now, looking)
        runs = self._trainer.experiments
        self.line.set_notes(history.bookmarks, tuple(runs[0].markers) if runs else ())
        self.words.setText(moment_words(looking, self._now, playing=self._playing))
        self.words.setToolTip(history_words(history))
        self._tone("looking" if looking is not None else "")
        self._live.setChecked(looking is None)
        self._wear("pause" if self._looking.showing else "replay")

    def take_key(self, event: QKeyEvent) -> bool:
        """Go through time with a key that nothing else in the window has taken."""
        if event.modifiers() not in PLAIN:
            return False
        if event.key() == Qt.Key.Key_Home:
            self._looking.look(0)
        elif event.key() in KEYS:
            self._looking.step(KEYS[Qt.Key(event.key())])
        else:
            return False
        event.accept()
        return True

    # ---- what the user does ----------------------------------------------------------------

    def _replay(self) -> None:
        """Show the whole history, or stop showing it where it has come to."""
        if self._looking.showing and self._looking.trial is not None:
            self._looking.look(self._looking.trial)
        else:
            self._looking.play(float(self.long.currentData()), log=self.log.isChecked())

    def _tone(self, tone: str) -> None:
        """Let the words stand out while what is shown is not what is so."""
        if self.words.property("tone") != tone:
            self.words.setProperty("tone", tone)
            self.words.style().unpolish(self.words)  # a property that a style sheet asks about
            self.words.style().polish(self.words)

    def _wear(self, name: str) -> None:
        if self._show_action.property("worn") != name:
            self._show_action.setProperty("worn", name)
            icon.tint(self._show_action, name)

    def _branch(self) -> None:
        self.branch_asked.emit(self._now if self._looking.trial is None else self._looking.trial)

    def _ask_name(self) -> None:
        trial = self._now if self._looking.trial is None else self._looking.trial
        known = self._looking.history.bookmarks.get(trial, f"trial {trial:,}")
        name, given = QInputDialog.getText(
            self, "Bookmark", "What to call this moment; it will always be kept.", text=known
        )
        if given and name.strip():
            self._looking.mark(name.strip()[:60])

    def _fill_menu(self) -> None:
        """List the bookmarks: where each leads, and which may go."""
        self._menu.clear()
        self._menu.addAction(self._mark)
        bookmarks = self._looking.history.bookmarks
        if not bookmarks:
            return
        self._menu.addSeparator()
        for trial, name in bookmarks.items():
            action = self._menu.addAction(f"{name}  (trial {trial:,})")
            action.setToolTip("Look at this moment.")
            action.triggered.connect(partial(run, partial(self._looking.look, trial)))
        gone = self._menu.addMenu("Remove")
        for trial, name in bookmarks.items():
            action = gone.addAction(name)
            action.triggered.connect(partial(run, partial(self._looking.unmark, trial)))


def moment_words(looking: int | None, now: int, *, playing: bool) -> str:
    """Which moment is shown, and where training is."""
    if looking is None:
        return f"trial {now:,}"
    return (
        f"at trial {looking:,}, training at {now:,}" if playing else f"trial {looking:,} of {now:,}"
    )


def history_words(history: History) -> str:
    """How much of the run can be looked at again."""
    count = len(history.frames)
    room = f"{history.bytes / 2**20:,.0f} of {history.limit / 2**20:,.0f} MB"
    words = f"History: {count:,} moment{'s' * (count != 1)}, {room}."
    if history.full:
        words += "\nThere is no room for more; remove bookmarks to keep later moments."
    return words
