"""What a session file can get wrong, said in one sentence that tells what to do."""

from __future__ import annotations

from ..core.fault import FileError

SessionError = FileError  # zip files and arrays are read by the core, which knows no sessions
