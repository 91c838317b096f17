"""`bioviz data FILE`: say what a file of your own holds, and make a network that learns it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .column import echo_json
from .end import USAGE, End
from .trust import option

if TYPE_CHECKING:
    from ..tasks.own_data import OwnDataParams

HIDDEN = 64  # units of the network that is written
EPOCHS = 50  # after which it stops

HELP = """Read FILE and say what was found: a table (CSV), NumPy arrays (NPZ), IDX files, or a
folder of pictures with one sub-folder for each class.

\b
  bioviz data flowers.csv                                 an account of it
  bioviz data flowers.csv --label kind --out flowers.json and a network that learns it
  bioviz run flowers.json                                 which is trained like any other
"""


@click.command(help=HELP, short_help="Say what a file of your own data holds.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--label", default="", metavar="COLUMN", help="The column (name or number) or file of labels."
)
@click.option(
    "--target",
    type=click.Choice(["auto", "classes", "numbers"]),
    default="auto",
    help="Whether labels name classes, or are numbers to be met.",
)
@click.option(
    "--scaling",
    type=click.Choice(["range", "standard", "none"]),
    default="standard",
    help="0 to 1 by range, mean 0 and deviation 1, or as they are.",
)
@click.option("--test", type=click.FloatRange(0.01, 0.9), default=0.2, help="Fraction held out.")
@click.option(
    "--split-seed", type=click.IntRange(0, 2**31 - 1), default=0, help="Which ones are held out."
)
@click.option(
    "--size", "side", type=click.IntRange(4, 128), default=28, help="Pixels along pictures' sides."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a network here (.json)."
)
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
def data(file: Path, out: Path | None, as_json: bool, **wish: Any) -> None:
    """Its help text is HELP."""
    from ..tasks._account import account_of
    from ..tasks.own_data import OwnDataParams, described, read_table
    from .progress import shown

    if out is not None and out.suffix.lower() != ".json":
        raise End(f"--out '{out}': a network without weights is a .json file.", USAGE)
    path = file.absolute()
    with shown() as tell:
        table = read_table(path, label=wish["label"], side=wish["side"], progress=tell)
    params = described(table, OwnDataParams(path=str(path), **wish))
    account = account_of(table, params)
    if as_json:
        echo_json(account.facts())
    else:
        click.echo("\n".join(account.sentences()))
    if out is not None:
        _write(out, params)


def _write(out: Path, params: OwnDataParams) -> None:
    """Save a network that learns the data by feedback alignment."""
    from ..core.choose import choose_task
    from ..core.spec import parse
    from ..session.file import Saved, save
    from ..session.session import About, Session

    layers = [("input", 2, "linear"), ("h1", HIDDEN, "tanh"), ("output", 2, "softmax")]
    plain = {
        "network": {"layers": [{"name": n, "size": s, "unit": u} for n, s, u in layers]},
        "rule": {"key": "feedback_alignment"},
        "task": {"key": "two_moons"},
        "stop": {"epochs": EPOCHS},
    }
    spec, _ = choose_task(parse(plain), "own_data", params)
    about = About(
        title=f"Feedback alignment on {params.name}",
        question="Can a network learn these data when its errors travel back through random wires?",
    )
    save(out, Saved(Session(schema=1, about=about, experiments=(spec,)), [None]))
    click.echo(
        f"Train it with `bioviz run {out}{option([spec], out)}`, or open it: `bioviz {out}`.",
        err=True,
    )
