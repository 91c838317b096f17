"""Where the gallery and the icons lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def folder(kind: str) -> Path:
    """Return the folder of `kind` ("networks" or "icons").

    A checkout's own folder comes first: an editable install leaves a stale copy in site-packages.
    """
    beside = PACKAGE.parent
    if (beside / "pyproject.toml").is_file() and (beside / kind).is_dir():
        return beside / kind
    inside = PACKAGE / kind
    if inside.is_dir():
        return inside
    raise FileNotFoundError(f"bioviz is installed without its {kind!r} folder; install it again.")
