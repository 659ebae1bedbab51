"""A diagnosis as Markdown, for a wiki or a pull request. User text is escaped, so it shows as it was written."""

import re
from collections.abc import Iterator

from buystage.language import Language, say
from buystage.render.diagnosis.reasons import Reason
from buystage.render.diagnosis.sections import Reopened, View

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
# what hosts of repositories turn into a mention, a link, an issue or a picture
_LINK = re.compile(r"(@|://|www|GH(?=-\d)|:(?=[\w+-]+:))(?=\S)", re.IGNORECASE)
_LIST_MARK = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")


def render_markdown(view: View, language: Language) -> str:
    """Return the view as a Markdown text."""
    return "\n\n".join(_parts(view, language)) + "\n"


def _parts(view: View, language: Language) -> Iterator[str]:
    yield f"## {escaped(view.name)}"
    yield f"**{escaped(view.headline)}** ({escaped(view.days)})"
    if view.since:
        yield escaped(view.since)
    if top := [*_top(view, language)]:
        yield "\n".join(top)
    yield from _section("why", [_reason(reason, language) for reason in view.reasons], language)
    yield from _section("open_again", [_reopened(job, language) for job in view.reopened], language)
    yield from _section("jobs", [escaped(line) for line in view.jobs], language)
    yield from _section(
        "risks", [f"**{mark}** {escaped(why)} *{escaped(what)}*" for mark, why, what in view.risks], language
    )
    yield from _section("people", [escaped(line) for line in (*view.people, *view.group_size)], language)
    yield from _section("with", [escaped(line) for line in view.with_person], language)
    asks = [*view.ask_note, *(f"{probe}{purpose}" for probe, purpose in view.ask)]
    yield from _section("ask", [escaped(line) for line in asks], language)
    yield from _section("do", [f"{escaped(do)} *{escaped(why)}*" for do, why in view.do], language)
    yield from _section("not_now", [escaped(text) for text in view.avoid], language)
    yield from _section("what_if", [escaped(text) for text in view.what_if], language)


def _top(view: View, language: Language) -> Iterator[str]:
    for strip in view.strips:
        names = [escaped(name) for name in (*strip.stages, *([strip.after] if strip.after else ()))]
        row = " → ".join(f"**{name}**" if index == strip.here else name for index, name in enumerate(names))
        if len(view.strips) == 1:
            yield _labelled("stage", row, language)
        else:
            sure = strip.sure or say("strip_unknown", language)
            yield f"- {say('label', language, label=escaped(strip.model), text=row)} *{sure}*"
    models = (("model", text) for text in view.shadows)
    for key, text in (*models, ("crm", view.claim), ("sure", view.sure), *view.dates):
        if text:
            yield _labelled(key, escaped(text), language)


def _labelled(key: str, text: str, language: Language) -> str:
    label = say(key, language)
    return f"- {label} {text}" if label.endswith("?") else f"- {say('label', language, label=label, text=text)}"


def _reopened(job: Reopened, language: Language) -> str:
    cause = " " + escaped(say("because", language, cause=job.cause)) if job.cause else ""
    return f"**{escaped(job.job)}** ({escaped(job.since)}): {escaped(job.settled_when)}{cause}"


def _reason(reason: Reason, language: Language) -> str:
    line = escaped(reason.line(language))
    return f"**{reason.sign}** {say('label', language, label=reason.day, text=line) if reason.day else line}"


def _section(key: str, lines: list[str], language: Language) -> Iterator[str]:
    if lines:
        yield f"### {say(key, language).capitalize()}"
        yield "\n".join(f"- {line}" for line in lines)


def escaped(text: str) -> str:
    """Return text so that Markdown shows every character of it."""
    marked = _LIST_MARK.sub(r"\1\\", _SPECIAL.sub(r"\\\1", text))
    return _LINK.sub(r"\1<!-- -->", marked)
