"""The two languages, and the words of our own for errors and screens. Playbooks bring their own texts."""

from collections.abc import Mapping
from enum import StrEnum

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


def say(key: str, language: Language, **parameters: object) -> str:
    """Return a phrase of the screens in `language`, with `parameters` filled in.

    No full stop is set behind another: what people write, and what they are called, may end in one.
    """
    phrase = SCREEN_WORDS[key][language]
    words = phrase.format(**parameters)
    is_doubled = phrase.endswith(("}.", "}。")) and words.endswith(("..", "。。", "。."))
    return words[:-1] if is_doubled else words


def error_words(code: str, language: Language, parameters: Mapping[str, object]) -> str:
    """Return the message or the hint of a code with its parameters filled in, each cut to a length that can be read."""
    cut = {
        name: value[:MOST_CHARACTERS] + "…" if isinstance(value, str) and len(value) > MOST_CHARACTERS else value
        for name, value in parameters.items()
    }
    return _PROBLEM_WORDS[code][language].format(**cut)
