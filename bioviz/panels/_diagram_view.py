"""The view of the network diagram: zoom, pan, and what mouse and keys ask for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView

from ..ui import theme
from ._diagram_layout import Target
from ._diagram_scene import Scene

Key = Qt.Key
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYS = {
    (Key.Key_Left, PLAIN): "left",
    (Key.Key_Right, PLAIN): "right",
    (Key.Key_Up, PLAIN): "up",
    (Key.Key_Down, PLAIN): "down",
    (Key.Key_Left, SHIFT): "projection left",
    (Key.Key_Right, SHIFT): "projection right",
    (Key.Key_Left, CTRL): "move left",
    (Key.Key_Right, CTRL): "move right",
    (Key.Key_Return, PLAIN): "edit",
    (Key.Key_Enter, PLAIN): "edit",
    (Key.Key_F2, PLAIN): "edit",
    (Key.Key_Insert, PLAIN): "add",
    (Key.Key_Delete, PLAIN): "remove",
    (Key.Key_Escape, PLAIN): "leave",
    (Key.Key_Menu, PLAIN): "menu",
    (Key.Key_Plus, PLAIN): "zoom in",
    (Key.Key_Minus, PLAIN): "zoom out",
    (Key.Key_0, PLAIN): "fit",
    (Key.Key_F, PLAIN): "fit",
}
SIDEWAYS = ("left", "right")  # where nothing is picked, the window goes through time by these
DIAGRAM_KEYS = (  # rows for the sheet of shortcuts
    ("Network diagram", "Pick a layer, then a unit above or below", "Up Down"),
    ("Network diagram", "Pick the layer beside the picked one", "Left Right"),
    ("Network diagram", "Pick the arrow beside", "Shift+Left Shift+Right"),
    ("Network diagram", "Let nothing be picked", "Esc"),
    ("Network diagram", "Move the layer", "Ctrl+Left Ctrl+Right"),
    ("Network diagram", "Edit name, size and units", "F2 Return"),
    ("Network diagram", "Add a layer", "Ins"),
    ("Network diagram", "Remove the layer", "Del"),
    ("Network diagram", "What else can be done", "Menu"),
    ("Network diagram", "Zoom in or out", "+ -"),
    ("Network diagram", "Show all of it", "0"),
)
LETTERS = ("fit", "zoom in", "zoom out", "leave")  # the window's own shortcuts win over these
DRAG = 5  # pixels that the mouse moves before a press becomes a drag
MOST_ZOOM = 6.0


class View(QGraphicsView):
    """Tells what is pointed at, clicked, dragged and asked for; it changes nothing itself."""

    resized = Signal()
    begun = Signal()  # a press or a key, before what it asks for
    hovered = Signal(object, QPointF)  # a Target, and where in the scene
    clicked = Signal(object)
    edit_asked = Signal(object)
    menu_asked = Signal(object, QPoint)
    dragging = Signal(object, QPointF)  # a Target and how far it was carried, in the scene
    dropped = Signal(object, QPointF)
    commanded = Signal(str)

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.diagram_scene = scene
        self.picked = False  # whether anything is: then Left and Right go on from there
        self._zoom = 1.0
        self._pressed: tuple[Target, QPoint] | None = None
        self._dragged = False
        self._last = QPoint()
        self._build()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setMouseTracking(True)
        self.setMinimumSize(120, 90)
        self.setAccessibleName("Network diagram")
        self.setAccessibleDescription(
            "Arrow keys pick a layer or a unit, Enter renames, Insert adds, Delete removes."
        )
        theme.notifier.changed.connect(self._recolour)
        self._recolour()

    # ---- zoom ------------------------------------------------------------------------------

    @property
    def room(self) -> QSizeF:
        return QSizeF(self.viewport().size())

    def fit(self) -> None:
        """Show the whole diagram."""
        self._zoom = 1.0
        self._apply()

    def zoom(self, factor: float) -> None:
        """Come nearer; never farther away than the whole."""
        self._zoom = min(max(self._zoom * factor, 1.0), MOST_ZOOM)
        self._apply()

    def _apply(self) -> None:
        size, room = self.diagram_scene.layout_.size, self.room
        whole = min(1.0, room.width() / size.width(), room.height() / size.height())
        self.setTransform(QTransform.fromScale(whole * self._zoom, whole * self._zoom))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(1.0015 ** event.angleDelta().y())
        event.accept()

    def _recolour(self) -> None:
        self.setBackgroundBrush(QColor(theme.current().plot))

    # ---- mouse -----------------------------------------------------------------------------

    def target_at(self, where: QPoint) -> Target:
        return self.diagram_scene.layout_.at(self.mapToScene(where))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        if self._pressed is None:
            self._point(where)
            return
        target, start = self._pressed
        far = (where - start).manhattanLength() >= DRAG
        if far or self._dragged:
            self._dragged = True
            self._drag(target, start, where)
        self._last = where

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.begun.emit()
            where = event.position().toPoint()
            self._pressed, self._dragged = (self.target_at(where), where), False
            self._last = where

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        (target, start), self._pressed = self._pressed, None
        where = event.position().toPoint()
        if not self._dragged:
            self.clicked.emit(target)
        elif target.kind in ("header", "card", "handle"):
            self.dropped.emit(target, self.mapToScene(where) - self.mapToScene(start))
        self._point(where)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit_asked.emit(self.target_at(event.position().toPoint()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_asked.emit(self.target_at(event.pos()), event.globalPos())
        else:
            self.commanded.emit("menu")

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.diagram_scene.set_hover(Target(), "")
        self.hovered.emit(Target(), QPointF())

    def _point(self, where: QPoint) -> None:
        place = self.mapToScene(where)
        target = self.diagram_scene.layout_.at(place)
        self.diagram_scene.set_hover(target, self.diagram_scene.layout_.gap_at(place))
        self.viewport().setCursor(CURSORS.get(target.kind, Qt.CursorShape.ArrowCursor))
        self.hovered.emit(target, place)

    def _drag(self, target: Target, start: QPoint, where: QPoint) -> None:
        if target.kind in ("header", "card", "handle"):
            self.dragging.emit(target, self.mapToScene(where) - self.mapToScene(start))
            return
        step = where - self._last
        for bar, by in (
            (self.horizontalScrollBar(), step.x()),
            (self.verticalScrollBar(), step.y()),
        ):
            bar.setValue(bar.value() - by)

    @property
    def held(self) -> Target:
        """What the mouse is holding down on."""
        return self._pressed[0] if self._pressed else Target()

    def cancel_drag(self) -> bool:
        """Let go of what is being dragged, without effect; False where nothing was."""
        held, self._pressed = self._pressed is not None and self._dragged, None
        self._dragged = False
        return held

    # ---- keys ------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            command = _command(event)
            if command and command not in LETTERS:
                event.accept()  # the window scrubs through time with the arrow keys
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = _command(event)
        if command and (self.picked or command not in SIDEWAYS):
            self.begun.emit()
            self.commanded.emit(command)
            event.accept()
        else:
            event.ignore()


CURSORS = {
    "handle": Qt.CursorShape.SizeVerCursor,
    "header": Qt.CursorShape.PointingHandCursor,
    "size": Qt.CursorShape.PointingHandCursor,
    "kind": Qt.CursorShape.PointingHandCursor,
    "unit": Qt.CursorShape.PointingHandCursor,
    "plus": Qt.CursorShape.PointingHandCursor,
    "projection": Qt.CursorShape.PointingHandCursor,
}


def _command(event: QKeyEvent) -> str:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.text() == "+":  # which needs Shift on many keyboards
        return "zoom in"
    return KEYS.get((Key(event.key()), held), "")
