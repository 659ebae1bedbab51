"""Five lines to paste into a CRM or a chat."""

from buystage.diagnosis.result import DealDiagnosis, LinearDiagnosis
from buystage.language import Language, say
from buystage.library.playbooks import Shelf
from buystage.render.diagnosis.sections import View
from buystage.render.words import certainty, day_text, joined, short_name


def render_brief(result: DealDiagnosis, shelf: Shelf, view: View, language: Language) -> str:
    """Return where they are, why, what does not fit, what to ask and what to do, a line each."""
    day = day_text(result.as_of, language, today=result.as_of)
    lines = [
        say("brief_first", language, name=view.name, day=day, result=_result(result, shelf, view, language)),
        _line("brief_why", [reason.text for reason in view.reasons if reason.sign == "+"], language),
        _line("brief_against", [reason.text for reason in view.reasons if reason.sign in "−!"], language),
        _line("brief_ask", [probe for probe, _ in view.ask[:2]], language),
        _line("brief_do", [do for do, _ in view.do[:1]], language),
        _line("brief_what_if", list(view.what_if), language),
    ]
    return "".join(f"{line}\n" for line in lines if line)


def _result(result: DealDiagnosis, shelf: Shelf, view: View, language: Language) -> str:
    first = next((each for each in result.diagnoses if isinstance(each, LinearDiagnosis) and each.stage), None)
    if first is None or first.stage is None:
        return view.headline
    stage = short_name(shelf.playbook(first.playbook).stages[first.stage], language)
    sure = say(certainty(first.reading.confidence), language).rstrip(".。").lower()
    named = say("brief_named", language, stage=stage, certainty=sure)
    jobs = joined([job.job for job in view.reopened], language)
    return named + say("brief_open", language, jobs=jobs) if jobs else named


def _line(key: str, texts: list[str], language: Language) -> str:
    return say(key, language, text=say("brief_and", language).join(texts)) if texts else ""
