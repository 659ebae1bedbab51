"""`buystage diagnose`."""

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from buystage.cli import options as o
from buystage.cli.diagnose_options import DiagnoseOptions, check
from buystage.cli.inputs import chosen_shelf
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
    options = DiagnoseOptions(
        deal=deal,
        playbook=playbook or session.settings.playbooks,
        answer=answer or (),
        what_if=what_if or (),
        with_=with_,
        source=source,
        format_=format_,
        output=output,
        ask=ask,
        all_=all_,
        most=most,
        explain=explain,
        brief=brief,
        private=private,
        save=save,
    )
    check(options, session)
    if options.asks:
        _after_asking(session, options)
    else:
        _at_once(session, options)


def _at_once(session: Session, options: DiagnoseOptions) -> None:
    """Diagnose what is given, and save it first where that is options."""
    from buystage.cli.inputs import added, answers_given, read_deal, supposed
    from buystage.cli.results import print_result
    from buystage.diagnosis import diagnose as domain

    shelf = chosen_shelf(session, options.playbook)
    answers, suppositions = answers_given(options.answer, shelf), supposed(options.what_if, shelf)
    subject = added(read_deal(options.deal, shelf, session), answers, session.as_of, options.source)
    person = _person(options, subject)
    if options.save and options.deal:
        from buystage.cli.keeping import append

        append(session, options.deal, subject.observations[-1])
    result = domain.diagnose(
        subject, shelf, session.as_of, file=options.deal, what_if=suppositions, settings=session.settings
    )
    print_result(session, result if options.deal else replace(result, name=None), shelf, options, person)


def _after_asking(session: Session, options: DiagnoseOptions) -> None:
    """Ask, diagnose, ask for the words behind the result, and offer to save."""
    from buystage.cli.conversation import Conversation
    from buystage.cli.inputs import answers_given, read_deal, supposed
    from buystage.cli.results import try_to_print
    from buystage.diagnosis import diagnose as domain
    from buystage.interview.choosing import MOST_QUESTIONS, Plan, carrying

    shelf = chosen_shelf(session, options.playbook)
    answers, suppositions = answers_given(options.answer, shelf), supposed(options.what_if, shelf)
    deal = read_deal(options.deal, shelf, session)
    person = _person(options, deal)
    plan = Plan(deal.observations, session.as_of, answers, shelf, options.most or MOST_QUESTIONS)
    plan = replace(plan, most=options.most or len(shelf.catalogue.signals), least_gain=0.0) if options.all_ else plan
    talk = Conversation(session, shelf, options.deal, options.source)
    with talk.draft.kept():
        entries = talk.interview(plan)
        subject = deal.model_copy(update={"observations": (*deal.observations, *entries)})
        result = domain.diagnose(
            subject, shelf, session.as_of, file=options.deal, what_if=suppositions, settings=session.settings
        )
        code = try_to_print(session, result if options.deal else replace(result, name=None), shelf, options, person)
        if entries and options.save is not False:
            given = entries[-1].answers
            talk.save(talk.with_words(carrying(result, given, shelf), entries), sure=bool(options.save))
        talk.draft.forget()
    if code:
        raise typer.Exit(code)


def _person(options: DiagnoseOptions, deal: "Deal") -> "tuple[Person | None, PrivatePerson | None]":
    """Return the person of the deal that is asked for, with what is private about them where it may be seen."""
    from buystage.deals.load import load_private
    from buystage.diagnosis.people import person_called

    if options.with_ is None:
        return None, None
    person = person_called(options.with_, deal.buying_group)
    private = load_private(options.deal, deal).people if options.deal else {}
    return person, private.get(person.name) if options.shows_private else None
