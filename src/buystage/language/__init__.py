"""The two languages, and the words of our own for errors and screens. Playbooks bring their own texts."""

from collections.abc import Mapping
from enum import StrEnum

from buystage.errors import Problem
from buystage.language.error_words import ERROR_WORDS
from buystage.language.screen_words import SCREEN_WORDS


class Language(StrEnum):
    """A language of screens and errors."""

    EN = "en"
    ZH = "zh"


def choose_language(flag: Language | None, environment: Mapping[str, str]) -> Language:
    """Return the language to speak: the flag, then BUYSTAGE_LANG, then the locale, then English."""
    if flag is not None:
        return flag
    names = (environment.get(key, "") for key in ("BUYSTAGE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((name for name in names if name), "")
    return Language.ZH if first.lower().startswith("zh") else Language.EN


def say(key: str, language: Language, **parameters: object) -> str:
    """Return a phrase of the screens in `language`, with `parameters` filled in."""
    return SCREEN_WORDS[key][language].format(**parameters)


def problem_text(problem: Problem, language: Language) -> str:
    """Return what is wrong, without the place and the hint."""
    return ERROR_WORDS[problem.code][language].format(**problem.params)


def hint_text(problem: Problem, language: Language) -> str | None:
    """Return the way out of a problem, or None where there is none to name."""
    return ERROR_WORDS[problem.hint][language].format(**problem.params) if problem.hint else None
