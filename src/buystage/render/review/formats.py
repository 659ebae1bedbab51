"""The formats that a review is written in, by name."""

from collections.abc import Callable, Mapping, Sequence

from buystage.render.review.csv import review_csv
from buystage.render.review.edition import ReviewRun
from buystage.render.review.github import review_github
from buystage.render.review.gitlab import review_gitlab
from buystage.render.review.json import review_json, review_lines
from buystage.render.review.junit import review_junit
from buystage.render.review.markdown import review_markdown
from buystage.render.review.report import DealReport
from buystage.render.review.sarif import review_sarif

FORMATS: Mapping[str, Callable[[Sequence[DealReport], ReviewRun], str]] = {
    "csv": review_csv,
    "github": review_github,
    "gitlab": review_gitlab,
    "json": review_json,
    "jsonl": review_lines,
    "junit": review_junit,
    "markdown": review_markdown,
    "sarif": review_sarif,
}
"""All but the text for people, which needs a screen."""
