"""How edits are worded for the undo menu."""

from __future__ import annotations

from ..core.parameter import Part


def said(before: Part, after: Part, what: str = "settings") -> str:
    """Word the difference of two parts of one kind: 'Change learning rate'."""
    changed = [name for name, value in after if value != getattr(before, name, None)]
    if len(changed) != 1:
        return f"Change {what}"
    return f"Change {title_of(after, changed[0])}"


def title_of(part: Part, name: str) -> str:
    """A parameter's title as it stands inside a sentence."""
    title = type(part).model_fields[name].title or name.replace("_", " ")
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
