"""`buystage diagnose`."""

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from buystage.cli import options as o
from buystage.cli.chosen import chosen_shelf
from buystage.cli.diagnose_options import Wanted, check
from buystage.cli.session import Session, with_session

if TYPE_CHECKING:
    from buystage.model.deal import Deal, Person, PrivatePerson

EXAMPLES = """
Examples:

- `buystage diagnose` asks a dozen questions
- `buystage diagnose deals/acme.yaml`
- `buystage diagnose deals/acme.yaml --ask`
- `buystage diagnose deals/acme.yaml --explain --what-if budget_approved=yes`
- `buystage diagnose --answer problem_named=yes --answer offers_requested=no:assumed`
- `cat deal.yaml | buystage diagnose - --format json`
"""

app = typer.Typer()


@app.command("diagnose", epilog=EXAMPLES)
@with_session
def diagnose(
    session: Session,
    deal: o.DealArgument = None,
    playbook: o.PlaybookOption = None,
    answer: o.AnswerOption = None,
    what_if: o.WhatIfOption = None,
    ask: o.AskOption = None,
    all_: o.AllOption = False,
    most: o.MostOption = None,
    explain: o.ExplainOption = False,
    brief: o.BriefOption = False,
    with_: o.WithOption = None,
    private: o.PrivateOption = False,
    save: o.SaveOption = None,
    source: o.SourceOption = None,
    format_: o.FormatOption = o.Format.TEXT,
    output: o.OutputOption = None,
) -> None:
    """Say where the customer is, what is open, what to ask and to do.

    With nothing given it asks, a key per answer. What a person wrote in a file is never changed; answers are appended
    to the deal's log, or to a new deal, where you say so.
    """
    names = (deal, playbook or session.settings.playbooks, answer or [], what_if or [], with_, source, format_, output)
    wanted = Wanted(*names, ask, all_, most, explain, brief, private, save)
    check(wanted, session)
    if wanted.asks:
        _after_asking(session, wanted)
    else:
        _at_once(session, wanted)


def _at_once(session: Session, wanted: Wanted) -> None:
    """Diagnose what is given, and save it first where that is wanted."""
    from buystage.cli.inputs import added, answers_given, read_deal, supposed
    from buystage.cli.results import print_result
    from buystage.diagnosis import diagnose as domain

    shelf = chosen_shelf(session, wanted.playbook)
    answers, suppositions = answers_given(wanted.answer, shelf), supposed(wanted.what_if, shelf)
    subject = added(read_deal(wanted.deal, shelf, session), answers, session.as_of, wanted.source)
    person = _person(wanted, subject)
    if wanted.save and wanted.deal:
        from buystage.cli.keeping import append

        append(session, wanted.deal, subject.observations[-1])
    result = domain.diagnose(
        subject, shelf, session.as_of, file=wanted.deal, what_if=suppositions, settings=session.settings
    )
    print_result(session, result if wanted.deal else replace(result, name=None), shelf, wanted, person)


def _after_asking(session: Session, wanted: Wanted) -> None:
    """Ask, diagnose, ask for the words behind the result, and offer to save."""
    from buystage.cli.conversation import Conversation
    from buystage.cli.inputs import answers_given, read_deal, supposed
    from buystage.cli.results import try_to_print
    from buystage.diagnosis import diagnose as domain
    from buystage.interview.choosing import MOST_QUESTIONS, Plan, carrying

    shelf = chosen_shelf(session, wanted.playbook)
    answers, suppositions = answers_given(wanted.answer, shelf), supposed(wanted.what_if, shelf)
    deal = read_deal(wanted.deal, shelf, session)
    person = _person(wanted, deal)
    plan = Plan(deal.observations, session.as_of, answers, shelf, wanted.most or MOST_QUESTIONS)
    plan = replace(plan, most=wanted.most or len(shelf.catalogue.signals), least_gain=0.0) if wanted.all_ else plan
    talk = Conversation(session, shelf, wanted.deal, wanted.source)
    with talk.draft.kept():
        entries = talk.interview(plan)
        subject = deal.model_copy(update={"observations": (*deal.observations, *entries)})
        result = domain.diagnose(
            subject, shelf, session.as_of, file=wanted.deal, what_if=suppositions, settings=session.settings
        )
        code = try_to_print(session, result if wanted.deal else replace(result, name=None), shelf, wanted, person)
        if entries and wanted.save is not False:
            given = entries[-1].answers
            talk.save(talk.with_words(carrying(result, given, shelf), entries), sure=bool(wanted.save))
        talk.draft.forget()
    if code:
        raise typer.Exit(code)


def _person(wanted: Wanted, deal: "Deal") -> "tuple[Person | None, PrivatePerson | None]":
    """Return the person of the deal that is asked for, with what is private about them where it may be seen."""
    from buystage.deals.load import load_private
    from buystage.diagnosis.people import person_called

    if wanted.with_ is None:
        return None, None
    person = person_called(wanted.with_, deal.buying_group)
    private = load_private(wanted.deal, deal).people if wanted.deal else {}
    return person, private.get(person.name) if wanted.shows_private else None
