"""A small playbook and signals of a team's own, as files."""

SIGNALS = """
schema: buystage.signals/v1
signals:
  pilot_agreed:
    topic: proof
    sort: stands
    ask: {en: Have they agreed to a pilot?, zh: 客户是否已同意试点？}
    counts_as_yes: {en: A date., zh: 有日期。}
    counts_as_no: {en: No date., zh: 没日期。}
    mistaken_for: {en: Interest., zh: 感兴趣。}
    probe: {en: When?, zh: 什么时候？}
    fact: {if_yes: {en: A pilot is agreed, zh: 试点已定}, if_no: {en: No pilot is agreed, zh: 试点没定}}
    implies: [proof_asked_for]
    origin: [in-house]
"""


PLAYBOOK = """
schema: buystage.playbook/v1
name: team
version: 1
kind: linear
title: {en: Our way}
origin: [in-house]
stages:
  talk:
    title: {en: Talk}
    customer: {en: They talk.}
    looks_like:
      - {en: They complain.}
    ends_when: {en: A pilot is agreed.}
    rows:
      ends: [pilot_agreed]
      until: [problem_being_examined]
    actions:
      call: {do: {en: Call.}, why: {en: To hear.}, origin: [in-house]}
  trial:
    title: {en: Trial}
    customer: {en: They try it.}
    ends_when: {en: They choose.}
    rows:
      during: [checks_under_way]
      ends: [preferred_named]
    actions:
      watch: {do: {en: Watch.}, why: {en: To learn.}, origin: [in-house]}
  buy:
    title: {en: Buy}
    customer: {en: They buy.}
    ends_when: {en: They sign.}
    actions:
      sign: {do: {en: Sign.}, why: {en: To finish.}, origin: [in-house]}
rows:
  proof_asked_for: [sometimes, often, always]
  budget_approved: [rarely, often, always]
  group_agrees: [never, rarely, often]
cases:
  - {name: a pilot, answers: {pilot_agreed: yes, checks_under_way: yes, preferred_named: no}, expect: {stage: trial}}
"""
