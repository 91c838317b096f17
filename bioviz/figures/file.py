"""Figures as files: PNG, SVG and PDF, whole or not at all, and the same bytes every time."""

from __future__ import annotations

import io
import re
from functools import partial
from pathlib import Path
from typing import IO, Any

from .. import __version__
from ..session.atomic import write_file
from .look import WHITE, Look
from .preset import FORMATS, Format, Preset
from .spec import FigureSpec

MOST_BYTES = 300_000  # of an SVG: larger ones are slow in every program that edits them
DETAILS = (1.0, 0.6, 0.35, 0.2, 0.1)  # tried one after the other until it is small enough
COARSE = {"svg": 200.0, "pdf": 300.0}  # at most so many dpi for the pictures inside
FONTS = "'DejaVu Sans', Verdana, Arial, sans-serif"  # where the first is missing, one as wide


def save(
    spec: FigureSpec,
    path: Path,
    preset: Preset,
    form: Format | None = None,
    look: Look = WHITE,
    *,
    outlines: bool = False,
    fine: bool = False,
) -> None:
    """Write a figure to `path`; SessionError says in words why it could not be written.

    The format is that of the path's ending where none is given.
    """
    chosen = form or format_of(path)
    content = render(spec, preset, chosen, look, outlines=outlines, fine=fine)
    write_file(path, partial(_put, content))


def _put(content: bytes, stream: IO[bytes]) -> None:
    stream.write(content)


def format_of(path: Path) -> Format:
    """The format that a file's ending stands for; ValueError in words where it stands for none."""
    ending = path.suffix.lower().removeprefix(".")
    for form in FORMATS:
        if ending == form:
            return form
    raise ValueError(f"'{path.name}' must end in .png, .svg or .pdf.")


def render(
    spec: FigureSpec,
    preset: Preset,
    form: Format,
    look: Look = WHITE,
    *,
    outlines: bool = False,
    fine: bool = False,
    dpi: float | None = None,
) -> bytes:
    """A figure as the bytes of a file; `outlines` turns the text of SVG and PDF into shapes.

    `fine` takes the larger of two PNG sizes, and `dpi` any other, as for a preview.
    """
    if form == "png":
        own = preset.fine if fine and preset.fine else preset.dpi
        return _render(spec, preset, form, look, dpi or own, 1.0, outlines)
    content = b""
    for detail in DETAILS:
        dots = min(preset.dpi, COARSE[form]) * (1.0 if detail > 0.5 else 0.6)
        content = _render(spec, preset, form, look, dots, detail, outlines)
        if form == "pdf" or len(content) < MOST_BYTES:
            break
    return content


def _render(
    spec: FigureSpec,
    preset: Preset,
    form: Format,
    look: Look,
    dpi: float,
    detail: float,
    outlines: bool,
) -> bytes:
    from .draw import draw, drawing

    settings: dict[str, Any] = {"svg.fonttype": "path" if outlines else "none"}
    stream = io.BytesIO()
    with drawing(**settings):
        figure = draw(spec, preset, look, vector=form != "png", detail=detail)
        if outlines and form == "pdf":
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
