"""A diagnosis in words, section by section, before any layout: what the screen, Markdown and the brief share."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from buystage.diagnosis.advice import action_of, words_of
from buystage.diagnosis.people import Gap, gaps
from buystage.diagnosis.result import Ask, DealDiagnosis, JobDiagnosis, JobsDiagnosis, LinearDiagnosis
from buystage.language import Language, say
from buystage.library.playbooks import Shelf
from buystage.model.deal import Person, PrivatePerson
from buystage.model.playbook import Playbook
from buystage.render.diagnosis.findings import risk_lines
from buystage.render.diagnosis.head import dates, headline, moved_since, sure
from buystage.render.diagnosis.people import gap_text, person_lines
from buystage.render.diagnosis.reasons import Reason, reasons
from buystage.render.diagnosis.stages import Strip, claim, shadows, strips
from buystage.render.words import ask_text, clause, day_text, fact_text, joined, left_out, short_name
from buystage.terminal.console import literal

SIZES = ("few", "many")


class Reopened(NamedTuple):
    """A job that is open again: since when, and what settles it."""

    job: str
    since: str
    settled_when: str
    cause: str


class View(NamedTuple):
    """Everything on the screen, in words. Sections without content are empty."""

    name: str
    days: str
    since: str
    headline: str
    strips: tuple[Strip, ...]
    shadows: tuple[str, ...]
    claim: str
    sure: str
    dates: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    reopened: tuple[Reopened, ...]
    jobs: tuple[str, ...]
    ask: tuple[tuple[str, str], ...]
    ask_note: tuple[str, ...]
    do: tuple[tuple[str, str], ...]
    avoid: tuple[str, ...]
    risks: tuple[tuple[str, str, str], ...]
    people: tuple[str, ...]
    group_size: tuple[str, ...]
    with_person: tuple[str, ...]
    what_if: tuple[str, ...]


def view(
    result: DealDiagnosis,
    shelf: Shelf,
    language: Language,
    person: Person | None = None,
    private: PrivatePerson | None = None,
) -> View:
    """Return the diagnosis of a deal in words of `language`, with what to know of one person where one is given."""
    words = _Speaker(result, shelf, language).view()
    lines = person_lines(person, private, result, shelf, language) if person else ()
    return words._replace(with_person=tuple(lines))


class _Speaker:
    """Holds the result, the texts and the language while the sections are put in words."""

    def __init__(self, result: DealDiagnosis, shelf: Shelf, language: Language) -> None:
        self.result, self.shelf, self.language = result, shelf, language
        reads = list(zip(shelf.playbooks, result.diagnoses, strict=True))
        self.linear = [(book, read) for book, read in reads if isinstance(read, LinearDiagnosis)]
        self.jobs = [(book, read) for book, read in reads if isinstance(read, JobsDiagnosis)]

    def view(self) -> View:
        return View(
            name=literal(self.result.name or self._say("unnamed_deal")),
            days=self._days(),
            since=moved_since(self.result, self.shelf, self.language),
            headline=headline(self.result, self.shelf, self.language),
            strips=strips(self.result, self.shelf, self.language),
            shadows=shadows(self.shelf, self.language),
            claim=claim(self.result, self.shelf, self.language),
            sure=sure(self.result, self.shelf, self.language),
            dates=tuple(dates(self.result, self.language)),
            reasons=tuple(reasons(self.result, self.shelf, self.language)),
            reopened=tuple(self._reopened()),
            jobs=tuple(self._job_lines()),
            ask=tuple(self._asks()),
            ask_note=(self._say("ask_in_writing"),) if self.result.contact_restricted else (),
            do=tuple(self._actions()),
            avoid=tuple(literal(text[self.language]) for text in self.result.avoid),
            risks=tuple(risk_lines(self.result, self.shelf, self.language)),
            people=tuple(self._gap_text(gap) for gap in self._gaps() if gap.kind not in SIZES),
            group_size=tuple(self._gap_text(gap) for gap in self._gaps() if gap.kind in SIZES),
            with_person=(),
            what_if=tuple(self._what_if()),
        )

    def _say(self, key: str, **parameters: object) -> str:
        return say(key, self.language, **parameters)

    def _fact(self, signal: str, answer: str) -> str:
        return fact_text(self.shelf, signal, answer, self.language)

    def _day(self, day: date) -> str:
        return day_text(day, self.language, today=self.result.as_of)

    # --- the top ---------------------------------------------------------------------------------------------

    def _days(self) -> str:
        heard = self.result.heard
        news = self._say("last_news", day=self._day(heard)) if heard else self._say("no_news")
        told = self._say("as_of", day=self._day(self.result.as_of), news=news)
        later = left_out(self.result.left_out, self.language)
        return f"{told} · {later}" if later else told

    # --- jobs ------------------------------------------------------------------------------------------------

    def _reopened(self) -> Iterator[Reopened]:
        for book, read in self.jobs:
            for job in read.jobs:
                if job.state == "reopened" and job.since:
                    state = book.jobs[job.id]
                    ends = literal(state.ends_when[self.language])
                    cause = literal(job.cause or "")
                    yield Reopened(short_name(state, self.language), self._day(job.since), ends, cause)

    def _job_lines(self) -> Iterator[str]:
        for book, read in self.jobs:
            for state in ("active", "satisfied"):
                mine = [short_name(book.jobs[job.id], self.language) for job in read.jobs if job.state == state]
                if mine:
                    yield self._say("job_list", state=self._say(state), jobs=joined(mine, self.language))
            if read.lagging:
                behind = [short_name(book.jobs[name], self.language) for name in read.lagging]
                yield self._say("lagging", jobs=joined(behind, self.language))

    # --- advice ----------------------------------------------------------------------------------------------

    def _asks(self) -> Iterator[tuple[str, str]]:
        for ask in self.result.ask:
            yield literal(ask_text(ask, self.result, self.shelf, self.language)), self._purpose(ask)

    def _purpose(self, ask: Ask) -> str:
        if ask.kind == "tells":
            return ""
        if ask.kind == "unknown":
            return self._say("ask_unknown")
        if ask.kind == "old":
            return self._say("ask_old", day=self._day(self.result.known[ask.signal].date))
        book = self.shelf.playbook(ask.playbook)
        key = f"ask_{ask.kind}_{'stage' if book.kind == 'linear' else 'job'}"
        return self._say(key, state=short_name(book.states[ask.state], self.language))

    def _actions(self) -> Iterator[tuple[str, str]]:
        for advised in self.result.actions:
            do, why = words_of(advised, self.shelf)
            yield literal(do[self.language]), literal(why[self.language])

    def _gaps(self) -> Iterator[Gap]:
        return gaps(self.result.people, [action_of(advised, self.shelf) for advised in self.result.actions])

    def _gap_text(self, gap: Gap) -> str:
        return gap_text(gap, self.language, restricted=self.result.contact_restricted)

    # --- what if ---------------------------------------------------------------------------------------------

    def _what_if(self) -> Iterator[str]:
        supposed = self.result.what_if
        if supposed is None:
            return
        suppositions = (clause(self._fact(*each), self.language) for each in supposed.answers.items())
        facts = self._say("if_and").join(suppositions)
        for book, now, then in zip(self.shelf.playbooks, self.result.diagnoses, supposed.diagnoses, strict=True):
            if isinstance(now, LinearDiagnosis) and isinstance(then, LinearDiagnosis):
                becomes = self._stage_then(book, now, then)
                if len(self.linear) > 1:
                    becomes = self._say(
                        "by_model", model=literal((book.short or book.title)[self.language]), result=becomes
                    )
                yield self._say("supposed", facts=facts, result=becomes)
            elif isinstance(now, JobsDiagnosis) and isinstance(then, JobsDiagnosis):
                changed = [new for old, new in zip(now.jobs, then.jobs, strict=True) if old.state != new.state]
                unchanged = [] if self.linear else [self._say("nothing_changes")]
                results = [self._job_then(book, job) for job in changed] or unchanged
                yield from (self._say("supposed", facts=facts, result=result) for result in results)

    def _job_then(self, book: Playbook, job: JobDiagnosis) -> str:
        name = short_name(book.jobs[job.id], self.language)
        return self._say("job_becomes", job=name, state=self._say(job.state))

    def _stage_then(self, book: Playbook, now: LinearDiagnosis, then: LinearDiagnosis) -> str:
        same = now.stage == then.stage
        if then.stage is None:
            return self._say("stays_unnamed" if same else "becomes_unnamed")
        return self._say("stays" if same else "becomes", state=short_name(book.stages[then.stage], self.language))
