"""What a number may be, as a field of a model says."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic.fields import FieldInfo

from .word import typed


@dataclass(frozen=True)
class Limits:
    """What a number may be; `say` words it."""

    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    lt: float | None = None

    @classmethod
    def of(cls, info: FieldInfo) -> Limits:
        names = ("ge", "gt", "le", "lt")
        found = {n: getattr(m, n) for m in info.metadata for n in names if hasattr(m, n)}
        return cls(**found)

    def allow(self, value: float) -> bool:
        return not (
            (self.ge is not None and value < self.ge)
            or (self.gt is not None and value <= self.gt)
            or (self.le is not None and value > self.le)
            or (self.lt is not None and value >= self.lt)
        )

    @property
    def positive(self) -> bool:
        """True where a value below zero has no meaning."""
        return (self.ge is not None and self.ge >= 0) or (self.gt is not None and self.gt >= 0)

    def say(self) -> str:
        words = (
            ("at least", self.ge),
            ("above", self.gt),
            ("at most", self.le),
            ("below", self.lt),
        )
        return " and ".join(f"{word} {typed(end)}" for word, end in words if end is not None)
