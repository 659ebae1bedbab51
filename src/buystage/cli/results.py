"""A diagnosis on its way out, in the format that was asked for."""

from typing import TYPE_CHECKING

from buystage.cli.diagnose_options import DiagnoseOptions
from buystage.cli.options import Format
from buystage.cli.output import abandon_stdout, stdout_is_unicode
from buystage.cli.session import Session
from buystage.errors import ExitCode, InputError

if TYPE_CHECKING:
    from buystage.diagnosis.result import DealDiagnosis
    from buystage.library.playbooks import Shelf
    from buystage.model.deal import Person, PrivatePerson


def try_to_print(
    session: Session,
    result: "DealDiagnosis",
    shelf: "Shelf",
    options: DiagnoseOptions,
    person: "tuple[Person | None, PrivatePerson | None]",
) -> ExitCode:
    """Print a diagnosis; where that can't be done say so, and return the exit code: answers are still to be saved."""
    try:
        print_result(session, result, shelf, options, person)
    except InputError as error:
        session.complain(error)
        return error.exit_code
    except BrokenPipeError:
        abandon_stdout()
    return ExitCode.DONE


def print_result(
    session: Session,
    result: "DealDiagnosis",
    shelf: "Shelf",
    options: DiagnoseOptions,
    person: "tuple[Person | None, PrivatePerson | None]",
) -> None:
    """Print a diagnosis, or write it to the output file."""
    language, output = session.language, options.output
    if options.format_ is Format.JSON:
        from buystage.render.diagnosis.json import render_json

        ascii_only = output is None and not stdout_is_unicode()
        session.write(render_json(result, shelf, language, ascii_only=ascii_only), output)
        return
    from buystage.render.diagnosis.sections import view

    words = view(result, shelf, language, *person)
    if options.format_ is Format.MARKDOWN:
        from buystage.render.diagnosis.markdown import render_markdown

        session.write(render_markdown(words, language), output)
    elif options.brief:
        from buystage.render.diagnosis.brief import render_brief

        session.write(render_brief(result, shelf, words, language), output)
    else:
        from buystage.render.diagnosis.screen import screen

        parts = [screen(words, language)]
        if options.explain:
            from buystage.render.diagnosis.points import points

            parts.append(points(result, shelf, language))
        session.show(*parts, output=output)
