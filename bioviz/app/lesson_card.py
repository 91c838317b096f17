"""The lesson card: what a session asks, its steps, what there is to see, and what comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue
from ..core.snapshot import Snapshot, Wanted
from ..core.spec import ExperimentSpec
from ..session import gallery
from ..ui import icon
from ..ui.label import Section, toned
from ..ui.prose import Prose, Span
from ..ui.scale import letter
from .lesson import Lesson
from .lesson_reader import Reader
from .lesson_steps import Steps
from .lesson_tip import tip_of
from .remark import Remark
from .rule_card import serif

ROOMY, LARGER = 440, 1.25  # from how many pixels on the text is so much larger


class LessonCard(QWidget):
    """A session's own words, beside the network that they are about."""

    again_asked = Signal(str)  # the key of the gallery network that the lesson came with
    asked = Signal(str)  # a link, as the lesson wrote it
    changed = Signal()  # what is wanted has changed
    turned = Signal()  # another step is shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._next: list[str] = []
        self._parts: dict[str, QLabel] = {}
        self.reader = Reader()
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 14)
        column.setSpacing(4)
        column.addWidget(self._offer_again())
        self._number = toned("", "muted")
        column.addWidget(self._number)
        self._title = toned("", "title", wrap=True)
        letter(self._title, partial(serif, scale=1.4, weight=QFont.Weight.DemiBold))
        column.addWidget(self._title)
        self._question = toned("", "question", wrap=True)
        letter(self._question, partial(serif, scale=1.15, italic=True))
        column.addWidget(self._question)
        column.addSpacing(8)
        self.steps = Steps(self.reader)
        column.addWidget(self.steps)
        self.onward = Onward()
        column.addWidget(self.onward)
        column.addSpacing(6)
        self._short = Section("In short", opened=False)
        self._short.add(self._in_short())
        column.addWidget(self._short)
        self._source_head = toned("Source", "heading")
        column.addWidget(self._source_head)
        column.addWidget(self._part("source", "muted"))
        column.addStretch()

    def _in_short(self) -> QWidget:
        """Make what a lesson without steps consists of; with steps it is folded away below."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addWidget(self._part("lesson"))
        self._see_head = toned("What to see", "heading")
        column.addSpacing(8)
        column.addWidget(self._see_head)
        column.addWidget(self._part("see"))
        return inside

    def _part(self, key: str, tone: str = "") -> QLabel:
        label = self._parts[key] = toned("", tone, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _offer_again(self) -> QWidget:
        """Make what is shown above a lesson that no longer fits what is worked on."""
        self.strayed = Remark()
        self._again = QPushButton("Open its network again")
        self._again.setToolTip(
            "Open the network that this lesson is about; unsaved work is asked about first."
        )
        icon.tint(self._again, "gallery")
        self._above = QWidget()
        column = QVBoxLayout(self._above)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(6)
        column.addWidget(self.strayed)
        column.addWidget(self._again)
        self._above.hide()
        return self._above

    def _connect(self) -> None:
        self._again.clicked.connect(self._ask_again)
        self.steps.asked.connect(self.asked)
        self.steps.changed.connect(self.changed)
        self.steps.turned.connect(self._on_turned)
        self.onward.asked.connect(self.asked)

    # ---- calls down ------------------------------------------------------------------------

    def say_strayed(self, words: str) -> None:
        """Say above the lesson that it no longer fits; nothing where it does."""
        self.strayed.say(words)
        self._above.setVisible(bool(words))

    def show_lesson(self, lesson: Lesson) -> None:
        """Show what a session says of itself; parts that it leaves out are left out."""
        about, self._key = lesson.about, lesson.key
        self._again.setVisible(bool(lesson.key))
        self._title.setText(about.title)
        self._put(self._question, about.question)
        self._put(self._number, gallery.lesson_number(lesson.key))
        for key, label in self._parts.items():
            self._put(label, getattr(about, key))
        self._see_head.setVisible(bool(about.see))
        self._source_head.setVisible(bool(about.source))
        self._short.setVisible(bool(about.lesson or about.see))
        self._short.set_open(not about.steps)
        self.steps.setVisible(bool(about.steps))
        self.onward.show_keys(_onward(lesson))
        self.steps.show_steps(about.steps)
        self.setAccessibleName(f"Lesson: {about.title}")

    def set_spec(self, spec: ExperimentSpec) -> None:
        """What is described now, whose numbers a text may tell."""
        self.reader.spec = spec
        if self.steps.page is not None:
            self.steps.page.show_snapshot(None)
        self.changed.emit()

    def rebuild(self, catalogue: Catalogue) -> None:
        """The network was built anew."""
        self.reader.catalogue = catalogue
        self.steps.name_units()

    def wanted(self) -> Wanted:
        return self.steps.wanted()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.steps.show_snapshot(snapshot)

    # ---- within ----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY  # drawn out of its place, it is read from further away
        self.steps.enlarge(LARGER if roomy else 1.0)

    def _put(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _on_turned(self) -> None:
        self.onward.setVisible(self.steps.ended and bool(self.onward.keys))
        asked = bool(self._question.text()) and self.steps.place == 0
        self._question.setVisible(asked)  # later steps need the room
        self.turned.emit()

    def _ask_again(self) -> None:
        self.again_asked.emit(self._key)


class Onward(QWidget):
    """What to try next: links to other lessons."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []
        self._rows: list[Prose] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(5)
        self._column.addWidget(toned("Try next", "heading"))

    def show_keys(self, keys: list[str]) -> None:
        """Offer these gallery networks; those that are not there are left out."""
        titles = {key: gallery.title_of(key) for key in keys}
        self.keys = [key for key in keys if titles[key]]
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for key in self.keys:
            row, link = Prose(), f"open:{key}"
            row.say([Span(_numbered(key, titles[key]), link, tip_of(link))])
            row.asked.connect(self.asked)
            self._column.addWidget(row)
            self._rows.append(row)


def _numbered(key: str, title: str) -> str:
    """A title with its place in the course, where it has one."""
    number = gallery.lesson_number(key).partition(" of ")[0]
    return f"{number}: {title}" if number else title


def _onward(lesson: Lesson) -> list[str]:
    """The course's next lesson first, then what the lesson itself names."""
    course = gallery.after(lesson.key)
    return list(dict.fromkeys([*([course] if course else []), *lesson.about.next]))
