"""Faults that a person can act on: every message is a sentence that says what to do."""

from __future__ import annotations


class BiovizError(Exception):
    """A fault whose message is written for the user."""


class SpecError(BiovizError):
    """A description that cannot be built; `problems` holds one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class AddressError(BiovizError, KeyError):
    """An address that names nothing in this network."""

    def __str__(self) -> str:
        return str(self.args[0])


class DataMissing(BiovizError):  # noqa: N818  (it names the state, as the message does)
    """Data that are not on this machine, or that cannot be read as they were described.

    `fetch` is the key of the task whose data set can be downloaded, and `path` the user's own file
    that is missing, unreadable or another one than before: what would mend it.
    """

    def __init__(self, message: str, *, fetch: str | None = None, path: str | None = None) -> None:
        super().__init__(message)
        self.fetch = fetch
        self.path = path


class FileError(BiovizError):
    """A file that cannot be read or written as asked: a session, an archive or an array."""


LOWER = "Lower the learning rate and restart"


class Diverged(BiovizError):  # noqa: N818
    """A number stopped being finite, or ran away: says which array and at which trial."""

    def __init__(
        self, address: str, trial: int, kept: int, reason: str, advice: str = LOWER
    ) -> None:
        super().__init__(
            f"Training diverged at trial {trial:,}: {address} {reason}. "
            f"{advice}, or go back to trial {kept:,}, "
            "the last healthy state, which is kept."
        )
        self.address = address
        self.trial = trial
        self.kept = kept
