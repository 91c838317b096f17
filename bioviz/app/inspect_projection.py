"""The inspector's page of a projection: where it leads, how large its weights are, its angles."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from ..core.catalogue import ExperimentEntry, ProjectionEntry
from ..core.intervention import CopyTranspose, Redraw
from ..core.probe import ChannelInfo
from ..core.projection import Role
from ..core.request import Curve, Summary
from ..core.snapshot import Snapshot, Wanted
from ..core.spec import ExperimentSpec
from ..ui import icon
from ..ui.label import Flow, toned
from ..ui.panel import Pick
from .inspect_page import Page, Table, Values, compact

TITLES = {
    Role.FORWARD: "Forward weights",
    Role.FEEDBACK: "Feedback weights",
    Role.LATERAL: "Lateral weights",
}
MEASURES = ("weight_angle", "update_angle", "norm_ratio", "feedback_agreement")
ROWS = {
    "w": ("Weights", "All weights of the projection as they are now."),
    "dw": ("Change", "What the last trial added to each weight."),
    "bias": ("Biases", "The constant input of each unit that the projection leads to."),
}


class ProjectionPage(Page):
    """A projection; a feedback path can be drawn again or made the exact transpose."""

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
        self.partner = QPushButton()
        icon.tint(self.partner, "mirror")
        self.redraw = QPushButton("Draw again")
        icon.tint(self.redraw, "noise")
        self.copy = QPushButton()
        icon.tint(self.copy, "copy")
        buttons = QWidget()
        flow = Flow(gap=6, line_gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        buttons.setLayout(flow)
        for button in (self.partner, self.redraw, self.copy):
            flow.addWidget(button)
        self.table = Table()
        self.part("Values now", self.table)
        self.measures = Values()
        self._measured = toned("Last measured", "heading")
        self.column.addSpacing(2)
        self.column.addWidget(self._measured)
        self.column.addWidget(self.measures)
        self._orders = toned("What can be done to it", "heading")
        self.column.addSpacing(2)
        self.column.addWidget(self._orders)
        self.column.addWidget(buttons)
        self.column.addStretch()

    def _connect(self) -> None:
        self.partner.clicked.connect(self._go_to_partner)
        self.redraw.clicked.connect(self._redraw)
        self.copy.clicked.connect(self._copy)

    def show_thing(
        self,
        spec: ExperimentSpec,
        entry: ExperimentEntry | None,
        pick: Pick,
    ) -> None:
        path = entry.projection(pick.name) if entry else None
        if entry is None or path is None:
            return
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
        self._show_buttons()

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

    def _show_buttons(self) -> None:
        assert self._path is not None  # noqa: S101  (told to the type checker)
        name, partner = self._path.name, self._partner
        feedback = self._path.role is Role.FEEDBACK
        self._orders.setVisible(feedback)
        self.redraw.setVisible(feedback)
        self.copy.setVisible(feedback and partner is not None)
        self.partner.setVisible(partner is not None)
        if partner is not None:
            self.partner.setText(f"Show {partner.name}")
            self.partner.setToolTip(f"Inspect {partner.name}, its counterpart.")
            self.copy.setText(f"Copy {partner.name}ᵀ")
            self.copy.setAccessibleName(f"Copy {partner.name} transposed")
            self.copy.setToolTip(transport_tip(name, partner.name))
        self.redraw.setToolTip(
            f"Draws {name} anew at random, as before learning. The forward weights had lined up "
            f"with the old {name}: watch the weight angle go back to 90° and fall again.\n"
            "A brain could do this: random wiring needs no knowledge of other synapses."
        )

    def wanted(self) -> Wanted:
        if self._path is None:
            return frozenset()
        name = self._path.name
        sums = [Summary(f"{name}.{row}") for row in ("w", "dw", *["bias"] * self._path.biased)]
        return frozenset([*sums, *(Curve(info.name, points=2) for info in self._angles)])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._path is None:
            return
        for row in ROWS:
            self.table.show_statistics(row, snapshot.get(Summary(f"{self._path.name}.{row}")))
        for info in self._angles:
            curve = snapshot.get(Curve(info.name, points=2))
            if curve is not None and len(curve[1]):
                self.measures.show_value(info.name, _worded(float(curve[1][-1]), info.unit))

    def _go_to_partner(self) -> None:
        if self._partner is not None:
            self.picked.emit(Pick("projection", self._partner.name))

    def _redraw(self) -> None:
        if self._path is not None:
            self.ordered.emit(Redraw(self._path.name))

    def _copy(self) -> None:
        if self._path is not None:
            self.ordered.emit(CopyTranspose(self._path.name))


def role_of(path: ProjectionEntry, partner: ProjectionEntry | None) -> str:
    """What a projection is for, in words."""
    if path.role is Role.LATERAL:
        return f"Connects the units of {path.pre} with each other."
    if path.role is Role.FORWARD:
        up = f"Carries activity from {path.pre} up to {path.post}."
        if partner is None:
            return up
        return f"{up} {partner.name} stands in for its transpose on the way down."
    down = f"Carries errors from {path.pre} down to {path.post}."
    if path.mirrors is None:
        return down
    return f"{down} {path.name} stands in for {path.mirrors} transposed, which backprop would use."


def transport_tip(name: str, forward: str) -> str:
    """What copying the transpose means for plausibility."""
    return (
        f"Makes {name} the exact transpose of {forward} at this moment, as backprop assumes: the "
        "weight angle falls to 0°.\n"
        "No brain is known to do this (weight transport): each feedback synapse would have to "
        "know the strength of a forward one elsewhere."
    )


def words_of(info: ChannelInfo) -> str:
    """A measure's name with what it is about: 'Update angle of h1'."""
    title = info.metric.replace("_", " ").capitalize()
    return f"{title} of {info.about}" if info.metric == "update_angle" else title


def _worded(value: float, unit: str) -> str:
    if unit == "°":
        return f"{value:.1f}°"
    return f"{compact(value)} {unit}".strip()
