"""The readable part of a session: JSON text to checked models and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from .. import __version__
from ..core.parameter import sentences
from .fault import SessionError
from .migrations import migrate
from .session import SCHEMA, Session

MOST_TEXT = 16 * 2**20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def encode(session: Session, states: Sequence[Any] | None = None) -> bytes:
    """A session as JSON text; `states` are the metas of its experiments' runs, or None."""
    data = session.model_dump(mode="json", by_alias=True)
    if states is not None:
        data["states"] = list(states)
    try:
        content = json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False).encode()
    except ValueError as error:
        raise SessionError("It holds a value that cannot be saved; restart it first.") from error
    if len(content) > MOST_TEXT:
        raise SessionError("Its panels' options or markers are too large to be saved.")
    return content


def decode(content: bytes, *, states: bool) -> tuple[Session, list[Any]]:
    """Read a session and, where the file may hold them, the metas of its runs."""
    data = _current(_plain(content))
    metas = data.pop("states", None) if states else None
    try:
        session = Session.model_validate(data)
    except ValidationError as error:
        raise SessionError(" ".join(sentences(error)[:3])) from error
    metas = [None] * len(session.experiments) if metas is None else metas
    if not isinstance(metas, list) or len(metas) != len(session.experiments):
        raise SessionError("It does not hold one state for each experiment.")
    return session, metas


def _plain(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_TEXT:
        raise SessionError("It is too large for a session without weights.")
    try:
        data = from_json(content.removeprefix(BYTE_ORDER_MARK), allow_inf_nan=False)
        json.dumps(data, allow_nan=False)  # refuses 1e999, which reads as infinity
    except ValueError as error:
        raise SessionError("It is not a bioviz session, or it is damaged.") from error
    if not isinstance(data, dict) or "schema" not in data:
        raise SessionError("It is not a bioviz session.")
    return data


def _current(data: dict[str, Any]) -> dict[str, Any]:
    schema = data["schema"]
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise SessionError("It is not a bioviz session: its format number makes no sense.")
    if schema > SCHEMA:
        raise SessionError(_newer(data, schema))
    return migrate(data, SCHEMA)


def _newer(data: dict[str, Any], schema: int) -> str:
    told = data.get("provenance")
    writer = told.get("bioviz") if isinstance(told, dict) else None
    by = f"bioviz {writer[:40]}" if isinstance(writer, str) else "a newer bioviz"
    return (
        f"It was saved by {by} in format {schema}; this is bioviz {__version__}, which reads "
        f"formats up to {SCHEMA}. Update bioviz to open it."
    )
