"""`buystage config show`."""

import os

import typer

from buystage.cli.session import Session, with_session

app = typer.Typer(name="config", help="Read the settings.", no_args_is_help=True)


@app.command("show", epilog="Example: `buystage config show`")
@with_session
def show(session: Session) -> None:
    """Show every setting in use, and where it comes from: a flag, the environment, a file, or what ships."""
    from buystage.deals.crm_words import check_stage_words
    from buystage.library.playbooks import check_chosen, load_shelf
    from buystage.render.reference.settings import settings_screen

    check_chosen(session.settings)
    check_stage_words(session.settings, load_shelf(session.settings.playbooks))
    named_by = "--lang" if session.names_language else "BUYSTAGE_LANG" if os.environ.get("BUYSTAGE_LANG") else None
    session.show(settings_screen(session.settings, session.language, named_by))
