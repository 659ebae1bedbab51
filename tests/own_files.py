"""A jobs playbook and signals of a team's own, as files."""

SIGNALS = """
schema: buystage.signals/v1
topics: {own: {en: Own}}
signals:
  pilot_agreed:
    topic: own
    sort: stands
    ask: {en: "Is a pilot agreed?"}
    counts_as_yes: {en: A date.}
    counts_as_no: {en: No date.}
    mistaken_for: {en: Interest.}
    probe: {en: When?}
    fact: {if_yes: {en: A pilot is agreed}, if_no: {en: No pilot is agreed}}
    implies: [problem_named]
    origin: [in-house]
"""


JOBS = """
schema: buystage.playbook/v1
name: team-jobs
version: 1
kind: jobs
title: {en: Jobs}
origin: [in-house]
jobs:
  need:
    title: {en: Need}
    customer: {en: They write.}
    ends_when: {en: It is agreed.}
    always_on: yes
    rows:
      active: [requirements_being_written]
      done: [requirements_agreed]
      reopened: [pilot_agreed]
      words: {performance_fixed: [rarely, sometimes, often]}
    actions:
      help: {do: {en: Help.}, why: {en: To learn.}, origin: [in-house]}
cases:
  - name: agreed
    answers: {requirements_agreed: yes, performance_fixed: yes}
    expect: {jobs: {need: satisfied}, looped: no}
  - name: agreed, then open again
    observations:
      - {date: 2026-01-01, answers: {requirements_agreed: yes}}
      - {date: 2026-02-01, answers: {pilot_agreed: yes, requirements_agreed: no}}
    expect: {jobs: {need: reopened}, looped: yes}
"""
