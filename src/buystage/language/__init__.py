"""The two languages, and the words of our own for errors and screens. Playbooks bring their own texts."""

from collections.abc import Mapping
from enum import StrEnum

from buystage.errors import Problem, UsageError
from buystage.language.error_words import ERROR_WORDS
from buystage.language.lint_words import LINT_WORDS
from buystage.language.screen_words import SCREEN_WORDS

STOPS = ".。"  # what a sentence ends with in either language
MOST_CHARACTERS = 400  # of one parameter in a message
_FOUND = {rule: words["found"] for rule, words in LINT_WORDS.items()}
_FIX = {f"{rule}-hint": words["fix"] for rule, words in LINT_WORDS.items()}
_PROBLEM_WORDS = ERROR_WORDS | _FOUND | _FIX


class Language(StrEnum):
    """A language of screens and errors."""

    EN = "en"
    ZH = "zh"


def choose_language(flag: Language | None, environment: Mapping[str, str], setting: str | None = None) -> Language:
    """Return the language to speak: the flag, then BUYSTAGE_LANG, the setting, the locale, then English.

    Raises UsageError where BUYSTAGE_LANG names another language than these.
    """
    if flag is not None:
        return flag
    wanted = environment.get("BUYSTAGE_LANG")
    if wanted:
        if wanted not in list(Language):
            raise UsageError(Problem("unknown_language", {"got": wanted}))
        return Language(wanted)
    if setting:
        return Language(setting)
    names = (environment.get(key, "") for key in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((name for name in names if name), "")
    return Language.ZH if first.lower().startswith("zh") else Language.EN


def say(key: str, language: Language, **parameters: object) -> str:
    """Return a phrase of the screens in `language`, with `parameters` filled in.

    No full stop is set behind another: what people write, and what they are called, may end in one.
    """
    phrase = SCREEN_WORDS[key][language]
    words = phrase.format(**parameters)
    is_doubled = phrase.endswith(("}.", "}。")) and words.endswith(("..", "。。", "。."))
    return words[:-1] if is_doubled else words


def problem_text(problem: Problem, language: Language) -> str:
    """Return what is wrong, without the place and the hint."""
    return _filled(problem.code, problem, language)


def hint_text(problem: Problem, language: Language) -> str | None:
    """Return the way out of a problem, or None where there is none to name."""
    return _filled(problem.hint, problem, language) if problem.hint else None


def plain_error(problem: Problem, language: Language) -> str:
    """Return a problem without a place as it stands on stderr; it takes nothing that is not loaded by then."""
    lines = [say("error", language) + problem_text(problem, language)]
    if hint := hint_text(problem, language):
        lines.append(say("hint", language) + hint)
    return "".join(f"{line}\n" for line in lines)


def _filled(code: str, problem: Problem, language: Language) -> str:
    """Return a message with its parameters filled in, each cut to a length that can be read."""
    parameters = {
        name: value[:MOST_CHARACTERS] + "…" if isinstance(value, str) and len(value) > MOST_CHARACTERS else value
        for name, value in problem.params.items()
    }
    return _PROBLEM_WORDS[code][language].format(**parameters)
