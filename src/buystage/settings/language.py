"""Which language to speak."""

from collections.abc import Mapping

from buystage.errors import Problem, UsageError
from buystage.language import Language


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
