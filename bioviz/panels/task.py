"""Task: what is to be learned, and what the network makes of it."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ..core.answer import Answers, AnswersReply, DecisionMap, Points
from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.request import Request
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.task_words import (
    VIEWS,
    brightness,
    error_words,
    first_caption,
    first_words,
    in_words,
    mistake,
    none_wrong,
    views,
    worst_words,
)
from ..ui.label import Elided, Flow
from ..ui.panel import Panel
from ._answer import AnswerView
from ._bar import Segments, stack_up
from ._confusion import CONFUSION_KEYS
from ._confusion_page import ConfusionPage
from ._decision import DecisionView
from ._digits import PictureGrid
from ._draw_digit import DrawPage
from ._scatter import AnswerScatter
from ._symbol import Key

REQUESTS: dict[str, tuple[Request, ...]] = {
    "map": (DecisionMap(), Points()),
    "first": (Answers("first", 40, look=40),),
    "worst": (Answers("worst", 40, look=500),),
    "scatter": (Answers("first", 40, look=40),),
    "shown": (Answers("shown", 1),),
}
DEAR = 0.4  # seconds between two searches of the test set for mistakes, while training runs


class TaskPanel(Panel):
    """The task as the network sees it: decisions over a plane, pictures, confusions, answers."""

    key = "task"
    title = "Task"
    icon = "panel-task"
    help = "What is to be learned, and what the network answers now."
    keys = CONFUSION_KEYS
    period = 0.2  # a map of ten thousand answers and its border cost some milliseconds

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._wish = ""
        self._live = False
        self._searched = 0.0
        self._build()
        self._connect()

    def _build(self) -> None:
        self._view = Segments("View", VIEWS)
        self._words = Elided(" ")
        self._words.setProperty("tone", "muted")
        self._words.setAccessibleName("What is shown")
        self.map = DecisionView()
        self.first = PictureGrid("Test pictures")
        self.worst = PictureGrid("Worst mistakes")
        self.scatter = AnswerScatter()
        self.confusion = ConfusionPage()
        self.draw = DrawPage()
        self.shown = AnswerView()
        self._keys = Flow(gap=10)
        pages = {"map": self._with_keys(), "first": self.first, "worst": self.worst}
        pages |= {"scatter": self.scatter, "confusion": self.confusion, "draw": self.draw}
        self._pages = QStackedWidget()
        for key in VIEWS:
            self._pages.addWidget((pages | {"shown": self.shown})[key])
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._line())
        column.addWidget(self._pages, 1)
        stack_up(self, [self._view], body)

    def _line(self) -> QHBoxLayout:
        """Lay out the words above a view, and the controls that some views have there."""
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 8, 0)
        line.addWidget(self._words, 1)
        for tools in (self.confusion.tools, self.draw.tools):
            line.addWidget(tools)
        return line

    def _connect(self) -> None:
        self._view.chosen.connect(self._choose)
        for page in (self.confusion, self.draw):
            page.changed.connect(self.changed)
            page.told.connect(self._say)

    def _with_keys(self) -> QWidget:
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(10, 0, 6, 0)
        column.setSpacing(0)
        column.addLayout(self._keys)
        column.addWidget(self.map, 1)
        return both

    # The panel's duties ---------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        entry = self._entry  # spikes without a teacher have no answers to be looked at
        return entry is not None and not entry.taught and entry.layers[0].spikes

    def rebuild(self, catalogue: Catalogue) -> None:
        entry = self._entry = catalogue.first
        output = entry.layers[-1]
        self.map.start(entry.classes)
        self.scatter.start()
        self.shown.start(entry.classes, entry.image, output.signed)
        self.confusion.start(entry)
        self.draw.start(entry)
        self.first.say("The test pictures appear here.")
        self.worst.say("The worst mistakes appear here.")
        self._name_classes(entry.classes)
        fitting = views(entry)
        self._view.show_only(fitting)
        self._view.choose(self._wish if self._wish in fitting else fitting[0])
        self._turn()

    def wanted(self) -> Wanted:
        if self._entry is None or self._resting:
            return NOTHING
        page = self._own_page
        return page.wanted() if page is not None else frozenset(REQUESTS[self._view.value()])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._own_page is not None:
            self._own_page.show_snapshot(snapshot)
            return
        view = self._view.value()
        replies = [snapshot.get(request) for request in REQUESTS[view]]
        if self._entry is None or replies[0] is None:
            return
        if view == "map":
            self._show_map(*replies)
        elif view == "first":
            self._show_first(replies[0], self._entry)
        elif view == "worst":
            self._searched = time.monotonic()
            self._show_worst(replies[0], self._entry)
        elif view == "scatter":
            self._show_scatter(replies[0])
        else:
            self.shown.show_answers(replies[0])
            self._words.setText(in_words(replies[0], self._entry.classes))

    def set_live(self, live: bool) -> None:
        self._live = self.confusion.live = live

    def options(self) -> dict[str, Any]:
        wish = self._wish or self._view.value()
        return {"view": wish, "percent": self.confusion.percent.isChecked()}

    def set_options(self, options: dict[str, Any]) -> None:
        if isinstance(options.get("percent"), bool):
            self.confusion.percent.setChecked(options["percent"])
        if options.get("view") in VIEWS:
            self._wish = str(options["view"])
            self._view.choose(self._wish)
            self._turn()

    @property
    def _own_page(self) -> ConfusionPage | DrawPage | None:
        """The view in front where it asks and draws by itself."""
        pages: dict[str, ConfusionPage | DrawPage]
        pages = {"confusion": self.confusion, "draw": self.draw}
        return pages.get(self._view.value())

    @property
    def _resting(self) -> bool:
        """Whether the last search for mistakes was too short a while ago."""
        early = time.monotonic() - self._searched < DEAR
        return self._view.value() == "worst" and self._live and early

    # Showing --------------------------------------------------------------------------------

    def _show_map(self, field: Any, points: Any) -> None:
        self.map.show_map(field)
        if points is not None:
            self.map.show_points(points)

    def _show_first(self, reply: AnswersReply, entry: ExperimentEntry) -> None:
        captions = [first_caption(reply, i, entry.classes) for i in range(len(reply.inputs))]
        self.first.show_pictures(_stack(reply, entry), captions)
        self._words.setText(first_words(reply, taught=entry.taught))

    def _show_worst(self, reply: AnswersReply, entry: ExperimentEntry) -> None:
        self._words.setText(worst_words(reply))
        if not reply.wrong:
            self.worst.say(none_wrong(reply))
            return
        captions = [mistake(reply, i, entry.classes) for i in range(len(reply.inputs))]
        self.worst.show_pictures(_stack(reply, entry), captions)

    def _show_scatter(self, reply: AnswersReply) -> None:
        self.scatter.show_answers(reply)
        self._words.setText(error_words(reply))

    # Hearing --------------------------------------------------------------------------------

    def _say(self, wordings: tuple[str, ...]) -> None:
        self._words.say(*wordings)

    def _choose(self, view: str) -> None:
        self._wish = view
        self._turn()

    def _turn(self) -> None:
        view = self._view.value()
        self._searched = 0.0
        self._pages.setCurrentIndex(list(VIEWS).index(view))
        self._words.setText(" ")
        self._words.setVisible(view != "map")
        self.confusion.tools.setVisible(view == "confusion")
        self.draw.tools.setVisible(view == "draw")
        self.changed.emit()

    def _name_classes(self, classes: tuple[str, ...]) -> None:
        """Make the map's key anew."""
        while (item := self._keys.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, name in enumerate(classes[:8]):
            self._keys.addWidget(Key("symbol", name, place, len(classes)))
        self._keys.addWidget(Key("line", "undecided"))
        self._keys.addWidget(Key("ring", "shown now"))


def _stack(reply: AnswersReply, entry: ExperimentEntry) -> np.ndarray:
    assert entry.image is not None  # noqa: S101  (views looked)
    return brightness(reply.inputs).reshape(-1, *entry.image)
