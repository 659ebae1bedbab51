"""Days as people write them in files and flags: YYYY-MM-DD and nothing else."""

import re
from datetime import date

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_from(text: str) -> date | None:
    """Return the day that a text names, or None where it names none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def earlier(day: date, days: int) -> date:
    """Return the day so many days before `day`, or the first day there is."""
    return date.fromordinal(max(day.toordinal() - days, 1))


def later(day: date, days: int) -> date:
    """Return the day so many days after `day`, or the last day there is."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
