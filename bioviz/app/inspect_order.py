"""What can be done to a projection of the live run: a button each, with how much beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from ..core.catalogue import ProjectionEntry
from ..core.intervention import CopyTranspose, Freeze, Intervention, Redraw
from ..core.perturbation import AddNoise, FlipSigns, Prune, Scale
from ..core.projection import Role
from ..core.request import Condition
from ..figures.condition import WHOLE
from ..ui import icon
from ..ui.choice import ChoiceEdit
from ..ui.limits import Limits
from ..ui.number import NumberEdit
from .remark import Remark

WHICH = {False: "weakest", True: "random"}
LEAST = 100  # pixels: the longest words, and a column of the narrowest inspector


class Orders(QWidget):
    """Buttons for every intervention on one projection; each can be undone."""

    ordered = Signal(object)  # an Intervention

    def __init__(self) -> None:
        super().__init__()
        self._path: ProjectionEntry | None = None
        self._condition = WHOLE
        self._build()
        self._connect()

    def _build(self) -> None:
        self.freeze = QPushButton("Freeze")
        self.freeze.setCheckable(True)
        icon.tint(self.freeze, "lock")
        self.flip = QPushButton("Flip signs")
        self.redraw = QPushButton("Draw again")
        self.copy = QPushButton("Copy Wᵀ")
        self.scale = QPushButton("Scale")
        self.noise = QPushButton("Add noise")
        self.prune = QPushButton("Prune")
        self.factor = NumberEdit(Limits(ge=0, le=100), "factor", "×")
        self.sigma = NumberEdit(Limits(gt=0, le=1000), "noise", "%")
        self.part = NumberEdit(Limits(gt=0, le=100), "part to prune", "%")
        self.which = ChoiceEdit(WHICH)
        for field, value in ((self.factor, 2.0), (self.sigma, 10.0), (self.part, 30.0)):
            field.set_value(value)
        self.remark = Remark()
        self._lay_out()

    def _lay_out(self) -> None:
        """Two columns: orders beside each other, then each order that has an amount beside it."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        rows: tuple[tuple[QWidget | None, QWidget], ...] = (
            (self.freeze, self.flip),
            (self.redraw, self.copy),
            (self.scale, self.factor),
            (self.noise, self.sigma),
            (self.prune, self.part),
            (None, self.which),
        )
        for line, row in enumerate(rows):
            for place, widget in enumerate(row):
                if widget is not None:
                    wide, high = QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
                    widget.setSizePolicy(wide, high)  # both columns take the same room
                    grid.addWidget(widget, line, place)
        for place in range(2):
            grid.setColumnStretch(place, 1)
            grid.setColumnMinimumWidth(place, LEAST)
        grid.addWidget(self.remark, len(rows), 0, 1, 2)

    def _connect(self) -> None:
        self.freeze.clicked.connect(self._freeze)
        self.flip.clicked.connect(self._flip)
        self.redraw.clicked.connect(self._redraw)
        self.copy.clicked.connect(self._copy)
        self.scale.clicked.connect(self._scale)
        self.noise.clicked.connect(self._add_noise)
        self.prune.clicked.connect(self._prune)
        for field in (self.factor, self.sigma, self.part):
            field.rejected.connect(self._complain)

    def show_path(self, path: ProjectionEntry, partner: ProjectionEntry | None) -> None:
        """Offer what can be done to `path`; what cannot says why."""
        if path != self._path:
            self.remark.say(path.why_fixed)
        self._path = path
        copied = path.role is Role.FEEDBACK and partner is not None
        self.copy.setVisible(copied)
        self.copy.setText(f"Copy {partner.name}ᵀ" if partner and copied else "Copy Wᵀ")
        reasons: dict[QWidget, str] = {
            self.freeze: path.why_not_frozen,
            self.redraw: path.why_not_drawn,
        }
        for widget, name, tip in self._named(path, partner):
            widget.setAccessibleName(name)
            why = path.why_fixed or reasons.get(widget, "")
            widget.setToolTip(why or tip)
            widget.setEnabled(not why)

    def show_condition(self, condition: Condition) -> None:
        """Let the toggle say what is so, whatever was pressed."""
        self._condition = condition
        self.freeze.setChecked(condition.frozen)
        self.freeze.setText("Frozen" if condition.frozen else "Freeze")

    def _named(
        self, path: ProjectionEntry, partner: ProjectionEntry | None
    ) -> list[tuple[QWidget, str, str]]:
        """Each control's accessible name and what it does, with what to watch."""
        name, watch = path.name, watch_words(path)
        transposed = f"Copy {partner.name} transposed" if partner else "Copy W transposed"
        return [
            (self.freeze, f"Freeze {name}", freeze_tip(path)),
            (self.flip, f"Flip the signs of {name}", flip_tip(path)),
            (self.redraw, f"Draw {name} again", redraw_tip(path)),
            (self.copy, transposed, transport_tip(name, partner.name if partner else "W")),
            (self.scale, f"Scale {name}", f"Multiplies every weight of {name}. {watch[0]}"),
            (self.factor, "Factor", "What every weight is multiplied by; 0 silences all of them."),
            (
                self.noise,
                f"Add noise to {name}",
                f"Adds a random number to every weight of {name}, the same for the same seed. "
                f"{watch[1]}",
            ),
            (self.sigma, "Noise", "Standard deviation of the noise, in percent of the RMS weight."),
            (
                self.prune,
                f"Prune {name}",
                f"Removes a part of the weights that {name} still has; they stay zero, and only "
                f"the others learn on. {watch[1]}",
            ),
            (self.part, "Part to prune", "How much of the weights that are left is removed."),
            (
                self.which,
                "Which weights to prune",
                "Weakest: those of least magnitude. Random: any, whatever their size.",
            ),
        ]

    # ---- ordering --------------------------------------------------------------------------

    def _order(self, order: Intervention) -> None:
        self.ordered.emit(order)

    def _freeze(self) -> None:
        if self._path is not None:
            self._order(Freeze(self._path.name, not self._condition.frozen))

    def _flip(self) -> None:
        if self._path is not None:
            self._order(FlipSigns(self._path.name))

    def _redraw(self) -> None:
        if self._path is not None:
            self._order(Redraw(self._path.name))

    def _copy(self) -> None:
        if self._path is not None:
            self._order(CopyTranspose(self._path.name))

    def _scale(self) -> None:
        if self._path is not None and self._sound(self.factor):
            self._order(Scale(self._path.name, self.factor.value()))

    def _add_noise(self) -> None:
        if self._path is not None and self._sound(self.sigma):
            self._order(AddNoise(self._path.name, self.sigma.value() / 100))

    def _prune(self) -> None:
        if self._path is not None and self._sound(self.part):
            self._order(Prune(self._path.name, self.part.value() / 100, self.which.value()))

    def _sound(self, field: NumberEdit) -> bool:
        """Take what stands in a field, also where Enter was not pressed; False if it is wrong."""
        field.finish()
        return not field.property("wrong")

    def _complain(self, reason: str) -> None:
        self.remark.say(reason, "error")


def freeze_tip(path: ProjectionEntry) -> str:
    biases = "neither its weights nor its biases" if path.biased else "none of its weights"
    return (
        f"Holds {path.name} still: learning changes {biases} until it is pressed again. "
        "Watch whether the loss still falls: the other projections go on learning around it."
    )


def flip_tip(path: ProjectionEntry) -> str:
    """What turning the signs over does, and what to watch."""
    if path.role is Role.INHIBITORY:
        return (
            f"Turns every weight of {path.name} to its negative: what inhibited now does the "
            "opposite. Watch rates rise."
        )
    if path.role is Role.FEEDBACK:
        return (
            f"Turns every weight of {path.name} to its negative: a weight angle of 60° becomes "
            "120° at once, and errors teach the wrong way round. Watch the loss rise, and the "
            "forward weights come into line with the new signs."
        )
    return (
        f"Turns every weight of {path.name} to its negative. Watch the loss jump and fall again, "
        "and the weight angle where there is feedback."
    )


def redraw_tip(path: ProjectionEntry) -> str:
    """What drawing anew does, and what to watch."""
    if path.role is Role.FEEDBACK:
        return (
            f"Draws {path.name} anew at random, as before learning; pruned weights stay away. The "
            f"forward weights had lined up with the old {path.name}: watch the weight angle go "
            "back to 90° and fall again.\n"
            "A brain could do this: random wiring needs no knowledge of other synapses."
        )
    return (
        f"Draws {path.name} anew at random, as before learning, and sets its biases to 0; pruned "
        "weights stay away. Watch the loss jump, and how soon learning makes good what was lost."
    )


def transport_tip(name: str, forward: str) -> str:
    """What copying the transpose means for plausibility."""
    return (
        f"Makes {name} the exact transpose of {forward} at this moment, as backprop assumes: the "
        "weight angle falls to 0°.\n"
        "No brain is known to do this (weight transport): each feedback synapse would have to "
        "know the strength of a forward one elsewhere."
    )


def watch_words(path: ProjectionEntry) -> tuple[str, str]:
    """What to watch once the weights are scaled, and once they are disturbed."""
    if path.role is Role.FEEDBACK:
        return (
            "The weight angle stays, as it is of directions: watch the norm ratio, and how fast "
            "the layers below learn.",
            "Watch the weight angle rise, and the forward weights follow.",
        )
    if path.role is Role.INHIBITORY:
        rates = f"Watch the rates of {path.post}, and whether learning finds new weights for them."
        return rates, rates
    return "Watch the loss.", "Watch the loss jump, and learning repair it."
