"""`buystage after`."""

from typing import Annotated

import typer

from buystage.cli import options as o
from buystage.cli.diagnose_options import DiagnoseOptions, check_day, check_source
from buystage.cli.inputs import chosen_shelf
from buystage.cli.session import Session, with_session
from buystage.errors import Problem, UsageError

EXAMPLES = "Example: `buystage after deals/acme.yaml --source 'call with Ann Lee'`"

app = typer.Typer()

DealArgument = Annotated[str, typer.Argument(metavar="DEAL", help="A deal file.")]


@app.command("after", epilog=EXAMPLES)
@with_session
def after(
    session: Session, deal: DealArgument, playbook: o.PlaybookOption = None, source: o.SourceOption = None
) -> None:
    """Ask after a call what it was to settle, and save the answers.

    These are the questions that `diagnose` recommends for the call; then it shows where the customer is now.
    """
    from buystage.cli.conversation import Conversation
    from buystage.cli.inputs import read_deal
    from buystage.cli.keeping import append
    from buystage.cli.results import print_result
    from buystage.diagnosis import diagnose as domain
    from buystage.language import say
    from buystage.terminal.console import can_ask

    if deal == o.STDIN or not can_ask():
        raise UsageError(Problem("ask_where", hint="ask_where_hint"))
    check_source(source, saves=True)
    check_day(session)
    shelf = chosen_shelf(session, playbook)
    before = read_deal(deal, shelf, session)
    asks = domain.diagnose(before, shelf, session.as_of, settings=session.settings).ask
    if not asks:
        session.note(say("nothing_to_ask", session.language) + "\n")
    talk = Conversation(session, shelf, deal, source, "after")
    with talk.draft.kept():
        entries = talk.ask_again([ask.signal for ask in asks], before.observations)
        if entries:
            told = [name for name, answer in entries[-1].answers.items() if answer.answer != "unknown"]
            entries = talk.with_words(told, entries)
            append(session, deal, *entries)
        talk.draft.forget()
    now = before.model_copy(update={"observations": (*before.observations, *entries)})
    result = domain.diagnose(now, shelf, session.as_of, file=deal, settings=session.settings)
    options = DiagnoseOptions(deal=deal, playbook=playbook or session.settings.playbooks)
    print_result(session, result, shelf, options, (None, None))
