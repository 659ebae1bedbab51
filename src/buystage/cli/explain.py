"""`buystage explain`."""

from typing import Annotated

import typer

from buystage.cli.inputs import end, readable_shelf
from buystage.cli.session import Session, with_session
from buystage.errors import UsageError
from buystage.library.shipped import builtin_signals

EXAMPLES = """
Examples:

- `buystage explain`
- `buystage explain requirements_agreed`
"""

app = typer.Typer()


def _ids(incomplete: str) -> list[str]:

    return [signal for signal in builtin_signals() if signal.startswith(incomplete)]


IdArgument = Annotated[
    str | None,
    typer.Argument(metavar="ID", help="A signal, state, rule or action.", show_default=False, autocompletion=_ids),
]


@app.command("explain", epilog=EXAMPLES)
@with_session
def explain(session: Session, id_: IdArgument = None) -> None:
    """Explain a signal, a state, a rule or an action, or list them all."""
    from buystage.files.validation import unknown
    from buystage.library.discovery import found_playbooks
    from buystage.render.reference.explanation import everything, explained, explained_rule, names

    if id_ and (rule := explained_rule(id_, session.settings.rules, session.language)):
        session.show(*rule)
        return
    shelf, code = readable_shelf(session, tuple(found_playbooks()))
    if id_ is None:
        session.show(everything(shelf, session.language))
        end(code)
        return
    found = explained(id_, shelf, session.language)
    if not found:
        raise UsageError(unknown("unknown_term", id_, names(shelf), "list_terms"))
    session.show(*found)
    end(code)
