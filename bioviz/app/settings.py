"""What the program remembers between starts: our own JSON, never a file of someone else's."""

from __future__ import annotations

import logging
import os
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, ValidationError

from ..core.parameter import Part

log = logging.getLogger(__name__)

LAYOUT_VERSION = 1  # grows when docks are added or renamed, so that an old layout is dropped
MOST_RECENT = 8
MOST_DATA = 200
MOST_COMMANDS = 12


class Layout(Part):
    """Where the panels lie, as Qt wrote it, with a checksum: bad bytes can crash Qt."""

    version: int
    crc: int
    state: str

    @classmethod
    def of(cls, state: bytes) -> Layout:
        return cls(
            version=LAYOUT_VERSION, crc=zlib.crc32(state), state=b64encode(state).decode("ascii")
        )

    def read(self) -> bytes | None:
        """The bytes, or None where they are of another version or damaged."""
        try:
            state = b64decode(self.state, validate=True)
        except ValueError:
            return None
        sound = self.version == LAYOUT_VERSION and zlib.crc32(state) == self.crc
        return state if sound else None


class Settings(Part):
    """Everything that is remembered."""

    theme: Literal["light", "dark", "system"] = "system"
    drawing: Literal["watch", "fast", "off"] = "watch"
    scale: int = Field(default=100, ge=80, le=250)  # of the interface, in per cent
    motion: Literal["system", "reduced", "full"] = "system"
    commands: tuple[str, ...] = ()  # that were chosen from the palette, the last one first
    recent: tuple[str, ...] = ()
    data: tuple[str, ...] = ()  # files of data that the user has chosen, the last one first
    layout: Layout | None = None
    geometry: tuple[int, int, int, int] | None = None
    maximised: bool = False

    def with_command(self, name: str) -> Settings:
        """A copy in which `name` is the command that was chosen last."""
        others = [other for other in self.commands if other != name]
        return self.model_copy(update={"commands": (name, *others)[:MOST_COMMANDS]})

    def with_recent(self, path: Path) -> Settings:
        """A copy in which `path` is the most recent file."""
        first = str(path.resolve())
        others = [name for name in self.recent if name != first]
        return self.model_copy(update={"recent": (first, *others)[:MOST_RECENT]})


def settings_path() -> Path:
    """Where the settings lie; BIOVIZ_CONFIG_DIR puts them elsewhere."""
    chosen = os.environ.get("BIOVIZ_CONFIG_DIR")
    home = Path(chosen) if chosen else platformdirs.user_config_path("bioviz", appauthor=False)
    return home / "settings.json"


def load_settings(path: Path) -> Settings:
    """Read the settings; a file that cannot be read is set aside as .bad and defaults are used."""
    try:
        return Settings.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Settings()
    except (OSError, ValidationError) as error:
        log.warning("Settings could not be read and start afresh: %s", error)
        _set_aside(path)
        return Settings()


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".~{path.name}.{os.getpid()}")
    temporary.write_text(settings.model_dump_json(indent=2), encoding="utf-8")
    temporary.replace(path)


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_suffix(".bad"))
    except OSError as error:
        log.warning("The unreadable settings could not be set aside: %s", error)
