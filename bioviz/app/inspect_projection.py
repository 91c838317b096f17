"""The inspector's page of a projection: where it leads, its numbers, and what to do to it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from ..core.catalogue import ExperimentEntry, ProjectionEntry
from ..core.probe import ChannelInfo
from ..core.projection import Role
from ..core.request import Conditions, Curve, Summary
from ..core.snapshot import Snapshot, Wanted
from ..core.spec import ExperimentSpec
from ..figures.condition import WHOLE
from ..panels._condition import ConditionNote
from ..ui import icon
from ..ui.label import toned
from ..ui.panel import Pick
from ..ui.word import number
from .inspect_order import Orders
from .inspect_page import Page, Table, Values

TITLES = {
    Role.FORWARD: "Forward weights",
    Role.FEEDBACK: "Feedback weights",
    Role.LATERAL: "Lateral weights",
    Role.INHIBITORY: "Inhibitory weights",
}
MEASURES = (
    "weight_angle",
    "update_angle",
    "gradient_angle",
    "sign_agreement",
    "norm_ratio",
    "weight_difference",
    "feedback_agreement",
)
ROWS = {
    "w": ("Weights", "All weights of the projection as they are now."),
    "dw": ("Change", "What the last trial added to each weight."),
    "bias": ("Biases", "The constant input of each unit that the projection leads to."),
}


class ProjectionPage(Page):
    """A projection: its live numbers, its condition, and orders that disturb it."""

    def __init__(self) -> None:
        super().__init__()
        self._path: ProjectionEntry | None = None
        self._partner: ProjectionEntry | None = None
        self._angles: tuple[ChannelInfo, ...] = ()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.heading = self.head("projection")
        self.role = toned("", "", wrap=True)
        self.shape = toned("", "muted", wrap=True)
        self.column.addWidget(self.role)
        self.column.addWidget(self.shape)
        self.condition = ConditionNote()
        self.column.addWidget(self.condition)
        self.partner = QPushButton()
        icon.tint(self.partner, "mirror")
        across = QHBoxLayout()
        across.addWidget(self.partner)
        across.addStretch()
        self.column.addLayout(across)
        self.table = Table()
        self.part("Values now", self.table)
        self.orders = Orders()
        self.part("What can be done to it", self.orders)
        self.measures = Values()
        self._measured = toned("Last measured", "heading")
        self.column.addSpacing(2)
        self.column.addWidget(self._measured)
        self.column.addWidget(self.measures)
        self.column.addStretch()

    def _connect(self) -> None:
        self.partner.clicked.connect(self._go_to_partner)
        self.orders.ordered.connect(self.ordered)

    def show_thing(
        self,
        spec: ExperimentSpec,
        entry: ExperimentEntry | None,
        pick: Pick,
    ) -> None:
        path = entry.projection(pick.name) if entry else None
        if entry is None or path is None:
            return
        if path != self._path:
            self.condition.show_condition(WHOLE)  # until the run says how it is
            self.orders.show_condition(WHOLE)
        self._path = path
        forward = path.mirrors or path.name
        self._partner = entry.projection(forward) if path.mirrors else entry.feedback_of(path.name)
        self.heading.show_words(path.name, TITLES[path.role])
        self.role.setText(role_of(path, self._partner))
        post, pre = path.shape
        self.shape.setText(
            f"{post:,} × {pre:,} (to × from): {post * pre:,} weights, "
            f"from {pre:,} units of {path.pre} to {post:,} of {path.post}."
        )
        self._show_rows(entry, forward)
        self._show_partner()
        self.orders.show_path(path, self._partner)

    def _show_rows(self, entry: ExperimentEntry, forward: str) -> None:
        assert self._path is not None  # noqa: S101  (told to the type checker)
        names = ["w", "dw"] + ["bias"] * self._path.biased
        self.table.set_columns([(name, *ROWS[name]) for name in names])
        hidden = (entry.projection(forward) or self._path).pre
        about = {forward, hidden}
        known = [info for info in entry.channels if info.metric in MEASURES and info.about in about]
        self._angles = tuple(sorted(known, key=lambda info: MEASURES.index(info.metric)))
        rows = [(info.name, words_of(info), info.help) for info in self._angles]
        self.measures.set_rows(rows)
        self.measures.setVisible(bool(rows))
        self._measured.setVisible(bool(rows))

    def _show_partner(self) -> None:
        self.partner.setVisible(self._partner is not None)
        if self._partner is not None:
            self.partner.setText(f"Show {self._partner.name}")
            self.partner.setToolTip(f"Inspect {self._partner.name}, its counterpart.")

    def wanted(self) -> Wanted:
        if self._path is None:
            return frozenset()
        name = self._path.name
        sums = [Summary(f"{name}.{row}") for row in ("w", "dw", *["bias"] * self._path.biased)]
        angles = (Curve(info.name, points=2) for info in self._angles)
        return frozenset([Conditions(), *sums, *angles])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._path is None:
            return
        condition = (snapshot.get(Conditions()) or {}).get(self._path.name)
        if condition is not None:
            self.condition.show_condition(condition)
            self.orders.show_condition(condition)
        for row in ROWS:
            self.table.show_statistics(row, snapshot.get(Summary(f"{self._path.name}.{row}")))
        for info in self._angles:
            curve = snapshot.get(Curve(info.name, points=2))
            if curve is not None and len(curve[1]):
                self.measures.show_value(info.name, _worded(float(curve[1][-1]), info.unit))

    def _go_to_partner(self) -> None:
        if self._partner is not None:
            self.picked.emit(Pick("projection", self._partner.name))


def role_of(path: ProjectionEntry, partner: ProjectionEntry | None) -> str:
    """What a projection is for, in words."""
    if path.role is Role.LATERAL:
        return f"Connects the units of {path.pre} with each other."
    if path.role is Role.INHIBITORY:
        return f"Inhibits {path.post} by what {path.pre} sends, through weights that never learn."
    if path.role is Role.FORWARD:
        up = f"Carries activity from {path.pre} up to {path.post}."
        if partner is None:
            return up
        return f"{up} {partner.name} stands in for its transpose on the way down."
    down = f"Carries errors from {path.pre} down to {path.post}."
    if path.mirrors is None:
        return down
    return f"{down} {path.name} stands in for {path.mirrors} transposed, which backprop would use."


def words_of(info: ChannelInfo) -> str:
    """A measure's name with what it is about: 'Update angle of h1'."""
    title = info.metric.replace("_", " ").capitalize()
    return f"{title} of {info.about}" if info.metric == "update_angle" else title


def _worded(value: float, unit: str) -> str:
    if unit == "°":
        return f"{value:.1f}°"
    return f"{number(value, 3)} {unit}".strip()
