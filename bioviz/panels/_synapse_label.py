"""The names of the parts of a synapse, with lines that lead to them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ..ui import theme
from ._synapse_shape import Shape

CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Label:
    """Words centred at `at`; a line leads from them to `to`, where there is one."""

    words: str
    at: QPointF
    to: QPointF | None = None
    main: bool = False  # shown also where there is room for few


def labels(shape: Shape, line: float, *, small: bool) -> list[Label]:
    """Every label, above or below what it names."""
    pre, post, scale, head = shape.pre, shape.post, shape.scale, shape.head
    low = pre.y() + shape.bouton[1] + 0.95 * line
    high = pre.y() - shape.bouton[1] - 0.75 * line
    low = min(low, shape.area.bottom() - 0.5 * line)
    high = max(high, shape.area.top() + 0.5 * line)
    middle = shape.way.pointAtPercent(0.45)
    vesicle, receptor = shape.store[8], shape.slots[-1][0]
    gap = QPointF(shape.face + shape.cleft / 2, pre.y() + 0.8 * shape.bouton[1])
    foot = head.center() + QPointF(0.25 * head.width(), 0.42 * head.height())
    body = min(pre.y() + 1.42 * shape.radius + 0.8 * line, shape.area.bottom() - 0.5 * line)
    return [
        Label("pre (A)" if small else "presynaptic cell (A)", QPointF(pre.x(), body), None, True),
        Label(
            "post (D)" if small else "postsynaptic cell (D)",
            QPointF(post.x(), post.y() - shape.radius - 0.9 * line),
            None,
            True,
        ),
        Label("axon", middle + QPointF(0, 16 * scale + 0.6 * line)),
        Label(
            "terminal",
            QPointF(shape.face - 0.55 * shape.bouton[0], high),
            QPointF(shape.face - 0.4 * shape.bouton[0], pre.y() - 0.9 * shape.bouton[1]),
        ),
        Label("vesicles", QPointF(shape.face - 0.75 * shape.bouton[0], low), vesicle),
        Label("cleft", QPointF(shape.face + 0.5 * shape.cleft, low), gap),
        Label("receptors", QPointF(shape.face + 0.62 * shape.bouton[0], high), receptor),
        Label("spine", QPointF(shape.face + 0.80 * shape.bouton[0], low), foot),
        Label(
            "dendrite", shape.shaft.pointAtPercent(0.06) + QPointF(22 * scale + 2.2 * line, line)
        ),
    ]


def draw_labels(painter: QPainter, shape: Shape, *, small: bool, all_: bool) -> None:
    """Draw the labels: all of them, or where they are turned off only the cells' names."""
    look, metrics = theme.current(), painter.fontMetrics()
    line = metrics.height()
    for label in labels(shape, line, small=small):
        if not (all_ or label.main):
            continue
        wide = metrics.horizontalAdvance(label.words) + 6
        left = min(max(label.at.x() - wide / 2, shape.area.left()), shape.area.right() - wide)
        box = QRectF(left, label.at.y() - line / 2, wide, line)
        if label.to is not None:
            painter.setPen(QPen(QColor(look.faded), 1))
            start = QPointF(
                label.at.x(), box.top() if label.to.y() < label.at.y() else box.bottom()
            )
            painter.drawLine(start, label.to)
        painter.setPen(QColor(look.text if label.main else look.muted))
        painter.drawText(box, CENTRE, label.words)
