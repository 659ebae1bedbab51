"""What a team may set: language, models, words of its CRM, and how rules judge in all deals or in those of a folder."""

import os
from collections.abc import Mapping
from typing import Literal, NamedTuple

from buystage.errors import Location
from buystage.model.finding import Severity

DEFAULT_PLAYBOOKS = ("linear", "gartner")
Level = Literal["error", "warning", "notice", "off"]

SEVERITIES: Mapping[str, Severity] = {
    "claimed-stage-ahead": "error",
    "claimed-stage-behind": "notice",
    "claim-unproven": "warning",
    "claim-unquoted": "warning",
    "unknown-stage-word": "warning",
    "requirement-change": "warning",
    "information-asymmetry": "warning",
    "vendor-choice-difficulty": "warning",
    "chosen-elsewhere": "warning",
    "job-reopened": "warning",
    "consensus-lagging": "warning",
    "validation-lagging": "warning",
    "contradiction": "warning",
    "step-skipped": "notice",
    "no-owner": "notice",
    "customer-silent": "notice",
    "stage-overdue": "notice",
    "not-enough-evidence": "notice",
    "rests-on-guesses": "notice",
    "no-next-step": "warning",
    "next-step-past": "notice",
    "next-step-ours-only": "notice",
    "close-date-past": "notice",
    "key-date-past": "notice",
    "no-decision-maker": "notice",
    "single-contact": "notice",
    "waiver-expired": "notice",
    "waiver-unused": "notice",
}
"""How bad what a rule finds is. What only the clock does is never an error, and one rule alone stops a forecast."""

THRESHOLDS: Mapping[str, tuple[Literal["days", "percent", "people"], int]] = {
    "customer-silent": ("days", 30),
    "stage-overdue": ("percent", 100),
    "next-step-past": ("days", 0),
    "close-date-past": ("days", 0),
    "key-date-past": ("days", 0),
    "rests-on-guesses": ("percent", 50),
    "single-contact": ("people", 1),
}
"""From what on a rule reports: more days than that, more of a stage's usual days, as much guessed, no more people."""


class RuleSettings(NamedTuple):
    """How rules judge where they do not as shipped: levels and thresholds by rule."""

    levels: Mapping[str, Level] = {}
    thresholds: Mapping[str, int] = {}

    def level(self, rule: str) -> Level:
        """Return how bad what a rule finds is; `off` where nobody wants to know."""
        return self.levels.get(rule, SEVERITIES[rule])

    def threshold(self, rule: str) -> int:
        """Return from what on a rule reports, in its own unit."""
        return self.thresholds.get(rule, THRESHOLDS[rule][1])

    def judgement(self, rule: str) -> str:
        """Return level and threshold of a rule as they stand in a settings file: `notice, 30 days`."""
        level = self.level(rule)
        return f"{level}, {self.threshold(rule)} {THRESHOLDS[rule][0]}" if rule in THRESHOLDS else level

    def within(self, closer: "RuleSettings") -> "RuleSettings":
        """Return these settings with those of something closer to the deal in front of them."""
        return RuleSettings({**self.levels, **closer.levels}, {**self.thresholds, **closer.thresholds})


class Settings(NamedTuple):
    """What a team has set; `origins` has the place of each value that was, by dotted key."""

    language: Literal["en", "zh"] | None = None
    playbooks: tuple[str, ...] = DEFAULT_PLAYBOOKS
    stage_words: Mapping[str, str] = {}
    """What the words of the team's CRM mean: a kind of claim, or a stage of a playbook."""
    rules: RuleSettings = RuleSettings()
    folders: Mapping[str, RuleSettings] = {}
    """By folder (absolute path) how rules judge the deals in it."""
    playbook_folders: tuple[str, ...] = ()
    origins: Mapping[str, Location] = {}

    def rules_for(self, file: str) -> RuleSettings:
        """Return how rules judge the deal in a file: what its folder says goes before what a folder around it says."""
        if not self.folders:
            return self.rules
        path, judged = os.path.realpath(file), self.rules
        for folder in sorted(self.folders, key=len):
            if path.startswith(os.path.join(folder, "")):
                judged = judged.within(self.folders[folder])
        return judged
