"""The rule card: what a learning rule says, what it sends where, and what a brain could not do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ..core.plausibility import Point
from ..core.registry import RULES
from ..core.rule import GROUPS, Card
from ..ui import theme
from ..ui.label import toned
from ..ui.scale import letter
from .checklist import Checklist

SERIF = ("STIX Two Text", "Cambria", "Nimbus Roman", "Liberation Serif", "Times New Roman", "Times")
EQUATION = 1.45  # times the size of the words around it
BREAKS = re.compile(r" (?=[=−∘~] )")  # where a line of mathematics may end
WORD = re.compile(r"(?<!\w)(?!sign\b)[a-z]{2,}")
SYMBOL = re.compile(r"(?<![\w′])([Δ]?)([A-Za-zα-ωφσλημδ])(?![\w])")

DIRECT = "B<sub>l</sub> δ<sub>L"  # error that skips the layers between
SYMBOLS = {  # what to look for in the equations, how to write it, and what it means
    "δ": ("δ<sub>l</sub>", "error signal of layer <i>l</i>, with a sign"),
    "ΔW": ("ΔW<sub>l</sub>", "change of the weights into layer <i>l</i>"),
    "W": ("W<sub>l</sub>", "forward weights into layer <i>l</i>"),
    "ΔB": ("ΔB<sub>l</sub>", "change of the feedback weights"),
    "B": ("B<sub>l</sub>", "feedback weights from layer <i>l</i> down to the one below"),
    DIRECT: (
        "B<sub>l</sub>",
        "feedback weights from the output straight to layer <i>l</i>",
    ),
    "R": ("R<sub>l</sub>", "sizes of the feedback weights, all equal or random"),
    "sign(": ("sign( )", "+1 above zero, −1 below it"),
    "h<": ("h<sub>l</sub>", "activity of layer <i>l</i>"),
    "a": ("a<sub>l</sub>", "summed input of layer <i>l</i>"),
    "φ′": ("φ′", "slope of the units' answer at that input"),
    "y<": ("y<sub>l</sub>", "noise into layer <i>l</i>, and the answer to it above"),
    "η": ("η", "learning rate"),
    "η<sub>B": ("η<sub>B</sub>", "rate of the mirror"),
    "λ<sub>B": ("λ<sub>B</sub>", "decay of the feedback weights"),
    "<sup>T": ("( )<sup>T</sup>", "transposed: rows and columns exchanged"),
    "∘": ("∘", "times, unit by unit"),
    "⟨": ("⟨ ⟩", "mean over a batch"),
    "<sub>L": ("L", "the output layer"),
    "c =": ("c", "how much worse the answers became: the score that all hear"),
    "L(": ("L( )", "loss of the network's answers"),
    "ξ": ("ξ<sub>l</sub>", "jolt to the summed input of each unit of layer <i>l</i>"),
    "Ψ": ("Ψ<sub>l</sub>", "jolt to each weight into layer <i>l</i>"),
    "N(": ("N(0, σ<sup>2</sup>)", "normal noise of standard deviation σ"),
    "λ": ("λ", "part of every weight that fades in one trial"),
    "<sup>t": ("t", "number of trials so far"),
    "p<sub>l": ("p<sub>l</sub>", "probability with which each unit of layer <i>l</i> spikes"),
    "s̄": ("s̄<sub>l</sub>", "what synapses remember of the spikes of layer <i>l</i>"),
    "e<sub>l": ("e<sub>l</sub>", "event rate of layer <i>l</i>: single spikes and whole bursts"),
    "p′": ("p, p′", "part of the events that are bursts, without and with the teacher"),
    "p<sub>0": ("p<sub>0</sub>", "burst probability of the output without the teacher"),
    "b′": ("b, b′", "burst rate, without and with the teacher"),
    "(t −": ("t", "target of an output unit"),
    "σ(": ("σ", "sigmoid, which keeps a probability between 0 and 1"),
    "w<sub>ij": ("w<sub>ij</sub>, t", "weight of the synapse from cell j to cell i, over time"),
    "M(": ("M", "1 while a teacher is there, else 0"),
    "E<sub>i": ("E<sub>i</sub>, B<sub>i</sub>", "events and bursts of the upper cell"),
    "P̄": ("P̄<sub>i</sub>", "burst probability that it has had of late, the ratio of two averages"),
    "Ẽ": ("Ẽ<sub>j</sub>", "what the synapse remembers of the lower cell's events"),
    "x": ("x", "activity of the input that a weight comes from"),
    "y": ("y", "activity of the unit that a weight leads to"),
    "θ": ("θ", "threshold between growing and weakening, one for each unit"),
    "τ": ("τ", "how many presentations a mean looks back"),
    "Δw": ("Δw", "change of one weight"),
    "Δt": ("Δt", "time from the lower cell's spike to the upper one's"),
    "t<sub>post": ("t<sub>pre</sub>, t<sub>post</sub>", "times of both cells' spikes"),
    "w<sub>max": ("w<sub>max</sub>", "largest weight"),
    "A<sub>+": ("A<sub>±</sub>", "largest change by one pair of spikes, up and down"),
    "τ<sub>+": ("τ<sub>±</sub>", "how long spikes are remembered: the width of the window"),
    "A<sub>2": ("A<sub>2</sub>, A<sub>3</sub>", "what pairs and triplets of spikes change"),
    "r<sub>1": (
        "r<sub>1</sub>, r<sub>2</sub>",
        "the lower cell's spikes, remembered for short and for longer",
    ),
    "o<sub>2": (
        "o<sub>1</sub>, o<sub>2</sub>",
        "the upper cell's spikes, remembered for short and for longer",
    ),
}


class RuleCard(QWidget):
    """A rule as a textbook's margin would put it."""

    asked = Signal(str)  # a link, as a lesson would write it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, Card] | None = None
        self._build()

    def _build(self) -> None:
        self._group = toned("", "muted", wrap=True)
        self._title = toned("", "title", wrap=True)
        letter(self._title, partial(serif, scale=1.55, weight=QFont.Weight.DemiBold))
        self._equations = Equations()
        self._crosses = _paragraph()
        self._faults = Listed()
        self.checked = Checklist()
        self.checked.asked.connect(self.asked)
        self._symbols = Symbols()
        self._source = _paragraph("muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 14)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._group)
        column.addSpacing(6)
        column.addWidget(self._equations)
        for heading, part in (
            ("What crosses a synapse", self._crosses),
            ("What is implausible about it", self._faults),
            ("Could a brain do it?", self.checked),
            ("Symbols", self._symbols),
            ("Source", self._source),
        ):
            column.addSpacing(8)
            column.addWidget(toned(heading, "heading"))
            column.addWidget(part)
        column.addStretch()

    def show_points(self, points: Sequence[Point]) -> None:
        """What was seen of the rule; it is known once its network is built."""
        self.checked.show_points(points)

    @property
    def title(self) -> str:
        """The title of the rule whose card is shown."""
        return self._title.text()

    def set_rule(self, key: str) -> None:
        """Show a registered rule's card; one that is not known leaves the card as it is."""
        if key in RULES:
            rule = RULES[key]
            self.set_card(rule.title, rule.card, GROUPS.get(rule.group, ""))

    def set_card(self, title: str, card: Card, group: str = "") -> None:
        """Show a card under its rule's title."""
        if self._shown == (title, card):
            return
        self._shown = (title, card)
        self.checked.show_points(())  # until the network of this rule is built
        self._title.setText(title)
        self._group.setText(group)
        self._group.setVisible(bool(group))
        self._equations.show_lines(card.equations)
        self._crosses.setText(card.crosses)
        self._faults.show_items(card.implausible)
        self._symbols.show_symbols(symbols_in(card.equations))
        self._source.setText(card.source)
        self.setAccessibleName(f"Rule card: {title}")


class Equations(QFrame):
    """Lines of mathematics on a sheet of their own, ruled at the left."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 8, 8, 8)
        self._column.setSpacing(6)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        _clear(self._column)
        for line in lines:
            label = _words()
            letter(label, partial(serif, scale=EQUATION))
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setText(mathematics(line))
            label.setAccessibleName(re.sub("<[^>]+>", "", line))
            self._column.addWidget(label)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(look.base))
        painter.fillRect(0, 0, 3, self.height(), QColor(look.accent))


class Listed(QWidget):
    """Short points, one below the other; the words before a colon are its name."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_items(self, items: tuple[str, ...]) -> None:
        _clear(self._grid)
        for row, item in enumerate(items):
            name, colon, rest = item.partition(": ")
            words = _words()
            words.setTextFormat(Qt.TextFormat.RichText)
            start = f"<b>{escape(name)}.</b> {escape(rest[:1].upper() + rest[1:])}"
            words.setText(start if colon else escape(item))
            words.setAccessibleName(item)
            self._grid.addWidget(toned("–", "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1)


class Symbols(QWidget):
    """A legend: each symbol and what it stands for."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)

    def show_symbols(self, symbols: list[tuple[str, str]]) -> None:
        _clear(self._grid)
        for row, (symbol, meaning) in enumerate(symbols):
            sign = QLabel(mathematics(symbol))
            sign.setTextFormat(Qt.TextFormat.RichText)
            letter(sign, partial(serif, scale=1.15))
            words = _words("muted")
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setText(meaning)
            self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignVCenter)


def serif(
    like: QFont,
    scale: float,
    weight: QFont.Weight = QFont.Weight.Normal,
    *,
    italic: bool = False,
) -> QFont:
    """A serif of the kind that mathematics is set in, `scale` times as large."""
    font = QFont(like)
    font.setFamilies(list(SERIF))
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSizeF(like.pointSizeF() * scale)
    font.setWeight(weight)
    font.setItalic(italic)
    return font


def mathematics(html: str) -> str:
    """Set single letters in italics, as mathematics is; operators, words and T stay upright."""
    html = re.sub(r"(?<=</su[bp]>) (?=[A-Zα-ωa-z]<)", "&nbsp;", html)  # also between words
    parts = re.split(r"(<[^>]+>)", html)
    raised = False
    for place, part in enumerate(parts):
        if part.startswith("<"):
            raised = part == "<sup>"
        elif not (raised and part == "T"):
            parts[place] = SYMBOL.sub(r"\1<i>\2</i>", part)
    return " ".join(_unbroken(piece) for piece in BREAKS.split("".join(parts)))


def _unbroken(piece: str) -> str:
    """Keep a product on one line; words may be broken."""
    plain = re.sub("<[^>]+>", "", piece)
    return piece if WORD.search(plain) else f"<nobr>{piece}</nobr>"


def symbols_in(equations: tuple[str, ...]) -> list[tuple[str, str]]:
    """The symbols that equations use, with what each means."""
    text = " ".join(equations)
    return [entry for mark, entry in SYMBOLS.items() if _uses(text, mark)]


def _uses(text: str, mark: str) -> bool:
    if mark == "W":  # where only its change is spoken of, W itself needs no words
        return bool(re.search("(?<!Δ)W", text))
    if mark in ("η", "λ", "τ"):
        return bool(re.search(f"{mark}(?!<sub>)", text))
    if mark == "a":
        return bool(re.search(r"(?<!\w)a(?!\w)", text))
    if mark in ("x", "y"):
        return bool(re.search(rf"(?<!\w){mark}(?!\w|<sub>)", text))
    if mark == "B":
        weights = re.search("B(?!<sub>i|\u0304)", text)  # of bursts, B is a train of spikes
        return bool(weights) and DIRECT not in text
    return mark in text


def _words(tone: str = "") -> QLabel:
    words = toned("", tone, wrap=True)
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words


def _paragraph(tone: str = "") -> QLabel:
    return _words(tone)


def _clear(layout: QVBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
