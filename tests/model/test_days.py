"""Days as people write them."""

from datetime import date

import pytest

from buystage.model.days import day_from, past_day_from

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", "2026-03-01"),
        ("today", "2026-03-31"),
        ("yesterday", "2026-03-30"),
        ("昨天", "2026-03-30"),
        ("1 day ago", "2026-03-30"),
        ("2 weeks ago", "2026-03-17"),
        ("1 month ago", "2026-02-28"),
        ("13 months ago", "2025-02-28"),
        ("1 year ago", "2025-03-31"),
        ("3天前", "2026-03-28"),
        ("2个月前", "2026-01-31"),
        ("9999 years ago", "0001-01-01"),
        ("9999 weeks ago", "1834-08-12"),
    ],
)
def test_a_past_day_is_understood_as_people_name_it(text: str, day: str) -> None:
    assert past_day_from(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["", "HEAD", "main", "ago", "-1 days ago", "1 fortnight ago", "2026-02-30", "20260301"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert past_day_from(text, TODAY) is None


@pytest.mark.parametrize("text", ["yesterday", "1 day ago"])
def test_a_file_has_days_in_figures_alone(text: str) -> None:
    assert day_from(text) is None
