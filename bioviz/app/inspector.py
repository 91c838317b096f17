"""The inspector: the thing that was clicked, with its live values; the rule's card otherwise."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..core.spec import ExperimentSpec
from ..ui import icon
from ..ui.label import Empty
from ..ui.panel import Panel, Pick
from ..ui.scale import px
from .inspect_layer import LayerPage
from .inspect_page import Page
from .inspect_projection import ProjectionPage
from .inspect_unit import UnitPage
from .lesson import Lesson
from .lesson_card import LessonCard
from .rule_card import RuleCard

NONE = Pick("nothing")
LESSON, RULE = range(2)  # the two tabs, while nothing is picked


class Inspector(Panel):
    """Shows one picked thing at a time; fed as a panel is, so that it costs nothing when hidden."""

    key = "inspector"
    title = "Inspector"
    icon = "panel-inspector"
    help = "The clicked layer, unit or projection with its live values; else the rule's card."
    period = 0.1  # numbers that change faster cannot be read

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: ExperimentSpec | None = None
        self._entry: ExperimentEntry | None = None
        self._build_number = -1
        self._pick = NONE
        self._page: Page | None = None
        self._lesson = Lesson()
        self.session: tuple[ExperimentSpec, ...] = ()  # all that the session holds
        self._build()
        self._connect()

    def sizeHint(self) -> QSize:
        return QSize(px(284), 640)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(px(230), 340), 200)

    def _build(self) -> None:
        self.card = RuleCard()
        self.lesson = LessonCard()
        self.tabs = QTabBar()
        self.tabs.addTab("Lesson")
        self.tabs.addTab("Rule card")
        self.tabs.setTabToolTip(LESSON, "What this network asks, teaches and shows.")
        self.tabs.setTabToolTip(RULE, "What the learning rule says, and what a brain could not do.")
        self.tabs.setAccessibleName("Lesson or rule card")
        self.tabs.hide()
        self.pages: dict[str, Page] = {
            "layer": LayerPage(),
            "unit": UnitPage(),
            "projection": ProjectionPage(),
        }
        self._empty = Empty("panel-inspector", "Choose a network to see its learning rule here.")
        self._back = QToolButton()
        self._back.setText("Back")
        self._back.setToolTip("Back\nTo the lesson and the rule's card.")
        self._back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icon.tint(self._back, "rule")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._empty, self.tabs, self.lesson, self.card, *self.pages.values()):
            widget.hide()
            column.addWidget(widget)
        below = QHBoxLayout()
        below.setContentsMargins(8, 0, 8, 10)
        below.addWidget(self._back)
        below.addStretch()
        column.addLayout(below)
        column.addStretch()
        self._empty.show()
        self._scroll(inside)

    def _scroll(self, inside: QWidget) -> None:
        self._area = QScrollArea(self)
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        # A view that opaque children cover whole counts as unseen (QWidget.visibleRegion).
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self._area)

    def _connect(self) -> None:
        self._back.clicked.connect(self.show_nothing)
        self.tabs.currentChanged.connect(self._refresh)
        for page in self.pages.values():
            page.edited.connect(self.edited)
            page.ordered.connect(self.ordered)
            page.picked.connect(self._go)
            page.changed.connect(self.changed)
        self.lesson.changed.connect(self.changed)
        self.lesson.turned.connect(self._to_top)

    # ---- calls down ------------------------------------------------------------------------

    def rebuild(self, catalogue: Catalogue) -> None:
        """The network was built anew: what is picked may have gone."""
        self._entry = catalogue.first
        self._build_number = catalogue.build
        self.lesson.rebuild(catalogue)
        self.card.show_points(catalogue.first.plausibility)
        self._refresh()

    def set_spec(self, spec: ExperimentSpec) -> None:
        self._spec = spec
        self.card.set_rule(spec.rule.key)
        self.lesson.set_spec(spec)
        self.lesson.say_strayed(self._lesson.strayed(spec, *self.session))
        self._refresh()

    def set_pick(self, pick: Pick) -> None:
        if pick != self._pick:
            self._pick = pick
            self._to_top()
            self._refresh()

    def set_lesson(self, lesson: Lesson) -> None:
        """What the session says of itself; a lesson is shown before the rule's card."""
        self._lesson = lesson
        self.lesson.show_lesson(lesson)
        if self._spec is not None:
            self.lesson.say_strayed(lesson.strayed(self._spec, *self.session))
        self.tabs.setCurrentIndex(LESSON if lesson.there else RULE)
        self._refresh()

    def show_card(self) -> None:
        """Show the rule's card, and let nothing be picked."""
        self.tabs.setCurrentIndex(RULE)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Let nothing be picked: back to the lesson or the rule's card."""
        if self._pick != NONE:
            self._go(NONE)
        self._to_top()

    def wanted(self) -> Wanted:
        shown = self._page or (None if self.lesson.isHidden() else self.lesson)
        return shown.wanted() if shown is not None else NOTHING

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.build != self._build_number:
            return
        if self._page is not None:
            self._page.show_snapshot(snapshot)
        elif not self.lesson.isHidden():
            self.lesson.show_snapshot(snapshot)

    def _to_top(self) -> None:
        self._area.verticalScrollBar().setValue(0)

    # ---- what is shown ---------------------------------------------------------------------

    def _go(self, pick: Pick) -> None:
        self.set_pick(pick)
        self.picked.emit(pick)

    def _refresh(self) -> None:
        if self._spec is None:
            return
        self._page = self.pages[self._pick.kind] if self._there(self._spec) else None
        if self._page is not None:
            self._page.show_thing(self._spec, self._entry, self._pick)
        self._empty.hide()
        lesson = self._lesson.there and self.tabs.currentIndex() == LESSON
        self.tabs.setVisible(self._page is None and self._lesson.there)
        self.lesson.setVisible(self._page is None and lesson)
        self.card.setVisible(self._page is None and not lesson)
        self._back.setVisible(self._page is not None)
        for page in self.pages.values():
            page.setVisible(page is self._page)
        self.changed.emit()

    def _there(self, spec: ExperimentSpec) -> bool:
        """Whether what is picked exists, in the description or in what is built."""
        name, entry = self._pick.name, self._entry
        if self._pick.kind == "layer":
            return any(layer.name == name for layer in spec.network.layers)
        if entry is None:
            return False
        if self._pick.kind == "unit":
            return entry.layer(name) is not None
        return self._pick.kind == "projection" and entry.projection(name) is not None
