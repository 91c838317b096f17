"""What a session file can get wrong, said in one sentence that tells what to do."""

from __future__ import annotations

from ..core.fault import BiovizError


class SessionError(BiovizError):
    """A file that cannot be read, written or continued; the message is written for the user."""
