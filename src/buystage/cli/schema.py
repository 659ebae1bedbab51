"""`buystage schema`."""

from enum import StrEnum
from typing import Annotated

import typer

from buystage.cli.session import Session, with_session

EXAMPLES = """
Example: `buystage schema deal > deal.schema.json`, then `# yaml-language-server: $schema=deal.schema.json` as the
first line of a deal gives completion and hover texts in editors.
"""

app = typer.Typer()


class Kind(StrEnum):
    """What there is a schema of."""

    PLAYBOOK = "playbook"
    SIGNALS = "signals"
    DEAL = "deal"
    CONFIG = "config"
    DIAGNOSIS = "diagnosis"
    REPORT = "report"


KindArgument = Annotated[Kind, typer.Argument(metavar="KIND", help="What the schema is of.")]


@app.command("schema", epilog=EXAMPLES)
@with_session
def schema(session: Session, kind: KindArgument) -> None:
    """Print the JSON Schema of a kind of file or of output."""
    from buystage.render.reference.schema import schema_text

    session.write(schema_text(kind.value))
