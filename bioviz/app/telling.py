"""What the window tells: one sentence, with buttons above the panels or without at the foot."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from ..ui.problem import ProblemBar
from .status_line import StatusLine


class Telling(QObject):
    """Puts what is told where it belongs; news with nothing to decide takes no room."""

    def __init__(self, above: ProblemBar, foot: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._above, self._foot = above, foot

    def tell(self, severity: str, text: str, actions: Any) -> None:
        """Say one sentence; `actions` are (words, callable), each a button that answers it."""
        if severity == "info" and not actions:
            self._foot.say(text)
            return
        self._above.show_problem(
            severity,  # type: ignore[arg-type]
            text,
            [(words, partial(self._answer, call)) for words, call in actions],
        )

    def tell_fault(self, fault: BaseException) -> None:
        """An unforeseen fault: one sentence; the log has its trace."""
        self.tell("error", f"Something in bioviz failed ({type(fault).__name__}: {fault}).", [])

    def settle(self) -> None:
        """What needed an answer no longer does."""
        self._above.dismiss()

    def _answer(self, call: Any) -> None:
        self._above.dismiss()
        call()
