"""Days as people write them: YYYY-MM-DD in files and flags, and for what is past `yesterday` or `2 weeks ago` too."""

import re
from calendar import monthrange
from datetime import date

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NEAR = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}
_DAYS = {"day": 1, "week": 7, "天": 1, "周": 7, "星期": 7, "个星期": 7}
_MONTHS = {"month": 1, "year": 12, "个月": 1, "年": 12}
_AGO = re.compile(r"([0-9]{1,4})(?:[ .](day|week|month|year)s?[ .]ago| *(天|周|个?星期|个月|年) *前)")


def day_from(text: str) -> date | None:
    """Return the day that a text names, or None where it names none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def past_day_from(text: str, today: date) -> date | None:
    """Return the day that a text names, also as seen from `today`, or None where it names none."""
    words = text.strip().casefold()
    if words in _NEAR:
        return earlier(today, _NEAR[words])
    found = _AGO.fullmatch(words)
    if found is None:
        return day_from(words)
    count, unit = int(found[1]), found[2] or found[3]
    return earlier(today, count * _DAYS[unit]) if unit in _DAYS else _months_earlier(today, count * _MONTHS[unit])


def earlier(day: date, days: int) -> date:
    """Return the day so many days before `day`, or the first day there is."""
    return date.fromordinal(max(day.toordinal() - days, 1))


def later(day: date, days: int) -> date:
    """Return the day so many days after `day`, or the last day there is."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _months_earlier(day: date, count: int) -> date:
    """Return the same day so many months before; where its month is shorter the last one, or the first day there is."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) if year >= 1 else date.min
