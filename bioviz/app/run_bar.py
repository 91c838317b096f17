"""The run bar: restart, play, step, speed and when to stop."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QToolBar,
    QToolButton,
    QWidget,
)

from ..core.spec import Stop
from ..core.status import Stride
from ..ui import theme
from ..ui.scale import keep, px

SLOWEST = 0.5  # samples a second: one in two seconds
FASTEST = 20_000.0
SHORT, WORDLESS = 990, 875  # pixels at 100 % below which there is no room for everything
POSITIONS = 100  # of the speed slider; the last is as fast as it goes

STRIDES = {
    Stride.PHASE: ("phase", "activity up, error down, weights changed, or one tick: one at a time"),
    Stride.SAMPLE: ("sample", "look at the batch's next sample; weights change after the last"),
    Stride.BATCH: ("batch", "one trial: a whole batch, after which the weights have changed"),
    Stride.EPOCH: ("epoch", "one pass over the training set"),
}
STOPS = {
    "never": "never stop",
    "epochs": "stop at epoch",
    "trials": "stop at trial",
    "test_error": "stop at test error",
}


def speed_at(position: int) -> float | None:
    """Samples a second at a slider position, None at its end: as fast as it goes."""
    if position >= POSITIONS:
        return None
    part = position / (POSITIONS - 1)
    return float(SLOWEST * (FASTEST / SLOWEST) ** part)


def position_of(speed: float | None) -> int:
    """The slider position nearest to a speed."""
    if speed is None:
        return POSITIONS
    part = math.log(speed / SLOWEST) / math.log(FASTEST / SLOWEST)
    return round(min(max(part, 0.0), 1.0) * (POSITIONS - 1))


def speed_words(speed: float | None) -> str:
    """A speed as a person would say it."""
    if speed is None:
        return "maximum"
    if speed < 1:
        return f"1 in {1 / speed:.1f} s"
    if speed < 10:
        return f"{speed:.1f}/s"
    return f"{float(f'{speed:.2g}'):,.0f}/s"


class RunBar(QToolBar):
    """What makes a run go; it says what was asked and shows what is so."""

    step_asked = Signal(int, object)  # how many, and a Stride
    speed_changed = Signal(object)  # samples a second, or None
    stop_changed = Signal(object)  # a Stop

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__("Run bar", parent)
        self.setObjectName("run bar")
        self.setMovable(False)
        self._build(actions)
        self._connect()
        self._name_arrow()

    def _build(self, actions: dict[str, QAction]) -> None:
        keep(self, "icon", 20)
        for key in ("restart", "new_weights"):
            self._button(actions[key])
        self.addSeparator()
        self._play = self._button(actions["play"])
        self.addSeparator()
        self._step = self._button(actions["step"])
        self._build_step()
        self.addSeparator()
        self._build_speed()
        self.addSeparator()
        self._build_stop()

    def _button(self, action: QAction) -> QToolButton:
        self.addAction(action)
        button = self.widgetForAction(action)
        assert isinstance(button, QToolButton)  # noqa: S101  (told to the type checker)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _build_step(self) -> None:
        self._count = QSpinBox()
        self._count.setRange(1, 100_000)
        self._count.setAccessibleName("Number of steps")
        self._count.setToolTip("How many steps one press takes; N steps equal a run of N.")
        keep(self._count, "width", 64)
        self._stride = QComboBox()
        self._stride.setAccessibleName("What one step is")
        for stride, (word, help_) in STRIDES.items():
            self._stride.addItem(word, stride)
            index = self._stride.count() - 1
            self._stride.setItemData(index, f"{word}: {help_}", Qt.ItemDataRole.ToolTipRole)
        self._stride.setCurrentIndex(list(STRIDES).index(Stride.BATCH))
        tips = "<br>".join(f"<b>{word}</b>: {help_}" for word, help_ in STRIDES.values())
        self._stride.setToolTip(f"What one step is.<br>{tips}")
        self.addWidget(_padded(self._count, self._stride))

    def _build_speed(self) -> None:
        self._speed = QSlider(Qt.Orientation.Horizontal)
        self._speed.setRange(0, POSITIONS)
        self._speed.setValue(POSITIONS)
        self._speed.setPageStep(5)
        self._speed.setAccessibleName("Speed")
        tip = "Samples shown a second: from one in two seconds to as fast as it goes."
        self._speed.setToolTip(tip)
        self._speed_words = QLabel(speed_words(None))
        self._speed_words.setToolTip(tip)
        self._speed_title = QLabel("Speed")
        self.addWidget(_padded(self._speed_title, self._speed, self._speed_words))

    def _build_stop(self) -> None:
        self._stop = QComboBox()
        self._stop.setAccessibleName("When to stop")
        self._stop.setToolTip("When a run stops by itself; press play to go on past it.")
        for key, word in STOPS.items():
            self._stop.addItem(word, key)
        self._until = QDoubleSpinBox()
        self._until.setAccessibleName("Where to stop")
        self._until.setToolTip("The epoch, trial or test error (as a fraction) at which to stop.")
        keep(self._until, "width", 86)
        self._until_action = self.addWidget(_padded(self._stop, self._until))

    def _connect(self) -> None:
        self._speed.valueChanged.connect(self._on_speed)
        self._stop.activated.connect(self._on_stop_kind)
        self._until.editingFinished.connect(self._on_stop)
        theme.notifier.changed.connect(self._rescale)
        self._rescale()
        for field in (self._count, self._until):  # after Enter, Space plays again
            field.lineEdit().returnPressed.connect(field.clearFocus)

    def _name_arrow(self) -> None:
        """Make what opens the rest of the bar a control like any other."""
        arrow = self.findChild(QToolButton, "qt_toolbar_ext_button")
        if isinstance(arrow, QToolButton):
            arrow.setAccessibleName("More of the run bar")
            arrow.setToolTip("More of the run bar")
            arrow.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            arrow.setIconSize(QSize(12, 12))

    def _rescale(self) -> None:
        """Keep room for the longest word of each, so that nothing moves when it comes."""
        wide = self.fontMetrics().horizontalAdvance
        self._speed_words.setFixedWidth(wide("maximum") + px(8))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Say less where there is no room for all; what still has none goes behind the arrow."""
        room = self.width() / theme.current().scale
        short, wordless = room < SHORT, room < WORDLESS
        self._speed_title.setHidden(short)
        self._speed.setFixedWidth(px(70 if short else 150))
        styles, wide = Qt.ToolButtonStyle, self.fontMetrics().horizontalAdvance
        for button in (self._play, self._step):
            style = styles.ToolButtonIconOnly if wordless else styles.ToolButtonTextBesideIcon
            button.setToolButtonStyle(style)
            words = max(wide("Pause"), wide("Step")) + px(44)
            button.setMinimumWidth(px(34) if wordless else words)

    # ---- what the window tells -------------------------------------------------------------

    def ask_step(self) -> None:
        """Ask for what the step button stands for."""
        stride = Stride(self._stride.currentData())  # Qt gives back a plain string
        self.step_asked.emit(self._count.value(), stride)

    @property
    def speed(self) -> float | None:
        return speed_at(self._speed.value())

    def set_speed(self, speed: float | None) -> None:
        self._speed.setValue(position_of(speed))

    def set_stop(self, stop: Stop) -> None:
        """Show the description's stop condition."""
        kinds = [key for key in STOPS if getattr(stop, key, None) is not None]
        kind = kinds[0] if kinds else "never"
        with QSignalBlocker(self._stop), QSignalBlocker(self._until):
            self._stop.setCurrentIndex(list(STOPS).index(kind))
            self._until.setVisible(kind != "never")
            self._fit(kind)
            if kind != "never":
                self._until.setValue(getattr(stop, kind))

    # ---- what the user does ----------------------------------------------------------------

    def _on_speed(self, position: int) -> None:
        self._speed_words.setText(speed_words(speed_at(position)))
        self.speed_changed.emit(speed_at(position))

    def _on_stop_kind(self) -> None:
        kind = self._stop.currentData()
        with QSignalBlocker(self._until):
            self._until.setVisible(kind != "never")
            self._fit(kind)
            self._until.setValue({"epochs": 20, "trials": 1000, "test_error": 0.05}.get(kind, 0))
        self._on_stop()

    def _on_stop(self) -> None:
        kind, value = self._stop.currentData(), self._until.value()
        if kind == "never":
            self.stop_changed.emit(Stop())
        elif kind == "test_error":
            self.stop_changed.emit(Stop(test_error=value))
        else:
            self.stop_changed.emit(Stop(**{kind: int(value)}))

    def _fit(self, kind: str) -> None:
        fraction = kind == "test_error"
        self._until.setDecimals(3 if fraction else 0)
        self._until.setRange(0 if fraction else 1, 1 if fraction else 1e9)
        self._until.setSingleStep(0.01 if fraction else 1)


def _padded(*widgets: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(3, 0, 3, 0)
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return box
