"""Where films are encoded: the program ffmpeg, as a child process, where there is one."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import subprocess  # the encoder is a program of its own
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from ..session.fault import SessionError

MISSING = (
    "There is no encoder for MP4 on this computer. Install ffmpeg, or bioviz with its extra: "
    "pip install 'bioviz[video]'."
)
NONE = f"{MISSING} A GIF needs neither: let the file's name end in .gif."
TOLD = 300  # letters of what the encoder says


def encoder() -> str | None:
    """The path of an encoder: that of the package imageio-ffmpeg, or one on the PATH."""
    if importlib.util.find_spec("imageio_ffmpeg") is not None:
        try:
            return str(importlib.import_module("imageio_ffmpeg").get_ffmpeg_exe())
        except RuntimeError:  # the package is there without its program
            return shutil.which("ffmpeg")
    return shutil.which("ffmpeg")


def encode(
    pictures: Iterable[np.ndarray], size: tuple[int, int], fps: float, out: Path, about: str = ""
) -> None:
    """Write pictures (height, width, 3) of uint8 as MP4; SessionError says what went wrong.

    `about` is a comment in the file: what made it.
    """
    program = encoder()
    if program is None:
        raise SessionError(NONE)
    process = subprocess.Popen(  # noqa: S603  (a fixed command; no shell)
        _command(program, size, fps, out, about),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no black box on Windows
    )
    assert process.stdin is not None  # noqa: S101  (told to the type checker)
    try:
        for picture in pictures:
            process.stdin.write(np.ascontiguousarray(picture).tobytes())
        _, said = process.communicate()
    except BrokenPipeError:  # it has ended by itself, and says why
        _, said = process.communicate()
    except BaseException:  # cancelled, or no frame could be drawn
        process.kill()
        process.communicate()
        raise
    if process.returncode:
        words = said.decode(errors="replace").strip()[-TOLD:]
        raise SessionError(f"The encoder could not write the film: {words or 'it did not say why'}")


def _command(program: str, size: tuple[int, int], fps: float, out: Path, about: str) -> list[str]:
    """One that plays everywhere; without dates, so that the same film is the same file."""
    wide, high = size
    given = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{wide}x{high}", "-r", f"{fps:g}"]
    kept = ["-an", "-c:v", "libx264", "-crf", "18", "-preset", "medium", "-pix_fmt", "yuv420p"]
    made_of = ["-map_metadata", "-1", "-metadata", f"comment={about}"]
    plain = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart"]
    quiet = ["-hide_banner", "-loglevel", "error", "-y"]
    return [program, *quiet, *given, "-i", "-", *kept, *made_of, *plain, str(out)]
