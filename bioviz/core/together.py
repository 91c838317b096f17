"""Several interventions as one, so that one undo takes back what one click did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .intervention import Intervention

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class Together(Intervention):
    """Carries out `parts` in order; they are taken back in the opposite order."""

    parts: tuple[Intervention, ...]
    words: str

    def apply(self, experiment: Experiment) -> Intervention:
        inverse = [part.apply(experiment) for part in self.parts]
        return Together(tuple(reversed(inverse)), self.words)

    @property
    def text(self) -> str:
        return self.words
