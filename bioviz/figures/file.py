"""Figures as files: PNG, SVG and PDF, whole or not at all, and the same bytes every time."""

from __future__ import annotations

import io
import re
from functools import partial
from pathlib import Path
from typing import IO, Any

from .. import __version__
from ..session.atomic import write_file
from .preset import FORMATS, Format
from .sheet import Sheet
from .spec import FigureSpec

MOST_BYTES = 300_000  # of an SVG: larger ones are slow in every program that edits them
DETAILS = (1.0, 0.6, 0.35, 0.2, 0.1)  # tried one after the other until it is small enough
COARSE = {"svg": 200.0, "pdf": 300.0}  # at most so many dpi for the pictures inside
FONTS = "'DejaVu Sans', Verdana, Arial, sans-serif"  # where the first is missing, one as wide


def save(spec: FigureSpec, path: Path, sheet: Sheet) -> None:
    """Write a figure to `path`; SessionError says in words why it could not be written."""
    write_file(path, partial(_put, render(spec, sheet)))


def _put(content: bytes, stream: IO[bytes]) -> None:
    stream.write(content)


def format_of(path: Path) -> Format:
    """The format that a file's ending stands for; ValueError in words where it stands for none."""
    ending = path.suffix.lower().removeprefix(".")
    for form in FORMATS:
        if ending == form:
            return form
    raise ValueError(f"'{path.name}' must end in .png, .svg or .pdf.")


def render(spec: FigureSpec, sheet: Sheet) -> bytes:
    """A figure as the bytes of a file."""
    if sheet.form == "png":
        return _render(spec, sheet, sheet.dots, 1.0)
    content = b""
    for detail in DETAILS:
        dots = min(sheet.preset.dpi, COARSE[sheet.form]) * (1.0 if detail > 0.5 else 0.6)
        content = _render(spec, sheet, dots, detail)
        if sheet.form == "pdf" or len(content) < MOST_BYTES:
            break
    return content


def _render(spec: FigureSpec, sheet: Sheet, dpi: float, detail: float) -> bytes:
    from .draw import draw, drawing

    form = sheet.form
    settings: dict[str, Any] = {"svg.fonttype": "path" if sheet.outlines else "none"}
    stream = io.BytesIO()
    with drawing(**settings):
        figure = draw(spec, sheet.preset, sheet.look, vector=form != "png", detail=detail)
        if sheet.outlines and form == "pdf":
            _outline(figure)
        figure.savefig(stream, format=form, dpi=dpi, metadata=_metadata(spec, form))
        figure.clear()
    content = stream.getvalue()
    return _tidy(content) if form == "svg" else content


def _metadata(spec: FigureSpec, form: Format) -> dict[str, Any]:
    """What the file says of itself: title, rule, data, seed, step and version; no date."""
    maker = f"bioviz {spec.facts.get('version', __version__)}"
    told = "; ".join(f"{key}: {value}" for key, value in spec.facts.items())
    if form == "png":
        own = {key.capitalize(): value for key, value in spec.facts.items()}
        return {"Title": spec.title, "Software": maker, "Description": told, **own}
    if form == "svg":
        return {"Title": spec.title, "Creator": maker, "Description": told, "Date": None}
    dates = {"CreationDate": None, "ModDate": None}
    return {"Title": spec.title, "Creator": maker, "Subject": told, **dates}


def _tidy(content: bytes) -> bytes:
    """Name fonts that other programs have too, and leave digits out that nobody can see."""
    text = content.decode()
    text = text.replace("'DejaVu Sans'", FONTS)
    return _DRAWN.sub(_rounded, text).encode()


_DRAWN = re.compile(r' (?:d|x|y|transform)="[^"]*\d\.\d{4,}[^"]*"', re.DOTALL)
_LONG = re.compile(r"(\d+\.\d{2})\d+")


def _rounded(found: re.Match[str]) -> str:
    if "scale" in found[0] or "matrix" in found[0]:  # of letters and pictures: digits matter
        return found[0]
    return _LONG.sub(r"\1", found[0])


def _outline(figure: Any) -> None:
    """Turn text into shapes, as PDF has no setting for it."""
    from matplotlib.patheffects import Normal
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        text.set_path_effects([Normal()])
